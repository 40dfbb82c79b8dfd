#include <windows.h>

#include <tlhelp32.h>

#include <map>

#include "console/arguments.hpp"
#include "session/handle_win32.hpp"
#include "session/remote_session.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

// The hosts of remote shells: PowerShell remoting, and winrs.
bool is_winrm(std::wstring_view program) {
    const std::string name = utf::fold_case(utf::from_utf16le({reinterpret_cast<const char*>(program.data()), program.size() * sizeof(wchar_t)}));
    return name == utf::fold_case("wsmprovhost.exe") || name == utf::fold_case("winrshost.exe");
}

bool runs_below_winrm() {
    const HANDLE taken = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (taken == INVALID_HANDLE_VALUE) return false;
    const Handle closing(taken);
    std::map<DWORD, std::pair<DWORD, bool>> processes;  // to the parent, and whether it is such a host
    PROCESSENTRY32W entry{};
    entry.dwSize = sizeof entry;
    for (BOOL more = Process32FirstW(taken, &entry); more; more = Process32NextW(taken, &entry)) {
        processes[entry.th32ProcessID] = {entry.th32ParentProcessID, is_winrm(entry.szExeFile)};
    }
    DWORD at = GetCurrentProcessId();
    // A parent's number may have been given to another process by now, so that the way up can be a circle.
    for (int depth = 0; depth < 32; ++depth) {
        const auto found = processes.find(at);
        if (found == processes.end()) return false;
        if (found->second.second) return true;
        at = found->second.first;
    }
    return false;
}

}  // namespace

// SESSIONNAME is `Console` or `RDP-Tcp#3` (win32 TermServ/terminal-services-sessions). A program that was started before the session
// was reconnected has the old one, hence the system's own word as well.
std::optional<std::string> remote_session() {
    const std::string name = environment("SESSIONNAME").value_or("");
    const bool desktop = name.size() >= 4 && utf::equal_no_case(std::string_view(name).substr(0, 4), "RDP-");
    if (desktop) return "Remote Desktop (" + name + ')';
    if (GetSystemMetrics(SM_REMOTESESSION) != 0) return "Remote Desktop";
    if (runs_below_winrm()) return "WinRM";
    return std::nullopt;
}

}  // namespace schancfg::cli
