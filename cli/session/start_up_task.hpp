// Start-up tasks: what the system runs after a restart, although nobody logs on. Windows has the Task Scheduler for that; elsewhere
// there is none, and the next command says what was not done.
#pragma once

#include <string>

#include "inputs/records.hpp"
#include "schancfg/backend/open.hpp"

namespace schancfg::cli {

/// The program that is to take the record back later: this one where only administrators can have put it there, else a copy beside
/// the record.
[[nodiscard]] Result<std::string> program_for_later(const StoredRecord& stored, backend::Kind kind);

/// Makes the task that takes the record back, at every start of the system and at `revert_at`. Nothing for a target that is not this
/// machine.
[[nodiscard]] Result<void> make_start_up_task(const StoredRecord& stored, backend::Kind kind, const std::string& program);
/// Removes the task and the copy of the program. No task of that name is not an error.
[[nodiscard]] Result<void> remove_start_up_task(const StoredRecord& stored, backend::Kind kind);

}  // namespace schancfg::cli
