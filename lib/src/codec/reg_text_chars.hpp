// The characters that lines of `.reg` text are made of, and how a line is called in messages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "schancfg/utf.hpp"

namespace schancfg::codec::reg_text {

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }

inline std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

inline bool is_end_or_comment(std::string_view text, std::size_t at) { return at == text.size() || text[at] == ';'; }

/// 16 for everything that is not a hex digit.
inline constexpr std::array<std::uint8_t, 256> hex_digits = [] {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(16);
    for (unsigned i = 0; i < 10; ++i) digits['0' + i] = static_cast<std::uint8_t>(i);
    for (unsigned i = 0; i < 6; ++i) digits['a' + i] = digits['A' + i] = static_cast<std::uint8_t>(10 + i);
    return digits;
}();

inline unsigned hex_digit(char c) { return hex_digits[static_cast<unsigned char>(c)]; }
inline bool is_hex_digit(char c) { return hex_digit(c) < 16; }

/// In UTF-16 units. A text of n bytes has at most n of them, so that most texts need not be counted.
inline bool is_longer(std::string_view text, std::size_t units) {
    return text.size() > units && utf::to_utf16le(text).size() / 2 > units;
}

inline std::string line_number(std::uint32_t line) { return "line " + std::to_string(line); }

}  // namespace schancfg::codec::reg_text
