// The undo of a record on its target: for `undo`, for the watchdog of an apply that was not confirmed, and for anyone who finds that it is
// late.
#pragma once

#include <string>
#include <vector>

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

/// 3: it was made on another machine, or in another file and nobody named this one. A computer that was renamed is the same, and what lies
/// in its own state folder and says `live` is about it.
[[nodiscard]] Outcome<void> check_machine(const Context& context, const StoredRecord& stored, backend::Kind kind, const std::string& machine, const std::string& label);

/// The plan that undoes it from what the target holds, without executing it.
[[nodiscard]] Outcome<Job> job_of(const Context& context, const StoredRecord& stored, const registry::Tree& state, Changed changed);

/// What it changes in what the release does, and what of that is dangerous.
[[nodiscard]] Outcome<void> add_effects(const Context& context, Job& job, const registry::Tree& state, backend::Kind kind, const backend::Source& source,
                                        const facts::Release* release);

/// Reads the target, and undoes the record, which then says so itself. `shown`: the plan is the result of the command.
[[nodiscard]] Outcome<ExitCode> undo_record(const Context& context, StoredRecord stored, backend::OpenedTarget& target, Changed changed,
                                            const Decisions& decisions, bool shown = true);

/// The same, without a question, for a record that nobody confirmed in time; the watchdog is dismissed.
[[nodiscard]] Outcome<ExitCode> revert(const Context& context, StoredRecord stored, backend::OpenedTarget& target);

/// Reverts what should have been by now and was not, because the process that waits for it is gone. Gives the names of those records.
[[nodiscard]] Outcome<std::vector<std::string>> revert_overdue(const Context& context, backend::OpenedTarget& target);

/// What a command says that ends otherwise than done after it reverted `overdue`: 2 and 3 would say that nothing was touched.
[[nodiscard]] Failure after_overdue(Failure failure, const std::vector<std::string>& overdue);

}  // namespace schancfg::cli
