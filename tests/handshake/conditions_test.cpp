// What an agreement takes for granted is said, each thing as far as it is not known.
#include <algorithm>

#include "scenes.hpp"

using namespace two_ends;

namespace {

bool provides(const Scene& scene, std::string_view text) {
    const Agreement agreement = handshake::agree(scene.client(), scene.server());
    return std::ranges::any_of(agreement.provided, [text](const std::string& each) { return each.find(text) != std::string::npos; });
}

Peer server_with(PeerCertificate certificate) {
    Peer server = scanned({{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 secp256r1", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 secp256r1"}}});
    if (certificate.key_type == "RSA") server.suites.erase(server.suites.begin());
    if (certificate.key_type == "ECDSA") server.suites.pop_back();
    server.certificates = {std::move(certificate)};
    return server;
}

}  // namespace

TEST_CASE("What is not known of a certificate is taken for granted and said", "[handshake]") {
    const auto says = [](PeerCertificate certificate, std::string_view text) { return provides(connect(machine("2016"), server_with(std::move(certificate))), text); };
    CHECK(says(certificate("ECDSA", 256, "SHA256"), "of the server's certificate its curve is not known"));
    CHECK_FALSE(says(certificate("ECDSA", 256, "SHA256", "secp256r1"), "of the server's certificate"));
    CHECK(says(certificate("RSA", 0, ""), "the length of its key and the hash that it is signed with are not known"));
    CHECK_FALSE(says(certificate("RSA", 2048, "SHA256"), "of the server's certificate"));
    CHECK(says(certificate("", 0, "SHA256"), "the kind of its key"));
    Peer unseen = server_with(certificate("RSA", 2048, "SHA256"));
    unseen.certificates.clear();
    CHECK(provides(connect(machine("2016"), unseen), "the server's certificate is not known"));
    for (const auto& shown : {certificate("RSA", 2048, ""), certificate("", 0, "SHA256")}) {
        CHECK(provides(connect(with_certificate(machine("2016"), shown), server_with(certificate("RSA", 2048, "SHA256"))), "of the client's certificate"));
    }
}

TEST_CASE("A machine whose list has suites for ECDSA keys alone is taken to have one where that does, and it is said", "[handshake]") {
    const auto with_list = [](Peer client) {
        Machine server = machine("2019");
        server.state.set_value(policy_key, "Functions", Value::sz("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));
        client.groups = {"secp384r1"};
        return connect(std::move(client), std::move(server));
    };
    const Scene takes = with_list(caller({{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}}));
    CHECK(dump(handshake::agree(takes.client(), takes.server())).starts_with("agree TLS 1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));
    CHECK(provides(takes, "the server's certificate has an ECDSA key"));
    const Scene refuses = with_list(caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}}));
    CHECK(handshake::agree(refuses.client(), refuses.server()).verdict == Verdict::disagree);
    CHECK_FALSE(provides(refuses, "the server's certificate has an ECDSA key"));
}

TEST_CASE("An ECDSA key of 521 bits is on secp521r1, whatever the scan leaves out", "[handshake]") {
    const Scene scene = connect(machine("windows-10-1607"), server_with(certificate("ECDSA", 521, "SHA256")));
    const Agreement agreement = handshake::agree(scene.client(), scene.server());
    CHECK(dump(agreement) == "disagree no-common-curve");
    CHECK(agreement.message.find("secp521r1") != std::string::npos);
    const Scene described = connect(machine("windows-10-1607"), server_with(certificate("ECDSA", 521, "SHA256", "secp521r1")));
    CHECK(dump(handshake::agree(described.client(), described.server())) == dump(agreement));
}

TEST_CASE("Limits of a client that nobody wrote down are taken for granted and said", "[handshake]") {
    Peer client = caller({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"}}});
    client.dh_min_bits = client.dh_max_bits = client.rsa_min_bits = client.rsa_max_bits = 0;
    client.signature_hashes.clear();
    client.signature_hashes_complete = false;
    const auto at = [](const Peer& peer) { return connect(peer, with_certificate(machine("2016"), certificate("RSA", 2048, "SHA256"))); };
    CHECK(provides(at(client), "which Diffie-Hellman groups the client takes is not known: it takes 2048 bits"));
    CHECK(provides(at(client), "it takes RSA keys of that length, the hash that the certificate is signed with and a signature"));
    client.dh_min_bits = 1024;
    client.dh_max_bits = 8192;
    client.rsa_min_bits = 1024;
    client.signature_hashes = {"SHA256"};
    client.signature_hashes_complete = true;
    CHECK_FALSE(provides(at(client), "which Diffie-Hellman groups"));
    CHECK_FALSE(provides(at(client), "what the client takes of certificates"));
}

TEST_CASE("The signature of the key exchange is that of the certificate, where there is one, or of the suite", "[handshake]") {
    const auto signature = [](std::string_view version, std::string_view suite, const std::vector<PeerCertificate>& certificates) {
        Peer server = scanned({{version, {suite}}});
        server.certificates = certificates;
        const Scene scene = connect(machine("2022"), std::move(server));
        return handshake::agree_briefly(scene.client(), scene.server()).handshake.signature;
    };
    constexpr std::string_view newest = "TLS_AES_256_GCM_SHA384 secp384r1";
    const PeerCertificate rsa = certificate("RSA", 2048, "SHA256"), ecdsa = certificate("ECDSA", 384, "SHA256", "secp384r1");
    CHECK(signature("TLS 1.3", newest, {ecdsa}) == "ECDSA");
    CHECK(signature("TLS 1.3", newest, {rsa}) == "RSA");
    CHECK(signature("TLS 1.3", newest, {rsa, ecdsa}).empty());
    CHECK(signature("TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp384r1", {rsa, ecdsa}) == "RSA");
    CHECK(signature("TLS 1.2", "TLS_RSA_WITH_AES_256_GCM_SHA384", {rsa}).empty());
}
