#include "schancfg/schannel/peer.hpp"

#include <algorithm>
#include <string>

namespace schancfg::schannel {

std::string_view answer_name(Answer answer) {
    switch (answer) {
        case Answer::no: return "no";
        case Answer::yes: return "yes";
        case Answer::unknown: break;
    }
    return "unknown";
}

const PeerProtocol* Peer::protocol(std::string_view wanted) const {
    const facts::Protocol* known = facts::find_protocol(wanted);
    if (known == nullptr) return nullptr;
    const auto found = std::ranges::find(protocols, known->name, &PeerProtocol::name);
    return found == protocols.end() ? nullptr : &*found;
}

std::string Peer::address() const {
    if (!port) return host;
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(*port);
}

Peer unknown_peer(facts::Role role) {
    Peer peer;
    peer.role = role;
    for (const char* name : {"SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) peer.protocols.push_back({.name = name});
    return peer;
}

}  // namespace schancfg::schannel
