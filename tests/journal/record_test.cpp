#include "schancfg/journal/record.hpp"

#include <set>

#include "bench.hpp"
#include "schancfg/files/folder.hpp"

using namespace journal_test;
using namespace schancfg::journal;
namespace fs = std::filesystem;

namespace {

StoredRecord stored(const Bench& bench, plan::Plan plan) {
    REQUIRE(files::make_private_folder(bench.place.path));
    codec::Record record = bench.record(std::move(plan), bench.target());
    std::string file = bench.place.record_file(record.id);
    return {std::move(file), std::move(record), true};
}

}  // namespace

TEST_CASE("a record that is stored is found by its id, by its file and in the list", "[journal]") {
    const Bench bench;
    StoredRecord record = stored(bench, {{set("EventLogging", 1, 3)}});
    REQUIRE(store_record(record, backend::Kind::memory));
    const auto found = find_record(bench.place, record.record.id);
    REQUIRE(found);
    CHECK(found->name() == record.record.id);
    CHECK(found->record.plan.changes == record.record.plan.changes);
    CHECK(load_record(bench.place, record.file)->record.id == record.record.id);
    std::vector<Error> skipped;
    const auto all = list_records(bench.place, skipped);
    REQUIRE(all);
    CHECK(all->size() == 1);
    CHECK(skipped.empty());
}

TEST_CASE("a record never replaces a file, and what is written again does", "[journal]") {
    const Bench bench;
    StoredRecord record = stored(bench, {{set("EventLogging", 1, 3)}});
    REQUIRE(store_record(record, backend::Kind::memory));
    const auto again = store_record(record, backend::Kind::memory);
    REQUIRE_FALSE(again);
    CHECK(again.error().code == ErrorCode::malformed);
    CHECK(again.error().message == record.file + " exists; an undo record never replaces a file");
    record.record.status = codec::RecordStatus::applied;
    REQUIRE(update_record(record, backend::Kind::memory));
    CHECK(find_record(bench.place, record.record.id)->record.status == codec::RecordStatus::applied);
}

TEST_CASE("the record of a live machine has a twin for regedit, and both or none are there", "[journal]") {
    const Bench bench;
    StoredRecord record = stored(bench, {{set("EventLogging", 1, 3)}});
    const std::string twin = bench.place.path + "/" + record.record.id + ".reg";
    REQUIRE(store_record(record, backend::Kind::live));
    CHECK(fs::exists(twin));
    fs::remove(record.file);
    const auto refused = store_record(record, backend::Kind::live);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find(".reg exists; an undo record never replaces a file") != std::string::npos);
    fs::remove(twin);
    bench.folder.write("state/" + record.record.id + ".json", "theirs");
    CHECK_FALSE(store_record(record, backend::Kind::live));
    CHECK_FALSE(fs::exists(twin));
    CHECK(Folder::read(record.file) == "theirs");
}

TEST_CASE("a record that could not be read again is not written", "[journal]") {
    const Bench bench;
    plan::Plan plan{{set("EventLogging", 1, 3)}};
    plan.changes.front().after = registry::Value::binary(std::string(33u << 20, 'x'));
    const StoredRecord record = stored(bench, std::move(plan));
    const auto refused = store_record(record, backend::Kind::memory);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::malformed);
    CHECK(refused.error().message == "the record of these changes would be larger than the 64 MiB that a record may have");
    CHECK_FALSE(fs::exists(record.file));
}

TEST_CASE("what is no record is skipped with its reason, and what is not called like one is not looked at", "[journal]") {
    const Bench bench;
    const StoredRecord record = stored(bench, {{set("EventLogging", 1, 3)}});
    REQUIRE(store_record(record, backend::Kind::memory));
    bench.folder.write("state/20260101T000000Z-0000.json", "{");
    bench.folder.write("state/20260101T000001Z-0000.json", "");
    bench.folder.write("state/notes.json", "theirs");
    fs::create_directory(bench.folder.path() / "state" / "20260101T000002Z-0000.json");
    std::vector<Error> skipped;
    const auto all = list_records(bench.place, skipped);
    REQUIRE(all);
    CHECK(all->size() == 1);
    CHECK(skipped.size() == 3);
    CHECK(find_record(bench.place, "20260101T000000Z-0000").error().code == ErrorCode::malformed);
}

TEST_CASE("an id that is none names no file", "[journal]") {
    const Bench bench;
    for (const std::string id : {"", "..", "../m", "20261121T074500Z-3F9C", "/etc/passwd", "20261121T074500Z-3f9c/../x"}) {
        CHECK(find_record(bench.place, id).error().code == ErrorCode::not_found);
    }
    CHECK(find_record({}, "20261121T074500Z-3f9c").error().code == ErrorCode::not_found);
}

#ifndef _WIN32
TEST_CASE("a record, or a folder of records, that others may write is not acted upon", "[journal]") {
    const Bench bench;
    const StoredRecord record = stored(bench, {{set("EventLogging", 1, 3)}});
    REQUIRE(store_record(record, backend::Kind::memory));
    CHECK((fs::status(record.file).permissions() & fs::perms::all) == fs::perms(0600));
    fs::permissions(record.file, fs::perms(0666));
    CHECK(load_record(bench.place, record.file).error().code == ErrorCode::access_denied);
    fs::permissions(record.file, fs::perms(0600));
    fs::permissions(bench.place.path, fs::perms(0777));
    CHECK(find_record(bench.place, record.record.id).error().code == ErrorCode::access_denied);
    std::vector<Error> skipped;
    CHECK_FALSE(list_records(bench.place, skipped));
}
#endif

TEST_CASE("ten thousand ids of one moment are ten thousand ids", "[journal]") {
    std::set<std::string> seen;
    for (int i = 0; i < 10'000; ++i) seen.insert(new_record({}, codec::Record::Kind::undo).id);
    CHECK(seen.size() == 10'000);
}
