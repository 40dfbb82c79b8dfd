// Folders: what is in them, and one that nobody else can write to. Every function may be called by several threads at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/result.hpp"

namespace schancfg::files {

/// Is there a folder of that name?
[[nodiscard]] bool is_folder(const std::string& path);
/// Is there anything of that name? true where this user may not know.
[[nodiscard]] bool exists(const std::string& path);
/// Paths of the regular files directly in it, and of links that lead nowhere, which were to be files too; sorted by name. not_found, access_denied, io as the system says; malformed: more than
/// `most` entries.
[[nodiscard]] Result<std::vector<std::string>> list_files(const std::string& folder, std::size_t most);

/// The same of the folders directly in it; links are left out.
[[nodiscard]] Result<std::vector<std::string>> list_folders(const std::string& folder, std::size_t most);
/// The paths of what is called so in the folder, in any case; first the one that is spelled so, the others sorted. not_found, access_denied, io as the system
/// says; unsupported: more than 100,000 entries.
[[nodiscard]] Result<std::vector<std::string>> find_in(const std::string& folder, std::string_view name);

/// Makes a folder, with its parents, as the system's habit is; one that is there is left alone. access_denied or io as the system says.
[[nodiscard]] Result<void> make_folder(const std::string& folder);

/// Makes a folder that everybody may look into and only its owner (on Windows, where this process is elevated: the administrators
/// and the system, who own it) can write to, with its parents; or checks the one that is there, and sweeps what is an hour old. Durable when it returns.
[[nodiscard]] Result<void> make_private_folder(const std::string& folder);
/// access_denied: others than its owner and the system can write there, or it is a link that somebody else could have made.
[[nodiscard]] Result<void> check_private_folder(const std::string& folder);

/// Removes what killed writers of this room left half written in the folder: temporary files that were last written `age` ago or
/// longer.
void sweep(const std::string& folder, std::chrono::seconds age);

}  // namespace schancfg::files
