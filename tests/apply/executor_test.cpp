#include "schancfg/apply/executor.hpp"

#include "apply/execute.hpp"
#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/backend/failing.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/backend/recording.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/registry/patch.hpp"

using namespace schancfg;
using namespace schancfg::registry;
using apply::RunOutcome;
using backend::Call;
using backend::FailingTarget;
using backend::Failure;
using backend::MemoryRegistry;
using generated::Random;
using generated::schannel;
using plan::Action;
using plan::Change;

namespace {

Change change_of(const KeyPath& key, std::string name, std::optional<Value> before, std::optional<Value> after) {
    const Action action = !before ? Action::add : !after ? Action::remove : Action::change;
    return {.key = key, .value_name = std::move(name), .action = action, .before = std::move(before), .after = std::move(after),
            .origin = std::nullopt};
}

Change key_change(const KeyPath& key, Action action) {
    return {.key = key, .value_name = std::nullopt, .action = action, .before = std::nullopt, .after = std::nullopt, .origin = std::nullopt};
}

Tree tree_with(const std::string& name, const Value& value) {
    Tree tree;
    tree.set_value(schannel, name, value);
    return tree;
}

/// A generated state and a plan that changes it.
struct Case {
    Tree before;
    plan::Plan plan;
    explicit Case(std::uint64_t seed) {
        Random random(seed);
        before = generated::tree(random);
        do plan = plan::make(before, to_wanted(generated::patch(random)));
        while (plan.empty());
    }
};

}  // namespace

TEST_CASE("a plan that is carried out leaves nothing to plan, and its inverse restores the state", "[apply]") {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        CAPTURE(seed);
        const Case each(seed);
        MemoryRegistry registry(generated::copy(each.before));
        std::vector<Change> seen;
        const auto report = execute(each.plan, registry, [&](const Change& change, bool undone) {
            CHECK_FALSE(undone);
            seen.push_back(change);
        });
        REQUIRE(report.outcome == RunOutcome::done);
        CHECK_FALSE(report.error);
        CHECK(seen == each.plan.changes);
        CHECK(execute(plan::inverse(each.plan), registry).outcome == RunOutcome::done);
        CHECK(registry.tree().same_content(each.before));
    }
}

TEST_CASE("whichever write fails, and however, the target ends as it began", "[apply]") {
    for (std::uint64_t seed = 0; seed < 25; ++seed) {
        const Case each(seed);
        for (const auto kind : {Failure::Kind::refused, Failure::Kind::late, Failure::Kind::lost}) {
            for (std::size_t nth = 1; nth <= each.plan.changes.size() + 1; ++nth) {
                CAPTURE(seed, nth, static_cast<int>(kind));
                MemoryRegistry registry(generated::copy(each.before));
                FailingTarget target(registry);
                target.fail_at(nth, {.kind = kind});
                const auto report = execute(each.plan, target);
                const bool commit = nth == each.plan.changes.size() + 1;
                if (commit && kind == Failure::Kind::lost) {
                    CHECK(report.outcome == RunOutcome::done);
                    continue;
                }
                const bool untouched = nth == 1 && kind != Failure::Kind::late;
                CHECK(report.outcome == (untouched ? RunOutcome::refused : RunOutcome::rolled_back));
                REQUIRE(report.error);
                if (!commit) CHECK(report.at == each.plan.changes[nth - 1]);
                CHECK(report.left.empty());
                CHECK(registry.tree().same_content(each.before));
            }
        }
    }
}

TEST_CASE("when rolling back fails too, what is left is named and is what is still in force", "[apply]") {
    for (std::uint64_t seed = 0; seed < 25; ++seed) {
        const Case each(seed);
        for (std::size_t nth = 2; nth <= each.plan.changes.size() + 1; ++nth) {
            CAPTURE(seed, nth);
            MemoryRegistry registry(generated::copy(each.before));
            FailingTarget target(registry);
            target.fail_at(nth, {.times = Failure::forever});
            const auto report = execute(each.plan, target);
            REQUIRE(report.outcome == RunOutcome::partly_undone);
            CHECK(report.left == std::vector<Change>(each.plan.changes.begin(), each.plan.changes.begin() + static_cast<std::ptrdiff_t>(nth - 1)));
            target.heal();
            CHECK(execute(plan::inverse(plan::Plan{report.left}), target).outcome == RunOutcome::done);
            CHECK(registry.tree().same_content(each.before));
        }
    }
}

