#include "schancfg/schannel/protocol_state.hpp"

#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::schannel;
using registry::KeyPath;
using registry::Root;
using registry::Value;

namespace {

std::optional<Value> nothing() { return std::nullopt; }

}  // namespace

TEST_CASE("the truth table of the protocol switches", "[schannel]") {
    using enum facts::DefaultState;
    using enum ProtocolRule;
    struct Row {
        std::optional<Value> enabled, disabled_by_default;
        ProtocolState release_default;
        ProtocolJudgement judgement;
    };
    const Value zero = Value::dword(0), one = Value::dword(1), all = Value::dword(0xFFFFFFFF);
    const Row rows[] = {
        {nothing(), nothing(), on, {on, release_default}},
        {nothing(), nothing(), on_request, {on_request, release_default}},
        {nothing(), nothing(), off, {off, release_default}},
        {nothing(), nothing(), uncertain, {uncertain, release_default}},
        {zero, nothing(), on, {off, enabled_zero}},
        {zero, zero, on, {off, enabled_zero}},
        {zero, one, on, {off, enabled_zero}},
        {one, nothing(), off, {on, enabled_nonzero}},
        {all, zero, off, {on, enabled_nonzero}},
        {one, one, on, {on_request, disabled_by_default}},
        {all, all, on, {on_request, disabled_by_default}},
        {nothing(), zero, on_request, {on, not_disabled_by_default}},
        {nothing(), one, on, {on_request, disabled_by_default}},
        {one, zero, not_supported, {not_supported, release_lacks_it}},
        {nothing(), nothing(), not_supported, {not_supported, release_lacks_it}},
        {Value::qword(1), nothing(), on, {uncertain, unreadable_enabled}},
        {Value::sz("1"), zero, on, {uncertain, unreadable_enabled}},
        {Value{registry::reg_dword, "\x01"}, zero, on, {uncertain, unreadable_enabled}},
        {one, Value::sz("0"), on, {uncertain, unreadable_disabled_by_default}},
        {zero, Value::sz("0"), on, {off, enabled_zero}},
    };
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        CAPTURE(i);
        const Row& row = rows[i];
        CHECK(judge(row.enabled ? &*row.enabled : nullptr, row.disabled_by_default ? &*row.disabled_by_default : nullptr,
                    row.release_default) == row.judgement);
    }
}

TEST_CASE("with the release unknown only TLS 1.0 to 1.2 count as on where nothing is said", "[schannel]") {
    using enum facts::DefaultState;
    CHECK(default_state(nullptr, facts::Role::client, "tls 1.2") == on);
    CHECK(default_state(nullptr, facts::Role::server, "TLS 1.0") == on);
    CHECK(default_state(nullptr, facts::Role::server, "TLS 1.3") == uncertain);
    CHECK(default_state(nullptr, facts::Role::server, "SSL 3.0") == uncertain);
    CHECK(default_state(nullptr, facts::Role::server, "TLS 9.9") == not_supported);
}

TEST_CASE("the defaults of a release are those of the fact base", "[schannel]") {
    using enum facts::DefaultState;
    const facts::Release* server_2016 = facts::find_release("windows-server-2016");
    REQUIRE(server_2016 != nullptr);
    CHECK(default_state(server_2016, facts::Role::client, "TLS 1.2") == on);
    CHECK(default_state(server_2016, facts::Role::client, "TLS 1.3") == not_supported);
}

TEST_CASE("only the keys Client and Server below a protocol switch it", "[schannel]") {
    const std::string above = "system\\CurrentControlSet\\Control\\SecurityProviders\\Schannel\\Protocols";
    const KeyPath key(Root::local_machine, above + "\\TLS 1.2\\SERVER");
    const auto found = protocol_switch(key);
    REQUIRE(found);
    CHECK(found->protocol == "TLS 1.2");
    CHECK(found->role == facts::Role::server);
    for (const char* other : {"", "\\TLS 1.2", "\\TLS 1.2\\Peer", "\\TLS 1.2\\Client\\Below", "X\\TLS 1.2\\Client", "\\Client"}) {
        CAPTURE(other);
        CHECK_FALSE(protocol_switch(KeyPath(Root::local_machine, above + other)));
    }
    CHECK_FALSE(protocol_switch(KeyPath(Root::users, key.path())));
}

TEST_CASE("the key of a protocol's switches names the protocol and the role", "[schannel]") {
    const std::string protocols = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";
    const auto named = [](const std::string& path, Root root = Root::local_machine) -> std::string {
        const KeyPath key(root, path);
        const auto found = protocol_switch(key);
        if (!found) return "none";
        return std::string(found->protocol) + (found->role == facts::Role::client ? ", client" : ", server");
    };
    CHECK(named(protocols + "\\TLS 1.2\\Client") == "TLS 1.2, client");
    CHECK(named(protocols + "\\TLS 1.2\\Server") == "TLS 1.2, server");
    CHECK(named("system\\currentcontrolset\\control\\securityproviders\\schannel\\protocols\\tls 1.2\\client") == "tls 1.2, client");
    CHECK(named(protocols) == "none");
    CHECK(named(protocols + "\\TLS 1.2") == "none");
    CHECK(named(protocols + "\\TLS 1.2\\Both") == "none");
    CHECK(named(protocols + "\\TLS 1.2\\Client\\More") == "none");
    CHECK(named("X" + protocols.substr(1) + "\\TLS 1.2\\Client") == "none");
    CHECK(named(protocols + "\\TLS 1.2\\Client", Root::current_user) == "none");
}
