#include "schancfg/apply/undo.hpp"

#include "apply/execute.hpp"
#include "catch.hpp"
#include "schancfg/backend/memory.hpp"

using namespace schancfg;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath parent(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const KeyPath made = parent.child("New");

Tree before() {
    Tree tree;
    tree.set_value(parent, "Kept", Value::dword(1));
    tree.set_value(parent, "Gone", Value::sz("old"));
    return tree;
}

// Changes one value, removes one, makes a key with one.
plan::Plan sample() {
    using plan::Action;
    return {{{made, std::nullopt, Action::add, {}, {}, {}},
             {made, "Fresh", Action::add, {}, Value::dword(7), {}},
             {parent, "Gone", Action::remove, Value::sz("old"), {}, {}},
             {parent, "Kept", Action::change, Value::dword(1), Value::dword(2), {}}}};
}

Tree after() {
    backend::MemoryRegistry registry(before());
    REQUIRE(execute(sample(), registry).outcome == apply::RunOutcome::done);
    Tree tree;
    registry.tree().for_each([&](const KeyPath& path, const registry::Key& key) {
        tree.create(path);
        for (const auto& value : key.values) tree.set_value(path, value.name, value.value);
    });
    return tree;
}

Tree carried_out(Tree tree, const plan::Plan& plan) {
    backend::MemoryRegistry registry(std::move(tree));
    REQUIRE(execute(plan, registry).outcome == apply::RunOutcome::done);
    Tree out;
    replay(registry::to_patch(registry.tree()), out);
    return out;
}

}  // namespace

TEST_CASE("Taking back restores values and keys exactly", "[apply]") {
    const auto back = apply::undo_plan(sample(), after(), true);
    CHECK(back.changed.empty());
    const Tree restored = carried_out(after(), back.plan);
    CHECK(restored.same_content(before()));
    CHECK(restored.find(made) == nullptr);
}

TEST_CASE("Taking back names what somebody changed since, and would overwrite it", "[apply]") {
    Tree now = after();
    now.set_value(parent, "Kept", Value::dword(3));
    const auto back = apply::undo_plan(sample(), now, true);
    REQUIRE(back.changed.size() == 1);
    CHECK(back.changed[0] == sample().changes[3]);
    CHECK(carried_out(std::move(now), back.plan).same_content(before()));
}

TEST_CASE("A value that is as it was before is somebody's work only where the run was finished", "[apply]") {
    Tree now = after();
    now.set_value(parent, "Kept", Value::dword(1));
    CHECK(apply::undo_plan(sample(), now, true).changed.size() == 1);
    const auto back = apply::undo_plan(sample(), now, false);
    CHECK(back.changed.empty());
    CHECK(carried_out(std::move(now), back.plan).same_content(before()));
}

TEST_CASE("Taking back a run that did nothing is nothing", "[apply]") {
    const auto back = apply::undo_plan(sample(), before(), false);
    CHECK(back.changed.empty());
    CHECK(back.plan.empty());
}

TEST_CASE("A key that was made stays when somebody put something into it", "[apply]") {
    SECTION("a value") {
        Tree now = after();
        now.set_value(made, "Theirs", Value::dword(1));
        const auto back = apply::undo_plan(sample(), now, true);
        REQUIRE(back.changed.size() == 1);
        CHECK(back.changed[0] == sample().changes[0]);
        const Tree left = carried_out(std::move(now), back.plan);
        CHECK(left.find_value(made, "Theirs") != nullptr);
        CHECK(left.find_value(made, "Fresh") == nullptr);
    }
    SECTION("a key") {
        Tree now = after();
        now.create(made.child("Theirs"));
        CHECK(apply::undo_plan(sample(), now, true).changed.size() == 1);
    }
}

TEST_CASE("A key that was removed is made again, unless it is there", "[apply]") {
    const plan::Plan removal{{{made, std::nullopt, plan::Action::remove, {}, {}, {}}}};
    Tree gone;
    gone.create(made.parent());
    CHECK(apply::undo_plan(removal, gone, true).plan.changes == plan::inverse(removal).changes);
    Tree there;
    there.create(made);
    CHECK(apply::undo_plan(removal, there, true).plan.empty());
}
