// The live registry of a Windows machine, this one or another: a Target over the Win32 registry functions, always in the 64-bit
// view. On other systems everything here answers `unsupported`. Needs no <windows.h>. Links are reported, never followed as the last
// component of a path and never removed; components above it are opened as Windows opens them (CurrentControlSet is a link).
#pragma once

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

}  // namespace schancfg::backend
