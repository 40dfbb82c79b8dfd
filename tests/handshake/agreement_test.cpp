// What two ends come to where a step hangs on something unknown, or on what the registry should not hold.
#include <algorithm>

#include "scenes.hpp"

using namespace two_ends;

namespace {

Agreement agreed(const Scene& scene) { return handshake::agree(scene.client(), scene.server()); }

bool asks(const Agreement& agreement, std::string_view text, std::string_view command) {
    return std::ranges::any_of(agreement.questions, [&](const handshake::Question& each) {
        return each.text.find(text) != std::string::npos && each.command.find(command) != std::string::npos;
    });
}

Peer client_of_tls13() {
    Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}, {"TLS 1.3", {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"}}});
    client.groups = {"x25519", "secp256r1"};
    client.groups_complete = true;
    return client;
}

Machine rsa(std::string_view release) { return with_certificate(machine(release), certificate("RSA", 2048, "SHA256")); }

}  // namespace

TEST_CASE("TLS 1.3 in the registry of a release without it leaves open what clients that offer it get, and the key is named", "[handshake]") {
    Machine server = rsa("2019");
    protocol(server, "TLS 1.3", Role::server, true);
    const Scene scene = connect(client_of_tls13(), std::move(server));
    const Agreement agreement = agreed(scene);
    CHECK(dump(agreement) == "unknown early-tls13");
    CHECK(agreement.at_fault == handshake::Side::server);
    CHECK(asks(agreement, "is the TLS 1.3 key of windows-server-2019 set on purpose", "Protocols\\TLS 1.3"));
    const auto fixes = two_ends::fixes(scene, two_ends::diagnose(scene));
    REQUIRE_FALSE(fixes.empty());
    CHECK(fixes.front().title == "Remove the key of TLS 1.3");
    CHECK(fixes.front().side == handshake::Side::server);
    // A client without TLS 1.3 does not mind, nor does one that calls a server without the key.
    Machine again = rsa("2019");
    protocol(again, "TLS 1.3", Role::server, true);
    CHECK(dump(agreed(connect(tls12_only_client(), std::move(again)))).starts_with("agree TLS 1.2"));
    CHECK(dump(agreed(connect(client_of_tls13(), rsa("2019")))).starts_with("agree TLS 1.2"));
}

TEST_CASE("Windows 10 with the TLS 1.3 client key perhaps speaks it, and the key is named first", "[handshake]") {
    Machine client = machine("windows-10-21h1");
    protocol(client, "TLS 1.3", Role::client, true);
    Peer server = scanned({{"TLS 1.3", {"TLS_AES_256_GCM_SHA384 x25519", "TLS_AES_128_GCM_SHA256 x25519"}}});
    const Agreement agreement = agreed(connect(std::move(client), server));
    CHECK(dump(agreement) == "unknown early-tls13");
    CHECK(agreement.at_fault == handshake::Side::client);
    CHECK(dump(agreed(connect(machine("windows-10-21h1"), server))) == "disagree no-common-protocol");
}

TEST_CASE("TLS 1.3 without a suite of it listed leaves open whether TLS 1.2 is used", "[handshake]") {
    const auto holed = [](std::string_view release) {
        Machine machine = rsa(release);
        machine.state.set_value(policy_key, "Functions", Value::sz("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
        return machine;
    };
    const Agreement as_server = agreed(connect(client_of_tls13(), holed("2022")));
    CHECK(as_server.verdict == Verdict::unknown);
    CHECK(asks(as_server, "is TLS 1.3 in effect on windows-server-2022? whether connections then use TLS 1.2 or fail is not certain", {}));
    Peer server = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 x25519"}}, {"TLS 1.3", {"TLS_AES_256_GCM_SHA384 x25519"}}});
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    CHECK(agreed(connect(holed("windows-11-23h2"), server)).verdict == Verdict::unknown);
    // With TLS 1.3 switched off there is no hole.
    Machine off = holed("2022");
    protocol(off, "TLS 1.3", Role::server, false);
    CHECK(dump(agreed(connect(client_of_tls13(), std::move(off)))).starts_with("agree TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
}

TEST_CASE("The reason of a certain disagreement is a step that fails whatever the rest comes to", "[handshake]") {
    // With an RSA certificate they would fail of the renegotiation, with another of the suite as well: it is the renegotiation.
    Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}});
    client.groups = {"secp256r1"};
    client.secure_renegotiation = Answer::no;
    Machine server = machine("2019");
    set(server, "", "AllowInsecureRenegoClients", 0);
    const Agreement agreement = agreed(connect(client, std::move(server)));
    CHECK(dump(agreement) == "disagree strict-renegotiation");
    CHECK(agreement.message.find("certificate") == std::string::npos);
    CHECK(agreement.at_fault == handshake::Side::client);
}

TEST_CASE("What fails of one thing or of another says both", "[handshake]") {
    // With an RSA key TLS_DHE is too short, with an ECDSA key nothing is common.
    Peer client = caller({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"}}});
    client.dh_min_bits = 4096;
    const Agreement agreement = agreed(connect(client, machine("2016")));
    CHECK(dump(agreement) == "disagree dh-too-short");
    CHECK(agreement.message.find(", or else no common cipher suite fits the server's certificate") != std::string::npos);
}

TEST_CASE("A list with a name that nobody knows never shows that nothing is common", "[handshake]") {
    Peer server = scanned({{"TLS 1.2", {"TLS_RSA_WITH_CAMELLIA_256_CBC_SHA"}}});
    CHECK(dump(agreed(connect(machine("2022"), server))) == "disagree no-common-suite");
    schannel::PeerSuite odd;
    odd.protocol = "TLS 1.2";
    odd.name = "TLS_BRAND_NEW_SUITE";
    server.suites.push_back(odd);
    const Agreement agreement = agreed(connect(machine("2022"), server));
    CHECK(dump(agreement) == "unknown no-common-suite");
    CHECK_FALSE(agreement.questions.empty());
    // A group is the same.
    Peer curves = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}});
    curves.certificates = {certificate("RSA", 2048, "SHA256")};
    curves.groups = {"brainpoolP512r1"};
    curves.groups_complete = true;
    CHECK(dump(agreed(connect(machine("2022"), curves))) == "disagree no-common-curve");
    curves.groups.emplace_back("curve of the year 2040");
    CHECK(dump(agreed(connect(machine("2022"), curves))) == "unknown no-common-curve");
}

TEST_CASE("Everything that was not looked at is named with an agreement", "[handshake]") {
    using handshake::Unchecked;
    const Agreement unnamed = agreed(connect(machine("2019"), tls12_only_server()));
    CHECK(unnamed.not_checked == std::vector<Unchecked>{Unchecked::trust, Unchecked::name, Unchecked::dates, Unchecked::revocation, Unchecked::program});
    CHECK(agreed(connect(program(machine("2019"), "winhttp"), tls12_only_server())).not_checked.back() == Unchecked::revocation);
    CHECK(agreed(connect(machine("2008-r2"), tls12_only_server())).not_checked.empty());
    CHECK(handshake::unchecked_name(Unchecked::dates) == "dates");
}
