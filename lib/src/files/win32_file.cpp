#include <windows.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "schancfg/files/path.hpp"
#include "schancfg/utf.hpp"
#include "refusals.hpp"
#include "temporary.hpp"
#include "win32_handle.hpp"
#include "win32_text.hpp"

namespace schancfg::files {
namespace {

constexpr DWORD shared = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

Result<std::string> read(std::string_view path, std::size_t max_size, bool trusted) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    const std::wstring wide = to_wide(path);
    if (is_device(wide)) return not_regular(path);
    const Handle file = open_patiently(wide, GENERIC_READ, shared, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL);
    if (!file) {
        const DWORD code = GetLastError();
        const DWORD attributes = GetFileAttributesW(wide.c_str());
        // A folder cannot be opened as a file: that is not a question of access.
        if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return not_regular(path);
        return refused(path, "read", code);
    }
    if (trusted) {
        if (auto checked = check_trusted(file.get(), path); !checked) return std::unexpected(std::move(checked.error()));
    }
    FileState ignored;
    return read_all(file.get(), path, max_size, ignored);
}

Result<void> put_in_place(const std::wstring& path, std::string_view shown, std::string_view bytes) {
    const HANDLE opened = CreateFileW(path.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (opened == INVALID_HANDLE_VALUE) return refused(shown, "opened", GetLastError());
    const Handle file(opened);
    while (!bytes.empty()) {
        DWORD done = 0;
        const auto size = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1u << 30));
        if (!WriteFile(opened, bytes.data(), size, &done, nullptr)) return refused(shown, "written", GetLastError());
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
    return refused(shown, replace ? "written" : "made", code);
}

bool is_null_device(const std::wstring& path) { return utf::equal_no_case(from_wide(absolute(path)), R"(\\.\NUL)"); }

}  // namespace

std::string full_path(const std::string& path) {
    std::wstring found = resolve(to_wide(path));
    if (found.starts_with(L"\\\\?\\") && !found.starts_with(L"\\\\?\\UNC\\")) found.erase(0, 4);
    return from_wide(found);
}

bool is_same_file(const std::string& a, const std::string& b) {
    const auto identity = [](const std::string& path) -> std::optional<std::pair<DWORD, std::uint64_t>> {
        if (is_device(to_wide(path))) return std::nullopt;
        const HANDLE opened = CreateFileW(to_wide(path).c_str(), 0, shared, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
        if (opened == INVALID_HANDLE_VALUE) return std::nullopt;
        const Handle file(opened);
        BY_HANDLE_FILE_INFORMATION info{};
        if (GetFileInformationByHandle(opened, &info) == 0) return std::nullopt;
        return std::pair{info.dwVolumeSerialNumber, (std::uint64_t{info.nFileIndexHigh} << 32) | info.nFileIndexLow};
    };
    const auto one = identity(a);
    return one && one == identity(b);
}

Result<std::string> read_file(std::string_view path, std::size_t max_size) { return read(path, max_size, false); }

Result<std::string> read_trusted_file(std::string_view path, std::size_t max_size) { return read(path, max_size, true); }

Result<void> write_new_file(std::string_view path, std::string_view bytes, Readers readers) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    const std::wstring native = to_wide(path);
    if (is_device(native)) return not_regular(path);
    if (GetFileAttributesW(native.c_str()) != INVALID_FILE_ATTRIBUTES) return refused(path, "made", ERROR_FILE_EXISTS);
    std::wstring temporary;
    auto written = write_beside(native, path, bytes, readers, {}, temporary);
    return place(std::move(written), temporary, native, path, false);
}

Result<void> write_file(std::string_view path, std::string_view bytes, Readers readers) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    std::wstring native = to_wide(path);
    if (is_device(native)) {
        // A pipe is the business of who named it; another device can keep us waiting for ever.
        const bool pipe = from_wide(absolute(native)).starts_with(R"(\\.\pipe\)");
        return pipe || is_null_device(native) ? put_in_place(native, path, bytes) : Result<void>(not_regular(path));
    }
    native = resolve(native);
    const DWORD attributes = GetFileAttributesW(native.c_str());
    const bool exists = attributes != INVALID_FILE_ATTRIBUTES;
    if (exists && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return refused(path, "written", ERROR_ACCESS_DENIED);
    std::wstring temporary;
    auto written = write_beside(native, path, bytes, readers, exists ? native : std::wstring{}, temporary);
    return place(std::move(written), temporary, native, path, true);
}

Result<void> remove_file(std::string_view path) {
    if (DeleteFileW(to_wide(path).c_str())) return {};
    const DWORD code = GetLastError();
    if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND) return {};
    return refused(path, "removed", code);
}

}  // namespace schancfg::files
