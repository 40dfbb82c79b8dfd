// Execution of a plan, for `apply` and `undo` alike: shown, asked for, recorded, done, reported.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "context.hpp"
#include "render/peers.hpp"
#include "session/decisions.hpp"
#include "inputs/records.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/lint/alarms.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/codec/plan_json.hpp"
#include "schancfg/plan/plan.hpp"

namespace schancfg::cli {

struct Job {
    std::string command;  ///< `apply`, `undo`
    std::string to;       ///< label of what is asked for
    plan::Plan plan;
    std::string profile_sha256;
    std::optional<StoredRecord> undoes = {};  ///< the record that is undone
    std::vector<effect::EffectDifference> effects = {};  ///< what the plan changes in what the release does
    std::array<std::vector<std::string>, 2> withdrawn = {};  ///< by facts::Role: what this machine offers no more; nothing where the release is not known
    lint::Alarms alarms = {};  ///< what of that is dangerous
    std::vector<std::string> reverted = {};  ///< ids of the overdue runs that were reverted first
    std::optional<PeersView> peers = {};  ///< and in the connections with known peers
    bool shown = true;  ///< the plan is the result of the command
};

/// `--dry-run`: shows the plan; 0 when there is nothing to do, else 1.
[[nodiscard]] Outcome<ExitCode> show_only(const Context& context, const Job& job, const std::string& target, const facts::Release* release);

/// 0 done or nothing to do, 1 declined, 2 when peers would be cut off, or an alarm says that nothing could connect, and nobody said that it may be. Everything that can go wrong
/// without touching the target is tried first.
[[nodiscard]] Outcome<ExitCode> execute(const Context& context, Job job, const Decisions& decisions, backend::OpenedTarget& target);

}  // namespace schancfg::cli
