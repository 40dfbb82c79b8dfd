#include "schancfg/registry/value.hpp"

#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::registry;

namespace {

// A table of odd data: the bytes, and what the typed view makes of them.
Value text(std::uint32_t type, std::string_view bytes) { return {type, std::string(bytes)}; }

}  // namespace

TEST_CASE("numbers are stored with their low byte first", "[registry]") {
    CHECK(Value::dword(0x01020304).bytes == "\x04\x03\x02\x01");
    CHECK(Value::qword(0x0102030405060708).bytes == "\x08\x07\x06\x05\x04\x03\x02\x01");
    CHECK(Value::dword(0xFFFFFFFF).as_dword() == 0xFFFFFFFFu);
    CHECK(Value::qword(0xFFFFFFFFFFFFFFFF).as_qword() == 0xFFFFFFFFFFFFFFFFu);
}

TEST_CASE("a number of another type or length is not a number", "[registry]") {
    for (const std::size_t size : {0u, 1u, 3u, 5u, 8u}) {
        const auto wrong = Value{reg_dword, std::string(size, '\1')}.as_dword();
        REQUIRE_FALSE(wrong);
        CHECK(wrong.error().code == ErrorCode::wrong_type);
        CHECK(wrong.error().message == "found REG_DWORD of " + std::to_string(size) + " bytes, not a REG_DWORD of 4");
    }
    CHECK(Value{reg_binary, "\1\1\1\1"}.as_dword().error().message == "found REG_BINARY of 4 bytes, not a REG_DWORD of 4");
    CHECK(Value::dword(1).as_qword().error().message == "found REG_DWORD of 4 bytes, not a REG_QWORD of 8");
}

TEST_CASE("strings end at their first NUL, at the last whole character, or at the end", "[registry]") {
    CHECK(Value::sz("x\xC3\xA9").bytes == std::string_view("x\0\xE9\0\0\0", 6));
    CHECK(Value::sz("x").as_string() == "x");
    CHECK(Value::expand_sz("%a%").as_string() == "%a%");
    CHECK(text(reg_sz, "").as_string() == "");
    CHECK(text(reg_sz, {"a\0", 2}).as_string() == "a");
    CHECK(text(reg_sz, {"a\0\0\0b\0\0\0", 8}).as_string() == "a");
    CHECK(text(reg_sz, {"a\0b", 3}).as_string() == "a");
    CHECK(text(reg_sz, "a").as_string() == "");
    CHECK(Value::dword(1).as_string().error().message == "found REG_DWORD, not a string");
}

TEST_CASE("lists end at their first empty string or at the end", "[registry]") {
    using Strings = std::vector<std::string>;
    CHECK(Value::multi_sz({"a", "b"}).bytes == std::string_view("a\0\0\0b\0\0\0\0\0", 10));
    CHECK(Value::multi_sz({}).bytes == std::string_view("\0\0", 2));
    CHECK(Value::multi_sz({"a", "b"}).as_strings() == Strings{"a", "b"});
    CHECK(text(reg_multi_sz, "").as_strings() == Strings{});
    CHECK(text(reg_multi_sz, {"\0\0", 2}).as_strings() == Strings{});
    CHECK(text(reg_multi_sz, {"a\0", 2}).as_strings() == Strings{"a"});
    CHECK(text(reg_multi_sz, {"a\0\0\0", 4}).as_strings() == Strings{"a"});
    CHECK(text(reg_multi_sz, {"a\0\0\0b\0", 6}).as_strings() == Strings{"a", "b"});
    CHECK(text(reg_multi_sz, {"a\0\0\0\0\0b\0\0\0", 10}).as_strings() == Strings{"a"});
    CHECK(text(reg_multi_sz, {"a\0\0\0b", 5}).as_strings() == Strings{"a"});
    CHECK(Value::sz("x").as_strings().error().message == "found REG_SZ, not a REG_MULTI_SZ");
}

TEST_CASE("types have names, and numbers without a name keep theirs", "[registry]") {
    CHECK(type_name(0) == "REG_NONE");
    CHECK(type_name(11) == "REG_QWORD");
    CHECK(type_name(12) == "REG_TYPE_0xc");
    CHECK(type_name(0xFFFFFFFF) == "REG_TYPE_0xffffffff");
    for (const std::uint32_t type : {0u, 1u, 7u, 11u, 12u, 0xABCDu, 0xFFFFFFFFu}) CHECK(find_type(type_name(type)) == type);
    CHECK(find_type("reg_dword") == reg_dword);
    CHECK(find_type("REG_TYPE_0X1F") == 0x1Fu);
    for (const char* wrong : {"", "DWORD", "REG_TYPE_0x", "REG_TYPE_0x123456789", "REG_TYPE_0xg", "REG_TYPE_1"}) CHECK_FALSE(find_type(wrong));
}

TEST_CASE("hex is written in lower case and read in either", "[registry]") {
    CHECK(to_hex(std::string_view("\0\x0F\xFF", 3)) == "000fff");
    CHECK(from_hex("000fFF") == std::string("\0\x0F\xFF", 3));
    CHECK(from_hex("") == "");
    CHECK(from_hex("0").error().message == "an odd number of hex digits");
    CHECK(from_hex("0g").error().message == "a character that is not a hex digit");
    CHECK(from_hex(" 0").error().code == ErrorCode::malformed);
}
