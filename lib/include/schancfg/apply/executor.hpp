// The executor: carries a plan out on a Target, or leaves the Target as it was. The only room that calls writing verbs, and it takes
// nothing but a CheckedPlan: a plan that writes elsewhere than in the managed values can't be handed to it. A run belongs to the thread that has its Target.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "schancfg/backend/source.hpp"
#include "schancfg/plan/checked.hpp"

namespace schancfg::apply {

enum class RunOutcome {
    done,           ///< every change written and read back
    moved,          ///< a value was not as the plan says it was; nothing was touched
    refused,        ///< reading, or the first write, was refused; nothing was touched
    rolled_back,    ///< a later step failed; everything was rolled back
    partly_undone,  ///< and rolling back failed too: `left` says what
};

struct RunReport {
    RunOutcome outcome = RunOutcome::done;
    std::optional<Error> error;             ///< why, for everything but done
    std::optional<plan::Change> at;         ///< the change that failed; nullopt: committing failed
    /// After partly_undone, in plan order: the changes that were not undone, because that failed as well or because
    /// somebody else has written there meanwhile (theirs is kept).
    std::vector<plan::Change> left;
};

/// Called after each change that was written (`undone` false) or rolled back (`undone` true): the audit log.
using Observer = std::function<void(const plan::Change& change, bool undone)>;

/// The first step of `run` alone, for a saved plan that is only looked at: done (it could be carried out), moved, or refused.
[[nodiscard]] RunReport check(const plan::Plan& plan, const backend::Source& source);

/// First every `before` is read again (moved?), and a key to be removed must hold nothing that the plan does not remove.
/// Then each change is written, its value read directly before and after. Then commit, and everything is read once more. The
/// first failure rolls back, in reverse, what still holds what was written here; a key that was made here goes only if it is
/// empty. When `commit` fails, the target is taken by its contract to have made nothing durable.
[[nodiscard]] RunReport run(const plan::CheckedPlan& plan, backend::Target& target, const Observer& observer = {});

/// Commits a target that nothing was changed in: a file that was asked for and is not there yet is made. Errors are those of Target::commit.
[[nodiscard]] Result<void> commit_unchanged(backend::Target& target);

}  // namespace schancfg::apply
