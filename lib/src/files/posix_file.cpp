#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "posix_descriptor.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/path.hpp"
#include "refusals.hpp"
#include "temporary.hpp"

namespace schancfg::files {
namespace {

namespace fs = std::filesystem;

ErrorCode code_of(int number) {
    switch (number) {
        case ENOENT:
        case ENOTDIR: return ErrorCode::not_found;
        case EACCES:
        case EPERM:
        case EROFS: return ErrorCode::access_denied;
        case EEXIST: return ErrorCode::conflict;
        default: return ErrorCode::io;
    }
}

Result<void> put(const Descriptor& file, std::string_view path, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(file.get(), bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return refused(path, "written", errno);
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return {};
}

struct Mode {
    mode_t bits;
    bool exact;
};

Mode mode_of(Readers readers) {
    switch (readers) {
        case Readers::usual: return {0666, false};
        case Readers::owner: return {0600, true};
        case Readers::everyone: break;
    }
    return {0644, true};
}

Result<void> check_trusted(const struct stat& about, std::string_view path) {
    if (about.st_uid != ::geteuid() && about.st_uid != 0) {
        return fail(ErrorCode::access_denied, std::string(path) + " belongs to another user; refusing to use it");
    }
    if ((about.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return fail(ErrorCode::access_denied, std::string(path) + " is writable by other users; refusing to use it; to fix: chmod go-w " + std::string(path));
    }
    return {};
}

Result<std::string> read(std::string_view path, std::size_t max_size, bool trusted) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    // Without blocking: a named pipe would keep us waiting for its writer. It is refused below.
    const Descriptor file(::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) return refused(path, "read", errno);
    const auto about = check_regular(file, path, max_size);
    if (!about) return std::unexpected(about.error());
    if (trusted) {
        if (auto checked = check_trusted(*about, path); !checked) return std::unexpected(std::move(checked.error()));
    }
    return read_all(file, path, static_cast<std::size_t>(about->st_size), max_size);
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

std::unexpected<Error> refused(std::string_view path, std::string_view what, int number) {
    return fail(code_of(number), std::string(path) + " cannot be " + std::string(what) + ": " + std::generic_category().message(number), std::nullopt,
                static_cast<std::uint32_t>(number));
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Result<struct stat> check_regular(const Descriptor& file, std::string_view path, std::size_t max_size) {
    struct stat about {};
    if (::fstat(file.get(), &about) != 0) return refused(path, "read", errno);
    if (!S_ISREG(about.st_mode)) return not_regular(path);
    if (static_cast<std::uintmax_t>(about.st_size) > max_size) return too_large(path, max_size);
    return about;
}

Result<std::string> read_all(const Descriptor& file, std::string_view path, std::size_t size, std::size_t max_size) {
    // One byte more than it says, so that its end is seen without asking for more memory.
    std::string bytes(size + 1, '\0');
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

// In the same folder, so that rename() stays within one file system. O_EXCL takes no file or link that somebody put there.
Descriptor make_beside(const std::string& path, mode_t mode, std::string& name) {
    Descriptor made;
    for (int attempt = 0; attempt < max_temporaries && !made; ++attempt) {
        name = path + temporary_ending(attempt);
        made = Descriptor(::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
        if (!made && errno != EEXIST) break;
    }
    return made;
}

Result<void> fill(const Descriptor& file, std::string_view path, std::string_view bytes) {
    if (auto done = put(file, path, bytes); !done) return done;
    if (::fsync(file.get()) != 0) return refused(path, "written", errno);
    return {};
}

Result<Descriptor> write_beside(const std::string& path, std::string_view bytes, mode_t mode, bool exact, std::string& name) {
    Descriptor file = make_beside(path, mode, name);
    if (!file) return refused(path, "made", errno);
    Result<void> done;
    if (exact && ::fchmod(file.get(), mode) != 0) done = refused(path, "made", errno);
    if (done) done = fill(file, path, bytes);
    if (!done) {
        ::unlink(name.c_str());
        return std::unexpected(std::move(done.error()));
    }
    return file;
}

int place_new(const std::string& temporary, const std::string& path) {
    // link() is the rename that does not replace. A file system without hard links has only the other one.
    int code = ::link(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
    if (code == EPERM || code == ENOTSUP || code == ENOSYS) {
        struct stat there {};
        code = ::lstat(path.c_str(), &there) == 0 ? EEXIST : ::rename(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
    }
    ::unlink(temporary.c_str());
    return code;
}

Result<void> flush_folder_of(const std::string& path) {
    const std::string name = folder_of(path);
    const Descriptor folder(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // A folder that may be written and not read cannot be opened; EINVAL says that the file system has no such thing.
    if (!folder || ::fsync(folder.get()) == 0 || errno == EINVAL || errno == ENOTSUP) return {};
    return refused(name, "written", errno);
}

std::string full_path(const std::string& path) {
    const auto resolve = [](const std::string& name) -> std::optional<std::string> {
        const std::unique_ptr<char, decltype(&std::free)> found(::realpath(name.c_str(), nullptr), &std::free);
        if (!found) return std::nullopt;
        return std::string(found.get());
    };
    if (auto found = resolve(path)) return *found;
    const fs::path whole = absolute(path);
    if (const auto folder = resolve(whole.parent_path().string())) return (fs::path(*folder) / whole.filename()).string();
    return whole.empty() ? path : whole.string();
}

bool is_same_file(const std::string& a, const std::string& b) {
    struct stat one {};
    struct stat two {};
    return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &two) == 0 && same_file(one, two);
}

Result<std::string> read_file(std::string_view path, std::size_t max_size) { return read(path, max_size, false); }

Result<std::string> read_trusted_file(std::string_view path, std::size_t max_size) { return read(path, max_size, true); }

Result<void> write_new_file(std::string_view path, std::string_view bytes, Readers readers) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    const std::string native(path);
    struct stat there {};
    if (::lstat(native.c_str(), &there) == 0) return refused(path, "made", EEXIST);
    std::string temporary;
    const auto [mode, exact] = mode_of(readers);
    if (auto written = write_beside(native, bytes, mode, exact, temporary); !written) return std::unexpected(std::move(written.error()));
    if (const int code = place_new(temporary, native); code != 0) return refused(path, "made", code);
    auto flushed = flush_folder_of(native);
    if (!flushed) ::unlink(native.c_str());
    return flushed;
}

Result<void> write_file(std::string_view path, std::string_view bytes, Readers readers) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    std::string native(path);
    struct stat there {};
    const bool exists = ::stat(native.c_str(), &there) == 0;
    if (exists && S_ISDIR(there.st_mode)) return refused(path, "written", EISDIR);
    if (exists && !S_ISREG(there.st_mode)) {
        const Descriptor file(::open(native.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
        if (!file) return refused(path, "opened", errno);
        return put(file, path, bytes);
    }
    // A link is written through, as an editor would: renaming over it would replace the link.
    std::error_code error;
    if (fs::is_symlink(fs::symlink_status(native, error))) native = fs::weakly_canonical(native, error).string();
    auto [mode, exact] = mode_of(readers);
    if (exists && readers == Readers::usual) mode = there.st_mode & 07777u, exact = true;
    std::string temporary;
    if (auto written = write_beside(native, bytes, mode, exact, temporary); !written) {
        written.error().message.replace(0, native.size(), path);
        return std::unexpected(std::move(written.error()));
    }
    if (::rename(temporary.c_str(), native.c_str()) != 0) {
        const int code = errno;
        ::unlink(temporary.c_str());
        return refused(path, "written", code);
    }
    return flush_folder_of(native);
}

Result<void> remove_file(std::string_view path) {
    const std::string native(path);
    if (::unlink(native.c_str()) != 0) {
        if (errno == ENOENT) return {};
        return refused(path, "removed", errno);
    }
    return flush_folder_of(native);
}

Result<void> check_trusted(std::string_view path) {
    struct stat about {};
    if (::stat(std::string(path).c_str(), &about) != 0) return refused(path, "read", errno);
    return check_trusted(about, path);
}

Result<void> check_trusted_program(std::string_view path) {
    const std::string real = full_path(std::string(path));
    const std::string folder = folder_of(real);
    if (auto trusted = check_trusted(real); !trusted) return trusted;
    if (auto trusted = check_trusted(folder); !trusted) return trusted;
    for (std::string at = folder; at != "/";) {
        at = folder_of(at);
        struct stat about {};
        if (::stat(at.c_str(), &about) != 0) return refused(at, "read", errno);
        // In a folder with the sticky bit nobody renames what is not his.
        if ((about.st_mode & S_ISVTX) != 0 && (about.st_uid == 0 || about.st_uid == ::geteuid())) continue;
        if (auto trusted = check_trusted(about, at); !trusted) return trusted;
    }
    return {};
}

bool is_elevated() { return ::geteuid() == 0; }

}  // namespace schancfg::files
