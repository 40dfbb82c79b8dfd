// Which reasons a code can have, likeliest first.
#pragma once

#include <cstdint>
#include <string_view>

#include "schancfg/facts/codes.hpp"

namespace schancfg::handshake {

/// Ids of reasons with a space between; empty: the code says nothing about a cause.
[[nodiscard]] std::string_view causes_of(const facts::Code& code);
/// The same for an alert by its number, also for those that facts::codes() has no row of.
[[nodiscard]] std::string_view causes_of_alert(std::uint32_t number);

}  // namespace schancfg::handshake
