#include "schancfg/plan/planner.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "plan/write_order.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::plan {
namespace {

using registry::Key;
using registry::KeyPath;
using registry::NamedValue;
using registry::Tree;
using registry::Wanted;
using registry::WantedKey;
using registry::WantedValue;

bool before_in_order(const KeyPath& key_a, std::string_view name_a, const KeyPath& key_b, std::string_view name_b) {
    if (const auto order = key_a <=> key_b; order != 0) return order < 0;
    return utf::compare_no_case(name_a, name_b) < 0;
}

std::optional<Span> known_origin(const Span& span) { return span == Span{} ? std::nullopt : std::optional(span); }

/// Values of one key by name. A hostile key may hold 100,000 values, so many of them are hashed instead of searched.
class ValueIndex {
public:
    explicit ValueIndex(const Key* key) : key_(key) {
        if (key == nullptr || key->values.size() <= few) return;
        by_name_.reserve(key->values.size());
        for (const NamedValue& value : key->values) by_name_.emplace(utf::fold_case(value.name), &value);
    }
    [[nodiscard]] const NamedValue* find(std::string_view name) const {
        if (key_ == nullptr) return nullptr;
        if (key_->values.size() > few) {
            const auto found = by_name_.find(utf::fold_case(name));
            return found == by_name_.end() ? nullptr : found->second;
        }
        const auto found = std::ranges::find_if(
            key_->values, [&](const NamedValue& value) { return utf::equal_no_case(value.name, name); });
        return found == key_->values.end() ? nullptr : &*found;
    }

private:
    static constexpr std::size_t few = 8;
    const Key* key_;
    std::unordered_map<std::string, const NamedValue*> by_name_;
};

/// The path as the tree spells it, so that a key that is removed and made again keeps its spelling.
KeyPath stored_spelling(const Tree& tree, const KeyPath& path) {
    KeyPath spelled(path.root());
    const Key* key = tree.find(spelled);
    for (const std::string_view component : path.components()) {
        if (key != nullptr) key = key->find_child(component);
        spelled = spelled.child(key == nullptr ? component : std::string_view(key->name));
    }
    return spelled;
}

class Planning {
public:
    Planning(const Tree& state, const Wanted& wanted, const facts::Release* release) : state_(state), release_(release) {
        for (const WantedValue& value : wanted.values) values_.push_back(&value);
        const auto in_order = [](const WantedValue* a, const WantedValue* b) {
            return before_in_order(a->key, a->name, b->key, b->name);
        };
        if (!std::ranges::is_sorted(values_, in_order)) std::ranges::stable_sort(values_, in_order);
        for (const WantedKey& key : wanted.keys) keys_.push_back(&key);
        std::ranges::stable_sort(keys_, [](const WantedKey* a, const WantedKey* b) { return a->key < b->key; });
    }

    Plan run() {
        meet_values();
        empty_keys();
        std::ranges::sort(changes_, [](const Change& a, const Change& b) {
            return before_in_order(a.key, *a.value_name, b.key, *b.value_name);
        });
        Plan plan;
        std::set<KeyPath> made;
        for (Change& change : in_write_order(std::move(changes_), state_, release_)) {
            if (change.action == Action::add) make_missing(change.key, change.origin, made, plan);
            plan.changes.push_back(std::move(change));
        }
        // Collected parents first, so backwards is leaf first.
        std::ranges::move(removed_keys_.rbegin(), removed_keys_.rend(), std::back_inserter(plan.changes));
        return plan;
    }

private:
    void meet_values() {
        for (std::size_t i = 0; i < values_.size();) {
            const KeyPath& key = values_[i]->key;
            const ValueIndex index(state_.find(key));
            for (; i < values_.size() && values_[i]->key == key; ++i) {
                const WantedValue& item = *values_[i];
                const NamedValue* found = index.find(item.name);
                const NamedValue* beside = item.companion ? index.find(item.companion->name) : nullptr;
                if (item.is_met_by(found == nullptr ? nullptr : &found->value, beside == nullptr ? nullptr : &beside->value)) continue;
                Change change{.key = key, .value_name = found == nullptr ? item.name : found->name,
                              .action = found == nullptr ? Action::add : item.value ? Action::change : Action::remove,
                              .before = std::nullopt, .after = item.over(found == nullptr ? nullptr : &found->value), .origin = known_origin(item.origin)};
                if (found != nullptr) change.before = found->value;
                changes_.push_back(std::move(change));
            }
        }
    }

    void empty_keys() {
        const WantedKey* absent = nullptr;  // the topmost wanted absent around the current one
        std::vector<const WantedKey*> topmost;
        for (const WantedKey* item : keys_) {
            if (absent != nullptr && item->key.is_within(absent->key)) continue;
            // Windows refuses to delete a root.
            if (!item->present && !item->key.is_root()) {
                absent = item;
                topmost.push_back(item);
            } else if (item->clear_values) {
                if (const Key* key = state_.find(item->key)) remove_unasked(item->key, *key, *item);
            }
        }
        const std::set<KeyPath> kept = kept_keys(topmost);
        for (const WantedKey* item : topmost) {
            state_.for_each(stored_spelling(state_, item->key), [&](const KeyPath& path, const Key& key) {
                remove_unasked(path, key, *item);
                if (kept.contains(path)) return;
                removed_keys_.push_back({.key = path, .value_name = std::nullopt, .action = Action::remove,
                                         .before = std::nullopt, .after = std::nullopt, .origin = known_origin(item->origin)});
            });
        }
    }

