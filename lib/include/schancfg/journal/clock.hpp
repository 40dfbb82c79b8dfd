// Times and ids as records and markers spell them. Every function may be called by several threads at once.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace schancfg::journal {

using Moment = std::chrono::sys_seconds;

/// The current second.
[[nodiscard]] Moment now();
/// `20261121T074500Z-3f9c02d4a1b7c6e5`: the first four digits after the hyphen are the part of the second that has passed, so that ids
/// sort by time; the rest are 48 bits of the system's random source, so that two runs at once have different ones.
[[nodiscard]] std::string new_id(std::chrono::system_clock::time_point instant);
/// `2026-11-21T07:45:00Z`.
[[nodiscard]] std::string time_text(Moment moment);
/// The inverse; nullopt for a text of another form, or a day that is in no calendar.
[[nodiscard]] std::optional<Moment> time_of(std::string_view text);

}  // namespace schancfg::journal
