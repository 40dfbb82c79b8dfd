// The whole program, but that it counts the Windows functions by which it changes files and the registry, and at the nth call it is
// terminated, or waits: CRASH_AT=n, from 1; CRASH_HOW=before|after|pause, the last until the file CRASH_RESUME exists. CRASH_LOG=FILE
// gets a line for each call. CRASH_HOW=close: the window is closed, as the system does it: a thread of its own calls the handlers, the newest first, and when one
// says that it has handled it, or after five seconds, the process is at its end (HandlerRoutine callback function; Wine has no window to close).
//
// The linker puts `hook_...` in the place of the pointers by which imported functions are called (--wrap=__imp_...).
#include <windows.h>

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

#include "app.hpp"
#include "console/arguments.hpp"
#include "schancfg/backend/open.hpp"
#include "console/terminal.hpp"

#define HOOKED(function)                                   \
    extern "C" decltype(&function) __real___imp_##function; \
    extern "C" decltype(&function) __wrap___imp_##function

HOOKED(CreateFileW);
HOOKED(CreateDirectoryW);
HOOKED(WriteFile);
HOOKED(FlushFileBuffers);
HOOKED(MoveFileExW);
HOOKED(DeleteFileW);
HOOKED(RegCreateKeyExW);
HOOKED(RegSetValueExW);
HOOKED(RegDeleteValueW);
HOOKED(RegDeleteKeyExW);
HOOKED(SetConsoleCtrlHandler);

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

void log_call(const char* name) {
    const std::string path = variable("CRASH_LOG");
    if (path.empty()) return;
    const std::wstring wide(path.begin(), path.end());
    const HANDLE file = __real___imp_CreateFileW(wide.c_str(), FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_ALWAYS, 0, nullptr);
    const std::string line = std::string(name) + '\n';
    DWORD done = 0;
    __real___imp_WriteFile(file, line.data(), static_cast<DWORD>(line.size()), &done, nullptr);
    CloseHandle(file);
}

void wait_for(const std::string& path) {
    const std::wstring wide(path.begin(), path.end());
    while (GetFileAttributesW(wide.c_str()) == INVALID_FILE_ATTRIBUTES) Sleep(5);
}

int count = 0;

constexpr DWORD closed = 138;
std::mutex handlers_lock;
std::vector<PHANDLER_ROUTINE> handlers;

DWORD WINAPI call_handlers(void*) {
    std::vector<PHANDLER_ROUTINE> all;
    {
        const std::lock_guard held(handlers_lock);
        all = handlers;
    }
    for (auto handler = all.rbegin(); handler != all.rend(); ++handler) {
        if ((*handler)(CTRL_CLOSE_EVENT)) break;
    }
    return 0;
}

DWORD WINAPI close_window(void*) {
    const HANDLE asked = CreateThread(nullptr, 0, call_handlers, nullptr, 0, nullptr);
    WaitForSingleObject(asked, 5000);
    TerminateProcess(GetCurrentProcess(), closed);
    return 0;
}

BOOL WINAPI hook_SetConsoleCtrlHandler(PHANDLER_ROUTINE handler, BOOL add) {
    {
        const std::lock_guard held(handlers_lock);
        if (add && handler) handlers.push_back(handler);
        if (!add) std::erase(handlers, handler);
    }
    return __real___imp_SetConsoleCtrlHandler(handler, add);
}

template <class Call>
auto step(const char* name, Call execute) {
    ++count;
    log_call(name);
    const bool here = std::to_string(count) == variable("CRASH_AT");
    const std::string how = here ? variable("CRASH_HOW") : "";
    if (how == "before") TerminateProcess(GetCurrentProcess(), 137);
    if (how == "close") {
        CreateThread(nullptr, 0, close_window, nullptr, 0, nullptr);
        Sleep(50);
    }
    if (how == "pause") wait_for(variable("CRASH_RESUME"));
    const auto result = execute();
    if (how == "after") TerminateProcess(GetCurrentProcess(), 137);
    return result;
}

