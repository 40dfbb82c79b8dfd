// The rules of lint: one row each, with the page that `explain` shows.
//
// Ids are stable, they stand in people's allow comments. What makes a rule speak is in lint's sources, not here.
#pragma once

#include <span>
#include <string_view>

#include "schancfg/diagnostic.hpp"

namespace schancfg::lint {

struct LintRule {
    std::string_view id;       ///< `suite-name-dead`
    Severity severity;         ///< the highest it gives; where harm is less likely it speaks more softly
    std::string_view title;    ///< one line without a full stop
    std::string_view breaks;   ///< what breaks, and why
    std::string_view fix;
    std::string_view sources;
    std::string_view footgun = {};  ///< `F1`, or several with a space between: the number of the trap in the documentation
};

/// Sorted by id.
[[nodiscard]] std::span<const LintRule> lint_rules();
/// nullptr: unknown. Exact.
[[nodiscard]] const LintRule* find_lint_rule(std::string_view id);
/// Speaks only where the release is known.
[[nodiscard]] bool needs_release(const LintRule& rule);
/// Its notes are for knowing: nobody can do anything about what they say.
[[nodiscard]] bool is_background(const LintRule& rule);
[[nodiscard]] std::string_view severity_name(Severity severity);  ///< `note`, `warning`, `error`

}  // namespace schancfg::lint
