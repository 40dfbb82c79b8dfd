#include "schancfg/codec/marker_json.hpp"

#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::codec;

namespace {

Marker sample() {
    return {.id = "20261121T074500Z-3f9c", .time = "2026-11-21T07:45:00Z", .command = "apply", .target = "live", .machine = "guid/NAME",
            .record = "C:\\ProgramData\\schancfg\\20261121T074500Z-3f9c.json", .process = 1234, .revert_at = {}};
}

std::string with(const std::string& from, const std::string& to) {
    std::string text = encode_marker(sample());
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

void check_refused(const std::string& text, const std::string& message) {
    const auto marker = decode_marker(text, "m");
    REQUIRE_FALSE(marker);
    CHECK(marker.error().code == ErrorCode::malformed);
    CHECK(marker.error().message == message);
    REQUIRE(marker.error().where);
    CHECK(marker.error().where->file == "m");
}

}  // namespace

TEST_CASE("a marker comes back as it was written, with and without a time to be undone", "[codec]") {
    Marker marker = sample();
    CHECK(decode_marker(encode_marker(marker), "m") == marker);
    marker.revert_at = "2026-11-21T08:00:00Z";
    CHECK(decode_marker(encode_marker(marker), "m") == marker);
}

TEST_CASE("what is not a marker is refused, and what is right is said", "[codec]") {
    check_refused("[]", "the file is an object with \"format_version\", \"kind\", \"id\" and others");
    check_refused(with("\"kind\"", "\"kin\\u001b\""), "the member \"kin\x1b\" is unknown");
    check_refused(with("\"1.0\"", "\"2.0\""), "\"format_version\" is \"2.0\"; this version of schancfg reads \"1.0\"");
    check_refused(with("\"marker\"", "\"undo\""), "\"kind\" is \"marker\"");
    check_refused(with("20261121T074500Z-3f9c\"", "../../x\""), "\"id\" is a name such as \"20261121T074500Z-3f9c\"");
    check_refused(with("\"2026-11-21T07:45:00Z\"", "\"today\""), "\"time\" is a time such as \"2026-11-21T07:45:00Z\"");
    check_refused(with("\"apply\"", "\"format\""), "\"command\" is \"apply\" or \"undo\"");
    check_refused(with("\"live\"", "null"), "\"target\" is a string, and is needed");
    check_refused(with("1234", "-1"), "\"process\" is the number of a process, and is needed");
    check_refused(with("1234", "1, \"revert_at\": null"), "\"revert_at\" is a time such as \"2026-11-21T07:45:00Z\", or left out");
}

TEST_CASE("a marker of more than 64 KiB is not read", "[codec]") {
    CHECK(decode_marker(with("\"live\"", "\"" + std::string(60000, 'x') + "\""), "m"));
    const auto large = decode_marker(with("\"live\"", "\"" + std::string(70000, 'x') + "\""), "m");
    REQUIRE_FALSE(large);
    CHECK(large.error().message == "the JSON is larger than 64 KiB");
}
