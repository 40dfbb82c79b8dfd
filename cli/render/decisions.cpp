#include "render/decisions.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "render/plan_order.hpp"
#include "render/value.hpp"
#include "schancfg/schannel/protocol_state.hpp"
#include "schancfg/schannel/settings.hpp"

namespace schancfg::cli {
namespace {

using schannel::Form;
using schannel::PathNode;
using schannel::Setting;
using Held = std::optional<registry::Value>;

constexpr std::string_view not_set = "not set";

// A word that says what all of these values hold together: `disabled` is another number in each of them.
std::optional<std::string> shared_word(const std::vector<const Setting*>& settings, const std::vector<const Held*>& values) {
    for (const schannel::Word& candidate : settings.front()->words) {
        bool all = true;
        for (std::size_t at = 0; all && at < settings.size(); ++at) {
            const auto number = *values[at] ? (*values[at])->as_dword() : std::unexpected(Error{});
            all = number && std::ranges::any_of(settings[at]->words, [&](const schannel::Word& word) { return word.word == candidate.word && word.number == *number; });
        }
        if (all) return std::string(candidate.word);
    }
    return std::nullopt;
}

// The words whose bits are set; nullopt when bits are left over.
std::optional<std::string> words_of(const Setting& setting, std::uint32_t number) {
    std::string out;
    for (const schannel::Word& word : setting.words) {
        if (word.number == 0 ? number != 0 || !out.empty() : (number & word.number) != word.number) continue;
        (out += out.empty() ? "" : ", ") += word.word;
        number &= ~word.number;
    }
    return number == 0 && !out.empty() ? std::optional(out) : std::nullopt;
}

std::string text_of(const Setting& setting, const Held& value) {
    if (!value) return std::string(not_set);
    const auto number = value->as_dword();
    switch (setting.form) {
        case Form::boolean:
            if (number && *number <= 1) return *number == 1 ? "on" : "off";
            break;
        case Form::number:
            if (number) return std::to_string(*number);
            break;
        case Form::flags:
        case Form::protocols:
            if (const auto words = number ? words_of(setting, *number) : std::nullopt) return *words;
            break;
        case Form::suites:
        case Form::curves:
        case Form::signatures:
            if (const auto names = list_of(setting.value_name, *value); names && names->size() > longest_inline_list) return std::to_string(names->size()) + " names";
            break;
        case Form::word: break;
    }
    return show_value(value);
}

// What all the values hold, in one word or text; nullopt: they hold different things.
std::optional<std::string> phrase(const std::vector<const Setting*>& settings, const std::vector<const Held*>& values) {
    if (std::ranges::none_of(values, [](const Held* value) { return value->has_value(); })) return std::string(not_set);
    if (settings.front()->form == Form::word) return shared_word(settings, values);
    if (std::ranges::any_of(values, [&](const Held* value) { return *value != *values.front(); })) return std::nullopt;
    return text_of(*settings.front(), *values.front());
}

std::vector<std::string_view> tokens(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end != 0) out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// `TLS 1.0` of `TLS 1.0 (client)` and `TLS 1.0 (server)`: the words that all labels have, in order.
std::string shared_label(const std::vector<const Setting*>& settings) {
    std::vector<std::string_view> shared = tokens(settings.front()->label);
    for (const Setting* each : settings) {
        const std::vector<std::string_view> other = tokens(each->label);
        std::vector<std::string_view> both;
        auto from = other.begin();
        for (const std::string_view word : shared) {
            if (const auto found = std::find(from, other.end(), word); found != other.end()) {
                both.push_back(word);
                from = found + 1;
            }
        }
        shared = std::move(both);
    }
    std::string out;
    for (const std::string_view word : shared) (out += out.empty() ? "" : " ") += word;
    return out.empty() ? settings.front()->label : out;
}

std::string place_of(const plan::Change& change) {
    const std::string name = change.value_name->empty() ? "(default value)" : *change.value_name;
    return change.key.to_string() + ": " + name;
}

bool holds_long_list(const plan::Change& change) {
    return names_of(*change.value_name, change.before).size() > longest_inline_list || names_of(*change.value_name, change.after).size() > longest_inline_list;
}

plan::Action action_of(const Held& before, const Held& after) {
    return !before ? plan::Action::add : !after ? plan::Action::remove : plan::Action::change;
}

class Grouping {
public:
    Grouping(const plan::Plan& plan, const facts::Release* release) : release_(release) {
        for (const plan::Change& change : plan.changes) {
            if (!change.value_name) continue;
            if (const Setting* setting = schannel::find_setting(change.key, *change.value_name)) by_setting_.emplace(setting, &change);
            else unnamed_.push_back(&change);
        }
    }

