#include "profile_syntax.hpp"

#include <algorithm>
#include <array>

#include "schancfg/ascii.hpp"

namespace schancfg::codec {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view line_of(std::string_view text, std::size_t number) {
    for (std::size_t at = 1; at < number; ++at) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    return text.substr(0, text.find('\n'));
}

/// The first of `sought` outside of quotes; npos: none.
std::size_t bare(std::string_view text, char sought) {
    char quote = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quote == '"' && c == '\\') {
            ++at;
        } else if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == sought) {
            return at;
        } else if (c == '"' || c == '\'') {
            quote = c;
        }
    }
    return std::string_view::npos;
}

bool holds_escape(std::string_view line) {
    const std::size_t open = line.find('"');
    return open != std::string_view::npos && line.find('\\', open) != std::string_view::npos;
}

bool is_word(std::string_view value) {
    const char c = value.empty() ? ' ' : value.front();
    const bool letter = ascii::is_letter(c);
    return letter && !std::ranges::any_of(std::to_array<std::string_view>({"true", "false", "inf", "nan"}), [&](std::string_view word) { return value == word; });
}

bool has_blank(std::string_view key) { return key.find_first_of("\"'") == std::string_view::npos && key.find_first_of(blanks) != std::string_view::npos; }

}  // namespace

SyntaxMistake syntax_mistake(std::string_view text, std::size_t number) {
    const std::string_view raw = line_of(text, number);
    const std::string_view line = trimmed(raw.substr(0, bare(raw, '#')));
    if (holds_escape(line)) return {"a backslash in \"...\" starts an escape", "write text with backslashes in '...'"};
    if (std::ranges::count(line, '"') % 2 != 0 || (line.find('"') == std::string_view::npos && std::ranges::count(line, '\'') % 2 != 0)) {
        return {"a quote is opened and not closed on this line", "close it"};
    }
    const std::size_t equals = bare(line, '=');
    const std::string_view key = trimmed(line.substr(0, equals));
    if (line.starts_with('[')) {
        if (bare(line, ']') == std::string_view::npos) return {"the bracket of this line is not closed", "close it: ]"};
        if (equals == std::string_view::npos && has_blank(trimmed(line.substr(1, bare(line, ']') - 1)))) return {"the name of the table holds a blank", "put it in quotes"};
    }
    if (equals != std::string_view::npos) {
        const std::string_view value = trimmed(line.substr(equals + 1));
        if (has_blank(key)) return {"the key holds a blank", is_word(value) ? "put it in quotes, and the value as well" : "put it in quotes"};
        if (value.empty()) return {"there is no value behind the equals sign", "write one"};
        if (is_word(value)) return {"the value is text without quotes", "put it in quotes"};
        if (value.starts_with('[') && bare(value, ']') == std::string_view::npos) return {"a comma or the closing bracket of the list is missing", "part names by commas and close the list: ]"};
        if (value.starts_with('{') && bare(value, '}') == std::string_view::npos) return {"a { } has to stand on one line", "close it there, or make a [table] of it"};
        if (value.starts_with('[') || value.starts_with('{')) return {"a comma is missing between two items, or something stands behind the end", "part them by commas"};
        return {"the value is not one of TOML", "text in quotes, a number, true, false or a list [\"a\", \"b\"]"};
    }
    // In the middle of a list: what stands above it says so.
    for (std::size_t above = number; above-- > 1;) {
        const std::string_view before = trimmed(line_of(text, above).substr(0, bare(line_of(text, above), '#')));
        if (before.empty()) continue;
        const bool item = before.ends_with('"') || before.ends_with('\'');
        if (item && (line.starts_with('"') || line.starts_with('\''))) return {"a comma is missing in front of this line", "part the names of a list by commas"};
        break;
    }
    if (!line.empty() && line.find_first_of("[]{},\"'") == std::string_view::npos) return {"the line has no equals sign", "write key = value, or # in front of a comment"};
    return {"this is not TOML", "a profile is a TOML 1.0 file"};
}

}  // namespace schancfg::codec
