// A page of HTML that needs nothing else: no network, no other file. Its policy (Content-Security-Policy) lets in the style and the script that it holds by
// their hashes, and nothing else; so nothing in a name that is shown can run, even where it were not escaped.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace schancfg::cli {

/// `body` is HTML, with all names in it escaped (html_text); `script` may be empty. Light and dark, as the reader's system is; printable.
[[nodiscard]] std::string html_page(std::string_view title, std::string_view body, std::string_view script = {});

// The parts of such pages. What is called a cell or HTML has been escaped; a text is escaped here.

[[nodiscard]] std::string html_code(std::string_view text);
[[nodiscard]] std::string html_heading(std::string_view text);
/// A paragraph of that class (`good`, `bad`, `warn`, `faint`; empty: none); nothing for no text.
[[nodiscard]] std::string html_paragraph(std::string_view text, std::string_view tone = {});
/// Nothing where there are no rows.
[[nodiscard]] std::string html_table(std::initializer_list<std::string_view> headers, const std::vector<std::vector<std::string>>& rows);
/// Folded. `find`: what html_search finds it by; empty: it is not looked for.
[[nodiscard]] std::string html_folded(std::string_view summary_html, std::string_view body_html, std::string_view find = {});
/// A field that hides what does not hold the words that are typed, of all that has a `data-find`; with search_script.
[[nodiscard]] std::string html_search();
extern const std::string_view search_script;

/// The bytes that `hex` (lower-case) spells, in Base64.
[[nodiscard]] std::string base64_of_hex(std::string_view hex);

}  // namespace schancfg::cli
