// Rows of what changes: before → after first, then what it is about, so that labels of any length line up; within the columns of the sheet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "console/output.hpp"
#include "schancfg/plan/plan.hpp"

namespace schancfg::cli {

/// In the colour of what comes, goes or becomes another.
[[nodiscard]] std::string paint_action(plan::Action action, std::string_view text, const Paint& paint);

/// All texts are escaped by the caller and carry no colours, but for those of `below`.
struct ChangeRow {
    std::string before, after;          ///< one of them may be empty: then only the other is shown
    std::vector<std::string> subjects;  ///< at least one; each is kept on one line where it fits
    plan::Action tone = plan::Action::change;  ///< the colour: something comes, goes, or is another
    bool certain = true;                ///< false: said behind the subjects
    std::vector<std::string> below = {}; ///< whole lines, indented by the caller
};

/// A heading and its rows; empty when there are none.
[[nodiscard]] std::string change_rows(std::string_view heading, const std::vector<ChangeRow>& rows, const Sheet& sheet);

}  // namespace schancfg::cli
