// Coverage: the keys that a source speaks for. What it speaks for and does not hold is absent; of the rest nothing is known.
//
// Immutable once made, so it may be read from several threads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::registry {

class Coverage {
public:
    /// Speaks for everything: a machine, an installation, a file that says that it is whole.
    Coverage() = default;
    /// Speaks for these keys and all below each, and for nothing else; the order does not matter, and keys within others are dropped.
    [[nodiscard]] static Coverage of(std::vector<KeyPath> keys);

    /// Speaks for these values and for nothing else: a policy names values, and says nothing of the others of their keys. In any order.
    [[nodiscard]] static Coverage of_values(std::vector<std::pair<KeyPath, std::string>> values);

    [[nodiscard]] bool whole() const { return whole_; }
    [[nodiscard]] bool speaks_for(const KeyPath& key) const;
    /// For that value, at least.
    [[nodiscard]] bool speaks_for(const KeyPath& key, std::string_view value_name) const;
    /// Empty when it is whole; sorted, canonical (registry::canonical), none within another.
    [[nodiscard]] const std::vector<KeyPath>& keys() const { return keys_; }

    /// The single values that it speaks for beside the keys; sorted, canonical, names in upper case.
    [[nodiscard]] const std::vector<std::pair<KeyPath, std::string>>& values() const { return values_; }

private:
    bool whole_ = true;
    std::vector<KeyPath> keys_;
    std::vector<std::pair<KeyPath, std::string>> values_;
};

/// Removes the values that `coverage` does not speak for; returns how many there were.
std::size_t keep_spoken_for(Tree& tree, const Coverage& coverage);

}  // namespace schancfg::registry
