// Examples: what one types most often, shown by `COMMAND --help`. A test runs each.
#pragma once

#include <span>
#include <string_view>

namespace schancfg::cli {

struct Example {
    std::string_view command;  ///< of the manual
    std::string_view line;     ///< without the program's name
    std::string_view does;     ///< a few words
};

/// By command, in the order in which they are shown.
[[nodiscard]] std::span<const Example> examples();

}  // namespace schancfg::cli
