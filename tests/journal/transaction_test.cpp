#include "schancfg/journal/transaction.hpp"

#include "bench.hpp"
#include "schancfg/apply/undo.hpp"
#include "schancfg/files/held.hpp"
#include "schancfg/journal/run_state.hpp"
#include "schancfg/schannel/managed.hpp"

using namespace journal_test;
using namespace schancfg::journal;

namespace {

const plan::Plan one{{set("EventLogging", 1, 3)}};

registry::Tree state_of(const backend::Source& source) {
    auto tree = backend::snapshot(source, schannel::managed_keys());
    REQUIRE(tree);
    return std::move(*tree);
}

std::size_t markers(const Bench& bench) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(bench.place.path)) count += entry.path().extension() == ".marker" ? 1u : 0u;
    return count;
}

// A run up to its end; gives the record.
StoredRecord apply_now(const Bench& bench, const plan::Plan& plan, const std::string& revert_at = {}) {
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target);
    REQUIRE(transaction);
    codec::Record record = bench.record(plan, target);
    record.revert_at = revert_at;
    REQUIRE(transaction->begin(std::move(record), {}, state_of(*target.target)));
    REQUIRE(transaction->run(checked(plan)).outcome == apply::RunOutcome::done);
    CHECK(transaction->notices().empty());
    return transaction->stored();
}

}  // namespace

TEST_CASE("before the first write marker and record are there; afterwards the record says what was done, and the marker is gone", "[journal]") {
    const Bench bench;
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target);
    REQUIRE(transaction);
    CHECK_FALSE(transaction->continues());
    REQUIRE(transaction->begin(bench.record(one, target)));
    CHECK(bench.event_logging() == 1);
    CHECK(markers(bench) == 1);
    CHECK(find_record(bench.place, transaction->stored().record.id)->record.status == codec::RecordStatus::prepared);
    CHECK(transaction->run(checked(one)).outcome == apply::RunOutcome::done);
    CHECK(bench.event_logging() == 3);
    CHECK(markers(bench) == 0);
    CHECK(find_record(bench.place, transaction->stored().record.id)->record.status == codec::RecordStatus::applied);
}

TEST_CASE("a run that was begun and abandoned has a record that says that nothing was done", "[journal]") {
    const Bench bench;
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target);
    REQUIRE(transaction->begin(bench.record(one, target)));
    transaction->abandon();
    CHECK(bench.event_logging() == 1);
    CHECK(markers(bench) == 0);
    CHECK(find_record(bench.place, transaction->stored().record.id)->record.status == codec::RecordStatus::rolled_back);
}

TEST_CASE("a run that cannot be done is rolled back, and its record says so", "[journal]") {
    const Bench bench;
    const plan::Plan two{{set("EventLogging", 1, 3), set("SendTrustedIssuerList", 7, 0)}};
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target);
    REQUIRE(transaction->begin(bench.record(two, target)));
    CHECK(transaction->run(checked(two)).outcome == apply::RunOutcome::moved);
    CHECK(bench.event_logging() == 1);
    CHECK(markers(bench) == 0);
    CHECK(find_record(bench.place, transaction->stored().record.id)->record.status == codec::RecordStatus::rolled_back);
}

TEST_CASE("an apply goes on from one that was cut off, in its record", "[journal]") {
    const Bench bench;
    std::string first;
    {
        auto target = bench.target();
        auto transaction = Transaction::open(bench.place, target);
        REQUIRE(transaction->begin(bench.record(one, target)));
        first = transaction->stored().record.id;
    }
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target);
    REQUIRE(transaction);
    CHECK(transaction->continues());
    CHECK(transaction->stored().record.id == first);
    const plan::Plan more{{set("EventLogging", 1, 7), set("SendTrustedIssuerList", 1, 0)}};
    CHECK(transaction->begin(bench.record(more, target), bench.folder / "elsewhere.json").error().code == ErrorCode::malformed);
    REQUIRE(transaction->begin(bench.record(more, target), {}, state_of(*target.target)));
    REQUIRE(transaction->run(checked(more)).outcome == apply::RunOutcome::done);
    const auto record = find_record(bench.place, first);
    CHECK(record->record.status == codec::RecordStatus::applied);
    CHECK(record->record.plan.changes.size() == 2);
    CHECK(record->record.under_way.empty());
    CHECK(markers(bench) == 0);
}

TEST_CASE("an undo says in the record that it undid that it is undone", "[journal]") {
    const Bench bench;
    const StoredRecord done = apply_now(bench, one);
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target, done);
    REQUIRE(transaction);
    const auto back = apply::undo_plan(done.record.plan, state_of(*target.target), true);
    codec::Record record = bench.record(back.plan, target);
    record.undoes = done.record.id;
    REQUIRE(transaction->begin(std::move(record)));
    REQUIRE(transaction->run(checked(back.plan)).outcome == apply::RunOutcome::done);
    CHECK(transaction->has_undone());
    CHECK(bench.event_logging() == 1);
    CHECK(find_record(bench.place, done.record.id)->record.status == codec::RecordStatus::undone);
}

