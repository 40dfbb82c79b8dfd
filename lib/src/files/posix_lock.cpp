#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <optional>
#include <tuple>
#include <utility>

#include "posix_descriptor.hpp"
#include "schancfg/files/lock.hpp"
#include "schancfg/files/path.hpp"
#include "refusals.hpp"
#include "temporary.hpp"

namespace schancfg::files {
namespace {

// O_NONBLOCK: a named pipe without a writer would otherwise hold us up before fstat can say what it is.
constexpr int safe = O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

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

class PosixLockedFile : public LockedFile {
public:
    PosixLockedFile(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {
        struct stat about {};
        if (file_ && ::fstat(file_.get(), &about) == 0) seen_ = about;
    }

    PosixLockedFile(const PosixLockedFile&) = delete;
    PosixLockedFile& operator=(const PosixLockedFile&) = delete;
    ~PosixLockedFile() override { drop_prepared(); }

    [[nodiscard]] bool exists() const override { return static_cast<bool>(file_); }

    Result<std::string> read(std::size_t max_size) override {
        const auto about = check_regular(file_, path_, max_size);
        if (!about) return std::unexpected(about.error());
        seen_ = *about;
        return read_all(file_, path_, static_cast<std::size_t>(about->st_size), max_size);
    }

    Result<void> prepare(std::string_view bytes) override {
        drop_prepared();
        if (auto same = check_unchanged(); !same) return same;
        // Only anyone who holds the lock makes one, so those that are there were left behind by processes that were killed.
        if (file_) remove_temporaries(path_, std::chrono::seconds(0));
        prepared_ = make_beside(path_, file_ ? 0600 : 0666, temporary_);
        if (!prepared_) return refused(path_, "written", errno);
        auto filled = fill_prepared(bytes);
        if (!filled) drop_prepared();
        return filled;
    }

    Result<void> place() override {
        if (auto placed = rename_prepared(); !placed) {
            drop_prepared();
            return placed;
        }
        Descriptor fresh = std::exchange(prepared_, Descriptor());
        // The new name is durable when the folder is.
        if (auto flushed = flush_folder_of(path_); !flushed) {
            restore(fresh);
            return flushed;
        }
        // The lock goes over to the new file, which had it before anybody else could see it.
        adopt(std::move(fresh));
        return {};
    }

private:
    void adopt(Descriptor file) {
        struct stat about {};
        if (::fstat(file.get(), &about) == 0) seen_ = about;
        file_ = std::move(file);
    }

    // Nobody knows which of the two a power cut would leave, and the caller is reported that nothing was written: the old one again, as
    // far as the system lets us. `fresh` has the lock as long as its name is there.
    void restore(const Descriptor& fresh) {
        struct stat now {};
        struct stat mine {};
        if (::stat(path_.c_str(), &now) != 0 || ::fstat(fresh.get(), &mine) != 0 || !same_file(now, mine)) return;
        if (!file_) {
            ::unlink(path_.c_str());
            return;
        }
        const auto old = read_all(file_, path_, static_cast<std::size_t>(seen_->st_size), static_cast<std::size_t>(seen_->st_size));
        if (!old) return;
        std::string temporary;
        Descriptor again = make_beside(path_, 0600, temporary);
        if (!again) return;
        keep_rights(again);
        std::ignore = keep_attributes(file_, again, path_);
        if (!lock(again) || !fill(again, path_, *old) || ::rename(temporary.c_str(), path_.c_str()) != 0) {
            ::unlink(temporary.c_str());
            return;
        }
        adopt(std::move(again));
    }

    [[nodiscard]] Result<void> check_unchanged() const {
        if (!file_) return {};
        struct stat now {};
        if (::stat(path_.c_str(), &now) != 0 || !same_file(now, *seen_) || now.st_size != seen_->st_size ||
            now.st_mtim.tv_sec != seen_->st_mtim.tv_sec || now.st_mtim.tv_nsec != seen_->st_mtim.tv_nsec) {
            return changed_meanwhile(path_);
        }
        return {};
    }

    // Only root can give a file away; a mode that would be wider for another group is not kept then.
    void keep_rights(const Descriptor& file) const {
        const bool owned = ::fchown(file.get(), seen_->st_uid, seen_->st_gid) == 0;
        ::fchmod(file.get(), seen_->st_mode & (owned ? 07777u : 0700u));
    }

    [[nodiscard]] Result<void> fill_prepared(std::string_view bytes) const {
        if (file_) {
            keep_rights(prepared_);
            if (auto kept = keep_attributes(file_, prepared_, path_); !kept) return kept;
        }
        if (!lock(prepared_)) return refused(path_, "locked", errno);
        return fill(prepared_, path_, bytes);
    }

    [[nodiscard]] Result<void> rename_prepared() const {
        // Again, since writing takes its time.
        if (auto same = check_unchanged(); !same) return same;
        if (file_) {
            if (::rename(temporary_.c_str(), path_.c_str()) != 0) return refused(path_, "written", errno);
            return {};
        }
        const int code = place_new(temporary_, path_);
        if (code == EEXIST) return made_meanwhile(path_);
        if (code != 0) return refused(path_, "written", code);
        return {};
    }

    void drop_prepared() {
        if (!prepared_) return;
        ::unlink(temporary_.c_str());
        prepared_ = Descriptor();
    }

    std::string path_;
    Descriptor file_;
    std::optional<struct stat> seen_;
    Descriptor prepared_;    // what comes in its place, locked
    std::string temporary_;  // its name
};

}  // namespace

Result<std::unique_ptr<LockedFile>> lock_file(const std::string& path, bool create) {
    if (path.find('\0') != std::string::npos) return has_nul();
    const std::string real = full_path(path);
    // A writer that is done replaces the file, so a lock can turn out to be that of the file before: then again with the new one.
    for (int attempt = 0; attempt < 8; ++attempt) {
        Descriptor file(::open(real.c_str(), O_RDWR | safe));
        if (!file && errno == ENOENT && create) {
            struct stat link {};
            if (::lstat(real.c_str(), &link) == 0) return fail(ErrorCode::not_found, path + " is a link to a file that does not exist");
        } else if (!file && errno == EISDIR) {
            return not_regular(path);
        } else if (!file) {
            return refused(path, "opened for writing", errno);
        }
        if (::access(folder_of(real).c_str(), W_OK | X_OK) != 0) {
            return refused(folder_of(real), "written, where the file must be replaced", errno);
        }
        if (!file) return std::make_unique<PosixLockedFile>(real, Descriptor());
        struct stat mine {};
        if (::fstat(file.get(), &mine) != 0) return refused(path, "read", errno);
        if (!S_ISREG(mine.st_mode)) return not_regular(path);
        if (!lock(file)) {
            if (errno == EWOULDBLOCK) return is_locked(file, path);
            return refused(path, "locked", errno);
        }
        struct stat there {};
        if (::stat(real.c_str(), &there) == 0 && same_file(mine, there)) {
            return std::make_unique<PosixLockedFile>(real, std::move(file));
        }
    }
    return fail(ErrorCode::conflict, path + " keeps being replaced by another process");
}

}  // namespace schancfg::files
