// One server of a scan while it is read: what is added comes together as a Peer at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/schannel/peer.hpp"

namespace schancfg::codec::scan {

class PeerBuilder {
public:
    explicit PeerBuilder(std::string_view tool) : peer(schannel::unknown_peer(facts::Role::server)) { peer.tool = tool; }

    schannel::Peer peer;

    /// Of a name as `protocol_name` gives it.
    [[nodiscard]] schannel::PeerProtocol& protocol(std::string_view name);
    /// A suite that was accepted, under `protocol` (empty: one that the file does not say), which is offered then. By `id` where the
    /// file has one; `name` else, which may be anybody's. Signalling values are none, and of two equal ones the first counts.
    void add_suite(std::string_view protocol, std::optional<std::uint32_t> id, std::string_view name, std::string_view group = {}, int dh_bits = 0);
    /// A group that is taken, by IANA's name; empty: none.
    void add_group(std::string_view name);
    void add_certificate(schannel::PeerCertificate certificate);
    void add_handshake_signature(const std::string& scheme);

    /// Suites by protocol, oldest first, each once.
    [[nodiscard]] schannel::Peer finish();
};

}  // namespace schancfg::codec::scan
