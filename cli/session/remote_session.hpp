// The session that this process runs in, when it is one over the network that Schannel has a part in.
#pragma once

#include <optional>
#include <string>

namespace schancfg::cli {

/// `Remote Desktop (RDP-Tcp#3)`, `WinRM`; nullopt: a local one, or one that needs no Schannel (SSH).
[[nodiscard]] std::optional<std::string> remote_session();

}  // namespace schancfg::cli
