// Peer changes: what a change of settings does to the connections with known peers.
//
// Each peer is judged with the effect before and the effect after, and once where they are one object; the machine's own offers are computed once. Linear in the
// peers. Use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "schancfg/handshake/agreement.hpp"

namespace schancfg::handshake {

enum class PeerChangeKind : std::uint8_t {
    cut_off,    ///< agreed before, and does not after
    uncertain,  ///< before or after nobody knows, and not both alike
    weaker,     ///< still agrees, on something weaker
    changed,    ///< still agrees, on something that is neither weaker nor stronger
    stronger,
    reached,    ///< did not agree before, and does after
};
[[nodiscard]] std::string_view peer_change_kind_name(PeerChangeKind kind);  ///< `cut-off`, `unknown`, `weaker`, `changed`, `stronger`, `reached`

struct PeerChange {
    PeerChangeKind kind = PeerChangeKind::changed;
    std::size_t peer = 0;      ///< index among the peers given
    Agreement before, after;   ///< brief
};

struct PeerChanges {
    std::vector<PeerChange> changes;  ///< worst first (the order of the kinds), then as given; without those that stay alike
    std::size_t judged = 0;           ///< peers in all
    std::size_t unchanged = 0;        ///< that agree as before
    std::size_t out_of_reach = 0;     ///< that agree neither before nor after
    std::size_t unknown = 0;          ///< of which nothing can be said before or after
    std::vector<std::size_t> unknown_peers = {};  ///< indexes of those, as given
    [[nodiscard]] std::size_t count(PeerChangeKind kind) const;
};

/// Peers with the role server are judged with this machine as their client, and the other way round.
[[nodiscard]] PeerChanges peer_changes(const effect::Effect& before, const effect::Effect& after, std::span<const schannel::Peer> peers,
                                       const EndOptions& options = {});

/// Which of two handshakes protects better: protocol, then forward secrecy and authenticated encryption, key bits, length of the group.
enum class Strength : std::uint8_t { weaker, equal, stronger };
[[nodiscard]] Strength compare_strength(const Handshake& before, const Handshake& after);

}  // namespace schancfg::handshake
