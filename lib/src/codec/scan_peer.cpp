#include "scan_peer.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "schancfg/facts/groups.hpp"
#include "schancfg/facts/iana_suites.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "scan_dates.hpp"
#include "scan_words.hpp"

namespace schancfg::codec::scan {
namespace {

using schannel::PeerSuite;

void add_once(std::vector<std::string>& list, std::string_view text) {
    if (!text.empty() && std::ranges::find(list, text) == list.end()) list.emplace_back(text);
}

// Only names: a signalling value that comes by its id is found by that.
bool is_signalling_name(std::string_view name) { return name.ends_with("_SCSV") || contains(name, "grease"); }

bool is_known_by_name(std::string_view name, PeerSuite& suite) {
    const auto found = facts::identify_suite(name);
    if (!found) return false;
    suite.id = found->id;
    suite.name = found->name;
    if (suite.group.empty()) suite.group = found->group;
    return true;
}

}  // namespace

schannel::PeerProtocol& PeerBuilder::protocol(std::string_view name) {
    return *std::ranges::find(peer.protocols, name, &schannel::PeerProtocol::name);
}

void PeerBuilder::add_suite(std::string_view protocol_name, std::optional<std::uint32_t> id, std::string_view name, std::string_view group, int dh_bits) {
    if ((id && facts::is_signalling_value(*id)) || is_signalling_name(name)) return;
    if (!protocol_name.empty()) protocol(protocol_name).offered = schannel::Answer::yes;
    PeerSuite suite{.protocol = std::string(protocol_name), .id = id.value_or(0), .name = {}, .group = std::string(group), .dh_bits = dh_bits};
    if (const facts::IanaSuite* known = id ? facts::find_iana_suite(*id) : nullptr; known != nullptr) {
        suite.name = known->name;
    } else if (id || !is_known_by_name(name, suite)) {
        suite.name = name;
    }
    add_group(suite.group);
    peer.suites.push_back(std::move(suite));
}

void PeerBuilder::add_group(std::string_view name) { add_once(peer.groups, name); }

void PeerBuilder::add_certificate(schannel::PeerCertificate certificate) {
    const auto same = [&](const schannel::PeerCertificate& other) {
        const auto key = [](const schannel::PeerCertificate& c) {
            return std::tie(c.key_type, c.key_bits, c.curve, c.signature_hash, c.signature_key, c.subject, c.valid_from, c.valid_until);
        };
        return key(certificate) == key(other);
    };
    // A server has one for each kind of key.
    constexpr std::size_t most = 50;
    if (peer.certificates.size() < most && std::ranges::none_of(peer.certificates, same)) peer.certificates.push_back(std::move(certificate));
}

void PeerBuilder::add_handshake_signature(const std::string& scheme) { add_once(peer.handshake_signatures, scheme); }

schannel::Peer PeerBuilder::finish() {
    peer.seen_at = seconds_of(peer.time);
    const auto age = [&](const PeerSuite& suite) { return std::ranges::find(peer.protocols, suite.protocol, &schannel::PeerProtocol::name) - peer.protocols.begin(); };
    std::vector<std::ptrdiff_t> ages;
    ages.reserve(peer.suites.size());
    for (const PeerSuite& suite : peer.suites) ages.push_back(age(suite));
    // Each once: equal ones come together, the first of them first.
    std::vector<std::size_t> order(peer.suites.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t at) { return std::tie(ages[at], peer.suites[at].id, peer.suites[at].name); };
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return key(a) != key(b) ? key(a) < key(b) : a < b; });
    const auto repeated = std::ranges::unique(order, [&](std::size_t a, std::size_t b) { return key(a) == key(b); });
    order.erase(repeated.begin(), repeated.end());
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return std::tie(ages[a], a) < std::tie(ages[b], b); });
    std::vector<PeerSuite> suites;
    suites.reserve(order.size());
    for (const std::size_t at : order) suites.push_back(std::move(peer.suites[at]));
    peer.suites = std::move(suites);

    for (const PeerSuite& suite : peer.suites) {
        if (suite.dh_bits == 0) continue;
        peer.dh_min_bits = peer.dh_min_bits == 0 ? suite.dh_bits : std::min(peer.dh_min_bits, suite.dh_bits);
        peer.dh_max_bits = std::max(peer.dh_max_bits, suite.dh_bits);
    }
    return std::move(peer);
}

}  // namespace schancfg::codec::scan
