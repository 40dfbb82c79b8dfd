#include "win32_handle.hpp"

#include <windows.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "refusals.hpp"
#include "temporary.hpp"
#include "win32_text.hpp"

namespace schancfg::files {
namespace {

// Virus scanners, indexers and backup programs hold a file for a moment, and some of them for seconds.
constexpr ULONGLONG patience = 5000;

// Waits a little; false: long enough. The first waits are short, since most are over at once.
bool wait_longer(ULONGLONG began, DWORD& pause) {
    if (GetTickCount64() - began >= patience) return false;
    Sleep(pause);
    pause = std::min<DWORD>(pause * 2, 100);
    return true;
}

bool is_in_the_way(DWORD code) { return code == ERROR_SHARING_VIOLATION || code == ERROR_LOCK_VIOLATION; }

}  // namespace

void CloseHandleOf::operator()(void* handle) const { CloseHandle(handle); }

void FreeLocal::operator()(void* memory) const { LocalFree(memory); }

std::unexpected<Error> refused(std::string_view path, std::string_view what, unsigned long code) {
    const std::error_condition known = std::error_code(static_cast<int>(code), std::system_category()).default_error_condition();
    const bool has_name = known.category() == std::generic_category() && !is_in_the_way(code);
    return fail(error_code_of(code), std::string(path) + " cannot be " + std::string(what) + ": " + (has_name ? known.message() : describe_windows_error(code)),
                std::nullopt, static_cast<std::uint32_t>(code));
}

Handle open_patiently(const std::wstring& path, unsigned long access, unsigned long share, unsigned long disposition, unsigned long flags) {
    const ULONGLONG began = GetTickCount64();
    for (DWORD pause = 5;;) {
        const HANDLE opened = CreateFileW(path.c_str(), access, share, nullptr, disposition, flags, nullptr);
        if (opened != INVALID_HANDLE_VALUE) return Handle(opened);
        const DWORD code = GetLastError();
        if (!is_in_the_way(code) || !wait_longer(began, pause)) {
            SetLastError(code);
            return nullptr;
        }
    }
}

std::wstring absolute(const std::wstring& path) {
    std::wstring full(path.size() + MAX_PATH, L'\0');
    const DWORD size = GetFullPathNameW(path.c_str(), static_cast<DWORD>(full.size()), full.data(), nullptr);
    if (size == 0) return path;
    if (size > full.size()) {
        full.resize(size);
        full.resize(GetFullPathNameW(path.c_str(), size, full.data(), nullptr));
    } else {
        full.resize(size);
    }
    return full;
}

bool is_device(const std::wstring& path) {
    const std::wstring full = absolute(path);
    return full.starts_with(L"\\\\.\\") || full.starts_with(L"\\\\?\\GLOBALROOT");
}

std::wstring resolve(const std::wstring& path) {
    const std::wstring full = absolute(path);
    const DWORD attributes = GetFileAttributesW(full.c_str());
    if (attributes == INVALID_FILE_ATTRIBUTES || (attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return full;
    const HANDLE opened = CreateFileW(full.c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    if (opened == INVALID_HANDLE_VALUE) return full;
    const Handle file(opened);
    std::wstring target(32768, L'\0');
    const DWORD size = GetFinalPathNameByHandleW(opened, target.data(), static_cast<DWORD>(target.size()), FILE_NAME_NORMALIZED);
    if (size == 0 || size >= target.size()) return full;
    target.resize(size);
    return target;
}

Result<FileState> check_regular(void* file, std::string_view path) {
    if (GetFileType(file) != FILE_TYPE_DISK) return not_regular(path);
    BY_HANDLE_FILE_INFORMATION info{};
    if (GetFileInformationByHandle(file, &info) == 0) return refused(path, "read", GetLastError());
    if ((info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return not_regular(path);
    return FileState{(std::uint64_t{info.nFileSizeHigh} << 32) | info.nFileSizeLow,
                     (std::uint64_t{info.ftLastWriteTime.dwHighDateTime} << 32) | info.ftLastWriteTime.dwLowDateTime};
}

Result<std::string> read_all(void* file, std::string_view path, std::size_t max_size, FileState& seen) {
    const auto about = check_regular(file, path);
    if (!about) return std::unexpected(about.error());
    if (about->size > max_size) return too_large(path, max_size);
    seen = *about;
    std::string bytes(static_cast<std::size_t>(about->size), '\0');
    std::size_t have = 0;
    for (;;) {
        if (have == bytes.size()) bytes.resize(std::min(std::max<std::size_t>(have + have / 4, have + 4096), max_size + 1));
        DWORD got = 0;
        const auto room = static_cast<DWORD>(std::min<std::size_t>(bytes.size() - have, 1u << 30));
        if (ReadFile(file, bytes.data() + have, room, &got, nullptr) == 0) return refused(path, "read", GetLastError());
        if (got == 0) break;
        have += got;
        if (have > max_size) return too_large(path, max_size);
    }
    bytes.resize(have);
    return bytes;
}

bool move_file(const std::wstring& from, const std::wstring& to, bool replace) {
    const DWORD flags = MOVEFILE_WRITE_THROUGH | (replace ? MOVEFILE_REPLACE_EXISTING : 0u);
    const ULONGLONG began = GetTickCount64();
    for (DWORD pause = 5;;) {
        if (MoveFileExW(from.c_str(), to.c_str(), flags)) return true;
        const DWORD code = GetLastError();
        // Anyone who has the file open without sharing its deletion makes this a denied access (sdk-api nf-winbase-movefileexw), as one
        // who is not allowed does.
        const bool again = replace && (is_in_the_way(code) || (code == ERROR_ACCESS_DENIED && GetFileAttributesW(to.c_str()) != INVALID_FILE_ATTRIBUTES &&
                                                               (GetFileAttributesW(to.c_str()) & FILE_ATTRIBUTE_READONLY) == 0));
        if (!again || !wait_longer(began, pause)) {
            SetLastError(code);
            return false;
        }
    }
}

}  // namespace schancfg::files
