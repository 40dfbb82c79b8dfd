// The state folder: where records, their markers and locks lie. Made so that only its owner (on Windows: administrators) can write
// there: a record that somebody else could plant would be carried out by the next `undo`.
#pragma once

#include <string>
#include <vector>

#include "failure.hpp"
#include "schancfg/result.hpp"

namespace schancfg::cli {

/// `%ProgramData%\schancfg` (`%LOCALAPPDATA%\schancfg` for a process without the rights of an administrator, who can't write a live
/// registry either), `$XDG_STATE_HOME/schancfg`, `~/.local/state/schancfg`. 3 when the system names none of them.
[[nodiscard]] Outcome<std::string> state_folder();
/// Those in which others of this machine say what they are doing: `state_folder` and, on Windows, the other one of the two.
[[nodiscard]] std::vector<std::string> state_folders();

/// Makes it with its parents, or checks the one that is there, and removes what killed processes left half written in it.
[[nodiscard]] Result<void> make_state_folder(const std::string& folder);
/// access_denied: others than its owner and the system can write there, or it is a link.
[[nodiscard]] Result<void> check_state_folder(const std::string& folder);

/// A name in a folder.
[[nodiscard]] std::string join(const std::string& folder, const std::string& name);

}  // namespace schancfg::cli
