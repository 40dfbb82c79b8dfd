// A table in plain text: columns as wide as their widest cell, two spaces apart, within a width. Cells are escaped by the caller, and coloured as a whole or
// not at all.
#pragma once

#include <string>
#include <vector>

namespace schancfg::cli {

/// A text for each row, of one or more lines: what does not fit goes on below its column. First the last column becomes narrow, then the widest of the others.
/// Words are cut only where whole ones do not fit, and names of suites and records never, which makes the lines longer than `width`. Each line ends with a line end; trailing spaces are left out.
[[nodiscard]] std::vector<std::string> table_rows(const std::vector<std::vector<std::string>>& rows, std::size_t width, std::size_t indent = 0);

/// The same in one text.
[[nodiscard]] std::string text_table(const std::vector<std::vector<std::string>>& rows, std::size_t width, std::size_t indent = 0);

}  // namespace schancfg::cli
