#include <windows.h>

#include <system_error>

#include "session/handle_win32.hpp"

namespace schancfg::cli {
namespace {

namespace fs = std::filesystem;

Handle open_to_read(const std::wstring& path) {
    const HANDLE opened = CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    return Handle(opened == INVALID_HANDLE_VALUE ? nullptr : opened);
}

std::unexpected<Error> not_regular(std::string_view path) { return fail(ErrorCode::malformed, std::string(path) + " is not a regular file"); }

Result<std::string> read(std::string_view path, std::size_t max_size, bool trusted) {
    const std::wstring wide = path_of(path).wstring();
    const Handle file = open_to_read(wide);
    if (!file) {
        const DWORD code = GetLastError();
        const DWORD attributes = GetFileAttributesW(wide.c_str());
        // A folder cannot be opened as a file: that is not a question of access.
        if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return not_regular(path);
        return failed(path, "read", code);
    }
    if (GetFileType(file.get()) != FILE_TYPE_DISK) return not_regular(path);
    if (trusted) {
        if (auto checked = check_trusted(file.get(), path); !checked) return std::unexpected(std::move(checked.error()));
    }
    std::string out;
    std::string chunk(1u << 16, '\0');
    while (true) {
        DWORD got = 0;
        if (!ReadFile(file.get(), chunk.data(), static_cast<DWORD>(chunk.size()), &got, nullptr)) return failed(path, "read", GetLastError());
        if (got == 0) return out;
        out.append(chunk, 0, got);
        if (out.size() > max_size) {
            return fail(ErrorCode::malformed, std::string(path) + " is larger than " + std::to_string(max_size >> 20) + " MiB");
        }
    }
}

Result<void> put_in_place(const std::wstring& path, std::string_view shown, std::string_view bytes) {
    const HANDLE opened = CreateFileW(path.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (opened == INVALID_HANDLE_VALUE) return failed(shown, "opened", GetLastError());
    const Handle file(opened);
    while (!bytes.empty()) {
        DWORD done = 0;
        const auto size = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1u << 30));
        if (!WriteFile(opened, bytes.data(), size, &done, nullptr)) return failed(shown, "written", GetLastError());
        bytes.remove_prefix(done);
    }
    return {};
}

// The file that was written beside `to` takes its name.
Result<void> place(Result<Handle> written, const std::wstring& temporary, const std::wstring& to, std::string_view shown, bool replace) {
    if (!written) return std::unexpected(std::move(written.error()));
    written->reset();
    if (move_file(temporary, to, replace)) return {};
    const DWORD code = GetLastError();
    DeleteFileW(temporary.c_str());
    return failed(shown, replace ? "written" : "made", code);
}

}  // namespace

Result<std::string> read_file(std::string_view path, std::size_t max_size) { return read(path, max_size, false); }

Result<std::string> read_trusted_file(std::string_view path, std::size_t max_size) { return read(path, max_size, true); }

Result<void> write_new_file(std::string_view path, std::string_view bytes, Readers readers) {
    const std::wstring native = path_of(path).wstring();
    if (GetFileAttributesW(native.c_str()) != INVALID_FILE_ATTRIBUTES) return failed(path, "made", ERROR_FILE_EXISTS);
    std::wstring temporary;
    auto written = write_beside(native, path, bytes, readers, temporary);
    return place(std::move(written), temporary, native, path, false);
}

Result<void> write_file(std::string_view path, std::string_view bytes, Readers readers) {
    fs::path native = path_of(path);
    std::error_code error;
    const fs::file_status status = fs::status(native, error);
    if (fs::is_directory(status)) return failed(path, "written", ERROR_ACCESS_DENIED);
    if (fs::exists(status) && !fs::is_regular_file(status)) return put_in_place(native.wstring(), path, bytes);
    // A link is written through, as an editor would: renaming over it would replace the link.
    if (fs::is_symlink(fs::symlink_status(native, error))) native = fs::weakly_canonical(native, error);
    std::wstring temporary;
    auto written = write_beside(native.wstring(), path, bytes, readers, temporary);
    return place(std::move(written), temporary, native.wstring(), path, true);
}

Result<void> remove_file(std::string_view path) {
    if (DeleteFileW(path_of(path).wstring().c_str())) return {};
    const DWORD code = GetLastError();
    if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND) return {};
    return failed(path, "removed", code);
}

}  // namespace schancfg::cli
