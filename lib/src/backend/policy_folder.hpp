// Where the files of policies are in a folder, in the order in which the client applies them. Names are met without case, as Windows meets them.
#pragma once

#include <string>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/result.hpp"

namespace schancfg::backend {

struct PolicyFile {
    std::string path;
    registry::Root root = registry::Root::local_machine;
};
struct PolicyFolder {
    std::string path;               ///< that has Machine and User in it
    std::vector<PolicyFile> files;  ///< in the client's order; none of a part that is switched off
    bool computer_off = false, user_off = false;
    bool undoes = false;  ///< a backup that an export of this program made to undo another one: its display name ends with " (removal)"
};

/// All in it, by path. malformed: too many or too deep folders.
[[nodiscard]] Result<std::vector<PolicyFolder>> find_policies(const std::string& folder);

/// HKCU for a file in a folder User, else HKLM.
[[nodiscard]] registry::Root root_of_file(const std::string& path);

}  // namespace schancfg::backend
