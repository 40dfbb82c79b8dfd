#include <windows.h>

#include <initguid.h>
#include <knownfolders.h>
#include <shlobj.h>

#include "schancfg/files/file.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/files/system_path.hpp"
#include "inputs/state_folder.hpp"

namespace schancfg::cli {
namespace {

// What the system says, and not the environment, which anyone who starts this process can set (win32 shell/knownfolderid).
Outcome<std::string> folder_below(const KNOWNFOLDERID& id) {
    PWSTR path = nullptr;
    const HRESULT result = SHGetKnownFolderPath(id, KF_FLAG_DONT_VERIFY, nullptr, &path);
    const std::string base = SUCCEEDED(result) ? files::utf8_of(std::filesystem::path(path)) : std::string{};
    CoTaskMemFree(path);
    if (!base.empty()) return files::join(base, "schancfg");
    return failure(ExitCode::target, "Windows names no folder for the data of programs, so there is no place for the undo record; name one with --backup FILE");
}

}  // namespace

Outcome<std::string> state_folder() { return folder_below(files::is_elevated() ? FOLDERID_ProgramData : FOLDERID_LocalAppData); }

std::vector<std::string> state_folders() {
    std::vector<std::string> out;
    for (const KNOWNFOLDERID* id : {&FOLDERID_ProgramData, &FOLDERID_LocalAppData}) {
        if (auto folder = folder_below(*id)) out.push_back(std::move(*folder));
    }
    return out;
}

}  // namespace schancfg::cli
