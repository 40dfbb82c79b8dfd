// What an end that is not a Windows machine is asked for, out of what the other has.
#include "handshake/two_ends.hpp"

using namespace two_ends;
using handshake::Side;
using remedy::Fix;
using remedy::FixKind;

namespace {

std::vector<Fix> fixed(const Scene& scene) { return two_ends::fixes(scene, two_ends::diagnose(scene)); }

const Fix* first(const std::vector<Fix>& fixes, FixKind kind, Side side) {
    const auto found = std::ranges::find_if(fixes, [&](const Fix& fix) { return fix.kind == kind && fix.side == side; });
    return found == fixes.end() ? nullptr : &*found;
}

using Words = std::vector<std::string>;

Peer with_rsa(Peer server) {
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    return server;
}

Peer with_groups(Peer peer, std::initializer_list<const char*> groups) {
    peer.groups.assign(groups.begin(), groups.end());
    peer.groups_complete = true;
    return peer;
}

}  // namespace

TEST_CASE("A server is asked for the best suites that the client has and its certificate serves", "[remedy]") {
    const Peer client = with_groups(caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                                                         "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                                                         "TLS_RSA_WITH_RC4_128_SHA"}}}), {"secp256r1"});
    const Peer server = with_groups(with_rsa(peer(Role::server, {{"TLS 1.2", {"TLS_RSA_WITH_3DES_EDE_CBC_SHA"}}})), {"secp256r1"});
    const auto fixes = fixed(connect(client, server));
    const Fix* take = first(fixes, FixKind::advice, Side::server);
    REQUIRE(take != nullptr);
    CHECK(take->demand.suites == Words{"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"});
    CHECK(take->title == "Accept one of the cipher suites TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
    CHECK(take->text == "Of what the client offers, these are the best.");
    CHECK(take->risk.empty());
    CHECK_FALSE(take->weakens);
    CHECK(take->conditions.empty());
    // A certificate of the other kind opens the one suite that needs it.
    const Fix* key = first(fixes, FixKind::certificate, Side::server);
    REQUIRE(key != nullptr);
    CHECK(key->demand.suites == Words{"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
    CHECK(key->certificate.key_type == "ECDSA");
    CHECK(key->certificate.key_bits == 256);
    CHECK(key->certificate.curve == "secp256r1");
    CHECK(key->text == "The client offers it, and it needs such a certificate.");
    CHECK(take < key);
    // The client is asked for what the server has, and 3DES is weak.
    const Fix* offer = first(fixes, FixKind::advice, Side::client);
    CHECK(offer == nullptr);  // somebody else would have to weaken something, and there is a way without
}

TEST_CASE("A server with an ECDSA key is offered an RSA certificate as long as the client wants it", "[remedy]") {
    Peer client = with_groups(caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}}), {"secp256r1"});
    client.rsa_min_bits = 3072;
    Peer server = with_groups(peer(Role::server, {{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}}}), {"secp256r1"});
    server.certificates = {certificate("ECDSA", 256, "SHA256", "secp256r1")};
    const auto fixes = fixed(connect(client, server));
    const Fix* key = first(fixes, FixKind::certificate, Side::server);
    REQUIRE(key != nullptr);
    CHECK(key->certificate.key_type == "RSA");
    CHECK(key->certificate.key_bits == 3072);
    CHECK(key->certificate.curve.empty());
    // The client could take the other suite as well.
    const Fix* offer = first(fixes, FixKind::advice, Side::client);
    REQUIRE(offer != nullptr);
    CHECK(offer->title == "Offer TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    CHECK(offer->text == "Of what the server accepts, this is the best.");
}

TEST_CASE("Suites without forward secrecy are asked for where there are no others, and their price is said", "[remedy]") {
    const Peer client = caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    const Peer server = with_rsa(peer(Role::server, {{"TLS 1.2", {"TLS_RSA_WITH_AES_256_CBC_SHA"}}}));
    const auto fixes = fixed(connect(client, server));
    for (const Side side : {Side::client, Side::server}) {
        const Fix* fix = first(fixes, FixKind::advice, side);
        REQUIRE(fix != nullptr);
        CHECK(fix->risk == "no forward secrecy: anyone who gets the server's key later can read what was recorded");
        CHECK_FALSE(fix->weakens);
        CHECK(fix->demand.suites == Words{side == Side::server ? "TLS_RSA_WITH_AES_128_CBC_SHA" : "TLS_RSA_WITH_AES_256_CBC_SHA"});
    }
}

TEST_CASE("A protocol is asked for with a suite, where none of it is common, and old ones with their price", "[remedy]") {
    const Peer client = with_groups(caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}}), {"secp256r1"});
    const Peer server = with_groups(with_rsa(peer(Role::server, {{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}})), {"secp256r1"});
    const auto fixes = fixed(connect(client, server));
    const Fix* accept = first(fixes, FixKind::advice, Side::server);
    REQUIRE(accept != nullptr);
    CHECK(accept->title == "Accept TLS 1.2 as well");
    CHECK(accept->text == "The client speaks it. Of its cipher suites one is needed: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384.");
    CHECK(accept->demand.protocol == "TLS 1.2");
    CHECK(accept->demand.suites == Words{"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"});
    const Fix* offer = first(fixes, FixKind::advice, Side::client);
    REQUIRE(offer != nullptr);
    CHECK(offer->title == "Offer TLS 1.0 as well");
    CHECK(offer->weakens);
    CHECK(offer->risk == "TLS 1.0 is forbidden by RFC 8996; every connection of that end may use it");
    CHECK(accept < offer);
}

