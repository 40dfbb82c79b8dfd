// Alarms as findings: each at the value of the file that most likely caused it.
#include <algorithm>
#include <array>

#include "lint/subject.hpp"
#include "schancfg/lint/alarms.hpp"

namespace schancfg::lint {
namespace {

using facts::Role;

const Item* of_switches(const Subject& subject, Role role) {
    for (const std::string_view version : {"TLS 1.2", "TLS 1.3", "TLS 1.1", "TLS 1.0"}) {
        const std::string path = std::string(schannel_path).append("\\Protocols\\").append(version).append(1, '\\').append(facts::role_key(role));
        const effect::ProtocolState state = subject.protocol(version, role);
        if (state == effect::ProtocolState::on) continue;
        for (const std::string_view name : {"Enabled", "DisabledByDefault"}) {
            if (const Item* item = subject.find(path, name)) return item;
        }
    }
    return nullptr;
}

// A list first, then the first switch of an algorithm that is off.
const Item* of_suites(const Subject& subject) {
    if (const effect::Effect* effect = subject.effect()) {
        if (const Item* item = subject.find(effect->cipher_suites.basis)) return item;
    }
    for (const Item& item : subject.items()) {
        const bool algorithm = item.below.starts_with("CIPHERS\\") || item.below.starts_with("HASHES\\") || item.below.starts_with("KEYEXCHANGEALGORITHMS\\");
        if (algorithm && item.is("Enabled") && item.number() == 0U) return &item;
    }
    return nullptr;
}

const Item* of_layers(const Subject& subject, bool winhttp) {
    if (subject.effect() == nullptr) return nullptr;
    if (winhttp) {
        for (const effect::WinHttpEffect& view : subject.effect()->winhttp) {
            if (const Item* item = subject.find(view.basis)) return item;
        }
        return nullptr;
    }
    for (const effect::DotnetEffect& of : subject.effect()->dotnet) {
        for (const effect::Switch* each : {&of.strong_crypto, &of.system_default_tls_versions}) {
            if (const Item* item = subject.find(each->basis)) return item;
        }
    }
    return nullptr;
}

const Item* to_blame(const Subject& subject, const Alarm& alarm) {
    const Rule rule = alarm.rule->rule;
    const Role role = alarm.role.value_or(Role::client);
    const Item* switches = of_switches(subject, role);
    if (switches == nullptr && !alarm.role) switches = of_switches(subject, Role::server);
    if (rule == Rule::curve_list_dead) {
        if (const Item* item = subject.find(subject.effect()->curves.basis)) return item;
    }
    if (rule == Rule::winhttp_nothing_left || rule == Rule::dotnet_nothing_left) {
        const Item* layer = of_layers(subject, rule == Rule::winhttp_nothing_left);
        return layer != nullptr ? layer : switches;
    }
    constexpr std::array of_lists{Rule::curve_list_dead,   Rule::no_modern_peer,     Rule::no_suite_left,      Rule::only_ecdsa_suites,
                                  Rule::only_rsa_suites, Rule::only_tls13_suites, Rule::tls13_without_suite};
    const bool suites_first = std::ranges::find(of_lists, rule) != of_lists.end();
    const Item* suites = of_suites(subject);
    if (suites_first && suites != nullptr) return suites;
    return switches != nullptr ? switches : suites;
}

}  // namespace

void lint_alarms(Subject& subject) {
    const Alarms alarms = subject.effect() != nullptr ? alarms_between(subject.untouched_effect(), *subject.effect())
                                                      : alarms_between(registry::Tree{}, subject.state());
    for (const Alarm& alarm : alarms) {
        const Item* item = to_blame(subject, alarm);
        // lint_curves has said it where the list itself is dead.
        if (alarm.rule->rule == Rule::curve_list_dead && !subject.effect()->curves.any_usable() && subject.find(subject.effect()->curves.basis) != nullptr) continue;
        if (item != nullptr) {
            subject.report(alarm.rule->rule, *item, alarm.message, alarm.severity);
        } else {
            subject.report(alarm.rule->rule, alarm.message, alarm.severity);
        }
    }
}

}  // namespace schancfg::lint
