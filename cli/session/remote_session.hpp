// The session that this process runs in, when it is one over the network that Schannel has a part in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schancfg/effect/difference.hpp"

namespace schancfg::cli {

/// `Remote Desktop (RDP-Tcp#3)`, `WinRM`; nullopt: a local one, or one that needs no Schannel (SSH).
[[nodiscard]] std::optional<std::string> remote_session();

/// The protocols that a server of this machine offers before and does not offer after, in their order: one of them may be what the
/// session runs over.
[[nodiscard]] std::vector<std::string> taken_away(const std::vector<effect::EffectDifference>& effects);

}  // namespace schancfg::cli
