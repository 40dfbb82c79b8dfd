// Text set to a width: what `doctor` prints fits a terminal, whatever a scan holds.
#include "console/columns.hpp"

#include <random>

#include "catch.hpp"

using namespace schancfg::cli;
using Lines = std::vector<std::string>;

namespace {

std::size_t widest_line(const std::string& text) {
    std::size_t widest = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        widest = std::max(widest, columns_of(text.substr(at, end - at)));
        at = end + 1;
    }
    return widest;
}

}  // namespace

TEST_CASE("text is broken at spaces", "[columns]") {
    CHECK(wrap("one two three", 7) == Lines{"one two", "three"});
    CHECK(wrap("", 7) == Lines{""});
    CHECK(wrap("  one   two ", 20) == Lines{"one two"});
}

TEST_CASE("a long word is cut behind one of its parts, else where the line ends", "[columns]") {
    CHECK(wrap("TLS_RSA_WITH_AES_128_CBC_SHA", 20) == Lines{"TLS_RSA_WITH_AES_", "128_CBC_SHA"});
    CHECK(wrap("abcdefghij", 4) == Lines{"abcd", "efgh", "ij"});
    CHECK(wrap("x abcdefghij y", 4) == Lines{"x", "abcd", "efgh", "ij y"});
}

TEST_CASE("characters count, not bytes, and none is cut in two", "[columns]") {
    CHECK(wrap("äöüäöü", 4) == Lines{"äöüä", "öü"});
    CHECK(columns_of("€ → ä") == 5);
}

TEST_CASE("a paragraph stands beside its lead", "[columns]") {
    const std::string text = paragraph("risk: ", std::string(50, 'a') + ' ' + std::string(50, 'b'), 80);
    CHECK(text == "risk: " + std::string(50, 'a') + "\n      " + std::string(50, 'b') + '\n');
}

TEST_CASE("what hangs below a long lead is indented less, and begins below it where no word fits beside it", "[columns]") {
    CHECK(hanging("file.toml:4:1: error: ", "one two three", 4, 30) == "file.toml:4:1: error: one two\n    three\n");
    CHECK(hanging("a/long/name/of/a/file.toml:4:1: error: ", "one two three", 4, 30) == "a/long/name/of/a/file.toml:4:1: error:\n    one two three\n");
    CHECK(hanging("x: ", "", 3, 30) == "x:\n");
}

TEST_CASE("colours take no room", "[columns]") {
    CHECK(columns_of("\x1b[31merror\x1b[0m") == 5);
    CHECK(paragraph("\x1b[31merror\x1b[0m ", "one two", 9) == "\x1b[31merror\x1b[0m one\n      two\n");
    CHECK(wrap("one \x1b[2mtwo\x1b[0m three", 7) == Lines{"one \x1b[2mtwo\x1b[0m", "three"});
}

TEST_CASE("two columns stand side by side, and lists of long names one name a line", "[columns]") {
    CHECK(side_by_side({{"", "client", "server"}, {"protocols", "TLS 1.0", "TLS 1.2"}}, 80) ==
          "           client                             server\n"
          "protocols  TLS 1.0                            TLS 1.2\n");
    CHECK(side_by_side({{"suites", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLS_RSA_WITH_RC4_128_SHA and 2 more", "none"}}, 80) ==
          "suites\n"
          " TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 none\n"
          " TLS_RSA_WITH_RC4_128_SHA\n"
          " and 2 more\n");
}

TEST_CASE("nothing is wider than a terminal", "[columns]") {
    std::mt19937 random(4);
    const std::string_view parts[] = {"a", " ", "_", "ä", ", ", " and ", "TLS_RSA_WITH_AES_128_CBC_SHA", "\\x1B", "→"};
    const auto some = [&] {
        std::string out;
        for (std::size_t i = random() % 60; i > 0; --i) out += parts[random() % std::size(parts)];
        return out;
    };
    for (int i = 0; i < 500; ++i) {
        const std::size_t width = 60 + random() % 61;
        CHECK(widest_line(side_by_side({{some(), some(), some()}, {some(), some(), some()}}, width)) <= width);
        CHECK(widest_line(paragraph("  1. ", some(), width)) <= width);
        CHECK(widest_line(hanging("file.toml:1:1: \x1b[31merror\x1b[0m: ", some(), 4, width)) <= width);
    }
}
