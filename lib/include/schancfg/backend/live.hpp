// The live registry of a Windows machine, this one or another: a Target over the Win32 registry functions, always in the 64-bit
// view. On other systems everything here answers `unsupported`. Needs no <windows.h>. Links are reported, never followed as the last
// component of a path and never removed; components above it are opened as Windows opens them (CurrentControlSet is a link).
// One object is used by one thread at a time, several objects by several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "schancfg/backend/source.hpp"

namespace schancfg::backend {

enum class Access {
    read,
    write,  ///< also asks at once whether the SCHANNEL key may be written, so that a process that is not elevated hears it early
};

/// `host` empty: this machine. A remote one must run the Remote Registry service; waits at most 20 seconds for it. Only HKLM and HKU
/// are there on a remote machine.
[[nodiscard]] Result<std::unique_ptr<Target>> open_live(std::string_view host, Access access);

/// When this machine was started, as FILETIME (100 ns since 1601, UTC); 0 where there is no Windows. A machine that was asleep or
/// hibernated, or came up by fast startup, counts as running since it was last really started.
[[nodiscard]] std::uint64_t last_start();

}  // namespace schancfg::backend
