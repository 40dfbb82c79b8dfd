// Text set to a width: paragraphs, and two columns side by side. Texts are escaped by the caller.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schancfg::cli {

/// How many columns it takes: code points, of which colours take no room.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// `text` in lines of at most `width` columns, broken at spaces, but not within what stands in `…` and fits a line; a word that is
/// longer than a line is cut, behind `,`, `_`, `\` or `/` if there is one. Width is at least 1. `used`: columns of the first line that are taken already; where no word fits beside them it is empty.
/// At least one line, which may be empty.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t used = 0);

/// `lead`, then `text` wrapped to `width` beside and below it; each line ends with a line end.
[[nodiscard]] std::string paragraph(std::string_view lead, std::string_view text, std::size_t width);

/// `lead` as it is, whose columns are at least `indent`; then `text` wrapped to `width`, beside it and below, there indented.
[[nodiscard]] std::string hanging(std::string_view lead, std::string_view text, std::size_t indent, std::size_t width);

/// A row of two columns, with a label before them.
struct Facing {
    std::string label, left, right;
};
/// The labels take what they need (up to a quarter), the columns half of the rest each; within `width`, which is at least 40. A row with a word that does not
/// fit has its label on a line of its own, and its lists one name a line. Without colours.
[[nodiscard]] std::string side_by_side(const std::vector<Facing>& rows, std::size_t width);

}  // namespace schancfg::cli
