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

namespace {

// Records of `count` runs, oldest first; `shape` makes each what it is.
std::vector<std::string> many(const Bench& bench, int count, const std::function<void(int, codec::Record&)>& shape) {
    std::vector<std::string> ids;
    StoredRecord record = stored(bench, {{set("EventLogging", 1, 3)}});
    for (int i = 0; i < count; ++i) {
        char id[40];
        std::snprintf(id, sizeof id, "20260101T%02d%02d%02dZ-0000", i / 3600, i / 60 % 60, i % 60);
        record.record.id = id;
        record.record.status = codec::RecordStatus::applied;
        record.record.revert_at.clear();
        record.record.machine = "/m.json";
        shape(i, record.record);
        bench.folder.write("state/" + record.record.id + ".json", codec::encode_record(record.record));
        fs::permissions(bench.place.record_file(record.record.id), fs::perms(0600));
        ids.emplace_back(id);
    }
    return ids;
}

}  // namespace

TEST_CASE("the newest record is found without reading the older ones", "[journal]") {
    const Bench bench;
    const auto ids = many(bench, 50, [](int, codec::Record&) {});
    bench.folder.write("state/" + ids.front() + ".json", "broken");
    std::vector<Error> skipped;
    std::size_t asked = 0;
    const auto newest = newest_record(bench.place, [&](const codec::Record& record) { return ++asked == 2 && !record.id.empty(); }, skipped);
    REQUIRE(newest);
    REQUIRE(*newest);
    CHECK((*newest)->record.id == ids[48]);
    CHECK(asked == 2);
    CHECK(skipped.empty());
    CHECK_FALSE(*newest_record(bench.place, [](const codec::Record&) { return false; }, skipped));
    CHECK(skipped.size() == 1);
}

TEST_CASE("old records are removed by rule: what is open stays, and so does the newest of each target", "[journal]") {
    const Bench bench;
    const auto ids = many(bench, 30, [](int i, codec::Record& record) {
        if (i == 0) record.status = codec::RecordStatus::partial;
        if (i == 1) record.revert_at = "2030-01-01T00:00:00Z";
        if (i == 2) record.status = codec::RecordStatus::prepared;
        if (i == 3) record.machine = "/other.json";
    });
    bench.folder.write("state/" + ids[4] + ".reg", "twin");
    CHECK(prune_records(bench.place, 30, 10) == 0);
    CHECK(prune_records(bench.place, 29, 10) == 20);
    for (const int kept : {0, 1, 2, 3, 24, 25, 29}) CHECK(fs::exists(bench.place.record_file(ids[static_cast<std::size_t>(kept)])));
    for (const int gone : {4, 5, 23}) CHECK_FALSE(fs::exists(bench.place.record_file(ids[static_cast<std::size_t>(gone)])));
    CHECK_FALSE(fs::exists(bench.folder.path() / "state" / (ids[4] + ".reg")));
    CHECK(prune_records(bench.place, 0, 0) == 5);
    CHECK(fs::exists(bench.place.record_file(ids[29])));
}
