// A table in plain text: columns as wide as their widest cell, the last one ragged. Cells are escaped by the caller.
#pragma once

#include <string>
#include <vector>

namespace schancfg::cli {

/// Each row ends with a line end; trailing spaces are left out. Columns stand two spaces apart.
[[nodiscard]] std::string text_table(const std::vector<std::vector<std::string>>& rows, std::size_t indent = 0);

/// The same within text_width: what does not fit goes on below its column. A cell is coloured as a whole or not at all.
[[nodiscard]] std::string wrapped_table(const std::vector<std::vector<std::string>>& rows, std::size_t indent = 0);

}  // namespace schancfg::cli
