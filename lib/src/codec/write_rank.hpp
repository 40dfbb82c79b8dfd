// In which order a carrier without a look at the machine writes: what can only raise a switch first, what can only lower one last (plan/write_order says why).
// So one protocol of a role that is there before and after is there in between.
#pragma once

#include "schancfg/registry/wanted.hpp"

namespace schancfg::codec {

/// 0: first, 1, 2: last.
[[nodiscard]] int write_rank(const registry::WantedValue& item);

}  // namespace schancfg::codec
