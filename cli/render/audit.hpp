// An audit as people and programs read it. What is shown here is never computed here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "console/output.hpp"
#include "render/usage.hpp"
#include "schancfg/audit/fleet.hpp"

namespace schancfg::cli {

struct AuditView {
    std::vector<audit::Machine> machines;         ///< sorted; of a streamed format those alone that its end speaks of
    std::vector<std::string> profiles;            ///< as they were named
    audit::FleetSummary summary;
    std::vector<audit::LikeMachines> groups;      ///< of those that differ, the largest first
    std::vector<const codec::Waiver*> expired, unused;
    std::optional<std::vector<audit::Drift>> drift;  ///< with --baseline
    std::unordered_map<std::string_view, audit::DriftKind> drift_of;  ///< by the sources in it
    std::string baseline;                         ///< its file; empty: none
    std::string day;                              ///< when it was made, `2026-11-27`
    bool partial = false;                         ///< it was interrupted
    std::size_t looked_for = 0;                   ///< sources that were named
    bool all = false;                             ///< every machine, and value by value
    const UsageView* usage = nullptr;             ///< of the logs of --usage
    bool machines_asked = true;                   ///< false: logs alone were given
};

/// What is open in a machine: the plan without what is waived.
[[nodiscard]] plan::Plan open_plan(const audit::Machine& machine);
/// The errors of lint that nobody waived.
[[nodiscard]] std::vector<const lint::Finding*> open_errors(const audit::Machine& machine);
/// The setting or the rule that it names.
[[nodiscard]] inline const std::string& waived_by(const codec::Waiver& waiver) { return waiver.setting.empty() ? waiver.rule : waiver.setting; }
/// `3 new, 1 fixed, 2 unchanged`, without what is zero; `nothing differs now or then` where all is.
[[nodiscard]] std::string drift_summary(const std::vector<audit::Drift>& drift);
/// `1,214 machines: 1,200 compliant, 14 different`.
[[nodiscard]] std::string audit_summary(const AuditView& view);
/// `1,214`.
[[nodiscard]] std::string with_commas(std::size_t number);

/// What to do where a machine was not judged because its release is not known, or its source holds a part of what is asked for; empty: there is none.
[[nodiscard]] std::string not_judged_hint(const AuditView& view);
/// `Not in every file, assumed as installed: .NET, WinHTTP`; empty where each source speaks for everything.
[[nodiscard]] std::string assumed_line(const AuditView& view);
/// With --baseline: `new`, `fixed`, ..., or empty where the machine was and is compliant.
[[nodiscard]] std::optional<std::string_view> since(const AuditView& view, const audit::Machine& machine);

/// A format in which each machine is written as soon as it is judged: what stands before all, of each (by several threads at once), between two and behind all.
struct StreamedFormat {
    std::string_view name;  ///< as --format has it
    std::string (*before)(const AuditView& view);
    std::string (*machine)(const audit::Machine& machine, std::optional<std::string_view> since);
    std::string_view between;
    std::string (*behind)(const AuditView& view);
    bool sums_up;               ///< behind stand groups and waivers
};
/// `json`, `jsonl` and `csv`. nullptr: that format begins with what all of them come to.
[[nodiscard]] const StreamedFormat* streamed_format(std::string_view name);

[[nodiscard]] std::string audit_text(const AuditView& view, const Sheet& sheet);
[[nodiscard]] std::string audit_markdown(const AuditView& view);
/// RFC 4180: the names of the columns, and of a machine a line for each difference, or one where there is none; a cell that a spreadsheet would take for a formula
/// begins with `'`.
[[nodiscard]] std::string audit_csv_head(const AuditView& view);
[[nodiscard]] std::string audit_csv(const audit::Machine& machine, std::optional<std::string_view> since);
/// Machines that are gone since the audit of --baseline.
[[nodiscard]] std::string audit_csv_gone(const AuditView& view);
/// JUnit: a suite for each profile, of each machine a case for its settings and one for its rules.
[[nodiscard]] std::string audit_junit(const AuditView& view);
[[nodiscard]] std::string audit_sarif(const AuditView& view);
/// One page that needs nothing else, to be mailed.
[[nodiscard]] std::string audit_html(const AuditView& view);

}  // namespace schancfg::cli
