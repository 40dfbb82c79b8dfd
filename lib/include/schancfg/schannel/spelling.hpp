// How names and texts are spelled where people read them: as TOML keys and strings, and inside messages.
//
// Texts come from files and registries and may hold anything, so what would move a cursor or not be seen is escaped.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace schancfg::schannel {

/// Control characters and those that show as nothing or move text: zero-width, bidirectional, separators, tags.
[[nodiscard]] bool is_invisible(char32_t point);

/// One key as TOML spells it, in quotes with escapes where it needs them.
[[nodiscard]] std::string toml_key(std::string_view key);
/// `a."b c".d`: a path as TOML spells it.
[[nodiscard]] std::string toml_path(std::span<const std::string_view> path);
/// A string as TOML spells it. Half a UTF-16 character, for which TOML has no spelling, becomes U+FFFD.
[[nodiscard]] std::string toml_string(std::string_view text);

/// For messages and comments: one line, invisible characters as `\u001B`, cut with `...` after 100 characters.
[[nodiscard]] std::string shown(std::string_view text);
/// The same in quotation marks.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace schancfg::schannel