TEST_CASE("one put-back that fails does not keep the others from being rolled back", "[apply]") {
    MemoryRegistry registry(tree_with("A", Value::dword(1)));
    registry.set(schannel, "B", Value::dword(1)).value();
    FailingTarget target(registry);
    target.fail_at(3);
    target.fail_when([](const Call& call) { return call.verb == backend::Verb::set && call.name == "B" && call.value == Value::dword(1); });
    const plan::Plan plan{{change_of(schannel, "A", Value::dword(1), Value::dword(2)),
                           change_of(schannel, "B", Value::dword(1), Value::dword(2)),
                           change_of(schannel, "C", std::nullopt, Value::dword(2))}};
    const auto report = execute(plan, target);
    CHECK(report.outcome == RunOutcome::partly_undone);
    CHECK(report.left == std::vector{plan.changes[1]});
    CHECK(report.at == plan.changes[2]);
    CHECK(registry.tree().find(schannel)->values == std::vector<NamedValue>{{"A", Value::dword(1)}, {"B", Value::dword(2)}});
}

TEST_CASE("a value that has moved since the plan stops everything before the first write", "[apply]") {
    MemoryRegistry registry(tree_with("B", Value::dword(3)));
    backend::RecordingTarget target(registry);
    const plan::Plan plan{{change_of(schannel, "A", std::nullopt, Value::dword(2)),
                           change_of(schannel, "B", Value::dword(1), Value::dword(0))}};
    const auto report = execute(plan, target);
    CHECK(report.outcome == RunOutcome::moved);
    CHECK(report.at == plan.changes[1]);
    REQUIRE(report.error);
    CHECK(report.error->code == ErrorCode::conflict);
    CHECK(report.error->message == schannel.to_string() + ": B is REG_DWORD 3 now, and was REG_DWORD 1 when the plan was made");
    CHECK(target.writes().empty());
    const auto looked_at = apply::check(plan, registry);
    CHECK(looked_at.outcome == RunOutcome::moved);
    CHECK(looked_at.error->message == report.error->message);
    CHECK(apply::check({{plan.changes[0]}}, registry).outcome == RunOutcome::done);
}

TEST_CASE("keys that came or went since the plan stop everything as well", "[apply]") {
    Tree tree;
    tree.create(schannel.child("Ciphers"));
    MemoryRegistry registry(std::move(tree));
    CHECK(execute({{key_change(schannel.child("Ciphers"), Action::add)}}, registry).error->message ==
          schannel.to_string() + "\\Ciphers exists, and did not when the plan was made");
    CHECK(execute({{key_change(schannel.child("Hashes"), Action::remove)}}, registry).error->message ==
          schannel.to_string() + "\\Hashes is gone, and existed when the plan was made");
}

TEST_CASE("a key to be removed that holds more than the plan removes is left alone", "[apply]") {
    const KeyPath ciphers = schannel.child("Ciphers");
    Tree tree;
    tree.set_value(ciphers, "A", Value::dword(1));
    MemoryRegistry registry(std::move(tree));
    const plan::Plan plan{{change_of(ciphers, "A", Value::dword(1), std::nullopt), key_change(ciphers, Action::remove)}};
    registry.set(ciphers, "New\n", Value::dword(1)).value();
    auto report = execute(plan, registry);
    CHECK(report.outcome == RunOutcome::moved);
    CHECK(report.error->message ==
          ciphers.to_string() + " is to be removed and holds the value New\n, which the plan does not know");
    registry.unset(ciphers, "New\n").value();
    registry.create(ciphers.child("RC4 128/128")).value();
    report = execute(plan, registry);
    CHECK(report.outcome == RunOutcome::moved);
    CHECK(report.error->message ==
          ciphers.to_string() + " is to be removed and holds the key RC4 128/128, which the plan does not know");
    registry.erase(ciphers.child("RC4 128/128")).value();
    CHECK(execute(plan, registry).outcome == RunOutcome::done);
    CHECK(registry.tree().find(ciphers) == nullptr);
}

namespace {

/// Somebody else who does something at the nth writing call, before it.
class Intruder : public backend::RecordingTarget {
public:
    Intruder(backend::Target& inner, std::size_t nth, std::function<void()> act) : RecordingTarget(inner), nth_(nth), act_(std::move(act)) {}
    Result<void> set(const KeyPath& key, std::string_view name, const Value& value) override {
        if (++seen_ == nth_) act_();
        return RecordingTarget::set(key, name, value);
    }
    Result<void> commit() override {
        if (++seen_ == nth_) act_();
        return RecordingTarget::commit();
    }

private:
    std::size_t nth_, seen_ = 0;
    std::function<void()> act_;
};

}  // namespace

