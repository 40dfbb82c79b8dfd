#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <random>
#include <system_error>

#include "session/descriptor_posix.hpp"

namespace schancfg::cli {
namespace {

namespace fs = std::filesystem;

ErrorCode code_of(const std::error_code& error) {
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) return ErrorCode::not_found;
    if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted || error == std::errc::read_only_file_system) {
        return ErrorCode::access_denied;
    }
    if (error == std::errc::file_exists) return ErrorCode::conflict;
    return ErrorCode::io;
}

Result<void> put(const Descriptor& file, std::string_view path, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(file.get(), bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return failed(path, "written", errno);
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return {};
}

struct Mode {
    unsigned bits;
    bool exact;  // whatever the umask says
};

Mode mode_of(Readers readers) {
    switch (readers) {
        case Readers::usual: return {0666, false};
        case Readers::owner: return {0600, true};
        case Readers::everyone: break;
    }
    return {0644, true};
}

Result<std::string> read_all(const Descriptor& file, std::string_view path, std::size_t max_size) {
    std::string out;
    std::string chunk(1u << 16, '\0');
    while (true) {
        const ssize_t got = ::read(file.get(), chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed(path, "read", errno);
        if (got == 0) return out;
        out.append(chunk, 0, static_cast<std::size_t>(got));
        if (out.size() > max_size) {
            return fail(ErrorCode::malformed, std::string(path) + " is larger than " + std::to_string(max_size >> 20) + " MiB");
        }
    }
}

Result<std::string> read(std::string_view path, std::size_t max_size, bool trusted) {
    // Without blocking: a named pipe would keep us waiting for its writer. It is refused below.
    const Descriptor file(::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat about {};
    if (!file || ::fstat(file.get(), &about) != 0) return failed(path, "read", errno);
    if (!S_ISREG(about.st_mode)) return fail(ErrorCode::malformed, std::string(path) + " is not a regular file");
    if (trusted && ((about.st_uid != ::geteuid() && about.st_uid != 0) || (about.st_mode & (S_IWGRP | S_IWOTH)) != 0)) {
        return fail(ErrorCode::access_denied, std::string(path) + " could have been written by others, so it is not used; let it belong to you, and chmod go-w");
    }
    return read_all(file, path, max_size);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

std::unexpected<Error> failed(std::string_view path, std::string_view what, int number) {
    const std::error_code error(number, std::generic_category());
    return fail(code_of(error), std::string(path) + " cannot be " + std::string(what) + ": " + error.message(), std::nullopt,
                static_cast<std::uint32_t>(number));
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Result<Descriptor> write_beside(const std::string& path, std::string_view bytes, unsigned mode, bool exact, std::string& name) {
    std::random_device random;
    Descriptor file;
    for (int i = 0; i < 100 && !file; ++i) {
        name = path + ".tmp" + std::to_string(random());
        file = Descriptor(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, static_cast<mode_t>(mode)));
        if (!file && errno != EEXIST) break;
    }
    if (!file) return failed(path, "made", errno);
    Result<void> done = put(file, path, bytes);
    if (done && exact && ::fchmod(file.get(), static_cast<mode_t>(mode)) != 0) done = failed(path, "made", errno);
    if (done && ::fsync(file.get()) != 0) done = failed(path, "written", errno);
    if (!done) {
        ::unlink(name.c_str());
        return std::unexpected(std::move(done.error()));
    }
    return file;
}

Result<void> flush_folder_of(const std::string& path) {
    const std::string name = folder_of(path);
    const Descriptor folder(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // A folder that may be written and not read cannot be opened; EINVAL says that the file system has no such thing.
    if (!folder || ::fsync(folder.get()) == 0 || errno == EINVAL || errno == ENOTSUP) return {};
    return failed(name, "written", errno);
}

Result<std::string> read_file(std::string_view path, std::size_t max_size) { return read(path, max_size, false); }

Result<std::string> read_trusted_file(std::string_view path, std::size_t max_size) { return read(path, max_size, true); }

Result<void> write_new_file(std::string_view path, std::string_view bytes, Readers readers) {
    const std::string native(path);
    struct stat there {};
    if (::lstat(native.c_str(), &there) == 0) return failed(path, "made", EEXIST);
    std::string temporary;
    const auto [mode, exact] = mode_of(readers);
    if (auto written = write_beside(native, bytes, mode, exact, temporary); !written) return std::unexpected(std::move(written.error()));
    // link() is the rename that does not replace. A file system without hard links has only the other one.
    int code = ::link(temporary.c_str(), native.c_str()) == 0 ? 0 : errno;
    if (code == EPERM || code == ENOTSUP || code == ENOSYS) {
        code = ::lstat(native.c_str(), &there) == 0 ? EEXIST : ::rename(temporary.c_str(), native.c_str()) == 0 ? 0 : errno;
    }
    ::unlink(temporary.c_str());
    if (code != 0) return failed(path, "made", code);
    auto flushed = flush_folder_of(native);
    if (!flushed) ::unlink(native.c_str());
    return flushed;
}

Result<void> write_file(std::string_view path, std::string_view bytes, Readers readers) {
    std::string native(path);
    struct stat there {};
    const bool exists = ::stat(native.c_str(), &there) == 0;
    if (exists && S_ISDIR(there.st_mode)) return failed(path, "written", EISDIR);
    if (exists && !S_ISREG(there.st_mode)) {
        const Descriptor file(::open(native.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
        if (!file) return failed(path, "opened", errno);
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
        return failed(path, "written", code);
    }
    return flush_folder_of(native);
}

Result<void> remove_file(std::string_view path) {
    const std::string native(path);
    if (::unlink(native.c_str()) != 0) {
        if (errno == ENOENT) return {};
        return failed(path, "removed", errno);
    }
    return flush_folder_of(native);
}

}  // namespace schancfg::cli
