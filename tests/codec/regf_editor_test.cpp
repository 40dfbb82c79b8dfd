#include "schancfg/codec/regf_editor.hpp"

#include "../hives.hpp"
#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::codec;
using Answer = HiveEditor::Answer;
using registry::Value;

TEST_CASE("what was changed is read before it is written", "[codec]") {
    const std::string bytes = hives::with(hives::minimal(), {{"A\\B", "x", Value::dword(1)}, {"A\\D", "", Value::sz("d")}});
    const auto hive = Hive::open(bytes);
    HiveEditor editor(*hive);
    CHECK(editor.encode(1, 9) == bytes);
    CHECK_FALSE(editor.is_changed());
    CHECK(*editor.create(hives::path("a\\C\\E")));
    CHECK_FALSE(*editor.create(hives::path("a\\b")));
    CHECK((*editor.read(hives::path("A")))->children == std::vector<std::string>{"B", "C", "D"});
    CHECK(*editor.set(hives::path("A\\b"), "X", Value::dword(2)) == Answer::done);
    CHECK(*editor.set(hives::path("A\\Z"), "X", Value::dword(2)) == Answer::no_key);
    CHECK(*editor.unset(hives::path("A\\b"), "Y") == Answer::no_value);
    CHECK((*editor.read(hives::path("A\\B")))->values == std::vector<registry::NamedValue>{{"x", Value::dword(2)}});
    CHECK(*editor.erase(hives::path("A\\C")) == Answer::has_children);
    CHECK(*editor.erase(hives::path("A\\C\\E")) == Answer::done);
    CHECK(*editor.erase(hives::path("A\\C")) == Answer::done);
    CHECK(*editor.erase(hives::path("A\\B")) == Answer::done);
    CHECK_FALSE(*editor.read(hives::path("A\\B")));
    CHECK((*editor.read(hives::path("A")))->children == std::vector<std::string>{"D"});
    // A key of the name of one that was removed is a new one.
    CHECK(*editor.create(hives::path("A\\B")));
    CHECK((*editor.read(hives::path("A\\B")))->values.empty());
}

TEST_CASE("a change that comes to nothing leaves the bytes as they were", "[codec]") {
    const std::string bytes = hives::with(hives::minimal(), {{"A", "x", Value::dword(1)}});
    const auto hive = Hive::open(bytes);
    HiveEditor editor(*hive);
    REQUIRE(editor.set(hives::path("A"), "x", Value::dword(2)));
    REQUIRE(editor.set(hives::path("A"), "x", Value::dword(1)));
    REQUIRE(editor.create(hives::path("A\\New")));
    REQUIRE(editor.erase(hives::path("A\\New")));
    CHECK(editor.encode(1, 9) == bytes);
}
