#include "schancfg/registry/coverage.hpp"

#include "catch.hpp"

using namespace schancfg::registry;

namespace {

KeyPath key(std::string_view text) { return *KeyPath::parse(text); }

}  // namespace

TEST_CASE("Coverage speaks for a key and all below it, without case, and for nothing beside it", "[registry]") {
    const Coverage some = Coverage::of({key("HKLM\\A\\B"), key("HKLM\\A\\B\\C"), key("HKLM\\A\\B2"), key("HKLM\\Z")});
    CHECK_FALSE(some.whole());
    CHECK(some.keys().size() == 3);
    CHECK(some.speaks_for(key("HKLM\\a\\b")));
    CHECK(some.speaks_for(key("HKLM\\A\\B\\C\\D")));
    CHECK(some.speaks_for(key("HKLM\\A\\B2\\X")));
    CHECK_FALSE(some.speaks_for(key("HKLM\\A")));
    CHECK_FALSE(some.speaks_for(key("HKLM\\A\\B3")));
    CHECK_FALSE(some.speaks_for(key("HKCU\\A\\B")));
    CHECK(Coverage{}.speaks_for(key("HKCU\\A\\B")));
    CHECK_FALSE(Coverage::of({}).speaks_for(key("HKLM\\A")));
}

TEST_CASE("The policies of 32-bit programs are those of all, so who speaks for one speaks for both", "[registry]") {
    const Coverage some = Coverage::of({key("HKLM\\SOFTWARE\\Wow6432Node\\Policies\\Microsoft")});
    CHECK(some.speaks_for(key("HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography")));
}

TEST_CASE("Values that a coverage does not speak for are removed and counted", "[registry]") {
    Tree tree;
    tree.set_value(key("HKLM\\A"), "one", Value::dword(1));
    tree.set_value(key("HKLM\\A"), "two", Value::dword(2));
    tree.set_value(key("HKLM\\B\\C"), "three", Value::dword(3));
    CHECK(keep_spoken_for(tree, Coverage::of({key("HKLM\\B")})) == 2);
    CHECK(tree.find_value(key("HKLM\\A"), "one") == nullptr);
    CHECK(tree.find_value(key("HKLM\\B\\C"), "three") != nullptr);
    CHECK(keep_spoken_for(tree, Coverage{}) == 0);
}
