// The session that this process runs in, when it is one over the network that Schannel has a part in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schancfg/facts/protocols.hpp"

namespace schancfg::cli {

/// What the system says of this process, by which a session is known. Gathered by the system's own code, judged by `session_of`.
struct SessionMarks {
    std::string session_name = {};                 ///< SESSIONNAME: `Console`, `RDP-Tcp#3`; empty: not set
    bool remote_metric = false;                   ///< GetSystemMetrics(SM_REMOTESESSION)
    std::optional<std::uint32_t> session = {};    ///< ProcessIdToSessionId of this process
    std::optional<std::uint32_t> glass_session = {};  ///< GlassSessionId: the session at the machine itself
    std::vector<std::string> ancestors = {};      ///< file names of the parent, its parent, ...
};

struct RemoteSession {
    std::string name = {};                  ///< `Remote Desktop (RDP-Tcp#3)`, `WinRM`
    facts::Role role = facts::Role::server; ///< of this machine, in TLS
};

/// nullopt: a local one, or one that needs no Schannel: below sshd of OpenSSH, or below a service that is reached by SMB alone (PsExec and its kin).
[[nodiscard]] std::optional<RemoteSession> session_of(const SessionMarks& marks);

/// Of this process.
[[nodiscard]] SessionMarks session_marks();

/// `this WinRM session may drop: the machine will stop offering TLS 1.2`. `lost`: at least one (effect/withdrawn.hpp).
[[nodiscard]] std::string may_drop(const RemoteSession& session, const std::vector<std::string>& lost);

}  // namespace schancfg::cli
