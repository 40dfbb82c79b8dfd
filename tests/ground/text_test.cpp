#include "schancfg/text.hpp"

#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

TEST_CASE("what cannot be seen is escaped by Unicode's properties", "[ground]") {
    // One of each kind: control, format, surrogate, separator, blank, default ignorable, noncharacter, blank Braille.
    for (const char32_t point : std::initializer_list<char32_t>{0x00, 0x1B, 0x7F, 0x85, 0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x1680, 0x17B4, 0x180E, 0x2003, 0x200B, 0x2028, 0x202E, 0x202F, 0x2066,
                                 0x2800, 0x3000, 0x3164, 0xD800, 0xFDD0, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFE, 0x1D173, 0xE0041, 0xE01EF, 0x10FFFF}) {
        CAPTURE(static_cast<std::uint32_t>(point));
        CHECK(is_unprintable(point));
    }
    for (const char32_t point : std::initializer_list<char32_t>{0x20, 0x7E, 0xA1, 0xE9, 0x430, 0x2026, 0x27FF, 0x2801, 0x4E2D, 0xFFFD, 0x1F600}) {
        CAPTURE(static_cast<std::uint32_t>(point));
        CHECK(!is_unprintable(point));
    }
    CHECK(escape("a\x1B[2J\xE2\x80\xAE z\xE2\xA0\x80\\n\n") == "a\\x1B[2J\\u{202E} z\\u{2800}\\n\\x0A");
    CHECK(escape("\xFF\xC3\xA9\xED\xA0\x80") == "\\xFF\xC3\xA9\\u{D800}");
}

TEST_CASE("escaped text is one visible line, whatever it was, and escaping it again changes nothing", "[ground]") {
    generated::Random random(11);
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (std::size_t n = random.below(20); n > 0; --n) {
            if (random.one_in(3)) text += static_cast<char>(random.below(256));
            else utf::append_utf8(text, static_cast<char32_t>(random.below(random.one_in(2) ? 0x3000 : 0x110000)));
        }
        const std::string safe = escape(text);
        CHECK(utf::find_invalid_utf8(safe) == std::string::npos);
        for (std::size_t at = 0; at < safe.size();) CHECK(!is_unprintable(utf::next_code_point(safe, at)));
        CHECK(escape(safe) == safe);
    }
}

TEST_CASE("long text is cut at the end of a character", "[ground]") {
    CHECK(shorten("abc", 3) == "abc");
    CHECK(shorten("ab\xC3\xA9z", 3) == "ab …");
    CHECK(quote("a\"b") == "\"a\"b\"");
    CHECK(quote(std::string(400, 'x')) == '"' + std::string(300, 'x') + " …\"");
    CHECK(join(std::vector<std::string>{"a", "b", "c"}) == "a, b, c");
    CHECK(join(std::vector<std::string>{}) == "");
}
