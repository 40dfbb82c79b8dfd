// Managed keys: which registry values schancfg reads and which it may write, and how strictly. Use from any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schancfg/facts/registry_values.hpp"
#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::schannel {

/// The whole SCHANNEL subtree and the keys of every other row of facts::registry_values(), without doubles, sorted.
/// These keys may hold values of other components as well; `permission` and `managed_part` tell them apart.
[[nodiscard]] const std::vector<registry::Area>& managed_keys();

/// May values of this key belong to the state at all?
[[nodiscard]] bool is_managed(const registry::KeyPath& key);

enum class Permission : std::uint8_t {
    named,       ///< a documented or secondary row in a section that may be written: has a name in profiles
    raw_only,    ///< observed or third-party row: as a raw value, with a lint note
    remove_only, ///< folklore or negative row: may be removed, never set
    read_only,   ///< another section: shown, never written
    unknown,     ///< inside SCHANNEL, and no row knows it: shown; may be removed, not set
    outside,     ///< not managed: another key, or a value of another component in a managed key outside SCHANNEL
};

/// What may be done to that value. `row` (if not nullptr) receives the row that decides, nullptr without one.
[[nodiscard]] Permission permission(const registry::KeyPath& key, std::string_view value_name,
                                    const facts::RegistryValue** row = nullptr);

/// The state that `tree` holds: its values that are not `outside`. Keys without such values are left out.
[[nodiscard]] registry::Tree managed_part(const registry::Tree& tree);

}  // namespace schancfg::schannel
