// What is weak in an effect, as plain facts: the reader judges, lint advises. Use from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/basis.hpp"

namespace schancfg::effect {

enum class Weakness : std::uint8_t {
    dhe_leading_zero,
    dotnet_legacy,
    insecure_renegotiation,
    no_cipher_suite,
    no_forward_secrecy,
    no_protocol,
    short_key,
    weak_cipher_suite,
    weak_protocol,
};
/// Its stable id: `weak-protocol`.
[[nodiscard]] std::string_view weakness_id(Weakness kind);

struct WeakPoint {
    Weakness kind = Weakness::weak_protocol;
    std::string subject;      ///< `TLS 1.0`, `RC4`, `Diffie-Hellman client_min_bits`
    std::string_view role;    ///< `client`, `server`, or empty for both
    std::string detail;       ///< one sentence without full stop
    bool certain = true;      ///< as `basis` says
    bool on_request = false;  ///< only for applications that ask for it
    Basis basis = {};         ///< what leaves it open, where it is not certain
};

struct Effect;
/// Protocols first, then suites, key lengths, layers. Nothing rests on the absence of what the state does not speak for.
[[nodiscard]] std::vector<WeakPoint> weak_points(const Effect& effect);

}  // namespace schancfg::effect
