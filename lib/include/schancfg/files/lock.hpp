// A file that is read and rewritten under a lock. posix_lock.cpp and win32_lock.cpp implement it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::files {

/// A file that nobody else who asks for the lock can have at the same time. Other programs can still read it. One thread at a time
/// may use it; the lock ends with the object, or with the process.
class LockedFile {
public:
    virtual ~LockedFile() = default;
    /// Did it exist when it was locked?
    [[nodiscard]] virtual bool exists() const = 0;
    /// As read_file.
    [[nodiscard]] virtual Result<std::string> read(std::size_t max_size) = 0;
    /// The whole file becomes `bytes`, at once and durably; mode, owner, access rights and extended attributes stay. conflict: a program that does not ask
    /// for locks changed it since it was read, or (Windows) held it open for longer than five seconds. After an error the file holds
    /// what it held before. Keeps the lock.
    [[nodiscard]] Result<void> replace(std::string_view bytes) {
        if (auto prepared = prepare(bytes); !prepared) return prepared;
        return place();
    }
    /// The two halves of it, for files that change together: each is prepared, which takes the space, before the first is placed, which renames.
    /// What was prepared before, or is never placed, is dropped.
    [[nodiscard]] virtual Result<void> prepare(std::string_view bytes) = 0;
    [[nodiscard]] virtual Result<void> place() = 0;
};

/// A link is followed: what it points to is locked and replaced. not_found unless `create`; access_denied: it or its folder cannot be
/// written; conflict: somebody holds the lock.
[[nodiscard]] Result<std::unique_ptr<LockedFile>> lock_file(const std::string& path, bool create);

}  // namespace schancfg::files
