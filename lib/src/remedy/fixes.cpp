#include "schancfg/remedy/fixes.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <ranges>

#include "handshake/offer.hpp"
#include "effect/reader.hpp"
#include "remedy/conditions.hpp"
#include "remedy/steps.hpp"
#include "remedy/values.hpp"
#include "schancfg/text.hpp"

namespace schancfg::remedy {
namespace {

using schannel::PeerCertificate;

constexpr int most_steps = 6;      // of one fix: more than that is a new configuration
constexpr int good_rsa_bits = 2048;

/// The end without its machine, as the fix changes it.
handshake::End with_fix(const handshake::End& end, const Fix& fix) {
    handshake::End changed = handshake::make_end(remedy::with_fix(end.peer, fix), end.label);
    changed.kind = end.kind;
    return changed;
}

bool is_about_offers(const handshake::Agreement& agreement) {
    using handshake::Stage;
    const handshake::ReasonId id = agreement.reason->code;
    switch (agreement.reason->stage) {
        case Stage::reach:
        case Stage::later: return false;
        case Stage::credential: return id == handshake::ReasonId::no_protocol_left;
        case Stage::certificate:
            return id == handshake::ReasonId::certificate_key_too_short || id == handshake::ReasonId::certificate_key_too_long || id == handshake::ReasonId::certificate_signature_hash || id == handshake::ReasonId::no_common_signature;
        case Stage::protocol:
        case Stage::suite:
        case Stage::key_exchange:
        case Stage::extension: break;
    }
    return true;
}

class FixSearch {
public:
    FixSearch(const handshake::Diagnosis& diagnosis, const Ends& ends) : agreement_(diagnosis.agreement), ends_(ends) {}

    std::vector<Fix> find() {
        if (agreement_.verdict == handshake::Verdict::agree || agreement_.reason == nullptr) return {};
        const bool offers = is_about_offers(agreement_);
        // Of what is only suspected nobody else is asked to change anything before it is known, but for what offers never show.
        const bool known = agreement_.verdict == handshake::Verdict::disagree || !offers;
        if (!offers) keep(advice(agreement_, *ends_.client, *ends_.server));
        try_certificates();
        for (const facts::Role role : roles) try_machine(role);
        try_both();
        // And yet: where something could be weakened, the safer way is named first.
        if (offers && (known || std::ranges::any_of(found_, &Fix::weakens))) {
            for (const facts::Role role : roles) try_device(role);
        }
        if (offers) {
            for (const facts::Role role : roles) try_newer(role);
        }
        if (found_.empty() && known) keep(nothing_known(agreement_));
        // What a fix does need not be advised as well; and nobody else is asked to weaken anything where that can be avoided.
        const bool harmless = std::ranges::any_of(found_, [](const Fix& fix) { return fix.kind != FixKind::advice && !fix.weakens; });
        if (harmless) std::erase_if(found_, [this](const Fix& fix) { return fix.kind == FixKind::advice && (!is_device(fix.side) || fix.weakens); });
        std::ranges::stable_sort(found_, {}, [this](const Fix& fix) { return rank(fix); });
        return std::move(found_);
    }

private:
    static constexpr facts::Role roles[] = {facts::Role::client, facts::Role::server};

    [[nodiscard]] const Machine* machine(facts::Role role) const { return role == facts::Role::client ? ends_.client_machine : ends_.server_machine; }
    [[nodiscard]] const handshake::End& end(facts::Role role) const { return role == facts::Role::client ? *ends_.client : *ends_.server; }
    [[nodiscard]] static facts::Role opposite(facts::Role role) { return role == facts::Role::client ? facts::Role::server : facts::Role::client; }
    [[nodiscard]] static handshake::Side side_of(facts::Role role) { return role == facts::Role::client ? handshake::Side::client : handshake::Side::server; }

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

    /// Better ranks are lower; of the same rank what needs no condition comes first.
    [[nodiscard]] int rank(const Fix& fix) const {
        constexpr int of_weakening = 12;
        if (fix.weakens) return of_weakening;
        const int conditional = fix.conditions.empty() ? 0 : 1;
        switch (fix.kind) {
            case FixKind::advice: return (is_device(fix.side) && !own_slip() ? 0 : 8) + conditional;
            case FixKind::update:
            case FixKind::application: return 2 + conditional;
            case FixKind::certificate:
                return (fix.demand.empty() ? 4 : 8) + conditional;
            case FixKind::release: return 10 + conditional;
            case FixKind::profile: break;
        }
        return 6 + conditional;
    }

