// An audit as people and programs read it. What is shown here is never computed here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "console/output.hpp"
#include "render/usage.hpp"
#include "schancfg/audit/fleet.hpp"

namespace schancfg::cli {

struct AuditView {
    std::vector<audit::Machine> machines;         ///< sorted
    std::vector<std::string> profiles;            ///< as they were named
    audit::FleetSummary summary;
    std::vector<audit::LikeMachines> groups;      ///< of those that differ, the largest first
    std::vector<const codec::Waiver*> expired, unused;
    std::optional<std::vector<audit::Drift>> drift;  ///< with --baseline
    std::string baseline;
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

[[nodiscard]] std::string audit_text(const AuditView& view, const Paint& paint);
[[nodiscard]] std::string audit_markdown(const AuditView& view);
void audit_json(const AuditView& view, ResultWriter& out);
/// The object of one machine in one line, with its end.
[[nodiscard]] std::string audit_line(const audit::Machine& machine);
/// RFC 4180, a line for each difference, or one for a machine without; a cell that a spreadsheet would take for a formula begins with `'`.
[[nodiscard]] std::string audit_csv(const AuditView& view);
/// JUnit: a suite for each profile, of each machine a case for its settings and one for its rules.
[[nodiscard]] std::string audit_junit(const AuditView& view);
[[nodiscard]] std::string audit_sarif(const AuditView& view);
/// One page that needs nothing else, to be mailed.
[[nodiscard]] std::string audit_html(const AuditView& view);

}  // namespace schancfg::cli
