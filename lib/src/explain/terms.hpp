// Words that name no row of the facts, with what one does about them. Constant tables.
#pragma once

#include <span>
#include <string_view>

namespace schancfg::explain {

struct Term {
    std::string_view kind, names;  ///< names with `|` between, the first is shown
    std::string_view summary;
    std::string_view check;        ///< what to do next, first
    std::string_view fix;
    std::string_view look_up;      ///< words that explain more; may be empty
    std::string_view trap;         ///< a rule of lint; may be empty
    std::string_view source;
};

/// Attacks, terms of the field, the program's own words.
[[nodiscard]] std::span<const Term> terms();
/// What people ask after beside it: standards, tools, programs, protocols and flaws of other parts of Windows. A name of kind `program` may have a
/// version behind it.
[[nodiscard]] std::span<const Term> neighbours();

}  // namespace schancfg::explain
