#include "handshake/offer.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "schancfg/facts/groups.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::handshake {
namespace {

/// What distinguishes suites: the name only where there is no id.
std::pair<std::uint32_t, std::string_view> key_of(const OfferedSuite& suite) { return {suite.id, suite.id == 0 ? suite.name : std::string_view{}}; }

}  // namespace

std::string_view canonical_group(std::string_view name) {
    const facts::Group* group = facts::find_group(name);
    return group == nullptr ? name : group->name;
}

Answer is_group_of(std::size_t version, std::string_view name) {
    const facts::Group* group = facts::find_group(name);
    if (group == nullptr) return Answer::unknown;
    if (version != tls13) return is_curve(*group) ? Answer::yes : Answer::no;  // RFC 8422; RFC 7919 is for TLS_DHE
    switch (group->id) {  // RFC 8446, 4.2.7, and RFC 8734
        case 0x0017: case 0x0018: case 0x0019: case 0x001D: case 0x001E: case 0x001F: case 0x0020: case 0x0021: return Answer::yes;
        default: break;
    }
    // Microsoft's page claims TLS 1.3 for the other curves as well, for which TLS 1.3 has no code point.
    return is_curve(*group) ? Answer::unknown : Answer::yes;
}

std::span<const std::uint32_t> OfferedProtocol::find(const OfferedSuite& suite) const {
    const auto found = std::ranges::equal_range(by_id, key_of(suite), {}, [this](std::uint32_t at) { return key_of(suites[at]); });
    return {found.begin(), found.end()};
}

Offer::Offer(const End& end) : end_(&end) {
    const schannel::Peer& peer = end.peer;
    for (std::size_t version = 0; version < tls_versions.size(); ++version) {
        if (const schannel::PeerProtocol* protocol = peer.protocol(tls_versions[version])) {
            protocols_[version].offered = protocol->offered;
            protocols_[version].preference = protocol->preference;
            protocols_[version].complete = protocol->suites_complete;
        }
    }
    std::set<std::tuple<std::uint32_t, std::string_view, std::string_view>> unsure;  // id, Windows' name, protocol
    for (const Missing& missing : end.missing) {
        if (missing.kind == Missing::Kind::suite && !missing.sure) unsure.emplace(missing.id, missing.group, missing.protocol);
        if (missing.kind == Missing::Kind::group && !missing.sure) groups_unsure_.push_back(canonical_group(missing.name));
    }
    std::ranges::sort(groups_unsure_);
    for (const schannel::PeerSuite& suite : peer.suites) {
        const OfferedSuite offered{suite.id, suite.name, suite.group.empty() ? std::string_view{} : canonical_group(suite.group), suite.dh_bits,
                             !unsure.contains({suite.id, suite.group, {}}) && !unsure.contains({suite.id, suite.group, suite.protocol}), traits_of(suite.id, suite.name)};
        if (suite.protocol.empty()) {
            for (std::size_t at = offered.traits.oldest; at <= offered.traits.newest; ++at) protocols_[at].suites.push_back(offered);
        } else if (const std::size_t only = version_index(suite.protocol); only != tls_versions.size()) {
            protocols_[only].suites.push_back(offered);
        }
    }
    for (OfferedProtocol& protocol : protocols_) {
        protocol.unheard = end.kind != EndKind::windows && std::ranges::any_of(protocol.suites, [](const OfferedSuite& suite) { return suite.id == 0; });
        protocol.by_id.resize(protocol.suites.size());
        std::iota(protocol.by_id.begin(), protocol.by_id.end(), 0U);
        std::ranges::stable_sort(protocol.by_id, {}, [&](std::uint32_t at) { return key_of(protocol.suites[at]); });
    }
    std::set<std::string_view> known;
    const auto add_group = [&](std::string_view group) {
        if (!group.empty() && known.insert(group).second) groups_.push_back(group);
    };
    for (const std::string& group : peer.groups) add_group(canonical_group(group));
    // A curve that was seen with a suite, or that its Windows name says.
    for (const OfferedProtocol& protocol : protocols_) {
        for (const OfferedSuite& suite : protocol.suites) add_group(suite.group);
    }
    const bool unheard = end.kind != EndKind::windows && std::ranges::any_of(groups_, [](std::string_view group) { return facts::find_group(group) == nullptr; });
    groups_complete_ = peer.groups_complete && !unheard;
    groups_sorted_ = groups_;
    std::ranges::sort(groups_sorted_);
}

Answer Offer::takes_group(std::string_view group) const {
    if (std::ranges::binary_search(groups_unsure_, group)) return Answer::unknown;
    if (std::ranges::binary_search(groups_sorted_, group)) return Answer::yes;
    return groups_complete_ ? Answer::no : Answer::unknown;
}

Answer Offer::verifies(std::string_view hash) const {
    if (hash.empty()) return Answer::unknown;
    if (const Missing* missing = end_->find_missing(Missing::Kind::signature_hash, hash)) {
        return missing->sure ? Answer::no : Answer::unknown;
    }
    const auto same = [hash](const std::string& each) { return utf::equal_no_case(each, hash); };
    if (std::ranges::any_of(end_->peer.signature_hashes, same)) return Answer::yes;
    return end_->peer.signature_hashes_complete ? Answer::no : Answer::unknown;
}

bool Offer::minds_hashes(std::size_t version) const { return end_->kind != EndKind::windows || version >= tls12; }

bool Offer::any_protocol() const {
    return std::ranges::any_of(protocols_, [](const OfferedProtocol& each) { return each.offered != Answer::no; });
}

}  // namespace schancfg::handshake
