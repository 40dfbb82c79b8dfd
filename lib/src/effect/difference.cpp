#include "schancfg/effect/difference.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::effect {
namespace {

using Kind = EffectDifference::Kind;
using facts::Role;

/// How sure a difference is: as its two answers are.
struct Surety {
    bool certain = true;
    bool undisputed = true;  ///< but for what was not read
    Surety& rest_on(bool is_certain, bool is_assumed) {
        certain = certain && is_certain;
        undisputed = undisputed && (is_certain || is_assumed);
        return *this;
    }
    Surety& rest_on(const Basis& basis) { return rest_on(basis.certain, basis.assumed); }
    Surety& rest_on(const Surety& other) { return rest_on(other.certain, other.undisputed && !other.certain); }
};
Surety both(const Basis& a, const Basis& b) { return Surety{}.rest_on(a).rest_on(b); }

class Differences {
public:
    void add(Kind kind, std::string subject, std::string_view role, std::string before, std::string after, const Surety& surety) {
        if (before == after) return;
        all_.push_back({kind, std::move(subject), role, std::move(before), std::move(after), surety.certain, !surety.certain && surety.undisputed});
    }
    /// One row when both roles say the same, else one a role.
    void add_roles(Kind kind, std::string_view subject, const std::string (&before)[2], const std::string (&after)[2],
                   const Surety (&certain)[2]) {
        if (before[0] == before[1] && after[0] == after[1]) {
            add(kind, std::string(subject), {}, before[0], after[0], Surety(certain[0]).rest_on(certain[1]));
            return;
        }
        for (const Role role : {Role::client, Role::server}) {
            const auto at = static_cast<std::size_t>(role);
            add(kind, std::string(subject), facts::role_name(role), before[at], after[at], certain[at]);
        }
    }
    [[nodiscard]] std::vector<EffectDifference> take() { return std::move(all_); }

private:
    std::vector<EffectDifference> all_;
};

void compare_protocols(const Effect& before, const Effect& after, Differences& to) {
    for (const ProtocolReach& protocol : after.reach(Role::client).protocols) {
        std::string was[2], is[2];
        Surety certain[2] = {};
        for (const Role role : {Role::client, Role::server}) {
            const auto at = static_cast<std::size_t>(role);
            const ProtocolReach* earlier = before.reach(role).find(protocol.name);
            const ProtocolReach* later = after.reach(role).find(protocol.name);
            was[at] = earlier == nullptr ? "not-supported" : std::string(reach_state_name(earlier->state));
            is[at] = reach_state_name(later->state);
            if (earlier != nullptr) certain[at].rest_on(earlier->basis);
            certain[at].rest_on(later->basis);
        }
        to.add_roles(Kind::protocol, protocol.name, was, is, certain);
    }
}

std::string describe(const SuiteEffect* suite, Role role) {
    if (suite == nullptr) return "not listed";
    switch (suite->use(role)) {
        case SuiteUse::yes: return "usable";
        case SuiteUse::on_request: return "on-request";
        case SuiteUse::no: break;
    }
    return "blocked";
}

bool is_usable(const SuiteEffect* suite) { return suite != nullptr && suite->usable(); }

void compare_suite(std::string_view name, const SuiteEffect* earlier, const SuiteEffect* later, Differences& to) {
    // A name that neither list lets through has no effect, listed or not.
    if (!is_usable(earlier) && !is_usable(later)) return;
    std::string was[2], is[2];
    for (const Role role : {Role::client, Role::server}) {
        const auto at = static_cast<std::size_t>(role);
        was[at] = describe(earlier, role);
        is[at] = describe(later, role);
    }
    Surety certain;
    for (const SuiteEffect* each : {earlier, later}) {
        if (each != nullptr) certain.rest_on(each->certain, each->assumed).rest_on(each->basis);
    }
    to.add_roles(Kind::suite, name, was, is, {certain, certain});
}

const SuiteEffect* first_named(const CipherSuitesEffect& suites, std::size_t at) {
    const SuiteEffect& entry = suites.listed[at];
    return suites.find(entry.name);
}

/// The usable names that both hold, in the order of `suites`.
std::vector<std::string_view> shared_order(const CipherSuitesEffect& suites, const CipherSuitesEffect& other) {
    std::vector<std::string_view> names;
    for (const SuiteEffect& entry : suites.listed) {
        const SuiteEffect* twin = other.find(entry.name);
        if (entry.usable() && is_usable(twin) && suites.find(entry.name) == &entry) {
            names.push_back(entry.suite != nullptr ? entry.suite->name : std::string_view(entry.name));
        }
    }
    return names;
}

void compare_order(Kind kind, std::string_view subject, const std::vector<std::string_view>& before,
                   const std::vector<std::string_view>& after, const Surety& certain, Differences& to) {
    const auto [was, is] = std::ranges::mismatch(before, after);
    if (was == before.end() || is == after.end()) return;
    to.add(kind, std::string(subject), {}, "position " + std::to_string(was - before.begin() + 1) + ": " + std::string(*was),
           "position " + std::to_string(is - after.begin() + 1) + ": " + std::string(*is), certain);
}

void compare_suites(const Effect& before, const Effect& after, Differences& to) {
    const CipherSuitesEffect& was = before.cipher_suites;
    const CipherSuitesEffect& is = after.cipher_suites;
    for (std::size_t at = 0; at < is.listed.size(); ++at) {
        const SuiteEffect& entry = is.listed[at];
        if (first_named(is, at) != &entry) continue;
        compare_suite(entry.name, was.find(entry.name), &entry, to);
    }
    for (std::size_t at = 0; at < was.listed.size(); ++at) {
        const SuiteEffect& entry = was.listed[at];
        if (first_named(was, at) != &entry || is.find(entry.name) != nullptr) continue;
        compare_suite(entry.name, &entry, nullptr, to);
    }
    compare_order(Kind::suite_order, "cipher suite order", shared_order(was, is), shared_order(is, was),
                  both(was.basis, is.basis), to);
}

std::string bits(const BitLimit& limit) {
    if (limit.bits) return std::to_string(*limit.bits) + " bits";
    return limit.basis.undisputed() ? "no limit" : "not documented";
}

void compare_gates(const AlgorithmEffect& was, const AlgorithmEffect& is, Differences& to) {
    to.add(Kind::algorithm, std::string(is.name), {}, std::string(gate_state_name(was.state)),
           std::string(gate_state_name(is.state)), both(was.basis, is.basis));
}

void compare_algorithms(const Effect& before, const Effect& after, Differences& to) {
    // All effects list the algorithms of the tables, in the tables' order.
    for (std::size_t at = 0; at < std::min(before.ciphers.size(), after.ciphers.size()); ++at) {
        compare_gates(before.ciphers[at], after.ciphers[at], to);
    }
    for (std::size_t at = 0; at < std::min(before.hashes.size(), after.hashes.size()); ++at) {
        compare_gates(before.hashes[at], after.hashes[at], to);
    }
    const std::size_t exchanges = std::min(before.key_exchanges.size(), after.key_exchanges.size());
    for (std::size_t at = 0; at < exchanges; ++at) {
        compare_gates(before.key_exchanges[at].algorithm, after.key_exchanges[at].algorithm, to);
    }
    for (std::size_t at = 0; at < exchanges; ++at) {
        const KeyExchangeEffect& was = before.key_exchanges[at];
        const KeyExchangeEffect& is = after.key_exchanges[at];
        const auto compare = [&](std::string_view what, std::string_view role, const BitLimit& a, const BitLimit& b) {
            to.add(Kind::limit, std::string(is.algorithm.name).append(1, ' ').append(what), role, bits(a), bits(b),
                   both(a.basis, b.basis));
        };
        compare("client_min_bits", "client", was.client_min_bits, is.client_min_bits);
        compare("client_max_bits", "client", was.client_max_bits, is.client_max_bits);
        compare("server_min_bits", "server", was.server_min_bits, is.server_min_bits);
    }
}

const CurveEffect* find_curve(const CurvesEffect& curves, std::string_view name) {
    const auto found = std::ranges::find_if(curves.listed, [&](const CurveEffect& curve) {
        return utf::equal_no_case(curve.name, name);
    });
    return found == curves.listed.end() ? nullptr : &*found;
}

void compare_curves(const Effect& before, const Effect& after, Differences& to) {
    const auto describe_curve = [](const CurveEffect* curve) -> std::string {
        return curve == nullptr ? "not listed" : curve->usable ? "usable" : "blocked";
    };
    const auto of_either = [](const CurveEffect* was, const CurveEffect* is) {
        Surety surety;
        for (const CurveEffect* each : {was, is}) {
            if (each != nullptr) surety.rest_on(each->basis);
        }
        return surety;
    };
    const auto compare = [&](std::string_view name, const CurveEffect* was, const CurveEffect* is) {
        const bool matters = (was != nullptr && was->usable) || (is != nullptr && is->usable);
        if (!matters) return;
        to.add(Kind::curve, std::string(name), {}, describe_curve(was), describe_curve(is),
               of_either(was, is));
    };
    for (const CurveEffect& curve : after.curves.listed) {
        if (find_curve(after.curves, curve.name) == &curve) compare(curve.name, find_curve(before.curves, curve.name), &curve);
    }
    for (const CurveEffect& curve : before.curves.listed) {
        if (find_curve(before.curves, curve.name) != &curve || find_curve(after.curves, curve.name) != nullptr) continue;
        compare(curve.name, &curve, nullptr);
    }
    const auto shared = [](const CurvesEffect& curves, const CurvesEffect& other) {
        std::vector<std::string_view> names;
        for (const CurveEffect& curve : curves.listed) {
            const CurveEffect* twin = find_curve(other, curve.name);
            if (curve.usable && twin != nullptr && twin->usable && find_curve(curves, curve.name) == &curve) {
                names.push_back(curve.curve != nullptr ? curve.curve->name : std::string_view(curve.name));
            }
        }
        return names;
    };
    compare_order(Kind::curve_order, "curve order", shared(before.curves, after.curves), shared(after.curves, before.curves),
                  both(before.curves.basis, after.curves.basis), to);
}

std::string join(const std::vector<LayerProtocol>& protocols) {
    std::string text;
    for (const LayerProtocol& protocol : protocols) {
        if (!protocol.usable() && protocol.schannel != ProtocolState::uncertain) continue;
        text.append(text.empty() ? "" : ", ").append(protocol.name);
    }
    return text.empty() ? "nothing" : text;
}

Surety of_protocols(const std::vector<LayerProtocol>& protocols) {
    return {all_certain(protocols), all_undisputed(protocols)};
}

void compare_layers(const Effect& before, const Effect& after, Differences& to) {
    for (std::size_t at = 0; at < std::min(before.winhttp.size(), after.winhttp.size()); ++at) {
        const WinHttpEffect& was = before.winhttp[at];
        const WinHttpEffect& is = after.winhttp[at];
        to.add(Kind::layer, std::string("WinHTTP ").append(view_name(is.view)), "client", join(was.protocols), join(is.protocols),
               both(was.basis, is.basis).rest_on(of_protocols(was.protocols)).rest_on(of_protocols(is.protocols)));
    }
    for (std::size_t at = 0; at < std::min(before.dotnet.size(), after.dotnet.size()); ++at) {
        const DotnetEffect& was = before.dotnet[at];
        const DotnetEffect& is = after.dotnet[at];
        for (std::size_t each = 0; each < std::min(was.cases.size(), is.cases.size()); ++each) {
            std::string subject(".NET ");
            subject.append(is.version).append(1, ' ').append(view_name(is.view));
            subject.append(", applications targeting ").append(is.cases[each].target);
            to.add(Kind::layer, std::move(subject), "client", join(was.cases[each].protocols), join(is.cases[each].protocols),
                   Surety{}.rest_on(was.cases[each].certain, was.cases[each].assumed).rest_on(is.cases[each].certain, is.cases[each].assumed)
                       .rest_on(of_protocols(was.cases[each].protocols)).rest_on(of_protocols(is.cases[each].protocols)));
        }
    }
    const auto on_off = [](bool on) { return std::string(on ? "on" : "off"); };
    to.add(Kind::layer, "FIPS mode", {}, on_off(before.fips.on), on_off(after.fips.on),
           both(before.fips.basis, after.fips.basis));
    const auto reachable = [](const RemoteDesktopEffect& effect) {
        return std::string(effect.reachable_by_tls ? "reachable" : "not reachable");
    };
    to.add(Kind::layer, "remote desktop over TLS", "server", reachable(before.remote_desktop), reachable(after.remote_desktop),
           both(before.remote_desktop.basis, after.remote_desktop.basis));
}

void compare_settings(const Effect& before, const Effect& after, Differences& to) {
    const RenegotiationEffect& was = before.renegotiation;
    const RenegotiationEffect& is = after.renegotiation;
    const auto mode = [](Renegotiation each, bool allowed) {
        return allowed ? std::string(renegotiation_name(each)) : std::string("refused");
    };
    to.add_roles(Kind::setting, "renegotiation", {mode(was.client, was.client_allowed), mode(was.server, was.server_allowed)},
                 {mode(is.client, is.client_allowed), mode(is.server, is.server_allowed)},
                 {both(was.client_basis, is.client_basis), both(was.server_basis, is.server_basis)});
    const auto offered = [](const Switch& each) { return std::string(each.on ? "offered" : "not offered"); };
    to.add(Kind::setting, "SHA-512 signatures", {}, offered(before.signatures.sha512), offered(after.signatures.sha512),
           both(before.signatures.sha512.basis, after.signatures.sha512.basis));
    for (const SettingEffect& setting : after.settings) {
        const auto earlier = std::ranges::find(before.settings, setting.name, &SettingEffect::name);
        to.add(Kind::setting, std::string(setting.name), {}, earlier == before.settings.end() ? "not there" : earlier->text,
               setting.text, earlier == before.settings.end() ? Surety{}.rest_on(setting.basis) : both(earlier->basis, setting.basis));
    }
}

}  // namespace

std::vector<EffectDifference> difference(const Effect& before, const Effect& after) {
    Differences differences;
    compare_protocols(before, after, differences);
    compare_suites(before, after, differences);
    compare_algorithms(before, after, differences);
    compare_curves(before, after, differences);
    compare_layers(before, after, differences);
    compare_settings(before, after, differences);
    return differences.take();
}

}  // namespace schancfg::effect
