// The state of a run, from its record. Pure. Use from any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "schancfg/codec/plan_json.hpp"

namespace schancfg::journal {

enum class RunState : std::uint8_t {
    prepared,     ///< recorded, and perhaps under way or cut off: any part of it may have been done
    applied,      ///< done, and it stays
    waiting,      ///< done, and reverted at its time unless it is confirmed
    partial,      ///< failed, and rolling back failed too
    reverted,     ///< undone since
    rolled_back,  ///< failed, and everything is as it was before
};

struct RunStateRow {
    RunState state;
    std::string_view id;
    bool can_be_undone;  ///< it has, or may have, changed something that is still in force
    bool is_open;        ///< something is still to happen: it has to be completed, undone or confirmed
};

[[nodiscard]] RunState run_state(const codec::Record& record);
[[nodiscard]] const RunStateRow& run_state_row(RunState state);

/// Is it to be reverted at its time, if nobody confirms it? Also while it is prepared, and where a part of it is left.
[[nodiscard]] bool is_pending(const codec::Record& record);

}  // namespace schancfg::journal
