// Programs of Windows itself: schtasks.exe, shutdown.exe.
#pragma once

#include <string>

#include "schancfg/result.hpp"

namespace schancfg::cli {

/// Runs `name` of the system's folder, not one on the path, without a window, and waits for a minute at most. Its exit code.
[[nodiscard]] Result<unsigned long> run_system_program(const std::string& name, const std::wstring& words);

}  // namespace schancfg::cli
