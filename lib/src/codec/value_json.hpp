// A registry value as JSON, the one form that all our JSON has: `{"type": "REG_DWORD", "data": 1}`, or `"hex"` where `data` would
// not come back as the same bytes.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <span>
#include <string_view>

#include "schancfg/registry/value.hpp"
#include "schancfg/result.hpp"

namespace schancfg::codec {

/// Adds `type` and `data` or `hex` to `object`.
void put_value(nlohmann::ordered_json& object, const registry::Value& value);
/// Reads them back; other members of `object` are the caller's. The message says what is wrong, without the place.
[[nodiscard]] Result<registry::Value> take_value(const nlohmann::ordered_json& object);

/// JSON is Unicode and registry names are not: a name with a lone surrogate is written as the hexadecimal of its UTF-16LE bytes,
/// in `<member>_utf16` instead of `<member>`.
void put_name(nlohmann::ordered_json& object, const std::string& member, std::string_view name);
/// The message says what is wrong, without the place.
[[nodiscard]] Result<std::string> take_name(const nlohmann::ordered_json& object, const std::string& member);

/// Indented by two, without a line end. All of it is ASCII, so that no name in it steers a terminal; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& json);

/// Parses hostile JSON: valid UTF-8, at most `max_size` bytes, `max_depth` levels and eight million items, at most 64
/// members in an object, none given twice.
/// malformed with line and column. Never throws.
/// `kept`: the members of objects that are wanted, wherever they stand; empty: all.
[[nodiscard]] Result<nlohmann::ordered_json> parse_json(std::string_view text, std::string_view file, std::size_t max_size,
                                                        int max_depth, std::span<const std::string_view> kept = {});

/// Where a text stops being JSON.
struct JsonFault {
    std::size_t at = 0;             ///< in bytes; the size of the text where it ends too early
    bool number_too_large = false;  ///< it is one, but a number in it is beyond a double
};

/// None where the text is JSON. Builds nothing of it.
[[nodiscard]] std::optional<JsonFault> find_json_fault(std::string_view text);

}  // namespace schancfg::codec
