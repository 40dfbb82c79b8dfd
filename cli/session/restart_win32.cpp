#include "session/restart.hpp"

#include <windows.h>

#include <chrono>

#include "schancfg/backend/live.hpp"
#include "schancfg/files/system_path.hpp"
#include "schancfg/journal/clock.hpp"
#include "session/system_program_win32.hpp"

namespace schancfg::cli {
namespace {

// The time of the start is that of the clock less what has passed since (sdk-api sysinfoapi GetTickCount64, which also counts sleep), so a
// clock that was set moves it. A start takes longer than this.
constexpr std::chrono::seconds clock_drift{120};

std::chrono::sys_seconds time_of_start() {
    constexpr std::uint64_t ticks_a_second = 10'000'000;
    constexpr std::int64_t from_1601_to_1970 = 11'644'473'600;
    return std::chrono::sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(backend::last_start() / ticks_a_second) - from_1601_to_1970));
}

}  // namespace

std::string start_of_system() { return journal::time_text(time_of_start()); }

std::optional<bool> is_running_start(const std::string& name) {
    const auto then = journal::time_of(name);
    if (!then) return std::nullopt;
    return std::chrono::abs(*then - time_of_start()) <= clock_drift;
}

// shutdown.exe of the system takes the privilege that it needs itself (windowsserverdocs administration/windows-commands/shutdown).
Result<void> restart_system(const std::string& why) {
    const auto code = run_system_program("shutdown.exe", L"/r /t " + std::to_wstring(restart_countdown) + L" /d p:2:4 /c \"" + files::path_of(why).wstring() + L"\"");
    if (!code) return std::unexpected(code.error());
    if (*code != 0) return fail(ErrorCode::io, "shutdown.exe ended with " + std::to_string(*code));
    return {};
}

}  // namespace schancfg::cli
