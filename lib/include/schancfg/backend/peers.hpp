// Peers from files: scans (`scan:FILE`, `scan:FILE#HOST:PORT`, or a scan file by its content) and peers written by hand (`[peer]`).
//
// A peer is one end of a connection and no registry: where a command needs a state, a scan is none. Reading is all that happens here. Use from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schancfg/backend/open.hpp"
#include "schancfg/diagnostic.hpp"
#include "schancfg/schannel/peer.hpp"

namespace schancfg::backend {

/// Does the spelling mean a peer rather than a source of state? True for `scan:...`, and for a path that is not a source's and where there is
/// a file or folder, or that ends in `.xml`, `.json` or `.toml`. Looks into no file.
[[nodiscard]] bool is_peer_spelling(std::string_view spelling);

struct OpenedPeers {
    std::vector<schannel::Peer> peers;  ///< also those with `tls_answered` false; in the order of the files
    std::string label;                  ///< the spelling with an absolute path: `scan:/tmp/a.xml#printer:443`
    Diagnostics diagnostics;            ///< warnings of reading
};
struct OpenedPeer {
    schannel::Peer peer;
    std::string label;
    Diagnostics diagnostics;
};

/// All peers of a file, those of `#HOST[:PORT]` (without case, by name or address, IPv6 in brackets), or those of all `.xml`, `.json` and
/// `.toml` files directly in a folder, by name; of those a file that cannot be read is a warning, and a peer of its name that did not answer. Usage error: what is in a file is neither a scan nor a peer, or nobody has that name.
[[nodiscard]] std::expected<OpenedPeers, OpenError> open_peers(std::string_view spelling);

/// The only one that answered, or that is named. Usage error besides: there are several, some of which the message lists, or none answered.
[[nodiscard]] std::expected<OpenedPeer, OpenError> open_peer(std::string_view spelling);

}  // namespace schancfg::backend
