// Changes and values in the words of error messages: long data cut.
#pragma once

#include <optional>
#include <string>

#include "schancfg/plan/plan.hpp"

namespace schancfg::apply {

/// `HKLM\...\Server: Enabled`, or the key alone.
[[nodiscard]] std::string place_text(const plan::Change& change);
/// `absent`, `REG_DWORD 1`, `REG_SZ "a"`, `REG_BINARY 00ff`.
[[nodiscard]] std::string value_text(const std::optional<registry::Value>& value);

}  // namespace schancfg::apply
