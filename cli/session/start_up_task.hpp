// Start-up tasks: what the system runs after a restart, although nobody logs on. Windows has the Task Scheduler for that; elsewhere
// there is none, and the next command says what was not done.
#pragma once

#include <functional>
#include <string>

#include "failure.hpp"
#include "inputs/records.hpp"
#include "schancfg/backend/open.hpp"

namespace schancfg::cli {

/// The program that is to revert records later. On Windows, for the registry of this machine, the system runs it: this one where it lies on a
/// fixed drive and nobody but administrators, the system and TrustedInstaller may change it, its folder or what is above it, links resolved;
/// else a copy in the state folder, one for each version.
[[nodiscard]] Result<std::string> program_for_later(backend::Kind kind);

/// Makes or replaces the task that reverts the record, at every start of the system and at its `revert_at`. Nothing for a target that is
/// not this machine.
[[nodiscard]] Result<void> make_start_up_task(const StoredRecord& stored, backend::Kind kind, const std::string& program);
/// No task of that name is not an error.
[[nodiscard]] Result<void> remove_start_up_task(const std::string& id, backend::Kind kind);
/// Removes the tasks of this program, and no others, whose record does not wait; and the copies of the program when none waits.
[[nodiscard]] Result<void> sweep_start_up_tasks(const std::function<bool(const std::string& id)>& waits);

/// 2: the task runs as the system, which does not see that place (a drive that this user connected, a share, a removable drive).
[[nodiscard]] Outcome<void> check_seen_by_task(const std::string& file, backend::Kind kind);

}  // namespace schancfg::cli
