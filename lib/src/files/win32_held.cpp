#include <windows.h>

#include <utility>

#include "schancfg/files/file.hpp"
#include "schancfg/files/held.hpp"
#include "refusals.hpp"
#include "temporary.hpp"
#include "win32_handle.hpp"
#include "win32_text.hpp"

namespace schancfg::files {

struct HeldFile::Hold {
    std::string path;
    Handle file;
};

namespace {

// Anyone who only asks whether it is held keeps writers out for that moment.
constexpr int max_attempts = 40;

}  // namespace

HeldFile::HeldFile(std::unique_ptr<Hold> hold) : hold_(std::move(hold)) {}
HeldFile::HeldFile(HeldFile&&) noexcept = default;
HeldFile& HeldFile::operator=(HeldFile&&) noexcept = default;
HeldFile::~HeldFile() = default;

// The handle that wrote it stays open: it allows others to read and none to write, and that is how they see it.
Result<HeldFile> HeldFile::write(const std::string& path, std::string_view bytes) {
    const std::wstring native = to_wide(path);
    std::wstring temporary;
    auto file = write_beside(native, path, bytes, Readers::everyone, {}, temporary);
    if (!file) return std::unexpected(std::move(file.error()));
    if (!move_file(temporary, native, true)) {
        const DWORD code = GetLastError();
        file->reset();
        DeleteFileW(temporary.c_str());
        return refused(path, "made", code);
    }
    return HeldFile(std::make_unique<Hold>(path, std::move(*file)));
}

Result<HeldFile> HeldFile::take(const std::string& path) {
    const std::wstring native = to_wide(path);
    const std::string bytes = std::to_string(own_process());
    for (int attempt = 0; attempt < max_attempts; ++attempt) {
        const HANDLE opened = CreateFileW(native.c_str(), GENERIC_READ | GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr, OPEN_ALWAYS,
                                          FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
        if (opened != INVALID_HANDLE_VALUE) {
            Handle file(opened);
            FileState ignored;
            const auto text = read_all(opened, path, 64, ignored);
            if (!text || (!text->empty() && process_in(*text) == 0)) return not_ours(path);
            DWORD done = 0;
            SetFilePointer(opened, 0, nullptr, FILE_BEGIN);
            if (!SetEndOfFile(opened) || !WriteFile(opened, bytes.data(), static_cast<DWORD>(bytes.size()), &done, nullptr)) {
                return refused(path, "written", GetLastError());
            }
            return HeldFile(std::make_unique<Hold>(path, std::move(file)));
        }
        // Access is denied as well to a file that is about to vanish.
        const DWORD code = GetLastError();
        if (code != ERROR_SHARING_VIOLATION && (code != ERROR_ACCESS_DENIED || attempt + 1 == max_attempts)) return refused(path, "made", code);
        Sleep(5);
    }
    return fail(ErrorCode::conflict, path + " is held by another process");
}

Result<void> HeldFile::remove() {
    auto removed = remove_file(hold_->path);
    hold_.reset();
    return removed;
}

std::optional<bool> is_held(const std::string& path) {
    const HANDLE opened = CreateFileW(to_wide(path).c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                      FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    if (opened != INVALID_HANDLE_VALUE) {
        CloseHandle(opened);
        return false;
    }
    const DWORD code = GetLastError();
    if (code == ERROR_SHARING_VIOLATION) return true;
    return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND ? std::optional(false) : std::nullopt;
}

// The holder has it open for writing, which read_file would wait for the end of.
std::uint64_t holder_of(const std::string& path) {
    const HANDLE opened = CreateFileW(to_wide(path).c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                      FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    if (opened == INVALID_HANDLE_VALUE) return 0;
    const Handle file(opened);
    FileState ignored;
    const auto text = read_all(opened, path, 64, ignored);
    return text ? process_in(*text) : 0;
}

std::uint64_t own_process() { return GetCurrentProcessId(); }

}  // namespace schancfg::files
