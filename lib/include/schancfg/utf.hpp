// Conversions between UTF-8 (everywhere inside) and UTF-16LE (in registry data, `.reg` files and Win32).
//
// Registry strings are 16-bit units that need not be valid UTF-16. A lone surrogate is kept by encoding it as three
// bytes (WTF-8), so bytes -> text -> bytes loses nothing. Text that people wrote is checked with `find_invalid_utf8`. Pure functions; use from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace schancfg::utf {

/// Position of the first byte that is not valid UTF-8 (surrogates and overlong forms are not), or npos.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

/// UTF-8 (or WTF-8) to UTF-16LE bytes, two a unit. Invalid bytes become U+FFFD.
[[nodiscard]] std::string to_utf16le(std::string_view text);

/// UTF-16LE bytes to UTF-8; lone surrogates become WTF-8. A last odd byte is ignored.
[[nodiscard]] std::string from_utf16le(std::string_view bytes);

/// Appends one code point (also a lone surrogate) as (W)UTF-8.
void append_utf8(std::string& out, char32_t code_point);

/// Decodes the code point that starts at `at` and moves `at` behind it. Invalid bytes give U+FFFD and move by one.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& at);

/// Upper case of one UTF-16 unit as the registry folds it (simple mapping of the Basic Multilingual Plane, no locale).
/// Source: Windows folds names with RtlUpcaseUnicodeChar; the regf format sorts keys by the upper-cased name.
[[nodiscard]] char16_t upcase(char16_t unit);

/// Compares as the registry orders names: by upper-cased UTF-16 units. <0, 0, >0.
[[nodiscard]] int compare_no_case(std::string_view a, std::string_view b);
[[nodiscard]] inline bool equal_no_case(std::string_view a, std::string_view b) { return compare_no_case(a, b) == 0; }
[[nodiscard]] inline bool ends_with_no_case(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && equal_no_case(text.substr(text.size() - end.size()), end);
}

/// `text` with every unit upper-cased; equal for exactly the names that the registry takes to be one.
[[nodiscard]] std::string fold_case(std::string_view text);

}  // namespace schancfg::utf
