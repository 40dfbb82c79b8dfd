#include "schancfg/codec/gpt_tmpl_inf.hpp"

#include "catch.hpp"
#include "policy_text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

namespace {

const std::string head = "[Unicode]\r\nUnicode=yes\r\n[Version]\r\nsignature=\"$CHICAGO$\"\r\nRevision=1\r\n[Registry Values]\r\n";
const std::string fips = "System\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy";

std::vector<std::string> lines(const std::string& text, Diagnostics* said = nullptr) {
    auto decoded = codec::decode_gpt_tmpl(text, "t.inf");
    REQUIRE(decoded);
    if (said != nullptr) *said = decoded.diagnostics;
    return policy_text::shown(decoded.value->patch);
}

}  // namespace

TEST_CASE("FIPS mode is read and written as Windows writes it", "[codec]") {
    using Lines = std::vector<std::string>;
    const Lines asked{"7 set " + fips + " Enabled 4:01000000"};
    CHECK(lines("\xFF\xFE" + utf::to_utf16le(head + "MACHINE\\" + fips + "\\Enabled=4,1\r\n")) == asked);
    CHECK(lines(head + "machine\\" + fips + "\\Enabled = 4 , 1\n") == asked);
    const std::string written = codec::encode_gpt_tmpl({{.key = registry::KeyPath(registry::Root::local_machine, fips), .name = "Enabled", .value = registry::Value::dword(1), .origin = {}, .overridden = {}}});
    CHECK(written == "\xFF\xFE" + utf::to_utf16le(head + "MACHINE\\" + fips + "\\Enabled=4,1\r\n"));
    CHECK(lines(written) == asked);
}

TEST_CASE("Types, quotation marks and names with an equals sign are read", "[codec]") {
    using Lines = std::vector<std::string>;
    CHECK(lines(head + "MACHINE\\K\\a=b=1,\"x,y\"\r\nMACHINE\\K\\L=7,a,\"b,c\",\r\nMACHINE\\K\\B=3,0\r\nMACHINE\\K\\N=4,-1\r\n; comment\r\n[Event Audit]\r\nx=1\r\n") ==
          Lines{"7 set K a=b 1:78002c0079000000", "8 set K L 7:6100000062002c00630000000000", "9 set K B 3:00", "10 set K N 4:ffffffff"});
}

TEST_CASE("A line that can't be read is named and left out, and the next one is read", "[codec]") {
    Diagnostics said;
    CHECK(lines(head + "MACHINE\\K\\a=9,1\r\nMACHINE\\K=4,1\r\nHKLM\\K\\b=4,1\r\nMACHINE\\K\\c=4,x\r\nMACHINE\\K\\d=3,1,2\r\nnothing\r\nMACHINE\\K\\e=4,1\r\n", &said).size() == 1);
    REQUIRE(said.size() == 6);
    CHECK(said[0].message == "the type 9 is not known, so it is left out");
    CHECK(said[1].message == "\"MACHINE\\K\" is not a key and a value, so it is left out");
    CHECK(said[2].fix == "write MACHINE");
    CHECK(said[3].span == Span{"t.inf", 10, 1});
}

TEST_CASE("What is no security template is refused", "[codec]") {
    for (const auto& [text, rule] : {std::pair<std::string, std::string>{"", "inf-syntax"}, {"hello", "inf-syntax"}, {"\xFE\xFF", "inf-encoding"}, {std::string("[\0x]", 4), "inf-encoding"}, {"[x]\n" + std::string(1u << 21, 'a'), "inf-limit"}}) {
        const auto decoded = codec::decode_gpt_tmpl(text, "t.inf");
        REQUIRE_FALSE(decoded);
        CHECK(decoded.diagnostics.back().rule == rule);
    }
}

TEST_CASE("A misspelt section is named", "[codec]") {
    Diagnostics said;
    CHECK(lines("[Registry Value]\r\nMACHINE\\K\\e=4,1\r\n", &said).empty());
    REQUIRE(said.size() == 1);
    CHECK(said.front().fix == "did you mean [Registry Values]?");
}

TEST_CASE("A template in a code page is read for what of it is ASCII, and says so", "[codec]") {
    const std::string text = "[Unicode]\r\n[Registry Values]\r\nMACHINE\\System\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy\\Enabled=4,1\r\nMACHINE\\Software\\\xC4=4,1\r\n; \xE4\r\n";
    const auto found = codec::decode_gpt_tmpl(text, "GptTmpl.inf");
    REQUIRE(found);
    REQUIRE_FALSE(found.diagnostics.empty());
    CHECK(found.diagnostics.front().rule == "inf-encoding");
    CHECK(found.diagnostics.front().severity == Severity::warning);
    const std::vector<registry::Operation>& operations = found.value->patch.operations;
    CHECK(std::ranges::any_of(operations, [](const registry::Operation& each) { return each.name == "Enabled" && each.value == registry::Value::dword(1); }));
}
