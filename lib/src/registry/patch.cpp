#include "schancfg/registry/patch.hpp"

namespace schancfg::registry {

void replay(const Operation& operation, Tree& onto) {
    switch (operation.op) {
        case Op::create_key: onto.create(operation.key); break;
        case Op::set_value: onto.set_value(operation.key, operation.name, operation.value); break;
        case Op::erase_value:
            if (Key* key = onto.find(operation.key)) key->unset_value(operation.name);
            break;
        case Op::erase_all_values:
            if (Key* key = onto.find(operation.key)) key->values.clear();
            break;
        case Op::erase_key:
            if (!operation.key.is_root()) onto.erase(operation.key);
            break;
    }
}

void replay(const Patch& patch, Tree& onto) {
    for (const Operation& operation : patch.operations) replay(operation, onto);
}

Patch to_patch(const Tree& tree) {
    Patch patch;
    tree.for_each([&](const KeyPath& path, const Key& key) {
        patch.operations.push_back({.op = Op::create_key, .key = path, .name = {}, .value = {}});
        for (const NamedValue& value : key.values) {
            patch.operations.push_back({.op = Op::set_value, .key = path, .name = value.name, .value = value.value});
        }
    });
    return patch;
}

}  // namespace schancfg::registry
