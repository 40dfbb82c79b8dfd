#include "schancfg/apply/continued.hpp"

#include <set>

#include "apply/execute.hpp"
#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/apply/undo.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/utf.hpp"
#include "law_states.hpp"

using namespace schancfg;
using namespace schancfg::registry;
using backend::MemoryRegistry;
using generated::Random;
using generated::schannel;
using plan::Action;
using plan::Change;

namespace {

plan::Plan first_of(const plan::Plan& plan, std::size_t count) {
    return {{plan.changes.begin(), plan.changes.begin() + static_cast<std::ptrdiff_t>(std::min(count, plan.changes.size()))}};
}

plan::Plan some_plan(const Tree& state, Random& random) { return plan::make(state, to_wanted(generated::patch(random))); }

void carried(const plan::Plan& plan, MemoryRegistry& registry) {
    const auto report = execute(plan, registry);
    INFO((report.error ? report.error->message : std::string{}));
    REQUIRE(report.outcome == apply::RunOutcome::done);
}

// No value and no key twice: a record may not hold that.
void check_places(const plan::Plan& plan) {
    std::set<std::string> places;
    for (const Change& change : plan.changes) {
        CHECK(places.insert(utf::fold_case(change.key.to_string()) + '\n' + change.value_name.value_or("\n")).second);
    }
}

}  // namespace

TEST_CASE("a run that was cut off anywhere and the run after it are undone as one, to the state before both", "[apply]") {
    for (std::uint64_t seed = 0; seed < test::rounds(std::uint64_t{150}); ++seed) {
        Random random(seed);
        const Tree before = generated::tree(random);
        const plan::Plan first = some_plan(before, random);
        for (std::size_t cut = 0; cut <= first.changes.size(); ++cut) {
            CAPTURE(seed, cut);
            MemoryRegistry registry(generated::copy(before));
            carried(first_of(first, cut), registry);
            CHECK(apply::in_force(first, registry.tree()).changes == first_of(first, cut).changes);
            const plan::Plan done = apply::in_force(first, registry.tree());
            const plan::Plan second = some_plan(registry.tree(), random);
            const std::size_t second_cut = cut % 3 == 0 ? second.changes.size() : second.changes.size() / 2;
            carried(first_of(second, second_cut), registry);
            auto back = apply::undo_plan(done, second, registry.tree(), true);
            CHECK(back.changed.empty());
            check_places(back.plan);
            if (cut % 2 == 0) {
                // A third run goes on from the two.
                const plan::Plan done_by_now = apply::in_force(done, second, registry.tree());
                check_places(done_by_now);
                const plan::Plan third = some_plan(registry.tree(), random);
                carried(first_of(third, third.changes.size() / 3), registry);
                back = apply::undo_plan(done_by_now, third, registry.tree(), true);
                CHECK(back.changed.empty());
            } else if (second_cut == second.changes.size()) {
                const plan::Plan both = apply::joined(done, second);
                check_places(both);
                back = apply::undo_plan(both, registry.tree(), true);
                CHECK(back.changed.empty());
            }
            carried(back.plan, registry);
            CHECK(registry.tree().same_content(before));
        }
    }
}

TEST_CASE("what the second run undoes itself is not a change of both", "[apply]") {
    const KeyPath ciphers = schannel.child("Ciphers");
    const auto value = [&](std::optional<Value> from, std::optional<Value> to, const char* name) {
        return Change{.key = ciphers, .value_name = name, .action = !from ? Action::add : to ? Action::change : Action::remove,
                      .before = std::move(from), .after = std::move(to), .origin = std::nullopt};
    };
    const auto key = [&](Action action) {
        return Change{.key = ciphers, .value_name = std::nullopt, .action = action, .before = {}, .after = {}, .origin = std::nullopt};
    };
    const plan::Plan made{{key(Action::add), value({}, Value::dword(1), "Enabled")}};
    CHECK(apply::joined(made, {{value(Value::dword(1), {}, "ENABLED"), key(Action::remove)}}).empty());
    CHECK(apply::joined(made, {{value(Value::dword(1), Value::dword(2), "Enabled")}}).changes ==
          std::vector{key(Action::add), value({}, Value::dword(2), "Enabled")});
    CHECK(apply::joined({{value(Value::dword(3), {}, "A"), key(Action::remove)}}, {{key(Action::add), value({}, Value::dword(4), "A")}}).changes ==
          std::vector{value(Value::dword(3), Value::dword(4), "A")});
}

TEST_CASE("a value that somebody else wrote meanwhile is not in force", "[apply]") {
    Tree state;
    state.set_value(schannel, "A", Value::dword(7));
    const plan::Plan done{{{.key = schannel, .value_name = "A", .action = Action::change, .before = Value::dword(1), .after = Value::dword(2),
                            .origin = std::nullopt}}};
    CHECK(apply::in_force(done, state).empty());
    state.set_value(schannel, "A", Value::dword(2));
    CHECK(apply::in_force(done, state).changes == done.changes);
}
