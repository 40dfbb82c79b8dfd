// What nobody should use any more: protocols and cipher suites that RFCs and attacks have settled. Constant tables; use from any thread.
#pragma once

#include <string_view>

#include "schancfg/facts/cipher_suites.hpp"

namespace schancfg::facts {

/// PCT 1.0, SSL 2.0 (RFC 6176), SSL 3.0 (RFC 7568), TLS 1.0, TLS 1.1 and DTLS 1.0 (RFC 8996). `name` in Windows' spelling.
[[nodiscard]] bool is_weak_protocol(std::string_view name);
/// With RC2, RC4 (RFC 7465) or 3DES (SWEET32), or below 112 bits: no encryption, DES, export suites.
[[nodiscard]] bool is_weak_suite(const CipherSuite& suite);

}  // namespace schancfg::facts