HANDLE WINAPI hook_CreateFileW(LPCWSTR path, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition, DWORD flags, HANDLE like) {
    const auto call = [=] { return __real___imp_CreateFileW(path, access, share, security, disposition, flags, like); };
    return disposition == OPEN_EXISTING ? call() : step("CreateFile", call);
}

BOOL WINAPI hook_CreateDirectoryW(LPCWSTR path, LPSECURITY_ATTRIBUTES security) {
    return step("CreateDirectory", [=] { return __real___imp_CreateDirectoryW(path, security); });
}

// What is printed is no change of a file.
BOOL WINAPI hook_WriteFile(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD done, LPOVERLAPPED overlapped) {
    const auto call = [=] { return __real___imp_WriteFile(file, bytes, size, done, overlapped); };
    const bool own = file != GetStdHandle(STD_OUTPUT_HANDLE) && file != GetStdHandle(STD_ERROR_HANDLE);
    return own ? step("WriteFile", call) : call();
}

BOOL WINAPI hook_FlushFileBuffers(HANDLE file) {
    return step("FlushFileBuffers", [=] { return __real___imp_FlushFileBuffers(file); });
}

BOOL WINAPI hook_MoveFileExW(LPCWSTR from, LPCWSTR to, DWORD flags) {
    return step("MoveFileEx", [=] { return __real___imp_MoveFileExW(from, to, flags); });
}

BOOL WINAPI hook_DeleteFileW(LPCWSTR path) {
    return step("DeleteFile", [=] { return __real___imp_DeleteFileW(path); });
}

LSTATUS WINAPI hook_RegCreateKeyExW(HKEY key, LPCWSTR name, DWORD reserved, LPWSTR kind, DWORD options, REGSAM access, LPSECURITY_ATTRIBUTES security, PHKEY made,
                                    LPDWORD disposition) {
    return step("RegCreateKeyEx", [=] { return __real___imp_RegCreateKeyExW(key, name, reserved, kind, options, access, security, made, disposition); });
}

LSTATUS WINAPI hook_RegSetValueExW(HKEY key, LPCWSTR name, DWORD reserved, DWORD type, const BYTE* bytes, DWORD size) {
    return step("RegSetValueEx", [=] { return __real___imp_RegSetValueExW(key, name, reserved, type, bytes, size); });
}

LSTATUS WINAPI hook_RegDeleteValueW(HKEY key, LPCWSTR name) {
    return step("RegDeleteValue", [=] { return __real___imp_RegDeleteValueW(key, name); });
}

LSTATUS WINAPI hook_RegDeleteKeyExW(HKEY key, LPCWSTR name, REGSAM view, DWORD reserved) {
    return step("RegDeleteKeyEx", [=] { return __real___imp_RegDeleteKeyExW(key, name, view, reserved); });
}

}  // namespace

decltype(&CreateFileW) __wrap___imp_CreateFileW = hook_CreateFileW;
decltype(&CreateDirectoryW) __wrap___imp_CreateDirectoryW = hook_CreateDirectoryW;
decltype(&WriteFile) __wrap___imp_WriteFile = hook_WriteFile;
decltype(&FlushFileBuffers) __wrap___imp_FlushFileBuffers = hook_FlushFileBuffers;
decltype(&MoveFileExW) __wrap___imp_MoveFileExW = hook_MoveFileExW;
decltype(&DeleteFileW) __wrap___imp_DeleteFileW = hook_DeleteFileW;
decltype(&RegCreateKeyExW) __wrap___imp_RegCreateKeyExW = hook_RegCreateKeyExW;
decltype(&RegSetValueExW) __wrap___imp_RegSetValueExW = hook_RegSetValueExW;
decltype(&RegDeleteValueW) __wrap___imp_RegDeleteValueW = hook_RegDeleteValueW;
decltype(&RegDeleteKeyExW) __wrap___imp_RegDeleteKeyExW = hook_RegDeleteKeyExW;
decltype(&SetConsoleCtrlHandler) __wrap___imp_SetConsoleCtrlHandler = hook_SetConsoleCtrlHandler;

int main(int argc, char** argv) {
    schancfg::cli::prepare_streams();
    return schancfg::cli::run(schancfg::cli::arguments(argc, argv), schancfg::backend::open_target);
}
