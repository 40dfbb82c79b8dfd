#include <map>

#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/schannel/protocol_state.hpp"

using namespace schancfg;
using namespace schancfg::registry;
using generated::Random;
using plan::Change;

namespace {

constexpr std::uint64_t cases = 300;

/// A state with its empty keys gone: they are no difference.
Tree without_empty_keys(const Tree& tree) {
    Tree made;
    tree.for_each([&](const KeyPath& path, const Key& key) {
        for (const NamedValue& value : key.values) made.set_value(path, value.name, value.value);
    });
    return made;
}

/// Carries out one change as the executor would, and says whether the state was as the change says.
bool carry_out(const Change& change, Tree& state) {
    const Key* key = state.find(change.key);
    if (!change.value_name) {
        if (change.action == plan::Action::add) {
            if (key != nullptr || state.find(change.key.parent()) == nullptr) return false;
            state.create(change.key);
        } else {
            if (key == nullptr || !key->empty()) return false;
            state.erase(change.key);
        }
        return true;
    }
    if (key == nullptr) return false;
    const Value* found = key->find_value(*change.value_name);
    if ((found == nullptr) == change.before.has_value() || (found != nullptr && *found != *change.before)) return false;
    if (change.after) {
        state.set_value(change.key, *change.value_name, *change.after);
    } else {
        state.find(change.key)->unset_value(*change.value_name);
    }
    return true;
}

}  // namespace

TEST_CASE("after a plan is carried out the same wish plans nothing, and its inverse restores values and keys", "[plan]") {
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Tree before = generated::tree(random);
        const Wanted wanted = to_wanted(generated::patch(random));
        const plan::Plan plan = plan::make(before, wanted);
        Tree state = generated::copy(before);
        for (const Change& change : plan.changes) REQUIRE(carry_out(change, state));
        CHECK(plan::make(state, wanted).empty());
        for (const Change& change : plan::inverse(plan).changes) REQUIRE(carry_out(change, state));
        CHECK(state.same_content(before));
    }
}

TEST_CASE("a plan from a patch gives what Windows would have after importing it", "[plan]") {
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Tree before = generated::tree(random);
        const Patch patch = generated::patch(random);
        Tree planned = generated::copy(before);
        replay(plan::to_patch(plan::make(before, to_wanted(patch))), planned);
        Tree imported = generated::copy(before);
        replay(patch, imported);
        CHECK(without_empty_keys(planned).same_content(without_empty_keys(imported)));
    }
}

TEST_CASE("between two states lies what makes one into the other, and nothing between a state and itself", "[plan]") {
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Tree from = generated::tree(random);
        const Tree to = generated::tree(random);
        CHECK(plan::between(from, from).empty());
        CHECK(plan::between(from, without_empty_keys(from)).empty());
        Tree state = generated::copy(from);
        for (const Change& change : plan::between(from, to).changes) REQUIRE(carry_out(change, state));
        CHECK(without_empty_keys(state).same_content(without_empty_keys(to)));
    }
}

TEST_CASE("taking back a taking back is the plan itself but for who asked", "[plan]") {
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        Random random(seed);
        const Tree before = generated::tree(random);
        plan::Plan plan = plan::make(before, to_wanted(generated::patch(random)));
        const plan::Plan twice = plan::inverse(plan::inverse(plan));
        for (Change& change : plan.changes) change.origin.reset();
        CHECK(twice.changes == plan.changes);
    }
}

TEST_CASE("the same wish in another order gives the same plan", "[plan]") {
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Tree before = generated::tree(random);
        Wanted wanted = to_wanted(generated::patch(random));
        const plan::Plan plan = plan::make(before, wanted);
        random.shuffle(wanted.values);
        random.shuffle(wanted.keys);
        CHECK(plan::make(before, wanted).changes == plan.changes);
    }
}
