#include "schancfg/codec/reg_text.hpp"

#include "catch.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;
using registry::Op;
using registry::Value;

namespace {

std::string wide(std::string_view text) { return "\xFF\xFE" + utf::to_utf16le(text); }

}  // namespace

TEST_CASE("an export is read as operations with their lines", "[codec]") {
    const auto decoded = codec::decode_reg(wide("Windows Registry Editor Version 5.00\r\n\r\n"
                                                "[HKEY_LOCAL_MACHINE\\A\\AES 128/128]\r\n"
                                                "@=\"x\\\\y\"\r\n"
                                                "\"n\"=dword:0000000a\r\n"
                                                "\"h\"=hex:01,\\\r\n  02\r\n"
                                                "\"gone\"=-\r\n\r\n"
                                                "[-HKEY_LOCAL_MACHINE\\B]\r\n\r\n"),
                                           {});
    REQUIRE(decoded);
    CHECK(decoded.diagnostics.empty());
    const registry::KeyPath a(registry::Root::local_machine, "A\\AES 128/128");
    const registry::KeyPath b(registry::Root::local_machine, "B");
    CHECK(decoded.value->operations == std::vector<registry::Operation>{
                                           {Op::create_key, a, "", {}, 3, 1},
                                           {Op::set_value, a, "", Value::sz("x\\y"), 4, 1},
                                           {Op::set_value, a, "n", Value::dword(10), 5, 1},
                                           {Op::set_value, a, "h", Value::binary("\x01\x02"), 6, 1},
                                           {Op::erase_value, a, "gone", {}, 8, 1},
                                           {Op::erase_key, b, "", {}, 10, 1},
                                       });
}

TEST_CASE("an export is written as it was read", "[codec]") {
    const std::string text = wide("Windows Registry Editor Version 5.00\r\n\r\n"
                                  "[HKEY_CURRENT_USER\\T]\r\n"
                                  "\"n\"=dword:ffffffff\r\n"
                                  "\"long\"=hex:00,01,02,03,04,05,06,07,08,09,0a,0b,0c,0d,0e,0f,10,11,12,13,14,15,\\\r\n"
                                  "  16,17\r\n"
                                  "\"none\"=hex(0):\r\n\r\n"
                                  "[HKEY_CURRENT_USER\\T\\Empty]\r\n\r\n");
    const auto decoded = codec::decode_reg(text, {});
    REQUIRE(decoded);
    CHECK(codec::encode_reg(*decoded.value) == text);
    const auto tree = codec::decode_reg_tree(text, {});
    REQUIRE(tree);
    CHECK(codec::encode_reg(*tree.value) == text);
}
