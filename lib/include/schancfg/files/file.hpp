// Files read whole with a limit and written whole or not at all. posix_file.cpp and win32_file.cpp implement it; it knows no format.
// Every function may be called by several threads at once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::files {

/// The whole of a regular file. not_found, access_denied, io as the system says; conflict: on Windows another process held it for
/// longer than five seconds. malformed: no regular file (nothing is waited for, a device is not opened), or more than `max_size`
/// bytes (then nothing is read).
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
/// flushed. A file that is there keeps its mode or access rights where `readers` is usual. A link is written through. Written in
/// place where that can't be done because `path` is not a regular file (a pipe, and of the devices of Windows NUL alone).
[[nodiscard]] Result<void> write_file(std::string_view path, std::string_view bytes, Readers readers = Readers::usual);
/// The same for a file that must not exist yet; conflict when it does.
[[nodiscard]] Result<void> write_new_file(std::string_view path, std::string_view bytes, Readers readers = Readers::usual);
/// Durable when it returns. No file of that name is not an error.
[[nodiscard]] Result<void> remove_file(std::string_view path);

/// access_denied: somebody other than this user and the administrators of the machine owns the file or folder or may write it.
/// What a link leads to is looked at.
[[nodiscard]] Result<void> check_trusted(std::string_view path);

/// The same for a program that is to be run with the rights of the system: neither it nor its folder, where a library could be put beside
/// it, may be changed by others, and no folder above may be renamed or replaced by them, links resolved. On Windows it also has to lie on a
/// fixed drive.
[[nodiscard]] Result<void> check_trusted_program(std::string_view path);

/// Does this process have the rights of an administrator?
[[nodiscard]] bool is_elevated();

}  // namespace schancfg::files
