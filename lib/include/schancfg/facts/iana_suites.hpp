// Cipher suites as IANA registers them, all of them: what a scan may find at a peer that is not Windows.
//
// What Windows knows of a suite is in cipher_suites.hpp; other programs' names are in suite_names.hpp. Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace schancfg::facts {

struct IanaSuite {
    std::uint32_t id = 0;   ///< 24 bits for those of SSL 2.0
    std::string_view name;  ///< `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`
};

/// By id. Signalling values and GREASE are not suites.
[[nodiscard]] std::span<const IanaSuite> iana_suites();
[[nodiscard]] const IanaSuite* find_iana_suite(std::uint32_t id);

/// TLS_EMPTY_RENEGOTIATION_INFO_SCSV, TLS_FALLBACK_SCSV (RFC 5746, 7507) or GREASE (RFC 8701): in lists of suites, and none.
[[nodiscard]] bool is_signalling_value(std::uint32_t id);

}  // namespace schancfg::facts
