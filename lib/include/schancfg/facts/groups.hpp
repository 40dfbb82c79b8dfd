// Named groups of key exchanges by everybody's names: IANA, OpenSSL, NIST, Windows, nmap, sslscan.
//
// Which of them a Windows release knows is in curves.hpp. Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace schancfg::facts {

struct Group {
    std::uint16_t id = 0;
    std::string_view name;     ///< IANA's: `secp256r1`, `x25519`, `ffdhe2048`, `X25519MLKEM768`
    std::string_view aliases;  ///< other names, parted by blanks: `prime256v1 P-256 NistP256`
    int dh_bits = 0;           ///< of a finite-field group; 0: an elliptic curve, or a key encapsulation
};

/// By id.
[[nodiscard]] std::span<const Group> groups();
/// By a name, an alias or `0x001d`, without case; nullptr: nobody knows it.
[[nodiscard]] const Group* find_group(std::string_view word);
[[nodiscard]] const Group* find_group(std::uint16_t id);

}  // namespace schancfg::facts
