#include "schancfg/codec/policy_lines.hpp"

#include "catch.hpp"
#include "policy_text.hpp"

using namespace schancfg;

namespace {

const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

registry::Operation set(const std::string& name, std::uint32_t number, std::uint32_t line, bool if_missing = false) {
    return {.op = registry::Op::set_value, .key = key, .name = name, .value = registry::Value::dword(number), .line = line, .column = 1, .file = 0, .if_missing = if_missing};
}

}  // namespace

TEST_CASE("An item for some releases is asked of these alone, and of none while the release is not known", "[codec]") {
    const facts::Release* server = facts::find_release("windows-server-2022");
    const facts::Release* older = facts::find_release("windows-server-2019");
    const facts::Release* other = facts::find_release("windows-11-24h2");
    codec::PolicyLines lines;
    lines.targets.push_back({.releases = {server}, .uncertain = {older}});
    lines.add(set("A", 1, 1));
    lines.add(set("B", 1, 2), 1);
    CHECK(codec::lines_on(lines, server).operations.size() == 2);
    CHECK(codec::lines_on(lines, other).operations.size() == 1);
    CHECK(codec::lines_on(lines, older).operations.size() == 1);
    CHECK(codec::lines_on(lines, nullptr).operations.size() == 1);
    using Places = std::vector<std::size_t>;
    CHECK(codec::not_certain_on(lines, {server, other}).empty());
    CHECK(codec::not_certain_on(lines, {older}) == Places{1});
    CHECK(codec::not_certain_on(lines, {server, older, other}) == Places{1});
    CHECK(codec::not_certain_on(lines, {nullptr}) == Places{1});
}

TEST_CASE("Lines of several files keep their places and their targets", "[codec]") {
    codec::PolicyLines one, other;
    one.targets.push_back({.releases = {facts::find_release("windows-server-2022")}});
    one.add(set("A", 1, 1), 1);
    other.targets.push_back({.releases = {facts::find_release("windows-server-2019")}});
    other.add(set("A", 2, 7), 1);
    codec::PolicyLines all;
    all.append(std::move(one), "a.pol");
    all.append(std::move(other), "b.xml");
    const auto asked = registry::to_wanted(codec::lines_on(all, facts::find_release("windows-server-2019")));
    REQUIRE(asked.values.size() == 1);
    CHECK(asked.values.front().origin == Span{"b.xml", 7, 1});
    CHECK(asked.values.front().value == registry::Value::dword(2));
}

TEST_CASE("A policy speaks for the values that it names, and for no other of their keys", "[codec]") {
    registry::Patch patch;
    patch.operations.push_back(set("EventLogging", 1, 1));
    const registry::Coverage coverage = codec::coverage_of(patch);
    CHECK_FALSE(coverage.whole());
    CHECK(coverage.speaks_for(key, "eventlogging"));
    CHECK_FALSE(coverage.speaks_for(key, "Other"));
    CHECK_FALSE(coverage.speaks_for(key));
    CHECK_FALSE(coverage.speaks_for(key.child("Protocols"), "EventLogging"));
    registry::Tree tree;
    tree.set_value(key, "EventLogging", registry::Value::dword(1));
    tree.set_value(key, "Other", registry::Value::dword(1));
    CHECK(registry::keep_spoken_for(tree, coverage) == 1);
    CHECK(tree.find_value(key, "EventLogging") != nullptr);
}

TEST_CASE("What is set where there is nothing is met by whatever is there, unless an earlier line decides", "[codec]") {
    registry::Patch patch;
    patch.operations = {set("A", 1, 1, true), set("B", 1, 2), set("B", 2, 3, true)};
    registry::Wanted wanted = registry::to_wanted(patch);
    const registry::Value five = registry::Value::dword(5);
    REQUIRE(wanted.values.size() == 2);
    CHECK(wanted.values[0].is_met_by(&five));
    CHECK_FALSE(wanted.values[0].is_met_by(nullptr));
    CHECK(wanted.values[1].value == registry::Value::dword(1));
    CHECK_FALSE(wanted.values[1].is_met_by(&five));
    patch.operations.insert(patch.operations.begin(), {.op = registry::Op::erase_key, .key = key.parent()});
    wanted = registry::to_wanted(patch);
    CHECK_FALSE(wanted.values[0].is_met_by(&five));
    registry::Tree tree;
    tree.set_value(key, "A", five);
    registry::replay(patch, tree);
    CHECK(*tree.find_value(key, "A") == registry::Value::dword(1));
}
