#include "schancfg/registry/overlay.hpp"

#include "catch.hpp"
#include "schancfg/registry/patch.hpp"

using namespace schancfg::registry;

namespace {
const KeyPath key(Root::local_machine, "A");
}

TEST_CASE("an overlay writes what is wanted and leaves the rest alone", "[registry]") {
    Tree tree;
    tree.set_value(key, "kept", Value::dword(1));
    tree.set_value(key, "on", Value::dword(1));
    tree.set_value(key, "gone", Value::dword(1));
    Wanted wanted;
    wanted.values.push_back({key, "on", Value::dword(0xFFFFFFFF), Meets::dword_on, {}, {}});
    wanted.values.push_back({key, "gone", std::nullopt, Meets::exact, {}, {}});
    wanted.values.push_back({key.child("New"), "x", Value::sz("y"), Meets::exact, {}, {}});
    wanted.values.push_back({key.child("Never"), "x", std::nullopt, Meets::exact, {}, {}});
    overlay(tree, wanted);
    CHECK(tree.find(key)->values == std::vector<NamedValue>{{"kept", Value::dword(1)}, {"on", Value::dword(1)}});
    CHECK(*tree.find_value(key.child("New"), "x") == Value::sz("y"));
    CHECK(tree.find(key.child("Never")) == nullptr);
}

TEST_CASE("an overlay of a patch ends where replaying the patch ends", "[registry]") {
    Tree tree;
    tree.set_value(key, "a", Value::dword(1));
    tree.set_value(key.child("Sub"), "b", Value::dword(2));
    tree.set_value(key.child("Cleared"), "c", Value::dword(3));
    tree.set_value(key.child("Cleared"), "d", Value::dword(4));
    const KeyPath other(Root::local_machine, "B");
    tree.set_value(other, "e", Value::dword(5));
    Patch patch;
    patch.operations = {
        {.op = Op::erase_key, .key = key.child("Sub"), .name = {}, .value = {}},
        {.op = Op::erase_all_values, .key = key.child("Cleared"), .name = {}, .value = {}},
        {.op = Op::set_value, .key = key.child("Cleared"), .name = "d", .value = Value::dword(6)},
        {.op = Op::erase_key, .key = other, .name = {}, .value = {}},
        {.op = Op::set_value, .key = other.child("Again"), .name = "f", .value = Value::dword(7)},
        {.op = Op::create_key, .key = key.child("Empty"), .name = {}, .value = {}},
    };
    Tree replayed = [&] {
        Tree copy;
        tree.for_each([&](const KeyPath& path, const Key& k) { copy.create(path).values = k.values; });
        return copy;
    }();
    replay(patch, replayed);
    overlay(tree, to_wanted(patch));
    CHECK(tree.same_content(replayed));
}

TEST_CASE("A value and its companion that are both missing are both written", "[registry]") {
    const KeyPath key(Root::local_machine, "A");
    Wanted wanted;
    wanted.values.push_back({key, "B", Value::dword(0), Meets::exact, {}, {}});
    wanted.values.push_back({key, "E", Value::dword(1), Meets::exact, {}, {}, schancfg::registry::Companion{"B", {0}, true}});
    Tree tree;
    overlay(tree, wanted);
    CHECK(tree.find_value(key, "B") != nullptr);
    CHECK(tree.find_value(key, "E") != nullptr);
    Tree held;
    held.set_value(key, "B", Value::dword(0));
    overlay(held, wanted);
    CHECK(held.find_value(key, "E") == nullptr);
}
