// Circumstances as the options tell them, and the effect of a state and of a plan under them.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "context.hpp"
#include "failure.hpp"
#include "schancfg/effect/circumstances.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/lint/alarms.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::cli {

/// `--update KB...`, and what the source tells of its machine: its exact build; when it was started, where it is this one. With `none` no other updates
/// are installed. 2 for a word that is neither.
[[nodiscard]] Outcome<effect::Circumstances> circumstances(const Options& options, backend::Kind kind, const backend::Source& source,
                                                             const facts::Release* release);
/// Adds to what is known of a machine what its source tells.
void add_what_it_says(effect::Circumstances& known, backend::Kind kind, const backend::Source& source, const facts::Release* release);
/// For what is not a machine's.
[[nodiscard]] Outcome<effect::Circumstances> circumstances(const Options& options);

/// A change, with what Schannel does on each side of it: computed once, for everything that is said about it.
struct Transition {
    const registry::Tree& before;  ///< the caller's; outlives this
    registry::Tree after;
    std::shared_ptr<const effect::Effect> effect_before, effect_after;  ///< neither where no release is known; the same one where the registry stays as it is
};
/// Carrying `plan` out on `state`.
[[nodiscard]] Transition transition_of(const plan::Plan& plan, const registry::Tree& state, const facts::Release* release, const effect::Circumstances& known);
/// Going from one state to another, each on its own release; of two sources of which one says its release, the other is taken for the same.
[[nodiscard]] Transition transition_between(const registry::Tree& from, const facts::Release* from_release, const effect::Circumstances& known_of_from,
                                            registry::Tree to, const facts::Release* to_release, const effect::Circumstances& known_of_to);

/// What changes in what the release does; nothing without a release.
[[nodiscard]] std::vector<effect::EffectDifference> effects_of(const Transition& transition);
/// By facts::Role: what this machine offers no more (effect/withdrawn.hpp); nothing without a release.
[[nodiscard]] std::array<std::vector<std::string>, 2> withdrawn_by(const Transition& transition);
/// What of it is dangerous; without a release only what holds on each.
[[nodiscard]] lint::Alarms alarms_of(const Transition& transition);
/// The same of a plan that it comes from, with what the plan writes in vain.
[[nodiscard]] lint::Alarms alarms_of(const Transition& transition, const plan::Plan& plan);

}  // namespace schancfg::cli
