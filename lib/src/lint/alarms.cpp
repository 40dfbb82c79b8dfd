#include "schancfg/lint/alarms.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "lint/services.hpp"
#include "lint/subject.hpp"
#include "lint/todays_peers.hpp"
#include "schancfg/schannel/protocol_state.hpp"
#include "schancfg/utf.hpp"
#include "words.hpp"

namespace schancfg::lint {
namespace {

using effect::Answer;
using effect::Effect;
using effect::ProtocolReach;
using effect::ReachState;
using effect::RoleReach;
using facts::Role;

constexpr std::array roles{Role::client, Role::server};
constexpr std::array<std::string_view, 4> tls_versions{"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};

std::string_view people(std::optional<Role> role) { return !role ? "clients and servers" : *role == Role::client ? "clients" : "servers"; }

/// What is wrong, without the role that it is wrong for.
struct Trouble {
    Rule rule = Rule::no_protocol_left;
    Severity severity = Severity::error;
    bool certain = true, locks_out = false;
    std::string before_role, after_role = {};
    std::string fix = {};
    bool operator==(const Trouble&) const = default;
};
using Troubles = std::vector<Trouble>;

Alarm alarm_of(const Trouble& trouble, std::optional<Role> role) {
    Alarm alarm;
    alarm.rule = &lint_rule(trouble.rule);
    alarm.severity = trouble.severity;
    alarm.certain = trouble.certain;
    alarm.locks_out = trouble.locks_out;
    alarm.role = role;
    alarm.message = std::string(trouble.before_role).append(people(role)).append(trouble.after_role);
    alarm.fix = trouble.fix.empty() ? std::string(alarm.rule->fix) : trouble.fix;
    return alarm;
}

// What both roles have is reported once.
void add_joined(Alarms& alarms, const std::array<Troubles, 2>& of) {
    for (const Trouble& trouble : of[0]) {
        const bool both = std::ranges::find(of[1], trouble) != of[1].end();
        alarms.push_back(alarm_of(trouble, both ? std::nullopt : std::optional(Role::client)));
    }
    for (const Trouble& trouble : of[1]) {
        if (std::ranges::find(of[0], trouble) == of[0].end()) alarms.push_back(alarm_of(trouble, Role::server));
    }
}

bool any_tls(const RoleReach& reach, auto wanted) {
    return std::ranges::any_of(tls_versions, [&](std::string_view version) {
        const ProtocolReach* protocol = reach.find(version);
        return protocol != nullptr && wanted(*protocol);
    });
}

/// What TLS 1.0 to 1.3 give together. SSL 3.0 counts for nothing: anyone who is left with it can connect to nobody.
struct Left {
    Answer at_all = Answer::no, by_default = Answer::no, rsa = Answer::no, ecdsa = Answer::no;
};

Left left_of(const Effect& effect, Role role) {
    using effect::stronger;
    using effect::weaker;
    const RoleReach& reach = effect.reach(role);
    Left left;
    for (const std::string_view version : tls_versions) {
        const ProtocolReach& protocol = *reach.find(version);
        const Answer by_default = protocol.by_default();
        left.at_all = stronger(left.at_all, protocol.usable());
        left.by_default = stronger(left.by_default, by_default);
        left.rsa = stronger(left.rsa, weaker(by_default, protocol.rsa));
        left.ecdsa = stronger(left.ecdsa, weaker(by_default, protocol.ecdsa));
    }
    return left;
}

bool lists_tls13_alone(const Effect& effect) {
    const auto& listed = effect.cipher_suites.listed;
    return !listed.empty() && std::ranges::all_of(listed, [](const effect::SuiteEffect& suite) {
        return suite.suite != nullptr && suite.suite->min_protocol == "TLS 1.3";
    });
}

// Of nothing being left: whether the switches or the suites are to blame.
Trouble nothing_left(const Effect& effect, const RoleReach& reach) {
    const bool switched_on = any_tls(reach, [](const ProtocolReach& protocol) { return protocol.state == ReachState::no_suite; });
    if (!switched_on) return {.rule = Rule::no_protocol_left, .before_role = "no TLS version is left for "};
    if (lists_tls13_alone(effect) && reach.find("TLS 1.3")->state != ReachState::no_suite) {
        return {.rule = Rule::only_tls13_suites, .before_role = "the list holds suites of TLS 1.3 alone, and TLS 1.3 is not on for "};
    }
    return {.rule = Rule::no_suite_left, .before_role = "no cipher suite is left for "};
}

// That nothing is left is doubtful where sources disagree or are silent, not where a file does not say: of a part of a state, only a list by policy, over
// which nothing stands, is doubtful by itself.
bool is_doubtful(const Effect& effect, const Left& left) {
    const effect::Basis& list = effect.cipher_suites.basis;
    const bool by_policy = list.origin.kind == effect::OriginKind::policy && !list.undisputed();
    return left.by_default == Answer::unknown && (effect.assumed.empty() || by_policy);
}

std::optional<Trouble> lock_out(const Effect& before, const Effect& after, Role role) {
    const Left was = left_of(before, role);
    const RoleReach& reach = after.reach(role);
    const Left is = left_of(after, role);
    if (is.at_all == Answer::no) {
        if (was.at_all == Answer::no) return std::nullopt;
        Trouble trouble = nothing_left(after, reach);
        trouble.locks_out = true;
        return trouble;
    }
    if (is.by_default == Answer::no && was.by_default != Answer::no) {
        return Trouble{.rule = Rule::no_default_protocol, .locks_out = true, .before_role = "no TLS version is on by default for ",
                       .after_role = "; only programs that name one can connect"};
    }
    if (is.by_default == Answer::no) return std::nullopt;
    // Of a hole as well: whichever becomes of it, nobody takes what is left.
    if (reaches_todays_peers(after, role) == Answer::no && reaches_todays_peers(before, role) != Answer::no) {
        return Trouble{.rule = Rule::no_modern_peer, .locks_out = true,
                       .before_role = role == Role::client ? "no server of today takes what is left for " : "no browser of today takes what is left for "};
    }
    if (is_doubtful(after, is) && was.by_default != Answer::no && !is_doubtful(before, was) && reach.hole.empty()) {
        Trouble trouble = nothing_left(after, reach);
        if (any_tls(reach, [](const ProtocolReach& protocol) { return protocol.state == ReachState::on || protocol.state == ReachState::on_request; })) {
            trouble = {.rule = Rule::no_suite_left, .before_role = "no cipher suite is left for "};
        }
        trouble.severity = Severity::warning;
        trouble.certain = false;
        trouble.before_role.insert(0, "perhaps ");
        return trouble;
    }
    return std::nullopt;
}

// The groups that its list leaves to elliptic curves.
bool has_group(const RoleReach& reach) {
    return any_tls(reach, [](const ProtocolReach& protocol) { return protocol.by_default() != Answer::no && protocol.any_group != Answer::no; });
}

Troubles of_role(const Effect& before, const Effect& after, Role role) {
    Troubles found;
    if (auto lost = lock_out(before, after, role)) found.push_back(std::move(*lost));
    const RoleReach& reach = after.reach(role);
    const Left was = left_of(before, role);
    const Left is = left_of(after, role);
    if (is.by_default == Answer::no) return found;
    if (!reach.hole.empty() && before.reach(role).hole.empty()) {
        const bool unread = after.protocol(reach.hole)->of(role).basis.unread;
        found.push_back({.rule = Rule::tls13_without_suite, .severity = Severity::warning, .certain = false,
                         .before_role = unread ? std::string("no suite of ").append(reach.hole).append(" is left for ")
                                               : std::string(reach.hole).append(" is on, but none of its suites is left for "),
                         .after_role = unread ? "; where it is on, connections may use an older version or fail"
                                              : "; connections may use an older version or fail",
                         .fix = "Add TLS_AES_256_GCM_SHA384 and TLS_AES_128_GCM_SHA256 to the list, or turn TLS 1.3 off."});
    }
    if (is.rsa == Answer::no && was.rsa != Answer::no) {
        found.push_back({.rule = Rule::only_ecdsa_suites, .severity = Severity::warning,
                         .before_role = "no cipher suite for an RSA certificate is left for "});
    }
    if (is.ecdsa == Answer::no && was.ecdsa != Answer::no) {
        // Servers with RSA certificates do not miss them; clients meet servers with nothing else.
        found.push_back({.rule = Rule::only_rsa_suites, .severity = role == Role::client ? Severity::warning : Severity::note,
                         .before_role = "no cipher suite for an ECDSA certificate is left for "});
    }
    // Before Windows 10 the names of suites carry the curves: nothing of a list is lost there.
    if (after.curves.has_list && !has_group(reach) && has_group(before.reach(role))) {
        found.push_back({.rule = Rule::curve_list_dead, .before_role = "no group is left for ECDHE and TLS 1.3 of "});
    }
    return found;
}

/// What is reported of a layer, by view: of both views in one sentence.
class LayerLoss {
public:
    void add(effect::View view, std::string_view target) {
        auto found = std::ranges::find(losses_, target, [](const auto& each) { return each.first; });
        if (found == losses_.end()) found = losses_.insert(losses_.end(), {target, {}});
        (view == effect::View::bits64 ? found->second[0] : found->second[1]) = true;
    }
    /// `programs`, `64-bit programs`; the targets that have lost it there.
    [[nodiscard]] std::vector<std::pair<std::string_view, std::vector<std::string_view>>> reported() const {
        std::vector<std::pair<std::string_view, std::vector<std::string_view>>> out;
        for (const auto& [target, views] : losses_) {
            const std::string_view who = views[0] && views[1] ? "programs" : views[0] ? "64-bit programs" : "32-bit programs";
            auto found = std::ranges::find(out, who, [](const auto& each) { return each.first; });
            if (found == out.end()) found = out.insert(out.end(), {who, {}});
            found->second.push_back(target);
        }
        return out;
    }

private:
    std::vector<std::pair<std::string_view, std::array<bool, 2>>> losses_;
};

Alarm of_layer(Rule rule, Severity severity, std::string message) {
    Alarm alarm;
    alarm.rule = &lint_rule(rule);
    alarm.severity = severity;
    alarm.role = Role::client;
    alarm.message = std::move(message);
    alarm.fix = alarm.rule->fix;
    return alarm;
}

void add_winhttp(Alarms& alarms, const Effect& before, const Effect& after) {
    LayerLoss loss;
    bool asked = false;
    for (std::size_t i = 0; i < std::min(before.winhttp.size(), after.winhttp.size()); ++i) {
        const effect::WinHttpEffect& view = after.winhttp[i];
        if (!view.basis.certain || effect::any_works(view.protocols) != Answer::no) continue;
        if (effect::any_works(before.winhttp[i].protocols) == Answer::no) continue;
        asked = asked || view.basis.origin.kind == effect::OriginKind::registry_value;
        loss.add(view.view, "");
    }
    for (const auto& [who, targets] : loss.reported()) {
        alarms.push_back(of_layer(Rule::winhttp_nothing_left, asked ? Severity::error : Severity::warning,
                                  std::string("no protocol is left for ").append(who).append(" that use WinHTTP and choose none")));
    }
}

void add_dotnet(Alarms& alarms, const Effect& before, const Effect& after) {
    LayerLoss loss;
    for (std::size_t i = 0; i < std::min(before.dotnet.size(), after.dotnet.size()); ++i) {
        const effect::DotnetEffect& of = after.dotnet[i];
        for (std::size_t at = 0; at < std::min(before.dotnet[i].cases.size(), of.cases.size()); ++at) {
            const effect::DotnetCase& each = of.cases[at];
            if (!each.basis.certain || effect::any_works(each.protocols) != Answer::no) continue;
            if (effect::any_works(before.dotnet[i].cases[at].protocols) == Answer::no) continue;
            loss.add(of.view, each.target);
        }
    }
    for (const auto& [who, targets] : loss.reported()) {
        alarms.push_back(of_layer(Rule::dotnet_nothing_left, Severity::warning,
                                  std::string("no protocol is left for ").append(who).append(" that target .NET Framework ").append(series(targets, " or ")).append(" and choose none")));
    }
}

bool is_off(const registry::Tree& state, std::string_view protocol, Role role) {
    const registry::KeyPath key = registry::KeyPath(registry::Root::local_machine, std::string(schannel_path))
                                      .child("Protocols").child(protocol).child(facts::role_key(role));
    const auto judged = schannel::judge(state.find_value(key, "Enabled"), state.find_value(key, "DisabledByDefault"),
                                        schannel::default_state(nullptr, role, protocol));
    return judged.state == effect::ProtocolState::off;
}

bool all_off(const registry::Tree& state, Role role) {
    return std::ranges::all_of(tls_versions, [&](std::string_view version) { return is_off(state, version, role); });
}

bool is_list(const plan::Change& change, std::string_view path) {
    static constexpr std::string_view functions = "Functions";
    return change.value_name && change.after && utf::equal_no_case(*change.value_name, functions) &&
           change.key == registry::KeyPath(registry::Root::local_machine, std::string(path));
}

}  // namespace

Alarms alarms_between(const Effect& before, const Effect& after) {
    Alarms alarms;
    add_joined(alarms, {of_role(before, after, Role::client), of_role(before, after, Role::server)});
    add_service_alarms(alarms, before, after);
    // Layers that are left with nothing although Schannel's clients are not.
    if (left_of(after, Role::client).by_default != Answer::no) {
        add_winhttp(alarms, before, after);
        add_dotnet(alarms, before, after);
    }
    sort_alarms(alarms);
    return alarms;
}

Alarms alarms_between(const registry::Tree& before, const registry::Tree& after) {
    std::array<Troubles, 2> found;
    for (const Role role : roles) {
        if (!all_off(after, role) || all_off(before, role)) continue;
        found[static_cast<std::size_t>(role)].push_back({.rule = Rule::no_protocol_left, .locks_out = true, .before_role = "no TLS version is left for "});
    }
    Alarms alarms;
    add_joined(alarms, found);
    return alarms;
}

Alarms writes_in_vain(const plan::Plan& plan, const registry::Tree& after) {
    Alarms alarms;
    const auto add = [&](Rule rule, std::string message, bool certain) {
        Alarm alarm;
        alarm.rule = &lint_rule(rule);
        alarm.severity = alarm.rule->severity;
        alarm.certain = certain;
        alarm.message = std::move(message);
        alarm.fix = alarm.rule->fix;
        alarms.push_back(std::move(alarm));
    };
    const registry::KeyPath policy(registry::Root::local_machine, std::string(policy_suites_path));
    for (const plan::Change& change : plan.changes) {
        if (is_list(change, local_suites_path) && after.find_value(policy, "Functions") != nullptr) {
            add(Rule::policy_shadows_local, "the list of cipher suites that is written has no effect: a policy list replaces it", true);
        }
        if (!is_list(change, policy_suites_path)) continue;
        const auto list = list_of(*change.after);
        if (list && list->text.size() > longest_policy_list) {
            add(Rule::policy_list_too_long, "the policy list has " + std::to_string(list->text.size()) +
                                            " characters, and Windows takes 1,023: what stands behind them is lost, and how it cuts is not documented",
                true);
        }
    }
    sort_alarms(alarms);
    return alarms;
}

void sort_alarms(Alarms& alarms) {
    std::ranges::stable_sort(alarms, std::ranges::greater{}, [](const Alarm& alarm) { return std::pair(alarm.severity, alarm.locks_out); });
}

bool locks_out(const Alarms& alarms) { return std::ranges::any_of(alarms, &Alarm::locks_out); }

}  // namespace schancfg::lint
