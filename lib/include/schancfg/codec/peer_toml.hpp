// Peers written by hand (TOML with a table `[peer]`, profiles/README.md): what a vendor's manual or a client's settings say of an end. Use from any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "schancfg/diagnostic.hpp"
#include "schancfg/schannel/peer.hpp"

namespace schancfg::codec {

inline constexpr std::size_t peer_max_size = 1u << 20;  ///< bytes of one file

/// What the file says and nothing more. Lists are all that the end takes unless the file says `complete = false`; a list that is not there
/// is unknown. Suites stand in their order, of no protocol: any that can carry one. Errors as of profiles, with place and nearest name.
[[nodiscard]] Decoded<schannel::Peer> decode_peer(std::string_view text, std::string_view file);

/// Is the first line that is not a comment one of a peer file, rather than of a scan or a profile? Reads no further.
[[nodiscard]] bool looks_like_peer(std::string_view text);

}  // namespace schancfg::codec
