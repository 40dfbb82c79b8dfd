// Files that the program itself reads and writes: results, plans, undo records. Paths are UTF-8. file_posix.cpp and file_win32.cpp
// implement it.
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
/// The same for a file whose content is acted upon. access_denied: somebody other than this user and the administrators of the
/// machine owns it or may write it.
[[nodiscard]] Result<std::string> read_trusted_file(std::string_view path, std::size_t max_size);

/// Who may read a file that is made. Others can't write it in any case but `usual`.
enum class Readers {
    usual,     ///< as the system makes files here
    owner,     ///< its owner, and on Windows the administrators
    everyone,  ///< all users, whatever the system's habit is
};

/// Whole or not at all, and durable when it returns: written beside `path`, flushed to the disk, renamed over it, the folder
/// flushed. A file that is there keeps its mode where `readers` is usual. Written in place where that can't be done because `path`
/// is no regular file (a device, a pipe).
[[nodiscard]] Result<void> write_file(std::string_view path, std::string_view bytes, Readers readers = Readers::usual);
/// The same for a file that must not exist yet; conflict when it does.
[[nodiscard]] Result<void> write_new_file(std::string_view path, std::string_view bytes, Readers readers = Readers::usual);
/// Durable when it returns. No file of that name is no error.
[[nodiscard]] Result<void> remove_file(std::string_view path);

}  // namespace schancfg::cli
