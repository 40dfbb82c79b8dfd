#include "schancfg/plan/checked.hpp"

#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/codec/plan_json.hpp"
#include "schancfg/plan/planner.hpp"

using namespace schancfg;
using namespace schancfg::registry;
using generated::schannel;
using plan::Purpose;

namespace {

const KeyPath control(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control");
const KeyPath local_list = control.below("Cryptography\\Configuration\\Local\\SSL\\00010002");

Operation at(std::uint32_t line, Op op, const KeyPath& key, std::string name = {}, Value value = {}) {
    return {.op = op, .key = key, .name = std::move(name), .value = std::move(value), .line = line, .column = 1};
}

std::vector<std::string> reported(const Diagnostics& diagnostics) {
    std::vector<std::string> out;
    for (const Diagnostic& each : diagnostics) {
        CHECK(each.rule == "not-writable");
        CHECK(each.severity == Severity::error);
        out.push_back(std::to_string(each.span.line) + ": " + each.message);
    }
    return out;
}

std::vector<std::string> refused(std::vector<Operation> operations) {
    return reported(plan::part(to_wanted({.file = "x.reg", .operations = std::move(operations)})).refused);
}

}  // namespace

TEST_CASE("a .reg file of values that profiles can name is refused nothing", "[plan]") {
    const KeyPath server = schannel.below("Protocols\\TLS 1.0\\Server");
    CHECK(refused({at(1, Op::create_key, schannel), at(2, Op::create_key, server), at(3, Op::set_value, server, "Enabled", Value::dword(0)),
                   at(4, Op::erase_value, server, "DisabledByDefault"), at(5, Op::set_value, local_list, "Functions", Value::multi_sz({"A"})),
                   at(6, Op::erase_key, schannel.child("Protocols")), at(7, Op::erase_key, schannel),
                   at(8, Op::create_key, control)}).empty());
}

TEST_CASE("lines outside what may be written are listed with the line and the reason", "[plan]") {
    const KeyPath run(Root::local_machine, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run");
    const KeyPath providers = control.child("SecurityProviders");
    CHECK(refused({at(1, Op::create_key, run), at(2, Op::set_value, run, "", Value::sz("evil.exe")),
                   at(3, Op::erase_key, providers), at(4, Op::set_value, schannel, "Made up", Value::dword(1)),
                   at(5, Op::erase_value, schannel, "Made up too"), at(6, Op::erase_value, local_list, "Functions"),
                   at(7, Op::erase_key, local_list), at(8, Op::create_key, KeyPath(Root::users, "Somebody"))}) ==
          std::vector<std::string>{
              "2: HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run: (default value) is not one of the values that schancfg manages",
              "4: " + schannel.to_string() + ": Made up is known to no source: it may be removed, not set",
              "7: " + local_list.to_string() + " holds more than schancfg manages: only SCHANNEL and keys below it can be deleted",
              "3: " + providers.to_string() + " holds more than schancfg manages: only SCHANNEL and keys below it can be deleted",
              "8: HKU\\Somebody is not one of the keys that schancfg manages"});
    CHECK(refused({at(6, Op::erase_value, local_list, "Functions")}) ==
          std::vector<std::string>{"6: " + local_list.to_string() +
                                   ": Functions is a list that Windows cannot do without: it may be set, not removed"});
}

TEST_CASE("what may be written of a .reg file is kept, and the rest is counted", "[plan]") {
    const KeyPath server = schannel.below("Protocols\\TLS 1.0\\Server");
    const KeyPath run(Root::local_machine, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run");
    const plan::Parted parted = plan::part(to_wanted({.file = "x.reg", .operations = {at(1, Op::erase_key, control), at(2, Op::create_key, run),
                                                                                     at(3, Op::set_value, run, "x", Value::sz("evil.exe")), at(4, Op::create_key, server),
                                                                                     at(5, Op::set_value, server, "Enabled", Value::dword(0))}}));
    CHECK(parted.left_out == 2);
    CHECK(parted.refused.size() == 2);
    REQUIRE(parted.writable.values.size() == 1);
    CHECK(parted.writable.values.front().key == server);
    REQUIRE(parted.writable.keys.size() == 1);
    CHECK(parted.writable.keys.front().key == server);
}

TEST_CASE("a thousand refusals are enough to read", "[plan]") {
    std::vector<Operation> operations;
    for (std::uint32_t i = 0; i < 5000; ++i) {
        operations.push_back(at(i, Op::set_value, KeyPath(Root::users, "S"), "v" + std::to_string(i), Value::dword(1)));
    }
    const auto lines = refused(operations);
    REQUIRE(lines.size() == plan::max_refusals);
    CHECK(lines.back().ends_with("and 4001 more that may not be written"));
}

TEST_CASE("a saved plan may not reach further than a profile, an undo only to what was there", "[plan]") {
    const auto value_change = [](const KeyPath& key, std::string name, std::optional<Value> before, std::optional<Value> after) {
        const auto action = !before ? plan::Action::add : !after ? plan::Action::remove : plan::Action::change;
        return plan::Change{.key = key, .value_name = std::move(name), .action = action, .before = std::move(before),
                            .after = std::move(after), .origin = std::nullopt};
    };
    const auto key_change = [](const KeyPath& key, plan::Action action) {
        return plan::Change{.key = key, .value_name = std::nullopt, .action = action, .before = std::nullopt, .after = std::nullopt, .origin = std::nullopt};
    };
    const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
    const plan::Plan applied{{key_change(policy.parent(), plan::Action::add), key_change(policy, plan::Action::add),
                              value_change(policy, "Functions", std::nullopt, Value::sz("A")),
                              value_change(schannel, "Made up", Value::dword(1), std::nullopt),
                              value_change(local_list, "Functions", std::nullopt, Value::multi_sz({"A"}))}};
    REQUIRE(plan::check(applied, Purpose::apply));
    CHECK(plan::check(applied, Purpose::apply)->plan().changes == applied.changes);
    const plan::Plan back = plan::inverse(applied);
    CHECK(plan::check(back, Purpose::undo));
    CHECK(reported(plan::check(back, Purpose::apply).error()) ==
          std::vector<std::string>{
              "0: " + local_list.to_string() + ": Functions is a list that Windows cannot do without: it may be set, not removed",
              "0: " + schannel.to_string() + ": Made up is known to no source: it may be removed, not set",
              "0: " + policy.to_string() + " is not one of the keys that schancfg manages",
              "0: " + policy.parent().to_string() + " is not one of the keys that schancfg manages"});
    const KeyPath run(Root::local_machine, "SOFTWARE\\Run");
    const plan::Plan evil{{key_change(run, plan::Action::add), value_change(run, "x", std::nullopt, Value::sz("evil.exe")),
                           value_change(control.child("Lsa"), "RunAsPPL", Value::dword(1), std::nullopt)}};
    REQUIRE(!plan::check(evil, Purpose::undo));
    CHECK(plan::check(evil, Purpose::undo).error().size() == 3);
}

TEST_CASE("a plan file that reaches for the Run key decodes, and does not become a plan that may be written", "[plan]") {
    codec::Record record;
    record.id = "20261121T074500Z-3f9c";
    record.time = "2026-11-21T07:45:00Z";
    record.target = "live";
    record.machine = "victim";
    record.kind = codec::Record::Kind::plan;
    record.status = codec::RecordStatus::prepared;
    record.plan.changes = {{KeyPath(Root::local_machine, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run"), "x", plan::Action::add, std::nullopt,
                            Value::sz("evil.exe"), std::nullopt}};
    const auto decoded = codec::decode_record(codec::encode_record(record), "plan.json");
    REQUIRE(decoded);
    for (const Purpose purpose : {Purpose::apply, Purpose::undo}) {
        const auto checked = plan::check(decoded->plan, purpose);
        REQUIRE(!checked);
        CHECK(checked.error().front().rule == "not-writable");
    }
}
