// The `.reg` twin of an undo record: undoes a change of this machine with regedit alone, should schancfg be gone. Pure; use from any thread.
#pragma once

#include <string>

#include "schancfg/plan/plan.hpp"

namespace schancfg::apply {

/// The file that restores every value that `done` wrote or removed. Keys that `done` made are left where they are, empty: regedit
/// deletes a key with all it holds, and by then it may hold what somebody else put there.
[[nodiscard]] std::string encode_twin(const plan::Plan& done);

}  // namespace schancfg::apply
