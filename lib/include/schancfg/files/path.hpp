// Names of files, in UTF-8. The system's own form of them is in system_path.hpp. Every function may be called by several threads at once.
#pragma once

#include <string>
#include <string_view>

namespace schancfg::files {

/// A name in a folder.
[[nodiscard]] std::string join(std::string_view folder, std::string_view name);

/// The path from the root on, links left as they are; the path itself where the working folder is not known.
[[nodiscard]] std::string absolute(std::string_view path);

/// The absolute path by which the file is found again later, links resolved where it exists.
[[nodiscard]] std::string full_path(const std::string& path);

/// Do both name one file that exists?
[[nodiscard]] bool is_same_file(const std::string& a, const std::string& b);

}  // namespace schancfg::files
