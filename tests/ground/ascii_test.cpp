#include "schancfg/ascii.hpp"

#include <string_view>

#include "catch.hpp"

using namespace schancfg;

TEST_CASE("Letters and digits are those of ASCII, and case is folded for them alone", "[ground]") {
    constexpr std::string_view digits = "0123456789", lower = "abcdefghijklmnopqrstuvwxyz", upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int code = 0; code < 256; ++code) {
        const char c = static_cast<char>(code);
        const auto in = [&](std::string_view some) { return some.find(c) != std::string_view::npos; };
        CAPTURE(code);
        CHECK(ascii::is_digit(c) == in(digits));
        CHECK(ascii::is_lower(c) == in(lower));
        CHECK(ascii::is_upper(c) == in(upper));
        CHECK(ascii::is_letter(c) == (in(lower) || in(upper)));
        CHECK(ascii::is_alphanumeric(c) == (in(lower) || in(upper) || in(digits)));
        CHECK(ascii::is_hex_digit(c) == in("0123456789abcdefABCDEF"));
        CHECK(ascii::to_lower(c) == (in(upper) ? lower[upper.find(c)] : c));
        CHECK(ascii::to_upper(c) == (in(lower) ? upper[lower.find(c)] : c));
    }
    CHECK(!ascii::is_digit(U'\u0660'));
    CHECK(!ascii::is_letter(u'\u017F'));
    CHECK(ascii::is_hex_digit(unsigned{'f'}));
}
