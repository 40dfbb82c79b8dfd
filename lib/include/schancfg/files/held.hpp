// A file that shows by being held that the process which made it is still running: the system lets go of it when that process ends,
// however it ends. posix_held.cpp and win32_held.cpp implement it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::files {

/// One thread at a time may use it.
class HeldFile {
public:
    /// Makes `path`, or replaces it, with `bytes`: whole, durable and held from the first moment on. Everybody may read it. The caller
    /// sees to it that nobody else writes the same file.
    [[nodiscard]] static Result<HeldFile> write(const std::string& path, std::string_view bytes);
    /// Makes `path`, or takes over one that nobody holds, with the number of this process as its text; who may read it is as the system
    /// makes files there. conflict: another process holds it, or it holds something else than such a number, so that it is a file of
    /// somebody else.
    [[nodiscard]] static Result<HeldFile> take(const std::string& path);

    HeldFile(HeldFile&&) noexcept;
    HeldFile& operator=(HeldFile&&) noexcept;
    /// Lets go of the file and leaves it.
    ~HeldFile();

    /// Removes the file, durably, and lets go of it.
    [[nodiscard]] Result<void> remove();

private:
    struct Hold;
    explicit HeldFile(std::unique_ptr<Hold> hold);
    std::unique_ptr<Hold> hold_;
};

/// Does a process hold it? No, when there is no such file. nullopt: this user may not know.
[[nodiscard]] std::optional<bool> is_held(const std::string& path);

/// The number that a file which was taken holds; 0: it can't be read, or holds none.
[[nodiscard]] std::uint64_t holder_of(const std::string& path);

/// The number of this process.
[[nodiscard]] std::uint64_t own_process();

}  // namespace schancfg::files
