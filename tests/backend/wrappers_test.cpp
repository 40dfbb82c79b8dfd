#include "schancfg/backend/failing.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/backend/recording.hpp"

#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::backend;
using registry::KeyPath;
using registry::Root;
using registry::Value;

namespace {
const KeyPath key(Root::local_machine, "SOFTWARE\\Test");
}

TEST_CASE("the recording target writes down every call, failed ones too, and passes it on", "[backend]") {
    MemoryRegistry memory;
    RecordingTarget target(memory);
    REQUIRE_FALSE(target.set(key, "a", Value::dword(1)));
    REQUIRE(target.create(key));
    REQUIRE(target.set(key, "a", Value::dword(1)));
    REQUIRE(target.read(key)->values.size() == 1);
    REQUIRE(target.unset(key, "a"));
    REQUIRE(target.erase(key));
    REQUIRE(target.commit());
    std::string log;
    for (const Call& call : target.calls()) log += call.to_string() + "\n";
    CHECK(log == "set HKLM\\SOFTWARE\\Test 'a' REG_DWORD 01000000\n"
                 "create HKLM\\SOFTWARE\\Test\n"
                 "set HKLM\\SOFTWARE\\Test 'a' REG_DWORD 01000000\n"
                 "read HKLM\\SOFTWARE\\Test\n"
                 "unset HKLM\\SOFTWARE\\Test 'a'\n"
                 "erase HKLM\\SOFTWARE\\Test\n"
                 "commit\n");
    CHECK(target.writes().size() == 6);
    target.clear();
    CHECK(target.calls().empty());
}

TEST_CASE("the failing target refuses the nth write and nothing else", "[backend]") {
    MemoryRegistry memory;
    FailingTarget target(memory);
    target.fail_at(2, {.error = {.code = ErrorCode::access_denied, .message = "no"}});
    CHECK(target.create(key));
    CHECK(target.read(key));
    const auto second = target.set(key, "a", Value::dword(1));
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::access_denied);
    CHECK(second.error().message == "no");
    CHECK(memory.read(key)->values.empty());
    CHECK(target.set(key, "a", Value::dword(1)));
    CHECK(target.writes() == 3);
    CHECK(target.failures() == 1);
}

TEST_CASE("the failing target stays failing when reported so, and heals when reported so", "[backend]") {
    MemoryRegistry memory;
    FailingTarget target(memory);
    target.fail_at(1, {.times = Failure::forever});
    CHECK_FALSE(target.create(key));
    CHECK_FALSE(target.create(key));
    CHECK(target.read(KeyPath(Root::local_machine)));
    target.heal();
    CHECK(target.create(key));
}

TEST_CASE("the failing target loses writes and reports errors late when reported so", "[backend]") {
    MemoryRegistry memory;
    FailingTarget target(memory);
    REQUIRE(target.create(key));
    target.fail_when([](const Call& call) { return call.name == "lost"; }, {.kind = Failure::Kind::lost, .times = Failure::forever});
    target.fail_when([](const Call& call) { return call.name == "late"; }, {.kind = Failure::Kind::late});
    CHECK(target.set(key, "lost", Value::dword(1)));
    CHECK_FALSE(target.set(key, "late", Value::dword(1)));
    REQUIRE(memory.read(key)->values.size() == 1);
    CHECK(memory.read(key)->values[0].name == "late");
}

TEST_CASE("the failing target refuses the reads that are chosen", "[backend]") {
    MemoryRegistry memory;
    FailingTarget target(memory);
    target.fail_when([](const Call& call) { return call.verb == Verb::read && call.key == key; });
    REQUIRE(target.create(key));
    CHECK(target.read(key).error().message == "the disk is full");
    CHECK(target.read(key));
}