TEST_CASE("A curve is asked for that the other end has, and of a client the one of the certificate", "[remedy]") {
    const auto client = [](std::initializer_list<const char*> groups) { return with_groups(caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}}}), groups); };
    const Peer server = with_groups(with_rsa(peer(Role::server, {{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}})), {"secp384r1", "secp521r1"});
    const auto fixes = fixed(connect(client({"secp256r1"}), server));
    const Fix* of_server = first(fixes, FixKind::advice, Side::server);
    REQUIRE(of_server != nullptr);
    CHECK(of_server->title == "Accept the curve secp256r1");
    CHECK(of_server->demand.groups == Words{"secp256r1"});
    const Fix* of_client = first(fixes, FixKind::advice, Side::client);
    REQUIRE(of_client != nullptr);
    CHECK(of_client->title == "Offer one of the curves secp384r1 or secp521r1");
    CHECK(of_client->text == "The other end has them.");

    Peer ecdsa = with_groups(peer(Role::server, {{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}}}), {"secp256r1", "secp384r1", "secp521r1"});
    ecdsa.certificates = {certificate("ECDSA", 521, "SHA256", "secp521r1")};
    const auto others = fixed(connect(client({"secp256r1"}), ecdsa));
    const Fix* certificate_curve = first(others, FixKind::advice, Side::client);
    REQUIRE(certificate_curve != nullptr);
    CHECK(certificate_curve->demand.groups == Words{"secp521r1"});
    CHECK(certificate_curve->text == "The other end has it.");
}

TEST_CASE("A Diffie-Hellman group is asked for as long as the client takes it, at either end", "[remedy]") {
    Peer client = with_groups(caller({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}}), {"secp256r1"});
    client.dh_min_bits = 3072;
    const Peer server = with_groups(with_rsa(peer(Role::server, {{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh1024"}}})), {"secp256r1"});
    const auto fixes = fixed(connect(client, server));
    const Fix* longer = first(fixes, FixKind::advice, Side::server);
    REQUIRE(longer != nullptr);
    CHECK(longer->title == "Use a Diffie-Hellman group of 3072 bits");
    CHECK(longer->text == "The client takes 3072 bits or more.");
    CHECK(longer->demand.dh_bits == 3072);
    CHECK_FALSE(longer->weakens);
    const Fix* shorter = first(fixes, FixKind::advice, Side::client);
    REQUIRE(shorter != nullptr);
    CHECK(shorter->title == "Accept Diffie-Hellman groups of 1024 bits");
    CHECK(shorter->weakens);
    CHECK(shorter->demand.dh_bits == 1024);

    Peer old = caller({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"}}});
    old.dh_max_bits = 1024;
    const Peer strong = with_rsa(peer(Role::server, {{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048"}}}));
    const auto too_long = fixed(connect(old, strong));
    const Fix* weak = first(too_long, FixKind::advice, Side::server);
    REQUIRE(weak != nullptr);
    CHECK(weak->demand.dh_bits == 1024);
    CHECK(weak->text == "The client takes at most 1024 bits.");
    CHECK(weak->weakens);
    const Fix* newer = first(too_long, FixKind::advice, Side::client);
    REQUIRE(newer != nullptr);
    CHECK(newer->demand.dh_bits == 2048);
    CHECK_FALSE(newer->weakens);
    CHECK(newer < weak);
}

TEST_CASE("What a certificate wants of a client, and strict renegotiation of either end, is said as it is", "[remedy]") {
    Peer client = caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    client.rsa_max_bits = 2048;
    Peer server = peer(Role::server, {{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    server.certificates = {certificate("RSA", 4096, "SHA256")};
    const auto key = fixed(connect(client, server));
    const Fix* longer = first(key, FixKind::advice, Side::client);
    REQUIRE(longer != nullptr);
    CHECK(longer->demand.rsa_bits == 4096);
    const Fix* certificate_fix = first(key, FixKind::certificate, Side::server);
    REQUIRE(certificate_fix != nullptr);
    CHECK(certificate_fix->certificate.key_bits == 2048);
    CHECK_FALSE(certificate_fix->weakens);

    client.rsa_max_bits = 0;
    client.signature_hashes = {"SHA256"};
    server.certificates = {certificate("RSA", 2048, "SHA512")};
    const auto hash = fixed(connect(client, server));
    const Fix* verify = first(hash, FixKind::advice, Side::client);
    REQUIRE(verify != nullptr);
    CHECK(verify->demand.signature_hash == "SHA512");
    CHECK_FALSE(verify->weakens);
    CHECK(first(hash, FixKind::advice, Side::server) == nullptr);

    for (const Role role : {Role::client, Role::server}) {
        Machine machine = two_ends::machine("2019");
        set(machine, {}, role == Role::client ? "AllowInsecureRenegoServers" : "AllowInsecureRenegoClients", 0);
        Peer other = role == Role::client ? with_rsa(peer(Role::server, {{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}})) : caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
        other.secure_renegotiation = Answer::no;
        machine.options.certificates = {certificate("RSA", 2048, "SHA256")};
        INFO(facts::role_name(role));
        const auto fixes = role == Role::client ? fixed(connect(std::move(machine), other)) : fixed(connect(other, std::move(machine)));
        const Side device = role == Role::client ? Side::server : Side::client, own = role == Role::client ? Side::client : Side::server;
        const Fix* update = first(fixes, FixKind::advice, device);
        REQUIRE(update != nullptr);
        CHECK(update->demand.secure_renegotiation);
        const Fix* compatible = first(fixes, FixKind::profile, own);
        REQUIRE(compatible != nullptr);
        REQUIRE(compatible->wanted.values.size() == 1);
        CHECK(compatible->wanted.values.front().name == (role == Role::client ? "AllowInsecureRenegoServers" : "AllowInsecureRenegoClients"));
        CHECK(compatible->wanted.values.front().value == Value::dword(1));
        CHECK(compatible->weakens);
        CHECK(update < compatible);
    }
}
