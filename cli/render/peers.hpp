// What a change does to the connections with known peers, as people and programs read it.
//
// Names of peers are hostile text: they are escaped here.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

#include "console/output.hpp"
#include "schancfg/handshake/peer_changes.hpp"
#include "schancfg/schannel/peer.hpp"

namespace schancfg::cli {

struct PeersView {
    std::vector<schannel::Peer> peers;
    std::vector<std::string> sources;  ///< of each peer, with an absolute path: `scan:/tmp/a.xml`
    handshake::PeerChanges changes;
    /// Of each peer that a log names, what it used: it is judged as if it knew nothing else. Empty, or not there: another kind of peer.
    std::vector<std::string> used = {};
};

/// `printer.example:443`, or where it was read, where that names no host. Not escaped.
[[nodiscard]] std::string peer_name(const PeersView& view, std::size_t peer);
/// `printer.example:443, nas:443 and 3 more`; escaped.
[[nodiscard]] std::string cut_off_names(const PeersView& view);
/// `40 known peers: 2 cut off, 38 as before`.
[[nodiscard]] std::string peers_summary(const handshake::PeerChanges& changes);

[[nodiscard]] std::string peers_text(const PeersView& view, const Sheet& sheet);
[[nodiscard]] std::string peers_markdown(const PeersView& view);
[[nodiscard]] std::string peers_html(const PeersView& view);
/// The peers whose connection changes.
[[nodiscard]] nlohmann::ordered_json peers_json(const PeersView& view);
/// The names of those of which nothing can be said.
[[nodiscard]] nlohmann::ordered_json unknown_peers_json(const PeersView& view);
/// How many of each kind.
[[nodiscard]] nlohmann::ordered_json peers_summary_json(const handshake::PeerChanges& changes);

}  // namespace schancfg::cli
