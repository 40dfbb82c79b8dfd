#include <algorithm>
#include <set>

#include "scenes.hpp"

using namespace two_ends;
using remedy::Fix;

namespace {

struct Row {
    std::string_view answer;
    Scene scene;
};

Peer modern_server() {
    Peer server = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1"}}});
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    return server;
}

Machine rsa_server(std::string_view release, std::initializer_list<std::string> updates = {}) {
    return with_certificate(machine(release, updates), certificate("RSA", 2048, "SHA256"));
}

/// Two ends that would agree, and fail all the same.
Scene failing(std::string_view symptom) { return with_error(connect(machine("2019"), modern_server()), symptom); }

std::vector<Row> rows() {
    std::vector<Row> all;
    const auto add = [&](std::string_view answer, Scene scene) { all.push_back({answer, std::move(scene)}); };
    {
        Peer silent = schannel::unknown_peer(Role::server);
        silent.tool = "nmap";
        silent.tls_answered = false;
        add("unknown no-answer", connect(machine("2019"), silent));
    }
    add("unknown not-tls", [] {
        Peer server = modern_server();
        server.tool.clear();
        server.groups_complete = true;
        return with_error(connect(machine("2019"), server), "SSL_ERROR_RX_RECORD_TOO_LONG");
    }());
    {
        Machine client = machine("2012-r2");
        for (const char* each : {"SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"}) protocol(client, each, Role::client, false);
        add("disagree no-protocol-left", connect(std::move(client), modern_server()));
    }
    add("unknown private-key", failing("Event 36870"));
    add("unknown access-denied", failing("access_denied"));
    {
        Machine client = machine("2016");
        protocol(client, "TLS 1.1", Role::client, false);
        add("disagree version-hole", connect(std::move(client), scanned({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}, {"TLS 1.1", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}})));
    }
    {
        Machine server = rsa_server("2019");
        protocol(server, "TLS 1.3", Role::server, true);
        Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}, {"TLS 1.3", {"TLS_AES_256_GCM_SHA384"}}});
        client.groups = {"secp384r1"};
        add("unknown early-tls13", connect(client, std::move(server)));
    }
    add("disagree no-common-suite", connect(machine("2022"), scanned({{"TLS 1.2", {"TLS_RSA_WITH_CAMELLIA_256_CBC_SHA"}}})));
    {
        Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}}});
        client.groups = {"secp256r1"};
        add("disagree certificate-type", connect(client, rsa_server("2019")));
    }
    {
        Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}});
        client.groups = {"secp521r1"};
        add("disagree no-common-curve", connect(client, rsa_server("2019")));
    }
    {
        Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}}});
        client.groups = {"secp256r1"};
        add("disagree no-common-curve", connect(client, with_certificate(machine("2019"), certificate("ECDSA", 521, "SHA256", "secp521r1"))));
    }
    {
        Peer client = caller({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"}}});
        client.dh_max_bits = 1024;
        add("disagree dh-too-long", connect(client, rsa_server("2016")));
    }
    add("disagree dh-too-short", connect(machine("windows-10-1507"), scanned({{"TLS 1.0", {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA dh768"}}})));
    {
        Peer server = modern_server();
        server.certificates = {certificate("RSA", 512, "SHA256")};
        add("disagree certificate-key-too-short", connect(machine("2016"), server));
    }
    {
        Peer client = tls12_only_client();
        client.signature_hashes = {"SHA1", "SHA256"};
        Peer server = tls12_only_server();
        server.groups_complete = true;
        server.tool.clear();
        server.handshake_signatures = {"RSA+SHA512"};
        server.handshake_signatures_complete = true;
        add("disagree no-common-signature", connect(client, server));
    }
    add("unknown certificate-not-trusted", failing("0x80090325"));
    add("unknown certificate-not-valid", failing("SEC_E_CERT_EXPIRED"));
    add("unknown certificate-revoked", failing("CRYPT_E_REVOKED"));
    add("unknown certificate-name", failing("ERR_CERT_COMMON_NAME_INVALID"));
    add("unknown client-certificate", failing("36875"));
    add("unknown certificate-rejected", failing("alert 46"));
    {
        Machine client = machine("2012-r2");
        set(client, "", "AllowInsecureRenegoServers", 0);
        Peer server = tls12_only_server();
        server.secure_renegotiation = Answer::no;
        add("disagree strict-renegotiation", connect(std::move(client), server));
    }
    {
        Machine server = rsa_server("2019");
        set(server, "", "AllowInsecureRenegoClients", 0);
        Peer client = tls12_only_client();
        client.secure_renegotiation = Answer::no;
        add("disagree strict-renegotiation", connect(client, std::move(server)));
    }
    {
        Peer server = modern_server();
        server.extended_master_secret = Answer::no;
        add("unknown extended-master-secret", with_error(connect(machine("2019"), server), "0x8009030F"));
    }
    add("unknown dhe-leading-zero", with_error(connect(rsa_server("2012-r2"), rsa_server("2016")), "SEC_E_DECRYPT_FAILURE"));
    add("disagree http2-suite-order", with_error(connect(tls12_only_client(), [] {
            Machine server = rsa_server("2016");
            server.state.set_value(policy_key, "Functions", Value::sz("TLS_RSA_WITH_AES_128_CBC_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
            return server;
        }()), "net::ERR_SPDY_INADEQUATE_TRANSPORT_SECURITY"));
    add("unknown no-application-protocol", failing("alert 120"));
    add("unknown fips-mode", failing("This implementation is not part of the Windows Platform FIPS validated cryptographic algorithms."));
    add("unknown interception", failing("SEC_E_OUT_OF_SEQUENCE"));
    add("unknown closed-by-peer", [] {
        Peer server = scanned({{"TLS 1.1", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
        server.certificates = {certificate("RSA", 2048, "SHA256")};
        return with_error(connect(machine("2016"), server), "An existing connection was forcibly closed by the remote host");
    }());
    return all;
}

}  // namespace

TEST_CASE("Every reason is reached by two ends or by what they report", "[handshake]") {
    std::set<std::string_view> reached;
    for (const NamedScene& each : scenes()) reached.insert(each.reason);
    for (const Row& row : rows()) {
        const auto diagnosis = two_ends::diagnose(row.scene);
        INFO(row.answer << ": " << diagnosis.agreement.message);
        CHECK(dump(diagnosis.agreement) == row.answer);
        if (diagnosis.agreement.reason != nullptr) reached.insert(diagnosis.agreement.reason->id);
    }
    // Some are about nothing that an end shows: only what is reported leads to them.
    for (const handshake::KnownMessage& message : handshake::known_messages()) {
        const auto symptom = handshake::read_symptom(message.text);
        REQUIRE(symptom);
        for (const handshake::Reason* cause : symptom->causes) reached.insert(cause->id);
    }
    for (const handshake::Reason& reason : handshake::reasons()) {
        INFO(reason.id);
        CHECK(reached.contains(reason.id));
    }
}

TEST_CASE("Fixes of every reason fix it where they can be tried", "[handshake]") {
    for (const Row& row : rows()) {
        const auto diagnosis = two_ends::diagnose(row.scene);
        INFO(row.answer);
        const auto fixes = two_ends::fixes(row.scene, diagnosis);
        CHECK_FALSE(fixes.empty());
        for (const Fix& fix : fixes) {
            INFO(remedy::fix_kind_name(fix.kind) << " at " << handshake::side_name(fix.side) << ": " << fix.title);
            if (fix.weakens) CHECK_FALSE(fix.risk.empty());
            if (fix.kind == remedy::FixKind::advice) continue;
            End client = row.scene.client(), server = row.scene.server();
            const auto change = [&](handshake::Side side, const std::unique_ptr<Machine>& of, Role role, End& end) {
                if (fix.side != side && fix.side != handshake::Side::both) return;
                if (of) {
                    end = remedy::make_end(remedy::with_fix(*of, fix), role);
                } else {
                    end.peer = remedy::with_fix(end.peer, fix);
                }
            };
            change(handshake::Side::client, row.scene.client_machine, Role::client, client);
            change(handshake::Side::server, row.scene.server_machine, Role::server, server);
            CHECK(dump(handshake::agree(client, server)).starts_with("agree "));
        }
    }
}

TEST_CASE("Reasons are rows with an id, what they mean, what helps and who says so", "[handshake]") {
    std::set<std::string_view> ids;
    handshake::Stage last = handshake::Stage::reach;
    for (const handshake::Reason& reason : handshake::reasons()) {
        INFO(reason.id);
        CHECK(ids.insert(reason.id).second);
        CHECK(handshake::find_reason(reason.id) == &reason);
        CHECK_FALSE(reason.title.empty());
        CHECK_FALSE(reason.title.ends_with('.'));
        CHECK(reason.meaning.ends_with('.'));
        CHECK(reason.remedy.ends_with('.'));
        CHECK_FALSE(reason.source.empty());
        CHECK(reason.stage >= last);
        last = reason.stage;
    }
    CHECK(handshake::find_reason("No-Common-Suite")->id == "no-common-suite");
    CHECK(handshake::find_reason("no-common") == nullptr);
}

TEST_CASE("Lengths of RSA keys are known to hold for RSA key exchange, and for other suites they leave it open", "[handshake]") {
    const auto with_minimum = [](std::string_view suite) {
        Machine client = machine("2022");
        set(client, "KeyExchangeAlgorithms\\PKCS", "ClientMinKeyBitLength", 3072);
        client.state.set_value(policy_key, "Functions", Value::sz(suite));
        only_tls12(client);
        protocol(client, "TLS 1.3", Role::client, false);
        return diagnose(connect(std::move(client), rsa_server("2022"))).agreement;
    };
    CHECK(dump(with_minimum("TLS_RSA_WITH_AES_128_GCM_SHA256")) == "disagree certificate-key-too-short");
    CHECK(dump(with_minimum("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")) == "unknown certificate-key-too-short");
    // Below 1024 bits chains block the key anyhow.
    const auto first_question = [](int bits) {
        Machine client = machine("2022");
        set(client, "KeyExchangeAlgorithms\\PKCS", "ClientMinKeyBitLength", 2048);
        Peer server = tls12_only_server();
        server.certificates = {certificate("RSA", bits, "SHA256")};
        return diagnose(connect(std::move(client), server)).agreement.questions.front().text;
    };
    CHECK(first_question(1024).find("for RSA key exchange alone") != std::string::npos);
}
