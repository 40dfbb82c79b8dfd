#include "schancfg/remedy/fixes.hpp"

#include <algorithm>
#include <optional>

#include "handshake/offer.hpp"
#include "effect/reader.hpp"
#include "remedy/steps.hpp"
#include "schancfg/handshake/peer_changes.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/registry/patch.hpp"

namespace schancfg::remedy {
namespace {

using schannel::PeerCertificate;

constexpr int most_steps = 6;      // of one fix: more than that is a new configuration
constexpr int good_rsa_bits = 2048;

Machine copy_of(const Machine& machine) {
    Machine copy;
    registry::replay(registry::to_patch(machine.state), copy.state);
    copy.release = machine.release;
    copy.circumstances = machine.circumstances;
    copy.options = machine.options;
    return copy;
}

class FixSearch {
public:
    FixSearch(const handshake::Diagnosis& diagnosis, const Ends& ends) : agreement_(diagnosis.agreement), ends_(ends) {}

    std::vector<Fix> find() {
        if (agreement_.verdict == handshake::Verdict::agree || agreement_.reason == nullptr) return {};
        // Of what is only suspected nobody is reported to change anything before it is known, but for what offers never show.
        const handshake::Stage stage = agreement_.reason->stage;
        const bool outside = stage == handshake::Stage::reach || stage == handshake::Stage::later ||
                             ((stage == handshake::Stage::credential || stage == handshake::Stage::certificate) && agreement_.blockers.empty());
        const bool known = agreement_.verdict == handshake::Verdict::disagree || outside;
        if (known) keep(advice(agreement_, *ends_.client, *ends_.server));
        try_certificates();
        for (const facts::Role role : {facts::Role::client, facts::Role::server}) try_machine(role);
        if (ends_.client_machine != nullptr && ends_.server_machine != nullptr && agreement_.reason->stage == handshake::Stage::suite) try_both();
        // And yet: where something could be weakened, the safer way is reported first.
        if (!known && std::ranges::any_of(found_, &Fix::weakens)) keep(advice(agreement_, *ends_.client, *ends_.server));
        // What a fix does need not be advised as well; an end that is not Windows can only be advised.
        const bool harmless = std::ranges::any_of(found_, [](const Fix& fix) { return fix.kind != FixKind::advice && !fix.weakens; });
        if (harmless) std::erase_if(found_, [this](const Fix& fix) { return fix.kind == FixKind::advice && !is_device(fix.side); });
        std::ranges::stable_sort(found_, {}, [this](const Fix& fix) { return rank(fix); });
        return std::move(found_);
    }

private:
    [[nodiscard]] const Machine* machine(facts::Role role) const { return role == facts::Role::client ? ends_.client_machine : ends_.server_machine; }
    [[nodiscard]] const handshake::End& end(facts::Role role) const { return role == facts::Role::client ? *ends_.client : *ends_.server; }
    [[nodiscard]] static facts::Role opposite(facts::Role role) { return role == facts::Role::client ? facts::Role::server : facts::Role::client; }

    [[nodiscard]] bool is_device(handshake::Side side) const {
        return side != handshake::Side::both && (side == handshake::Side::client ? ends_.client : ends_.server)->kind != handshake::EndKind::windows;
    }

    /// Is a value that somebody set alone to blame? Then it is put right before anybody else is asked to do something.
    [[nodiscard]] bool own_slip() const {
        return std::ranges::any_of(agreement_.blockers, [](const handshake::Blocker& blocker) {
            const effect::OriginKind kind = blocker.missing.origins.empty() ? effect::OriginKind::release_default : blocker.missing.origins.front().kind;
            return blocker.alone && (kind == effect::OriginKind::registry_value || kind == effect::OriginKind::policy);
        });
    }

