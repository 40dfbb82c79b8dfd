#include "schancfg/registry/editor.hpp"

#include <map>
#include <random>

#include "catch.hpp"

using namespace schancfg;
using registry::Editor;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

std::uint32_t number(const Tree& tree, std::string_view key, std::string_view name) {
    const Value* found = tree.find_value(KeyPath(Root::local_machine, std::string(key)), name);
    REQUIRE(found != nullptr);
    return found->as_dword().value();
}

bool has_key(const Tree& tree, std::string_view key) { return tree.find(KeyPath(Root::local_machine, std::string(key))) != nullptr; }

}  // namespace

TEST_CASE("Values are set in the key that was opened last, and replace those of the same name in any case", "[registry]") {
    Tree tree;
    {
        Editor editor(tree);
        CHECK_FALSE(editor.is_open());
        editor.open(Root::local_machine, "A\\B");
        CHECK_FALSE(editor.set_value("One", Value::dword(1)));
        CHECK(editor.set_value("ONE", Value::dword(2)));
        editor.open(Root::local_machine, "A");
        CHECK_FALSE(editor.set_value("One", Value::dword(3)));
    }
    CHECK(number(tree, "a\\b", "one") == 2);
    CHECK(number(tree, "A", "One") == 3);
    CHECK(tree.find(KeyPath(Root::local_machine, "A\\B"))->values.front().name == "One");
}

TEST_CASE("A key that is not there can be asked for without making it", "[registry]") {
    Tree tree;
    Editor editor(tree);
    editor.open(Root::local_machine, "A");
    CHECK_FALSE(editor.open_existing(Root::local_machine, "A\\B"));
    CHECK_FALSE(editor.is_open());
    CHECK(editor.open_existing(Root::local_machine, "a"));
    CHECK(editor.is_open());
    editor.finish();
    CHECK_FALSE(editor.is_open());
    CHECK_FALSE(has_key(tree, "A\\B"));
}

TEST_CASE("Erasing a key takes all below it, and its current key with it", "[registry]") {
    Tree tree;
    Editor editor(tree);
    editor.open(Root::local_machine, "A\\B\\C");
    editor.set_value("x", Value::dword(1));
    CHECK(editor.erase_key(Root::local_machine, "A\\b"));
    CHECK_FALSE(editor.is_open());
    CHECK_FALSE(editor.erase_key(Root::local_machine, "A\\B"));
    editor.open(Root::local_machine, "A\\B\\C");
    CHECK_FALSE(editor.erase_value("x"));
    editor.finish();
    CHECK(has_key(tree, "A\\B\\C"));
}

TEST_CASE("Values of a key go one by one or all at once", "[registry]") {
    Tree tree;
    Editor editor(tree);
    editor.open(Root::local_machine, "A");
    editor.set_value("x", Value::dword(1));
    editor.set_value("y", Value::dword(2));
    CHECK(editor.erase_value("X"));
    CHECK_FALSE(editor.erase_value("x"));
    editor.erase_all_values();
    CHECK_FALSE(editor.erase_value("y"));
    editor.finish();
    CHECK(tree.find(KeyPath(Root::local_machine, "A"))->values.empty());
}

TEST_CASE("Law: an editor does what the same calls on a map do, however many there are", "[registry]") {
    std::mt19937 random(20261127);
    const auto pick = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
    for (int round = 0; round < 60; ++round) {
        Tree tree;
        std::map<std::string, std::map<std::string, std::uint32_t>> expected;
        Editor editor(tree);
        std::string current;
        for (int step = 0; step < 400; ++step) {
            // Few keys with many values and many keys with few, in and out of order.
            const std::string key = "K" + std::to_string(pick(round % 3 == 0 ? 2 : 40)) + "\\L" + std::to_string(pick(2));
            const std::string value = "v" + std::to_string(pick(round % 2 == 0 ? 200 : 5));
            switch (pick(8)) {
                case 0:
                    editor.open(Root::local_machine, key);
                    expected[current = key];
                    break;
                case 1: {
                    const bool there = expected.contains(key);
                    CHECK(editor.open_existing(Root::local_machine, key) == there);
                    current = there ? key : "";
                    break;
                }
                case 2:
                    CHECK(editor.erase_key(Root::local_machine, key) == (expected.erase(key) == 1));
                    current.clear();
                    break;
                case 3:
                    if (!current.empty()) CHECK(editor.erase_value(value) == (expected[current].erase(value) == 1));
                    break;
                default:
                    if (current.empty()) break;
                    CHECK(editor.set_value(value, Value::dword(static_cast<std::uint32_t>(step))) == expected[current].contains(value));
                    expected[current][value] = static_cast<std::uint32_t>(step);
            }
        }
        editor.finish();
        for (const auto& [key, values] : expected) {
            const registry::Key* found = tree.find(KeyPath(Root::local_machine, std::string(key)));
            REQUIRE(found != nullptr);
            REQUIRE(found->values.size() == values.size());
            for (const auto& [name, data] : values) CHECK(number(tree, key, name) == data);
        }
        for (int i = 0; i < 40; ++i) {
            const std::string key = "K" + std::to_string(i) + "\\L1";
            CHECK(has_key(tree, key) == expected.contains(key));
        }
    }
}
