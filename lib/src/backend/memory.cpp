#include "schancfg/backend/memory.hpp"

#include "names.hpp"

namespace schancfg::backend {

MemoryRegistry::MemoryRegistry(registry::Tree tree, std::string label, registry::Coverage coverage)
    : tree_(std::move(tree)), label_(std::move(label)), coverage_(std::move(coverage)) {}

Result<KeyContent> MemoryRegistry::read(const registry::KeyPath& key) const {
    if (const auto valid = check_key(key); !valid) return std::unexpected(valid.error());
    const registry::Key* found = tree_.find(key);
    if (found == nullptr) {
        // Windows has its roots always.
        if (key.is_root()) return KeyContent{};
        return no_such_key(key);
    }
    KeyContent content{.values = found->values, .children = {}, .last_write = found->last_write, .is_link = false};
    content.children.reserve(found->children().size());
    for (const auto& child : found->children()) content.children.push_back(child->name);
    return content;
}

Result<void> MemoryRegistry::create(const registry::KeyPath& key) {
    if (auto valid = check_key(key); !valid) return valid;
    tree_.create(key);
    return {};
}

Result<void> MemoryRegistry::set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) {
    if (auto valid = check_key(key); !valid) return valid;
    if (auto valid = check_value_name(name); !valid) return valid;
    registry::Key* found = key.is_root() ? &tree_.create(key) : tree_.find(key);
    if (found == nullptr) return no_such_key(key);
    found->set_value(name, value);
    found->last_write = 0;
    return {};
}

Result<void> MemoryRegistry::unset(const registry::KeyPath& key, std::string_view name) {
    if (auto valid = check_key(key); !valid) return valid;
    if (auto valid = check_value_name(name); !valid) return valid;
    registry::Key* found = tree_.find(key);
    if (found == nullptr && !key.is_root()) return no_such_key(key);
    if (found == nullptr || !found->unset_value(name)) return no_such_value(key, name);
    found->last_write = 0;
    return {};
}

Result<void> MemoryRegistry::erase(const registry::KeyPath& key) {
    if (auto valid = check_key(key); !valid) return valid;
    if (key.is_root()) return is_a_root(key);
    const registry::Key* found = tree_.find(key);
    if (found == nullptr) return no_such_key(key);
    if (!found->children().empty()) return has_children(key);
    tree_.erase(key);
    return {};
}

}  // namespace schancfg::backend
