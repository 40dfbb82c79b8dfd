#include "schancfg/handshake/peer_changes.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "handshake/play.hpp"
#include "schancfg/facts/groups.hpp"

namespace schancfg::handshake {
namespace {

/// What a group is worth, as the length of a symmetric key: NIST SP 800-57 part 1, table 2. More than 128 bits protect no better than the rest of the handshake.
int worth(const Handshake& handshake) {
    const facts::Group* group = facts::find_group(handshake.group);
    if (handshake.bits == 0) return 0;
    const bool finite_field = group == nullptr || group->dh_bits != 0;
    if (finite_field) return handshake.bits < 1024 ? 40 : handshake.bits < 2048 ? 80 : handshake.bits < 3072 ? 112 : 128;
    return handshake.bits < 224 ? 80 : handshake.bits < 250 ? 112 : 128;
}

struct Worth {
    std::size_t version = tls_versions.size();
    int key = 0, group = 0;
    bool forward_secrecy = false, aead = false;
    bool known_suite = false;
};

Worth worth_of(const Handshake& handshake) {
    Worth worth_of;
    worth_of.version = version_index(handshake.protocol);
    worth_of.group = worth(handshake);
    if (handshake.suite_name.empty()) return worth_of;
    const SuiteTraits traits = traits_of(handshake.suite, handshake.suite_name);
    worth_of.known_suite = true;
    worth_of.forward_secrecy = traits.forward_secrecy;
    worth_of.aead = traits.aead;
    worth_of.key = std::min(traits.bits, 128);
    return worth_of;
}

struct Both {
    effect::Effect const* effect;
    std::optional<End> ends[2];     // by facts::Role
    std::optional<Offer> offers[2];

    const Offer& as(facts::Role role, const EndOptions& options) {
        const auto at = static_cast<std::size_t>(role);
        if (!offers[at]) offers[at].emplace(ends[at].emplace(make_end(*effect, role, options)));
        return *offers[at];
    }
};

PeerChangeKind kind_of(const Agreement& before, const Agreement& after) {
    if (before.verdict == Verdict::unknown || after.verdict == Verdict::unknown) return PeerChangeKind::uncertain;
    if (after.verdict == Verdict::disagree) return PeerChangeKind::cut_off;
    if (before.verdict == Verdict::disagree) return PeerChangeKind::reached;
    switch (compare_strength(before.handshake, after.handshake)) {
        case Strength::weaker: return PeerChangeKind::weaker;
        case Strength::stronger: return PeerChangeKind::stronger;
        case Strength::equal: break;
    }
    return PeerChangeKind::changed;
}

bool alike(const Agreement& before, const Agreement& after) {
    return before.verdict == after.verdict && before.handshake == after.handshake && before.candidates == after.candidates;
}

}  // namespace

std::string_view peer_change_kind_name(PeerChangeKind kind) {
    switch (kind) {
        case PeerChangeKind::cut_off: return "cut-off";
        case PeerChangeKind::uncertain: return "unknown";
        case PeerChangeKind::weaker: return "weaker";
        case PeerChangeKind::changed: return "changed";
        case PeerChangeKind::stronger: return "stronger";
        case PeerChangeKind::reached: break;
    }
    return "reached";
}

std::size_t PeerChanges::count(PeerChangeKind kind) const {
    return static_cast<std::size_t>(std::ranges::count(changes, kind, &PeerChange::kind));
}

Strength compare_strength(const Handshake& before, const Handshake& after) {
    const Worth a = worth_of(before), b = worth_of(after);
    const auto answer = [](auto one, auto other) { return std::min(one, other) == other ? Strength::weaker : Strength::stronger; };
    if (a.version == tls_versions.size() || b.version == tls_versions.size()) return Strength::equal;
    if (a.version != b.version) return answer(a.version, b.version);
    if (!a.known_suite || !b.known_suite) return Strength::equal;
    if (a.key != b.key) return answer(a.key, b.key);
    if (a.forward_secrecy != b.forward_secrecy) return answer(a.forward_secrecy, b.forward_secrecy);
    if (a.group != 0 && b.group != 0 && a.group != b.group) return answer(a.group, b.group);
    if (a.aead != b.aead) return answer(a.aead, b.aead);
    return Strength::equal;
}

PeerChanges peer_changes(const effect::Effect& before, const effect::Effect& after, std::span<const schannel::Peer> peers, const EndOptions& options) {
    Both old{&before, {}, {}}, fresh{&after, {}, {}};
    PeerChanges result;
    result.judged = peers.size();
    for (std::size_t at = 0; at < peers.size(); ++at) {
        const facts::Role ours = peers[at].role == facts::Role::server ? facts::Role::client : facts::Role::server;
        const End end = make_end(peers[at]);
        const Offer theirs(end);
        const auto judge = [&](Both& own) {
            const Offer& offer = own.as(ours, options);
            return conclude(ours == facts::Role::client ? play(offer, theirs) : play(theirs, offer));
        };
        Agreement was = judge(old), is = &before == &after ? was : judge(fresh);
        if (is.verdict == Verdict::unknown && was.verdict == Verdict::unknown) {
            ++result.unknown;
            result.unknown_peers.push_back(at);
        } else if (is.verdict == Verdict::disagree && was.verdict == Verdict::disagree) {
            ++result.out_of_reach;
        } else if (alike(was, is)) {
            ++result.unchanged;
        } else {
            const PeerChangeKind kind = kind_of(was, is);
            result.changes.push_back({kind, at, std::move(was), std::move(is)});
        }
    }
    std::ranges::stable_sort(result.changes, {}, &PeerChange::kind);
    return result;
}

}  // namespace schancfg::handshake
