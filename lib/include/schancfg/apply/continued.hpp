// A run that was cut off, and the run that goes on from where it ended, as one plan: undone, it restores what was there before
// the first of them. Pure. Use from any thread.
#pragma once

#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::apply {

/// The changes of `done` whose outcome `state` holds, in their order. A value that holds neither what was there before nor what
/// `done` wrote is somebody else's.
[[nodiscard]] plan::Plan in_force(const plan::Plan& done, const registry::Tree& state);

/// The same where a run went on from `done` and was cut off as well: what is there of both, as one plan.
[[nodiscard]] plan::Plan in_force(const plan::Plan& done, const plan::Plan& under_way, const registry::Tree& state);

/// The state as it was before `executed`, all of which is in force in `state`.
[[nodiscard]] registry::Tree without(const registry::Tree& state, const plan::Plan& executed);

/// `first` and after it `second`, both carried out, as one plan: each value and key at most once, with what was there before both. What the second one
/// undid is left out.
[[nodiscard]] plan::Plan joined(const plan::Plan& first, const plan::Plan& second);

}  // namespace schancfg::apply
