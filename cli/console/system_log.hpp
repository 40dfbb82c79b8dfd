// The log of the system, where the audit trail goes: syslog, or the Event Log of Windows.
#pragma once

#include <string>
#include <string_view>

#include "console/log.hpp"

namespace schancfg::cli {

/// Opens it, and on Windows registers this program as a source of events where it may: elevated, and in a place where only administrators
/// can put it, since its message table is read from there. Everything here is for one thread.
void open_system_log();
/// One entry. What went wrong with it; empty: nothing.
[[nodiscard]] std::string write_system_log(AuditEvent event, std::string_view message);

}  // namespace schancfg::cli
