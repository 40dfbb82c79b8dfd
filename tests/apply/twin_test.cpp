#include "schancfg/apply/twin.hpp"

#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/plan/planner.hpp"

using namespace schancfg;
using namespace schancfg::registry;
using generated::Random;

TEST_CASE("importing the twin restores every value, and deletes no key", "[apply]") {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Tree before = generated::tree(random);
        const plan::Plan plan = plan::make(before, to_wanted(generated::patch(random)));
        Tree state = generated::copy(before);
        replay(plan::to_patch(plan), state);
        // Somebody else's, in a key that may have been made by us.
        const KeyPath theirs = generated::key(random);
        const bool was_there = state.find(theirs) != nullptr;
        if (was_there) state.set_value(theirs, "Theirs", Value::dword(7));
        const auto twin = codec::decode_reg(apply::encode_twin(plan), {.file = "twin.reg"});
        for (const Diagnostic& each : twin.diagnostics) UNSCOPED_INFO(each.rule << " " << each.span.line << " " << each.message);
        REQUIRE(twin.value);
        CHECK(twin.diagnostics.empty());
        replay(*twin.value, state);
        if (was_there) {
            const Value* value = state.find_value(theirs, "Theirs");
            REQUIRE(value != nullptr);
            CHECK(*value == Value::dword(7));
            state.find(theirs)->unset_value("Theirs");
        }
        CHECK(plan::between(state, before).empty());
    }
}
