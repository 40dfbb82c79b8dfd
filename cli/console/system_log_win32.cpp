#include <windows.h>

#include <algorithm>
#include <system_error>

#include "console/system_log.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/system_path.hpp"

namespace schancfg::cli {
namespace {

constexpr wchar_t source[] = L"schancfg";
constexpr wchar_t key[] = L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\schancfg";
// An insertion string is shorter than this (sdk-api winbase ReportEventW).
constexpr std::size_t max_text = 31'000;

bool holds(const wchar_t* name, const std::wstring& text) {
    std::wstring now(text.size() + 2, L'\0');
    auto size = static_cast<DWORD>(now.size() * sizeof(wchar_t));
    if (RegGetValueW(HKEY_LOCAL_MACHINE, key, name, RRF_RT_REG_SZ, nullptr, now.data(), &size) != ERROR_SUCCESS) return false;
    now.resize(size / sizeof(wchar_t) - 1);
    return now == text;
}

// What the event viewer needs to show the words around an entry (win32 EventLog/event-sources). Without it the entry is there all the same.
void register_source() {
    std::wstring file(32768, L'\0');
    file.resize(GetModuleFileNameW(nullptr, file.data(), static_cast<DWORD>(file.size())));
    if (!files::is_elevated() || !files::check_trusted_program(files::utf8_of(file))) return;
    if (holds(L"EventMessageFile", file)) return;
    const DWORD types = EVENTLOG_ERROR_TYPE | EVENTLOG_WARNING_TYPE | EVENTLOG_INFORMATION_TYPE;
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, L"EventMessageFile", REG_SZ, file.c_str(), static_cast<DWORD>((file.size() + 1) * sizeof(wchar_t)));
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, L"TypesSupported", REG_DWORD, &types, sizeof types);
}

}  // namespace

void open_system_log() { register_source(); }

std::string write_system_log(AuditEvent event, std::string_view message) {
    std::wstring text = files::path_of(message).wstring();
    text.resize(std::min(text.size(), max_text));
    const HANDLE log = RegisterEventSourceW(nullptr, source);
    const auto why = [] { return std::system_category().message(static_cast<int>(GetLastError())); };
    if (log == nullptr) return why();
    const wchar_t* strings[] = {text.c_str()};
    const bool failed = event == AuditEvent::failed;
    // Ids as console/events.mc defines them: customer events have bit 29, errors both of the highest.
    const DWORD id = static_cast<DWORD>(event) | 0x20000000u | (failed ? 0xC0000000u : 0x40000000u);
    const bool written = ReportEventW(log, failed ? EVENTLOG_ERROR_TYPE : EVENTLOG_INFORMATION_TYPE, 0, id, nullptr, 1, 0, strings, nullptr) != 0;
    std::string problem = written ? std::string{} : why();
    DeregisterEventSource(log);
    return problem;
}

}  // namespace schancfg::cli
