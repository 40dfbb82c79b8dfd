#include "schancfg/registry/overlay.hpp"

#include <algorithm>
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
    std::vector<const WantedValue*> unmet;
    for (const WantedValue& item : wanted.values) {
        const Value* beside = item.companion ? tree.find_value(item.key, item.companion->name) : nullptr;
        if (!item.is_met_by(tree.find_value(item.key, item.name), beside)) unmet.push_back(&item);
    }
    for (const WantedValue* each : unmet) {
        const WantedValue& item = *each;
        if (item.value) {
            tree.set_value(item.key, item.name, *item.value);
        } else if (Key* key = tree.find(item.key)) {
            key->unset_value(item.name);
        }
    }
}

}  // namespace schancfg::registry
