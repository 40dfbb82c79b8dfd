// Text set to a width: paragraphs, and two columns side by side. Texts are escaped by the caller and carry no colours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schancfg::cli {

/// Columns of a terminal that nobody widened.
inline constexpr std::size_t text_width = 80;

/// How many columns it takes: code points.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// `text` in lines of at most `width` columns, broken at spaces; a word that is longer than a line is cut, behind `_`, `\`,
/// `/` or `,` if there is one. Width is at least 1.
/// At least one line, which may be empty.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// `lead`, then `text` wrapped to text_width beside and below it; each line ends with a line end.
[[nodiscard]] std::string paragraph(std::string_view lead, std::string_view text);

/// A row of two columns, with a label before them.
struct Facing {
    std::string label, left, right;
};
/// The labels take what they need (up to a quarter), the columns half of the rest each; within text_width. A row with a word that does not
/// fit has its label on a line of its own, and its lists one name a line.
[[nodiscard]] std::string side_by_side(const std::vector<Facing>& rows);

}  // namespace schancfg::cli
