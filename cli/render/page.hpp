// A page of HTML that needs nothing else: no network, no other file. Its policy (Content-Security-Policy) lets in the style and the script that it holds by
// their hashes, and nothing else; so nothing in a name that is shown can run, even where it were not escaped.
#pragma once

#include <string>
#include <string_view>

namespace schancfg::cli {

/// `body` is HTML, with all names in it escaped (html_text); `script` may be empty. Light and dark, as the reader's system is; printable.
[[nodiscard]] std::string html_page(std::string_view title, std::string_view body, std::string_view script = {});
/// The bytes that `hex` (lower-case) spells, in Base64.
[[nodiscard]] std::string base64_of_hex(std::string_view hex);

}  // namespace schancfg::cli
