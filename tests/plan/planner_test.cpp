#include "schancfg/plan/planner.hpp"

#include "catch.hpp"
#include "schancfg/registry/patch.hpp"

using namespace schancfg;
using namespace schancfg::registry;
using plan::Action;
using plan::Change;

namespace {

const KeyPath schannel(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

WantedValue wants(const KeyPath& key, std::string name, std::optional<Value> value, Meets meets = Meets::exact) {
    return {.key = key, .name = std::move(name), .value = std::move(value), .meets = meets, .origin = {}, .overridden = {}};
}

/// A plan as lines: `+ key`, `+ key : name`, `~ key : name`, `- key`, below SCHANNEL.
std::vector<std::string> lines(const plan::Plan& plan) {
    std::vector<std::string> out;
    for (const Change& change : plan.changes) {
        std::string line = change.action == Action::add ? "+ " : change.action == Action::change ? "~ " : "- ";
        line += change.key == schannel ? "." : change.key.path().substr(schannel.path().size() + 1);
        if (change.value_name) line += " : " + *change.value_name;
        out.push_back(line);
    }
    return out;
}

Tree with_schannel() {
    Tree tree;
    tree.create(schannel);
    return tree;
}

}  // namespace

TEST_CASE("a value below keys that do not exist makes each of them first", "[plan]") {
    const Tree state = with_schannel();
    Wanted wanted;
    const KeyPath client = schannel.below("Protocols\\TLS 1.2\\Client");
    wanted.values = {wants(client, "DisabledByDefault", Value::dword(0)), wants(client, "Enabled", Value::dword(1))};
    wanted.values[0].origin = {"p.toml", 3, 1};
    const plan::Plan plan = plan::make(state, wanted);
    CHECK(lines(plan) == std::vector<std::string>{"+ Protocols", "+ Protocols\\TLS 1.2", "+ Protocols\\TLS 1.2\\Client",
                                                  "+ Protocols\\TLS 1.2\\Client : DisabledByDefault",
                                                  "+ Protocols\\TLS 1.2\\Client : Enabled"});
    CHECK(plan.changes[0].origin == Span{"p.toml", 3, 1});
    CHECK_FALSE(plan.changes[4].origin);
    CHECK(plan.summary().add == 5);
}

TEST_CASE("removing the last value of a key leaves the key", "[plan]") {
    Tree state;
    state.set_value(schannel, "EventLogging", Value::dword(7));
    Wanted wanted;
    wanted.values = {wants(schannel, "eventlogging", std::nullopt)};
    const plan::Plan plan = plan::make(state, wanted);
    REQUIRE(lines(plan) == std::vector<std::string>{"- . : EventLogging"});
    CHECK(plan.changes[0].before == Value::dword(7));
    CHECK_FALSE(plan.changes[0].after);
}

TEST_CASE("what already meets the wish is left alone", "[plan]") {
    Tree state;
    state.set_value(schannel, "A", Value::dword(0xFFFFFFFF));
    state.set_value(schannel, "B", Value::dword(0xFFFFFFFF));
    Wanted wanted;
    wanted.values = {wants(schannel, "A", Value::dword(1), Meets::dword_on), wants(schannel, "B", Value::dword(1)),
                     wants(schannel, "C", std::nullopt)};
    CHECK(lines(plan::make(state, wanted)) == std::vector<std::string>{"~ . : B"});
}

TEST_CASE("a key that is to be there and holds nothing is not a change", "[plan]") {
    Wanted wanted;
    wanted.keys = {{.key = schannel.child("Protocols"), .present = true, .clear_values = false, .origin = {}}};
    CHECK(plan::make(with_schannel(), wanted).empty());
}

TEST_CASE("a deleted key loses everything but what is asked for below it, leaf first", "[plan]") {
    Tree state;
    const KeyPath protocols = schannel.child("Protocols");
    state.set_value(protocols.below("SSL 2.0\\Client"), "DisabledByDefault", Value::dword(1));
    state.create(protocols.below("SSL 2.0\\Server"));
    state.set_value(protocols.below("TLS 1.0\\Server"), "Enabled", Value::dword(1));
    state.set_value(protocols.below("TLS 1.0\\Server"), "Odd", Value::sz("x"));
    Wanted wanted;
    wanted.keys = {{.key = schannel.child("PROTOCOLS"), .present = false, .clear_values = false, .origin = {"a.reg", 3, 1}}};
    wanted.values = {wants(protocols.below("TLS 1.0\\Server"), "Enabled", Value::dword(1))};
    const plan::Plan plan = plan::make(state, wanted);
    CHECK(lines(plan) == std::vector<std::string>{
              "- Protocols\\TLS 1.0\\Server : Odd", "- Protocols\\SSL 2.0\\Client : DisabledByDefault",
              "- Protocols\\SSL 2.0\\Server", "- Protocols\\SSL 2.0\\Client", "- Protocols\\SSL 2.0"});
    for (const Change& change : plan.changes) CHECK(change.origin == Span{"a.reg", 3, 1});
}

TEST_CASE("values of other components in managed keys are not difference between two states", "[plan]") {
    const KeyPath lsa(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa");
    Tree from = with_schannel();
    Tree to = with_schannel();
    from.set_value(lsa, "RunAsPPL", Value::dword(1));
    to.set_value(KeyPath(Root::local_machine, "SOFTWARE\\Elsewhere"), "", Value::dword(1));
    CHECK(plan::between(from, to).empty());
    to.set_value(schannel, "EventLogging", Value::dword(1));
    CHECK(lines(plan::between(from, to)) == std::vector<std::string>{"+ . : EventLogging"});
}

TEST_CASE("what enables is written first, what disables last, keys go at the end", "[plan]") {
    Tree state = with_schannel();
    const auto role = [](std::string_view protocol) { return schannel.below("Protocols\\" + std::string(protocol) + "\\Client"); };
    state.set_value(role("TLS 1.2"), "Enabled", Value::dword(0));
    state.set_value(role("TLS 1.0"), "Enabled", Value::dword(1));
    state.set_value(schannel.below("Ciphers\\RC4 128/128"), "Enabled", Value::dword(0));
    state.set_value(schannel.child("Old"), "", Value::sz("x"));
    Wanted wanted;
    wanted.values = {wants(role("TLS 1.2"), "Enabled", Value::dword(1)), wants(role("TLS 1.0"), "Enabled", Value::dword(0)),
                     wants(role("TLS 1.0"), "DisabledByDefault", Value::dword(1)), wants(schannel, "EventLogging", Value::dword(7)),
                     wants(schannel.below("Ciphers\\AES 128/128"), "Enabled", Value::dword(0)),
                     wants(schannel.below("Ciphers\\RC4 128/128"), "Enabled", std::nullopt)};
    wanted.keys = {{.key = schannel.child("Old"), .present = false, .clear_values = false, .origin = {}}};
    CHECK(lines(plan::make(state, wanted)) ==
          std::vector<std::string>{"- Ciphers\\RC4 128/128 : Enabled", "~ Protocols\\TLS 1.2\\Client : Enabled", "+ . : EventLogging",
                                   "- Old : ", "+ Ciphers\\AES 128/128", "+ Ciphers\\AES 128/128 : Enabled",
                                   "+ Protocols\\TLS 1.0\\Client : DisabledByDefault", "~ Protocols\\TLS 1.0\\Client : Enabled", "- Old"});
}

TEST_CASE("a key that is wanted absent and is empty goes, a root never does", "[plan]") {
    Tree state = with_schannel();
    state.create(schannel.child("Old"));
    Wanted wanted;
    wanted.keys = {{.key = KeyPath(Root::local_machine), .present = false, .clear_values = false, .origin = {}},
                   {.key = schannel.child("Old"), .present = false, .clear_values = false, .origin = {}}};
    CHECK(lines(plan::make(state, wanted)) == std::vector<std::string>{"- Old"});
}
