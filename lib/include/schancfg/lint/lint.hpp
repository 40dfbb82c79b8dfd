// Lint: mistakes and dangers in profiles, `.reg` files and states, each with its rule, place and fix.
//
// Pure: it opens nothing. What a setting does is taken from effect; lint says what of it hurts. A profile or `.reg` file is
// blamed for what it asks, never for what Windows does anyway; a state also for its defaults, in notes. Use from any thread.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/circumstances.hpp"
#include "schancfg/lint/rules.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::lint {

struct Finding {
    const LintRule* rule = nullptr;
    Severity severity = Severity::warning;  ///< at most that of the rule
    Span place;                             ///< line 0: the subject has no lines
    std::string key, value;                 ///< `HKLM\...` and the value's name; empty where no single value is meant
    std::string message, fix;               ///< one line each
    /// For which of the releases that were judged; empty: it does not depend on one, or none is known.
    std::vector<const facts::Release*> releases;
    std::strong_ordering operator<=>(const Finding&) const = default;  ///< for sets: the order means nothing
};
using Findings = std::vector<Finding>;

struct LintOptions {
    /// Judge for these. Empty: for all that the profile's `windows` allows; without conditions only what needs no release.
    std::vector<const facts::Release*> releases = {};
    effect::Circumstances circumstances = {};
    /// For lint_patch: the lines are an export, a state, so that what it does by default is judged as well, as far as it speaks for it.
    bool defaults = false;
};

/// Sorted by file, line, column, rule. Each finding is there once, however many releases it is for.
[[nodiscard]] Findings lint_profile(const schannel::Profile& profile, const LintOptions& options);
[[nodiscard]] Findings lint_patch(const registry::Patch& patch, const LintOptions& options);
/// The same of lines that are for some releases alone: what `lines_on` gives for each (nullptr: unknown).
[[nodiscard]] Findings lint_patch(const std::function<registry::Patch(const facts::Release*)>& lines_on, const LintOptions& options);
/// `label` becomes the `file` of the findings. Without a release only what needs none is judged.
[[nodiscard]] Findings lint_state(const registry::Tree& state, std::string_view label, const LintOptions& options);

/// Takes the lines out of an export that are none of lint's: values of other components, in keys that are not nearly right either, and lines that open keys
/// nothing of which is managed. Returns where the former stood; what lint finds in the rest is what it finds in all.
[[nodiscard]] std::vector<Span> take_lines_outside(registry::Patch& patch);

/// The releases that a profile is judged for.
[[nodiscard]] std::vector<const facts::Release*> releases_to_judge(const schannel::Profile& profile, const LintOptions& options);

}  // namespace schancfg::lint
