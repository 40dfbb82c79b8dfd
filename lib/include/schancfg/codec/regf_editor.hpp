// HiveEditor: a hive that is changed in memory, and the bytes of the hive that holds the changes.
//
// The hive behind it is not touched. What is new lies in a bin of its own behind the others, lists of keys stay sorted, what is no longer used is
// marked as free, and security descriptors keep their counts: a new key has that of its parent. Paths are relative to the root key; a
// component compares without case. One thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/codec/regf.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/result.hpp"

namespace schancfg::codec {

/// A key with the changes so far.
struct HiveKey {
    std::vector<registry::NamedValue> values;  ///< in stored order
    std::vector<std::string> children;         ///< in registry order, each name once
    std::uint64_t written = 0;                 ///< FILETIME; 0: changed since
    bool is_link = false;
};

/// Names of children cost a look at each of them.
enum class HivePart : std::uint8_t { whole, without_children };

using HivePath = std::vector<std::string_view>;

class HiveEditor {
public:
    /// `hive` outlives it.
    explicit HiveEditor(const Hive& hive);

    /// nullopt: there is no such key.
    [[nodiscard]] Result<std::optional<HiveKey>> read(const HivePath& path, HivePart part = HivePart::whole) const;
    /// With all missing parents; false: it was there already.
    [[nodiscard]] Result<bool> create(const HivePath& path);
    enum class Answer : std::uint8_t { done, no_key, no_value, has_children };
    [[nodiscard]] Result<Answer> set(const HivePath& path, std::string_view name, registry::Value value);
    [[nodiscard]] Result<Answer> unset(const HivePath& path, std::string_view name);
    /// A key without children, not the root.
    [[nodiscard]] Result<Answer> erase(const HivePath& path);

    /// Does it differ from the hive? A change that was undone again is one.
    [[nodiscard]] bool is_changed() const { return changed_; }

    /// The changed hive: of the same bytes where nothing changed. `written`: FILETIME for the keys that changed and for the hive; `sequence`: higher than those
    /// of the hive and its logs, so that no log fits it. malformed: the hive is damaged somewhere, so that nothing can be written safely; unsupported: it
    /// would be larger than a hive can be. What is returned was read back and holds what this object says.
    [[nodiscard]] Result<std::string> encode(std::uint64_t written, std::uint32_t sequence) const;

private:
    friend class HiveWriter;
    struct Node {
        std::string name;
        std::optional<HiveCell> original;                          // the key in the hive; nullopt: a new one
        std::optional<std::vector<registry::NamedValue>> values;  // where they changed
        std::map<std::string, std::unique_ptr<Node>> children;     // by folded name: those below which something changed; null: erased
    };
    struct Place {
        const Node* node = nullptr;      // where something of it changed
        std::optional<HiveCell> original;
    };
    [[nodiscard]] Result<std::optional<Place>> find(const HivePath& path) const;
    /// The node for changes at the path; null: there is no such key.
    [[nodiscard]] Result<Node*> open(const HivePath& path);
    [[nodiscard]] Result<std::vector<registry::NamedValue>*> values_of(Node& node);
    /// Those of the key at the path, to be changed; null: there is no such key.
    [[nodiscard]] Result<std::vector<registry::NamedValue>*> values_at(const HivePath& path);
    [[nodiscard]] Result<std::vector<std::string>> children_of(const Place& place) const;
    [[nodiscard]] Result<void> compare(const Hive& written, HiveCell key, const Node& node) const;

    const Hive& hive_;
    Node root_;
    bool changed_ = false;
};

}  // namespace schancfg::codec
