#include "session/process.hpp"

#include <windows.h>

#include "schancfg/files/system_path.hpp"
#include "session/handle_win32.hpp"

namespace schancfg::cli {
namespace {

// As CommandLineToArgvW takes it apart again: backslashes count only before a quotation mark.
std::wstring quoted(const std::wstring& word) {
    std::wstring out = L"\"";
    std::size_t slashes = 0;
    for (const wchar_t c : word) {
        if (c == L'\\') {
            ++slashes;
            continue;
        }
        out.append(c == L'"' ? 2 * slashes + 1 : slashes, L'\\');
        slashes = 0;
        out += c;
    }
    out.append(2 * slashes, L'\\');
    return out + L'"';
}

}  // namespace

std::string own_program() {
    std::wstring path(32768, L'\0');
    path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
    return files::utf8_of(std::filesystem::path(path));
}

std::string own_user() {
    HANDLE token = nullptr;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return {};
    const Handle closing(token);
    alignas(TOKEN_USER) BYTE buffer[SECURITY_MAX_SID_SIZE + sizeof(TOKEN_USER)];
    DWORD size = 0;
    if (!GetTokenInformation(token, TokenUser, buffer, sizeof buffer, &size)) return {};
    wchar_t name[256];
    wchar_t domain[256];
    DWORD name_size = 256;
    DWORD domain_size = 256;
    SID_NAME_USE use{};
    if (!LookupAccountSidW(nullptr, reinterpret_cast<const TOKEN_USER*>(buffer)->User.Sid, name, &name_size, domain, &domain_size, &use)) return {};
    const std::wstring full = (domain_size != 0 ? std::wstring(domain) + L'\\' : std::wstring{}) + name;
    return files::utf8_of(std::filesystem::path(full));
}

// Remote sessions (WinRM, OpenSSH) put what they start into a job that ends with them: out of it where the job allows that. Where it
// does not, the task in the Task Scheduler is what is left.
Result<void> start_detached(const std::string& program, const std::vector<std::string>& words) {
    const std::wstring file = files::path_of(program).wstring();
    std::wstring line = quoted(file);
    for (const std::string& word : words) line += L' ' + quoted(files::path_of(word).wstring());
    wchar_t system[MAX_PATH];
    const bool has_folder = GetSystemDirectoryW(system, MAX_PATH) != 0;
    for (const DWORD flags : {DWORD{CREATE_BREAKAWAY_FROM_JOB}, DWORD{0}}) {
        STARTUPINFOW start{};
        start.cb = sizeof start;
        PROCESS_INFORMATION made{};
        if (CreateProcessW(file.c_str(), line.data(), nullptr, nullptr, FALSE, flags | DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP, nullptr,
                           has_folder ? system : nullptr, &start, &made)) {
            CloseHandle(made.hThread);
            CloseHandle(made.hProcess);
            return {};
        }
        if (GetLastError() != ERROR_ACCESS_DENIED) break;
    }
    return failed(program, "started", GetLastError());
}

}  // namespace schancfg::cli
