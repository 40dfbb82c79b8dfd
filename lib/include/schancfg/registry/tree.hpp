// Tree: what a source holds, keys with values and children, in memory.
//
// Values keep the order in which they were stored; children are ordered as the registry enumerates them. Names compare
// without case and the first spelling stays. A Tree is plain data: it has no access rights, links or locks. Single changes
// search and shift; for very many of them there is the Editor. One thread changes it, or several read it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/value.hpp"

namespace schancfg::registry {

struct NamedValue {
    std::string name;  ///< empty: the default value
    Value value;
    bool operator==(const NamedValue&) const = default;
};

class Key {
public:
    std::string name;
    std::vector<NamedValue> values;
    /// Time of the last write as a Windows FILETIME (100 ns since 1601), 0 when the source does not say.
    std::uint64_t last_write = 0;

    [[nodiscard]] const Value* find_value(std::string_view name) const;
    /// Replaces the value of that name in its place (the stored spelling of the name stays) or appends it.
    void set_value(std::string_view name, Value value);
    /// Returns whether there was one.
    bool unset_value(std::string_view name);

    /// Children in registry order.
    [[nodiscard]] const std::vector<std::unique_ptr<Key>>& children() const { return children_; }
    [[nodiscard]] const Key* find_child(std::string_view name) const;
    [[nodiscard]] Key* find_child(std::string_view name);
    /// The child of that name, made if missing.
    Key& child(std::string_view name);
    /// Removes the child and all below it; returns whether there was one.
    bool erase_child(std::string_view name);
    [[nodiscard]] bool empty() const { return values.empty() && children_.empty(); }

private:
    friend class Editor;
    std::vector<std::unique_ptr<Key>> children_;  // sorted by utf::compare_no_case of the name
};

class Tree {
public:
    [[nodiscard]] const Key* find(const KeyPath& path) const;
    [[nodiscard]] Key* find(const KeyPath& path);
    /// The key, made with all missing parents.
    Key& create(const KeyPath& path);
    /// Removes the key and all below it (of a root: all it holds); returns whether it was there.
    bool erase(const KeyPath& path);
    [[nodiscard]] const Value* find_value(const KeyPath& path, std::string_view name) const;
    void set_value(const KeyPath& path, std::string_view name, Value value) { create(path).set_value(name, std::move(value)); }

    /// Calls `visit(path, key)` for every key, parents first, in registry order; roots are visited when they hold values.
    void for_each(const std::function<void(const KeyPath&, const Key&)>& visit) const;
    /// The same for `from` and what is below it; nothing when it is absent.
    void for_each(const KeyPath& from, const std::function<void(const KeyPath&, const Key&)>& visit) const;
    [[nodiscard]] bool empty() const;
    /// Same keys, same values in any order. Names without case. Times do not count.
    [[nodiscard]] bool same_content(const Tree& other) const;

private:
    std::map<Root, Key> roots_;
};

}  // namespace schancfg::registry
