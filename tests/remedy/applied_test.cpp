// An end as it is with a fix.
#include "handshake/two_ends.hpp"

using namespace two_ends;
using remedy::Fix;
using remedy::FixKind;

TEST_CASE("What a peer is asked for is there afterwards, once, and the rest stays", "[remedy]") {
    Fix fix;
    fix.demand.protocol = "TLS 1.2";
    fix.demand.suites = {"TLS_RSA_WITH_AES_128_CBC_SHA"};
    fix.demand.groups = {"secp256r1"};
    fix.demand.signature_hash = "SHA512";
    fix.demand.secure_renegotiation = true;
    fix.demand.dh_bits = 2048;
    fix.demand.rsa_bits = 4096;
    Peer server = peer(Role::server, {{"TLS 1.0", {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA dh1024"}}});
    server.rsa_max_bits = 2048;
    const Peer once = remedy::with_fix(server, fix), twice = remedy::with_fix(once, fix);
    CHECK(once.protocol("TLS 1.2")->offered == Answer::yes);
    CHECK(once.protocol("TLS 1.2")->suites_complete);
    CHECK(once.protocol("TLS 1.0")->offered == Answer::yes);
    CHECK(once.protocol("TLS 1.1")->offered == Answer::no);
    REQUIRE(once.suites.size() == 2);
    CHECK(once.suites[0].dh_bits == 2048);
    CHECK(once.suites[1].name == "TLS_RSA_WITH_AES_128_CBC_SHA");
    CHECK(once.suites[1].dh_bits == 0);
    CHECK(once.groups == std::vector<std::string>{"secp256r1"});
    CHECK(once.signature_hashes == std::vector<std::string>{"SHA512"});
    CHECK(once.dh_min_bits == 2048);
    CHECK(once.dh_max_bits == 2048);
    CHECK(once.rsa_max_bits == 4096);
    CHECK(once.secure_renegotiation == Answer::yes);
    CHECK(once.certificates.empty());
    CHECK(twice.suites.size() == 2);
    CHECK(twice.groups.size() == 1);

    Peer client = caller({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA"}}});
    client.dh_min_bits = 3072;
    client.dh_max_bits = 4096;
    const Peer shorter = remedy::with_fix(client, fix);
    CHECK(shorter.dh_min_bits == 2048);
    CHECK(shorter.dh_max_bits == 4096);
    CHECK(shorter.rsa_max_bits == 0);
    // A certificate alone is for the kind that is about it.
    fix.certificate = certificate("RSA", 2048, "SHA256");
    CHECK(remedy::with_fix(server, fix).certificates.empty());
    fix.kind = FixKind::certificate;
    CHECK(remedy::with_fix(server, fix).certificates.size() == 1);
}

TEST_CASE("A demand is empty where nothing is asked for", "[remedy]") {
    CHECK(remedy::Demand{}.empty());
    remedy::Demand one;
    one.dh_bits = 2048;
    CHECK_FALSE(one.empty());
    remedy::Demand two;
    two.secure_renegotiation = true;
    CHECK_FALSE(two.empty());
}

TEST_CASE("Another release is that release untouched, with the program that it was", "[remedy]") {
    Machine old = machine("2012-r2");
    protocol(old, "TLS 1.2", Role::client, false);
    old.options.application = handshake::find_application("winhttp");
    Fix fix;
    fix.kind = FixKind::release;
    fix.release = facts::find_release("2022");
    const Machine moved = remedy::with_fix(old, fix);
    CHECK(moved.release->id == "windows-server-2022");
    CHECK(moved.state.same_content(schannel::untouched(*moved.release)));
    CHECK(moved.options.application == old.options.application);
    CHECK(moved.circumstances.untouched);
}

TEST_CASE("An impact counts the peers of the other role by what becomes of them", "[remedy]") {
    Machine client = machine("2019");
    Fix fix;
    fix.kind = FixKind::profile;
    fix.weakens = true;
    for (const char* name : {"Enabled"}) {
        fix.wanted.values.push_back({schannel_key.below("KeyExchangeAlgorithms\\Diffie-Hellman"), name, Value::dword(0), registry::Meets::exact, {}, {}});
    }
    const auto server = [](std::string_view suite) {
        Peer made = peer(Role::server, {{"TLS 1.2", {suite}}});
        made.groups = {"secp256r1"};
        made.groups_complete = true;
        made.certificates = {certificate("RSA", 2048, "SHA256")};
        return made;
    };
    const std::vector<Peer> peers{server("TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048"), server("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"), caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}})};
    const remedy::FixImpact impact = remedy::impact(client, Role::client, fix, peers);
    CHECK(impact.peers == 2);
    CHECK(impact.cut_off == 1);
    CHECK(impact.exposed == 1);
    CHECK(impact.reached == 0);
    CHECK(impact.weakened == 0);
    fix.weakens = false;
    CHECK(remedy::impact(client, Role::client, fix, peers).exposed == 0);
    // What one program does for itself concerns nobody else.
    const remedy::FixImpact none = remedy::impact(client, Role::client, Fix{}, peers);
    CHECK(none.peers == 2);
    CHECK(none.cut_off == 0);
}
