#include "schancfg/effect/difference.hpp"

#include <algorithm>
#include <utility>

#include "schancfg/utf.hpp"

namespace schancfg::effect {
namespace {

using facts::Role;

/// A difference is as sure as its two answers are.
Surety both(const Basis& a, const Basis& b) {
    Surety surety;
    surety.rest_on(a.surety());
    surety.rest_on(b.surety());
    return surety;
}

EffectSubject about(Aspect aspect, std::string_view name = {}) {
    EffectSubject subject;
    subject.aspect = aspect;
    subject.name = name;
    return subject;
}

class Differences {
public:
    void add(EffectSubject subject, std::optional<Role> role, EffectValue before, EffectValue after, const Surety& surety) {
        if (before == after) return;
        all_.push_back({std::move(subject), role, std::move(before), std::move(after), surety});
    }
    /// One row when both roles say the same, else one a role.
    void add_roles(const EffectSubject& subject, const EffectValue (&before)[2], const EffectValue (&after)[2], const Surety (&certain)[2]) {
        if (before[0] == before[1] && after[0] == after[1]) {
            Surety surety = certain[0];
            surety.rest_on(certain[1]);
            add(subject, std::nullopt, before[0], after[0], surety);
            return;
        }
        for (const Role role : {Role::client, Role::server}) {
            const auto at = static_cast<std::size_t>(role);
            add(subject, role, before[at], after[at], certain[at]);
        }
    }
    [[nodiscard]] std::vector<EffectDifference> take() { return std::move(all_); }

private:
    std::vector<EffectDifference> all_;
};

void compare_protocols(const Effect& before, const Effect& after, Differences& to) {
    for (const ProtocolReach& protocol : after.reach(Role::client).protocols) {
        EffectValue was[2], is[2];
        Surety certain[2] = {};
        for (const Role role : {Role::client, Role::server}) {
            const auto at = static_cast<std::size_t>(role);
            const ProtocolReach* earlier = before.reach(role).find(protocol.name);
            const ProtocolReach* later = after.reach(role).find(protocol.name);
            was[at] = earlier == nullptr ? ReachState::not_supported : earlier->state;
            is[at] = later->state;
            if (earlier != nullptr) certain[at].rest_on(earlier->basis.surety());
            certain[at].rest_on(later->basis.surety());
        }
        to.add_roles(about(Aspect::protocol, protocol.name), was, is, certain);
    }
}

Standing standing(const SuiteEffect* suite, Role role) {
    if (suite == nullptr) return Standing::not_listed;
    switch (suite->use(role)) {
        case SuiteUse::yes: return Standing::usable;
        case SuiteUse::on_request: return Standing::on_request;
        case SuiteUse::no: break;
    }
    return Standing::blocked;
}

bool is_usable(const SuiteEffect* suite) { return suite != nullptr && suite->usable(); }

void compare_suite(std::string_view name, const SuiteEffect* earlier, const SuiteEffect* later, const Surety& lists, Differences& to) {
    // A name that neither list lets through has no effect, listed or not.
    if (!is_usable(earlier) && !is_usable(later)) return;
    EffectValue was[2], is[2];
    for (const Role role : {Role::client, Role::server}) {
        const auto at = static_cast<std::size_t>(role);
        was[at] = standing(earlier, role);
        is[at] = standing(later, role);
    }
    Surety certain;
    for (const SuiteEffect* each : {earlier, later}) certain.rest_on(each != nullptr ? each->use_basis.surety() : lists);
    to.add_roles(about(Aspect::suite, name), was, is, {certain, certain});
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

/// As sure as both lists, and as what is in use of them up to the place that differs.
template <class List, class BasisOf>
void compare_order(Aspect aspect, const std::vector<std::string_view>& before, const std::vector<std::string_view>& after, const List& list_before,
                   const List& list_after, BasisOf basis_of, Differences& to) {
    const auto [was, is] = std::ranges::mismatch(before, after);
    if (was == before.end() || is == after.end()) return;
    Surety certain = both(list_before.basis, list_after.basis);
    for (const auto& [list, last] : {std::pair(&list_before, *was), std::pair(&list_after, *is)}) {
        for (const auto& entry : list->listed) {
            certain.rest_on(basis_of(entry).surety());
            if (utf::equal_no_case(entry.name, last)) break;
        }
    }
    const auto position = static_cast<std::size_t>(was - before.begin()) + 1;
    to.add(about(aspect), std::nullopt, ListPlace{position, std::string(*was)}, ListPlace{position, std::string(*is)}, certain);
}

void compare_suites(const Effect& before, const Effect& after, Differences& to) {
    const CipherSuitesEffect& was = before.cipher_suites;
    const CipherSuitesEffect& is = after.cipher_suites;
    const Surety lists = both(was.basis, is.basis);
    for (std::size_t at = 0; at < is.listed.size(); ++at) {
        const SuiteEffect& entry = is.listed[at];
        if (first_named(is, at) != &entry) continue;
        compare_suite(entry.name, was.find(entry.name), &entry, lists, to);
    }
    for (std::size_t at = 0; at < was.listed.size(); ++at) {
        const SuiteEffect& entry = was.listed[at];
        if (first_named(was, at) != &entry || is.find(entry.name) != nullptr) continue;
        compare_suite(entry.name, &entry, nullptr, lists, to);
    }
    compare_order(Aspect::suite_order, shared_order(was, is), shared_order(is, was), was, is, [](const SuiteEffect& entry) -> const Basis& { return entry.use_basis; }, to);
}

KeyLength length(const BitLimit& limit) { return {limit.bits, limit.bits || limit.basis.undisputed()}; }

void compare_gates(const AlgorithmEffect& was, const AlgorithmEffect& is, Differences& to) {
    to.add(about(Aspect::algorithm, is.name), std::nullopt, was.state, is.state, both(was.basis, is.basis));
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
        const auto compare = [&](LengthEnd end, Role role, const BitLimit& a, const BitLimit& b) {
            EffectSubject subject = about(Aspect::limit, is.algorithm.name);
            subject.end = end;
            to.add(std::move(subject), role, length(a), length(b), both(a.basis, b.basis));
        };
        compare(LengthEnd::client_min, Role::client, was.client_min_bits, is.client_min_bits);
        compare(LengthEnd::client_max, Role::client, was.client_max_bits, is.client_max_bits);
        compare(LengthEnd::server_min, Role::server, was.server_min_bits, is.server_min_bits);
    }
}

const CurveEffect* find_curve(const CurvesEffect& curves, std::string_view name) {
    const auto found = std::ranges::find_if(curves.listed, [&](const CurveEffect& curve) {
        return utf::equal_no_case(curve.name, name);
    });
    return found == curves.listed.end() ? nullptr : &*found;
}

void compare_curves(const Effect& before, const Effect& after, Differences& to) {
    const auto standing_of = [](const CurveEffect* curve) {
        return curve == nullptr ? Standing::not_listed : curve->usable ? Standing::usable : Standing::blocked;
    };
    const Surety lists = both(before.curves.basis, after.curves.basis);
    const auto of_either = [&](const CurveEffect* was, const CurveEffect* is) {
        Surety surety;
        for (const CurveEffect* each : {was, is}) surety.rest_on(each != nullptr ? each->basis.surety() : lists);
        return surety;
    };
    const auto compare = [&](std::string_view name, const CurveEffect* was, const CurveEffect* is) {
        const bool matters = (was != nullptr && was->usable) || (is != nullptr && is->usable);
        if (!matters) return;
        to.add(about(Aspect::curve, name), std::nullopt, standing_of(was), standing_of(is), of_either(was, is));
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
    compare_order(Aspect::curve_order, shared(before.curves, after.curves), shared(after.curves, before.curves), before.curves, after.curves,
                  [](const CurveEffect& curve) -> const Basis& { return curve.basis; }, to);
}

ProtocolNames names_of(const std::vector<LayerProtocol>& protocols) {
    ProtocolNames found;
    for (const LayerProtocol& protocol : protocols) {
        const bool perhaps = protocol.schannel == ProtocolState::uncertain && protocol.works != Answer::no;
        if (protocol.usable() || perhaps) found.names.push_back(protocol.name);
    }
    return found;
}

void compare_layers(const Effect& before, const Effect& after, Differences& to) {
    for (std::size_t at = 0; at < std::min(before.winhttp.size(), after.winhttp.size()); ++at) {
        const WinHttpEffect& was = before.winhttp[at];
        const WinHttpEffect& is = after.winhttp[at];
        EffectSubject subject = about(Aspect::winhttp);
        subject.view = is.view;
        to.add(std::move(subject), Role::client, names_of(was.protocols), names_of(is.protocols),
               both(joined(was.basis, was.protocols), joined(is.basis, is.protocols)));
    }
    for (std::size_t at = 0; at < std::min(before.dotnet.size(), after.dotnet.size()); ++at) {
        const DotnetEffect& was = before.dotnet[at];
        const DotnetEffect& is = after.dotnet[at];
        for (std::size_t each = 0; each < std::min(was.cases.size(), is.cases.size()); ++each) {
            EffectSubject subject = about(Aspect::dotnet);
            subject.view = is.view;
            subject.version = is.version;
            subject.target = is.cases[each].target;
            to.add(std::move(subject), Role::client, names_of(was.cases[each].protocols), names_of(is.cases[each].protocols),
                   both(joined(was.cases[each].basis, was.cases[each].protocols), joined(is.cases[each].basis, is.cases[each].protocols)));
            // Suites that the whole machine loses or gets are said above.
            if (uses_strong_crypto(was.cases[each]) == uses_strong_crypto(is.cases[each])) continue;
            EffectSubject suites = about(Aspect::dotnet_weak_suites);
            suites.view = is.view;
            suites.version = is.version;
            suites.target = is.cases[each].target;
            to.add(std::move(suites), Role::client, !was.cases[each].weak_suites.empty(), !is.cases[each].weak_suites.empty(),
                   both(was.cases[each].basis, is.cases[each].basis));
        }
    }
    to.add(about(Aspect::fips), std::nullopt, before.fips.on, after.fips.on, both(before.fips.basis, after.fips.basis));
    const ServiceEffect& was = *before.service(facts::ServiceId::remote_desktop);
    const ServiceEffect& is = *after.service(facts::ServiceId::remote_desktop);
    to.add(about(Aspect::remote_desktop), Role::server, was.reachable, is.reachable, both(was.basis, is.basis));
}

void compare_settings(const Effect& before, const Effect& after, Differences& to) {
    const RenegotiationEffect& was = before.renegotiation;
    const RenegotiationEffect& is = after.renegotiation;
    to.add_roles(about(Aspect::renegotiation),
                 {RenegotiationAnswer{was.client_allowed, was.client}, RenegotiationAnswer{was.server_allowed, was.server}},
                 {RenegotiationAnswer{is.client_allowed, is.client}, RenegotiationAnswer{is.server_allowed, is.server}},
                 {both(was.client_basis, is.client_basis), both(was.server_basis, is.server_basis)});
    to.add(about(Aspect::sha512_signatures), std::nullopt, before.signatures.sha512.on, after.signatures.sha512.on,
           both(before.signatures.sha512.basis, after.signatures.sha512.basis));
    for (const SettingEffect& setting : after.settings) {
        const auto earlier = std::ranges::find(before.settings, setting.name, &SettingEffect::name);
        const bool known = earlier != before.settings.end();
        to.add(about(Aspect::setting, setting.name), std::nullopt,
               known ? EffectValue(SettingNumber{earlier->number, earlier->unit}) : EffectValue(), SettingNumber{setting.number, setting.unit},
               both(known ? earlier->basis : Basis{}, setting.basis));
    }
}

/// What of a number makes a difference.
std::optional<std::uint32_t> meaning(const SettingNumber& setting) {
    if (!setting.number) return std::nullopt;
    constexpr std::uint32_t documented_events = 7;
    switch (setting.unit) {
        case SettingUnit::yes_no:
        case SettingUnit::extended_master_secret: return std::min(*setting.number, 1U);
        case SettingUnit::events: return (*setting.number & documented_events) != 0 ? *setting.number & documented_events : *setting.number;
        default: return *setting.number;
    }
}

}  // namespace

bool SettingNumber::operator==(const SettingNumber& other) const { return unit == other.unit && meaning(*this) == meaning(other); }

bool is_open(const EffectValue& value) {
    if (const auto* reach = std::get_if<ReachState>(&value)) return *reach == ReachState::on;
    if (const auto* suite = std::get_if<Standing>(&value)) return *suite == Standing::usable;
    if (const auto* gate = std::get_if<GateState>(&value)) return *gate == GateState::on;
    const bool* yes = std::get_if<bool>(&value);
    return yes != nullptr && *yes;
}

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
