#include "schancfg/codec/audit_json.hpp"

#include "catch.hpp"

using namespace schancfg;

namespace {

constexpr std::string_view one = R"({"source": "a.reg", "name": "A", "verdict": "different", "points": ["y", "x"], "more": 1})";

}  // namespace

TEST_CASE("An earlier audit is read as one object and as a machine a line", "[codec]") {
    for (const std::string& text : {"{\n\"machines\": [" + std::string(one) + "]\n}\n", std::string(one) + "\n", std::string(one) + "\r\n\n", "{\"command\": \"audit\", \"machines\": [" + std::string(one) + "]}\n"}) {
        INFO(text);
        const auto machines = codec::decode_baseline(text, "a.json");
        REQUIRE(machines);
        REQUIRE(machines->size() == 1);
        CHECK(machines->front().name == "A");
        CHECK(machines->front().points == std::vector<std::string>{"x", "y"});
    }
}

TEST_CASE("What is not an audit is refused, with its line", "[codec]") {
    for (const char* text : {"", "[]", "{\n}", "{\n\"machines\": 1}", "{\n\"machines\": [1]}", "{\n\"machines\": [{\"name\": \"A\"}]}",
                             "{\n\"machines\": [{\"source\": \"a\", \"name\": \"A\", \"verdict\": \"x\", \"points\": [1]}]}"}) {
        INFO(text);
        const auto machines = codec::decode_baseline(text, "a.json");
        REQUIRE_FALSE(machines);
        CHECK(machines.error().code == ErrorCode::malformed);
    }
    const auto second = codec::decode_baseline(std::string(one) + "\n{\"source\": \n", "a.json");
    REQUIRE_FALSE(second);
    CHECK(second.error().where->line == 2);
}
