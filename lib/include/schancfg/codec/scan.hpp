// Scans of TLS servers: nmap's XML (ssl-enum-ciphers, ssl-cert), sslscan's XML, testssl.sh's JSON (flat and pretty) and sslyze's JSON,
// distinguished by what is in them. lib/docs/formats/scans.md says what is read of each. Opens no files and fetches nothing. Use from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/diagnostic.hpp"
#include "schancfg/schannel/peer.hpp"

namespace schancfg::codec {

inline constexpr std::size_t scan_max_size = 128u << 20;    ///< bytes of one file
inline constexpr std::size_t scan_max_peers = 100000;       ///< hosts and ports of one file
inline constexpr std::size_t scan_max_suites = 1000000;     ///< suites of one file, each counted for each protocol of each peer
inline constexpr std::size_t scan_max_text = 1u << 20;      ///< bytes of one tag (XML) or one string (JSON)
inline constexpr std::size_t scan_max_item = 32u << 20;     ///< bytes of what the file says of one host
inline constexpr std::size_t scan_max_depth = 64;           ///< elements, or objects and arrays, within one another

/// A peer for each host and port that the scanner looked at, in the order of the file; also those that did not answer, with
/// `Peer::tls_answered` false. One error for a file that is not such a scan: what it is instead, or the line where it stops being one.
/// Warnings name what was left out. Bytes are hostile: limits as above, linear time, nothing is executed, expanded or fetched.
[[nodiscard]] Decoded<std::vector<schannel::Peer>> decode_scan(std::string_view bytes, std::string_view file);

}  // namespace schancfg::codec
