// The order in which value changes are written, so that no role is ever without a protocol that has one before and after.
#pragma once

#include <vector>

#include "schancfg/facts/releases.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::plan {

/// `changes` are of values only, sorted by key and name, at most one a value, and their `before` is what `state` holds.
/// What enables comes first, what disables last, everything else between; within a group the order stays.
[[nodiscard]] std::vector<Change> in_write_order(std::vector<Change> changes, const registry::Tree& state,
                                                 const facts::Release* release);

}  // namespace schancfg::plan
