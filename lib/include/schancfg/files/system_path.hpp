// Names of files as the standard library of a system takes them. Not where there is none (WebAssembly). Every function may be called by several
// threads at once.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace schancfg::files {

[[nodiscard]] std::filesystem::path path_of(std::string_view utf8);
[[nodiscard]] std::string utf8_of(const std::filesystem::path& path);

}  // namespace schancfg::files
