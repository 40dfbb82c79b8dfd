#include <algorithm>

#include "schancfg/registry/patch.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::registry {

Patch to_patch(const Wanted& wanted) {
    Patch out;
    const auto add = [&out](Op op, const KeyPath& key, const Span& origin) {
        out.operations.push_back({op, key, {}, {}, origin.line, origin.column});
    };
    // Keys that go come first: what is wanted below one of them is made again after it.
    for (const WantedKey& key : wanted.keys) {
        if (!key.present) add(Op::erase_key, key.key, key.origin);
    }
    auto key = wanted.keys.begin();
    const auto keys_up_to = [&](const KeyPath& path) {
        for (; key != wanted.keys.end() && key->key <= path; ++key) {
            if (key->present) add(key->clear_values ? Op::erase_all_values : Op::create_key, key->key, key->origin);
        }
    };
    for (const WantedValue& item : wanted.values) {
        keys_up_to(item.key);
        out.operations.push_back({item.value ? Op::set_value : Op::erase_value, item.key, item.name, item.value.value_or(Value{}),
                                  item.origin.line, item.origin.column});
    }
    if (!wanted.keys.empty()) keys_up_to(std::ranges::max(wanted.keys, {}, &WantedKey::key).key);
    return out;
}

}  // namespace schancfg::registry
