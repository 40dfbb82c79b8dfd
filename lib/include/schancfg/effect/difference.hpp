// What a change does: the answers in which two effects differ.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/effect.hpp"

namespace schancfg::effect {

struct EffectDifference {
    enum class Kind : std::uint8_t { protocol, suite, suite_order, algorithm, limit, curve, curve_order, layer, setting };
    Kind kind = Kind::protocol;
    std::string subject;    ///< `TLS 1.0`, `TLS_RSA_WITH_AES_128_CBC_SHA`, `Diffie-Hellman client_min_bits`
    std::string_view role;  ///< `client`, `server`, or empty: both, or no matter of a role
    std::string before, after;  ///< `on`, `usable`, `not listed`, `1024 bits`
    bool certain = true;    ///< both answers are
    bool assumed = false;   ///< not certain for no other reason than that a part of a state was not read
    bool operator==(const EffectDifference&) const = default;
};

/// Only what differs, in the order of Kind, and within it in the order of the tables and lists. Equal effects: empty.
[[nodiscard]] std::vector<EffectDifference> difference(const Effect& before, const Effect& after);

}  // namespace schancfg::effect
