#include "schancfg/audit/fleet.hpp"

#include <algorithm>
#include <random>

#include "catch.hpp"
#include "schancfg/codec/profile_toml.hpp"

using namespace schancfg;
using audit::Drift;
using audit::DriftKind;
using audit::Criteria;
using audit::Machine;
using audit::Verdict;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

Criteria criteria() {
    auto decoded = codec::decode_profile("format = 1\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.1\" = \"disabled\"\n", "p", {});
    REQUIRE(decoded);
    std::vector<audit::Policy> policies;
    policies.push_back({"p", std::move(*decoded.value), {}});
    return Criteria(std::move(policies), {}, {}, "2026-11-27");
}

/// `open`: which of the two protocols are still on.
Machine machine(const Criteria& by, std::string name, std::string_view open, std::string_view release = "2019") {
    Tree state;
    for (const std::string_view protocol : {"TLS 1.0", "TLS 1.1"}) {
        if (open.find(protocol.back()) != std::string_view::npos) continue;
        for (const char* role : {"Client", "Server"}) {
            const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\" + std::string(protocol) + '\\' + role);
            state.set_value(key, "Enabled", Value::dword(0));
            state.set_value(key, "DisabledByDefault", Value::dword(1));
        }
    }
    return by.judge({name + ".reg", name, std::make_shared<audit::State>(audit::State{facts::find_release(release), std::move(state), {}})});
}

codec::BaselineMachine as_baseline(const Machine& now) { return {now.source, now.name, std::string(audit::verdict_name(now.verdict)), audit::open_points(now)}; }

std::string dump(const std::vector<Drift>& drift) {
    std::string out;
    for (const Drift& each : drift) out += (out.empty() ? "" : ", ") + each.machine + ' ' + std::string(drift_kind_name(each.kind));
    return out;
}

}  // namespace

TEST_CASE("Machines that differ in the same way are one group, the largest first, on whatever release", "[audit]") {
    const Criteria by = criteria();
    std::vector<Machine> machines;
    for (const char* name : {"a", "b", "c"}) machines.push_back(machine(by, name, "0"));
    machines.push_back(machine(by, "d", "01"));
    machines.push_back(machine(by, "e", ""));
    machines.push_back(machine(by, "f", "01", "2022"));
    machines.push_back(machine(by, "g", "0", "2016"));
    const auto groups = audit::group_by_difference(machines);
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].machines.size() == 4);
    CHECK(groups[0].several_releases);
    CHECK(groups[0].example->release == facts::find_release("2019"));
    CHECK(groups[1].machines[0]->name == "d");
    audit::FleetSummary summary;
    for (const Machine& each : machines) summary.add(each.verdict);
    CHECK(summary.machines == 7);
    CHECK(summary.compliant == 1);
    CHECK(summary.different == 6);
}

TEST_CASE("Drift tells what is new, fixed, unchanged, changed, gone and added", "[audit]") {
    const Criteria by = criteria();
    std::vector<codec::BaselineMachine> before;
    for (const auto& [name, open] : {std::pair{"breaks", ""}, {"fixed", "0"}, {"same", "01"}, {"other", "0"}, {"gone", ""}, {"fine", ""}}) {
        before.push_back(as_baseline(machine(by, name, open)));
    }
    std::vector<Machine> now;
    for (const auto& [name, open] : {std::pair{"breaks", "1"}, {"FIXED", ""}, {"same", "01"}, {"other", "1"}, {"fine", ""}, {"new", "0"}, {"good", ""}}) {
        now.push_back(machine(by, name, open));
    }
    CHECK(dump(audit::drift(before, now)) == "breaks new, FIXED fixed, gone gone, good added, new new, other changed, same unchanged");
}

TEST_CASE("What can no longer be read is not fixed", "[audit]") {
    const Criteria by = criteria();
    const std::vector<codec::BaselineMachine> before = {as_baseline(machine(by, "a", "0"))};
    std::vector<Machine> now;
    now.push_back(Criteria::unreadable("a.reg", "a", "cut"));
    CHECK(audit::drift(before, now).empty());
}

TEST_CASE("Machines of one name are told apart by their source", "[audit]") {
    const Criteria by = criteria();
    std::vector<Machine> now;
    now.push_back(machine(by, "x", "0"));
    now.push_back(machine(by, "x", ""));
    now[0].source = "one.reg";
    now[1].source = "two.reg";
    std::vector<codec::BaselineMachine> before = {as_baseline(now[0]), as_baseline(now[1])};
    CHECK(dump(audit::drift(before, now)) == "x unchanged");
    // A second one of that name does not make the first another machine.
    before.pop_back();
    CHECK(dump(audit::drift(before, now)) == "x unchanged, x added");
}

TEST_CASE("Law: groups, drift and summary do not depend on the order of the machines", "[audit]") {
    const Criteria by = criteria();
    std::mt19937 random(20261127);
    std::vector<Machine> machines;
    for (int i = 0; i < 60; ++i) machines.push_back(machine(by, "m" + std::to_string(i), std::string_view("01").substr(0, random() % 3), random() % 2 == 0 ? "2019" : "2022"));
    audit::sort_machines(machines);
    const auto dump_groups = [](const std::vector<Machine>& of) {
        std::string out;
        for (const auto& group : audit::group_by_difference(of)) {
            for (const Machine* each : group.machines) out += each->name + ' ';
            out += '|';
        }
        return out;
    };
    const std::string expected = dump_groups(machines);
    for (int round = 0; round < 10; ++round) {
        std::vector<Machine> shuffled = machines;
        std::ranges::shuffle(shuffled, random);
        audit::sort_machines(shuffled);
        CHECK(dump_groups(shuffled) == expected);
    }
}
