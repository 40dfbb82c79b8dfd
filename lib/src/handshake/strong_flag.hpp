// SCH_USE_STRONG_CRYPTO as a program sets it: whether it does, and what it takes of the suites that the machine would offer.
#pragma once

#include <string_view>
#include <vector>

#include "schancfg/effect/effect.hpp"
#include "schancfg/handshake/end.hpp"

namespace schancfg::handshake {

struct StrongFlag {
    schannel::Answer is_set = schannel::Answer::no;
    std::string_view source = {};
    effect::Origin origin = {};  ///< of the switch that decides for .NET Framework

    /// Adds what the flag does to the suite to what blocks it: alone, where it certainly takes the suite away; then `sure` becomes true.
    void judge(const effect::SuiteEffect& suite, std::vector<effect::Gate>& gates, bool& sure) const;
};

/// Of a client; servers set no such flag.
[[nodiscard]] StrongFlag strong_flag(const effect::Effect& effect, const Application& application, effect::View view);

}  // namespace schancfg::handshake
