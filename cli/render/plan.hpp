// A plan as people and programs read it: text, Markdown, JSON, names. What is shown here is never computed here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "console/output.hpp"
#include "render/list_rows.hpp"
#include "render/peers.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/lint/alarms.hpp"
#include "schancfg/plan/plan.hpp"

namespace schancfg::codec {
struct Record;
}  // namespace schancfg::codec

namespace schancfg::cli {

/// A plan with what is known around it.
struct PlanView {
    std::string command;  ///< for JSON: `diff`, `apply`, `undo`
    std::string from;     ///< label of the state before
    std::string to;       ///< label of what is asked for
    const facts::Release* from_release = nullptr;
    const facts::Release* to_release = nullptr;  ///< nullptr also where it is that of `from`
    const plan::Plan* plan = nullptr;
    std::vector<effect::EffectDifference> effects = {};  ///< empty also where the release is unknown
    std::string record = {};  ///< id or file of the undo record, where one is made
    lint::Alarms alarms = {};  ///< worst first
    std::vector<std::string> reverted = {};  ///< ids of overdue runs that were reverted before
    std::vector<effect::Area> assumed = {};  ///< what the state before does not speak for
    const PeersView* peers = nullptr;  ///< what it does to the peers of --peers
    std::string digest = {};  ///< of a saved plan: `changes_sha256` of its file
    const codec::Record* saved = nullptr;  ///< the plan or record that it was read from, without its target
    const ListView* list = nullptr;  ///< of a finding list: its rows
    bool all = false;     ///< value by value, with the line that asked for each
};

[[nodiscard]] std::string plan_text(const PlanView& view, const Sheet& sheet);
[[nodiscard]] std::string plan_markdown(const PlanView& view);
/// A page that needs nothing else.
[[nodiscard]] std::string plan_html(const PlanView& view);
[[nodiscard]] std::string plan_json(const PlanView& view);
/// `HKLM\...\Client: Enabled`, a line for each value that changes, sorted.
[[nodiscard]] std::string plan_names(const plan::Plan& plan);
/// In the format that was asked for.
[[nodiscard]] std::string show_plan(const PlanView& view, const Options& options);

/// The release that the answer is about; of two different ones neither is.
[[nodiscard]] const facts::Release* release_of(const PlanView& view);
/// What has to be restarted, as a sentence; empty when nothing has, on that release (nullptr: unknown).
[[nodiscard]] std::string restart_sentence(const plan::Plan& plan, const facts::Release* release);
/// `A plan of 2026-11-27T03:55:58Z, made on LAB01.`
[[nodiscard]] std::string saved_sentence(const codec::Record& record);
/// `12 values to add, 3 to change, 1 to remove; 6 keys to create`, without what is zero.
[[nodiscard]] std::string plan_summary(const plan::Plan& plan);

}  // namespace schancfg::cli
