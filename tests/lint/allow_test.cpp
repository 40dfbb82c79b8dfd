#include "schancfg/lint/allow.hpp"

#include "subject.hpp"

using namespace schancfg;
using namespace lint_subject;

namespace {

/// Findings about the comments, and whether `null-cipher` is left.
Lines left(std::string_view body) {
    Lines all;
    for (const std::string& line : lines(of_profile(body))) {
        if (line.find(" null-cipher:") != std::string::npos || line.find(" allow-") != std::string::npos) all.push_back(line);
    }
    return all;
}

}  // namespace

TEST_CASE("an allow comment silences one rule on its own line, or on the one below", "[lint]") {
    const std::string message = "error null-cipher: programs may ask for connections without encryption";
    CHECK(left("[ciphers]\nNULL = \"enabled\"\n") == Lines{"3:1 " + message});
    CHECK(left("[ciphers]\nNULL = \"enabled\" # schancfg: allow null-cipher a test bench\n").empty());
    CHECK(left("[ciphers]\n# schancfg: allow null-cipher a test bench\nNULL = \"enabled\"\n").empty());
    CHECK(left("[ciphers]\n# schancfg: allow null-cipher a test bench\n# and more\nNULL = \"enabled\"\n").empty());
    CHECK(left("[ciphers]\n# schancfg: allow null-cipher a test bench\n\nNULL = \"enabled\"\n") == Lines{"5:1 " + message});
    CHECK(left("[ciphers]\nNULL = \"enabled\"\n# schancfg: allow null-cipher too late\n") == Lines{"3:1 " + message});
    CHECK(left("[ciphers]\nNULL = \"enabled\" # schancfg: allow weak-cipher another rule\n") == Lines{"3:1 " + message});
}

TEST_CASE("an allow comment without reason, rule or sense silences nothing and is a finding", "[lint]") {
    const std::string message = "3:1 error null-cipher: programs may ask for connections without encryption";
    CHECK(left("[ciphers]\nNULL = \"enabled\" # schancfg: allow null-cipher\n") ==
          Lines{message, "3:18 warning allow-without-reason: an allow comment for null-cipher gives no reason"});
    CHECK(left("[ciphers]\nNULL = \"enabled\" # schancfg: allow nul-cipher a test bench\n") ==
          Lines{message, "3:18 warning allow-unknown-rule: there is no rule \"nul-cipher\"; did you mean \"null-cipher\"?"});
    CHECK(left("[ciphers]\nNULL = \"enabled\" # schancfg: allow\n") ==
          Lines{message, "3:18 warning allow-malformed: an allow comment names no rule"});
    CHECK(left("[ciphers]\nNULL = \"enabled\" # schancfg: ignore null-cipher\n") ==
          Lines{message, "3:18 warning allow-malformed: a comment for schancfg says \"ignore\"; it knows `allow RULE reason`"});
}

TEST_CASE("a hash inside of a string is not a comment", "[lint]") {
    const std::string message = "error null-cipher: programs may ask for connections without encryption";
    const std::string comment = "# schancfg: allow null-cipher x";
    CHECK(left("name = \"" + comment + "\"\n[ciphers]\nNULL = \"enabled\"\n") == Lines{"4:1 " + message});
    CHECK(left("description = '''\n[ciphers]\n" + comment + "\n'''\n[ciphers]\nNULL = \"enabled\"\n") == Lines{"7:1 " + message});
    CHECK(left("description = \"\"\"\n\\\"\"\"\\\"\n" + comment + "\n\"\"\"\"\"\n[ciphers]\nNULL = \"enabled\"\n") == Lines{"7:1 " + message});
    CHECK(left("ciphers = { 'NULL' = \"enabled\" } " + comment + "\n").empty());
    // Right behind the string as well.
    CHECK(left("[ciphers]\nNULL = \"enabled\"" + comment + "\n").empty());
    // Behind a string of three quotation marks, that ends on its line and may itself end in two.
    CHECK(left("ciphers = { NULL = \"\"\"enabled\"\"\" } " + comment + "\n").empty());
    CHECK(left("name = '''a''''' # schancfg: allow null-cipher\n") == Lines{"2:18 warning allow-without-reason: an allow comment for null-cipher gives no reason"});
    CHECK(left("name = \"a \\\" " + comment + "\" " + comment + "\n[ciphers]\nNULL = \"enabled\"\n") == Lines{"4:1 " + message});
}

TEST_CASE("a .reg file allows behind a semicolon", "[lint]") {
    const auto has_null = [](std::string body) { return has(of_reg(std::move(body)), "null-cipher"); };
    CHECK(has_null("[~\\Ciphers\\NULL]\n\"Enabled\"=dword:1\n"));
    CHECK(!has_null("[~\\Ciphers\\NULL]\n; schancfg: allow null-cipher a test bench\n\"Enabled\"=dword:1\n"));
    CHECK(!has_null("[~\\Ciphers\\NULL]\n\"Enabled\"=dword:1 ; schancfg: allow null-cipher a test bench\n"));
    CHECK(has_null("[~\\Ciphers\\NULL]\n\"Odd; schancfg: allow null-cipher a\"=dword:1\n\"Enabled\"=dword:1\n"));
    CHECK(has(of_reg("[~\\Ciphers\\NULL]\n\"Enabled\"=dword:1 ; schancfg: allow null-cipher\n"), "allow-without-reason"));
    CHECK(!has(of_reg("[~\\Ciphers\\NULL; schancfg: allow null-cipher]\n\"Enabled\"=dword:1\n"), "allow-unknown-rule"));
    CHECK(!has(of_reg("; schancfg: complete, what is not named here is absent\n[~\\Ciphers\\NULL]\n\"Enabled\"=dword:1\n"), "allow-malformed"));
}

TEST_CASE("strings are told from comments by their quotation marks, whatever stands between those", "[lint]") {
    const std::string comment = "# schancfg: allow null-cipher", null = "[ciphers]\nNULL = \"enabled\"";
    // One mark within the other kind, a backslash that escapes and one that does not, one and two marks within three.
    for (const char* text : {"'a'", "'a\"'", "\"a'\"", "\"\\\\\"", "'a\\'", "'''a'b''c'''", "\"\"\"a\"b\"\"c\\\"\"\"\"", "\"\"\"a\"\\\"\"\"b\"\"\"", "''", "\"\""}) {
        INFO(text);
        const Lines found = left("name = " + std::string(text) + " " + comment + "\n" + null + " " + comment + " a test bench\n");
        CHECK(found.size() == 1);
        CHECK((found.empty() ? "" : found.front()).find("allow-without-reason") != std::string::npos);
    }
    // What three marks enclose is a string on every line.
    CHECK(left("description = '''a\n" + comment + "\nb'''\n" + null + "\n").size() == 1);
}

TEST_CASE("a line that says what a comment says, without being one, allows nothing", "[lint]") {
    const Findings found = of_reg("[~\\Ciphers\\NULL]\nschancfg: allow null-cipher a test bench\nschancfg: nothing\n\"Enabled\"=dword:1\n");
    CHECK(has(found, "null-cipher"));
    CHECK_FALSE(has(found, "allow-malformed"));
}