    void keep(Fix fix) {
        fix.reason = agreement_.reason;
        const auto same = [&, values = spelled(fix.wanted)](const Fix& each) {
            return each.side == fix.side && each.kind == fix.kind && (each.title == fix.title || (!values.empty() && spelled(each.wanted) == values));
        };
        if (std::ranges::none_of(found_, same)) found_.push_back(std::move(fix));
    }

    [[nodiscard]] static handshake::Agreement between(facts::Role role, const handshake::End& ours, const handshake::End& theirs) {
        return role == facts::Role::client ? handshake::agree(ours, theirs) : handshake::agree(theirs, ours);
    }

    /// Under which conditions it holds, with what was named by a symptom out of the way; nullopt: it does not.
    [[nodiscard]] std::optional<std::vector<Condition>> fixes(facts::Role role, const handshake::End& ours, const handshake::End& theirs) const {
        const handshake::End& client = role == facts::Role::client ? ours : theirs;
        const handshake::End& server = role == facts::Role::client ? theirs : ours;
        if (agreement_.reason->stage == handshake::Stage::later) {
            if (handshake::agree_briefly(client, server).verdict != handshake::Verdict::agree) return std::nullopt;
            handshake::Symptom symptom;
            symptom.causes = {agreement_.reason};
            if (handshake::diagnose(client, server, &symptom).causes.front().fit != handshake::Fit::ruled_out) return std::nullopt;
            return std::vector<Condition>{};
        }
        auto conditions = conditions_of(client, server);
        // What is only suspected has its own open questions: a fix that needs more of them answered is not proposed.
        const auto is_key = [](const Condition& each) { return each.kind == ConditionKind::certificate_key; };
        if (conditions && agreement_.verdict == handshake::Verdict::unknown && !std::ranges::all_of(*conditions, is_key)) return std::nullopt;
        // Where they agree under the same conditions as they are, the fix is not what helps.
        if (conditions && !conditions->empty() &&
            handshake::agree_briefly(supposed(*ends_.client, *conditions), supposed(*ends_.server, *conditions)).verdict == handshake::Verdict::agree) {
            return std::nullopt;
        }
        return conditions;
    }

    void try_machine(facts::Role role) {
        const Machine* of = machine(role);
        if (of == nullptr || of->release == nullptr) return;
        const handshake::End& other = end(opposite(role));
        const MachineEnd machine_end(*of, role);
        const bool later = agreement_.reason->stage == handshake::Stage::later;
        const auto ways = later ? steps_later(machine_end, other, agreement_) : steps(machine_end, other, agreement_);
        for (const Fix& way : ways) {
            if (std::optional<Fix> fix = complete(*of, role, way)) keep(std::move(*fix));
        }
        const bool old = of->release->build < effect::windows_8_1;
        if (old && agreement_.reason->stage == handshake::Stage::protocol) {
            if (std::optional<Fix> fix = complete(*of, role, whole_machine_step(machine_end)); fix && fix->updates.size() < 3) keep(std::move(*fix));
        }
    }

    /// Does the step ask for another value than the fix does already? Lists grow.
    [[nodiscard]] static bool contradicts(const Fix& fix, const Fix& step) {
        return std::ranges::any_of(step.wanted.values, [&](const registry::WantedValue& value) {
            return !is_list(value) && std::ranges::any_of(fix.wanted.values, [&](const registry::WantedValue& each) {
                return each.key == value.key && each.name == value.name && each.value != value.value;
            });
        });
    }

    /// Takes further steps until the two agree; nullopt: they don't.
    [[nodiscard]] std::optional<Fix> complete(const Machine& of, facts::Role role, const Fix& first) const {
        const handshake::End& other = end(opposite(role));
        Fix fix;
        join(fix, first);
        for ([[maybe_unused]] const int step : std::views::iota(0, most_steps)) {
            const Machine changed = remedy::with_fix(of, fix);
            const MachineEnd machine_end(changed, role);
            if (auto conditions = fixes(role, machine_end.end, other)) {
                fix.conditions = std::move(*conditions);
                return fix;
            }
            const handshake::Agreement again = between(role, machine_end.end, other);
            if (again.verdict == handshake::Verdict::agree) return std::nullopt;
            const auto ways = steps(machine_end, other, again);
            if (ways.empty()) return std::nullopt;
            // The best that was not taken yet.
            const auto next = std::ranges::find_if(ways, [&](const Fix& way) { return fix.title.find(way.title) == std::string::npos; });
            if (next == ways.end() || contradicts(fix, *next)) return std::nullopt;
            join(fix, *next);
        }
        return std::nullopt;
    }

