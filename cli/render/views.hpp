// Views: what a 64-bit machine says of its 64-bit and its 32-bit programs is one row where both say the same.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace schancfg::cli {

/// Joins rows whose labels differ in ` view64` and ` view32` alone: the first stays, without its view. `label`: a row's label, to be changed; `alike`: do
/// two rows say the same beside it?
template <class Row, class Label, class Alike>
void join_views(std::vector<Row>& rows, Label label, Alike alike) {
    constexpr std::string_view this_view = " view64", other_view = " view32";
    for (auto row = rows.begin(); row != rows.end(); ++row) {
        const std::size_t at = label(*row).find(this_view);
        if (at == std::string::npos) continue;
        std::string other = label(*row);
        other.replace(at, this_view.size(), other_view);
        const auto twin = std::find_if(row + 1, rows.end(), [&](Row& each) { return label(each) == other && alike(each, *row); });
        if (twin == rows.end()) continue;
        label(*row).erase(at, this_view.size());
        rows.erase(twin);
    }
}

}  // namespace schancfg::cli
