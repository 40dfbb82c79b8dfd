#include "schancfg/journal/run_state.hpp"

#include <algorithm>
#include <array>

namespace schancfg::journal {
namespace {

constexpr std::array rows{
    RunStateRow{RunState::prepared, "prepared", true, true},      RunStateRow{RunState::applied, "applied", true, false},
    RunStateRow{RunState::waiting, "waiting", true, true},        RunStateRow{RunState::partial, "partial", true, false},
    RunStateRow{RunState::reverted, "undone", false, false},      RunStateRow{RunState::rolled_back, "rolled-back", false, false},
};

}  // namespace

RunState run_state(const codec::Record& record) {
    switch (record.status) {
        case codec::RecordStatus::prepared: return RunState::prepared;
        case codec::RecordStatus::applied: return is_pending(record) ? RunState::waiting : RunState::applied;
        case codec::RecordStatus::partial: return RunState::partial;
        case codec::RecordStatus::undone: return RunState::reverted;
        case codec::RecordStatus::rolled_back: break;
    }
    return RunState::rolled_back;
}

const RunStateRow& run_state_row(RunState state) { return *std::ranges::find(rows, state, &RunStateRow::state); }

bool is_pending(const codec::Record& record) {
    const bool over = record.status == codec::RecordStatus::undone || record.status == codec::RecordStatus::rolled_back;
    return !over && !record.revert_at.empty() && record.confirmed.empty();
}

}  // namespace schancfg::journal