    /// The other kind of end: what it is asked to do is tried on what is known of it.
    void try_device(facts::Role role) {
        const handshake::End& device = end(role);
        if (device.kind == handshake::EndKind::windows) return;
        const handshake::End& other = end(opposite(role));
        for (const Fix& first : device_steps(device, other, agreement_)) {
            Fix fix;
            join(fix, first);
            for ([[maybe_unused]] const int step : std::views::iota(0, most_steps)) {
                const handshake::End changed = with_fix(device, fix);
                if (auto conditions = fixes(role, changed, other)) {
                    fix.conditions = std::move(*conditions);
                    keep(std::move(fix));
                    break;
                }
                const handshake::Agreement again = between(role, changed, other);
                if (again.reason == nullptr || again.reason == agreement_.reason) break;
                const auto ways = device_steps(changed, other, again);
                if (ways.empty()) break;
                join(fix, ways.front());
            }
        }
    }

    /// Where no value of the machine helps without weakening it: the update that does, and the first release.
    void try_newer(facts::Role role) {
        const Machine* of = machine(role);
        if (of == nullptr || of->release == nullptr) return;
        const auto has_harmless = [&] {
            return std::ranges::any_of(found_, [&](const Fix& fix) {
                return fix.side == side_of(role) && fix.kind != FixKind::advice && !fix.weakens && !needs_itself(fix, role);
            });
        };
        const MachineEnd machine_end(*of, role);
        if (has_harmless()) return;
        for (Fix& step : update_steps(machine_end)) try_as_it_is(*of, role, std::move(step));
        if (has_harmless()) return;
        // Where an untouched installation of its own release would do, the release is not what is missing.
        Fix as_installed;
        as_installed.release = of->release;
        if (fixes(role, make_end(remedy::with_fix(*of, as_installed), role), end(opposite(role)))) return;
        for (Fix& step : release_steps(machine_end)) {
            if (try_as_it_is(*of, role, std::move(step))) return;
        }
    }

    /// Does a condition of it ask for something that nobody knows of that machine?
    [[nodiscard]] static bool needs_itself(const Fix& fix, facts::Role role) {
        return std::ranges::any_of(fix.conditions, [role](const Condition& each) {
            return each.side == side_of(role) && each.kind != ConditionKind::certificate_key;
        });
    }

    bool try_as_it_is(const Machine& of, facts::Role role, Fix step) {
        auto conditions = fixes(role, make_end(remedy::with_fix(of, step), role), end(opposite(role)));
        if (!conditions) return false;
        step.conditions = std::move(*conditions);
        if (needs_itself(step, role)) return false;
        if (step.release != nullptr) {
            const handshake::End ours = supposed(make_end(remedy::with_fix(of, step), role), step.conditions), theirs = supposed(end(opposite(role)), step.conditions);
            const handshake::Handshake agreed = between(role, ours, theirs).handshake;
            if (handshake::version_index(agreed.protocol) < handshake::tls12) return false;
            step.text.append(" The two then agree on ").append(agreed.protocol);
            if (!agreed.suite_name.empty()) step.text.append(" with ").append(shorten(agreed.suite_name));
            step.text.append(".");
        }
        keep(std::move(step));
        return true;
    }

    /// Changes of two machines at once, where none of one alone does without weakening it.
    void try_both() {
        using handshake::Stage;
        const Machine* const of_client = ends_.client_machine;
        const Machine* const of_server = ends_.server_machine;
        if (of_client == nullptr || of_server == nullptr || of_client->release == nullptr || of_server->release == nullptr) return;
        const Stage first = agreement_.reason->stage;
        const auto code = agreement_.reason->code;
        if (first != Stage::suite && first != Stage::protocol && code != handshake::ReasonId::no_protocol_left && code != handshake::ReasonId::no_common_curve) return;
        const bool one_does = std::ranges::any_of(found_, [](const Fix& fix) { return fix.kind != FixKind::advice && !fix.weakens; });
        if (first != Stage::suite && one_does) return;
        Fix fix;
        constexpr int most_of_both = 5;
        for (const int step : std::views::iota(0, most_of_both)) {
            const Machine changed_client = remedy::with_fix(*of_client, fix), changed_server = remedy::with_fix(*of_server, fix);
            const MachineEnd client(changed_client, facts::Role::client), server(changed_server, facts::Role::server);
            if (step != 0) {
                if (auto conditions = fixes(facts::Role::client, client.end, server.end)) {
                    fix.conditions = std::move(*conditions);
                    keep(std::move(fix));
                    return;
                }
            }
            const handshake::Agreement again = handshake::agree_briefly(client.end, server.end);
            if (again.reason == nullptr || again.verdict == handshake::Verdict::agree) return;
            const Fix next = same_step(client, server, again, fix.title, !one_does);
            if (next.wanted.values.empty()) return;
            join(fix, next);
            fix.side = handshake::Side::both;
        }
    }