TEST_CASE("a value that moves while the plan is carried out is not written over, and the rest is rolled back", "[apply]") {
    MemoryRegistry registry(tree_with("A", Value::dword(1)));
    registry.set(schannel, "B", Value::dword(1)).value();
    Intruder target(registry, 1, [&] { registry.set(schannel, "B", Value::dword(7)).value(); });
    const plan::Plan plan{{change_of(schannel, "A", Value::dword(1), Value::dword(2)),
                           change_of(schannel, "B", Value::dword(1), Value::dword(2))}};
    const auto report = execute(plan, target);
    CHECK(report.outcome == RunOutcome::rolled_back);
    CHECK(report.error->code == ErrorCode::conflict);
    CHECK(registry.tree().find(schannel)->values == std::vector<NamedValue>{{"A", Value::dword(1)}, {"B", Value::dword(7)}});
}

TEST_CASE("what somebody else wrote over a change of ours is kept, and the change is named as left", "[apply]") {
    MemoryRegistry registry(tree_with("A", Value::dword(1)));
    registry.set(schannel, "B", Value::dword(1)).value();
    Intruder target(registry, 3, [&] { registry.set(schannel, "A", Value::dword(7)).value(); });  // at the commit
    const plan::Plan plan{{change_of(schannel, "A", Value::dword(1), Value::dword(2)),
                           change_of(schannel, "B", Value::dword(1), Value::dword(2))}};
    const auto report = execute(plan, target);
    CHECK(report.outcome == RunOutcome::partly_undone);
    CHECK(report.error->message == schannel.to_string() + ": A reads back as REG_DWORD 7 instead of REG_DWORD 2");
    CHECK(report.left == std::vector{plan.changes[0]});
    CHECK(registry.tree().find(schannel)->values == std::vector<NamedValue>{{"A", Value::dword(7)}, {"B", Value::dword(1)}});
    CHECK(target.writes().back().verb == backend::Verb::commit);
}

TEST_CASE("a key that was made here and holds somebody else's value by now is left and named", "[apply]") {
    Tree tree;
    tree.create(schannel);
    MemoryRegistry registry(std::move(tree));
    const KeyPath ciphers = schannel.child("Ciphers");
    FailingTarget failing(registry);
    failing.fail_when([](const Call& call) { return call.verb == backend::Verb::commit; });
    Intruder target(failing, 2, [&] { registry.set(ciphers, "Theirs", Value::dword(7)).value(); });
    const plan::Plan plan{{key_change(ciphers, Action::add), change_of(ciphers, "A", std::nullopt, Value::dword(2))}};
    const auto report = execute(plan, target);
    CHECK(report.outcome == RunOutcome::partly_undone);
    CHECK_FALSE(report.at);
    CHECK(report.left == std::vector{plan.changes[0]});
    CHECK(registry.tree().find(ciphers)->values == std::vector<NamedValue>{{"Theirs", Value::dword(7)}});
}

namespace {

/// A medium that keeps only the first two bytes.
class Lossy : public backend::RecordingTarget {
public:
    using RecordingTarget::RecordingTarget;
    Result<void> set(const KeyPath& key, std::string_view name, const Value& value) override {
        Value kept = value;
        if (value.type == reg_binary) kept.bytes.resize(2);
        return RecordingTarget::set(key, name, kept);
    }
};

}  // namespace

TEST_CASE("a value that reads back differently is rolled back with everything else", "[apply]") {
    MemoryRegistry registry(tree_with("A", Value::dword(1)));
    Lossy target(registry);
    const plan::Plan plan{{change_of(schannel, "A", Value::dword(1), Value::dword(2)),
                           change_of(schannel, "B", std::nullopt, Value::binary("abcd"))}};
    const auto report = execute(plan, target);
    CHECK(report.outcome == RunOutcome::rolled_back);
    CHECK(report.error->message == schannel.to_string() + ": B reads back as REG_BINARY 6162 instead of REG_BINARY 61626364");
    CHECK(registry.tree().find(schannel)->values == std::vector<NamedValue>{{"A", Value::dword(1)}});
}

TEST_CASE("rolling back is reported to the observer in the order in which it happens", "[apply]") {
    MemoryRegistry registry(tree_with("A", Value::dword(1)));
    FailingTarget target(registry);
    target.fail_at(3);
    const plan::Plan plan{{change_of(schannel, "A", Value::dword(1), Value::dword(2)),
                           change_of(schannel, "B", std::nullopt, Value::dword(2)),
                           change_of(schannel, "C", std::nullopt, Value::dword(2))}};
    std::vector<std::string> seen;
    const auto report = execute(plan, target, [&](const Change& change, bool undone) { seen.push_back((undone ? "-" : "+") + *change.value_name); });
    CHECK(report.outcome == RunOutcome::rolled_back);
    CHECK(seen == std::vector<std::string>{"+A", "+B", "-B", "-A"});
}

