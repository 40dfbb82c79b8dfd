// Points on which sources contradict each other. Both answers are kept. Where one outranks the other, `weighed` says which and why: a dated
// text about that very release outranks a summary row, and what captures of machines show outranks a table. Else neither is preferred.
// Constant tables; use from any thread.
#pragma once

#include <span>
#include <string_view>

namespace schancfg::facts {

struct Conflict {
    std::string_view id;     ///< `C1`
    std::string_view topic;
    std::string_view one, one_source;
    std::string_view other, other_source;
    std::string_view weighed = {};  ///< which answer counts, and why; empty: neither, the point is not certain
};

[[nodiscard]] std::span<const Conflict> conflicts();
[[nodiscard]] const Conflict* find_conflict(std::string_view id);  ///< without case

}  // namespace schancfg::facts
