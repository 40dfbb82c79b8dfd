// Mistakes of TOML, by their class and without the text of the file.
#include <string>

#include "catch.hpp"
#include "codec/profile_text.hpp"

using namespace schancfg;

namespace {

/// `2:5 message; fix` of the first mistake.
std::string mistake(std::string_view text) {
    const auto nothing = [](std::string_view, std::string_view) -> Result<codec::LoadedText> { return fail(ErrorCode::not_found, "there is no such file"); };
    const auto decoded = codec::decode_profile(text, "p.toml", nothing);
    REQUIRE_FALSE(decoded.diagnostics.empty());
    const Diagnostic& first = decoded.diagnostics.front();
    return std::to_string(first.span.line) + " " + first.message + "; " + first.fix;
}

}  // namespace

TEST_CASE("A key with a blank and a value without quotes are said to need quotes", "[profile]") {
    CHECK(mistake("[protocols]\nTLS 1.0 = disabled\n") == "2 the key holds a blank; put it in quotes, and the value as well");
    CHECK(mistake("[protocols]\nTLS 1.0 = \"disabled\"\n") == "2 the key holds a blank; put it in quotes");
    CHECK(mistake("[protocols]\n\"TLS 1.0\" = disabled\n") == "2 the value is text without quotes; put it in quotes");
    CHECK(mistake("[TLS settings]\n") == "1 the name of the table holds a blank; put it in quotes");
}

TEST_CASE("Backslashes in double quotes are told apart from other mistakes", "[profile]") {
    CHECK(mistake("format = 1\n[registry.\"HKLM\\SYSTEM\\Key\"]\nA = 1\n") == "2 a backslash in \"...\" starts an escape; write text with backslashes in '...'");
    CHECK(mistake("format = 1\nname = \"C:\\new\\x\"\n") == "2 a backslash in \"...\" starts an escape; write text with backslashes in '...'");
}

TEST_CASE("A comma or a bracket that is missing is named where it is missing", "[profile]") {
    CHECK(mistake("format = 1\n[cipher_suites.policy]\norder = [\"A\"\n\"B\"]\n").find("a comma") != std::string::npos);
    CHECK(mistake("format = 1\n[cipher_suites.policy]\norder = [\"A\" \"B\"]\n") ==
          "3 a comma is missing between two items, or something stands behind the end; part them by commas");
    CHECK(mistake("format = 1\n[protocols\n\"TLS 1.0\" = \"disabled\"\n") == "2 the bracket of this line is not closed; close it: ]");
    CHECK(mistake("format = 1\nname = \"x\n") == "2 a quote is opened and not closed on this line; close it");
    CHECK(mistake("format =\n") == "1 there is no value behind the equals sign; write one");
    CHECK(mistake("format 1\n") == "1 the line has no equals sign; write key = value, or # in front of a comment");
}

TEST_CASE("No text of the file stands in a message about its syntax", "[profile]") {
    for (const char* text : {"secret word = hidden\n", "\"secret\\word\" = 1\n", "[secret\n", "secret\n", "a = [\"secret\" \"hidden\"]\n", "a = secret\n"}) {
        const std::string said = mistake(text);
        CHECK(said.find("secret") == std::string::npos);
        CHECK(said.find("hidden") == std::string::npos);
    }
}

TEST_CASE("Suites and curves by the names of others are answered with Windows' own", "[profile]") {
    CHECK(mistake("format = 1\n[cipher_suites.policy]\norder = [\"ECDHE-RSA-AES256-GCM-SHA384\"]\n").find("Windows calls it \"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"") != std::string::npos);
    CHECK(mistake("format = 1\n[cipher_suites.policy]\norder = [\"0xC030\"]\n").find("Windows calls it \"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"") != std::string::npos);
    CHECK(mistake("format = 1\n[elliptic_curves.policy]\norder = [\"prime256v1\"]\n").find("Windows calls it \"NistP256\"") != std::string::npos);
}
