// The lock of a live registry: a file in the state folder that the process which writes holds, one for each machine. (A registry in a
// file is locked by itself.) It keeps schancfg from schancfg; anyone who else writes is noticed by reading again.
#pragma once

#include "schancfg/backend/open.hpp"
#include "schancfg/journal/state_folder.hpp"

namespace schancfg::journal {

/// The target holds the lock from now on, as long as it lives. conflict: another process has it. Nothing for a target in a file. Any
/// thread may call it; the target is used by one at a time.
[[nodiscard]] Result<void> lock(const StateFolder& folder, backend::OpenedTarget& opened);

}  // namespace schancfg::journal
