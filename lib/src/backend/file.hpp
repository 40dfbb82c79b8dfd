// Files, as this room needs them: read whole with a limit, never from anything but a regular file, and rewritten whole or not at all
// under a lock. posix_file.cpp, win32_file.cpp and folder.cpp implement it; it knows no format.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/result.hpp"

namespace schancfg::backend {

/// The absolute path by which the file is found again later, links resolved where it exists.
[[nodiscard]] std::string full_path(const std::string& path);

/// Do both name one file that exists?
[[nodiscard]] bool is_same_file(const std::string& a, const std::string& b);

/// not_found, access_denied, io: what the system says. malformed: no regular file (nothing is waited for), or more than
/// `max_size` bytes (then nothing is read).
[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t max_size);

/// Is there a folder of that name?
[[nodiscard]] bool is_folder(const std::string& path);
/// Is there anything of that name?
[[nodiscard]] bool exists(const std::string& path);
/// Paths of the regular files directly in it, sorted by name. As read_file; malformed: more than `most` entries.
[[nodiscard]] Result<std::vector<std::string>> list_files(const std::string& folder, std::size_t most);

/// A file that nobody else who asks for the lock can have at the same time. Other programs can still read it.
class LockedFile {
public:
    virtual ~LockedFile() = default;
    /// Did it exist when it was locked?
    [[nodiscard]] virtual bool exists() const = 0;
    /// As read_file.
    [[nodiscard]] virtual Result<std::string> read(std::size_t max_size) = 0;
    /// The whole file becomes `bytes`, at once and durably; mode and owner stay. conflict: a program that does not ask for locks
    /// changed it since it was read. Keeps the lock.
    [[nodiscard]] virtual Result<void> replace(std::string_view bytes) = 0;
};

/// A link is followed: what it points to is locked and replaced. not_found unless `create`; access_denied: it or its folder cannot be
/// written; conflict: somebody holds the lock.
[[nodiscard]] Result<std::unique_ptr<LockedFile>> lock_file(const std::string& path, bool create);

}  // namespace schancfg::backend
