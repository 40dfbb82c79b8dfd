// Which causes of an error two ends rule out: those that something known excludes, and no other.
#include <algorithm>

#include "scenes.hpp"

using namespace two_ends;
using handshake::Cause;
using handshake::Fit;

namespace {

const Cause* cause(const handshake::Diagnosis& diagnosis, std::string_view id) {
    const auto found = std::ranges::find_if(diagnosis.causes, [id](const Cause& each) { return each.reason->id == id; });
    return found == diagnosis.causes.end() ? nullptr : &*found;
}

std::string fit(const handshake::Diagnosis& diagnosis, std::string_view id) {
    const Cause* found = cause(diagnosis, id);
    return found == nullptr ? "not among them" : std::string(handshake::fit_name(found->fit));
}

bool asks(const handshake::Diagnosis& diagnosis, std::string_view text, std::string_view command) {
    return std::ranges::any_of(diagnosis.agreement.questions, [&](const handshake::Question& each) {
        return each.text.find(text) != std::string::npos && each.command.find(command) != std::string::npos;
    });
}

Machine rsa(std::string_view release) { return with_certificate(machine(release), certificate("RSA", 2048, "SHA256")); }

Peer web_server() {
    Peer server = tls12_only_server();
    server.tool.clear();
    server.host = "web.example";
    server.port = 443;
    server.groups = {"secp256r1"};
    return server;
}

}  // namespace

TEST_CASE("The last cause that is left is a suspicion, with the question that would settle it", "[handshake]") {
    const auto diagnosis = two_ends::diagnose(with_error(connect(machine("2016"), web_server()), "0x8009030D"));
    CHECK(dump(diagnosis.agreement) == "unknown private-key");
    CHECK(diagnosis.agreement.message.find("not known: the two would agree on TLS 1.2") == 0);
    CHECK(diagnosis.agreement.message.find("perhaps the private key of a certificate cannot be used") != std::string::npos);
    CHECK(asks(diagnosis, "may its account read the private key?", "certutil -v -store My"));
}

TEST_CASE("What a program asks for is not known until somebody says which program it is", "[handshake]") {
    Machine client = machine("2016");
    only_tls12(client);
    const auto unnamed = two_ends::diagnose(with_error(connect(std::move(client), web_server()),
                                                       "A fatal error occurred while creating a TLS client credential. The internal error state is 10013."));
    CHECK(dump(unnamed.agreement) == "unknown app-protocols");
    CHECK(unnamed.causes.front().why.find("which program connects") != std::string::npos);
    CHECK(fit(unnamed, "no-protocol-left") == "possible");
    CHECK(asks(unnamed, "which program is it on windows-server-2016", "reg query"));
    Machine named = machine("2016");
    only_tls12(named);
    const auto by_name = two_ends::diagnose(with_error(connect(program(std::move(named), "schannel"), web_server()), "36871"));
    CHECK(fit(by_name, "app-protocols") == "ruled-out");
    CHECK(fit(by_name, "no-protocol-left") == "ruled-out");
    // A server machine has no program above Schannel that chooses.
    Peer client_peer = tls12_only_client();
    CHECK(fit(two_ends::diagnose(with_error(connect(client_peer, rsa("2016")), "alert 70")), "app-protocols") == "ruled-out");
}

TEST_CASE("A certificate that is not known rules out neither its kind nor the suites and curves that depend on it", "[handshake]") {
    const auto unknown = two_ends::diagnose(with_error(connect(machine("2019"), machine("2022")), "36874"));
    CHECK(fit(unknown, "certificate-type") == "possible");
    CHECK(fit(unknown, "no-common-suite") == "possible");
    CHECK(fit(unknown, "no-common-curve") == "possible");
    CHECK(asks(unknown, "an RSA or an ECDSA key", "ssl-cert"));
    const auto known = two_ends::diagnose(with_error(connect(machine("2019"), rsa("2022")), "36874"));
    CHECK(fit(known, "certificate-type") == "ruled-out");
    CHECK(fit(known, "no-common-suite") == "ruled-out");
    CHECK(fit(known, "no-common-curve") == "ruled-out");
    Machine keyless = machine("2022");
    PeerCertificate part = certificate("RSA", 0, {});
    const auto partly = two_ends::diagnose(with_error(connect(machine("2019"), with_certificate(std::move(keyless), part)), "0x80090326"));
    CHECK(fit(partly, "certificate-key-too-short") == "possible");
    CHECK(fit(partly, "certificate-signature-hash") == "possible");
    const auto whole = two_ends::diagnose(with_error(connect(machine("2019"), rsa("2022")), "0x80090326"));
    CHECK(fit(whole, "certificate-key-too-short") == "ruled-out");
    CHECK(fit(whole, "certificate-signature-hash") == "ruled-out");
    CHECK(fit(whole, "no-common-signature") == "ruled-out");
}

