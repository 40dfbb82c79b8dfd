// What other programs call the cipher suites: IANA, OpenSSL and GnuTLS names, derived by rule.
//
// Windows' own tables are in cipher_suites.hpp, IANA's in iana_suites.hpp. A suite with a curve in its name is, for everybody else,
// the suite without it. Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/facts/cipher_suites.hpp"

namespace schancfg::facts {

/// `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`; SSL 2.0 kinds keep Windows' name.
[[nodiscard]] std::string_view iana_name(const CipherSuite& suite);
/// `ECDHE-RSA-AES128-GCM-SHA256`; empty: OpenSSL has no name for it, or it is one of SSL 2.0.
[[nodiscard]] std::string openssl_name(const CipherSuite& suite);
[[nodiscard]] std::string openssl_name(std::string_view iana);  ///< the same by IANA's name
/// `TLS_ECDHE_RSA_AES_128_GCM_SHA256`; empty: GnuTLS never had it.
[[nodiscard]] std::string gnutls_name(const CipherSuite& suite);
[[nodiscard]] std::string gnutls_name(std::string_view iana);  ///< the same by IANA's name

/// The rows that go by `word`: one for Windows' own spelling; for an IANA, OpenSSL (also with its old `EDH-`) or GnuTLS name, or an
/// id (`0xC02F`, `0xC0,0x2F`), all rows of that suite. Without case. Empty: nobody knows it.
[[nodiscard]] std::vector<const CipherSuite*> find_suites(std::string_view word);
/// A suite that is no more than what its name says; Windows need not know it.
struct SuiteIdentity {
    std::uint32_t id = 0;
    std::string_view name;   ///< IANA's
    std::string_view group;  ///< IANA's, of the curve in Windows' name: `secp256r1`; empty: none
};
/// What `word` stands for: a name of IANA, OpenSSL (also with its old `EDH-`), GnuTLS, nmap (`TLS_AKE_WITH_AES_128_GCM_SHA256`), Java
/// (`SSL_RSA_WITH_...`) or Windows, or the id of a registered suite. Without case, in logarithmic time.
[[nodiscard]] std::optional<SuiteIdentity> identify_suite(std::string_view word);

/// `0xC02F` or `0xC0,0x2F`.
[[nodiscard]] std::optional<std::uint32_t> parse_suite_id(std::string_view word);

}  // namespace schancfg::facts
