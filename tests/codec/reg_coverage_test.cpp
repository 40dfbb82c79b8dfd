#include "catch.hpp"
#include "schancfg/codec/reg_text.hpp"

using namespace schancfg;

namespace {

registry::Coverage coverage_of(std::string_view lines) {
    const auto state = codec::decode_reg_state("Windows Registry Editor Version 5.00\r\n\r\n" + std::string(lines), {});
    REQUIRE(state);
    return state.value->coverage;
}

registry::KeyPath key(std::string_view text) { return *registry::KeyPath::parse(text); }

}  // namespace

TEST_CASE("A key line speaks for its key and all below it, also one that deletes it", "[codec]") {
    const registry::Coverage some = coverage_of("[HKEY_LOCAL_MACHINE\\A]\r\n\"x\"=dword:1\r\n[-HKEY_LOCAL_MACHINE\\B]\r\n[HKEY_LOCAL_MACHINE\\A\\C]\r\n");
    CHECK(some.keys() == std::vector{key("HKLM\\A"), key("HKLM\\B")});
    CHECK_FALSE(coverage_of("").whole());
}

TEST_CASE("Only the comment that export writes makes a file whole", "[codec]") {
    CHECK(coverage_of(std::string(codec::reg_whole_comment) + "\r\n[HKEY_LOCAL_MACHINE\\A]\r\n").whole());
    CHECK_FALSE(coverage_of("; complete\r\n[HKEY_LOCAL_MACHINE\\A]\r\n").whole());
    CHECK_FALSE(coverage_of("[HKEY_LOCAL_MACHINE\\A]\r\n\"x\"=\"" + std::string(codec::reg_whole_comment) + "\"\r\n").whole());
    registry::Tree tree;
    tree.set_value(key("HKLM\\A\\B"), "x", registry::Value::dword(1));
    const auto whole = codec::decode_reg_state(codec::encode_reg(tree, {}), {});
    CHECK(whole.value->coverage.whole());
    CHECK(whole.value->tree.same_content(tree));
    const auto part = codec::decode_reg_state(codec::encode_reg(tree, registry::Coverage::of({key("HKLM\\A\\B")})), {});
    CHECK(part.value->coverage.keys() == std::vector{key("HKLM\\A\\B")});
    CHECK(part.value->tree.same_content(tree));
}
