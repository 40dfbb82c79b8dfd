// Restarts of this machine: which start of it is running, and one more of them.
#pragma once

#include <optional>
#include <string>

#include "schancfg/result.hpp"

namespace schancfg::cli {

/// A name for the start of the system that is running; empty: the system does not say. On Linux the `boot_id` of the kernel, on Windows
/// the time of the start.
[[nodiscard]] std::string start_of_system();
/// Is the start of that name the one that is running? nullopt: not known.
[[nodiscard]] std::optional<bool> is_running_start(const std::string& name);

inline constexpr int restart_countdown = 60;  ///< seconds

/// Restarts the system after the countdown, and shows everybody who is logged on why. unsupported where this program does not do that.
[[nodiscard]] Result<void> restart_system(const std::string& why);

}  // namespace schancfg::cli
