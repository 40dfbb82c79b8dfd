#include "schancfg/journal/run_state.hpp"

#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::journal;
using codec::RecordStatus;

TEST_CASE("a run waits while it has a time, is not confirmed and has something to undo", "[journal]") {
    // status, has a time, is confirmed; the state and whether it is pending, said by hand.
    struct Row {
        RecordStatus status;
        bool timed, confirmed;
        RunState state;
        bool pending;
    };
    using enum RecordStatus;
    constexpr Row rows[] = {
        {prepared, false, false, RunState::prepared, false},   {prepared, true, false, RunState::prepared, true},
        {prepared, true, true, RunState::prepared, false},     {applied, false, false, RunState::applied, false},
        {applied, true, false, RunState::waiting, true},       {applied, true, true, RunState::applied, false},
        {partial, false, false, RunState::partial, false},     {partial, true, false, RunState::partial, true},
        {undone, true, false, RunState::reverted, false},      {undone, false, false, RunState::reverted, false},
        {rolled_back, true, false, RunState::rolled_back, false},
    };
    for (const Row& row : rows) {
        codec::Record record;
        record.status = row.status;
        if (row.timed) record.revert_at = "2026-11-21T07:45:00Z";
        if (row.confirmed) record.confirmed = "2026-11-21T07:40:00Z";
        CAPTURE(codec::status_name(row.status), row.timed, row.confirmed);
        CHECK(run_state(record) == row.state);
        CHECK(is_pending(record) == row.pending);
    }
}

TEST_CASE("what was undone or rolled back can't be undone again, and everything else can", "[journal]") {
    for (const RunState state : {RunState::prepared, RunState::applied, RunState::waiting, RunState::partial}) CHECK(run_state_row(state).can_be_undone);
    for (const RunState state : {RunState::reverted, RunState::rolled_back}) {
        CHECK_FALSE(run_state_row(state).can_be_undone);
        CHECK_FALSE(run_state_row(state).is_open);
    }
    CHECK(run_state_row(RunState::prepared).is_open);
    CHECK(run_state_row(RunState::waiting).is_open);
    CHECK_FALSE(run_state_row(RunState::applied).is_open);
}
