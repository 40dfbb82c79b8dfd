// The executor: carries a Plan out on a Target, or leaves the Target as it was. The only room that calls writing verbs.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "schancfg/backend/source.hpp"
#include "schancfg/plan/plan.hpp"

namespace schancfg::apply {

enum class Outcome {
    done,           ///< every change written and read back
    moved,          ///< a value was not as the plan says it was; nothing was touched
    refused,        ///< the first write was refused; nothing was touched
    rolled_back,    ///< a later step failed; everything was put back
    partly_undone,  ///< and putting back failed too: `left` says what
};

struct Report {
    Outcome outcome = Outcome::done;
    std::optional<Error> error;             ///< why, for everything but done
    std::optional<plan::Change> at;         ///< the change that failed
    std::vector<plan::Change> left;         ///< changes still in force after partly_undone, in plan order
};

/// Called after each change that was written (`undone` false) or put back (`undone` true): the audit log.
using Observer = std::function<void(const plan::Change& change, bool undone)>;

/// First every `before` is read again (moved?), then each change is written, its value re-read directly before, then
/// everything is read back. The first failure puts back what still holds what was written here, in reverse.
[[nodiscard]] Report run(const plan::Plan& plan, backend::Target& target, const Observer& observer = {});

}  // namespace schancfg::apply
