// Text for people: the one escaper, quoting and joining.
//
// Names come from files and registries and may hold anything. Everything inside hands them out as they are; who shows a text escapes
// it, once, as a whole. Pure functions; use from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace schancfg {

/// What cannot be seen, moves a cursor or turns the direction of writing: by Unicode's properties control and format characters,
/// surrogates, line and paragraph separators, blanks other than U+0020, default ignorables and noncharacters; and the blank Braille
/// pattern. Source: Unicode 14.0, UnicodeData.txt, PropList.txt and DerivedCoreProperties.txt (`cmake/unprintable.pl`).
[[nodiscard]] bool is_unprintable(char32_t point);

/// One line: an unprintable character of ASCII or a byte that is not UTF-8 as `\x1B`, any other, and half a UTF-16 character, as `\u{202E}`.
/// Backslashes stay, since nearly every text here is a key path; so escaping twice changes nothing.
[[nodiscard]] std::string escape(std::string_view text);

/// The first `bytes` of it, at the end of a character, and ` …` where that is not all: a name in a file may be a megabyte long. Not escaped.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t bytes = 300);

/// In quotation marks, shortened to 300 bytes. Not escaped.
[[nodiscard]] std::string quote(std::string_view text);

/// `a, b, c`: the texts of a range, in its order.
template <class Range>
[[nodiscard]] std::string join(const Range& texts, std::string_view separator = ", ") {
    std::string out;
    bool first = true;
    for (const auto& text : texts) {
        if (!first) out += separator;
        first = false;
        out += text;
    }
    return out;
}

}  // namespace schancfg
