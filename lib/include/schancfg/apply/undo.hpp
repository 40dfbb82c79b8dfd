// undo: from a plan that was carried out to the plan that undoes it, judged against the state of now.
//
// Pure: it reads a Tree and writes nothing. Whether a state that somebody has changed since may be overwritten is the caller's
// decision; keys that hold what others put there are left in any case. Use from any thread.
#pragma once

#include <vector>

#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::apply {

struct UndoPlan {
    /// Restores what was there before. Each `before` is what `state` holds.
    plan::Plan plan;
    /// Changes of the plan that was carried out whose outcome is no longer there: somebody wrote since. `plan` overwrites the
    /// values among them.
    std::vector<plan::Change> changed;
};

/// `finished` false: the plan may have been carried out in part (a run that was cut off), so that a value that is as it was before
/// is not a sign of somebody else.
[[nodiscard]] UndoPlan undo_plan(const plan::Plan& done, const registry::Tree& state, bool finished);

/// The same for a run that another one was going on from when it was cut off: `under_way` is what that one was to do, any part of
/// which may have been done. Restores what was there before `done`.
[[nodiscard]] UndoPlan undo_plan(const plan::Plan& done, const plan::Plan& under_way, const registry::Tree& state, bool finished);

}  // namespace schancfg::apply
