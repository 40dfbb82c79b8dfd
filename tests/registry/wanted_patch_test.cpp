#include "catch.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/registry/wanted.hpp"

using namespace schancfg::registry;

namespace {

const KeyPath a(Root::local_machine, "A");
const KeyPath b(Root::local_machine, "A\\B");

Wanted round_trip(const Wanted& wanted) {
    Patch patch = to_patch(wanted);
    patch.file = "f";
    return to_wanted(patch);
}

}  // namespace

TEST_CASE("What is wanted as a patch folds back into what is wanted", "[registry]") {
    Wanted wanted;
    wanted.values = {{a, "", Value::sz("default"), Meets::exact, {"f", 4, 1}, {}},
                     {a, "Gone", std::nullopt, Meets::exact, {"f", 5, 1}, {}},
                     {b, "N", Value::dword(1), Meets::exact, {"f", 7, 1}, {}}};
    wanted.keys = {{a, true, true, {"f", 3, 1}}, {b, false, false, {"f", 2, 1}}, {a.child("Z"), true, false, {"f", 9, 1}}};
    wanted.sort();
    const Wanted again = round_trip(wanted);
    REQUIRE(again.values.size() == wanted.values.size());
    for (std::size_t i = 0; i < wanted.values.size(); ++i) {
        CHECK(again.values[i].key == wanted.values[i].key);
        CHECK(again.values[i].name == wanted.values[i].name);
        CHECK(again.values[i].value == wanted.values[i].value);
        CHECK(again.values[i].origin == wanted.values[i].origin);
    }
    REQUIRE(again.keys.size() == wanted.keys.size());
    for (std::size_t i = 0; i < wanted.keys.size(); ++i) {
        CHECK(again.keys[i].key == wanted.keys[i].key);
        CHECK(again.keys[i].present == wanted.keys[i].present);
        CHECK(again.keys[i].clear_values == wanted.keys[i].clear_values);
    }
}

TEST_CASE("A key that is to go is erased before what is wanted below it is set", "[registry]") {
    Wanted wanted;
    wanted.values = {{b, "N", Value::dword(1), Meets::exact, {}, {}}};
    wanted.keys = {{a, false, false, {}}};
    const Patch patch = to_patch(wanted);
    REQUIRE(patch.operations.size() == 2);
    CHECK(patch.operations[0].op == Op::erase_key);
    CHECK(patch.operations[1].op == Op::set_value);
    Tree tree;
    tree.set_value(a, "Old", Value::dword(0));
    replay(patch, tree);
    CHECK(tree.find_value(a, "Old") == nullptr);
    CHECK(tree.find_value(b, "N") != nullptr);
}

TEST_CASE("Nothing wanted is not an operation", "[registry]") { CHECK(to_patch(Wanted{}).operations.empty()); }
