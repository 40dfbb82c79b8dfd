// A file that shows by being held that the process which made it is still running: the system lets go of it when that process ends,
// however it ends. held_file_posix.cpp and held_file_win32.cpp implement it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "session/file.hpp"

namespace schancfg::cli {

class HeldFile {
public:
    /// Makes `path`, or replaces it, with `bytes`: whole, durable and held from the first moment on. Everybody may read it. The caller
    /// sees to it that nobody else writes the same file.
    [[nodiscard]] static Result<HeldFile> write(const std::string& path, std::string_view bytes);
    /// Makes `path`, or takes over one that nobody holds, with `bytes`; who may read it is as the system makes files there. conflict:
    /// another process holds it.
    [[nodiscard]] static Result<HeldFile> take(const std::string& path, std::string_view bytes);

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

}  // namespace schancfg::cli
