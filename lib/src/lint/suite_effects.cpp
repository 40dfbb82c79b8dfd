#include <algorithm>
#include <array>

#include "effect/reader.hpp"
#include "lint/lists.hpp"
#include "lint/subject.hpp"

namespace schancfg::lint {
namespace {

using facts::Role;
using Names = std::vector<std::string>;

bool blocked_by(const effect::SuiteEffect& suite, effect::GateKind kind) {
    return std::ranges::any_of(suite.blocked_by, [kind](const effect::Gate& gate) { return gate.kind == kind; });
}

/// `TLS_X_P256` is `TLS_X`.
std::string_view plain(std::string_view name) {
    const std::size_t suffix = name.rfind("_P");
    return suffix == std::string_view::npos ? name : name.substr(0, suffix);
}

// A dead name beside its living twin is what lists for several releases look like.
void lint_names(Subject& subject, const Item& item, const effect::CipherSuitesEffect& suites) {
    Names dead, dead_beside_twin, unknown;
    for (const effect::SuiteEffect& suite : suites.listed) {
        if (blocked_by(suite, effect::GateKind::dead_name)) {
            (suites.find(plain(suite.name)) != nullptr ? dead_beside_twin : dead).push_back(suite.name);
        } else if (blocked_by(suite, effect::GateKind::unknown_name) && suite.suite != nullptr &&
                   (suite.suite->in_schannel || !suite.suite->curve_suffix.empty())) {
            unknown.push_back(suite.name);
        }
    }
    const auto tell = [](const Names& names) {
        return count_of(names.size(), "name with a curve may be dead here (not certain): ", "names with a curve may be dead here (not certain): ") + some_of(names);
    };
    report_names(subject, Rule::suite_name_dead, item, dead, tell);
    report_names(subject, Rule::suite_name_dead, item, dead_beside_twin, tell, Severity::note);
    // Names of TLS 1.3 stand in the lists of Windows 10 as well, which does not have it.
    const bool all_known = subject.profile == nullptr;
    report_names(subject, Rule::suite_name_unknown, item, unknown, [](const Names& names) { return "not known to this release: " + some_of(names); },
                 all_known && std::ranges::all_of(unknown, [](const std::string& name) { return name.find("_WITH_") == std::string::npos; })
                     ? std::optional(Severity::note)
                     : std::nullopt);
}

void lint_secrecy(Subject& subject, const Item& item, const effect::CipherSuitesEffect& suites) {
    const auto secret = [](const effect::SuiteEffect& suite) {
        return suite.suite != nullptr && (suite.suite->key_exchange == "ECDHE" || suite.suite->key_exchange == "DHE");
    };
    const auto usable = [](const effect::SuiteEffect& suite) { return suite.usable(); };
    // Where nothing at all is left there is an alarm.
    if (std::ranges::none_of(suites.listed, usable) || std::ranges::none_of(suites.listed, secret)) return;
    if (std::ranges::any_of(suites.listed, [&](const effect::SuiteEffect& suite) { return secret(suite) && (usable(suite) || suite.use_basis.unread); })) return;
    subject.report(Rule::forward_secrecy_lost, item, "the list names suites with ECDHE or DHE, and none of them can be used");
}

// HTTP.sys speaks HTTP/2 since Windows 10 and Server 2016.
void lint_http2(Subject& subject, const Item& item, const effect::Effect& effect) {
    if (effect.release->build < effect::windows_10) return;
    const effect::SuiteEffect* forbidden = nullptr;
    for (const effect::SuiteEffect& suite : effect.cipher_suites.listed) {
        if (suite.suite == nullptr || suite.use(Role::server) != effect::SuiteUse::yes || suite.use_basis.unread || suite.suite->max_protocol != "TLS 1.2") continue;
        if (suite.suite->http2_blocklisted) {
            if (forbidden == nullptr) forbidden = &suite;
        } else if (forbidden != nullptr) {
            subject.report(Rule::http2_blocklisted_first, item, forbidden->name + " stands above " + suite.name + ", and HTTP/2 forbids it", {},
                           subject.place_of(item, forbidden->name));
            return;
        }
    }
}

void lint_dhe(Subject& subject, const Item& item, const effect::Effect& effect) {
    if (!effect.dhe_fault.on) return;
    Names names;
    for (const effect::SuiteEffect& suite : effect.cipher_suites.listed) {
        if (suite.suite != nullptr && suite.suite->key_exchange == "DHE" && suite.usable() && !suite.use_basis.unread) names.push_back(suite.name);
    }
    const bool certain = effect.dhe_fault.basis.certain;
    report_names(subject, Rule::dhe_leading_zero, item, names, [certain](const Names& some) {
        return std::string("about one handshake in 256 fails here").append(certain ? "" : " without KB4537806 or KB4540670") + ": " + some_of(some);
    });
}

}  // namespace

void lint_suite_effects(Subject& subject) {
    const effect::Effect* effect = subject.effect();
    if (effect == nullptr) return;
    // Names are dead in a list whether it rules or not.
    if (const Item* local = effect->cipher_suites.local_shadowed ? subject.find(local_suites_path, "Functions") : nullptr) {
        lint_names(subject, *local, subject.effect_without_policy_list().cipher_suites);
    }
    const Item* item = subject.find(effect->cipher_suites.basis);
    if (item == nullptr) return;
    lint_names(subject, *item, effect->cipher_suites);
    if (effect->cipher_suites.basis.unread) return;
    lint_secrecy(subject, *item, effect->cipher_suites);
    lint_http2(subject, *item, *effect);
    lint_dhe(subject, *item, *effect);
}

}  // namespace schancfg::lint
