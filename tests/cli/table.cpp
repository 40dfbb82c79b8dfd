// Tables in plain text, which fit a width as long as their words do.
#include "render/table.hpp"

#include <algorithm>
#include <random>

#include "catch.hpp"
#include "console/columns.hpp"

using namespace schancfg::cli;
using Rows = std::vector<std::vector<std::string>>;

TEST_CASE("columns are as wide as their widest cell, two spaces apart", "[table]") {
    CHECK(text_table({{"a", "bb", "c"}, {"aaa", "b", "ccc"}}, 80, 2) == "  a    bb  c\n  aaa  b   ccc\n");
    CHECK(text_table({}, 80).empty());
}

TEST_CASE("the last column is the first to become narrow", "[table]") {
    CHECK(text_table({{"name", "one two three four five six seven"}}, 30) == "name  one two three four five\n      six seven\n");
}

TEST_CASE("where that is not enough the widest of the others go on below themselves", "[table]") {
    CHECK(text_table({{"TLS 1.2", "on request, no suite left", "on request, no suite left"}}, 50) ==
          "TLS 1.2  on request, no       on request, no suite\n"
          "         suite left           left\n");
}

TEST_CASE("a name of a suite is never cut, a longer word is", "[table]") {
    const std::string name = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384";
    CHECK(text_table({{name, "one two three four five"}}, 50).starts_with(name + "  "));
    CHECK(text_table({{name + ',' + name, "one two three four five"}}, 50) ==
          "TLS_ECDHE_ECDSA_WITH_AES_     one two three four\n"
          "256_GCM_SHA384_P384,          five\n"
          "TLS_ECDHE_ECDSA_WITH_AES_\n"
          "256_GCM_SHA384_P384\n");
}

TEST_CASE("colours and spaces in front stay with every line of a cell", "[table]") {
    CHECK(text_table({{"\x1b[31mone two three\x1b[0m", "one two three four five"}}, 30) ==
          "\x1b[31mone two\x1b[0m   one two three four\n\x1b[31mthree\x1b[0m     five\n");
    CHECK(text_table({{"  one two three", "one two three four five"}}, 31) == "  one two  one two three four\n  three    five\n");
}

TEST_CASE("a table with words that fit is within its width, and none of its words is lost or cut", "[table]") {
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        Rows rows(1 + random() % 4, std::vector<std::string>(2 + random() % 3));
        std::vector<std::string> words;
        for (auto& row : rows) {
            for (std::string& cell : row) {
                for (std::size_t count = random() % 12; count > 0; --count) {
                    words.push_back("w" + std::to_string(words.size()) + std::string(random() % 5, 'x'));
                    cell += (cell.empty() ? "" : " ") + words.back();
                }
            }
        }
        const std::size_t width = 60 + random() % 61;
        const std::string text = text_table(rows, width, 2);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find('\n', at);
            CHECK(columns_of(text.substr(at, end - at)) <= width);
            at = end + 1;
        }
        for (const std::string& word : words) CHECK(text.find(word) != std::string::npos);
        const std::vector<std::string> each = table_rows(rows, width, 2);
        REQUIRE(each.size() == rows.size());
        std::string joined;
        for (const std::string& row : each) joined += row;
        CHECK(joined == text);
    }
}
