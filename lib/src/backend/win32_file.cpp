#include <windows.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <type_traits>

#include "file.hpp"
#include "names.hpp"
#include "win32_text.hpp"

namespace schancfg::backend {
namespace {

struct CloseFile {
    void operator()(HANDLE file) const { ::CloseHandle(file); }
};
using FileHandle = std::unique_ptr<std::remove_pointer_t<HANDLE>, CloseFile>;

std::unexpected<Error> refused(const std::string& path, const std::string& what, DWORD code = ::GetLastError()) {
    return windows_error(code, printable(path) + " cannot be " + what);
}

FileHandle open_file(const std::wstring& path, DWORD access, DWORD share, DWORD disposition, DWORD flags = FILE_ATTRIBUTE_NORMAL) {
    const HANDLE opened = ::CreateFileW(path.c_str(), access, share, nullptr, disposition, flags, nullptr);
    return FileHandle(opened == INVALID_HANDLE_VALUE ? nullptr : opened);
}

std::wstring absolute(const std::wstring& path) {
    std::wstring full(path.size() + MAX_PATH, L'\0');
    const DWORD size = ::GetFullPathNameW(path.c_str(), static_cast<DWORD>(full.size()), full.data(), nullptr);
    if (size == 0) return path;
    if (size > full.size()) {
        full.resize(size);
        full.resize(::GetFullPathNameW(path.c_str(), size, full.data(), nullptr));
    } else {
        full.resize(size);
    }
    return full;
}

// GetFullPathName turns NUL, COM1 and `C:\x\CON` into `\\.\NUL`; a device can keep whoever opens it waiting.
bool is_device(const std::wstring& path) {
    const std::wstring full = absolute(path);
    return full.starts_with(L"\\\\.\\") || full.starts_with(L"\\\\?\\GLOBALROOT");
}

std::unexpected<Error> not_regular(const std::string& path) { return fail(ErrorCode::malformed, printable(path) + " is not a regular file"); }

struct About {
    std::uint64_t size = 0, written = 0;
    bool operator==(const About&) const = default;
};

Result<About> check_regular(HANDLE file, const std::string& path) {
    if (::GetFileType(file) != FILE_TYPE_DISK) return not_regular(path);
    BY_HANDLE_FILE_INFORMATION info{};
    if (::GetFileInformationByHandle(file, &info) == 0) return refused(path, "read");
    if ((info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return not_regular(path);
    return About{(std::uint64_t{info.nFileSizeHigh} << 32) | info.nFileSizeLow,
                 (std::uint64_t{info.ftLastWriteTime.dwHighDateTime} << 32) | info.ftLastWriteTime.dwLowDateTime};
}

Result<std::string> read_all(HANDLE file, const std::string& path, std::size_t max_size, std::optional<About>& seen) {
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
        if (::ReadFile(file, bytes.data() + have, room, &got, nullptr) == 0) return refused(path, "read");
        if (got == 0) break;
        have += got;
        if (have > max_size) return too_large(path, max_size);
    }
    bytes.resize(have);
    return bytes;
}

// The lock holds the number of its holder as text, for the message of whoever finds it taken.
void write_process(HANDLE lock) {
    const std::string number = std::to_string(::GetCurrentProcessId());
    DWORD done = 0;
    ::WriteFile(lock, number.data(), static_cast<DWORD>(number.size()), &done, nullptr);
}

std::uint64_t read_process(const std::wstring& lock) {
    const FileHandle file = open_file(lock, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING);
    char text[20];
    DWORD got = 0;
    if (!file || ::ReadFile(file.get(), text, sizeof text, &got, nullptr) == 0) return 0;
    std::uint64_t number = 0;
    std::from_chars(text, text + got, number);
    return number;
}

bool is_number(std::wstring_view text) { return !text.empty() && text.find_first_not_of(L"0123456789") == std::wstring_view::npos; }

// `a.reg.1234-0.tmp` beside `a.reg`: only whoever holds the lock of `a.reg` makes one, so while we hold it those that are there were
// left behind by processes that were killed.
void remove_left_behind(const std::wstring& path) {
    const std::size_t slash = path.rfind(L'\\');
    if (slash == std::wstring::npos) return;
    const std::wstring folder = path.substr(0, slash + 1);
    const std::wstring lead = path.substr(slash + 1) + L".";
    WIN32_FIND_DATAW found{};
    const HANDLE search = ::FindFirstFileW((path + L".*.tmp").c_str(), &found);
    if (search == INVALID_HANDLE_VALUE) return;
    do {
        const std::wstring_view name = found.cFileName;
        if (!name.starts_with(lead) || !name.ends_with(L".tmp") || name.size() < lead.size() + 4) continue;
        const std::wstring_view middle = name.substr(lead.size(), name.size() - lead.size() - 4);
        const std::size_t dash = middle.find(L'-');
        if (dash == std::wstring_view::npos || !is_number(middle.substr(0, dash)) || !is_number(middle.substr(dash + 1))) continue;
        ::DeleteFileW((folder + std::wstring(name)).c_str());
    } while (::FindNextFileW(search, &found) != 0);
    ::FindClose(search);
}

// What a link leads to; the path itself when it is none.
std::wstring resolve(const std::wstring& path) {
    const std::wstring full = absolute(path);
    const DWORD attributes = ::GetFileAttributesW(full.c_str());
    if (attributes == INVALID_FILE_ATTRIBUTES || (attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return full;
    const FileHandle file = open_file(full, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING);
    if (!file) return full;
    std::wstring target(32768, L'\0');
    const DWORD size = ::GetFinalPathNameByHandleW(file.get(), target.data(), static_cast<DWORD>(target.size()), FILE_NAME_NORMALIZED);
    if (size == 0 || size >= target.size()) return full;
    target.resize(size);
    return target;
}

// The lock is a file beside the file, made by whoever holds it, which the system removes when its holder ends. A lock on the file
// itself would stand in the way of replacing it.
class Win32LockedFile : public LockedFile {
public:
    Win32LockedFile(std::string name, std::wstring path, FileHandle lock, bool exists)
        : name_(std::move(name)), path_(std::move(path)), lock_(std::move(lock)), exists_(exists) {}

    bool exists() const override { return exists_; }

    Result<std::string> read(std::size_t max_size) override {
        const FileHandle file = open_file(path_, GENERIC_READ, FILE_SHARE_READ, OPEN_EXISTING);
        if (!file) return refused(name_, "read");
        return read_all(file.get(), name_, max_size, seen_);
    }

    Result<void> replace(std::string_view bytes) override {
        if (auto same = check_unchanged(); !same) return same;
        std::wstring temporary;
        if (auto written = write_temporary(temporary, bytes); !written) {
            if (!temporary.empty()) ::DeleteFileW(temporary.c_str());
            return written;
        }
        // Again, since writing takes its time.
        if (auto same = check_unchanged(); !same) {
            ::DeleteFileW(temporary.c_str());
            return same;
        }
        if (!place(temporary)) {
            const DWORD code = ::GetLastError();
            ::DeleteFileW(temporary.c_str());
            return refused(name_, "replaced", code);
        }
        exists_ = true;
        if (const FileHandle file = open_file(path_, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING); file) {
            if (const auto about = check_regular(file.get(), name_)) seen_ = *about;
        }
        return {};
    }

private:
    Result<void> check_unchanged() const {
        if (!exists_ || !seen_) return {};
        const FileHandle file = open_file(path_, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, OPEN_EXISTING);
        if (!file) return refused(name_, "read again");
        const auto now = check_regular(file.get(), name_);
        if (!now || *now != *seen_) return fail(ErrorCode::conflict, printable(name_) + " was changed by another program since it was read");
        return {};
    }

    Result<void> write_temporary(std::wstring& temporary, std::string_view bytes) const {
        FileHandle file;
        for (int i = 0; i < 100 && !file; ++i) {
            temporary = path_ + L"." + std::to_wstring(::GetCurrentProcessId()) + L"-" + std::to_wstring(i) + L".tmp";
            file = open_file(temporary, GENERIC_WRITE, 0, CREATE_NEW);
            if (!file && ::GetLastError() != ERROR_FILE_EXISTS) break;
        }
        if (!file) {
            temporary.clear();
            return refused(name_, "written");
        }
        while (!bytes.empty()) {
            DWORD done = 0;
            const auto size = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1u << 30));
            if (::WriteFile(file.get(), bytes.data(), size, &done, nullptr) == 0) return refused(name_, "written");
            bytes.remove_prefix(done);
        }
        if (::FlushFileBuffers(file.get()) == 0) return refused(name_, "written");
        return {};
    }

    // ReplaceFile keeps attributes and access rights; where the file system cannot do it, moving over the file still is one step.
    [[nodiscard]] bool place(const std::wstring& temporary) const {
        if (!exists_) return ::MoveFileExW(temporary.c_str(), path_.c_str(), MOVEFILE_WRITE_THROUGH) != 0;
        if (::ReplaceFileW(path_.c_str(), temporary.c_str(), nullptr, REPLACEFILE_IGNORE_MERGE_ERRORS, nullptr, nullptr) != 0) return true;
        return ::MoveFileExW(temporary.c_str(), path_.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) != 0;
    }

    std::string name_;
    std::wstring path_;
    FileHandle lock_;
    std::optional<About> seen_;
    bool exists_;
};

}  // namespace

std::string full_path(const std::string& path) {
    std::wstring found = resolve(to_wide(path));
    if (found.starts_with(L"\\\\?\\") && !found.starts_with(L"\\\\?\\UNC\\")) found.erase(0, 4);
    return from_wide(found);
}

bool is_same_file(const std::string& a, const std::string& b) {
    const auto identity = [](const std::string& path) -> std::optional<std::pair<DWORD, std::uint64_t>> {
        if (is_device(to_wide(path))) return std::nullopt;
        const FileHandle file = open_file(to_wide(path), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING);
        BY_HANDLE_FILE_INFORMATION info{};
        if (!file || ::GetFileInformationByHandle(file.get(), &info) == 0) return std::nullopt;
        return std::pair{info.dwVolumeSerialNumber, (std::uint64_t{info.nFileIndexHigh} << 32) | info.nFileIndexLow};
    };
    const auto one = identity(a);
    return one && one == identity(b);
}

Result<std::string> read_file(const std::string& path, std::size_t max_size) {
    if (path.find('\0') != std::string::npos) return fail(ErrorCode::malformed, "a file name holds a NUL");
    const std::wstring wide = to_wide(path);
    if (is_device(wide)) return not_regular(path);
    const FileHandle file = open_file(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING);
    if (!file) {
        // A folder cannot be opened as a file: that is not a question of access.
        const DWORD code = ::GetLastError();
        const DWORD attributes = ::GetFileAttributesW(wide.c_str());
        if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return not_regular(path);
        return refused(path, "read", code);
    }
    std::optional<About> ignored;
    return read_all(file.get(), path, max_size, ignored);
}

Result<std::unique_ptr<LockedFile>> lock_file(const std::string& path, bool create) {
    if (path.find('\0') != std::string::npos) return fail(ErrorCode::malformed, "a file name holds a NUL");
    const std::wstring real = resolve(to_wide(path));
    if (is_device(real)) return not_regular(path);
    const DWORD attributes = ::GetFileAttributesW(real.c_str());
    const bool exists = attributes != INVALID_FILE_ATTRIBUTES;
    if (!exists) {
        const DWORD code = ::GetLastError();
        if (code != ERROR_FILE_NOT_FOUND || !create) return refused(path, "opened", code);
    } else if ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) {
        return not_regular(path);
    } else if ((attributes & FILE_ATTRIBUTE_READONLY) != 0) {
        return fail(ErrorCode::access_denied, printable(path) + " is read-only");
    }
    const std::wstring lock_path = real + L".lock";
    FileHandle lock = open_file(lock_path, GENERIC_WRITE, FILE_SHARE_READ, CREATE_ALWAYS,
                                FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE);
    if (!lock) {
        const DWORD code = ::GetLastError();
        if (code == ERROR_SHARING_VIOLATION) return locked_by(path, read_process(lock_path));
        return refused(path, "locked", code);
    }
    write_process(lock.get());
    if (exists) remove_left_behind(real);
    if (exists) {
        // Says now, and not at the end, that the file may not be written.
        const FileHandle probe = open_file(real, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING);
        if (!probe) return refused(path, "opened for writing");
    }
    return std::make_unique<Win32LockedFile>(path, real, std::move(lock), exists);
}

}  // namespace schancfg::backend
