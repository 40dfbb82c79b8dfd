#include "schancfg/utf.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

using namespace schancfg;

TEST_CASE("UTF-16 units become UTF-8 and come back, lone surrogates too", "[ground]") {
    for (const std::string_view bytes : {std::string_view(""), std::string_view("a\0\0\0\xE9\0\xAC\x20", 8), std::string_view("\x3D\xD8\x12\xDD", 4),
                                         std::string_view("\x3D\xD8", 2), std::string_view("\x12\xDD\x3D\xD8", 4), std::string_view("\xFF\xFF\xFE\xFF", 4)}) {
        CHECK(utf::to_utf16le(utf::from_utf16le(bytes)) == bytes);
    }
    CHECK(utf::from_utf16le(std::string_view("a\0\xE9\0\xAC\x20\x3D\xD8\x12\xDD", 10)) == "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x94\x92");
    CHECK(utf::from_utf16le(std::string_view("\x3D\xD8", 2)) == "\xED\xA0\xBD");
    CHECK(utf::from_utf16le(std::string_view("a\0b", 3)) == "a");
}

TEST_CASE("a character beyond ASCII is read wherever it stands among others", "[ground]") {
    std::vector<std::size_t> lengths{255, 256, 257, 511, 512, 600};
    for (std::size_t length = 0; length < 20; ++length) lengths.push_back(length);
    for (const std::size_t before : lengths) {
        for (std::size_t behind = 0; behind < 20; ++behind) {
            for (const std::string point : {"", "\x7F", "\xC2\x80", "\xC4\x80", "\xF0\x9F\x94\x92"}) {
                const std::string text = std::string(before, 'a') + point + std::string(behind, 'z');
                CHECK(utf::from_utf16le(utf::to_utf16le(text)) == text);
                CHECK(utf::from_utf16le(utf::to_utf16le(text) + 'x') == text);
            }
        }
    }
}

TEST_CASE("bytes that are not UTF-8 become the replacement character, one each", "[ground]") {
    CHECK(utf::from_utf16le(utf::to_utf16le("a\xFFz\xC3")) == "a\xEF\xBF\xBDz\xEF\xBF\xBD");
    CHECK(utf::to_utf16le("\xC0\x80").size() == 4);  // an overlong NUL is two wrong bytes
    CHECK(utf::to_utf16le("\xF5\x80\x80\x80").size() == 8);
}

TEST_CASE("the first invalid byte of UTF-8 is found", "[ground]") {
    CHECK(utf::find_invalid_utf8("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x94\x92\xF4\x8F\xBF\xBF") == std::string_view::npos);
    CHECK(utf::find_invalid_utf8("ab\x80") == 2);
    CHECK(utf::find_invalid_utf8("\xC3") == 0);
    CHECK(utf::find_invalid_utf8("a\xC1\xBF") == 1);
    CHECK(utf::find_invalid_utf8("a\xE0\x9F\xBF") == 1);
    CHECK(utf::find_invalid_utf8("a\xED\xA0\x80") == 1);
    CHECK(utf::find_invalid_utf8("a\xF0\x8F\xBF\xBF") == 1);
    CHECK(utf::find_invalid_utf8("a\xF4\x90\x80\x80") == 1);
}

TEST_CASE("names compare as the registry orders them", "[ground]") {
    CHECK(utf::equal_no_case("Schannel", "SCHANNEL"));
    CHECK(utf::equal_no_case("\xC3\xA9", "\xC3\x89"));
    CHECK(utf::equal_no_case("\xC3\xBF", "\xC5\xB8"));              // U+00FF, U+0178
    CHECK_FALSE(utf::equal_no_case("\xC4\xB1", "I"));               // the dotless i is a letter of its own
    CHECK_FALSE(utf::equal_no_case("\xC3\x9F", "SS"));
    CHECK_FALSE(utf::equal_no_case("\xE2\x84\xAA", "K"));           // the Kelvin sign too
    CHECK(utf::compare_no_case("a", "b") < 0);
    CHECK(utf::compare_no_case("B", "a") > 0);
    CHECK(utf::compare_no_case("a", "ab") < 0);
    CHECK(utf::compare_no_case("_", "a") > 0);                      // `_` is behind `A`
    CHECK(utf::compare_no_case("", "") == 0);
    // By UTF-16 units: a surrogate pair is less than U+FFFF.
    CHECK(utf::compare_no_case("\xF0\x9F\x94\x92", "\xEF\xBF\xBF") < 0);
    CHECK(utf::compare_no_case("a\xC3\xA9" "b", "A\xC3\x89" "C") < 0);
}

TEST_CASE("folded names are equal for exactly the names that compare as equal", "[ground]") {
    const std::vector<std::string> names{"", "a", "A", "ab", "aB", "\xC3\xA9", "\xC3\x89", "\xC4\xB1", "I", "i", "\xC3\xBF", "\xC5\xB8", "\xF0\x9F\x94\x92", "\xED\xA0\x80"};
    for (const std::string& x : names) {
        for (const std::string& y : names) {
            CAPTURE(x, y);
            CHECK((utf::fold_case(x) == utf::fold_case(y)) == utf::equal_no_case(x, y));
        }
    }
}
