#include "lint/subject.hpp"

#include <algorithm>
#include <ranges>

#include "schancfg/registry/patch.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/protocol_state.hpp"
#include "schancfg/utf.hpp"
#include "schancfg/text.hpp"

namespace schancfg::lint {

using registry::KeyPath;
using registry::Root;

std::optional<std::uint32_t> Item::number() const {
    if (value() == nullptr) return std::nullopt;
    const auto read = value()->as_dword();
    return read ? std::optional(*read) : std::nullopt;
}

bool Item::is(std::string_view value_name) const { return utf::equal_no_case(wanted->name, value_name); }

Subject::Subject(registry::Wanted wanted, registry::Tree state, const facts::Release* release, const effect::Circumstances& circumstances)
    : release_(release), wanted_(std::move(wanted)), state_(std::move(state)), circumstances_(circumstances) {
    static const KeyPath schannel(Root::local_machine, std::string(schannel_path));
    items_.reserve(wanted_.values.size());
    folded_.reserve(wanted_.values.size());
    for (const registry::WantedValue& value : wanted_.values) {
        Item item;
        item.wanted = &value;
        item.in_schannel = value.key.is_within(schannel);
        static_cast<void>(schannel::permission(value.key, value.name, &item.row));
        const std::string& path = value.key.path();
        folded_.push_back(item.in_schannel && path.size() > schannel_path.size() ? utf::fold_case(path.substr(schannel_path.size() + 1))
                                                                                 : std::string{});
        item.below = folded_.back();
        items_.push_back(item);
    }
    if (release_ != nullptr) effect_ = effect::evaluate(state_, *release_, circumstances);
}

Repeated Subject::repeated(const Span& earlier) const {
    const auto found = repeated_.find({earlier.line, earlier.column});
    return found == repeated_.end() ? Repeated::differs : found->second;
}

effect::Effect Subject::untouched_effect() const {
    effect::Circumstances known = circumstances_;
    known.coverage = {};
    return effect::evaluate(schannel::untouched(*release_), *release_, known);
}

effect::Effect Subject::effect_without_policy_list() const {
    registry::Tree state = registry::copy_of(state_);
    if (registry::Key* policy = state.find(KeyPath(Root::local_machine, std::string(policy_suites_path)))) policy->unset_value("Functions");
    return effect::evaluate(state, *release_, circumstances_);
}

bool Subject::speaks_for(std::string_view path) const {
    return circumstances_.coverage.speaks_for(KeyPath(Root::local_machine, std::string(path)));
}

const Item* Subject::find(std::string_view path, std::string_view value_name) const {
    const KeyPath key(Root::local_machine, std::string(path));
    // In the order of Wanted, and asked for by hundreds of rules.
    const auto found = std::ranges::partition_point(items_, [&](const Item& item) {
        const auto order = item.wanted->key <=> key;
        return order < 0 || (order == 0 && utf::compare_no_case(item.wanted->name, value_name) < 0);
    });
    if (found == items_.end() || found->wanted->key != key || !found->is(value_name)) return nullptr;
    return found->wanted->value ? &*found : nullptr;
}

const Item* Subject::find(const effect::Basis& basis) const {
    if (basis.origin.key.empty()) return nullptr;
    const auto key = KeyPath::parse(basis.origin.key);
    return key ? find(key->path(), basis.origin.value) : nullptr;
}

std::optional<std::uint32_t> Subject::number(std::string_view path, std::string_view value_name) const {
    const registry::Value* value = state_.find_value(KeyPath(Root::local_machine, std::string(path)), value_name);
    if (value == nullptr) return std::nullopt;
    const auto read = value->as_dword();
    return read ? std::optional(*read) : std::nullopt;
}

effect::ProtocolState Subject::protocol(std::string_view name, facts::Role role) const {
    if (effect_) {
        const effect::ProtocolEffect* found = effect_->protocol(name);
        return found == nullptr ? effect::ProtocolState::uncertain : found->of(role).state;
    }
    const KeyPath key = KeyPath(Root::local_machine, std::string(schannel_path)).child("Protocols").child(name).child(facts::role_key(role));
    return schannel::judge(state_.find_value(key, "Enabled"), state_.find_value(key, "DisabledByDefault"),
                           schannel::default_state(nullptr, role, name))
        .state;
}

bool Subject::is_assumed(std::string_view protocol, facts::Role role) const {
    const effect::ProtocolEffect* found = effect_ ? effect_->protocol(protocol) : nullptr;
    if (found == nullptr) return false;
    // FIPS mode turns SSL off, whatever is disputed about the switch.
    return found->of(role).basis.unread || (found->name.starts_with("SSL") && effect_->fips.basis.unread);
}

const schannel::WriteList* Subject::list_in_profile(const Item& item) const {
    if (profile == nullptr) return nullptr;
    const auto [known, added] = lists_.emplace(&item, nullptr);
    if (!added) return known->second;
    for (const auto& layer : std::views::reverse(profile->layers)) {
        for (const auto& entry : std::views::reverse(layer.entries)) {
            if (entry.origin != item.wanted->origin || entry.key != item.wanted->key) continue;
            if (const auto* list = std::get_if<schannel::WriteList>(&entry.what)) return known->second = list;
        }
    }
    return nullptr;
}

Span Subject::place_of(const Item& item, std::string_view member) const {
    const schannel::WriteList* list = list_in_profile(item);
    if (list == nullptr) return item.wanted->origin;
    auto place = list->places.begin();  // none in a list that no file spells out
    for (const std::string& name : list->names) {
        if (place == list->places.end()) break;
        if (utf::equal_no_case(name, member)) return *place;
        ++place;
    }
    return item.wanted->origin;
}

void Subject::report(Rule rule, const Item& item, std::string message, std::optional<Severity> severity,
                     std::optional<Span> place) {
    Finding finding;
    finding.rule = &lint_rule(rule);
    finding.severity = severity.value_or(finding.rule->severity);
    finding.place = place ? *place : item.wanted->origin;
    if (finding.place.file.empty()) finding.place.file = file;
    finding.key = item.wanted->key.to_string();
    finding.value = item.wanted->name;
    finding.message = std::move(message);
    finding.fix = finding.rule->fix;
    if (release_ != nullptr) finding.releases.push_back(release_);
    findings_.push_back(std::move(finding));
}

void Subject::report(Rule rule, std::string message, std::optional<Severity> severity) {
    Finding finding;
    finding.rule = &lint_rule(rule);
    finding.severity = severity.value_or(finding.rule->severity);
    finding.place.file = file;
    finding.message = std::move(message);
    finding.fix = finding.rule->fix;
    if (release_ != nullptr) finding.releases.push_back(release_);
    findings_.push_back(std::move(finding));
}

std::optional<NameList> list_of(const registry::Value& value) {
    NameList list;
    if (const auto text = value.as_string()) {
        list.text = *text;
    } else if (const auto texts = value.as_strings()) {
        for (const std::string& each : *texts) list.text.append(list.text.empty() ? "" : ",").append(each);
    } else {
        return std::nullopt;
    }
    std::string_view rest = list.text;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        if (comma != 0 && list.names.size() < effect::max_listed) list.names.emplace_back(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return list;
}

std::string some_of(const std::vector<std::string>& names) {
    constexpr std::size_t shown_names = 2;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < shown_names; ++i) {
        if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
        text += shorten(names[i]);
    }
    if (names.size() > shown_names) text += " and " + std::to_string(names.size() - shown_names) + " more";
    return text;
}

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
    return std::to_string(count).append(1, ' ').append(count == 1 ? one : many);
}

}  // namespace schancfg::lint
