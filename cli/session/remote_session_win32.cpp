#include <windows.h>

#include <tlhelp32.h>

#include <map>

#include "console/arguments.hpp"
#include "session/handle_win32.hpp"
#include "session/remote_session.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

struct Process {
    DWORD parent = 0;
    std::string program;
};

std::vector<std::string> ancestors() {
    const HANDLE taken = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (taken == INVALID_HANDLE_VALUE) return {};
    const Handle closing(taken);
    std::map<DWORD, Process> processes;
    PROCESSENTRY32W entry{};
    entry.dwSize = sizeof entry;
    for (BOOL more = Process32FirstW(taken, &entry); more; more = Process32NextW(taken, &entry)) {
        const std::wstring_view name = entry.szExeFile;
        processes[entry.th32ProcessID] = {entry.th32ParentProcessID, utf::from_utf16le({reinterpret_cast<const char*>(name.data()), name.size() * sizeof(wchar_t)})};
    }
    std::vector<std::string> out;
    DWORD at = GetCurrentProcessId();
    // A parent's number may have been given to another process by now, so that the way up can be a circle.
    for (int depth = 0; depth < 32; ++depth) {
        const auto found = processes.find(at);
        if (found == processes.end()) break;
        if (depth != 0) out.push_back(found->second.program);
        at = found->second.parent;
    }
    return out;
}

std::optional<std::uint32_t> glass_session() {
    DWORD number = 0, size = sizeof number;
    const LSTATUS status = RegGetValueW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Control\\Terminal Server", L"GlassSessionId", RRF_RT_REG_DWORD, nullptr,
                                        &number, &size);
    return status == ERROR_SUCCESS ? std::optional<std::uint32_t>(number) : std::nullopt;
}

}  // namespace

SessionMarks session_marks() {
    SessionMarks marks;
    marks.session_name = environment("SESSIONNAME").value_or("");
    marks.remote_metric = GetSystemMetrics(SM_REMOTESESSION) != 0;
    DWORD session = 0;
    if (ProcessIdToSessionId(GetCurrentProcessId(), &session)) marks.session = session;
    marks.glass_session = glass_session();
    marks.ancestors = ancestors();
    return marks;
}

}  // namespace schancfg::cli
