// Findings of lint as text, JSON, SARIF 2.1.0 and workflow commands of GitHub; and the list of the rules.
#pragma once

#include <string>
#include <vector>

#include "console/output.hpp"
#include "schancfg/lint/lint.hpp"

namespace schancfg::cli {

struct LintView {
    lint::Findings findings;
    std::vector<std::size_t> judged;  ///< for how many releases each was looked for; 0: the release is unknown
    const facts::Release* release = nullptr;  ///< when it is one for all
    bool without_release = false;  ///< something was judged for no release
    bool all = false;              ///< also notes that nobody can act on
    std::vector<Span> shown_at = {};  ///< of each finding: its place, or where a file of the user's extends the shipped profile that it is in
};

[[nodiscard]] std::string lint_text(const LintView& view, const Sheet& sheet);
[[nodiscard]] std::string lint_json(const LintView& view);
[[nodiscard]] std::string lint_sarif(const LintView& view);
[[nodiscard]] std::string lint_github(const LintView& view);

[[nodiscard]] std::string lint_rules_text(const Sheet& sheet);
[[nodiscard]] std::string lint_rules_json();

/// `Windows 7, Windows 8 and 3 more`; empty where the finding is for all that were judged.
[[nodiscard]] std::string lint_releases(const lint::Finding& finding, std::size_t judged);

}  // namespace schancfg::cli