    [[nodiscard]] int rank(const Fix& fix) const {
        if (fix.weakens) return 5;
        switch (fix.kind) {
            case FixKind::advice: return is_device(fix.side) && !own_slip() ? 0 : 4;
            case FixKind::update:
            case FixKind::application: return 1;
            case FixKind::certificate: return 2;
            case FixKind::profile: break;
        }
        return 3;
    }

    void keep(Fix fix) {
        fix.reason = agreement_.reason;
        const auto same = [&](const Fix& each) {
            return each.side == fix.side && each.kind == fix.kind && each.title == fix.title;
        };
        if (std::ranges::none_of(found_, same)) found_.push_back(std::move(fix));
    }

    [[nodiscard]] static handshake::Agreement between(facts::Role role, const handshake::End& ours, const handshake::End& theirs) {
        return role == facts::Role::client ? handshake::agree(ours, theirs) : handshake::agree(theirs, ours);
    }

    /// Does it hold, with what was named by a symptom out of the way?
    [[nodiscard]] bool fixes(facts::Role role, const handshake::End& ours, const handshake::End& theirs) const {
        const handshake::End& client = role == facts::Role::client ? ours : theirs;
        const handshake::End& server = role == facts::Role::client ? theirs : ours;
        const handshake::Agreement again = handshake::agree_briefly(client, server);
        if (again.verdict != handshake::Verdict::agree) return false;
        if (agreement_.reason->stage != handshake::Stage::later) return true;
        handshake::Symptom symptom;
        symptom.causes = {agreement_.reason};
        return handshake::diagnose(client, server, &symptom).causes.front().fit == handshake::Fit::ruled_out;
    }

    void try_machine(facts::Role role) {
        const Machine* of = machine(role);
        if (of == nullptr || of->release == nullptr) return;
        const handshake::End& other = end(opposite(role));
        const Patient patient(*of, role);
        const bool later = agreement_.reason->stage == handshake::Stage::later;
        const auto ways = later ? steps_later(patient, other, agreement_) : steps(patient, other, agreement_);
        for (const Fix& way : ways) {
            if (std::optional<Fix> fix = complete(*of, role, way)) keep(std::move(*fix));
        }
        const bool old = of->release->build < effect::windows_8_1;
        if (old && agreement_.reason->stage == handshake::Stage::protocol) {
            if (std::optional<Fix> fix = complete(*of, role, whole_machine_step(patient)); fix && fix->updates.size() < 3) keep(std::move(*fix));
        }
    }

    /// Takes further steps until the two agree; nullopt: they don't.
    [[nodiscard]] std::optional<Fix> complete(const Machine& of, facts::Role role, const Fix& first) const {
        const handshake::End& other = end(opposite(role));
        Fix fix;
        join(fix, first);
        for (int step = 0; step < most_steps; ++step) {
            const Machine changed = with_fix(of, fix);
            const Patient patient(changed, role);
            if (fixes(role, patient.end, other)) return fix;
            const handshake::Agreement again = between(role, patient.end, other);
            const auto ways = steps(patient, other, again);
            if (ways.empty()) return std::nullopt;
            const std::size_t before = fix.wanted.values.size() + fix.updates.size() + fix.protocols.size();
            join(fix, ways.front());
            if (fix.wanted.values.size() + fix.updates.size() + fix.protocols.size() == before) return std::nullopt;
        }
        return std::nullopt;
    }

    void try_both() {
        const effect::Effect one = effect::evaluate(ends_.client_machine->state, *ends_.client_machine->release, ends_.client_machine->circumstances);
        const effect::Effect other = effect::evaluate(ends_.server_machine->state, *ends_.server_machine->release, ends_.server_machine->circumstances);
        Fix fix = same_algorithms_step(one, other);
        if (fix.wanted.values.empty()) return;
        const handshake::End client = make_end(with_fix(*ends_.client_machine, fix), facts::Role::client);
        const handshake::End server = make_end(with_fix(*ends_.server_machine, fix), facts::Role::server);
        if (handshake::agree_briefly(client, server).verdict == handshake::Verdict::agree) keep(std::move(fix));
    }

