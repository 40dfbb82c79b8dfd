// What to collect where an error alone is known: the facts that would tell its causes apart. Use from any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schancfg/handshake/symptoms.hpp"

namespace schancfg::handshake {

/// What a cause is about. Trust, revocation, the network and a logon are not a matter of TLS settings.
enum class CauseClass : std::uint8_t { settings, trust, revocation, network, logon, key };
[[nodiscard]] std::string_view cause_class_name(CauseClass of);  ///< `settings`, `trust`, `revocation`, `network`, `logon`, `key`
[[nodiscard]] CauseClass cause_class(const Reason& reason);

enum class Collect : std::uint8_t {
    client_state,          ///< TLS settings and release of the Windows client
    server_state,          ///< the same of the Windows server
    server_scan,           ///< protocols, suites and certificate as a scanner sees them
    event_log,             ///< Schannel's events on both ends at that time
    program,               ///< which program failed, and for which .NET or API it is built
    certificate_chain,     ///< the chain that the server sends, and the name that was asked for
    clocks,                ///< of both ends
    revocation_addresses,  ///< of the certificate, and whether they answer
    private_key,           ///< provider and permissions of the key
    updates,               ///< build and installed updates
    logon_events,          ///< of the failed logon, on the server and a domain controller
    reachability,          ///< name, port and what stands between the two
};
[[nodiscard]] std::string_view collect_name(Collect what);  ///< `client-state`, `server-scan`, ...

/// In the order in which it helps most. `symptom` nullptr: nothing in the text is known.
[[nodiscard]] std::vector<Collect> to_collect(const Symptom* symptom);

}  // namespace schancfg::handshake
