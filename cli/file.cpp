#include "file.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <random>
#include <system_error>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

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

std::unexpected<Error> failed(std::string_view path, std::string_view what, const std::error_code& error) {
    return fail(code_of(error), std::string(path) + " cannot be " + std::string(what) + ": " + error.message(), std::nullopt,
                static_cast<std::uint32_t>(error.value()));
}

std::error_code last_error() { return {errno, std::generic_category()}; }

struct Close {
    void operator()(FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<FILE, Close>;

#ifdef _WIN32
File open_existing(const fs::path& path) { return File(_wfopen(path.c_str(), L"rb")); }
File open_in_place(const fs::path& path) { return File(_wfopen(path.c_str(), L"wb")); }
File open_new(const fs::path& path) {
    const int number = _wopen(path.c_str(), _O_CREAT | _O_EXCL | _O_WRONLY | _O_BINARY, _S_IREAD | _S_IWRITE);
    return File(number < 0 ? nullptr : _fdopen(number, "wb"));
}
bool flush_to_disk(FILE* file) { return std::fflush(file) == 0 && _commit(_fileno(file)) == 0; }
#else
File open_existing(const fs::path& path) {
    // Without blocking: a named pipe would keep us waiting for its writer. It is refused below.
    const int number = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    return File(number < 0 ? nullptr : fdopen(number, "rb"));
}
File open_in_place(const fs::path& path) { return File(std::fopen(path.c_str(), "wb")); }
File open_new(const fs::path& path) {
    const int number = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    return File(number < 0 ? nullptr : fdopen(number, "wb"));
}
bool flush_to_disk(FILE* file) { return std::fflush(file) == 0 && fsync(fileno(file)) == 0; }
#endif

bool put(FILE* file, std::string_view bytes) { return std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size(); }

fs::path beside(const fs::path& path) {
    std::random_device random;
    fs::path out = path;
    out += ".tmp" + std::to_string(random());
    return out;
}

// `shown` is the name that the caller knows the file by.
Result<void> create(const fs::path& path, std::string_view shown, std::string_view bytes) {
    File file = open_new(path);
    if (!file) return failed(shown, "made", last_error());
    if (!put(file.get(), bytes) || !flush_to_disk(file.get())) {
        const std::error_code error = last_error();
        file.reset();
        std::error_code ignored;
        fs::remove(path, ignored);
        return failed(shown, "written", error);
    }
    return {};
}

}  // namespace

std::filesystem::path path_of(std::string_view utf8) {
    return fs::path(std::u8string_view(reinterpret_cast<const char8_t*>(utf8.data()), utf8.size()));
}

std::string utf8_of(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {reinterpret_cast<const char*>(text.data()), text.size()};
}

Result<std::string> read_file(std::string_view path, std::size_t max_size) {
    const File file = open_existing(path_of(path));
    if (!file) return failed(path, "read", last_error());
    std::error_code error;
    const fs::file_status status = fs::status(path_of(path), error);
    if (error) return failed(path, "read", error);
    if (!fs::is_regular_file(status)) return fail(ErrorCode::malformed, std::string(path) + " is not a regular file");
    std::string out;
    std::string chunk(1u << 16, '\0');
    while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), file.get())) {
        out.append(chunk, 0, got);
        if (out.size() > max_size) {
            return fail(ErrorCode::malformed, std::string(path) + " is larger than " + std::to_string(max_size >> 20) + " MiB");
        }
    }
    if (std::ferror(file.get())) return failed(path, "read", last_error());
    return out;
}

Result<void> write_new_file(std::string_view path, std::string_view bytes) { return create(path_of(path), path, bytes); }

Result<void> write_file(std::string_view path, std::string_view bytes) {
    fs::path native = path_of(path);
    std::error_code error;
    const fs::file_status status = fs::status(native, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        if (fs::is_directory(status)) return failed(path, "written", std::make_error_code(std::errc::is_a_directory));
        const File file = open_in_place(native);
        if (!file) return failed(path, "opened", last_error());
        if (!put(file.get(), bytes) || std::fflush(file.get()) != 0) return failed(path, "written", last_error());
        return {};
    }
    // A link is written through, as an editor would: renaming over it would replace the link.
    if (fs::is_symlink(fs::symlink_status(native, error))) native = fs::weakly_canonical(native, error);
    const fs::path temporary = beside(native);
    if (auto written = create(temporary, path, bytes); !written) return written;
    if (fs::exists(status)) fs::permissions(temporary, status.permissions(), error);
    fs::rename(temporary, native, error);
    if (error) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        return failed(path, "written", error);
    }
    return {};
}

}  // namespace schancfg::cli
