#include "schancfg/journal/marker.hpp"

#include "bench.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/held.hpp"

using namespace journal_test;
using namespace schancfg::journal;

namespace {

codec::Marker marker_of(const codec::Record& record) {
    return {.id = record.id, .time = record.time, .command = "apply", .target = record.target, .machine = record.machine, .record = {}, .process = 1, .revert_at = {}};
}

StoredRecord prepared(const Bench& bench) {
    REQUIRE(files::make_private_folder(bench.place.path));
    codec::Record record = bench.record({{set("EventLogging", 1, 3)}}, bench.target());
    std::string file = bench.place.record_file(record.id);
    return {std::move(file), std::move(record), true};
}

void write_marker(const Bench& bench, const codec::Marker& marker) { bench.folder.write("state/" + marker.id + ".marker", codec::encode_marker(marker)); }

}  // namespace

TEST_CASE("a marker that nobody holds is a run that was cut off; with a record something may have to be undone, without one nothing", "[journal]") {
    const Bench bench;
    const StoredRecord record = prepared(bench);
    write_marker(bench, marker_of(record.record));
    auto found = find_unfinished(bench.place, record.record.machine);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found.front().running);
    CHECK_FALSE(found.front().has_record);
    CHECK(found.front().left_nothing());
    CHECK_FALSE(found.front().is_open());
    REQUIRE(store_record(record, backend::Kind::memory));
    found = find_unfinished(bench.place, record.record.machine);
    REQUIRE(found.size() == 1);
    CHECK(found.front().is_open());
    CHECK_FALSE(found.front().left_nothing());
    CHECK(find_unfinished(bench.place, "another machine").empty());
}

TEST_CASE("a marker that a process holds is a run that is running", "[journal]") {
    const Bench bench;
    const StoredRecord record = prepared(bench);
    const auto held = files::HeldFile::write(bench.place.marker_file(record.record.id), codec::encode_marker(marker_of(record.record)));
    REQUIRE(held);
    const auto found = find_unfinished(bench.place, record.record.machine);
    REQUIRE(found.size() == 1);
    CHECK(found.front().running);
    CHECK_FALSE(found.front().left_nothing());
}

TEST_CASE("a run that waits says whether somebody watches it, and what was confirmed waits no more", "[journal]") {
    const Bench bench;
    StoredRecord record = prepared(bench);
    record.record.status = codec::RecordStatus::applied;
    record.record.revert_at = "2030-01-01T00:00:00Z";
    REQUIRE(store_record(record, backend::Kind::memory));
    codec::Marker marker = marker_of(record.record);
    marker.revert_at = record.record.revert_at;
    write_marker(bench, marker);
    CHECK(find_unfinished(bench.place, record.record.machine).front().watched == false);
    const auto held = files::HeldFile::take(bench.place.watchdog_file(record.record.id));
    REQUIRE(held);
    auto found = find_unfinished(bench.place, record.record.machine);
    CHECK(found.front().watched == true);
    CHECK(found.front().waits());
    CHECK(found.front().is_open());
    record.record.confirmed = "2026-11-21T07:45:00Z";
    REQUIRE(update_record(record, backend::Kind::memory));
    found = find_unfinished(bench.place, record.record.machine);
    CHECK(found.front().waited());
    CHECK_FALSE(found.front().is_open());
}

TEST_CASE("hostile files in the state folder are no markers", "[journal]") {
    const Bench bench;
    const StoredRecord record = prepared(bench);
    const codec::Marker marker = marker_of(record.record);
    const std::string text = codec::encode_marker(marker);
    bench.folder.write("state/20260101T000000Z-0000.marker", text);               // of another run
    bench.folder.write("state/20260101T000001Z-0000.marker", "{");
    bench.folder.write("state/20260101T000002Z-0000.marker", std::string(70'000, ' ') + text);
    bench.folder.write("state/x.marker", text);
    std::filesystem::create_directory(bench.folder.path() / "state" / "20260101T000003Z-0000.marker");
    CHECK(find_unfinished(bench.place, record.record.machine).empty());
    CHECK(find_unfinished({}, record.record.machine).empty());
    CHECK(find_unfinished({bench.folder / "none", {}}, record.record.machine).empty());
}

TEST_CASE("what a marker in a folder of others says is reported, and its record is not read", "[journal]") {
    const Bench bench;
    const StoredRecord record = prepared(bench);
    REQUIRE(store_record(record, backend::Kind::memory));
    codec::Marker marker = marker_of(record.record);
    marker.record = record.file;
    write_marker(bench, marker);
    const auto found = find_unfinished({bench.folder / "mine", {bench.place.path}}, record.record.machine);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found.front().record);
    CHECK_FALSE(found.front().is_open());
}
