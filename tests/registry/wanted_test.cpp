#include "schancfg/registry/wanted.hpp"

#include "catch.hpp"
#include "schancfg/registry/patch.hpp"

using namespace schancfg;
using namespace schancfg::registry;

namespace {

const KeyPath a(Root::local_machine, "A");
const KeyPath below_a(Root::local_machine, "A\\B");

WantedValue value(Meets meets, std::optional<Value> wanted) { return {a, "n", std::move(wanted), meets, {}, {}}; }

}  // namespace

TEST_CASE("a wanted value is met by itself and by what is documented to be alike", "[registry]") {
    const Value one = Value::dword(1);
    const Value all = Value::dword(0xFFFFFFFF);
    const Value zero = Value::dword(0);
    const Value wide = Value::qword(1);
    const Value short_one{reg_dword, "\1"};

    CHECK(value(Meets::exact, one).is_met_by(&one));
    CHECK_FALSE(value(Meets::exact, one).is_met_by(&all));
    CHECK_FALSE(value(Meets::exact, one).is_met_by(&wide));
    CHECK_FALSE(value(Meets::exact, one).is_met_by(nullptr));

    CHECK(value(Meets::dword_on, all).is_met_by(&one));
    CHECK(value(Meets::dword_on, one).is_met_by(&all));
    CHECK_FALSE(value(Meets::dword_on, one).is_met_by(&zero));
    CHECK_FALSE(value(Meets::dword_on, one).is_met_by(&short_one));
    CHECK_FALSE(value(Meets::dword_on, one).is_met_by(&wide));
    CHECK_FALSE(value(Meets::dword_on, one).is_met_by(nullptr));

    CHECK(value(Meets::dword_off, zero).is_met_by(&zero));
    CHECK_FALSE(value(Meets::dword_off, zero).is_met_by(&one));

    for (const Meets meets : {Meets::exact, Meets::dword_on, Meets::dword_off, Meets::same_strings}) {
        CHECK(value(meets, std::nullopt).is_met_by(nullptr));
        CHECK_FALSE(value(meets, std::nullopt).is_met_by(&zero));
    }
}

TEST_CASE("lists are met by the same strings whatever their terminators", "[registry]") {
    const WantedValue wanted = value(Meets::same_strings, Value::multi_sz({"x", "y"}));
    const Value same = Value::multi_sz({"x", "y"});
    const Value unterminated{reg_multi_sz, std::string("x\0\0\0y\0", 6)};
    const Value other_order = Value::multi_sz({"y", "x"});
    const Value other_case = Value::multi_sz({"X", "y"});
    const Value other_type{reg_binary, same.bytes};
    CHECK(wanted.is_met_by(&same));
    CHECK(wanted.is_met_by(&unterminated));
    CHECK_FALSE(wanted.is_met_by(&other_order));
    CHECK_FALSE(wanted.is_met_by(&other_case));
    CHECK_FALSE(wanted.is_met_by(&other_type));
}

TEST_CASE("items are sorted as the registry enumerates them and found without case", "[registry]") {
    Wanted wanted;
    for (const char* name : {"b", "", "A"}) wanted.values.push_back({below_a, name, std::nullopt, Meets::exact, {}, {}});
    wanted.values.push_back({a, "z", std::nullopt, Meets::exact, {}, {}});
    wanted.keys = {{below_a, true, false, {}}, {a, true, false, {}}};
    wanted.sort();
    std::string order;
    for (const WantedValue& item : wanted.values) order += item.key.to_string() + "|" + item.name + " ";
    CHECK(order == "HKLM\\A|z HKLM\\A\\B| HKLM\\A\\B|A HKLM\\A\\B|b ");
    CHECK(wanted.keys[0].key == a);
    CHECK(wanted.find(KeyPath(Root::local_machine, "a\\b"), "B") == &wanted.values[3]);
    CHECK(wanted.find(a, "b") == nullptr);
}

TEST_CASE("the last line about a value wins and the others are kept", "[registry]") {
    const Wanted wanted = to_wanted(Patch{"f.reg",
                                          {{Op::set_value, a, "n", Value::dword(1), 3, 1},
                                           {Op::set_value, KeyPath(Root::local_machine, "a"), "N", Value::dword(2), 5, 1},
                                           {Op::erase_value, a, "n", {}, 7, 2}}});
    REQUIRE(wanted.values.size() == 1);
    CHECK_FALSE(wanted.values[0].value);
    CHECK(wanted.values[0].origin == Span{"f.reg", 7, 2});
    CHECK(wanted.values[0].overridden == std::vector<Span>{{"f.reg", 3, 1}, {"f.reg", 5, 1}});
}

TEST_CASE("a deleted key takes what was asked of it and below it along", "[registry]") {
    const Wanted wanted = to_wanted(Patch{{},
                                          {{Op::set_value, a, "n", Value::dword(1), 1},
                                           {Op::create_key, below_a, {}, {}, 2},
                                           {Op::set_value, below_a, "n", Value::dword(1), 3},
                                           {Op::set_value, KeyPath(Root::local_machine, "A B"), "n", Value::dword(1), 4},
                                           {Op::erase_key, a, {}, {}, 5},
                                           {Op::create_key, a, {}, {}, 6},
                                           {Op::set_value, a, "m", Value::dword(1), 7}}});
    REQUIRE(wanted.values.size() == 2);
    CHECK(wanted.values[0].key == a);
    CHECK(wanted.values[0].name == "m");
    CHECK(wanted.values[1].key.path() == "A B");
    // The key still says that what it held before must go.
    REQUIRE(wanted.keys.size() == 1);
    CHECK(wanted.keys[0].key == a);
    CHECK_FALSE(wanted.keys[0].present);
    CHECK(wanted.keys[0].origin.line == 5);
}

TEST_CASE("deleting all values of a key leaves those below it and those that follow", "[registry]") {
    const Wanted wanted = to_wanted(Patch{{},
                                          {{Op::set_value, a, "n", Value::dword(1)},
                                           {Op::set_value, below_a, "n", Value::dword(1)},
                                           {Op::erase_all_values, a},
                                           {Op::set_value, a, "m", Value::dword(1)}}});
    REQUIRE(wanted.values.size() == 2);
    CHECK(wanted.values[0].name == "m");
    CHECK(wanted.values[1].key == below_a);
    REQUIRE(wanted.keys.size() == 1);
    CHECK(wanted.keys[0].clear_values);
    CHECK(wanted.keys[0].present);
}

TEST_CASE("both spellings of the shared policies key are one", "[registry]") {
    const Wanted wanted = to_wanted(Patch{{},
                                          {{Op::set_value, KeyPath(Root::local_machine, "SOFTWARE\\Wow6432Node\\Policies\\X"), "n", Value::dword(1)},
                                           {Op::set_value, KeyPath(Root::local_machine, "software\\policies\\x"), "n", Value::dword(2)}}});
    REQUIRE(wanted.values.size() == 1);
    CHECK(wanted.values[0].value == Value::dword(2));
}
