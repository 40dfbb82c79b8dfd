#include "schancfg/registry/overlay.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace schancfg::registry {

void overlay(Tree& tree, const Wanted& wanted) {
    // Values that a deleted key holds and that are wanted again are set below like any other.
    for (const WantedKey& item : wanted.keys) {
        if (!item.present) {
            if (!item.key.is_root()) tree.erase(item.key);
            continue;
        }
        Key& key = tree.create(item.key);
        if (!item.clear_values) continue;
        std::erase_if(key.values, [&](const NamedValue& value) {
            const WantedValue* kept = wanted.find(item.key, value.name);
            return kept == nullptr || !kept->value;
        });
    }
    // All of it is judged before any of it is written: a companion counts as it is held, not as it is asked for.
    struct Unmet {
        const WantedValue* item;
        std::optional<Value> value;
        bool absent;
    };
    std::vector<Unmet> unmet;
    for (const WantedValue& item : wanted.values) {
        const Value* beside = item.companion ? tree.find_value(item.key, item.companion->name) : nullptr;
        const Value* held = tree.find_value(item.key, item.name);
        if (!item.is_met_by(held, beside)) unmet.push_back({&item, item.over(held), held == nullptr});
    }
    for (Unmet& each : unmet) {
        const WantedValue& item = *each.item;
        // Each value is asked for once, so that an absent one need not be looked for again: a key may hold many thousand values.
        if (each.value && each.absent) {
            tree.create(item.key).values.push_back({item.name, std::move(*each.value)});
        } else if (each.value) {
            tree.set_value(item.key, item.name, std::move(*each.value));
        } else if (Key* key = tree.find(item.key)) {
            key->unset_value(item.name);
        }
    }
}

}  // namespace schancfg::registry