    void try_certificates() {
        const bool about = agreement_.reason->stage == handshake::Stage::certificate || agreement_.reason->id == "certificate-type" || agreement_.reason->id == "no-common-curve";
        if (!about) return;
        const handshake::Offer client(*ends_.client);
        const int most = ends_.client->peer.rsa_max_bits;
        PeerCertificate rsa;
        rsa.key_type = "RSA";
        rsa.key_bits = most != 0 ? std::min(most, good_rsa_bits) : std::max(good_rsa_bits, ends_.client->rsa.taken_from);
        rsa.signature_hash = client.verifies("SHA256") == handshake::Answer::no ? "SHA1" : "SHA256";
        rsa.signature_key = "RSA";
        PeerCertificate ecdsa = rsa;
        ecdsa.key_type = "ECDSA";
        ecdsa.key_bits = 256;
        ecdsa.curve = "secp256r1";
        try_certificate(facts::Role::server, rsa);
        if (agreement_.reason->id == "certificate-type") try_certificate(facts::Role::server, ecdsa);
        if (!ends_.client->peer.certificates.empty() && agreement_.at_fault == handshake::Side::server) {
            rsa.key_bits = good_rsa_bits;
            rsa.signature_hash = "SHA256";
            try_certificate(facts::Role::client, rsa);
        }
    }

    void try_certificate(facts::Role role, const PeerCertificate& certificate) {
        Fix fix;
        fix.kind = FixKind::certificate;
        fix.side = role == facts::Role::client ? handshake::Side::client : handshake::Side::server;
        fix.certificate = certificate;
        fix.title = "Make a new certificate for the " + std::string(facts::role_name(role)) + ": " + certificate.key_type + " with " +
                    std::to_string(certificate.key_bits) + " bits, signed with " + certificate.signature_hash;
        fix.text = "No setting of Schannel is about this.";
        fix.weakens = (certificate.key_type == "RSA" && certificate.key_bits < good_rsa_bits) || certificate.signature_hash == "SHA1";
        if (fix.weakens) fix.risk = "today's clients refuse such a certificate: give the old end a listener of its own, or new firmware";
        handshake::End changed = end(role);
        changed.peer = with_fix(changed.peer, fix);
        if (fixes(role, changed, end(opposite(role)))) keep(std::move(fix));
    }

    const handshake::Agreement& agreement_;
    const Ends& ends_;
    std::vector<Fix> found_;
};

}  // namespace

std::string_view fix_kind_name(FixKind kind) {
    switch (kind) {
        case FixKind::advice: return "advice";
        case FixKind::update: return "update";
        case FixKind::application: return "application";
        case FixKind::certificate: return "certificate";
        case FixKind::profile: break;
    }
    return "profile";
}

handshake::End make_end(const Machine& machine, facts::Role role) {
    return handshake::make_end(effect::evaluate(machine.state, *machine.release, machine.circumstances), role, machine.options);
}

std::vector<Fix> fixes(const handshake::Diagnosis& diagnosis, const Ends& ends) { return FixSearch(diagnosis, ends).find(); }

Machine with_fix(const Machine& machine, const Fix& fix) {
    Machine changed = copy_of(machine);
    registry::overlay(changed.state, fix.wanted);
    for (const std::string& update : fix.updates) {
        if (!changed.circumstances.has(update)) changed.circumstances.updates.push_back(update);
    }
    if (!fix.protocols.empty()) changed.options.named_protocols = fix.protocols;
    if (fix.kind == FixKind::certificate) changed.options.certificates = {fix.certificate};
    return changed;
}

schannel::Peer with_fix(const schannel::Peer& peer, const Fix& fix) {
    schannel::Peer changed = peer;
    if (fix.kind == FixKind::certificate) changed.certificates = {fix.certificate};
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
