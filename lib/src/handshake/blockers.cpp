#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "handshake/details.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/suite_names.hpp"

namespace schancfg::handshake {
namespace {

/// More than anybody reads; what is behind them is not tried.
constexpr std::size_t most_tried = 24;

bool same(const effect::Gate& a, const effect::Gate& b) { return a.kind == b.kind && a.detail == b.detail; }

std::string_view iana_of(const Missing& missing) {
    // A list may hold names that are nearly those of a suite.
    const facts::CipherSuite* suite = facts::find_cipher_suite(missing.name);
    return suite == nullptr ? std::string_view(missing.name) : facts::iana_name(*suite);
}

std::tuple<bool, bool, int> worth_of(const SuiteTraits& traits) { return {traits.forward_secrecy, traits.aead, traits.bits}; }

/// Does the other end have what is missing, in a version that both could speak?
bool is_wanted(const Scene& scene, const Missing& missing, Side side) {
    const Offer& other = scene.other(side);
    if (missing.kind == Missing::Kind::protocol) return other.at(version_index(missing.name)).offered == Answer::yes;
    if (missing.kind == Missing::Kind::group) return other.takes_group(missing.name) == Answer::yes;
    if (missing.kind == Missing::Kind::signature_hash) return scene.decisive().word == missing.name;
    if (missing.id == 0) return false;
    OfferedSuite suite;
    suite.id = missing.id;
    return !other.at(scene.version()).find(suite).empty();
}

struct Group {
    Blocker blocker;
    SuiteTraits best;
    std::vector<const Missing*> opened;
};

class BlockerSearch {
public:
    explicit BlockerSearch(const Scene& scene) : scene_(scene) {}

    std::vector<Blocker> find(Missing::Kind kind) {
        for (const Side side : {Side::client, Side::server}) collect(side, kind);
        std::ranges::stable_sort(groups_, std::ranges::greater{}, [](const Group& group) { return worth_of(group.best); });
        groups_.resize(std::min(groups_.size(), most_tried));
        for (Group& group : groups_) group.blocker.alone = is_enough(group);
        std::ranges::stable_sort(groups_, std::ranges::greater{}, [](const Group& group) { return group.blocker.alone; });
        std::vector<Blocker> blockers;
        blockers.reserve(groups_.size());
        for (Group& group : groups_) blockers.push_back(std::move(group.blocker));
        return blockers;
    }

private:
    void collect(Side side, Missing::Kind kind) {
        const End& end = scene_.of(side).end();
        if (end.kind != EndKind::windows) return;
        for (const Missing& missing : end.missing) {
            if (missing.kind != kind || !is_wanted(scene_, missing, side)) continue;
            if (kind != Missing::Kind::suite || missing.gates.empty()) {
                add(side, missing, nullptr, {});
                continue;
            }
            for (std::size_t at = 0; at < missing.gates.size(); ++at) add(side, missing, &missing.gates[at], missing.origins[at]);
        }
    }

    void add(Side side, const Missing& missing, const effect::Gate* gate, const effect::Origin& origin) {
        const bool is_suite = missing.kind == Missing::Kind::suite;
        const SuiteTraits traits = is_suite ? traits_of(missing.id, iana_of(missing)) : SuiteTraits{};
        auto found = groups_.end();
        bool better = false;  // than all of its group so far
        if (is_suite) {
            found = std::ranges::find_if(groups_, [&](const Group& each) {
                const auto& gates = each.blocker.missing.gates;
                return each.blocker.side == side && (gate == nullptr ? gates.empty() : !gates.empty() && same(gates.front(), *gate));
            });
        }
        if (found == groups_.end()) {
            found = groups_.insert(groups_.end(), Group{});
            found->blocker.side = side;
            found->blocker.missing = missing;
            found->best = traits;
            if (gate != nullptr) {
                found->blocker.missing.gates = {*gate};
                found->blocker.missing.origins = {origin};
            }
        } else if (worth_of(traits) > worth_of(found->best)) {
            found->blocker.missing.name = missing.name;
            found->blocker.missing.id = missing.id;
            found->blocker.missing.group = missing.group;
            found->best = traits;
            better = true;
        }
        std::vector<std::string>& suites = found->blocker.suites;
        if (is_suite) suites.insert(better ? suites.begin() : suites.end(), missing.name);
        // A suite that something else blocks as well does not come back by this alone.
        if (missing.gates.size() < 2) found->opened.push_back(&missing);
    }

    [[nodiscard]] bool is_enough(const Group& group) const {
        const Side side = group.blocker.side;
        const End& end = scene_.of(side).end();
        // Of suites that are not listed the best alone.
        std::vector<const Missing*> missing = group.opened;
        if (group.blocker.missing.kind == Missing::Kind::suite && group.blocker.missing.gates.empty()) {
            std::erase_if(missing, [&](const Missing* each) { return each->name != group.blocker.missing.name; });
        }
        if (missing.empty()) return false;
        const End with = opened(end, missing);
        const Offer offer(with);
        const Played played = side == Side::client ? play(offer, scene_.server) : play(scene_.client, offer);
        return conclude(played).verdict == Verdict::agree;
    }

    const Scene& scene_;
    std::vector<Group> groups_;
};

}  // namespace

End opened(const End& end, const std::vector<const Missing*>& missing) {
    End with = end;
    for (const Missing* each : missing) {
        switch (each->kind) {
            case Missing::Kind::protocol:
                for (schannel::PeerProtocol& protocol : with.peer.protocols) {
                    if (protocol.name == each->name) protocol.offered = Answer::yes;
                }
                break;
            case Missing::Kind::suite: {
                const std::string_view name = iana_of(*each);
                const SuiteTraits traits = traits_of(each->id, name);
                for (std::size_t version = traits.oldest; version <= traits.newest; ++version) {
                    with.peer.suites.push_back({.protocol = std::string(tls_versions[version]), .id = each->id, .name = std::string(name), .group = each->group});
                }
                break;
            }
            case Missing::Kind::group: with.peer.groups.push_back(each->name); break;
            case Missing::Kind::signature_hash: with.peer.signature_hashes.push_back(each->name); break;
        }
        std::erase_if(with.missing, [&](const Missing& other) { return other.name == each->name; });  // no two kinds share a name
    }
    return with;
}

std::vector<Blocker> blockers_of(const Scene& scene, const Agreement& agreement) {
    if (agreement.verdict == Verdict::agree) return {};
    using enum Missing::Kind;
    switch (agreement.reason->stage) {
        case Stage::credential:
        case Stage::protocol: return BlockerSearch(scene).find(protocol);
        case Stage::suite: return BlockerSearch(scene).find(suite);
        case Stage::key_exchange: return BlockerSearch(scene).find(agreement.reason->code == ReasonId::no_common_curve ? group : suite);
        case Stage::certificate: return BlockerSearch(scene).find(signature_hash);
        case Stage::reach:
        case Stage::extension:
        case Stage::later: break;
    }
    return {};
}

}  // namespace schancfg::handshake
