// The changes of a plan arranged for reading: by key, each value once. A plan's own order is that of writing.
#pragma once

#include <vector>

#include "schancfg/plan/plan.hpp"

namespace schancfg::cli {

struct KeyChanges {
    registry::KeyPath key;
    const plan::Change* of_key = nullptr;      ///< the key itself is made or removed
    std::vector<const plan::Change*> of_values;  ///< by name, the default value first
    bool is_on_the_way = false;                ///< made or removed only together with a key below it: not worth a line
};

/// Keys in registry order.
[[nodiscard]] std::vector<KeyChanges> by_key(const plan::Plan& plan);

}  // namespace schancfg::cli
