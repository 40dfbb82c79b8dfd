#include "console/arguments.hpp"
#include "schancfg/files/path.hpp"
#include "inputs/state_folder.hpp"

namespace schancfg::cli {

Outcome<std::string> state_folder() {
    // The specification of base directories takes relative paths for not set.
    if (const auto base = environment("XDG_STATE_HOME"); base && base->starts_with('/')) return files::join(*base, "schancfg");
    if (const auto home = environment("HOME")) return files::join(*home, ".local/state/schancfg");
    return failure(ExitCode::target, "neither $XDG_STATE_HOME nor $HOME is set, so there is no place for the undo record; name one with --backup FILE");
}

std::vector<std::string> state_folders() {
    auto folder = state_folder();
    return folder ? std::vector{*folder} : std::vector<std::string>{};
}

}  // namespace schancfg::cli
