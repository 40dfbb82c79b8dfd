// A table in plain text: columns as wide as their widest cell, the last one ragged. Cells are escaped by the caller.
#pragma once

#include <string>
#include <vector>

namespace schancfg::cli {

/// Each row ends with a line end; trailing spaces are left out. Columns stand two spaces apart.
[[nodiscard]] std::string text_table(const std::vector<std::vector<std::string>>& rows, std::size_t indent = 0);

}  // namespace schancfg::cli
