// overlay: the state that a Wanted leads to, without a plan: for `profile:` sources, which nobody has to reach step by step.
// Plain values: one thread changes one, or several read it.
#pragma once

#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::registry {

/// Makes `tree` meet `wanted`. What already meets an item stays as it is, byte for byte; what is not mentioned is left alone. Keys that
/// become empty stay.
void overlay(Tree& tree, const Wanted& wanted);

}  // namespace schancfg::registry
