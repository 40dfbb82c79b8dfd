// The undo of a record on its target: for `undo`, for the watchdog of an apply that was not confirmed, and for anyone who finds that it is
// late.
#pragma once

#include "session/execution.hpp"
#include "context.hpp"
#include "inputs/records.hpp"
#include "schancfg/backend/open.hpp"

namespace schancfg::cli {

/// What becomes of values that somebody changed since.
enum class Changed {
    refuse,     ///< nothing is undone: 3
    overwrite,  ///< they are undone too
    keep,       ///< they stay, and the rest is undone
};

/// 2: there is nothing in it to undo, or it holds what may not be written.
[[nodiscard]] Outcome<void> check_record(const StoredRecord& stored);

/// 3: it was made on another machine.
[[nodiscard]] Outcome<void> check_machine(const StoredRecord& stored, const std::string& machine, const std::string& label);

/// The plan that undoes it from what the target holds, without executing it.
[[nodiscard]] Outcome<Job> job_of(const Context& context, const StoredRecord& stored, const registry::Tree& state, Changed changed);

/// Reads the target, and undoes the record, which then says so itself. `shown`: the plan is the result of the command.
[[nodiscard]] Outcome<ExitCode> undo_record(const Context& context, StoredRecord stored, backend::OpenedTarget& target, Changed changed,
                                          const Decisions& decisions, bool shown = true);

/// The same, without a question, for a record that nobody confirmed in time; the watchdog is dismissed.
[[nodiscard]] Outcome<ExitCode> revert(const Context& context, StoredRecord stored, backend::OpenedTarget& target);

/// Reverts what should have been by now and was not, because the process that waits for it is gone. Nothing when there is no such
/// record of that target.
[[nodiscard]] Outcome<void> revert_overdue(const Context& context, backend::OpenedTarget& target);

}  // namespace schancfg::cli
