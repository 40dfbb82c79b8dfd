// Alarms: what a state takes away so that connections fail, judged by its effect: whole roles first, then certificates, groups, layers, and
// lists that a plan writes in vain.
//
// One computation for `diff`, `apply` and lint. An alarm is about a change: what held before already, or holds on an untouched
// installation, raises none. Pure, safe to call from several threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schancfg/diagnostic.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/lint/rules.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::lint {

struct Alarm {
    const LintRule* rule = nullptr;     ///< its id is the alarm's
    Severity severity = Severity::warning;
    bool certain = true;                ///< false: it may be so; sources disagree or are silent
    bool locks_out = false;             ///< nothing could connect any more, in a role or by remote desktop: wants to be agreed to on its own
    std::optional<facts::Role> role;    ///< nullopt: both, or no matter of a role
    std::string message;                ///< one sentence without full stop; no hostile text
    std::string fix;
    bool operator==(const Alarm&) const = default;
};
using Alarms = std::vector<Alarm>;

/// What holds with `after` and did not with `before`. Worst first.
[[nodiscard]] Alarms alarms_between(const effect::Effect& before, const effect::Effect& after);
/// The same where the release is not known: what the switches say on every release.
[[nodiscard]] Alarms alarms_between(const registry::Tree& before, const registry::Tree& after);
/// Lists that `plan` writes and that have no effect in `after`, the state with the plan carried out: a local list under a policy list; a policy list
/// of more characters than Windows takes.
[[nodiscard]] Alarms writes_in_vain(const plan::Plan& plan, const registry::Tree& after);

/// Errors before warnings before notes, those that lock out first; else as they were.
void sort_alarms(Alarms& alarms);
[[nodiscard]] bool locks_out(const Alarms& alarms);

}  // namespace schancfg::lint
