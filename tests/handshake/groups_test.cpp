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

TEST_CASE("Before Windows 10 a server lists a suite once for each curve, and the client's curve decides", "[handshake]") {
    constexpr std::string_view cbc = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256";
    for (const char* curve : {"secp256r1", "secp384r1"}) {
        INFO(curve);
        CHECK(group(connect(client({curve}, cbc), server("2012-r2"))) == curve);
    }
}

TEST_CASE("Where a server of Windows lists a suite once for each curve, it is also named as Windows does", "[handshake]") {
    constexpr std::string_view cbc = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256";
    const auto windows_name = [](const Scene& scene) { return handshake::agree_briefly(scene.client(), scene.server()).handshake.windows_name; };
    CHECK(windows_name(connect(client({"secp384r1"}, cbc), server("2012-r2"))) == "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P384");
    CHECK(windows_name(connect(client({"secp384r1"}, cbc), server("2016"))).empty());
    Peer other = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 secp384r1"}}});
    other.certificates = {certificate("RSA", 2048, "SHA256")};
    CHECK(windows_name(connect(client({"secp384r1"}, cbc), other)).empty());
}

TEST_CASE("A finite-field group that a scan saw says how long it is", "[handshake]") {
    Peer device = caller({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA"}}});
    device.dh_min_bits = 3072;
    const Scene scene = connect(device, scanned({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA ffdhe2048"}}}));
    const Agreement agreement = handshake::agree_briefly(scene.client(), scene.server());
    CHECK(agreement.verdict == Verdict::disagree);
    CHECK(agreement.reason->id == "dh-too-short");
    CHECK(agreement.handshake.bits == 2048);
}

TEST_CASE("The curve in a suite's name is the client's own, not that of a server of which no suite is known", "[handshake]") {
    Peer open = scanned({{"TLS 1.2", {}}});
    for (schannel::PeerProtocol& protocol : open.protocols) protocol.suites_complete = false;
    open.groups = {"secp384r1"};
    open.groups_complete = true;
    const Scene scene = connect(machine("2012-r2"), open);
    for (const handshake::Handshake& each : handshake::agree_briefly(scene.client(), scene.server()).candidates) CHECK(each.group != "secp256r1");
}

TEST_CASE("Groups are met by any name, and one that nobody knows may be any curve", "[handshake]") {
    CHECK(group(connect(client({"P-256"}, aes128), server("2019"))) == "secp256r1");
    Peer other = scanned({{"TLS 1.2", {aes128}}});
    other.groups = {"secp521r1"};
    other.groups_complete = true;
    const auto dumped = [&] {
        const Scene scene = connect(client({"secp384r1"}, aes128), other);
        return dump(handshake::agree_briefly(scene.client(), scene.server()));
    };
    CHECK(dumped() == "disagree no-common-curve");
    other.groups.emplace_back("curve-of-2040");
    CHECK(dumped() == "unknown no-common-curve");
}

TEST_CASE("A finite-field group is one of TLS 1.3, and no curve of TLS 1.2", "[handshake]") {
    const auto dumped = [](std::string_view version, std::string_view suite) {
        Peer other = scanned({{version, {suite}}});
        other.certificates = {certificate("RSA", 2048, "SHA256")};
        other.groups = {"ffdhe2048"};
        other.groups_complete = true;
        const Scene scene = connect(client({"ffdhe2048"}, suite, version), other);
        return dump(handshake::agree_briefly(scene.client(), scene.server()));
    };
    CHECK(dumped("TLS 1.2", aes128) == "disagree no-common-curve");
    CHECK(dumped("TLS 1.3", "TLS_AES_128_GCM_SHA256") == "agree TLS 1.3 TLS_AES_128_GCM_SHA256 on ffdhe2048");
}
