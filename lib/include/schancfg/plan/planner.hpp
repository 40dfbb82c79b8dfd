// The planner: compares a state with what is wanted and orders what has to be done. Pure; every command plans here. Use from any thread.
#pragma once

#include <vector>

#include "schancfg/facts/releases.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::plan {

/// Changes that `state` needs to meet `wanted`; empty when it already does.
///
/// Order: first what enables, last what disables, everything else between, so that a role with a protocol before and after has
/// one all the time; what enables is judged by the truth table of the protocol switches with the defaults of `release`
/// (nullptr: unknown, then an absent `Enabled` counts as on for TLS 1.0 to 1.2 only). Within a group the order is that of the
/// keys. A key that must be made comes before its first value, each level on its own; keys are removed at the end, leaf first.
///
/// Keys: a value makes its key. Removing the last value leaves the key. A key wanted present that holds nothing is no
/// difference, so nothing is planned for it. A key wanted absent loses every value and key, one change each, but for what
/// `wanted` asks for below it; it is removed even if it was empty, since somebody asked for that. Roots are never removed.
///
/// `state` must be all of the managed keys as `backend::snapshot` gives them, keys that lead there included, or keys that exist
/// would be made again. `wanted` is carried out as it is: what may not be written is for plan/checked.hpp to say.
[[nodiscard]] Plan make(const registry::Tree& state, const registry::Wanted& wanted, const facts::Release* release = nullptr);

/// The same changes in the order that `make` gives them, from a file that anybody may have sorted. `state` holds what their `before` says.
[[nodiscard]] Plan ordered(Plan plan, const registry::Tree& state, const facts::Release* release = nullptr);

/// What turns `from` into `to`, both ways of looking at the same managed keys: every value that differs, is new or is gone.
/// Keys that hold nothing are not difference; values of other components in managed keys (Permission::outside) are none of ours.
[[nodiscard]] Plan between(const registry::Tree& from, const registry::Tree& to, const facts::Release* release = nullptr);

}  // namespace schancfg::plan
