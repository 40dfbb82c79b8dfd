// Circumstances as the options tell them, and the effect of a state and of a plan under them.
#pragma once

#include <vector>

#include "commands/commands.hpp"
#include "failure.hpp"
#include "schancfg/analysis/effect_circumstances.hpp"
#include "schancfg/analysis/effect_difference.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::cli {

/// `--update KB...`. 2 for a word that is no KB number.
[[nodiscard]] Outcome<analysis::Circumstances> circumstances(const Options& options);

/// What a plan changes in what `release` does with `state`; nothing without a release.
[[nodiscard]] std::vector<analysis::EffectDifference> effects_of(const plan::Plan& plan, const registry::Tree& state,
                                                                 const facts::Release* release, const analysis::Circumstances& known);
/// The same between two states, each on its own release.
[[nodiscard]] std::vector<analysis::EffectDifference> effects_between(const registry::Tree& from, const facts::Release* from_release,
                                                                      const registry::Tree& to, const facts::Release* to_release,
                                                                      const analysis::Circumstances& known);

}  // namespace schancfg::cli