TEST_CASE("an undo of another run waits for the one that was cut off", "[journal]") {
    const Bench bench;
    const StoredRecord done = apply_now(bench, one);
    std::string cut_off;
    {
        const plan::Plan more{{set("EventLogging", 3, 7)}};
        auto target = bench.target();
        auto transaction = Transaction::open(bench.place, target);
        REQUIRE(transaction->begin(bench.record(more, target)));
        cut_off = transaction->stored().record.id;
    }
    auto target = bench.target();
    const auto refused = Transaction::open(bench.place, target, done);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == Obstacle::Kind::incomplete);
    CHECK(refused.error().id == cut_off);
    CHECK(refused.error().undo == cut_off);
}

TEST_CASE("a run that another process is making is an obstacle that names the process", "[journal]") {
    const Bench bench;
    auto target = bench.target();
    auto first = Transaction::open(bench.place, target);
    REQUIRE(first->begin(bench.record(one, target)));
    const auto second = Transaction::open(bench.place, target);
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == Obstacle::Kind::running);
    CHECK(second.error().process == files::own_process());
}

TEST_CASE("what waits for confirmation keeps its marker, and waits longer when that is asked for", "[journal]") {
    const Bench bench;
    const StoredRecord done = apply_now(bench, one, "2030-01-01T00:00:00Z");
    CHECK(run_state(done.record) == RunState::waiting);
    CHECK(markers(bench) == 1);
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target);
    REQUIRE(transaction->continues());
    transaction->nothing_to_do(state_of(*target.target));
    CHECK(find_record(bench.place, done.record.id)->record.revert_at == "2030-01-01T00:00:00Z");
    REQUIRE(transaction->wait_until("2031-01-01T00:00:00Z"));
    CHECK(transaction->notices().empty());
    CHECK(find_record(bench.place, done.record.id)->record.revert_at == "2031-01-01T00:00:00Z");
    CHECK(find_unfinished(bench.place, target.machine).front().marker.revert_at == "2031-01-01T00:00:00Z");
}

TEST_CASE("a record that can't be written stops a run before it touches anything", "[journal]") {
    const Bench bench;
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target);
    const auto begun = transaction->begin(bench.record(one, target), bench.folder / "no/such/folder.json");
    REQUIRE_FALSE(begun);
    CHECK(bench.event_logging() == 1);
    CHECK(markers(bench) == 0);
    auto nowhere = Transaction::open({}, target);
    CHECK(nowhere->begin(bench.record(one, target)).error().code == ErrorCode::io);
}

TEST_CASE("without a state folder a run with a record of its own goes on, and says that nobody else will know", "[journal]") {
    const Bench bench;
    auto target = bench.target();
    auto transaction = Transaction::open({}, target);
    const std::string file = bench.folder / "record.json";
    REQUIRE(transaction->begin(bench.record(one, target), file));
    REQUIRE(transaction->run(checked(one)).outcome == apply::RunOutcome::done);
    REQUIRE(transaction->notices().size() == 1);
    CHECK(transaction->notices().front().kind == Notice::Kind::no_state_folder);
    CHECK(load_record({}, file)->record.status == codec::RecordStatus::applied);
}

TEST_CASE("what will be reverted has room kept for that until it is confirmed, undone or rolled back", "[journal]") {
    const Bench bench;
    const StoredRecord done = apply_now(bench, one, "2030-01-01T00:00:00Z");
    const std::string reserve = bench.place.reserve_file(done.record.id);
    REQUIRE(std::filesystem::exists(reserve));
    CHECK(std::filesystem::file_size(reserve) > 2 * std::filesystem::file_size(done.file));
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target, done);
    const auto back = apply::undo_plan(done.record.plan, state_of(*target.target), true);
    codec::Record record = bench.record(back.plan, target);
    record.undoes = done.record.id;
    REQUIRE(transaction->begin(std::move(record), {}, state_of(*target.target)));
    REQUIRE(transaction->run(checked(back.plan)).outcome == apply::RunOutcome::done);
    CHECK_FALSE(std::filesystem::exists(reserve));
    target.target.reset();
    const StoredRecord again = apply_now(bench, one);
    CHECK_FALSE(std::filesystem::exists(bench.place.reserve_file(again.record.id)));
}

TEST_CASE("an undo that nothing can be written about is done all the same, and the first record says so", "[journal]") {
    const Bench bench;
    const StoredRecord done = apply_now(bench, one, "2030-01-01T00:00:00Z");
    auto target = bench.target();
    auto transaction = Transaction::open(bench.place, target, done);
    const auto back = apply::undo_plan(done.record.plan, state_of(*target.target), true);
    codec::Record record = bench.record(back.plan, target);
    record.undoes = done.record.id;
    const std::string id = record.id;
    transaction->begin_unrecorded(std::move(record));
    REQUIRE(transaction->run(checked(back.plan)).outcome == apply::RunOutcome::done);
    CHECK(transaction->has_undone());
    CHECK(bench.event_logging() == 1);
    CHECK(find_record(bench.place, done.record.id)->record.status == codec::RecordStatus::undone);
    CHECK_FALSE(std::filesystem::exists(bench.place.record_file(id)));
}
