// Registry data for people: short, exact where it can be, escaped.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/registry/value.hpp"

namespace schancfg::cli {

/// `1`, `0x200 (512)`, `"text"`, `["a", "b"]`, `REG_BINARY 00 ff`; `absent` for nullopt.
[[nodiscard]] std::string show_value(const std::optional<registry::Value>& value);
/// The same with the type in front in any case: `REG_DWORD 1`.
[[nodiscard]] std::string show_typed_value(const registry::Value& value);
/// Both sides of a change. Of two texts, or two runs of bytes, that are too long for a line, what stands around their first difference: `…"abc"… (of 601 characters)`.
struct ShownChange {
    std::string before, after;
};
[[nodiscard]] ShownChange show_change(const std::optional<registry::Value>& before, const std::optional<registry::Value>& after);
/// `(default value)` for the default value.
[[nodiscard]] std::string show_name(std::string_view value_name);

/// The names of a list of suites or curves: a REG_MULTI_SZ, or the comma-separated REG_SZ of a value called Functions.
[[nodiscard]] std::optional<std::vector<std::string>> list_of(std::string_view value_name, const registry::Value& value);

/// The same of a value that may be absent; empty where it is, or is not a list.
[[nodiscard]] std::vector<std::string> names_of(std::string_view value_name, const std::optional<registry::Value>& value);
/// A list of more names is not shown in a row with other things.
inline constexpr std::size_t longest_inline_list = 3;

/// One line of the difference of two lists.
struct ListLine {
    char mark = ' ';  ///< `-` only before, `+` only after, ` ` both
    std::string name;
};
/// The shortest difference that keeps both orders.
[[nodiscard]] std::vector<ListLine> list_difference(const std::vector<std::string>& before, const std::vector<std::string>& after);

}  // namespace schancfg::cli
