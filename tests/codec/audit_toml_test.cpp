#include "schancfg/codec/audit_toml.hpp"

#include "catch.hpp"

using namespace schancfg;

namespace {

std::string first_error(const Diagnostics& all) {
    for (const Diagnostic& each : all) {
        if (each.severity == Severity::error) return std::to_string(each.span.line) + ": " + each.message;
    }
    return {};
}

std::string waiver_error(std::string_view text) {
    const auto decoded = codec::decode_waivers(text, "w.toml");
    CHECK(decoded.value.has_value() == !has_errors(decoded.diagnostics));
    return first_error(decoded.diagnostics);
}

}  // namespace

TEST_CASE("A waiver names a machine, a setting or a rule, why and until when", "[codec]") {
    const auto decoded = codec::decode_waivers("[[waiver]]\nmachine = \"till-*\"\nsetting = 'protocols.\"TLS 1.0\"*'\nreason = \"old\"\nuntil = \"2027-03-31\"\n\n"
                                               "[[waiver]]\nmachine = \"a\"\nrule = \"weak-protocol\"\nreason = \"b\"\nuntil = \"2027-01-01\"\n", "w.toml");
    REQUIRE(decoded);
    REQUIRE(decoded.value->size() == 2);
    CHECK(decoded.value->at(0).setting == "protocols.\"TLS 1.0\"*");
    CHECK(decoded.value->at(0).place.line == 1);
    CHECK(decoded.value->at(1).rule == "weak-protocol");
    CHECK(codec::decode_waivers("", "w.toml").value->empty());
}

TEST_CASE("What is wrong with a waiver is said with its line", "[codec]") {
    constexpr std::string_view good = "[[waiver]]\nmachine = \"a\"\nrule = \"r\"\nreason = \"b\"\n";
    CHECK(waiver_error(good).find("needs \"until\"") != std::string::npos);
    CHECK(waiver_error(std::string(good) + "until = \"soon\"\n") == "1: \"soon\" is not a day");
    CHECK(waiver_error(std::string(good) + "until = \"2027-02-29\"\n") == "1: \"2027-02-29\" is not a day");
    CHECK(waiver_error(std::string(good) + "until = \"2028-02-29\"\n").empty());
    CHECK(waiver_error(std::string(good) + "until = \"2027-01-01\"\nsetting = \"x\"\n") == "1: a waiver names either a setting or a rule of lint");
    CHECK(waiver_error(std::string(good) + "until = \"2027-01-01\"\nreasn = \"x\"\n") == "6: unknown key \"reasn\" in a waiver");
    CHECK(waiver_error("[[waiver]]\nmachine = 1\nrule = \"r\"\nreason = \"b\"\nuntil = \"2027-01-01\"\n").find("2: machine is a string") == 0);
    CHECK(waiver_error("[[group]]\n").find("1: unknown key \"group\"") == 0);
    CHECK(waiver_error("waiver = 1\n").find("1: waiver is a list of tables") == 0);
    CHECK(waiver_error("waiver = [1]\n").find("1: each waiver is a table") == 0);
    CHECK(waiver_error("[[waiver]\n").find("this is not TOML") != std::string::npos);
}

TEST_CASE("A group has a pattern, a profile and a name, which is the pattern where none is given", "[codec]") {
    const auto decoded = codec::decode_mapping("[[group]]\nmatch = \"web-*\"\nprofile = \"strict\"\n[[group]]\nname = \"rest\"\nmatch = \"*\"\nprofile = \"compatible\"\n", "m.toml");
    REQUIRE(decoded);
    REQUIRE(decoded.value->size() == 2);
    CHECK(decoded.value->at(0).name == "web-*");
    CHECK(decoded.value->at(1).name == "rest");
    CHECK(first_error(codec::decode_mapping("[[group]]\nmatch = \"a\"\n", "m.toml").diagnostics) == "1: a group needs \"profile\"");
}
