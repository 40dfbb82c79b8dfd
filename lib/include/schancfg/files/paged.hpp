// PagedFile: a file of which few places are looked at, such as a hive: each page is read when it is asked for, and what nobody asks for costs neither time nor memory.
//
// (A mapping would do the same, but the kernel may bring megabytes around each place into it, as it keeps files in large pages.)
// On Windows, and where a system refuses the room, all of the file is read. One PagedFile is used by one thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::files {

class PagedFile {
public:
    /// Errors as those of `read_file`.
    [[nodiscard]] static Result<PagedFile> open(std::string_view path, std::size_t max_size);
    PagedFile(PagedFile&&) noexcept;
    PagedFile& operator=(PagedFile&&) noexcept;
    ~PagedFile();

    /// As long as the file was when it was opened; what was not brought is zeros. Valid while this object, or one that it was moved to, lives.
    [[nodiscard]] std::string_view bytes() const { return read_.empty() ? view_ : std::string_view(read_); }
    /// Has bytes() hold what the file has there. False: the file has become shorter, or can't be read any more, which `check` says.
    [[nodiscard]] bool bring(std::size_t at, std::size_t size);
    /// Of a file called `path` in the message: was all that was asked for there? conflict: it was shortened meanwhile; io: it can't be read any more.
    [[nodiscard]] Result<void> check(std::string_view path) const;

private:
    struct Pages;
    PagedFile();
    /// All of it; only where no page can be read by itself (paged_whole.cpp).
    [[nodiscard]] static Result<PagedFile> read(std::string_view path, std::size_t max_size);
    std::unique_ptr<Pages> pages_;
    std::string_view view_;  // of what is not in read_
    std::string read_;       // where all of it was read
};

}  // namespace schancfg::files
