#include "schancfg/audit/criteria.hpp"

#include "catch.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using audit::Criteria;
using audit::Machine;
using audit::Policy;
using audit::Reading;
using audit::Verdict;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath protocols(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols");

Policy policy(std::string name, std::string_view toml) {
    auto decoded = codec::decode_profile("format = 1\n" + std::string(toml), name, {});
    REQUIRE(decoded);
    return {std::move(name), std::move(*decoded.value), {}};
}

Policy no_tls10(std::string name = "no-tls10") { return policy(std::move(name), "[protocols]\n\"TLS 1.0\" = \"disabled\"\n"); }

void off(Tree& tree, std::string_view name) {
    for (const char* role : {"Client", "Server"}) {
        tree.set_value(protocols.child(name).child(role), "Enabled", Value::dword(0));
        tree.set_value(protocols.child(name).child(role), "DisabledByDefault", Value::dword(1));
    }
}

Reading reading(std::string name, Tree state, std::string_view release = "2019", effect::Circumstances known = {}) {
    return {name + ".reg", std::move(name), std::make_shared<audit::State>(audit::State{release.empty() ? nullptr : facts::find_release(release), std::move(state), std::move(known)})};
}

Tree untouched() { return schannel::untouched(*facts::find_release("2019")); }

Tree without(std::string_view protocol) {
    Tree tree = untouched();
    off(tree, protocol);
    return tree;
}

codec::Waiver waiver(std::string machine, std::string setting, std::string until = "2027-01-01") { return {std::move(machine), std::move(setting), {}, "agreed", std::move(until), {}}; }

}  // namespace

TEST_CASE("A machine that meets the profile is compliant; one that does not differs in named settings", "[audit]") {
    const Criteria criteria({no_tls10()}, {}, {}, "2026-11-27");
    CHECK(criteria.judge(reading("a", without("TLS 1.0"))).verdict == Verdict::compliant);
    const Machine machine = criteria.judge(reading("b", untouched()));
    REQUIRE(machine.verdict == Verdict::different);
    CHECK(machine.judgement->subjects == std::vector<std::string>{"protocols.\"TLS 1.0\".client", "protocols.\"TLS 1.0\".client", "protocols.\"TLS 1.0\".server",
                                                                  "protocols.\"TLS 1.0\".server"});
    CHECK(machine.open_changes() == 4);
    CHECK_FALSE(machine.judgement->effects.empty());
    for (const plan::Change& change : machine.judgement->plan.changes) CHECK(change.value_name);
}

TEST_CASE("A lock-out is an error even where the profile is met", "[audit]") {
    const Criteria criteria({no_tls10()}, {}, {}, "2026-11-27");
    Tree tree = without("TLS 1.0");
    for (const char* name : {"TLS 1.1", "TLS 1.2"}) off(tree, name);
    const Machine machine = criteria.judge(reading("a", std::move(tree)));
    CHECK(machine.verdict == Verdict::different);
    CHECK(machine.open_changes() == 0);
    CHECK(machine.open_errors() > 0);
}

TEST_CASE("What a source says nothing of makes no machine different and none compliant", "[audit]") {
    const Criteria criteria({policy("two", "[protocols]\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.1\" = \"disabled\"\n")}, {}, {}, "2026-11-27");
    const effect::Circumstances part{.coverage = registry::Coverage::of({protocols.child("TLS 1.0")})};

    const Machine unknown = criteria.judge(reading("a", without("TLS 1.0"), "2019", part));
    CHECK(unknown.verdict == Verdict::not_judged);
    CHECK(unknown.why == "its file says nothing of protocols.\"TLS 1.1\".client and 1 more, which the profile asks for; nothing else differs");
    CHECK(unknown.judgement->unspoken == std::vector<std::string>{"protocols.\"TLS 1.1\".client", "protocols.\"TLS 1.1\".server"});

    const Machine different = criteria.judge(reading("b", untouched(), "2019", part));
    CHECK(different.verdict == Verdict::different);
    CHECK(different.open_changes() == 4);  // those of TLS 1.0
    CHECK(different.judgement->unspoken == unknown.judgement->unspoken);

    const effect::Circumstances enough{.coverage = registry::Coverage::of({protocols})};
    Tree both = without("TLS 1.0");
    off(both, "TLS 1.1");
    CHECK(criteria.judge(reading("c", std::move(both), "2019", enough)).verdict == Verdict::compliant);
    CHECK(criteria.judge(reading("d", without("TLS 1.0"), "2019", enough)).verdict == Verdict::different);
}

TEST_CASE("A key that is to go is not judged where the source says nothing of it", "[audit]") {
    Policy lines{"lines", std::nullopt, {}};
    lines.lines.keys.push_back({protocols.child("TLS 1.0"), false, false, {}});
    const Criteria criteria({lines}, {}, {}, "2026-11-27");
    const Machine machine = criteria.judge(reading("a", untouched(), "2019", {.coverage = registry::Coverage::of({protocols.child("TLS 1.1")})}));
    CHECK(machine.verdict == Verdict::not_judged);
    CHECK(machine.judgement->unspoken == std::vector<std::string>{protocols.child("TLS 1.0").to_string()});
    CHECK(criteria.judge(reading("b", untouched())).verdict == Verdict::compliant);
}

