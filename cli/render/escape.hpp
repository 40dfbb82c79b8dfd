// Escaping: text from files and registries made safe to show.
//
// Whatever would steer a terminal, turn its writing direction or hide is written as `\x1B` (a byte) or `\u{202E}` (a character).
// Backslashes stay as they are, since nearly every text here is a key path.
#pragma once

#include <string>
#include <string_view>

namespace schancfg::cli {

/// The first `bytes` of it, at the end of a character, and ` …` where that is not all: a name in a scan may be a megabyte long. Not escaped.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t bytes);

/// One line of plain text for a terminal or a log.
[[nodiscard]] std::string escape(std::string_view text);
/// A code span of Markdown, safe inside a table, backquotes and bars included.
[[nodiscard]] std::string markdown_code(std::string_view text);
/// Plain Markdown text without any markup of its own, nor links and mentions that a reader (GitHub's) makes of plain addresses.
[[nodiscard]] std::string markdown_text(std::string_view text);
/// The text exactly, inside of an XML element or attribute: what is markup there is written as an entity. Not escaped.
[[nodiscard]] std::string xml_text(std::string_view text);
/// Plain text inside of an HTML element, where Markdown is not read.
[[nodiscard]] std::string html_text(std::string_view text);

}  // namespace schancfg::cli
