#include "scan_testssl_targets.hpp"

#include "schancfg/codec/scan.hpp"
#include "schancfg/text.hpp"
#include "scan_words.hpp"

namespace schancfg::codec::scan {

void name_target(std::string_view text, schannel::Peer& peer) {
    const std::size_t slash = text.rfind('/');
    std::string_view host = text.substr(0, slash);
    std::string_view ip = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
    for (std::string_view* each : {&host, &ip}) {
        if (each->starts_with('[') && each->ends_with(']')) *each = each->substr(1, each->size() - 2);
    }
    peer.host = host.empty() ? ip : host;
    if (ip != peer.host) peer.ip = ip;
}

bool Targets::take(std::string_view ip, std::string_view port, std::string_view id, std::string_view severity, std::string_view finding,
                   std::size_t offset) {
    const auto [at, is_new] = known_.try_emplace(std::string(ip) + '\n' + std::string(port), targets_.size());
    if (is_new) {
        if (targets_.size() == scan_max_peers) return report_.error(offset, "scan-limit", "the file has more than 100,000 hosts and ports");
        targets_.push_back({Findings({}, {}), offset});
        schannel::Peer& peer = targets_.back().findings.builder.peer;
        name_target(ip, peer);
        if (!port.empty()) {  // else testssl.sh failed before it had one
            peer.port = port_of(port);
            if (!peer.port) return report_.error(offset, "scan-shape", quote(port) + " is not a port", "a port is a number from 0 to 65535");
        }
    }
    targets_[at->second].findings.take(id, severity, finding);
    return true;
}

bool Targets::finish() {
    if (targets_.empty()) {
        return report_.error("scan-no-tls", "testssl.sh wrote no finding: it failed before the scan began", "read what it said on the screen");
    }
    for (Target& target : targets_) {
        target.findings.finish();
        if (!peers_.add(target.findings.builder, target.offset)) return false;
    }
    return true;
}

}  // namespace schancfg::codec::scan
