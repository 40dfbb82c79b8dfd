// The state folder: made so that only its owner (on Windows: administrators) can write there. A record that somebody else could
// plant would be carried out by the next `undo`.
#pragma once

#include <string>

#include "schancfg/result.hpp"

namespace schancfg::cli {

/// Makes it with its parents, or checks the one that is there.
[[nodiscard]] Result<void> make_state_folder(const std::string& folder);
/// access_denied: others than its owner and the system can write there.
[[nodiscard]] Result<void> check_state_folder(const std::string& folder);

}  // namespace schancfg::cli
