// Which group a handshake comes to, and of which it is not known.
#include "scenes.hpp"

using namespace two_ends;

namespace {

std::string group(const Scene& scene) { return handshake::agree_briefly(scene.client(), scene.server()).handshake.group; }

Peer client(std::initializer_list<std::string> groups, std::string_view suite, std::string_view version = "TLS 1.2") {
    Peer made = caller({{version, {suite}}});
    made.groups = groups;
    made.groups_complete = true;
    return made;
}

Machine server(std::string_view release) { return with_certificate(machine(release), certificate("RSA", 2048, "SHA256")); }

constexpr std::string_view aes256 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", aes128 = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

}  // namespace

TEST_CASE("A Schannel server takes secp384r1 with AES-256, and with AES-128 it is not known which shorter curve", "[handshake]") {
    for (const std::string_view release : {"2019", "2022", "windows-10-22h2"}) {
        INFO(release);
        CHECK(group(connect(client({"x25519", "secp256r1", "secp384r1", "secp521r1"}, aes256), server(release))) == "secp384r1");
        CHECK(group(connect(client({"x25519", "secp256r1", "secp384r1", "secp521r1"}, aes128), server(release))).empty());
        // One that both have alone is the one.
        CHECK(group(connect(client({"secp256r1", "secp521r1"}, aes128), server(release))) == "secp256r1");
        CHECK(group(connect(client({"x25519", "secp256r1"}, aes256), server(release))).empty());
    }
}

TEST_CASE("In TLS 1.3 the group is not known where more than one is common", "[handshake]") {
    CHECK(group(connect(client({"x25519", "secp256r1", "secp384r1"}, "TLS_AES_256_GCM_SHA384", "TLS 1.3"), server("2022"))).empty());
    CHECK(group(connect(client({"secp384r1"}, "TLS_AES_256_GCM_SHA384", "TLS 1.3"), server("2022"))) == "secp384r1");
}

TEST_CASE("With a list of curves that somebody made nobody knows which one Schannel takes", "[handshake]") {
    Machine machine = server("2019");
    machine.state.set_value(policy_key, "EccCurves", Value::multi_sz({"NistP384", "NistP256"}));
    CHECK(group(connect(client({"secp256r1", "secp384r1"}, aes256), std::move(machine))).empty());
}

TEST_CASE("Two lists in one order come to their first group with a server that is not Schannel", "[handshake]") {
    Peer other = scanned({{"TLS 1.2", {aes256}}});
    other.certificates = {certificate("RSA", 2048, "SHA256")};
    other.groups = {"secp256r1", "secp384r1"};
    other.groups_complete = true;
    CHECK(group(connect(client({"secp256r1", "secp384r1"}, aes256), other)) == "secp256r1");
    CHECK(group(connect(client({"secp384r1", "secp256r1"}, aes256), other)).empty());
}
