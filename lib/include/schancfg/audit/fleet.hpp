// Fleet: many judged machines as one answer: how many of each verdict, which differ in the same way, and what changed since an earlier audit.
//
// Pure functions of machines that are judged already; the same answer for any order of them. Use from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "schancfg/audit/criteria.hpp"
#include "schancfg/codec/audit_json.hpp"

namespace schancfg::audit {

struct FleetSummary {
    std::size_t machines = 0, compliant = 0, waived = 0, different = 0, not_judged = 0, unreadable = 0;
    void add(Verdict verdict);  ///< one more machine
};

/// Machines that differ in the same settings in the same way, and have the same errors of lint.
struct LikeMachines {
    std::vector<const Machine*> machines;  ///< in the order of the audit; at least one
    /// The first of those of the release that most of them have: what the difference does may be another on another release.
    const Machine* example = nullptr;
    bool several_releases = false;
};
/// Those with the verdict different, the largest group first; of equal size in the order of their first machines.
[[nodiscard]] std::vector<LikeMachines> group_by_difference(const std::vector<Machine>& machines);

/// `SUBJECT` and data of what is open in a machine, sorted: what it is compared by with an earlier audit.
[[nodiscard]] std::vector<std::string> open_points(const Machine& machine);

enum class DriftKind : std::uint8_t {
    appeared,   ///< it differs, and did not
    fixed,      ///< it differed, and does not
    unchanged,  ///< it differs in the same
    changed,    ///< it differs, and differed otherwise
    gone,       ///< it was there
    added,      ///< it is there for the first time, and does not differ
};
[[nodiscard]] std::string_view drift_kind_name(DriftKind kind);  ///< `new`, `fixed`, `unchanged`, `changed`, `gone`, `added`

struct Drift {
    std::string machine;
    std::string source;  ///< of the audit that is newer; of a machine that is gone, of the earlier one
    DriftKind kind = DriftKind::unchanged;
};
/// Machines are the same that have the same name, and, where several have it in one of the audits, the same source. What was compliant and is, is left out. Sorted by name.
[[nodiscard]] std::vector<Drift> drift(const std::vector<codec::BaselineMachine>& before, const std::vector<Machine>& now);

/// By source, then name: the order in which machines are shown.
void sort_machines(std::vector<Machine>& machines);

}  // namespace schancfg::audit
