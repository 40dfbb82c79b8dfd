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

/// A state with its empty keys gone: they are not difference.
Tree without_empty_keys(const Tree& tree) {
    Tree made;
    tree.for_each([&](const KeyPath& path, const Key& key) {
        for (const NamedValue& value : key.values) made.set_value(path, value.name, value.value);
    });
    return made;
}

/// Carries out one change as the executor would, and says whether the state was as the change says.
bool execute(const Change& change, Tree& state) {
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
        for (const Change& change : plan.changes) REQUIRE(execute(change, state));
        CHECK(plan::make(state, wanted).empty());
        for (const Change& change : plan::inverse(plan).changes) REQUIRE(execute(change, state));
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
        for (const Change& change : plan::between(from, to).changes) REQUIRE(execute(change, state));
        CHECK(without_empty_keys(state).same_content(without_empty_keys(to)));
    }
}

TEST_CASE("undoing a undoing is the plan itself but for who asked", "[plan]") {
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

namespace {

/// The best that any protocol of that role comes to, as Schannel would judge it now.
int best(const Tree& state, facts::Role role, const facts::Release* release) {
    int found = 0;
    for (const facts::Protocol& protocol : facts::protocols()) {
        const Key* key = state.find(generated::schannel.below("Protocols\\" + std::string(protocol.name) + '\\' + std::string(facts::role_key(role))));
        const auto judged = schannel::judge(key == nullptr ? nullptr : key->find_value("Enabled"),
                                            key == nullptr ? nullptr : key->find_value("DisabledByDefault"),
                                            schannel::default_state(release, role, protocol.name));
        found = std::max(found, schannel::usefulness(judged.state));
    }
    return found;
}

/// For each role one of two protocols is on in one of many ways; of the others hardly any is, or no state would owe anything.
Tree switches(Random& random) {
    Tree made;
    made.create(generated::schannel);
    for (const facts::Role role : {facts::Role::client, facts::Role::server}) {
        const std::string_view lucky = random.one_in(2) ? "TLS 1.0" : "TLS 1.2";
        for (const facts::Protocol& protocol : facts::protocols()) {
            const KeyPath key = generated::schannel.below("Protocols\\" + std::string(protocol.name) + '\\' + std::string(facts::role_key(role)));
            const std::optional<Value> off[] = {Value::dword(0)};
            const std::optional<Value> any[] = {std::nullopt, Value::dword(1), Value::sz("1")};
            const bool may_be_on = protocol.name == lucky || random.one_in(40);
            if (const auto value = may_be_on ? random.pick(any) : random.pick(off)) made.set_value(key, "Enabled", *value);
            const std::optional<Value> others[] = {std::nullopt, Value::dword(0), Value::dword(1), Value::sz("0")};
            if (const auto& value = random.pick(others)) made.set_value(key, "DisabledByDefault", *value);
        }
    }
    return made;
}

}  // namespace

TEST_CASE("a role that has a protocol before and after has one at every moment in between", "[plan]") {
    std::vector<const facts::Release*> releases{nullptr};
    for (const facts::Release& release : facts::releases()) releases.push_back(&release);
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        Random random(seed);
        const facts::Release* release = releases[seed % releases.size()];
        const Tree from = switches(random);
        const Tree to = switches(random);
        const plan::Plan plan = plan::between(from, to, release);
        for (const facts::Role role : {facts::Role::client, facts::Role::server}) {
            CAPTURE(seed, facts::role_name(role), release == nullptr ? "unknown" : std::string(release->id));
            const int owed = std::min(best(from, role, release), best(to, role, release));
            Tree state = generated::copy(from);
            for (const Change& change : plan.changes) {
                REQUIRE(execute(change, state));
                REQUIRE(best(state, role, release) >= owed);
            }
        }
    }
}

TEST_CASE("the only protocol of a role does not pass through less than both its ends", "[plan]") {
    const std::optional<Value> choices[] = {std::nullopt, Value::dword(0), Value::dword(1), Value::sz("1")};
    const auto only = [](const std::optional<Value>& enabled, const std::optional<Value>& by_default) {
        Tree made;
        for (const facts::Protocol& protocol : facts::protocols()) {
            made.set_value(generated::schannel.below("Protocols\\" + std::string(protocol.name) + "\\Client"), "Enabled", Value::dword(0));
        }
        const KeyPath key = generated::schannel.below("Protocols\\TLS 1.2\\Client");
        made.find(key)->unset_value("Enabled");
        if (enabled) made.set_value(key, "Enabled", *enabled);
        if (by_default) made.set_value(key, "DisabledByDefault", *by_default);
        return made;
    };
    // TLS 1.2 is on, off unless asked for, and not there.
    for (const char* id : {"windows-server-2022", "windows-7", "windows-vista"}) {
        const facts::Release* release = facts::find_release(id);
        REQUIRE(release != nullptr);
        for (std::size_t i = 0; i < 256; ++i) {
            CAPTURE(id, i);
            const Tree from = only(choices[i % 4], choices[i / 4 % 4]);
            const Tree to = only(choices[i / 16 % 4], choices[i / 64]);
            const int owed = std::min(best(from, facts::Role::client, release), best(to, facts::Role::client, release));
            Tree state = generated::copy(from);
            for (const Change& change : plan::between(from, to, release).changes) {
                REQUIRE(execute(change, state));
                REQUIRE(best(state, facts::Role::client, release) >= owed);
            }
        }
    }
}

TEST_CASE("a plan that somebody sorted is brought into the order of writing again", "[plan]") {
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Tree before = generated::tree(random);
        const plan::Plan plan = plan::make(before, to_wanted(generated::patch(random)));
        plan::Plan shuffled = plan;
        random.shuffle(shuffled.changes);
        CHECK(plan::ordered(shuffled, before).changes == plan.changes);
    }
}
