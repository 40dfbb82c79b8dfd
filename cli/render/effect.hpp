// What Schannel does with a state, as people and programs read it. What is shown here is never computed here.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "output.hpp"
#include "schancfg/analysis/effect.hpp"
#include "schancfg/analysis/effect_difference.hpp"

namespace schancfg::cli {

/// Adds `"protocols"`, `"ciphers"`, ... `"weak"` to the object of `status`.
void add_effect(nlohmann::ordered_json& object, const analysis::Effect& effect);

/// Protocols first, then what is weak, then suites in order and the rest; at most 80 columns but for long names. `all`: blocked
/// suites with what blocks them, single settings and every source.
[[nodiscard]] std::string effect_text(const analysis::Effect& effect, const Paint& paint, bool all);
[[nodiscard]] std::string effect_markdown(const analysis::Effect& effect);

/// The answers in which two effects differ.
[[nodiscard]] nlohmann::ordered_json differences_json(const std::vector<analysis::EffectDifference>& all);
[[nodiscard]] std::string differences_text(const std::vector<analysis::EffectDifference>& all, const Paint& paint);
[[nodiscard]] std::string differences_markdown(const std::vector<analysis::EffectDifference>& all);

}  // namespace schancfg::cli
