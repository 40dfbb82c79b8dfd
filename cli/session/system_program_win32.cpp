#include "session/system_program_win32.hpp"

#include <windows.h>

#include "schancfg/files/system_path.hpp"
#include "session/handle_win32.hpp"

namespace schancfg::cli {

Result<unsigned long> run_system_program(const std::string& name, const std::wstring& words) {
    wchar_t system[MAX_PATH];
    if (GetSystemDirectoryW(system, MAX_PATH) == 0) return failed(name, "found", GetLastError());
    const std::wstring program = std::wstring(system) + L"\\" + files::path_of(name).wstring();
    std::wstring line = L"\"" + program + L"\" " + words;
    STARTUPINFOW start{};
    start.cb = sizeof start;
    PROCESS_INFORMATION made{};
    if (!CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, FALSE, CREATE_NO_WINDOW, nullptr, nullptr, &start, &made)) {
        return failed(name, "started", GetLastError());
    }
    const Handle thread(made.hThread);
    const Handle process(made.hProcess);
    DWORD code = 0;
    if (WaitForSingleObject(made.hProcess, 60'000) != WAIT_OBJECT_0 || !GetExitCodeProcess(made.hProcess, &code)) {
        return fail(ErrorCode::io, name + " did not end within a minute");
    }
    return code;
}

}  // namespace schancfg::cli
