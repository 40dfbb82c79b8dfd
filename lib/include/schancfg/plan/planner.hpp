// The planner: compares a state with what is wanted and orders what has to be done. Pure; every command plans here.
#pragma once

#include <vector>

#include "schancfg/facts/releases.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::plan {

/// Changes that `state` needs to meet `wanted`; empty when it already does. Keys that must be made come before their values,
/// values and children before the key that is removed. Between those bounds: writes that enable, then removals, then
/// writes that disable, so that a role with a protocol before and after has one all the time; what enables is judged by the
/// truth table of the protocol switches with the defaults of `release` (nullptr: unknown, then an absent `Enabled` counts as on
/// for TLS 1.0 to 1.2 only). Within a group the order is that of the keys. `state` must hold all of the managed keys.
[[nodiscard]] Plan make(const registry::Tree& state, const registry::Wanted& wanted, const facts::Release* release = nullptr);

/// What turns `from` into `to`, both ways of looking at the same managed keys: every value that differs, is new or is gone.
/// Keys that hold nothing are no difference.
[[nodiscard]] Plan between(const registry::Tree& from, const registry::Tree& to, const facts::Release* release = nullptr);

}  // namespace schancfg::plan
