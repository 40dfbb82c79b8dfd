// Usage: who came by which protocol, key exchange and cipher, gathered from the logs of servers.
//
// A log says what was used, never what a client could do besides: a client that came by TLS 1.0 might know more. Pure; a Usage belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schancfg/codec/iis_log.hpp"
#include "schancfg/schannel/peer.hpp"

namespace schancfg::audit {

/// One way to connect. A part that is not known is called `not known (7777)`; one that the log has no field for `not logged`.
struct UsedWay {
    std::string protocol, key_exchange, cipher, hash;
    [[nodiscard]] auto operator<=>(const UsedWay&) const = default;
    [[nodiscard]] std::string words() const;  ///< `TLS 1.0, RSA, 3DES, SHA-1`, without what is not known
};

struct WayUsage {
    UsedWay way;
    std::uint64_t requests = 0;
    std::size_t clients = 0;
    std::string first, last;  ///< UTC, `2026-10-01 06:00:01`; empty: the logs do not say
};

struct ClientUsage {
    std::string client;   ///< address or network; hostile text; `not logged` where there is no such field
    std::string through;  ///< the proxy that connected for it; empty: none
    std::vector<std::size_t> ways;  ///< places among `ways()`, oldest protocol first
    std::uint64_t requests = 0;
    std::string first, last;
};

class Usage {
public:
    /// `anonymous`: clients are the networks that they are of.
    explicit Usage(bool anonymous = false) : anonymous_(anonymous) {}
    void add(const codec::LoggedUse& use);
    /// Sorts; before that the two below are in no order.
    void finish();

    /// Oldest protocol first, then by the other parts.
    [[nodiscard]] const std::vector<WayUsage>& ways() const { return ways_; }
    /// Those of the oldest protocols first, then by name.
    [[nodiscard]] const std::vector<ClientUsage>& clients() const { return clients_; }
    /// `TLS 1.0, RSA, 3DES, SHA-1; TLS 1.2, ECDHE, AES-256, SHA-384`.
    [[nodiscard]] std::string used_by(const ClientUsage& client) const;
    /// The client as if it knew nothing but what it used: what such a peer loses, the client loses unless it knows more. The curve is not logged: it is
    /// taken to be one of NIST P-256, P-384 and X25519.
    [[nodiscard]] schannel::Peer peer_of(const ClientUsage& client) const;

private:
    [[nodiscard]] std::size_t place_of_way(const codec::LoggedUse& use);
    [[nodiscard]] std::size_t place_of_client(const codec::LoggedUse& use);

    bool anonymous_;
    std::vector<WayUsage> ways_;
    std::vector<ClientUsage> clients_;
    std::map<UsedWay, std::size_t> way_places_;
    // By their texts, each with its size before it.
    std::unordered_map<std::string, std::size_t> logged_ways_, client_places_;
    std::string joined_;
};

}  // namespace schancfg::audit
