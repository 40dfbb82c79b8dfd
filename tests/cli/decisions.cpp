// How the rows of a plan are put together for reading.
#include "render/decisions.hpp"

#include "catch.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/settings.hpp"

namespace {

using namespace schancfg;
using registry::KeyPath;
using registry::Root;
using registry::Value;

const std::string schannel_key = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\";

KeyPath key(const std::string& below) { return KeyPath(Root::local_machine, schannel_key + below); }

plan::Change change(const std::string& below, std::string name, std::optional<Value> before, std::optional<Value> after) {
    const auto action = !before ? plan::Action::add : !after ? plan::Action::remove : plan::Action::change;
    return {key(below), std::move(name), action, std::move(before), std::move(after), std::nullopt};
}

void add_switch(plan::Plan& plan, const std::string& protocol, const std::string& role, std::uint32_t enabled, std::uint32_t disabled) {
    plan.changes.push_back(change("Protocols\\" + protocol + '\\' + role, "Enabled", std::nullopt, Value::dword(enabled)));
    plan.changes.push_back(change("Protocols\\" + protocol + '\\' + role, "DisabledByDefault", std::nullopt, Value::dword(disabled)));
}

std::vector<std::string> rows(const plan::Plan& plan) {
    std::vector<std::string> out;
    for (const cli::Decision& each : cli::decisions(plan)) {
        std::string text = each.before + " -> " + each.after + ':';
        for (const std::string& subject : each.subjects) text += ' ' + subject + ';';
        out.push_back(text);
    }
    return out;
}

}  // namespace

TEST_CASE("Both values and both roles of a protocol are one row, and protocols that go the same way share it", "[cli]") {
    plan::Plan plan;
    for (const char* protocol : {"TLS 1.0", "TLS 1.1"}) {
        add_switch(plan, protocol, "Client", 0, 1);
        add_switch(plan, protocol, "Server", 0, 1);
    }
    CHECK(rows(plan) == std::vector<std::string>{"not set -> disabled: TLS 1.0; TLS 1.1;"});
}

TEST_CASE("Roles that differ are a row each", "[cli]") {
    plan::Plan plan;
    add_switch(plan, "TLS 1.0", "Client", 1, 1);
    add_switch(plan, "TLS 1.0", "Server", 0, 1);
    CHECK(rows(plan) == std::vector<std::string>{"not set -> on-request: TLS 1.0 (client);", "not set -> disabled: TLS 1.0 (server);"});
}

TEST_CASE("A value that no word covers is shown as it is", "[cli]") {
    plan::Plan plan;
    plan.changes.push_back(change("Protocols\\TLS 1.0\\Client", "Enabled", Value::dword(1), Value::dword(0)));
    CHECK(rows(plan) == std::vector<std::string>{"1 -> 0: TLS 1.0 (client): Enabled;"});
    plan.changes.front().after = Value::sz("0");
    CHECK(rows(plan) == std::vector<std::string>{"1 -> \"0\": TLS 1.0 (client): Enabled;"});
    plan.changes.front() = change("Ciphers\\AES 128/128", "Enabled", Value::dword(1), Value::qword(1));
    CHECK(rows(plan) == std::vector<std::string>{"REG_DWORD 1 -> REG_QWORD 1: AES 128/128: Enabled;"});
}

TEST_CASE("What has no name in profiles is shown by key and value, and a key that is removed alone by its path", "[cli]") {
    plan::Plan plan;
    plan.changes.push_back(change("Odd", "", std::nullopt, Value::dword(5)));
    plan.changes.push_back({key("Old"), std::nullopt, plan::Action::remove, std::nullopt, std::nullopt, std::nullopt});
    CHECK(rows(plan) == std::vector<std::string>{"not set -> 5: HKLM\\" + schannel_key + "Odd: (default value);", "key -> not set: HKLM\\" + schannel_key + "Old;"});
}

TEST_CASE("Every value of a plan stands in exactly one row", "[cli]") {
    // Each setting at each of its numbers, some left out: no value is lost and none is shown twice.
    for (std::uint32_t round = 0; round < 40; ++round) {
        plan::Plan plan;
        std::uint32_t seed = round * 2654435761u + 1;
        for (const schannel::Setting& setting : schannel::settings()) {
            seed = seed * 1664525u + 1013904223u;
            if (seed >> 30 == 0) continue;
            std::optional<Value> before, after = Value::dword((seed >> 8) % 3);
            if ((seed >> 16) % 3 == 0) before = Value::dword(((seed >> 8) + 1) % 3);
            if ((seed >> 20) % 7 == 0 && before) after.reset();
            const auto action = !before ? plan::Action::add : !after ? plan::Action::remove : plan::Action::change;
            plan.changes.push_back({setting.key, setting.value_name, action, before, after, std::nullopt});
        }
        std::vector<const plan::Change*> seen;
        for (const cli::Decision& each : cli::decisions(plan)) {
            CHECK(each.before != each.after);
            CHECK_FALSE(each.subjects.empty());
            seen.insert(seen.end(), each.changes.begin(), each.changes.end());
        }
        std::ranges::sort(seen);
        CHECK(std::ranges::adjacent_find(seen) == seen.end());
        CHECK(seen.size() == plan.changes.size());
    }
}

TEST_CASE("What is off on a release that does not have it is a row of its own that says so", "[cli]") {
    plan::Plan plan;
    for (const char* protocol : {"SSL 2.0", "SSL 3.0"}) {
        add_switch(plan, protocol, "Client", 0, 1);
        add_switch(plan, protocol, "Server", 0, 1);
    }
    const auto rows_of = cli::decisions(plan, facts::find_release("2022"));
    REQUIRE(rows_of.size() == 2);
    for (const cli::Decision& row : rows_of) CHECK(row.has_no_effect == (row.subjects == std::vector<std::string>{"SSL 2.0"}));
    CHECK(cli::decisions(plan, facts::find_release("2012-r2")).size() == 1);
    CHECK(cli::decisions(plan).size() == 1);
}
