#include <algorithm>
#include <functional>
#include <set>

#include "lint/lists.hpp"
#include "lint/subject.hpp"
#include "schancfg/facts/weak.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/utf.hpp"
#include "words.hpp"

namespace schancfg::lint {

void report_names(Subject& subject, Rule rule, const Item& item, const std::vector<std::string>& names,
                  const std::function<std::string(const std::vector<std::string>&)>& message, std::optional<Severity> severity) {
    // Names of one place share a finding: a list in a registry has a single place, one in a profile a place for each name.
    std::vector<std::pair<Span, std::vector<std::string>>> places;
    for (const std::string& name : names) {
        Span place = subject.place_of(item, name);
        const auto found = std::ranges::find_if(places, [&](const auto& each) { return each.first == place; });
        if (found == places.end()) {
            places.push_back({std::move(place), {name}});
        } else {
            found->second.push_back(name);
        }
    }
    for (auto& [place, of_place] : places) subject.report(rule, item, message(of_place), severity, place);
}

std::vector<std::string> duplicates_of(const std::vector<std::string>& names, const std::function<std::string(const std::string&)>& identity) {
    std::set<std::string> seen;
    std::vector<std::string> twice;
    for (const std::string& name : names) {
        if (!seen.insert(utf::fold_case(identity(name))).second) twice.push_back(name);
    }
    return twice;
}

namespace {

std::string says(std::string_view before, const std::vector<std::string>& names) { return std::string(before).append(some_of(names)); }

bool is_default_list(const Subject& subject, const NameList& list) {
    if (subject.release() == nullptr) return false;
    std::vector<std::string_view> by_default;
    for (const facts::ReleaseSuite& row : facts::suites_of(*subject.release())) {
        if (row.list == facts::SuiteList::enabled) by_default.push_back(row.suite);
    }
    return !by_default.empty() && std::ranges::equal(list.names, by_default);
}

void lint_policy_form(Subject& subject, const Item& item, const NameList& list) {
    const std::string& text = list.text;
    const bool blank = std::ranges::any_of(list.names, [](const std::string& name) { return trimmed(name).size() != name.size(); });
    const bool empty_place = text.starts_with(',') || text.ends_with(',') || text.find(",,") != std::string::npos;
    if (text.find(';') != std::string::npos) {
        subject.report(Rule::policy_list_semicolons, item, "the policy list holds semicolons; Windows separates names by commas");
    }
    if (blank || empty_place) {
        subject.report(Rule::policy_list_blanks, item, std::string("the policy list holds ").append(blank ? "blanks" : "a comma with no name beside it"));
    }
    if (text.size() > longest_policy_list) {
        const bool copied = is_default_list(subject, list);
        subject.report(copied ? Rule::policy_copies_default : Rule::policy_list_too_long, item,
                       std::string(copied ? "the default list, copied into the policy, has " : "the policy list has ")
                           .append(std::to_string(text.size()))
                           .append(" characters; 1,023 are taken"));
    }
    subject.report(Rule::policy_list_set, item, "a policy list is set: the TLS cmdlets of PowerShell cannot change what is used");
}

void lint_local_form(Subject& subject, const Item& item) {
    const auto texts = item.value()->as_strings();
    if (texts && std::ranges::any_of(*texts, [](const std::string& text) { return text.find(',') != std::string::npos; })) {
        subject.report(Rule::local_list_joined, item, "names are joined by commas in one string");
    }
    if (subject.release() != nullptr) {
        const registry::Tree untouched = schannel::untouched(*subject.release());
        const registry::Value* held = untouched.find_value(item.wanted->key, "Functions");
        if (held != nullptr && held->as_strings() && texts && *held->as_strings() == *texts) return;
        const effect::CipherSuitesEffect& effect = subject.effect()->cipher_suites;
        if (effect.basis.rule == effect::BasisRule::suite_list_default && effect.is_default) return;  // in another form
    }
    subject.report(Rule::local_list_edited, item, "the list of the machine is changed; servicing may undo that");
}

void lint_gates(Subject& subject, const Item& item, const std::vector<const facts::CipherSuite*>& suites) {
    struct Gate {
        std::string_view section, name;
    };
    const auto closed = [&](const Gate& gate) {
        return !gate.name.empty() &&
               subject.number(std::string(schannel_path).append(1, '\\').append(gate.section).append(1, '\\').append(gate.name), "Enabled") == 0U;
    };
    std::vector<std::pair<std::string_view, std::vector<std::string>>> blocked;
    for (const facts::CipherSuite* suite : suites) {
        const std::string_view hash = suite->hashes_key_contested ? std::string_view{} : suite->hashes_key;
        for (const Gate& gate : {Gate{"Ciphers", suite->ciphers_key}, Gate{"Hashes", hash}, Gate{"KeyExchangeAlgorithms", suite->kex_key}}) {
            if (!closed(gate)) continue;
            auto found = std::ranges::find(blocked, gate.name, &std::pair<std::string_view, std::vector<std::string>>::first);
            if (found == blocked.end()) found = blocked.insert(blocked.end(), {gate.name, {}});
            found->second.emplace_back(suite->name);
        }
    }
    for (const auto& row : blocked) {
        report_names(subject, Rule::suite_blocked, item, row.second, [&](const std::vector<std::string>& some) {
            return says("the switch of " + std::string(row.first) + " is off, and the list names ", some);
        });
    }
}

void lint_members(Subject& subject, const Item& item, const NameList& list) {
    std::vector<std::string> unknown, foreign, lookalike, weak, without_secrecy;
    std::vector<const facts::CipherSuite*> suites;
    for (const std::string& name : list.names) {
        const std::string_view bare = trimmed(name);
        const facts::CipherSuite* suite = facts::find_cipher_suite(bare);
        if (!is_ascii(bare)) {
            lookalike.push_back(name);
        } else if (suite == nullptr) {
            unknown.push_back(name);
        } else if (!suite->in_schannel && suite->curve_suffix.empty()) {
            foreign.push_back(name);
        } else if (facts::is_weak_suite(*suite)) {
            weak.push_back(name);
        } else if (!suite->forward_secrecy && suite->key_exchange == "RSA") {
            without_secrecy.push_back(name);
        }
        if (suite != nullptr) suites.push_back(suite);
    }
    using Names = std::vector<std::string>;
    report_names(subject, Rule::lookalike_character, item, lookalike,
                 [](const Names& names) { return says("a name holds a character that is not ASCII: ", names); });
    report_names(subject, Rule::suite_name_unknown, item, unknown, [](const Names& names) { return says("no release knows ", names); });
    report_names(subject, Rule::not_in_schannel, item, foreign, [](const Names& names) { return says("Schannel does not have ", names); });
    report_names(subject, Rule::weak_cipher_suite, item, weak, [](const Names& names) { return says("weak: ", names); });
    report_names(subject, Rule::no_forward_secrecy, item, without_secrecy,
                 [](const Names& names) { return says("without forward secrecy: ", names); });
    report_names(subject, Rule::duplicate_name, item, duplicates_of(list.names, [](const std::string& name) { return std::string(trimmed(name)); }),
                 [](const Names& names) { return says("twice in the list: ", names); });
    lint_gates(subject, item, suites);
}

}  // namespace

void lint_suite_lists(Subject& subject) {
    const Item* policy = subject.find(policy_suites_path, "Functions");
    const Item* local = subject.find(local_suites_path, "Functions");
    for (const Item* item : {policy, local}) {
        if (item == nullptr) continue;
        const auto list = list_of(*item->value());
        if (!list) continue;
        if (item == policy) {
            lint_policy_form(subject, *item, *list);
        } else {
            lint_local_form(subject, *item);
        }
        lint_members(subject, *item, *list);
    }
    const registry::KeyPath policy_key(registry::Root::local_machine, std::string(policy_suites_path));
    if (local != nullptr && subject.state().find_value(policy_key, "Functions") != nullptr) {
        subject.report(Rule::policy_shadows_local, *local, "the list of the machine is set, and the policy list rules instead");
    }
}

}  // namespace schancfg::lint
