#include "schancfg/registry/tree.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::registry {
namespace {

auto lower_bound(const std::vector<std::unique_ptr<Key>>& children, std::string_view name) {
    // Exports and snapshots come in order, so the end is the likeliest place.
    if (!children.empty() && utf::compare_no_case(children.back()->name, name) < 0) return children.end();
    return std::ranges::lower_bound(children, name, [](std::string_view a, std::string_view b) {
        return utf::compare_no_case(a, b) < 0;
    }, [](const std::unique_ptr<Key>& key) { return std::string_view(key->name); });
}

void visit_below(const KeyPath& path, const Key& key, const std::function<void(const KeyPath&, const Key&)>& visit) {
    visit(path, key);
    for (const auto& child : key.children()) visit_below(path.child(child->name), *child, visit);
}

// Twins are found by sorting: a key may hold very many values.
bool same_values(const Key& a, const Key& b) {
    if (a.values == b.values) return true;
    const auto sorted = [](const Key& key) {
        std::vector<const NamedValue*> all;
        all.reserve(key.values.size());
        for (const NamedValue& value : key.values) all.push_back(&value);
        std::ranges::stable_sort(all, [](const NamedValue* x, const NamedValue* y) {
            return utf::compare_no_case(x->name, y->name) < 0;
        });
        return all;
    };
    return std::ranges::equal(sorted(a), sorted(b), [](const NamedValue* x, const NamedValue* y) {
        return x->value == y->value && utf::equal_no_case(x->name, y->name);
    });
}

bool same_key(const Key& a, const Key& b) {
    if (a.values.size() != b.values.size() || a.children().size() != b.children().size()) return false;
    if (!same_values(a, b)) return false;
    for (std::size_t i = 0; i < a.children().size(); ++i) {
        if (!utf::equal_no_case(a.children()[i]->name, b.children()[i]->name)) return false;
        if (!same_key(*a.children()[i], *b.children()[i])) return false;
    }
    return true;
}

auto find_named(auto& values, std::string_view name) {
    return std::ranges::find_if(values, [&](const NamedValue& value) { return utf::equal_no_case(value.name, name); });
}

}  // namespace

const Value* Key::find_value(std::string_view name) const {
    const auto found = find_named(values, name);
    return found == values.end() ? nullptr : &found->value;
}

void Key::set_value(std::string_view name, Value value) {
    if (const auto found = find_named(values, name); found != values.end()) {
        found->value = std::move(value);
    } else {
        values.push_back({std::string(name), std::move(value)});
    }
}

bool Key::unset_value(std::string_view name) {
    const auto found = find_named(values, name);
    if (found == values.end()) return false;
    values.erase(found);
    return true;
}

const Key* Key::find_child(std::string_view name) const {
    const auto at = lower_bound(children_, name);
    return at != children_.end() && utf::equal_no_case((*at)->name, name) ? at->get() : nullptr;
}

Key* Key::find_child(std::string_view name) { return const_cast<Key*>(std::as_const(*this).find_child(name)); }

Key& Key::child(std::string_view name) {
    const auto at = lower_bound(children_, name);
    if (at != children_.end() && utf::equal_no_case((*at)->name, name)) return **at;
    auto made = std::make_unique<Key>();
    made->name = name;
    return **children_.insert(at, std::move(made));
}

bool Key::erase_child(std::string_view name) {
    const auto at = lower_bound(children_, name);
    if (at == children_.end() || !utf::equal_no_case((*at)->name, name)) return false;
    children_.erase(at);
    return true;
}

const Key* Tree::find(const KeyPath& path) const {
    const auto root = roots_.find(path.root());
    if (root == roots_.end()) return nullptr;
    const Key* key = &root->second;
    for (const std::string_view component : path.components()) {
        key = key->find_child(component);
        if (key == nullptr) return nullptr;
    }
    return key;
}

Key* Tree::find(const KeyPath& path) { return const_cast<Key*>(std::as_const(*this).find(path)); }

Key& Tree::create(const KeyPath& path) {
    Key* key = &roots_[path.root()];
    for (const std::string_view component : path.components()) key = &key->child(component);
    return *key;
}

bool Tree::erase(const KeyPath& path) {
    if (path.is_root()) return roots_.erase(path.root()) != 0;
    Key* parent = find(path.parent());
    return parent != nullptr && parent->erase_child(path.name());
}

const Value* Tree::find_value(const KeyPath& path, std::string_view name) const {
    const Key* key = find(path);
    return key == nullptr ? nullptr : key->find_value(name);
}

void Tree::for_each(const std::function<void(const KeyPath&, const Key&)>& visit) const {
    for (const auto& [root, key] : roots_) {
        const KeyPath path(root);
        if (!key.values.empty()) visit(path, key);
        for (const auto& child : key.children()) visit_below(path.child(child->name), *child, visit);
    }
}

void Tree::for_each(const KeyPath& from, const std::function<void(const KeyPath&, const Key&)>& visit) const {
    if (const Key* key = find(from)) visit_below(from, *key, visit);
}

bool Tree::empty() const {
    return std::ranges::all_of(roots_, [](const auto& root) { return root.second.empty(); });
}

bool Tree::same_content(const Tree& other) const {
    for (const Root root : {Root::local_machine, Root::users, Root::current_user, Root::classes_root, Root::current_config,
                            Root::dyn_data}) {
        static const Key nothing;
        const auto mine = roots_.find(root);
        const auto its = other.roots_.find(root);
        if (!same_key(mine == roots_.end() ? nothing : mine->second, its == other.roots_.end() ? nothing : its->second)) {
            return false;
        }
    }
    return true;
}

}  // namespace schancfg::registry
