// MappedFile: the bytes of a file without a copy of them, for exports of hundreds of megabytes that are looked through once.
//
// A large file is mapped on POSIX; a small one, and every file on Windows, is read. Where somebody shortens a mapped file meanwhile, what it no longer has
// reads as zeros and `check` says so: nothing that follows from such bytes is to be believed. For that the first mapping takes over SIGBUS; what concerns no
// mapping goes to who had it before. Every function may be called by several threads at once; a MappedFile is read by any number of them.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::files {

/// Gives a mapping back to the system.
struct Unmap {
    std::size_t size;
    Unmap(std::size_t mapped = 0) : size(mapped) {}
    void operator()(const char* bytes) const;
};

/// The first bytes of a regular file, `most` or as many as it has, however large it is. Errors as those of `read_file`.
[[nodiscard]] Result<std::string> read_start(std::string_view path, std::size_t most);

class MappedFile {
public:
    /// Errors as those of `read_file`.
    [[nodiscard]] static Result<MappedFile> open(std::string_view path, std::size_t max_size);
    /// Valid while this file, or one that it was moved to, lives.
    [[nodiscard]] std::string_view bytes() const { return mapped_ ? std::string_view(mapped_.get(), mapped_.get_deleter().size) : std::string_view(read_); }
    /// After reading, of a file called `path` in the message. conflict: it was shortened meanwhile.
    [[nodiscard]] Result<void> check(std::string_view path) const;

    /// What bytes() holds there; but what was not looked at before does not become part of this process's memory. False: there are fewer bytes, or the system
    /// can't read them any more.
    [[nodiscard]] bool copy(std::size_t at, std::span<char> out) const;

private:
    [[nodiscard]] static Result<MappedFile> read(std::string_view path, std::size_t max_size);
    [[nodiscard]] bool copy_in_memory(std::size_t at, std::span<char> out) const;

    std::unique_ptr<const char, Unmap> mapped_;
    std::shared_ptr<const int> file_;  // where it is mapped
    std::string read_;
};

}  // namespace schancfg::files
