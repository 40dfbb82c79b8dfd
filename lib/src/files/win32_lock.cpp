#include <windows.h>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "schancfg/files/held.hpp"
#include "schancfg/files/lock.hpp"
#include "schancfg/files/path.hpp"
#include "refusals.hpp"
#include "temporary.hpp"
#include "win32_handle.hpp"
#include "win32_text.hpp"

namespace schancfg::files {
namespace {

constexpr DWORD shared = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

Handle open_file(const std::wstring& path, DWORD access, DWORD share) {
    return open_patiently(path, access, share, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL);
}

// Does it hold nothing but a number, as each lock of ours does?
bool is_ours(HANDLE lock) {
    BY_HANDLE_FILE_INFORMATION about{};
    if (GetFileInformationByHandle(lock, &about) == 0 || (about.dwFileAttributes & (FILE_ATTRIBUTE_REPARSE_POINT | FILE_ATTRIBUTE_DIRECTORY)) != 0) return false;
    char text[32];
    DWORD got = 0;
    if (ReadFile(lock, text, sizeof text, &got, nullptr) == 0) return false;
    return got == 0 || (got < sizeof text && process_in({text, got}) != 0);
}

// The lock is a file beside the file, made by anyone who holds it, which the system removes when its holder ends. A lock on the file
// itself would stand in the way of replacing it. One that is there and not held is what a power cut left: it is taken over where it
// is one of ours, and no link. The text is the number of the holder, for the message of anyone who finds it taken.
Result<Handle> take_lock(const std::string& path, const std::wstring& lock) {
    constexpr DWORD gone = FILE_FLAG_DELETE_ON_CLOSE;
    HANDLE opened = CreateFileW(lock.c_str(), GENERIC_WRITE, FILE_SHARE_READ, nullptr, CREATE_NEW, FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_TEMPORARY | gone, nullptr);
    if (opened == INVALID_HANDLE_VALUE) {
        const DWORD code = GetLastError();
        if (code == ERROR_SHARING_VIOLATION) return locked_by(path, holder_of(from_wide(lock)));
        if (code != ERROR_FILE_EXISTS) return refused(path, "locked", code);
        const HANDLE there = CreateFileW(lock.c_str(), GENERIC_READ, shared, nullptr, OPEN_EXISTING, FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
        if (there == INVALID_HANDLE_VALUE) return locked_by(path, 0);
        const Handle old(there);
        if (!is_ours(there)) return not_ours(from_wide(lock));
        // The file that was looked at, whatever has that name by now.
        opened = ReOpenFile(there, GENERIC_WRITE, FILE_SHARE_READ, gone);
        if (opened == INVALID_HANDLE_VALUE) {
            const DWORD why = GetLastError();
            if (why == ERROR_SHARING_VIOLATION) return locked_by(path, holder_of(from_wide(lock)));
            return refused(path, "locked", why);
        }
    }
    Handle file(opened);
    const std::string number = std::to_string(own_process());
    DWORD done = 0;
    SetEndOfFile(opened);
    WriteFile(opened, number.data(), static_cast<DWORD>(number.size()), &done, nullptr);
    return file;
}

class Win32LockedFile : public LockedFile {
public:
    Win32LockedFile(std::string name, std::wstring path, Handle lock, bool exists)
        : name_(std::move(name)), path_(std::move(path)), lock_(std::move(lock)), exists_(exists) {}

    Win32LockedFile(const Win32LockedFile&) = delete;
    Win32LockedFile& operator=(const Win32LockedFile&) = delete;
    ~Win32LockedFile() override { drop_prepared(); }

    bool exists() const override { return exists_; }

    Result<std::string> read(std::size_t max_size) override {
        const Handle file = open_file(path_, GENERIC_READ, FILE_SHARE_READ);
        if (!file) return refused(name_, "read", GetLastError());
        FileState about;
        auto bytes = read_all(file.get(), name_, max_size, about);
        if (bytes) seen_ = about;
        return bytes;
    }

    Result<void> prepare(std::string_view bytes) override {
        drop_prepared();
        if (auto same = check_unchanged(); !same) return same;
        auto written = write_beside(path_, name_, bytes, Readers::usual, exists_ ? path_ : std::wstring{}, temporary_);
        if (written) return {};
        temporary_.clear();
        return std::unexpected(std::move(written.error()));
    }

    // MoveFileEx replaces in one step that leaves the old file or the new one. (ReplaceFile without a name for a backup can end with
    // neither: sdk-api nf-winbase-replacefilew, ERROR_UNABLE_TO_MOVE_REPLACEMENT.) The rights are given to the new file before.
    Result<void> place() override {
        // Again, since writing takes its time.
        if (auto same = check_unchanged(); !same) {
            drop_prepared();
            return same;
        }
        if (!move_file(temporary_, path_, exists_)) {
            const DWORD code = GetLastError();
            drop_prepared();
            if (!exists_ && code == ERROR_ALREADY_EXISTS) return made_meanwhile(name_);
            return refused(name_, "replaced", code);
        }
        temporary_.clear();
        exists_ = true;
        if (const Handle file = open_file(path_, GENERIC_READ, shared); file) {
            if (const auto about = check_regular(file.get(), name_)) seen_ = *about;
        }
        return {};
    }

private:
    void drop_prepared() {
        if (!temporary_.empty()) DeleteFileW(temporary_.c_str());
        temporary_.clear();
    }

    Result<void> check_unchanged() const {
        if (!exists_ || !seen_) return {};
        const Handle file = open_file(path_, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE);
        if (!file) return refused(name_, "read again", GetLastError());
        const auto now = check_regular(file.get(), name_);
        if (!now || *now != *seen_) return changed_meanwhile(name_);
        return {};
    }

    std::string name_;
    std::wstring path_;
    Handle lock_;
    std::optional<FileState> seen_;
    std::wstring temporary_;  // what comes in its place
    bool exists_;
};

}  // namespace

Result<std::unique_ptr<LockedFile>> lock_file(const std::string& path, bool create) {
    if (path.find('\0') != std::string::npos) return has_nul();
    const std::wstring real = resolve(to_wide(path));
    if (is_device(real)) return not_regular(path);
    const DWORD attributes = GetFileAttributesW(real.c_str());
    const bool exists = attributes != INVALID_FILE_ATTRIBUTES;
    if (!exists) {
        const DWORD code = GetLastError();
        if (code != ERROR_FILE_NOT_FOUND || !create) return refused(path, "opened for writing", code);
    } else if ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) {
        return not_regular(path);
    } else if ((attributes & FILE_ATTRIBUTE_READONLY) != 0) {
        return fail(ErrorCode::access_denied, path + " is read-only");
    }
    auto lock = take_lock(path, real + L".lock");
    if (!lock) return std::unexpected(std::move(lock.error()));
    if (exists) {
        // Only anyone who holds the lock makes one, so those that are there were left behind by processes that were killed.
        remove_temporaries(from_wide(real), std::chrono::seconds(0));
        // Says now, and not at the end, that the file may not be written.
        const Handle probe = open_file(real, GENERIC_READ | GENERIC_WRITE, shared);
        if (!probe) return refused(path, "opened for writing", GetLastError());
    }
    return std::make_unique<Win32LockedFile>(path, real, std::move(*lock), exists);
}

}  // namespace schancfg::files