TEST_CASE("a target that cannot be read is refused before anything is written", "[apply]") {
    MemoryRegistry registry(tree_with("A", Value::dword(1)));
    FailingTarget target(registry);
    target.fail_when([](const Call& call) { return call.verb == backend::Verb::read; },
                     {.error = {.code = ErrorCode::access_denied, .message = "access is denied", .os_code = 5}});
    const auto report = execute({{change_of(schannel, "A", Value::dword(1), Value::dword(2))}}, target);
    CHECK(report.outcome == RunOutcome::refused);
    CHECK(report.error->code == ErrorCode::access_denied);
    CHECK(target.writes() == 0);
}

namespace {

/// Memory runs out at the nth call, of reads and writes, and at `times` calls in a row.
class Exhausted : public backend::RecordingTarget {
public:
    Exhausted(backend::Target& inner, std::size_t nth, std::size_t times) : RecordingTarget(inner), nth_(nth), times_(times) {}
    Result<backend::KeyContent> read(const KeyPath& key) const override { return count(), RecordingTarget::read(key); }
    Result<void> create(const KeyPath& key) override { return count(), RecordingTarget::create(key); }
    Result<void> set(const KeyPath& key, std::string_view name, const Value& value) override { return count(), RecordingTarget::set(key, name, value); }
    Result<void> unset(const KeyPath& key, std::string_view name) override { return count(), RecordingTarget::unset(key, name); }
    Result<void> erase(const KeyPath& key) override { return count(), RecordingTarget::erase(key); }
    [[nodiscard]] bool was_reached() const { return seen_ >= nth_; }

private:
    void count() const {
        if (++seen_ >= nth_ && seen_ - nth_ < times_) throw std::bad_alloc();
    }
    std::size_t nth_, times_;
    mutable std::size_t seen_ = 0;
};

}  // namespace

TEST_CASE("when memory runs out, what was written is rolled back, or named where that fails too", "[apply]") {
    const Case each(7);
    for (std::size_t nth = 1;; ++nth) {
        CAPTURE(nth);
        MemoryRegistry registry(generated::copy(each.before));
        Exhausted target(registry, nth, 1);
        const auto report = execute(each.plan, target);
        if (!target.was_reached()) {
            CHECK(report.outcome == RunOutcome::done);
            break;
        }
        CHECK((report.outcome == RunOutcome::refused || report.outcome == RunOutcome::rolled_back));
        CHECK(registry.tree().same_content(each.before));
        MemoryRegistry another(generated::copy(each.before));
        Exhausted for_good(another, nth, Failure::forever);
        const auto left = execute(each.plan, for_good);
        if (left.outcome != RunOutcome::partly_undone) {
            CHECK(another.tree().same_content(each.before));
            continue;
        }
        // What is named may have been rolled back or never done, but nothing else is left.
        Tree after = generated::copy(another.tree());
        for (auto change = left.left.rbegin(); change != left.left.rend(); ++change) {
            registry::replay(plan::to_patch(plan::inverse(plan::Plan{{*change}})), after);
        }
        CHECK(after.same_content(each.before));
    }
}

namespace {

/// A key that turns out to be a link.
class Linked : public backend::RecordingTarget {
public:
    Linked(backend::Target& inner, KeyPath link) : RecordingTarget(inner), link_(std::move(link)) {}
    Result<backend::KeyContent> read(const KeyPath& key) const override {
        auto content = RecordingTarget::read(key);
        if (content) content->is_link = key.is_within(link_);
        return content;
    }

private:
    KeyPath link_;
};

}  // namespace

TEST_CASE("a plan that would write to a link, or behind one, is refused before anything is written", "[apply]") {
    const KeyPath ciphers = schannel.child("Ciphers");
    Tree tree = tree_with("A", Value::dword(1));
    tree.create(ciphers.child("RC4 128/128"));
    MemoryRegistry registry(std::move(tree));
    Linked target(registry, ciphers);
    for (const KeyPath& key : {ciphers, ciphers.child("RC4 128/128")}) {
        const auto report = execute({{change_of(schannel, "A", Value::dword(1), Value::dword(2)), change_of(key, "B", std::nullopt, Value::dword(2))}}, target);
        CHECK(report.outcome == RunOutcome::refused);
        REQUIRE(report.error);
        CHECK(report.error->message == key.to_string() + " is a symbolic link, or lies behind one, and is left alone");
        CHECK(target.writes().empty());
    }
}

TEST_CASE("an empty plan touches nothing, not even to commit", "[apply]") {
    MemoryRegistry registry;
    backend::RecordingTarget target(registry);
    CHECK(execute({}, target).outcome == RunOutcome::done);
    CHECK(target.calls().empty());
}
