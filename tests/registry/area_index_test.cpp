#include "schancfg/registry/area_index.hpp"

#include "catch.hpp"

using namespace schancfg::registry;
using enum AreaIndex::Place;

TEST_CASE("AreaIndex tells what is inside, above and beside some areas, without case", "[registry]") {
    const AreaIndex index({{KeyPath(Root::local_machine, "A\\B"), true}, {KeyPath(Root::local_machine, "A\\C\\D"), false}, {KeyPath(Root::local_machine, "SOFTWARE\\Policies\\P"), true}});
    const auto place = [&](std::string_view path) { return index.find(Root::local_machine, path).place; };
    const auto length = [&](std::string_view path) { return index.find(Root::local_machine, path).length; };
    CHECK(place("") == above);
    CHECK(place("a") == above);
    CHECK(place("a\\b") == inside);
    CHECK(place("A\\B\\x\\y") == inside);
    CHECK(place("A\\C") == above);
    CHECK(place("A\\C\\D") == inside);
    CHECK(place("A\\C\\D\\E") == outside);
    CHECK(length("A\\C\\D\\E\\F") == 7);
    CHECK(place("A\\B2") == outside);
    CHECK(length("A\\B2\\x\\y") == 4);
    CHECK(length("X\\A\\B") == 1);
    CHECK(index.find(Root::users, "A\\B").place == outside);
    CHECK(index.find(Root::users, "A\\B").length == 0);
    CHECK(place("SOFTWARE\\WOW6432Node\\Policies\\P\\Q") == inside);  // one key with Policies\P
    CHECK(place("SOFTWARE\\Wow6432Node\\Other") == outside);
}
