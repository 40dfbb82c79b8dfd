// The state as people read it: each setting that has a name, whether the registry holds it or not, then what else is managed.
//
// What is absent is said to be absent, never off: what Windows does then is the effect's business (effect/effect). Use from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/value.hpp"
#include "schancfg/schannel/settings.hpp"

namespace schancfg::schannel {

struct StateRow {
    registry::KeyPath key;    ///< as the tree spells it, or for an absent value as Windows does
    std::string value_name;   ///< likewise
    const Setting* setting = nullptr;       ///< nullptr: the value has no name in profiles
    std::optional<registry::Value> value;   ///< nullopt: absent, only with a setting
};

/// A row for every setting, in the order of settings(), then one for every other managed value that is there, by key and name.
/// Values of other components in managed keys are left out, as in managed_part().
[[nodiscard]] std::vector<StateRow> state_rows(const registry::Tree& tree);

}  // namespace schancfg::schannel
