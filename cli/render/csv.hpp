// Lines of CSV (RFC 4180) that a spreadsheet may open.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schancfg::cli {

/// One line with CR LF. Texts are escaped here, quoted where they have to be, and begin with `'` where a spreadsheet would take them for a formula.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

}  // namespace schancfg::cli
