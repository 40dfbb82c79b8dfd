#include "schancfg/registry/patch.hpp"

#include "schancfg/registry/editor.hpp"

namespace schancfg::registry {

void replay(const Operation& operation, Tree& onto) {
    switch (operation.op) {
        case Op::create_key: onto.create(operation.key); break;
        case Op::set_value:
            if (!operation.if_missing || onto.find_value(operation.key, operation.name) == nullptr) onto.set_value(operation.key, operation.name, operation.value);
            break;
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
    Editor editor(onto);
    const KeyPath* current = nullptr;  // while the editor has a key open
    const auto is_current = [&](const KeyPath& key) {
        // The operations of one key share the text of its path, so that a long path is not compared for each value.
        return current != nullptr && current->root() == key.root() && &current->path() == &key.path();
    };
    const auto open = [&](const KeyPath& key) {
        if (!is_current(key)) editor.open(key.root(), key.path());
        current = &key;
    };
    const auto open_existing = [&](const KeyPath& key) {
        if (!is_current(key)) current = editor.open_existing(key.root(), key.path()) ? &key : nullptr;
        return current != nullptr;
    };
    for (const Operation& operation : patch.operations) {
        switch (operation.op) {
            case Op::create_key: open(operation.key); break;
            case Op::set_value:
                if (operation.if_missing && onto.find_value(operation.key, operation.name) != nullptr) break;
                open(operation.key);
                editor.set_value(operation.name, operation.value);
                break;
            case Op::erase_value:
                if (open_existing(operation.key)) editor.erase_value(operation.name);
                break;
            case Op::erase_all_values:
                if (open_existing(operation.key)) editor.erase_all_values();
                break;
            case Op::erase_key:
                if (operation.key.is_root()) break;
                editor.erase_key(operation.key.root(), operation.key.path());
                current = nullptr;
                break;
        }
    }
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

Tree copy_of(const Tree& tree) {
    Tree copy;
    replay(to_patch(tree), copy);
    return copy;
}

}  // namespace schancfg::registry
