#include "schancfg/codec/dsc_resource.hpp"

#include "catch.hpp"

using namespace schancfg;

namespace {

std::string error(std::string_view text) {
    const auto desired = codec::decode_dsc_desired(text);
    REQUIRE_FALSE(desired);
    return desired.error().message;
}

}  // namespace

TEST_CASE("Empty input asks for nothing, with or without a byte order mark", "[codec]") {
    for (const std::string_view text : {"", " \r\n", "\xEF\xBB\xBF", "{}", "{\"target\": \"live\"}"}) {
        const auto desired = codec::decode_dsc_desired(text);
        REQUIRE(desired);
        CHECK(desired->whole);
    }
}

TEST_CASE("Settings become the sections of a profile, whatever their names hold", "[codec]") {
    const auto desired = codec::decode_dsc_desired(R"({"settings": {"protocols": {"TLS 1.0": {"server": "disabled"}}, "dotnet": {"strong_crypto": true}, "a\"b": [1, "x\n"]}})");
    REQUIRE(desired);
    CHECK(desired->settings == "format = 1\nprotocols = {\"TLS 1.0\" = {server = \"disabled\"}}\ndotnet = {strong_crypto = true}\n\"a\\\"b\" = [1, \"x\\u000A\"]\n");
}

TEST_CASE("Mistakes of a desired state are named", "[codec]") {
    CHECK(error("[]") == "desired state: it is not an object");
    CHECK(error("{\"profil\": \"strict\"}") == "desired state: the property \"profil\" is unknown; did you mean \"profile\"?");
    CHECK(error("{\"_exist\": 1}") == "desired state: \"_exist\" is true or false");
    CHECK(error("{\"profile\": \"\"}") == "desired state: \"profile\" is a text that is not empty");
    CHECK(error("{\"settings\": {\"a\": null}}") == "desired state: \"settings.a\" is neither a text, a number, true, false, an array nor an object");
    CHECK(error("{\"settings\": {\"extends\": []}}") == "desired state: \"settings\" has no \"extends\"; name what it rests on in \"profile\"");
    CHECK(error("{\"values\": [{\"key\": \"HKLM\\\\A\", \"value\": \"x\", \"type\": \"REG_DWORD\", \"data\": 1}, {\"key\": \"HKLM\\\\a\", \"value\": \"X\", \"_exist\": false}]}") ==
          "desired state: values[1]: the value is given twice");
    for (const std::string_view text : {"{", "{}x", "{\"a\": 1, \"a\": 2}", "\xFF"}) CHECK_FALSE(error(text).empty());
}

TEST_CASE("A state comes back as the values that it says", "[codec]") {
    codec::DscState state{.target = "live", .profile = {}, .values = {}};
    const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\K\xC3\xA4se");
    state.values.push_back({.key = key, .name = "a", .value = registry::Value::dword(0xFFFFFFFF), .origin = {}, .overridden = {}});
    state.values.push_back({.key = key, .name = "b", .value = {}, .origin = {}, .overridden = {}});
    state.values.push_back({.key = key, .name = "c", .value = registry::Value{registry::reg_dword, "xy"}, .origin = {}, .overridden = {}});
    const std::string text = codec::encode_dsc_state(state);
    CHECK(text.find('\n') == std::string::npos);
    const auto desired = codec::decode_dsc_desired(text);
    REQUIRE(desired);
    REQUIRE(desired->values.values.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(desired->values.values[i].key == state.values[i].key);
        CHECK(desired->values.values[i].value == state.values[i].value);
    }
}
