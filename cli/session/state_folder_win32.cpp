#include <windows.h>

#include "console/arguments.hpp"
#include "session/file.hpp"
#include "session/handle_win32.hpp"
#include "session/state_folder.hpp"

namespace schancfg::cli {
namespace {

Outcome<std::string> folder_below(const char* variable) {
    if (const auto base = environment(variable)) return join(*base, "schancfg");
    return failure(ExitCode::target, "%" + std::string(variable) + "% is not set, so there is no place for the undo record; name one with --backup FILE");
}

// A file that is being written has `.tmp` in its name, for a moment.
void remove_left_behind(const std::wstring& folder) {
    FILETIME now{};
    GetSystemTimeAsFileTime(&now);
    const auto number = [](const FILETIME& time) { return (std::uint64_t{time.dwHighDateTime} << 32) | time.dwLowDateTime; };
    constexpr std::uint64_t hour = 3600ull * 10'000'000;
    WIN32_FIND_DATAW found{};
    const HANDLE search = FindFirstFileW((folder + L"\\*.tmp*").c_str(), &found);
    if (search == INVALID_HANDLE_VALUE) return;
    do {
        if (number(found.ftLastWriteTime) + hour < number(now)) DeleteFileW((folder + L"\\" + found.cFileName).c_str());
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

}  // namespace

Outcome<std::string> state_folder() { return folder_below(is_elevated() ? "ProgramData" : "LOCALAPPDATA"); }

std::vector<std::string> state_folders() {
    std::vector<std::string> out;
    for (const char* variable : {"ProgramData", "LOCALAPPDATA"}) {
        if (auto folder = folder_below(variable)) out.push_back(std::move(*folder));
    }
    return out;
}

// Below %ProgramData% every user can make folders and own them, so this one is made with rights of its own: all for administrators
// and the system, looking in for everyone, nothing inherited from above. What is made in it is for administrators and the system.
Result<void> make_state_folder(const std::string& folder) {
    const std::wstring native = path_of(folder).wstring();
    const LocalMemory descriptor = is_elevated() ? security_descriptor(L"O:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;;FRFX;;;WD)") : nullptr;
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor.get(), FALSE};
    if (!CreateDirectoryW(native.c_str(), descriptor ? &attributes : nullptr)) {
        if (const DWORD code = GetLastError(); code != ERROR_ALREADY_EXISTS) return failed(folder, "made", code);
    }
    if (auto checked = check_state_folder(folder); !checked) return checked;
    remove_left_behind(native);
    return {};
}

// Whoever owns a folder can give himself any right to it, and a reparse point can lead to a folder of anybody.
Result<void> check_state_folder(const std::string& folder) {
    const HANDLE opened = CreateFileW(path_of(folder).wstring().c_str(), READ_CONTROL | FILE_READ_ATTRIBUTES,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                      FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    if (opened == INVALID_HANDLE_VALUE) return failed(folder, "read", GetLastError());
    const Handle handle(opened);
    BY_HANDLE_FILE_INFORMATION about{};
    if (!GetFileInformationByHandle(opened, &about)) return failed(folder, "read", GetLastError());
    if ((about.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
        return fail(ErrorCode::access_denied, folder + " is a link, so its undo records are not used");
    }
    if ((about.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0) return fail(ErrorCode::io, folder + " is not a folder");
    return check_trusted(opened, folder);
}

}  // namespace schancfg::cli
