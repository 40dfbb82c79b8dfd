// Markup: text from files and registries made safe to show in Markdown, XML and HTML; plain lines are schancfg::escape's.
#pragma once

#include <string>
#include <string_view>

#include "schancfg/text.hpp"

namespace schancfg::cli {

/// A code span of Markdown, safe inside a table, backquotes and bars included.
[[nodiscard]] std::string markdown_code(std::string_view text);
/// Plain Markdown text without any markup of its own, nor links and mentions that a reader (GitHub's) makes of plain addresses.
[[nodiscard]] std::string markdown_text(std::string_view text);
/// The text exactly, inside of an XML element or attribute: what is markup there is written as an entity. Not escaped.
[[nodiscard]] std::string xml_text(std::string_view text);
/// Plain text inside of an HTML element, where Markdown is not read.
[[nodiscard]] std::string html_text(std::string_view text);

}  // namespace schancfg::cli
