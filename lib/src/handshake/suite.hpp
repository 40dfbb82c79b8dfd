// What the name of a cipher suite says about the handshake and about how well it protects.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace schancfg::handshake {

/// SSL 2.0 to TLS 1.3: the versions that a handshake is about, oldest first.
inline constexpr std::array<std::string_view, 6> tls_versions{"SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};
inline constexpr std::size_t tls12 = 4, tls13 = 5;
/// tls_versions.size() for any other name.
[[nodiscard]] std::size_t version_index(std::string_view protocol);

enum class Exchange : std::uint8_t { rsa, dhe, ecdhe, tls13, other };
enum class Authentication : std::uint8_t { rsa, ecdsa, dss, none, any };

struct SuiteTraits {
    Exchange exchange = Exchange::other;
    Authentication authentication = Authentication::any;
    bool forward_secrecy = false, aead = false;
    int bits = 0;  ///< what the cipher is worth: 112 for 3DES, 0 for NULL
    std::size_t oldest = 0, newest = 0;  ///< of tls_versions, as far as the name tells
};
[[nodiscard]] SuiteTraits traits_of(std::uint32_t id, std::string_view iana_name);

}  // namespace schancfg::handshake
