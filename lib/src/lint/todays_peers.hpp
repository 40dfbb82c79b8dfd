// Today's peers: what browsers offer to a server and what servers on the web take from a client, as wide as the widest of them.
#pragma once

#include <span>

#include "schancfg/handshake/end.hpp"

namespace schancfg::lint {

/// That talk to a machine in `role`: clients where it is the server. In a stable order; at least one.
[[nodiscard]] std::span<const handshake::End> todays_peers(facts::Role role);

/// Does any of them agree with the machine? no: for sure none does. With the certificates that most servers have, RSA and ECDSA.
[[nodiscard]] effect::Answer reaches_todays_peers(const effect::Effect& effect, facts::Role role);

}  // namespace schancfg::lint