TEST_CASE("The first profile that is for the release judges, and without one the machine is not judged", "[audit]") {
    const Criteria criteria({policy("new", "windows = \">= windows-server-2022\"\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n"), policy("servers", "windows = \"server\"\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n")},
                      {}, {}, "2026-11-27");
    CHECK(criteria.judge(reading("a", {}, "2025")).policy == "new");
    CHECK(criteria.judge(reading("a", {}, "2016")).policy == "servers");
    const Machine client = criteria.judge(reading("a", {}, "10-1607"));
    CHECK(client.verdict == Verdict::not_judged);
    CHECK(client.why == "no profile is for Windows 10 1607");
}

TEST_CASE("Groups give their machines a profile, the first that matches the name without regard to case", "[audit]") {
    const Criteria criteria({no_tls10("strict"), no_tls10("rest")}, {{"web servers", "WEB-*", "strict", {}}, {"rest", "*", "rest", {}}}, {}, "2026-11-27");
    const Machine web = criteria.judge(reading("web-01", {}));
    CHECK(web.group == "web servers");
    CHECK(web.policy == "strict");
    CHECK(criteria.judge(reading("db-01", {})).policy == "rest");
}

TEST_CASE("A waiver covers a setting of the machines that it names until its last day, and no other", "[audit]") {
    const std::string setting = "protocols.\"TLS 1.0\".*";
    const auto verdict = [&](const codec::Waiver& given, std::string_view name = "till-01") {
        return Criteria({no_tls10()}, {}, {given}, "2026-11-27").judge(reading(std::string(name), untouched())).verdict;
    };
    CHECK(verdict(waiver("till-*", setting)) == Verdict::waived);
    CHECK(verdict(waiver("till-*", "HKLM\\*\\TLS 1.0\\*")) == Verdict::waived);
    CHECK(verdict(waiver("till-*", setting, "2026-11-27")) == Verdict::waived);
    CHECK(verdict(waiver("till-*", setting, "2026-11-26")) == Verdict::different);
    CHECK(verdict(waiver("till-*", setting), "web-01") == Verdict::different);
    CHECK(verdict(waiver("till-*", "protocols.\"TLS 1.0\".client")) == Verdict::different);
}

TEST_CASE("Waivers that are over and waivers that cover nothing are told apart", "[audit]") {
    const Criteria criteria({no_tls10()}, {}, {waiver("a", "*", "2020-01-01"), waiver("a", "*"), waiver("nobody", "*")}, "2026-11-27");
    std::vector<Machine> machines;
    machines.push_back(criteria.judge(reading("a", untouched())));
    REQUIRE(criteria.expired().size() == 1);
    CHECK(criteria.expired()[0]->until == "2020-01-01");
    REQUIRE(criteria.unused(machines).size() == 1);
    CHECK(criteria.unused(machines)[0]->machine == "nobody");
}

TEST_CASE("Equal states are judged once, and states that differ in any byte, release or coverage are not the same", "[audit]") {
    const Criteria criteria({no_tls10()}, {}, {}, "2026-11-27");
    const Machine first = criteria.judge(reading("a", untouched()));
    CHECK(criteria.judge(reading("b", untouched())).judgement == first.judgement);
    CHECK(criteria.judge(reading("c", untouched(), "2022")).judgement != first.judgement);
    Tree other = untouched();
    other.set_value(protocols.child("TLS 1.2").child("Server"), "Enabled", Value::dword(1));
    CHECK(criteria.judge(reading("d", std::move(other))).judgement != first.judgement);
    CHECK(criteria.judge(reading("e", untouched(), "2019", {.coverage = registry::Coverage::of({protocols})})).judgement != first.judgement);
    // What the facts say of an installation is surer than the same bytes read from a machine.
    CHECK(criteria.judge(reading("f", untouched(), "2019", {.untouched = true})).judgement != first.judgement);
    // Who holds the same state shares it; a state that was made where another one has gone is looked at.
    Reading shared = reading("g", untouched());
    const Reading again = shared;
    CHECK(criteria.judge(std::move(shared)).judgement == first.judgement);
    CHECK(criteria.judge(again).judgement == first.judgement);
    for (int round = 0; round < 8; ++round) CHECK((criteria.judge(reading("h", round % 2 == 0 ? untouched() : Tree())).judgement == first.judgement) == (round % 2 == 0));
}

TEST_CASE("A profile that needs the release does not judge a machine without one", "[audit]") {
    const Criteria criteria({policy("computed", "[cipher_suites.local]\nwithout = [\"TLS_RSA_*\"]\n")}, {}, {}, "2026-11-27");
    const Machine machine = criteria.judge(reading("a", {}, ""));
    CHECK(machine.verdict == Verdict::not_judged);
    CHECK(machine.why.find("needs the Windows release") != std::string::npos);
}
