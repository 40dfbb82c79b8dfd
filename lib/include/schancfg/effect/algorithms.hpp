// Gates of ciphers, hashes and key exchanges, and the key lengths that Schannel insists on. Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schancfg/effect/basis.hpp"

namespace schancfg::effect {

enum class GateState : std::uint8_t { on, off, not_supported };
/// `on`, `off`, `not-supported`.
[[nodiscard]] std::string_view gate_state_name(GateState state);

struct AlgorithmEffect {
    std::string_view name;  ///< `AES 128/128`, `SHA256`, `PKCS`
    GateState state = GateState::on;
    Basis basis;
};

/// A length in bits. nullopt: there is no limit, or (not certain) none is known.
struct BitLimit {
    std::optional<std::uint32_t> bits;
    Basis basis;
    bool operator==(const BitLimit&) const = default;
};

struct KeyExchangeEffect {
    AlgorithmEffect algorithm;
    BitLimit client_min_bits, client_max_bits;
    /// Diffie-Hellman: the size the server uses. RSA: none, the certificate decides. ECDH: the curve list decides.
    BitLimit server_min_bits;
};

}  // namespace schancfg::effect
