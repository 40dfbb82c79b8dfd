// Files that the program itself reads and writes: results, plans, undo records. Paths are UTF-8.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::cli {

[[nodiscard]] std::filesystem::path path_of(std::string_view utf8);
[[nodiscard]] std::string utf8_of(const std::filesystem::path& path);

/// The whole of a regular file. not_found, access_denied, io as the system says; malformed when it is larger than `max_size` or
/// no regular file.
[[nodiscard]] Result<std::string> read_file(std::string_view path, std::size_t max_size);

/// Whole or not at all: written beside `path`, flushed to the disk and renamed over it. Written in place where that can't be done
/// because `path` is no regular file (a device, a pipe).
[[nodiscard]] Result<void> write_file(std::string_view path, std::string_view bytes);
/// The same for a file that must not exist yet; conflict when it does.
[[nodiscard]] Result<void> write_new_file(std::string_view path, std::string_view bytes);

}  // namespace schancfg::cli
