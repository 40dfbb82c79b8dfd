// Times and durations as records, markers and options spell them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "failure.hpp"

namespace schancfg::cli {

using Moment = std::chrono::sys_seconds;

/// The current second.
[[nodiscard]] Moment now();
/// `20261121T074500Z-3f9c`: the last four digits are the part of the second that has passed, so that ids sort by time.
[[nodiscard]] std::string id_at(std::chrono::system_clock::time_point instant);
/// `2026-11-21T07:45:00Z`.
[[nodiscard]] std::string time_text(Moment moment);
/// The inverse; nullopt for a text of another form, or a day that is in no calendar.
[[nodiscard]] std::optional<Moment> time_of(std::string_view text);

/// `90s`, `15m`, `2h`: from a second to a week. 2 for anything else, naming `option`.
[[nodiscard]] Outcome<std::chrono::seconds> duration_of(std::string_view text, std::string_view option);
/// `90 s`, `15 min`, `2 h`.
[[nodiscard]] std::string duration_text(std::chrono::seconds duration);

}  // namespace schancfg::cli
