// Durations as options spell them.
#pragma once

#include <chrono>
#include <string_view>

#include "failure.hpp"

namespace schancfg::cli {

/// `90s`, `15m`, `2h`: from a second to a week. 2 for anything else, naming `option`.
[[nodiscard]] Outcome<std::chrono::seconds> duration_of(std::string_view text, std::string_view option);

}  // namespace schancfg::cli
