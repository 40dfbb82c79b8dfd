#include "schancfg/effect/protocols.hpp"

#include "effect/parts.hpp"
#include "effect/sources.hpp"
#include "schancfg/schannel/protocol_state.hpp"

namespace schancfg::effect {
namespace {

using enum facts::DefaultState;
using facts::Confidence;
using schannel::ProtocolRule;

bool is_early_tls(std::string_view protocol) { return protocol == "TLS 1.1" || protocol == "TLS 1.2"; }
bool is_ssl(std::string_view protocol) { return protocol == "PCT 1.0" || protocol == "SSL 2.0" || protocol == "SSL 3.0"; }

/// What the release does by itself.
ProtocolAnswer default_answer(const StateReader& reader, facts::Role role, std::string_view protocol) {
    ProtocolAnswer answer;
    const facts::ProtocolDefault* row = facts::protocol_default(reader.release(), role, protocol);
    if (row == nullptr) {
        answer.basis = reader.default_basis(BasisRule::protocol_release_default, {});
        answer.basis.certain = false;
        answer.basis.confidence = Confidence::undocumented;
        answer.basis.note = "no table has a row for it";
        return answer;
    }
    answer.state = row->state;
    Basis& basis = answer.basis;
    basis = reader.default_basis(row->state == not_supported ? BasisRule::protocol_not_supported : BasisRule::protocol_release_default, row->source);
    basis.confidence = row->confidence;
    basis.alternative = row->alternative;
    basis.alternative_source = row->alternative_source;
    // A neighbour's row is the best there is and says so by its confidence; it is doubtful only where somebody contradicts.
    basis.certain = row->confidence != Confidence::conflict && row->confidence != Confidence::undocumented &&
                    row->alternative.empty();
    basis.note = row->change;
    if (row->state == uncertain && row->stated != uncertain) basis.stated = facts::state_name(row->stated);

    // KB4019276 brings TLS 1.1 and 1.2, off by default, to Server 2008 SP2; who has it on a "Server 2008" has SP2.
    const std::string_view id = reader.release().id;
    if (is_early_tls(row->protocol) && (id == "windows-server-2008" || id == "windows-server-2008-sp2") &&
        reader.has("KB4019276")) {
        answer.state = on_request;
        basis = reader.default_basis(BasisRule::protocol_release_default, sources::kb4019276);
        basis.origin = reader.update_origin("KB4019276");
        basis.note = row->change;
    }
    return answer;
}

/// TLS 1.3 was written into the registry of a release before Server 2022.
void note_early_tls13(const StateReader& reader, Basis& basis) {
    basis.rule = BasisRule::protocol_early_tls13;
    if (reader.build() >= facts::Build{10, 0, 18362}) {
        basis.certain = false;
        basis.alternative = facts::state_name(on);
        basis.alternative_source = sources::security_admx;
        basis.note = "Microsoft calls turning TLS 1.3 on here unsafe; a third party says that it works";
    } else {
        basis.note = "Microsoft calls turning TLS 1.3 on here unsafe; a third party says that Schannel breaks until the key is removed";
    }
}

struct Switches {
    Spot spot;
    Number enabled, disabled_by_default;
    [[nodiscard]] bool any() const { return enabled.value != nullptr || disabled_by_default.value != nullptr; }
};

void doubt(Basis& basis, Confidence confidence, std::string_view note) {
    basis.certain = false;
    basis.confidence = confidence;
    basis.note = note;
}

ProtocolAnswer switched_answer(const StateReader& reader, const Switches& switches, std::string_view protocol,
                               const ProtocolAnswer& by_default) {
    // What Windows does with another type or length is not documented; the value is taken as if it were not there.
    const registry::Value* enabled = switches.enabled.readable() ? switches.enabled.value : nullptr;
    const registry::Value* by_default_value =
        switches.disabled_by_default.readable() ? switches.disabled_by_default.value : nullptr;
    const bool invalid = switches.enabled.invalid() || switches.disabled_by_default.invalid();
    const auto judgement = schannel::judge(enabled, by_default_value, by_default.state);

    ProtocolAnswer answer;
    answer.state = judgement.state;
    Basis& basis = answer.basis;
    const auto decided_by = [&](std::string_view value, BasisRule rule, std::string_view source) {
        basis = reader.value_basis(switches.spot, value, rule, source);
    };
    // The release may not have the protocol at all, says somebody.
    const auto contested_support = [&] {
        if (by_default.basis.alternative == facts::state_name(not_supported)) {
            basis.certain = false;
            basis.confidence = Confidence::conflict;
            basis.alternative = by_default.basis.alternative;
            basis.alternative_source = by_default.basis.alternative_source;
        }
    };
    switch (judgement.rule) {
        case ProtocolRule::release_default:
        case ProtocolRule::unreadable_enabled:
        case ProtocolRule::unreadable_disabled_by_default:
            answer = by_default;
            break;
        case ProtocolRule::release_lacks_it:
            answer = by_default;
            if (protocol == "TLS 1.3" && enabled != nullptr && *switches.enabled.number != 0) note_early_tls13(reader, basis);
            break;
        case ProtocolRule::enabled_zero:
            decided_by("Enabled", BasisRule::protocol_enabled_zero, sources::refusal);
            break;
        case ProtocolRule::enabled_nonzero:
            decided_by("Enabled", BasisRule::protocol_enabled, by_default_value != nullptr ? sources::both_switches_on : sources::switching_on);
            contested_support();
            // K245 and the protocols page name DisabledByDefault = 0 for 7, 2008 R2 and 2008 SP2, and nobody Enabled alone.
            if (by_default_value == nullptr && is_early_tls(protocol) && reader.build() < windows_8) {
                doubt(basis, Confidence::undocumented,
                      "here DisabledByDefault = 0 is what Microsoft documents; whether Enabled alone is enough is not documented");
                basis.alternative = facts::state_name(on_request);
                basis.alternative_source = sources::kb245030;
            }
            break;
        case ProtocolRule::disabled_by_default:
            decided_by("DisabledByDefault", BasisRule::protocol_disabled_by_default, sources::disabled_by_default);
            contested_support();
            if (*switches.disabled_by_default.number != 1) {
                doubt(basis, Confidence::undocumented, "only 0 and 1 are documented for DisabledByDefault");
            }
            break;
        case ProtocolRule::not_disabled_by_default:
            decided_by("DisabledByDefault", BasisRule::protocol_not_disabled_by_default, sources::kb245030);
            contested_support();
            // Documented for 7 and 2008 R2 (and 2008 SP2); later it only changes something where the default is off.
            if (reader.build() >= windows_8 && by_default.state != on) {
                doubt(basis, Confidence::undocumented,
                      "DisabledByDefault = 0 alone is documented for Windows 7 and Server 2008 R2 only");
                basis.alternative = facts::state_name(by_default.state);
                basis.alternative_source = by_default.basis.source;
            }
            break;
    }
    // A switch that every installation of the release has says what the release's row says, doubts and all.
    if (basis.origin.kind == OriginKind::release_default && !basis.origin.key.empty() && answer.state == by_default.state) {
        Origin origin = std::move(basis.origin);
        basis = by_default.basis;
        basis.origin = std::move(origin);
    }
    if (invalid && judgement.rule != ProtocolRule::release_lacks_it && judgement.rule != ProtocolRule::enabled_zero) {
        const std::string_view bad = switches.enabled.invalid() ? "Enabled" : "DisabledByDefault";
        basis.origin = reader.origin(switches.spot, bad);
        basis.rule = BasisRule::protocol_value_invalid;
        doubt(basis, Confidence::undocumented, switches.enabled.invalid()
            ? "Enabled is not a 4-byte REG_DWORD: what Windows does with it is not documented"
            : "DisabledByDefault is not a 4-byte REG_DWORD: what Windows does with it is not documented");
    }
    return answer;
}

}  // namespace

ProtocolAnswer protocol_answer(const StateReader& reader, const Switch& fips, facts::Role role, std::string_view protocol) {
    ProtocolAnswer answer = default_answer(reader, role, protocol);
    Switches switches;
    switches.spot = StateReader::child(StateReader::child(StateReader::child(reader.schannel(), "Protocols"), protocol), facts::role_key(role));
    switches.enabled = StateReader::number(switches.spot, "Enabled");
    switches.disabled_by_default = StateReader::number(switches.spot, "DisabledByDefault");
    if (switches.any()) {
        answer = switched_answer(reader, switches, protocol, answer);
        if (protocol == "Multi-Protocol Unified Hello" && answer.basis.rule != BasisRule::protocol_value_invalid) {
            answer.basis.alternative = facts::state_name(on);
            answer.basis.alternative_source = sources::protocols_page;
            doubt(answer.basis, Confidence::secondary,
                  "every Windows accepts the unified ClientHello even with SSL 2.0 off; what this key does is described by third parties only");
        }
    }
    // A value that is not read may make a difference wherever the release has the protocol, and somebody says that some have TLS 1.3 early.
    if (switches.enabled.assumed || switches.disabled_by_default.assumed) {
        const bool early_tls13 = protocol == "TLS 1.3" && reader.build() >= facts::Build{10, 0, 18362};
        const bool settled = answer.state == not_supported && !early_tls13 && answer.basis.certain;
        const bool refused = switches.enabled.readable() && *switches.enabled.number == 0;
        if (!settled && !refused) answer.basis.assume();
    }
    // The policy's page says that the provider then supports only TLS, as a client and as a server.
    if (fips.on && is_ssl(protocol) && answer.state != not_supported && answer.state != off) {
        const std::string_view before = facts::state_name(answer.state);
        answer.state = off;
        answer.basis = fips.basis;
        answer.basis.origin.kind = OriginKind::fips_mode;
        answer.basis.rule = BasisRule::protocol_fips_tls_only;
        answer.basis.source = sources::fips_policy;
        if (!answer.basis.certain) answer.basis.alternative = before;
    } else if (is_ssl(protocol) && answer.state != not_supported && answer.state != off && fips.basis.assumed) {
        answer.basis.assume();
    }
    return answer;
}

namespace {

ProtocolEffect both_roles(const StateReader& reader, const Switch& fips, std::string_view protocol) {
    return {protocol, {protocol_answer(reader, fips, facts::Role::client, protocol), protocol_answer(reader, fips, facts::Role::server, protocol)}};
}

}  // namespace

std::vector<ProtocolEffect> protocol_effects(const StateReader& reader, const Switch& fips) {
    std::vector<ProtocolEffect> effects;
    effects.reserve(facts::protocols().size());
    for (const facts::Protocol& protocol : facts::protocols()) effects.push_back(both_roles(reader, fips, protocol.name));
    return effects;
}

std::vector<ProtocolEffect> other_protocol_effects(const StateReader& reader, const Switch& fips) {
    std::vector<ProtocolEffect> effects;
    for (const facts::ProtocolDefault& row : facts::protocol_defaults()) {
        if (row.release != facts::every_release || row.role != facts::Role::client || facts::find_protocol(row.protocol)) continue;
        effects.push_back(both_roles(reader, fips, row.protocol));
    }
    return effects;
}

}  // namespace schancfg::effect
