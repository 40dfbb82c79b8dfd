// The lock of a live registry: a file in the state folder that the process which writes holds, one for each machine. (A registry in a
// file is locked by itself.) It keeps schancfg from schancfg; whoever else writes is noticed by reading again.
#pragma once

#include "failure.hpp"
#include "schancfg/backend/open.hpp"

namespace schancfg::cli {

/// The target holds the lock from now on, as long as it lives. 3: another process has it. Nothing for a target in a file.
[[nodiscard]] Outcome<void> lock(backend::OpenedTarget& opened);

}  // namespace schancfg::cli
