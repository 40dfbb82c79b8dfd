// Managed keys: which registry values schancfg reads and which it may write, and how strictly.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schancfg/facts/registry_values.hpp"
#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::schannel {

/// The whole SCHANNEL subtree and the keys of every other row of facts::registry_values(), without doubles.
[[nodiscard]] const std::vector<registry::Area>& managed_keys();

/// Does this value belong to the state at all?
[[nodiscard]] bool is_managed(const registry::KeyPath& key);

enum class Permission : std::uint8_t {
    named,       ///< a documented or secondary row in a section that may be written: has a name in profiles
    raw_only,    ///< observed or third-party row: as a raw value, with a lint note
    remove_only, ///< folklore or negative row: may be removed, never set
    read_only,   ///< another section: shown, never written
    unknown,     ///< inside the managed keys, and no row knows it: shown; may be removed, not set
    outside,     ///< not managed
};

/// What may be done to that value. `row` (if not nullptr) receives the row that decides, nullptr without one.
[[nodiscard]] Permission permission(const registry::KeyPath& key, std::string_view value_name,
                                    const facts::RegistryValue** row = nullptr);

}  // namespace schancfg::schannel
