// The watchdog: the process that reverts an apply that was not confirmed in time. It runs `schancfg revert FILE`, outlives the
// session that started it, and shows that it is there by holding a file in the state folder.
#pragma once

#include "context.hpp"
#include "inputs/records.hpp"
#include "schancfg/backend/open.hpp"

namespace schancfg::cli {

/// There is one for the record when it returns, and where the system has them a start-up task for exactly its time, for when it is gone.
/// 3: it cannot be had; then nothing of it is left.
[[nodiscard]] Outcome<void> start_watchdog(const Context& context, const StoredRecord& stored, backend::Kind kind);

/// The record was confirmed or undone: the watchdog sees that by itself; the start-up task and the room that was kept go.
void dismiss_watchdog(const Context& context, const StoredRecord& stored, backend::Kind kind);

/// Removes what commands that were killed left for records that wait for nothing any more: start-up tasks, copies of the program, room that
/// was kept, files of watchdogs. Touches nothing that does not lie in the state folder or among the tasks of this program.
void sweep_watchdogs(const Context& context);

}  // namespace schancfg::cli
