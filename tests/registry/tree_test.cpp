#include "schancfg/registry/tree.hpp"

#include "catch.hpp"

using namespace schancfg::registry;

namespace {

KeyPath user(std::string path) { return {Root::current_user, std::move(path)}; }

std::vector<std::string> keys(const Tree& tree) {
    std::vector<std::string> all;
    tree.for_each([&](const KeyPath& path, const Key&) { all.push_back(path.to_string()); });
    return all;
}

std::vector<std::string> names(const Key& key) {
    std::vector<std::string> all;
    for (const NamedValue& value : key.values) all.push_back(value.name);
    return all;
}

}  // namespace

TEST_CASE("a key is made with its missing parents, and found in any case", "[registry]") {
    Tree tree;
    CHECK(tree.empty());
    tree.create(user("A\\b"));
    CHECK(&tree.create(user("a\\B")) == tree.find(user("A\\b")));
    CHECK(keys(tree) == std::vector<std::string>{"HKCU\\A", "HKCU\\A\\b"});
    CHECK(tree.find(user("A\\c")) == nullptr);
    CHECK(tree.find(KeyPath(Root::users, "A")) == nullptr);
    CHECK(tree.find(user("")) != nullptr);
    CHECK_FALSE(tree.empty());
}

TEST_CASE("keys are visited parents first, in registry order, roots only with values", "[registry]") {
    Tree tree;
    for (const char* path : {"b", "a\\z", "A B", "_", "a\\C", "a"}) tree.create(user(path));
    tree.create(KeyPath(Root::local_machine, "x"));
    tree.set_value(KeyPath(Root::users), "v", Value::dword(1));
    CHECK(keys(tree) == std::vector<std::string>{"HKLM\\x", "HKU", "HKCU\\a", "HKCU\\a\\C", "HKCU\\a\\z", "HKCU\\A B", "HKCU\\b", "HKCU\\_"});
    std::vector<std::string> below;
    tree.for_each(user("A"), [&](const KeyPath& path, const Key&) { below.push_back(path.to_string()); });
    CHECK(below == std::vector<std::string>{"HKCU\\A", "HKCU\\A\\C", "HKCU\\A\\z"});
    tree.for_each(user("absent"), [&](const KeyPath&, const Key&) { FAIL("an absent key is not visited"); });
}

TEST_CASE("values keep their order and the first spelling of their name", "[registry]") {
    Key key;
    key.set_value("b", Value::dword(1));
    key.set_value("A", Value::dword(2));
    key.set_value("", Value::dword(3));
    key.set_value("B", Value::sz("x"));
    CHECK(names(key) == std::vector<std::string>{"b", "A", ""});
    CHECK(*key.find_value("B") == Value::sz("x"));
    CHECK(key.find_value("c") == nullptr);
    CHECK(key.unset_value("a"));
    CHECK_FALSE(key.unset_value("a"));
    key.set_value("a", Value::dword(4));
    CHECK(names(key) == std::vector<std::string>{"b", "", "a"});
}

TEST_CASE("a key is erased with all below it", "[registry]") {
    Tree tree;
    tree.create(user("a\\b\\c"));
    tree.create(user("ab"));
    CHECK(tree.erase(user("A\\B")));
    CHECK_FALSE(tree.erase(user("A\\B")));
    CHECK_FALSE(tree.erase(user("x\\y")));
    CHECK(keys(tree) == std::vector<std::string>{"HKCU\\a", "HKCU\\ab"});
    CHECK(tree.erase(user("")));
    CHECK(tree.empty());
}

TEST_CASE("trees hold the same when keys and values are the same in any order and case", "[registry]") {
    Tree a;
    Tree b;
    CHECK(a.same_content(b));
    a.set_value(user("K"), "x", Value::dword(1));
    a.set_value(user("K"), "y", Value::dword(2));
    CHECK_FALSE(a.same_content(b));
    CHECK_FALSE(b.same_content(a));
    b.set_value(user("k"), "Y", Value::dword(2));
    b.set_value(user("k"), "X", Value::dword(1));
    CHECK(a.same_content(b));
    b.set_value(user("k"), "x", Value::qword(1));
    CHECK_FALSE(a.same_content(b));
    b.set_value(user("k"), "x", Value::dword(1));
    b.find(user("k"))->last_write = 5;  // times do not count
    CHECK(a.same_content(b));
    b.create(user("k\\empty"));
    CHECK_FALSE(a.same_content(b));
    a.create(user("k\\other"));
    CHECK_FALSE(a.same_content(b));
    Tree one;
    Tree other;
    one.set_value(user("K"), "x", Value::dword(1));
    other.set_value(user("K"), "y", Value::dword(1));
    CHECK_FALSE(one.same_content(other));
    CHECK_FALSE(Tree().same_content(one));
}
