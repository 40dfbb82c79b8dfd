// What an end is with a fix, and what that does to others.
#include <algorithm>

#include "schancfg/facts/suite_names.hpp"
#include "schancfg/handshake/peer_changes.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/remedy/fixes.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "words.hpp"

namespace schancfg::remedy {
namespace {

Machine copy_of(const Machine& machine) {
    Machine copy;
    copy.state = registry::copy_of(machine.state);
    copy.release = machine.release;
    copy.circumstances = machine.circumstances;
    copy.options = machine.options;
    return copy;
}

}  // namespace

std::string_view fix_kind_name(FixKind kind) {
    switch (kind) {
        case FixKind::advice: return "advice";
        case FixKind::update: return "update";
        case FixKind::application: return "application";
        case FixKind::certificate: return "certificate";
        case FixKind::release: return "release";
        case FixKind::profile: break;
    }
    return "profile";
}

handshake::End make_end(const Machine& machine, facts::Role role) {
    return handshake::make_end(effect::evaluate(machine.state, *machine.release, machine.circumstances), role, machine.options);
}

Machine with_fix(const Machine& machine, const Fix& fix) {
    Machine changed = copy_of(machine);
    if (fix.release != nullptr) {
        changed.state = schannel::untouched(*fix.release);
        changed.release = fix.release;
        changed.circumstances = {};
        changed.circumstances.untouched = true;
    }
    registry::overlay(changed.state, fix.wanted);
    for (const std::string& update : fix.updates) {
        if (!changed.circumstances.has(update)) changed.circumstances.updates.push_back(update);
    }
    if (!fix.protocols.empty()) {
        changed.options.named_protocols = fix.protocols;
        // It is another structure then.
        if (changed.options.application != nullptr && !changed.options.application->newest.empty()) changed.options.application = nullptr;
    }
    if (fix.kind == FixKind::certificate) changed.options.certificates = {fix.certificate};
    return changed;
}

bool Demand::empty() const {
    return protocol.empty() && suites.empty() && groups.empty() && dh_bits == 0 && rsa_bits == 0 && signature_hash.empty() && !secure_renegotiation;
}

schannel::Peer with_fix(const schannel::Peer& peer, const Fix& fix) {
    schannel::Peer changed = peer;
    if (fix.kind == FixKind::certificate) changed.certificates = {fix.certificate};
    const Demand& demand = fix.demand;
    for (schannel::PeerProtocol& protocol : changed.protocols) {
        if (protocol.name != demand.protocol) continue;
        // Of a protocol that was off, what is asked for is all that is known to be taken.
        if (protocol.offered == schannel::Answer::no && !demand.suites.empty()) protocol.suites_complete = true;
        protocol.offered = schannel::Answer::yes;
    }
    for (const std::string& name : demand.suites) {
        const auto known = facts::identify_suite(name);
        const auto same = [&](const schannel::PeerSuite& suite) { return suite.id == known->id && suite.protocol.empty(); };
        if (known && std::ranges::none_of(changed.suites, same)) changed.suites.push_back({.protocol = {}, .id = known->id, .name = std::string(known->name), .group = {}});
    }
    for (const std::string& group : demand.groups) add_once(changed.groups, group);
    const bool server = peer.role == facts::Role::server;
    if (demand.dh_bits != 0 && server) {
        changed.dh_min_bits = changed.dh_max_bits = demand.dh_bits;
        for (schannel::PeerSuite& suite : changed.suites) {
            if (suite.dh_bits != 0) suite.dh_bits = demand.dh_bits;
        }
    } else if (demand.dh_bits != 0) {
        changed.dh_min_bits = std::min(changed.dh_min_bits, demand.dh_bits);
        if (changed.dh_max_bits != 0) changed.dh_max_bits = std::max(changed.dh_max_bits, demand.dh_bits);
    }
    if (demand.rsa_bits != 0 && changed.rsa_max_bits != 0) changed.rsa_max_bits = std::max(changed.rsa_max_bits, demand.rsa_bits);
    if (!demand.signature_hash.empty()) changed.signature_hashes.push_back(demand.signature_hash);
    if (demand.secure_renegotiation) changed.secure_renegotiation = schannel::Answer::yes;
    return changed;
}

FixImpact impact(const Machine& machine, facts::Role role, const Fix& fix, std::span<const schannel::Peer> peers) {
    FixImpact impact;
    std::vector<schannel::Peer> others;
    for (const schannel::Peer& peer : peers) {
        if (peer.role != role) others.push_back(peer);
    }
    impact.peers = others.size();
    // What one program does for itself concerns nobody else.
    if (fix.wanted.values.empty() && fix.updates.empty()) return impact;
    const Machine changed = with_fix(machine, fix);
    const effect::Effect before = effect::evaluate(machine.state, *machine.release, machine.circumstances);
    const effect::Effect after = effect::evaluate(changed.state, *changed.release, changed.circumstances);
    const handshake::PeerChanges changes = handshake::peer_changes(before, after, others, machine.options);
    impact.cut_off = changes.count(handshake::PeerChangeKind::cut_off);
    impact.reached = changes.count(handshake::PeerChangeKind::reached);
    impact.weakened = changes.count(handshake::PeerChangeKind::weaker);
    if (fix.weakens) {
        impact.exposed = changes.unchanged + impact.weakened + changes.count(handshake::PeerChangeKind::changed) + changes.count(handshake::PeerChangeKind::stronger);
    }
    return impact;
}

}  // namespace schancfg::remedy
