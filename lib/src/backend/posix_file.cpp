#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "file.hpp"
#include "names.hpp"

namespace schancfg::backend {
namespace {

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

std::unexpected<Error> refused(const std::string& path, const std::string& what, int number) {
    ErrorCode code = ErrorCode::io;
    if (number == ENOENT || number == ENOTDIR) code = ErrorCode::not_found;
    if (number == EACCES || number == EPERM || number == EROFS) code = ErrorCode::access_denied;
    return fail(code, printable(path) + " cannot be " + what + ": " + std::generic_category().message(number), std::nullopt,
                static_cast<std::uint32_t>(number));
}

// O_NONBLOCK: a named pipe without a writer would otherwise hold us up before fstat can say what it is.
constexpr int safe = O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

Result<struct stat> check_regular(const Descriptor& file, const std::string& path, std::size_t max_size) {
    struct stat about {};
    if (::fstat(file.get(), &about) != 0) return refused(path, "read", errno);
    if (!S_ISREG(about.st_mode)) return fail(ErrorCode::malformed, printable(path) + " is not a regular file");
    if (static_cast<std::uintmax_t>(about.st_size) > max_size) return too_large(path, max_size);
    return about;
}

Result<std::string> read_all(const Descriptor& file, const std::string& path, std::size_t size, std::size_t max_size) {
    std::string bytes(size, '\0');
    std::size_t have = 0;
    // Files of /proc say that they have no bytes, and a file can grow: read until the end, one byte past the limit at most.
    for (;;) {
        if (have == bytes.size()) bytes.resize(std::min(std::max<std::size_t>(have + have / 4, have + 4096), max_size + 1));
        const ssize_t got = ::pread(file.get(), bytes.data() + have, bytes.size() - have, static_cast<off_t>(have));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return refused(path, "read", errno);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
        if (have > max_size) return too_large(path, max_size);
    }
    bytes.resize(have);
    return bytes;
}

Result<void> write_all(const Descriptor& file, const std::string& path, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(file.get(), bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return refused(path, "written", errno);
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    if (::fsync(file.get()) != 0) return refused(path, "written", errno);
    return {};
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

bool same_file(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

struct flock whole_file() {
    struct flock range {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    return range;
}

// flock() decides, since it belongs to the open file. It does not tell who holds it, which a record lock does: that one is there for
// the message alone, so it does not matter where it cannot be had.
bool lock(const Descriptor& file) {
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return false;
    struct flock range = whole_file();
    ::fcntl(file.get(), F_SETLK, &range);
    return true;
}

std::unexpected<Error> is_locked(const Descriptor& file, const std::string& path) {
    struct flock range = whole_file();
    const bool known = ::fcntl(file.get(), F_GETLK, &range) == 0 && range.l_type != F_UNLCK && range.l_pid > 0;
    return locked_by(path, known ? static_cast<std::uint64_t>(range.l_pid) : 0);
}

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

// `a.reg.1234-0.tmp` beside `a.reg`: only whoever holds the lock of `a.reg` makes one, so while we hold it those that are there were
// left behind by processes that were killed.
void remove_left_behind(const std::string& path) {
    const std::string folder = folder_of(path);
    const std::size_t slash = path.rfind('/');
    const std::string lead = (slash == std::string::npos ? path : path.substr(slash + 1)) + ".";
    std::error_code error;
    std::vector<std::filesystem::path> found;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (!name.starts_with(lead) || !name.ends_with(".tmp")) continue;
        const std::string_view middle = std::string_view(name).substr(lead.size(), name.size() - lead.size() - 4);
        const std::size_t dash = middle.find('-');
        if (dash == std::string_view::npos || !is_number(middle.substr(0, dash)) || !is_number(middle.substr(dash + 1))) continue;
        found.push_back(at->path());
    }
    for (const auto& each : found) ::unlink(each.c_str());
}

class PosixLockedFile : public LockedFile {
public:
    PosixLockedFile(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {
        struct stat about {};
        if (file_ && ::fstat(file_.get(), &about) == 0) seen_ = about;
    }

    [[nodiscard]] bool exists() const override { return static_cast<bool>(file_); }

    Result<std::string> read(std::size_t max_size) override {
        const auto about = check_regular(file_, path_, max_size);
        if (!about) return std::unexpected(about.error());
        seen_ = *about;
        return read_all(file_, path_, static_cast<std::size_t>(about->st_size), max_size);
    }

    Result<void> replace(std::string_view bytes) override {
        if (auto same = check_unchanged(); !same) return same;
        if (file_) remove_left_behind(path_);
        std::string temporary;
        Descriptor fresh = make_temporary(temporary);
        if (!fresh) return refused(path_, "written", errno);
        auto placed = fill_and_place(fresh, temporary, bytes);
        if (!placed) {
            ::unlink(temporary.c_str());
            return placed;
        }
        struct stat about {};
        if (::fstat(fresh.get(), &about) == 0) seen_ = about;
        // The lock goes over to the new file, which had it before anybody else could see it.
        file_ = std::move(fresh);
        // The new name is durable when the folder is. A file system without this leaves it to the system.
        if (const Descriptor folder(::open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); folder) ::fsync(folder.get());
        return {};
    }

private:
    [[nodiscard]] Result<void> check_unchanged() const {
        if (!file_) return {};
        struct stat now {};
        if (::stat(path_.c_str(), &now) != 0 || !same_file(now, *seen_) || now.st_size != seen_->st_size ||
            now.st_mtim.tv_sec != seen_->st_mtim.tv_sec || now.st_mtim.tv_nsec != seen_->st_mtim.tv_nsec) {
            return fail(ErrorCode::conflict, printable(path_) + " was changed by another program since it was read");
        }
        return {};
    }

    // In the same folder, so that rename() stays within one file system. O_EXCL takes no file or link that somebody put there.
    Descriptor make_temporary(std::string& name) const {
        Descriptor made;
        for (int i = 0; i < 100 && !made; ++i) {
            name = path_ + "." + std::to_string(::getpid()) + "-" + std::to_string(i) + ".tmp";
            made = Descriptor(::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, file_ ? 0600 : 0666));
            if (!made && errno != EEXIST) break;
        }
        return made;
    }

    [[nodiscard]] Result<void> fill_and_place(const Descriptor& fresh, const std::string& temporary, std::string_view bytes) const {
        if (file_) {
            // Only root can give a file away; a mode that would be wider for another group is not kept then.
            const bool owned = ::fchown(fresh.get(), seen_->st_uid, seen_->st_gid) == 0;
            ::fchmod(fresh.get(), seen_->st_mode & (owned ? 07777u : 0700u));
        }
        if (!lock(fresh)) return refused(path_, "locked", errno);
        if (auto written = write_all(fresh, path_, bytes); !written) return written;
        // Again, since writing takes its time.
        if (auto same = check_unchanged(); !same) return same;
        if (file_) {
            if (::rename(temporary.c_str(), path_.c_str()) != 0) return refused(path_, "written", errno);
            return {};
        }
        // link() is the rename that does not replace.
        if (::link(temporary.c_str(), path_.c_str()) != 0) {
            if (errno == EEXIST) return fail(ErrorCode::conflict, printable(path_) + " was made by another program in the meantime");
            return refused(path_, "written", errno);
        }
        ::unlink(temporary.c_str());
        return {};
    }

    std::string path_;
    Descriptor file_;
    std::optional<struct stat> seen_;
};

}  // namespace

std::string full_path(const std::string& path) {
    const auto resolve = [](const std::string& name) -> std::optional<std::string> {
        const std::unique_ptr<char, decltype(&std::free)> found(::realpath(name.c_str(), nullptr), &std::free);
        if (!found) return std::nullopt;
        return std::string(found.get());
    };
    if (auto found = resolve(path)) return *found;
    std::error_code ignored;
    const std::filesystem::path absolute = std::filesystem::absolute(path, ignored);
    if (const auto folder = resolve(absolute.parent_path().string())) return (std::filesystem::path(*folder) / absolute.filename()).string();
    return absolute.empty() ? path : absolute.string();
}

bool is_same_file(const std::string& a, const std::string& b) {
    struct stat one {};
    struct stat two {};
    return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &two) == 0 && same_file(one, two);
}

Result<std::string> read_file(const std::string& path, std::size_t max_size) {
    if (path.find('\0') != std::string::npos) return fail(ErrorCode::malformed, "a file name holds a NUL");
    const Descriptor file(::open(path.c_str(), O_RDONLY | safe));
    if (!file) return refused(path, "read", errno);
    const auto about = check_regular(file, path, max_size);
    if (!about) return std::unexpected(about.error());
    return read_all(file, path, static_cast<std::size_t>(about->st_size), max_size);
}

Result<std::unique_ptr<LockedFile>> lock_file(const std::string& path, bool create) {
    if (path.find('\0') != std::string::npos) return fail(ErrorCode::malformed, "a file name holds a NUL");
    const std::string real = full_path(path);
    // A writer that is done replaces the file, so a lock can turn out to be that of the file before: then again with the new one.
    for (int attempt = 0; attempt < 8; ++attempt) {
        Descriptor file(::open(real.c_str(), O_RDWR | safe));
        if (!file && errno == ENOENT && create) {
            struct stat link {};
            if (::lstat(real.c_str(), &link) == 0) return fail(ErrorCode::not_found, printable(path) + " is a link to a file that does not exist");
        } else if (!file && errno == EISDIR) {
            return fail(ErrorCode::malformed, printable(path) + " is not a regular file");
        } else if (!file) {
            return refused(path, "opened for writing", errno);
        }
        if (::access(folder_of(real).c_str(), W_OK | X_OK) != 0) {
            return refused(folder_of(real), "written, where the file must be replaced", errno);
        }
        if (!file) return std::make_unique<PosixLockedFile>(real, Descriptor());
        struct stat mine {};
        if (::fstat(file.get(), &mine) != 0) return refused(path, "read", errno);
        if (!S_ISREG(mine.st_mode)) return fail(ErrorCode::malformed, printable(path) + " is not a regular file");
        if (!lock(file)) {
            if (errno == EWOULDBLOCK) return is_locked(file, path);
            return refused(path, "locked", errno);
        }
        struct stat there {};
        if (::stat(real.c_str(), &there) == 0 && same_file(mine, there)) {
            return std::make_unique<PosixLockedFile>(real, std::move(file));
        }
    }
    return fail(ErrorCode::conflict, printable(path) + " keeps being replaced by another process");
}

}  // namespace schancfg::backend