    void try_certificates() {
        // Trust, dates and the client's own certificate are not a matter of its kind.
        const bool is_of_certificate = agreement_.reason->stage == handshake::Stage::certificate && is_about_offers(agreement_);
        const bool about = is_of_certificate || agreement_.reason->code == handshake::ReasonId::certificate_type || agreement_.reason->code == handshake::ReasonId::no_common_curve;
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
        if (agreement_.reason->code == handshake::ReasonId::certificate_type) try_certificate(facts::Role::server, ecdsa);
        if (!ends_.client->peer.certificates.empty() && agreement_.at_fault == handshake::Side::server) {
            rsa.key_bits = good_rsa_bits;
            rsa.signature_hash = "SHA256";
            try_certificate(facts::Role::client, rsa);
        }
    }

    void try_certificate(facts::Role role, const PeerCertificate& certificate) {
        Fix fix;
        fix.kind = FixKind::certificate;
        fix.side = side_of(role);
        fix.certificate = certificate;
        fix.title = "Make a new certificate for the " + std::string(facts::role_name(role)) + ": " + certificate.key_type + " with " +
                    std::to_string(certificate.key_bits) + " bits, signed with " + certificate.signature_hash;
        fix.text = "No setting of Schannel is about this.";
        fix.weakens = (certificate.key_type == "RSA" && certificate.key_bits < good_rsa_bits) || certificate.signature_hash == "SHA1";
        if (fix.weakens) fix.risk = "today's clients refuse such a certificate: give the old end a listener of its own, or new firmware";
        handshake::End changed = end(role);
        changed.peer = remedy::with_fix(changed.peer, fix);
        if (auto conditions = fixes(role, changed, end(opposite(role)))) {
            fix.conditions = std::move(*conditions);
            keep(std::move(fix));
        }
    }

    const handshake::Agreement& agreement_;
    const Ends& ends_;
    std::vector<Fix> found_;
};

}  // namespace

std::vector<Fix> fixes(const handshake::Diagnosis& diagnosis, const Ends& ends) {
    if (diagnosis.agreement.verdict == handshake::Verdict::agree || diagnosis.agreement.reason == nullptr) return {};
    // What the release does not support goes first: with it nothing is certain. The rest is computed from what is left then.
    std::vector<Fix> removals;
    const auto remove = [&](const Machine* machine, facts::Role role) {
        if (machine == nullptr || machine->release == nullptr) return;
        for (Fix& step : unsupported_steps(MachineEnd(*machine, role))) {
            step.reason = diagnosis.agreement.reason;
            removals.push_back(std::move(step));
        }
    };
    remove(ends.client_machine, facts::Role::client);
    remove(ends.server_machine, facts::Role::server);
    if (removals.empty() || !is_about_offers(diagnosis.agreement)) {
        std::vector<Fix> found = FixSearch(diagnosis, ends).find();
        found.insert(found.begin(), std::make_move_iterator(removals.begin()), std::make_move_iterator(removals.end()));
        return found;
    }
    std::optional<Machine> client_machine, server_machine;
    std::optional<handshake::End> client, server;
    Ends left = ends;
    for (const Fix& fix : removals) {
        if (fix.side == handshake::Side::client) {
            client_machine = with_fix(*ends.client_machine, fix);
            client = make_end(*client_machine, facts::Role::client);
            left.client_machine = &*client_machine;
            left.client = &*client;
        } else {
            server_machine = with_fix(*ends.server_machine, fix);
            server = make_end(*server_machine, facts::Role::server);
            left.server_machine = &*server_machine;
            left.server = &*server;
        }
    }
    std::vector<Fix> found = removals;
    for (Fix& fix : FixSearch(handshake::diagnose(*left.client, *left.server, nullptr), left).find()) {
        for (const Fix& removal : removals) {
            if (fix.side == removal.side && fix.kind == FixKind::profile) add(fix.wanted, removal.wanted);
            if (fix.release == nullptr || fix.side != removal.side) fix.text.append(fix.text.empty() ? "" : " ").append("With the key of TLS 1.3 removed first.");
        }
        fix.reason = diagnosis.agreement.reason;
        found.push_back(std::move(fix));
    }
    return found;
}

}  // namespace schancfg::remedy
