// Updates and later releases, and values that a release does not support.
#include "handshake/two_ends.hpp"

using namespace two_ends;
using handshake::Side;
using remedy::Fix;
using remedy::FixKind;

namespace {

std::vector<Fix> fixed(const Scene& scene) { return two_ends::fixes(scene, two_ends::diagnose(scene)); }

const Fix* first(const std::vector<Fix>& fixes, FixKind kind) {
    const auto found = std::ranges::find(fixes, kind, &Fix::kind);
    return found == fixes.end() ? nullptr : &*found;
}

Peer gcm_server() {
    Peer server = peer(Role::server, {{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}}});
    server.groups = {"secp256r1"};
    server.groups_complete = true;
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    return server;
}

Peer tls13_only(Role role) {
    Peer made = peer(role, {{"TLS 1.3", {"TLS_AES_128_GCM_SHA256"}}});
    made.groups = {"secp256r1"};
    made.groups_complete = true;
    if (role == Role::server) made.certificates = {certificate("RSA", 2048, "SHA256")};
    return made;
}

}  // namespace

TEST_CASE("The first release of the same kind that has it is named, and what the two then agree on", "[remedy]") {
    struct Row {
        std::string_view release, first;
    };
    for (const Row& row : {Row{"2008-r2", "windows-server-2016"}, Row{"2012-r2", "windows-server-2016"}, Row{"8.1", "windows-10-1507"}}) {
        INFO(row.release);
        Machine client = machine(row.release);
        only_tls12(client);
        const auto fixes = fixed(connect(std::move(client), gcm_server()));
        const Fix* move = first(fixes, FixKind::release);
        REQUIRE(move != nullptr);
        CHECK(move->release->id == row.first);
        CHECK(move->side == Side::client);
        CHECK(move->title == "Move to " + std::string(move->release->name) + " or later");
        CHECK(move->text.ends_with("The two then agree on TLS 1.2 with TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256."));
        CHECK(move->conditions.empty());
    }
    for (const Role role : {Role::client, Role::server}) {
        Machine old = machine("2019");
        const auto fixes = role == Role::client ? fixed(connect(std::move(old), tls13_only(Role::server))) : fixed(connect(tls13_only(Role::client), std::move(old)));
        const Fix* move = first(fixes, FixKind::release);
        REQUIRE(move != nullptr);
        CHECK(move->release->id == "windows-server-2022");
        CHECK(move->side == (role == Role::client ? Side::client : Side::server));
    }
}

TEST_CASE("No release is named where a setting, or the same release untouched, would do", "[remedy]") {
    Machine off = machine("2016");
    protocol(off, "TLS 1.2", Role::client, false);
    CHECK(first(fixed(connect(std::move(off), gcm_server())), FixKind::release) == nullptr);
    Machine gates = machine("2016");
    set(gates, "KeyExchangeAlgorithms\\ECDH", "Enabled", 0);
    set(gates, "Ciphers\\AES 128/128", "Enabled", 0);
    CHECK(first(fixed(connect(std::move(gates), gcm_server())), FixKind::release) == nullptr);
}

TEST_CASE("An update that brings what is missing comes before a release", "[remedy]") {
    Machine server = machine("2012-r2");
    server.options.certificates = {certificate("RSA", 2048, "SHA512")};
    Peer client = caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    const auto fixes = fixed(connect(client, std::move(server)));
    const Fix* update = first(fixes, FixKind::update);
    REQUIRE(update != nullptr);
    CHECK(update->updates == std::vector<std::string>{"KB2973337"});
    CHECK(update->side == Side::server);
    CHECK(first(fixes, FixKind::release) == nullptr);
    // With it, nothing is left to advise.
    Machine with = machine("2012-r2", {"KB2973337"});
    with.options.certificates = {certificate("RSA", 2048, "SHA512")};
    CHECK(fixed(connect(client, std::move(with))).empty());
}

TEST_CASE("Values of TLS 1.3 on a release without it go first, those that are there and in the role that has them", "[remedy]") {
    for (const Role role : {Role::client, Role::server}) {
        Machine old = machine(role == Role::client ? "10-21h1" : "2019");
        const std::string key = "Protocols\\TLS 1.3\\" + std::string(facts::role_key(role));
        set(old, key, "Enabled", 1);
        const auto fixes = role == Role::client ? fixed(connect(std::move(old), tls13_only(Role::server))) : fixed(connect(tls13_only(Role::client), std::move(old)));
        REQUIRE_FALSE(fixes.empty());
        const Fix& remove = fixes.front();
        CHECK(remove.title == "Remove the key of TLS 1.3");
        CHECK(remove.side == (role == Role::client ? Side::client : Side::server));
        REQUIRE(remove.wanted.values.size() == 1);
        CHECK(remove.wanted.values.front().name == "Enabled");
        CHECK_FALSE(remove.wanted.values.front().value.has_value());
        CHECK(remove.wanted.values.front().key.to_string().ends_with("TLS 1.3\\" + std::string(facts::role_key(role))));
        // The rest is computed without it: the other end takes TLS 1.2 as well, or a newer release.
        const Fix* advice = first(fixes, FixKind::advice);
        REQUIRE(advice != nullptr);
        CHECK(advice->demand.protocol == "TLS 1.2");
        CHECK(advice->text.ends_with("With the key of TLS 1.3 removed first."));
        CHECK(first(fixes, FixKind::release) != nullptr);
    }
}