TEST_CASE("Secure renegotiation is suspected only where an end may insist and the other may lack it", "[handshake]") {
    Peer server = web_server();
    // This Windows does not insist, and it has what the server may insist on.
    CHECK(fit(two_ends::diagnose(with_error(connect(machine("windows-10-21h2"), server), "0x80090326")), "strict-renegotiation") == "ruled-out");
    Machine strict = machine("windows-10-21h2");
    set(strict, "", "AllowInsecureRenegoServers", 0);
    CHECK(fit(two_ends::diagnose(with_error(connect(std::move(strict), server), "0x80090326")), "strict-renegotiation") == "possible");
    Machine relieved = machine("windows-10-21h2");
    set(relieved, "", "AllowInsecureRenegoServers", 0);
    server.secure_renegotiation = Answer::yes;
    CHECK(fit(two_ends::diagnose(with_error(connect(std::move(relieved), server), "0x80090326")), "strict-renegotiation") == "ruled-out");
    // And the other way round.
    Machine insisting = rsa("2019");
    set(insisting, "", "AllowInsecureRenegoClients", 0);
    CHECK(fit(two_ends::diagnose(with_error(connect(tls12_only_client(), std::move(insisting)), "0x80090326")), "strict-renegotiation") == "possible");
}

TEST_CASE("A key in a provider of the old CryptoAPI is a cause on Windows clients from TLS 1.2 on", "[handshake]") {
    const auto windows = two_ends::diagnose(with_error(connect(machine("windows-11-22h2"), web_server()), "0x80090331"));
    CHECK(fit(windows, "legacy-key-provider") == "possible");
    CHECK(asks(windows, "a key in a provider of the old CryptoAPI", "certutil -v -store My"));
    CHECK(fit(two_ends::diagnose(with_error(connect(tls12_only_client(), rsa("2019")), "0x80090331")), "legacy-key-provider") == "ruled-out");
    Peer old = scanned({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    CHECK(fit(two_ends::diagnose(with_error(connect(machine("2016"), old), "0x80090331")), "legacy-key-provider") == "ruled-out");
}

TEST_CASE("Session tickets are a cause where they live longer than seven days", "[handshake]") {
    const auto with_cache_time = [](std::uint32_t ms) {
        Machine server = rsa("2016");
        set(server, "", "ServerCacheTime", ms);
        return two_ends::diagnose(with_error(connect(machine("windows-11-24h2"), std::move(server)), "0x80090326"));
    };
    const auto longer = with_cache_time(604800001);
    CHECK(fit(longer, "ticket-lifetime") == "shown");
    CHECK(dump(longer.agreement) == "unknown ticket-lifetime");
    CHECK(longer.causes.front().why.find("604800001 milliseconds") != std::string::npos);
    CHECK(fit(with_cache_time(604800000), "ticket-lifetime") == "ruled-out");
    CHECK(fit(two_ends::diagnose(with_error(connect(machine("2016"), web_server()), "0x80090326")), "ticket-lifetime") == "possible");
}

TEST_CASE("How long tickets live is said of a server that reads the value", "[handshake]") {
    CHECK(remedy::make_end(machine("2016"), Role::server).ticket_lifetime_ms == 36000000);
    CHECK_FALSE(remedy::make_end(machine("2016"), Role::client).ticket_lifetime_ms);
    CHECK_FALSE(remedy::make_end(machine("windows-server-2003"), Role::server).ticket_lifetime_ms);
}

TEST_CASE("The updates of October 2022 concern the releases that got them", "[handshake]") {
    const auto of = [](std::string_view release) { return fit(two_ends::diagnose(with_error(connect(machine(release), web_server()), "0x80090326")), "october-2022-update"); };
    CHECK(of("windows-10-21h2") == "possible");
    CHECK(of("2019") == "possible");
    CHECK(of("windows-11-21h2") == "possible");
    CHECK(of("2012-r2") == "ruled-out");
    CHECK(of("2025") == "ruled-out");
}

TEST_CASE("A message of a stack that is not Schannel rules out nothing by Schannel's limits", "[handshake]") {
    Peer server = printer(1024, true);
    const auto firefox = two_ends::diagnose(with_error(connect(machine("windows-10-1607"), server), "SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY"));
    CHECK(dump(firefox.agreement) == "unknown dh-too-short");
    CHECK(firefox.causes.front().why.find("the message comes from Firefox, which is not Schannel") != std::string::npos);
    const auto java = two_ends::diagnose(with_error(connect(machine("2016"), server), "javax.net.ssl.SSLHandshakeException: DH ServerKeyExchange does not comply to algorithm constraints"));
    CHECK(fit(java, "dh-too-short") == "possible");
    // By its own error Schannel's limits do rule it out.
    const auto schannel = two_ends::diagnose(with_error(connect(machine("windows-10-1607"), server), "0x80090326"));
    CHECK(fit(schannel, "dh-too-short") == "ruled-out");
    CHECK(handshake::foreign_stack(*handshake::read_symptom("ERR_SSL_PROTOCOL_ERROR")) == "Chrome or Edge");
    CHECK(handshake::foreign_stack(*handshake::read_symptom("0x80090326")).empty());
    CHECK(handshake::foreign_stack(*handshake::read_symptom("36887:40")).empty());
}

TEST_CASE("Every cause has its question or is one that nothing could be asked about", "[handshake]") {
    for (const handshake::KnownMessage& message : handshake::known_messages()) {
        const auto symptom = handshake::read_symptom(message.text);
        REQUIRE(symptom);
        if (symptom->causes.empty()) continue;
        INFO(message.text);
        const Scene scene = connect(machine("2019"), web_server());
        const auto diagnosis = handshake::diagnose(scene.client(), scene.server(), &*symptom);
        if (diagnosis.agreement.verdict != Verdict::unknown) continue;
        CHECK_FALSE(diagnosis.agreement.questions.empty());
        for (std::size_t at = 0; at < diagnosis.agreement.questions.size(); ++at) {
            const auto& one = diagnosis.agreement.questions[at];
            CHECK(one.text.find("{}") == std::string::npos);
            for (std::size_t other = at + 1; other < diagnosis.agreement.questions.size(); ++other) {
                CHECK_FALSE((one.side == diagnosis.agreement.questions[other].side && one.text == diagnosis.agreement.questions[other].text));
            }
        }
    }
}

TEST_CASE("Each cause that a message can have is shown, left or ruled out by what is known, and says by what", "[handshake]") {
    struct Row {
        std::string_view text, cause, expected;
        Scene scene;
    };
    const auto with_suites = [](std::string_view protocol, std::string_view suite) {
        Peer server = scanned({{protocol, {suite}}});
        server.certificates = {certificate("RSA", 2048, "SHA256")};
        server.groups_complete = true;
        return server;
    };
    const Peer ecdhe = with_suites("TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1"), cbc = with_suites("TLS 1.2", "TLS_RSA_WITH_AES_128_CBC_SHA");
    const Peer dhe = with_suites("TLS 1.2", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048"), old = with_suites("TLS 1.0", "TLS_RSA_WITH_AES_128_CBC_SHA");
    const Peer newest = with_suites("TLS 1.3", "TLS_AES_256_GCM_SHA384 secp256r1");
    Peer silent = schannel::unknown_peer(Role::server);
    constexpr std::string_view http2 = "ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY", dh = "36888 51", mac = "bad_record_mac";
    constexpr std::string_view version = "version-intolerance", master = "extended-master-secret";
    std::vector<Row> rows;
    const auto row = [&](std::string_view text, std::string_view cause, std::string_view expected, Scene scene) { rows.push_back({text, cause, expected, std::move(scene)}); };
    row(http2, "http2-suite-order", "possible: the message comes from Chrome or Edge, which is not Schannel and has limits of its own", connect(machine("2019"), ecdhe));
    row(http2, "http2-suite-order", "ruled-out: the suite that is picked is allowed", connect(tls12_only_client(), with_suites("TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 secp256r1")));
    row(http2, "http2-suite-order", "shown: TLS_RSA_WITH_AES_128_CBC_SHA is on the blocklist of HTTP/2", connect(machine("2019"), cbc));
    row(http2, "http2-suite-order", "possible: TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, which may be picked, is on the blocklist of HTTP/2", connect(machine("2019"), silent));
    row(dh, "broken-dh", "possible: the server would pick TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", connect(machine("2019"), dhe));
    row(dh, "broken-dh", "ruled-out: no TLS_DHE suite would be picked", connect(machine("2019"), ecdhe));
    row(dh, "broken-dh", "ruled-out: both ends are Windows", connect(rsa("2019"), rsa("2019")));
    row(mac, version, "ruled-out: the handshake would not be TLS 1.2 or newer", connect(machine("2016"), old));
    row(mac, version, "possible: the handshake would be TLS 1.2, which one end only claims to speak", connect(machine("2016"), ecdhe));
    row(mac, version, "ruled-out: both ends are Windows", connect(rsa("2019"), rsa("2019")));
    row(mac, master, "ruled-out: TLS 1.3 always has it", connect(machine("2022"), newest));
    row(mac, master, "possible: whether the other end has the extension is not known", connect(machine("2019"), ecdhe));
    row(mac, master, "ruled-out: no Windows end insists on it", connect(caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}}), cbc));
    Peer no_hash = ecdhe;
    no_hash.certificates.front().signature_hash.clear();
    row("A call to SSPI failed, see inner exception.", "certificate-key-too-short", "ruled-out: what both ends offer agrees on that", connect(machine("2019"), no_hash));
    for (Row& each : rows) {
        INFO(each.text << ' ' << each.cause << ' ' << each.expected);
        const auto diagnosis = two_ends::diagnose(with_error(std::move(each.scene), each.text));
        const Cause* found = cause(diagnosis, each.cause);
        CHECK((found == nullptr ? std::string("not among them") : std::string(handshake::fit_name(found->fit)) + ": " + found->why) == each.expected);
    }
}
