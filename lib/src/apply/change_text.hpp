// Changes and values in the words of error messages: one line, no control characters, long data cut.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schancfg/plan/plan.hpp"

namespace schancfg::apply {

/// Names and strings come from a registry or a file that anybody may have written, and go to somebody's terminal: what is not
/// for printing becomes `?`.
[[nodiscard]] std::string printable_text(std::string_view text);
/// `HKLM\...\Server: Enabled`, or the key alone.
[[nodiscard]] std::string place_text(const plan::Change& change);
/// `absent`, `REG_DWORD 1`, `REG_SZ "a"`, `REG_BINARY 00ff`.
[[nodiscard]] std::string value_text(const std::optional<registry::Value>& value);

}  // namespace schancfg::apply
