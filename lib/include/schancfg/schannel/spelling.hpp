// How names and texts are spelled in TOML: what would move a cursor or not be seen is escaped as TOML does. Use from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace schancfg::schannel {

/// One key as TOML spells it, in quotes with escapes where it needs them.
[[nodiscard]] std::string toml_key(std::string_view key);
/// `a."b c".d`: a path as TOML spells it.
[[nodiscard]] std::string toml_path(std::span<const std::string_view> path);
/// A string as TOML spells it. Half a UTF-16 character, for which TOML has no spelling, becomes U+FFFD.
[[nodiscard]] std::string toml_string(std::string_view text);

}  // namespace schancfg::schannel
