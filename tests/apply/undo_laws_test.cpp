#include "apply/execute.hpp"
#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/apply/undo.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;
using namespace schancfg::registry;
using backend::MemoryRegistry;
using generated::Random;
using plan::Change;

namespace {

struct Case {
    Tree before;
    plan::Plan plan;
    explicit Case(Random& random) : before(generated::tree(random)) {
        do plan = plan::make(before, to_wanted(generated::patch(random)));
        while (plan.empty());
    }
};

}  // namespace

TEST_CASE("an undo restores every value and key, and is undone itself in the same way", "[apply]") {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Case each(random);
        MemoryRegistry registry(generated::copy(each.before));
        REQUIRE(execute(each.plan, registry).outcome == apply::RunOutcome::done);
        const Tree after = generated::copy(registry.tree());
        const auto back = apply::undo_plan(each.plan, registry.tree(), true);
        CHECK(back.changed.empty());
        REQUIRE(execute(back.plan, registry).outcome == apply::RunOutcome::done);
        CHECK(registry.tree().same_content(each.before));
        const auto again = apply::undo_plan(back.plan, registry.tree(), true);
        CHECK(again.changed.empty());
        REQUIRE(execute(again.plan, registry).outcome == apply::RunOutcome::done);
        CHECK(registry.tree().same_content(after));
    }
}

TEST_CASE("a run that was cut off anywhere is undone", "[apply]") {
    for (std::uint64_t seed = 0; seed < 25; ++seed) {
        Random random(seed);
        const Case each(random);
        for (std::size_t done = 0; done <= each.plan.changes.size(); ++done) {
            CAPTURE(seed, done);
            MemoryRegistry registry(generated::copy(each.before));
            plan::Plan part;
            part.changes.assign(each.plan.changes.begin(), each.plan.changes.begin() + static_cast<std::ptrdiff_t>(done));
            REQUIRE(execute(part, registry).outcome == apply::RunOutcome::done);
            const auto back = apply::undo_plan(each.plan, registry.tree(), false);
            CHECK(back.changed.empty());
            REQUIRE(execute(back.plan, registry).outcome == apply::RunOutcome::done);
            CHECK(registry.tree().same_content(each.before));
        }
    }
}

TEST_CASE("whatever others did since, undoing by force restores our values and leaves theirs", "[apply]") {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Case each(random);
        MemoryRegistry registry(generated::copy(each.before));
        REQUIRE(execute(each.plan, registry).outcome == apply::RunOutcome::done);
        const plan::Plan theirs = plan::make(registry.tree(), to_wanted(generated::patch(random)));
        REQUIRE(execute(theirs, registry).outcome == apply::RunOutcome::done);
        const auto ours = [&](const KeyPath& key, const std::string& name) {
            return std::ranges::any_of(each.plan.changes, [&](const Change& change) {
                return change.value_name && change.key == key && utf::equal_no_case(*change.value_name, name);
            });
        };
        const Tree now = generated::copy(registry.tree());
        const auto back = apply::undo_plan(each.plan, registry.tree(), true);
        REQUIRE(execute(back.plan, registry).outcome == apply::RunOutcome::done);
        for (const Change& change : each.plan.changes) {
            if (!change.value_name) continue;
            const Value* value = registry.tree().find_value(change.key, *change.value_name);
            CHECK((value == nullptr ? std::nullopt : std::optional(*value)) == change.before);
        }
        now.for_each([&](const KeyPath& path, const Key& key) {
            for (const NamedValue& value : key.values) {
                if (ours(path, value.name)) continue;
                const Value* kept = registry.tree().find_value(path, value.name);
                REQUIRE(kept != nullptr);
                CHECK(*kept == value.value);
            }
        });
        if (theirs.empty()) CHECK(back.changed.empty());
    }
}

TEST_CASE("a value whose key is gone is rolled back with the keys above it", "[apply]") {
    const KeyPath client = generated::schannel.below("Protocols\\TLS 1.0\\Client");
    Tree tree;
    tree.create(generated::schannel);
    const plan::Plan done{{{.key = client, .value_name = "Enabled", .action = plan::Action::change, .before = Value::dword(1),
                            .after = Value::dword(0), .origin = std::nullopt}}};
    MemoryRegistry registry(std::move(tree));
    const auto back = apply::undo_plan(done, registry.tree(), true);
    CHECK(back.changed == done.changes);
    REQUIRE(back.plan.changes.size() == 4);
    CHECK(back.plan.changes[0].key == generated::schannel.child("Protocols"));
    CHECK(execute(back.plan, registry).outcome == apply::RunOutcome::done);
    CHECK(*registry.tree().find_value(client, "Enabled") == Value::dword(1));
}
