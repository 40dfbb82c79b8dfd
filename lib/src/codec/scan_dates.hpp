// Dates as scanners and people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace schancfg::codec::scan {

/// Seconds since 1970 of `2026-01-31`, `2026-01-31 12:30`, `2026-01-31T12:30:05.25Z`, `2026-01-31T12:30:05+01:00`, `May 16 23:59:59 2022 GMT`,
/// `Thu May 16 23:59:59 2022`, or of a number of seconds. What names no zone is UTC. nullopt: another form, or a day that is in no calendar.
[[nodiscard]] std::optional<std::int64_t> seconds_of(std::string_view text);

}  // namespace schancfg::codec::scan
