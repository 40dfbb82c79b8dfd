#include "schancfg/journal/target_lock.hpp"

#include "bench.hpp"
#include "schancfg/backend/memory.hpp"

using namespace journal_test;

namespace {

backend::OpenedTarget live(std::string machine) {
    backend::OpenedTarget out;
    out.target = std::make_unique<backend::MemoryRegistry>(registry::Tree{}, "live");
    out.kind = backend::Kind::live;
    out.label = "live";
    out.machine = std::move(machine);
    return out;
}

}  // namespace

TEST_CASE("one process at a time has a live machine, and each machine has a lock of its own", "[journal]") {
    const Bench bench;
    auto first = live("2f6c4f8e-1d5b-4f6e-9a3c-0b1d2e3f4a5b/A");
    REQUIRE(journal::lock(bench.place, first));
    auto same = live("2F6C4F8E-1D5B-4F6E-9A3C-0B1D2E3F4A5B/RENAMED");
    const auto refused = journal::lock(bench.place, same);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK(refused.error().message.find("live is locked by process ") == 0);
    CHECK(refused.error().message.ends_with("which is writing it; nothing was touched"));
    auto other = live("guid-2/B");
    CHECK(journal::lock(bench.place, other));
    first.target.reset();
    CHECK(journal::lock(bench.place, same));
}

TEST_CASE("a locked target does what it did", "[journal]") {
    const Bench bench;
    auto opened = live("guid/A");
    REQUIRE(journal::lock(bench.place, opened));
    REQUIRE(opened.target->create(schannel_key));
    REQUIRE(opened.target->set(schannel_key, "EventLogging", registry::Value::dword(3)));
    const auto content = opened.target->read(schannel_key);
    REQUIRE(content);
    REQUIRE(content->values.size() == 1);
    CHECK(content->values.front().value == registry::Value::dword(3));
    REQUIRE(opened.target->unset(schannel_key, "EventLogging"));
    REQUIRE(opened.target->create(schannel_key.child("X")));
    REQUIRE(opened.target->erase(schannel_key.child("X")));
    CHECK(opened.target->commit());
    CHECK(opened.target->label() == "live");
}

TEST_CASE("without a state folder a live machine has no lock, and a registry in a file needs none", "[journal]") {
    auto opened = live("guid/A");
    CHECK(journal::lock({}, opened).error().code == ErrorCode::io);
    const Bench bench;
    auto file = bench.target();
    CHECK(journal::lock({}, file));
    CHECK_FALSE(std::filesystem::exists(bench.place.path));
}
