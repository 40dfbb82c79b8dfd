// Points on which sources contradict each other. Both answers are kept; nothing here says who is right.
#pragma once

#include <span>
#include <string_view>

namespace schancfg::facts {

struct Conflict {
    std::string_view id;     ///< `C1`
    std::string_view topic;
    std::string_view one, one_source;
    std::string_view other, other_source;
};

[[nodiscard]] std::span<const Conflict> conflicts();
[[nodiscard]] const Conflict* find_conflict(std::string_view id);  ///< without case

}  // namespace schancfg::facts
