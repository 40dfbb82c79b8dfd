#include "schancfg/plan/plan.hpp"

#include "catch.hpp"

using namespace schancfg;
using plan::Action;
using plan::Change;
using plan::Plan;
using registry::KeyPath;
using registry::Op;
using registry::Root;
using registry::Value;

namespace {

const KeyPath server(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server");

// A key is made, a value in it; one is changed, one removed; an empty key goes.
Plan every_kind() {
    return {{{server, std::nullopt, Action::add, std::nullopt, std::nullopt, Span{"a.toml", 3, 1}},
             {server, "Enabled", Action::add, std::nullopt, Value::dword(0), Span{"a.toml", 4, 1}},
             {server.parent(), "Odd", Action::change, Value::sz("x"), Value::dword(1), std::nullopt},
             {server.parent(), "Old", Action::remove, Value::dword(7), std::nullopt, std::nullopt},
             {server.below("Empty"), std::nullopt, Action::remove, std::nullopt, std::nullopt, std::nullopt}}};
}

}  // namespace

TEST_CASE("A summary counts additions, changes and removals, keys included", "[plan]") {
    const plan::Summary summary = every_kind().summary();
    CHECK(summary.add == 2);
    CHECK(summary.change == 1);
    CHECK(summary.remove == 2);
    CHECK(Plan{}.empty());
    CHECK_FALSE(every_kind().empty());
}

TEST_CASE("The inverse of a plan goes backwards, from after to before", "[plan]") {
    const Plan undo = plan::inverse(every_kind());
    REQUIRE(undo.changes.size() == 5);
    CHECK(undo.changes[0].action == Action::add);
    CHECK(undo.changes[0].key == server.below("Empty"));
    CHECK(undo.changes[1].action == Action::add);
    CHECK(undo.changes[1].after == Value::dword(7));
    CHECK(undo.changes[2].before == Value::dword(1));
    CHECK(undo.changes[2].after == Value::sz("x"));
    CHECK(undo.changes[3].action == Action::remove);
    CHECK(undo.changes[3].value_name == "Enabled");
    CHECK(undo.changes[4].action == Action::remove);
    CHECK_FALSE(undo.changes[4].value_name);
    for (const Change& change : undo.changes) CHECK_FALSE(change.origin);
    Plan twice = plan::inverse(undo), same = every_kind();
    for (Change& change : same.changes) change.origin.reset();
    CHECK(twice.changes == same.changes);
}

TEST_CASE("A plan as a patch has its changes in their order", "[plan]") {
    const registry::Patch patch = plan::to_patch(every_kind());
    REQUIRE(patch.operations.size() == 5);
    CHECK(patch.operations[0].op == Op::create_key);
    CHECK(patch.operations[1].op == Op::set_value);
    CHECK(patch.operations[1].value == Value::dword(0));
    CHECK(patch.operations[3].op == Op::erase_value);
    CHECK(patch.operations[3].name == "Old");
    CHECK(patch.operations[4].op == Op::erase_key);
}
