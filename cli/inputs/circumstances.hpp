// Circumstances as the options tell them, and the effect of a state and of a plan under them.
#pragma once

#include <vector>

#include "context.hpp"
#include "failure.hpp"
#include "schancfg/effect/circumstances.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/lint/alarms.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::cli {

/// `--update KB...`, and what the source tells of its machine: its exact build; when it was started, where it is this one. With `none` no other updates
/// are installed. 2 for a word that is neither.
[[nodiscard]] Outcome<effect::Circumstances> circumstances(const Options& options, backend::Kind kind, const backend::Source& source,
                                                             const facts::Release* release);
/// For what is not a machine's.
[[nodiscard]] Outcome<effect::Circumstances> circumstances(const Options& options);

/// The state with the plan carried out.
[[nodiscard]] registry::Tree state_after(const plan::Plan& plan, const registry::Tree& state);

/// What a plan changes in what `release` does with `state`; nothing without a release.
[[nodiscard]] std::vector<effect::EffectDifference> effects_of(const plan::Plan& plan, const registry::Tree& state,
                                                                 const facts::Release* release, const effect::Circumstances& known);
/// The same between two states, each on its own release.
[[nodiscard]] std::vector<effect::EffectDifference> effects_between(const registry::Tree& from, const facts::Release* from_release,
                                                                      const effect::Circumstances& known_of_from,
                                                                      const registry::Tree& to, const facts::Release* to_release,
                                                                      const effect::Circumstances& known_of_to);

/// What of `plan` is dangerous; without a release only what holds on each.
[[nodiscard]] lint::Alarms alarms_of(const plan::Plan& plan, const registry::Tree& state, const facts::Release* release,
                                     const effect::Circumstances& known);
/// The same of going from one state to another; of two releases, each state on its own.
[[nodiscard]] lint::Alarms alarms_between(const registry::Tree& from, const facts::Release* from_release, const effect::Circumstances& known_of_from,
                                          const registry::Tree& to, const facts::Release* to_release, const effect::Circumstances& known_of_to);

}  // namespace schancfg::cli
