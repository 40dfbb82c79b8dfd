#include "schancfg/registry/patch.hpp"

#include <random>

#include "catch.hpp"
#include "schancfg/registry/editor.hpp"

using namespace schancfg::registry;

namespace {

KeyPath user(std::string path) { return {Root::current_user, std::move(path)}; }

}  // namespace

TEST_CASE("operations take effect in their order", "[registry]") {
    const KeyPath a = user("a");
    Tree tree;
    replay(Patch{{},
                 {{Op::create_key, user("a\\b")},
                  {Op::set_value, a, "x", Value::dword(1)},
                  {Op::set_value, user("A"), "X", Value::dword(2)},
                  {Op::erase_value, a, "y"},
                  {Op::set_value, a, "y", Value::dword(3)},
                  {Op::erase_key, user("a\\c")},
                  {Op::erase_value, user("never\\made"), "x"},
                  {Op::erase_all_values, user("never")}}},
           tree);
    CHECK(tree.find(a)->values == std::vector<NamedValue>{{"x", Value::dword(2)}, {"y", Value::dword(3)}});
    CHECK(tree.find(user("a\\b")) != nullptr);
    CHECK(tree.find(user("never")) == nullptr);
    replay(Patch{{}, {{Op::erase_all_values, a}}}, tree);
    CHECK(tree.find(a)->values.empty());
    CHECK(tree.find(user("a\\b")) != nullptr);
    replay(Patch{{}, {{Op::erase_key, a}, {Op::set_value, a, "z", Value::dword(4)}}}, tree);
    CHECK(tree.find(user("a\\b")) == nullptr);
    CHECK(tree.find(a)->values == std::vector<NamedValue>{{"z", Value::dword(4)}});
}

TEST_CASE("a root is never erased", "[registry]") {
    Tree tree;
    tree.create(user("a"));
    replay(Patch{{}, {{Op::erase_key, user("")}}}, tree);
    replay({Op::erase_key, user("")}, tree);
    CHECK(tree.find(user("a")) != nullptr);
}

TEST_CASE("the patch of a tree makes that tree", "[registry]") {
    Tree tree;
    tree.set_value(KeyPath(Root::users), "r", Value::dword(1));
    tree.set_value(user("b"), "z", Value::dword(1));
    tree.set_value(user("b"), "", Value::sz("x"));
    tree.create(user("a\\empty"));
    const Patch patch = to_patch(tree);
    CHECK(patch.operations == std::vector<Operation>{{Op::create_key, KeyPath(Root::users)},
                                                     {Op::set_value, KeyPath(Root::users), "r", Value::dword(1)},
                                                     {Op::create_key, user("a")},
                                                     {Op::create_key, user("a\\empty")},
                                                     {Op::create_key, user("b")},
                                                     {Op::set_value, user("b"), "z", Value::dword(1)},
                                                     {Op::set_value, user("b"), "", Value::sz("x")}});
    Tree again;
    replay(patch, again);
    CHECK(again.same_content(tree));
}

// The editor that replays a whole patch keeps a place and indexes; replaying one operation at a time does neither.
TEST_CASE("a patch replayed at once and one operation at a time give the same tree in the same order", "[registry]") {
    std::mt19937 random(7);
    const auto below = [&](std::size_t limit) { return random() % limit; };
    for (int round = 0; round < 12; ++round) {
        // Few names make collisions, many make large keys.
        const std::size_t some_keys = round % 3 == 0 ? 1500 : 6;
        const std::size_t some_names = round % 3 == 1 ? 150 : 5;
        Patch patch;
        for (int i = 0; i < 3000; ++i) {
            std::string path = below(2) == 0 ? "k" : "K";
            for (std::size_t depth = below(3); depth > 0; --depth) path += (below(2) == 0 ? "\\n" : "\\N") + std::to_string(below(some_keys));
            const std::string name = (below(2) == 0 ? "v" : "V") + std::to_string(below(some_names));
            switch (below(12)) {
                case 0: patch.operations.push_back({Op::create_key, user(path)}); break;
                case 1:
                case 2: patch.operations.push_back({Op::erase_value, user(path), name}); break;
                case 3:
                    if (below(20) == 0) patch.operations.push_back({Op::erase_all_values, user(path)});
                    break;
                case 4:
                    if (below(4) == 0) patch.operations.push_back({Op::erase_key, user(path)});
                    break;
                default: patch.operations.push_back({Op::set_value, user(path), name, Value::dword(static_cast<std::uint32_t>(i))}); break;
            }
        }
        Tree at_once;
        replay(patch, at_once);
        Tree one_by_one;
        for (const Operation& operation : patch.operations) replay(operation, one_by_one);
        REQUIRE(to_patch(at_once).operations == to_patch(one_by_one).operations);
        // Spelling too, which paths and names compare without.
        std::string spelled;
        at_once.for_each([&](const KeyPath& path, const Key& key) {
            spelled += path.to_string() + "\n";
            for (const NamedValue& value : key.values) spelled += value.name + "\n";
        });
        one_by_one.for_each([&](const KeyPath& path, const Key& key) {
            std::string here = path.to_string() + "\n";
            for (const NamedValue& value : key.values) here += value.name + "\n";
            REQUIRE(spelled.starts_with(here));
            spelled.erase(0, here.size());
        });
        REQUIRE(spelled.empty());
    }
}

TEST_CASE("the editor says what was there", "[registry]") {
    Tree tree;
    Editor editor(tree);
    CHECK_FALSE(editor.is_open());
    CHECK_FALSE(editor.open_existing(Root::users, "a"));
    editor.open(Root::users, "a\\b");
    CHECK(editor.is_open());
    CHECK_FALSE(editor.set_value("x", Value::dword(1)));
    CHECK(editor.set_value("X", Value::dword(2)));
    CHECK(editor.erase_value("x"));
    CHECK_FALSE(editor.erase_value("x"));
    CHECK(editor.open_existing(Root::users, "A\\B"));
    CHECK(editor.erase_key(Root::users, "a"));
    CHECK_FALSE(editor.is_open());
    CHECK_FALSE(editor.erase_key(Root::users, "a"));
    editor.open(Root::users, "c");
    CHECK(editor.erase_key(Root::users, ""));
    editor.finish();
    CHECK(tree.empty());
}