    void remove_unasked(const KeyPath& path, const Key& key, const WantedKey& because) {
        for (const NamedValue& value : key.values) {
            if (is_asked_for(path, value.name)) continue;
            changes_.push_back({.key = path, .value_name = value.name, .action = Action::remove, .before = value.value,
                                .after = std::nullopt, .origin = known_origin(because.origin)});
        }
    }

    /// Whatever is asked of it, meet_values has dealt with it.
    [[nodiscard]] bool is_asked_for(const KeyPath& key, std::string_view name) const {
        const auto at = std::ranges::partition_point(
            values_, [&](const WantedValue* item) { return before_in_order(item->key, item->name, key, name); });
        return at != values_.end() && (*at)->key == key && utf::equal_no_case((*at)->name, name);
    }

    /// Keys inside deleted ones that stay because something at or below them is asked for.
    [[nodiscard]] std::set<KeyPath> kept_keys(const std::vector<const WantedKey*>& absent) const {
        std::set<KeyPath> kept;
        const auto keep = [&](KeyPath key) {
            // The topmost absent keys do not overlap, so the last one not behind `key` is the only one that can hold it.
            const auto after = std::ranges::partition_point(absent, [&](const WantedKey* item) { return !(key < item->key); });
            if (after == absent.begin()) return;
            const KeyPath& top = (*std::prev(after))->key;
            while (key.is_within(top) && kept.insert(key).second) key = key.parent();
        };
        if (absent.empty()) return kept;
        for (const WantedValue* item : values_) {
            if (item->value) keep(item->key);
        }
        for (const WantedKey* item : keys_) {
            if (item->present) keep(item->key);
        }
        return kept;
    }

    void make_missing(const KeyPath& key, const std::optional<Span>& origin, std::set<KeyPath>& made, Plan& plan) const {
        std::vector<KeyPath> missing;
        for (KeyPath path = key; !path.is_root() && !made.contains(path) && state_.find(path) == nullptr; path = path.parent()) {
            missing.push_back(path);
        }
        for (; !missing.empty(); missing.pop_back()) {
            plan.changes.push_back({.key = missing.back(), .value_name = std::nullopt, .action = Action::add,
                                    .before = std::nullopt, .after = std::nullopt, .origin = origin});
            made.insert(missing.back());
        }
    }

    const Tree& state_;
    const facts::Release* release_;
    std::vector<const WantedValue*> values_;  // by key and name
    std::vector<const WantedKey*> keys_;      // by key
    std::vector<Change> changes_;             // of values
    std::vector<Change> removed_keys_;        // parents first
};

}  // namespace

Plan make(const Tree& state, const Wanted& wanted, const facts::Release* release) {
    return Planning(state, wanted, release).run();
}

Plan ordered(Plan plan, const Tree& state, const facts::Release* release) {
    std::map<KeyPath, Change> made, removed;
    std::vector<Change> values;
    for (Change& change : plan.changes) {
        if (change.value_name) values.push_back(std::move(change));
        else (change.action == Action::add ? made : removed).emplace(change.key, std::move(change));
    }
    std::ranges::sort(values, [](const Change& a, const Change& b) { return before_in_order(a.key, *a.value_name, b.key, *b.value_name); });
    Plan out;
    for (Change& change : in_write_order(std::move(values), state, release)) {
        std::vector<KeyPath> levels;
        if (change.action == Action::add) {
            for (KeyPath path = change.key; !path.is_root(); path = path.parent()) levels.push_back(path);
        }
        for (; !levels.empty(); levels.pop_back()) {
            if (auto level = made.extract(levels.back())) out.changes.push_back(std::move(level.mapped()));
        }
        out.changes.push_back(std::move(change));
    }
    for (auto& [path, change] : made) out.changes.push_back(std::move(change));
    for (auto at = removed.rbegin(); at != removed.rend(); ++at) out.changes.push_back(std::move(at->second));
    return out;
}

Plan between(const Tree& from, const Tree& to, const facts::Release* release) {
    Wanted wanted;
    const auto ask = [&](const KeyPath& path, const std::string& name, std::optional<registry::Value> value) {
        if (schannel::permission(path, name) == schannel::Permission::outside) return;
        wanted.values.push_back({.key = path, .name = name, .value = std::move(value), .meets = registry::Meets::exact,
                                 .origin = {}, .overridden = {}});
    };
    to.for_each([&](const KeyPath& path, const Key& key) {
        for (const NamedValue& value : key.values) ask(path, value.name, value.value);
    });
    from.for_each([&](const KeyPath& path, const Key& key) {
        const ValueIndex index(to.find(path));
        for (const NamedValue& value : key.values) {
            if (index.find(value.name) == nullptr) ask(path, value.name, std::nullopt);
        }
    });
    return make(from, wanted, release);
}

}  // namespace schancfg::plan