    std::vector<Decision> take(const plan::Plan& plan) {
        // The shortest spelling first: what it cannot say is left to the longer ones, and then to single values.
        std::vector<std::pair<std::size_t, const PathNode*>> nodes;
        for (const PathNode& section : schannel::setting_paths().children) collect(section, 1, nodes);
        std::ranges::stable_sort(nodes, {}, [](const auto& each) { return each.first; });
        for (const auto& [depth, node] : nodes) add_node(*node);
        for (const auto& [setting, change] : by_setting_) {
            if (!claimed_.contains(setting)) rows_.emplace(order_of(*setting), single(*setting, *change));
        }
        std::vector<Decision> out;
        for (auto& [place, row] : rows_) add_row(out, place.section, std::move(row));
        std::ranges::sort(unnamed_, [](const plan::Change* a, const plan::Change* b) {
            return a->key != b->key ? a->key < b->key : *a->value_name < *b->value_name;
        });
        for (const plan::Change* change : unnamed_) {
            ShownChange shown = show_change(change->before, change->after);
            out.push_back({{place_of(*change)}, std::move(shown.before), std::move(shown.after), change->action, {change}, holds_long_list(*change)});
            if (!change->before) out.back().before = not_set;
            if (!change->after) out.back().after = not_set;
        }
        add_keys(plan, out);
        return out;
    }

private:
    struct Order {
        std::string_view section;  // the first word of the profile's path
        std::size_t at = 0;        // in the table of settings
        bool operator<(const Order& other) const { return at < other.at; }
    };

    static Order order_of(const Setting& setting) {
        return {setting.path().front(), static_cast<std::size_t>(&setting - schannel::settings().data())};
    }

    static void collect(const PathNode& node, std::size_t depth, std::vector<std::pair<std::size_t, const PathNode*>>& out) {
        if (!node.settings.empty()) out.emplace_back(depth, &node);
        for (const PathNode& child : node.children) collect(child, depth + 1, out);
    }

    void add_node(const PathNode& node) {
        std::vector<const plan::Change*> changes;
        std::vector<const Held*> before, after;
        for (const Setting* setting : node.settings) {
            const auto found = by_setting_.find(setting);
            if (found == by_setting_.end() || claimed_.contains(setting)) return;
            changes.push_back(found->second);
            before.push_back(&found->second->before);
            after.push_back(&found->second->after);
        }
        const auto was = phrase(node.settings, before), is = phrase(node.settings, after);
        // Where only the type of a value changes, both sides would look the same.
        if (!was || !is || *was == *is) return;
        claimed_.insert(node.settings.begin(), node.settings.end());
        rows_.emplace(order_of(*node.settings.front()), Decision{{shared_label(node.settings)}, *was, *is, action_of(*before.front(), *after.front()), changes,
                                                                 holds_long_list(*changes.front())});
    }

    static Decision single(const Setting& setting, const plan::Change& change) {
        const std::string label = setting.form == Form::word ? setting.label + ": " + setting.value_name : setting.label;
        Decision row{{label}, text_of(setting, change.before), text_of(setting, change.after), change.action, {&change}, holds_long_list(change)};
        if (row.before == row.after && change.before && change.after) {
            row.before = show_typed_value(*change.before);
            row.after = show_typed_value(*change.after);
        }
        return row;
    }

    // What goes the same way in one section is one row with several subjects.
    void add_row(std::vector<Decision>& out, std::string_view section, Decision&& row) {
        row.has_no_effect = std::ranges::all_of(row.changes, [&](const plan::Change* change) { return has_no_effect(*change); });
        if (!row.is_list && section == last_section_) {
            const auto same = std::ranges::find_if(out.begin() + static_cast<std::ptrdiff_t>(section_start_), out.end(), [&](const Decision& each) {
                return !each.is_list && each.has_no_effect == row.has_no_effect && each.before == row.before && each.after == row.after && each.action == row.action;
            });
            if (same != out.end()) {
                same->subjects.push_back(std::move(row.subjects.front()));
                same->changes.insert(same->changes.end(), row.changes.begin(), row.changes.end());
                return;
            }
        } else if (section != last_section_) {
            last_section_ = section;
            section_start_ = out.size();
        }
        out.push_back(std::move(row));
    }

    [[nodiscard]] bool has_no_effect(const plan::Change& change) const {
        const auto of = schannel::protocol_switch(change.key);
        return of && release_ != nullptr && schannel::default_state(release_, of->role, of->protocol) == schannel::ProtocolState::not_supported;
    }

    static void add_keys(const plan::Plan& plan, std::vector<Decision>& out) {
        for (const KeyChanges& key : by_key(plan)) {
            if (!key.of_key || key.is_on_the_way || !key.of_values.empty()) continue;
            const bool made = key.of_key->action == plan::Action::add;
            out.push_back({{key.key.to_string()}, std::string(made ? not_set : "key"), std::string(made ? "key" : not_set), key.of_key->action, {key.of_key}, false});
        }
    }

    const facts::Release* release_;
    std::map<const Setting*, const plan::Change*> by_setting_;
    std::set<const Setting*> claimed_;
    std::vector<const plan::Change*> unnamed_;
    std::map<Order, Decision> rows_;
    std::string_view last_section_;
    std::size_t section_start_ = 0;
};

}  // namespace

std::vector<Decision> decisions(const plan::Plan& plan, const facts::Release* release) { return Grouping(plan, release).take(plan); }

}  // namespace schancfg::cli
