// What is said of reasons that no offer shows.
#include "handshake/two_ends.hpp"

using namespace two_ends;
using handshake::Side;
using remedy::Fix;
using remedy::FixKind;

namespace {

std::vector<Fix> fixed(const Scene& scene) { return two_ends::fixes(scene, two_ends::diagnose(scene)); }

Scene with_client_certificate(const char* release) {
    Peer client = peer(Role::client, {{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}}, {"TLS 1.3", {"TLS_AES_128_GCM_SHA256"}}}, Preference::client);
    client.groups = {"secp256r1"};
    client.groups_complete = true;
    Machine server = machine(release);
    server.options.certificates = {certificate("RSA", 2048, "SHA256")};
    return connect(client, std::move(server));
}

/// The advice for a diagnosis that rests on that reason.
Fix advised(const Scene& scene, std::string_view reason) {
    handshake::Diagnosis diagnosis = two_ends::diagnose(scene);
    diagnosis.agreement.verdict = Verdict::unknown;
    diagnosis.agreement.reason = handshake::find_reason(reason);
    REQUIRE(diagnosis.agreement.reason != nullptr);
    const auto fixes = two_ends::fixes(scene, diagnosis);
    REQUIRE_FALSE(fixes.empty());
    return fixes.front();
}

}  // namespace

TEST_CASE("Tickets that live too long are shortened on the server, to seven days", "[remedy]") {
    Machine server = machine("2016");
    set(server, {}, "ServerCacheTime", 3600100000U);
    server.options.certificates = {certificate("RSA", 2048, "SHA256")};
    const auto fixes = fixed(with_error(connect(machine("11-24h2"), std::move(server)), "0x80090326"));
    const auto found = std::ranges::find(fixes, FixKind::profile, &Fix::kind);
    REQUIRE(found != fixes.end());
    CHECK(found->side == Side::server);
    REQUIRE(found->wanted.values.size() == 1);
    CHECK(found->wanted.values.front().name == "ServerCacheTime");
    CHECK(found->wanted.values.front().value == Value::dword(604800000));
    CHECK(found->reason->id == "ticket-lifetime");
    CHECK_FALSE(found->weakens);
}

TEST_CASE("A client certificate is asked for at connect where the two speak TLS 1.3, else the client needs one", "[remedy]") {
    const Fix late = advised(with_client_certificate("2022"), "client-certificate");
    CHECK(late.side == Side::server);
    CHECK(late.title == "Ask for the client certificate at connect, or turn TLS 1.3 off for that binding");
    CHECK(late.kind == FixKind::advice);
    const Fix early = advised(with_client_certificate("2019"), "client-certificate");
    CHECK(early.side == Side::client);
    CHECK(early.title.starts_with("Give the client a certificate that the server takes"));
}

TEST_CASE("Advice about one end names it, and advice about both does not", "[remedy]") {
    const Fix clock = advised(with_client_certificate("2019"), "certificate-not-valid");
    CHECK(clock.side == Side::server);
    CHECK(clock.title == "Renew the certificate, and look at both clocks (windows-server-2019)");
    const Fix way = advised(with_client_certificate("2019"), "interception");
    CHECK(way.side == Side::both);
    CHECK(way.title == "Try from the server's own network");
    CHECK(way.text == handshake::find_reason("interception")->remedy);
    const Fix device = advised(with_client_certificate("2019"), "closed-by-peer");
    CHECK(device.side == Side::client);
}

TEST_CASE("The fault of an update of October 2022 is answered by the one that corrects it on that release", "[remedy]") {
    const Scene scene = with_client_certificate("2022");
    handshake::Diagnosis diagnosis = two_ends::diagnose(scene);
    diagnosis.agreement.verdict = Verdict::unknown;
    diagnosis.agreement.reason = handshake::find_reason("october-2022-update");
    for (const Fix& fix : two_ends::fixes(scene, diagnosis)) {
        if (fix.kind == FixKind::update) CHECK(fix.updates == std::vector<std::string>{"KB5020436"});
    }
}

TEST_CASE("What only a device can do is asked of the end that is none of Windows, and of the one at fault where both are alike", "[remedy]") {
    Peer device = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 secp256r1"}}});
    device.certificates = {certificate("RSA", 2048, "SHA256")};
    CHECK(advised(connect(machine("2019"), device), "version-intolerance").side == Side::server);
    CHECK(advised(with_client_certificate("2019"), "version-intolerance").side == Side::client);
    for (const Side at_fault : {Side::client, Side::server}) {
        Machine server = machine("2019");
        server.options.certificates = {certificate("RSA", 2048, "SHA256")};
        const Scene scene = connect(machine("2022"), std::move(server));
        handshake::Diagnosis diagnosis = two_ends::diagnose(scene);
        diagnosis.agreement.verdict = Verdict::unknown;
        diagnosis.agreement.reason = handshake::find_reason("version-intolerance");
        diagnosis.agreement.at_fault = at_fault;
        const auto found = two_ends::fixes(scene, diagnosis);
        REQUIRE_FALSE(found.empty());
        CHECK(found.front().side == at_fault);
    }
}

TEST_CASE("A value that alone is to blame is put right before a device is asked to do anything", "[remedy]") {
    // The device could take another suite; on the machine one switch is off.
    Machine client = machine("2016");
    only_tls12(client);
    set(client, "Ciphers\\AES 256/256", "Enabled", 0);
    Peer server = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1"}}});
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    const auto found = fixed(connect(std::move(client), std::move(server)));
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().kind == FixKind::profile);
    CHECK(found.front().side == Side::client);
    CHECK(std::ranges::any_of(found, [](const Fix& fix) { return fix.side == Side::server && fix.kind == FixKind::advice; }));
}
