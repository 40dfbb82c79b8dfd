// The names below SCHANNEL\Ciphers, \Hashes and \KeyExchangeAlgorithms. Constant tables; use from any thread.
#pragma once

#include <span>
#include <string_view>

#include "schancfg/facts/protocols.hpp"

namespace schancfg::facts {

struct Algorithm {
    std::string_view name;  ///< Windows' spelling, also the key: `AES 128/128`, `SHA256`, `Diffie-Hellman`
    Confidence confidence;  ///< documented or secondary ones have names in a profile; folklore may only be removed
    std::string_view applies_to;
    std::string_view source;
};

/// A hash that signatures of certificates and handshakes can have.
struct SignatureHash {
    std::string_view name;  ///< as certificates and lists of signature algorithms have it: `SHA1`
    std::string_view key;   ///< below Hashes: `SHA`
};

[[nodiscard]] std::span<const Algorithm> ciphers();
[[nodiscard]] std::span<const Algorithm> hashes();
[[nodiscard]] std::span<const Algorithm> key_exchanges();
[[nodiscard]] std::span<const SignatureHash> signature_hashes();
/// Without case.
[[nodiscard]] const Algorithm* find_algorithm(std::span<const Algorithm> among, std::string_view name);

}  // namespace schancfg::facts
