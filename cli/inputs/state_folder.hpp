// Where the state folder is: records, their markers and locks lie there. (What it is made like: schancfg/files/folder.hpp; a record that
// somebody else could plant would be carried out by the next `undo`.)
#pragma once

#include <string>
#include <vector>

#include "failure.hpp"

namespace schancfg::cli {

/// The folder `schancfg` in that of the data of all programs (`C:\ProgramData`; in that of this user for a process without the rights of
/// an administrator, who can't write a live registry either), `$XDG_STATE_HOME/schancfg`, `~/.local/state/schancfg`. 3 when the system
/// names none of them.
[[nodiscard]] Outcome<std::string> state_folder();
/// Those in which others of this machine say what they are doing: `state_folder` and, on Windows, the other one of the two.
[[nodiscard]] std::vector<std::string> state_folders();

}  // namespace schancfg::cli
