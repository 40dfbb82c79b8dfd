#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <thread>

#include "posix_descriptor.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/held.hpp"
#include "refusals.hpp"
#include "temporary.hpp"

namespace schancfg::files {

struct HeldFile::Hold {
    std::string path;
    Descriptor file;
};

namespace {

// Anyone who only asks whether it is held holds it for that moment.
bool lock(const Descriptor& file) {
    for (int attempt = 0; attempt < 40; ++attempt) {
        if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

}  // namespace

HeldFile::HeldFile(std::unique_ptr<Hold> hold) : hold_(std::move(hold)) {}
HeldFile::HeldFile(HeldFile&&) noexcept = default;
HeldFile& HeldFile::operator=(HeldFile&&) noexcept = default;
HeldFile::~HeldFile() = default;

Result<HeldFile> HeldFile::write(const std::string& path, std::string_view bytes) {
    std::string temporary;
    auto file = write_beside(path, bytes, 0644, true, temporary);
    if (!file) return std::unexpected(std::move(file.error()));
    if (::flock(file->get(), LOCK_EX | LOCK_NB) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) {
        const int code = errno;
        ::unlink(temporary.c_str());
        return refused(path, "made", code);
    }
    if (auto flushed = flush_folder_of(path); !flushed) {
        ::unlink(path.c_str());
        return std::unexpected(std::move(flushed.error()));
    }
    return HeldFile(std::make_unique<Hold>(path, std::move(*file)));
}

Result<HeldFile> HeldFile::take(const std::string& path) {
    const std::string bytes = std::to_string(own_process());
    // A holder that is done removes its file, so a lock can turn out to be that of a file that has no name any more.
    for (int attempt = 0; attempt < 8; ++attempt) {
        Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644));
        if (!file) return refused(path, "made", errno);
        if (!lock(file)) break;
        struct stat mine {};
        struct stat there {};
        if (::fstat(file.get(), &mine) != 0 || ::stat(path.c_str(), &there) != 0) continue;
        if (!same_file(mine, there)) continue;
        const auto text = S_ISREG(mine.st_mode) ? read_all(file, path, 0, 64) : not_regular(path);
        if (!text || (!text->empty() && process_in(*text) == 0)) return not_ours(path);
        if (::ftruncate(file.get(), 0) != 0 || ::pwrite(file.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
            return refused(path, "written", errno);
        }
        return HeldFile(std::make_unique<Hold>(path, std::move(file)));
    }
    return fail(ErrorCode::conflict, path + " is held by another process");
}

Result<void> HeldFile::remove() {
    auto removed = remove_file(hold_->path);
    hold_.reset();
    return removed;
}

std::optional<bool> is_held(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file) return errno == ENOENT ? std::optional(false) : std::nullopt;
    if (::flock(file.get(), LOCK_SH | LOCK_NB) == 0) return false;
    return errno == EWOULDBLOCK ? std::optional(true) : std::nullopt;
}

std::uint64_t holder_of(const std::string& path) {
    const auto text = read_file(path, 64);
    return text ? process_in(*text) : 0;
}

std::uint64_t own_process() { return static_cast<std::uint64_t>(::getpid()); }

}  // namespace schancfg::files
