#include <algorithm>

#include "scenes.hpp"

using namespace two_ends;
using handshake::Question;

namespace {

Agreement agreed(const Scene& scene) { return handshake::agree(scene.client(), scene.server()); }

bool asks(const Agreement& agreement, std::string_view text, std::string_view command = {}) {
    return std::ranges::any_of(agreement.questions, [&](const Question& question) {
        return question.text.find(text) != std::string::npos && question.command.find(command) != std::string::npos;
    });
}

Machine rsa_server(std::string_view release) { return with_certificate(machine(release), certificate("RSA", 2048, "SHA256")); }

}  // namespace

TEST_CASE("Where a protocol was not tested the answer is unknown, with the nmap command that tells", "[handshake]") {
    Peer server = schannel::unknown_peer(Role::server);
    server.host = "files.example";
    server.port = 8443;
    const Agreement agreement = agreed(connect(machine("2019"), server));
    CHECK(dump(agreement) == "unknown no-common-protocol");
    CHECK(asks(agreement, "does files.example:8443 speak", "nmap -Pn -p 8443 --script ssl-enum-ciphers -oX scan.xml files.example"));
}

TEST_CASE("A host that is not a name is never put into a command", "[handshake]") {
    for (const char* host : {"$(reboot)", "-oN", "a b", "a;b", "a\nb", ""}) {
        INFO(host);
        Peer server = schannel::unknown_peer(Role::server);
        server.host = host;
        const Agreement agreement = agreed(connect(machine("2019"), server));
        REQUIRE_FALSE(agreement.questions.empty());
        for (const Question& question : agreement.questions) CHECK(question.command.ends_with(" HOST"));
    }
    const auto with_host = [](std::size_t length) {
        Peer server = schannel::unknown_peer(Role::server);
        server.host = std::string(length, 'a');
        return agreed(connect(machine("2019"), server));
    };
    CHECK(asks(with_host(253), "speak", "scan.xml aaa"));
    CHECK(asks(with_host(254), "speak", "scan.xml HOST"));
    Peer six = schannel::unknown_peer(Role::server);
    six.host = "2001:db8::1";
    CHECK(asks(agreed(connect(machine("2019"), six)), "speak", "nmap -6 -Pn -p PORT"));
}

TEST_CASE("An older protocol that is not known does not matter where a newer one is common", "[handshake]") {
    Peer server = tls12_only_server();
    for (schannel::PeerProtocol& protocol : server.protocols) {
        if (protocol.name < "TLS 1.2") protocol.offered = Answer::unknown;
    }
    CHECK(dump(agreed(connect(machine("2019"), server))) == "agree TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
}

TEST_CASE("A scan that did not look for TLS 1.3 leaves the protocol open, not the verdict", "[handshake]") {
    Peer server = tls12_only_server();
    for (schannel::PeerProtocol& protocol : server.protocols) {
        if (protocol.name != "TLS 1.3") continue;
        protocol.offered = Answer::unknown;
        protocol.suites_complete = false;
    }
    const Agreement agreement = agreed(connect(machine("2022"), server));
    CHECK(dump(agreement) == "agree ? ?");
    REQUIRE(agreement.candidates.size() == 2);
    CHECK(agreement.candidates[0].protocol == "TLS 1.3");
    CHECK(agreement.candidates[1].suite_name == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    CHECK(agreement.provided.size() == 1);
    // A client without TLS 1.3 does not mind.
    CHECK(dump(agreed(connect(machine("2019"), server))) == "agree TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
}

TEST_CASE("What sources disagree about is unknown, and both sources are named", "[handshake]") {
    Peer server = scanned({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    const Scene scene = connect(machine("2025"), server);
    const Agreement agreement = agreed(scene);
    CHECK(dump(agreement) == "unknown no-common-protocol");
    CHECK(asks(agreement, "is TLS 1.0 in effect on windows-server-2025?"));
    CHECK(asks(agreement, "removed-deprecated-features"));
    // Written down it is sure.
    const auto fixes = two_ends::fixes(scene, two_ends::diagnose(scene));
    REQUIRE_FALSE(fixes.empty());
    CHECK(std::ranges::any_of(fixes, [](const remedy::Fix& fix) { return fix.title == "Enable TLS 1.0 for connections that this machine makes"; }));
}

TEST_CASE("What a switched-off hash or key exchange does beyond its suites is unknown, until it is on again", "[handshake]") {
    struct Row {
        std::string_view below, question, fix;
    };
    for (const Row& row : {Row{"Hashes\\SHA256", "is SHA256 in effect", "Switch SHA256 on again"},
                           Row{"KeyExchangeAlgorithms\\PKCS", "Perhaps it is blocked: authentication PKCS", "Switch PKCS on again"}}) {
        INFO(row.below);
        const Scene scene = connect(switched_off(machine("2019"), row.below), tls12_only_server());
        const auto diagnosis = two_ends::diagnose(scene);
        CHECK(diagnosis.agreement.verdict == Verdict::unknown);
        CHECK(asks(diagnosis.agreement, row.question));
        const auto fixes = two_ends::fixes(scene, diagnosis);
        REQUIRE(fixes.size() == 1);
        CHECK(fixes.front().title == row.fix);
    }
    // In FIPS mode AES is allowed, whatever the oldest page says.
    Machine fips = machine("2019");
    fips.state.set_value(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy"), "Enabled", Value::dword(1));
    CHECK(agreed(connect(std::move(fips), tls12_only_server())).verdict == Verdict::agree);
}

TEST_CASE("Only what was asked is enabled: Enabled = 1 alone is not known to be enough on 2008 R2", "[handshake]") {
    Machine client = machine("2008-r2");
    set(client, "Protocols\\TLS 1.2\\Client", "Enabled", 1);
    const Scene scene = connect(std::move(client), tls12_only_server());
    const auto diagnosis = two_ends::diagnose(scene);
    CHECK(dump(diagnosis.agreement) == "unknown no-common-protocol");
    CHECK(asks(diagnosis.agreement, "whether Enabled alone is enough is not documented"));
    CHECK(two_ends::fixes(scene, diagnosis).front().title == "Enable TLS 1.2 for connections that this machine makes");
}

TEST_CASE("Of what is only suspected nobody is reported to change a device", "[handshake]") {
    Peer server = schannel::unknown_peer(Role::server);
    const Scene scene = connect(machine("2019"), server);
    CHECK(two_ends::fixes(scene, two_ends::diagnose(scene)).empty());
}

TEST_CASE("Suites of which a file says nothing are unknown", "[handshake]") {
    Peer server = peer(Role::server, {{"TLS 1.2", {}}});
    for (schannel::PeerProtocol& protocol : server.protocols) protocol.suites_complete = false;
    const Agreement agreement = agreed(connect(machine("2019"), server));
    CHECK(dump(agreement) == "unknown no-common-suite");
    CHECK(asks(agreement, "which cipher suites", "ssl-enum-ciphers"));
}

TEST_CASE("A suite whose name nobody knows may be the one that is missing, and matters only then", "[handshake]") {
    Peer server = tls12_only_server();
    server.suites.push_back({.protocol = "TLS 1.2", .id = 0, .name = "TLS_OF_2040", .group = {}});
    CHECK(dump(agreed(connect(machine("2019"), server))) == "agree TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    server.suites.erase(server.suites.begin(), server.suites.end() - 1);
    const Agreement agreement = agreed(connect(machine("2019"), server));
    CHECK(dump(agreement) == "unknown no-common-suite");
    CHECK(std::ranges::any_of(agreement.provided, [](const std::string& each) { return each.find("in the list of the server that nobody knows") != std::string::npos; }));
}

TEST_CASE("A curve whose name is spelled in another case is perhaps taken, for the key exchange and in the certificate", "[handshake]") {
    const auto meets = [](std::string_view suite, const PeerCertificate& shown) {
        Machine client = machine("2019");
        client.state.set_value(policy_key, "EccCurves", Value::multi_sz({"NistP384", "nistP256"}));
        Peer server = scanned({{"TLS 1.2", {suite}}});
        server.groups_complete = true;
        server.certificates = {shown};
        return agreed(connect(std::move(client), server));
    };
    const Agreement exchange = meets("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1", certificate("RSA", 2048, "SHA256"));
    CHECK(dump(exchange) == "unknown no-common-curve");
    CHECK(asks(exchange, "is secp256r1 in effect"));
    CHECK(dump(meets("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 secp384r1", certificate("ECDSA", 256, "SHA256", "secp256r1"))) == "unknown no-common-curve");
    CHECK(dump(meets("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 secp384r1", certificate("ECDSA", 384, "SHA256", "secp384r1"))).starts_with("agree"));
}

TEST_CASE("A name in a list of curves that nobody knows takes nothing from those behind it", "[handshake]") {
    Machine client = machine("2019");
    client.state.set_value(policy_key, "EccCurves", Value::multi_sz({"CurveOf2040", "NistP256"}));
    Peer server = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1"}}});
    server.groups_complete = true;
    CHECK(dump(agreed(connect(std::move(client), server))).starts_with("agree TLS 1.2"));
}

TEST_CASE("Secure renegotiation came with Windows 7, and before it with an update", "[handshake]") {
    CHECK(remedy::make_end(machine("7"), Role::client).peer.secure_renegotiation == Answer::yes);
    CHECK(remedy::make_end(machine("2008"), Role::client).peer.secure_renegotiation == Answer::unknown);
}

TEST_CASE("Curves of which a file says nothing are unknown where a suite needs one", "[handshake]") {
    Peer server = peer(Role::server, {{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}});
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    const Agreement agreement = agreed(connect(machine("2019"), server));
    CHECK(dump(agreement) == "unknown no-common-curve");
    CHECK(asks(agreement, "which elliptic curves", "nmap"));
    server.groups = {"secp256r1"};
    CHECK(dump(agreed(connect(machine("2019"), server))) == "agree TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
}

TEST_CASE("A server of TLS 1.3 is taken to have secp256r1, unless another curve was seen", "[handshake]") {
    Peer client = caller({{"TLS 1.3", {"TLS_AES_256_GCM_SHA384"}}});
    client.groups = {"x25519", "secp256r1"};
    client.groups_complete = true;
    const auto server = [](const std::string& suite) {
        Peer made = scanned({{"TLS 1.3", {suite}}});
        made.groups_complete = false;
        made.certificates = {certificate("RSA", 2048, "SHA256")};
        return made;
    };
    const Agreement by_standard = agreed(connect(client, server("TLS_AES_256_GCM_SHA384")));
    CHECK(dump(by_standard) == "agree TLS 1.3 TLS_AES_256_GCM_SHA384");
    CHECK(by_standard.provided.front().find("secp256r1") != std::string::npos);
    const Agreement other_seen = agreed(connect(client, server("TLS_AES_256_GCM_SHA384 secp384r1")));
    CHECK(dump(other_seen) == "unknown no-common-curve");
    CHECK(asks(other_seen, "which elliptic curves"));
    CHECK(dump(agreed(connect(client, server("TLS_AES_256_GCM_SHA384 x25519")))) == "agree TLS 1.3 TLS_AES_256_GCM_SHA384");
}

TEST_CASE("A DH group of unknown length is unknown where TLS_DHE is picked", "[handshake]") {
    Peer server = scanned({{"TLS 1.0", {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA"}}});
    const Agreement agreement = agreed(connect(machine("windows-10-1507"), server));
    CHECK(dump(agreement) == "unknown dh-too-short");
    CHECK(asks(agreement, "how long is the Diffie-Hellman group", "ssl-dh-params"));
    // What the symptom suggests is still not known.
    const auto symptom = handshake::read_symptom("SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY");
    const Scene scene = connect(machine("windows-10-1507"), server);
    CHECK(dump(handshake::diagnose(scene.client(), scene.server(), &*symptom).agreement) == "unknown dh-too-short");
}

TEST_CASE("Updates that nobody looked for leave open what they change", "[handshake]") {
    Machine old = machine("2012-r2");
    old.circumstances.updates_complete = false;
    Peer server = printer(512, false);
    const Agreement length = agreed(connect(std::move(old), server));
    CHECK(dump(length) == "unknown dh-too-short");
    CHECK(asks(length, "KB3061518", "Get-HotFix -Id KB3061518"));

    Machine unpatched = machine("2012-r2");
    unpatched.circumstances.updates_complete = false;
    Peer sha512 = tls12_only_server();
    sha512.certificates = {certificate("RSA", 2048, "SHA512")};
    const Agreement hash = agreed(connect(std::move(unpatched), sha512));
    CHECK(dump(hash) == "unknown certificate-signature-hash");
    CHECK(asks(hash, "KB2973337"));
    CHECK(dump(agreed(connect(machine("2012-r2", {"KB2973337"}), sha512))).starts_with("agree TLS 1.2"));
    CHECK(dump(agreed(connect(machine("2016"), sha512))).starts_with("agree TLS 1.2"));
    // In TLS 1.0 hashes are not negotiated.
    Machine tls10 = machine("2012-r2");
    for (const char* each : {"TLS 1.1", "TLS 1.2"}) protocol(tls10, each, Role::client, false);
    Peer old_server = scanned({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    old_server.certificates = sha512.certificates;
    CHECK(dump(agreed(connect(std::move(tls10), old_server))).starts_with("agree TLS 1.0"));
}

TEST_CASE("Who picks decides which suite it is; where that is not known all are named", "[handshake]") {
    const std::initializer_list<Offered> offers = {
        {"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1", "TLS_RSA_WITH_AES_256_GCM_SHA384"}}};
    CHECK(dump(agreed(connect(machine("2019"), scanned(offers, Preference::server)))) == "agree TLS 1.2 TLS_RSA_WITH_AES_128_CBC_SHA256");
    // Windows lists the ECDHE suite before the others.
    CHECK(dump(agreed(connect(machine("2019"), scanned(offers, Preference::client)))) == "agree TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    const Agreement unknown = agreed(connect(machine("2019"), scanned(offers, Preference::unknown)));
    CHECK(dump(unknown) == "agree TLS 1.2 ?");
    CHECK(unknown.candidates.size() == 3);
    CHECK(unknown.message.find("which suite the server picks is not known") != std::string::npos);
    // A Windows server picks by its own list.
    Peer client = caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}});
    client.groups = {"secp384r1"};
    CHECK(dump(agreed(connect(client, rsa_server("2019")))) == "agree TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 on secp384r1");
}

TEST_CASE("One suite of several that would fail makes the answer unknown", "[handshake]") {
    const std::initializer_list<Offered> offers = {{"TLS 1.0", {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA dh512", "TLS_RSA_WITH_AES_128_CBC_SHA"}}};
    const Agreement agreement = agreed(connect(machine("windows-10-1507"), scanned(offers, Preference::unknown)));
    CHECK(dump(agreement) == "unknown dh-too-short");
    CHECK(agreement.handshake.suite_name == "TLS_RSA_WITH_AES_128_CBC_SHA");
    CHECK(dump(agreed(connect(machine("windows-10-1507"), scanned(offers, Preference::server)))) == "disagree dh-too-short");
}

TEST_CASE("Where it is not sure that the newest protocol is spoken, that is the question, and every protocol has its suites", "[handshake]") {
    Peer server = scanned({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_GCM_SHA256"}}, {"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    for (schannel::PeerProtocol& protocol : server.protocols) {
        if (protocol.name == "TLS 1.2") protocol.offered = Answer::unknown;
    }
    CHECK(dump(agreed(connect(caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_GCM_SHA256"}}, {"TLS 1.0", {"TLS_RSA_WITH_3DES_EDE_CBC_SHA"}}}), server))) == "unknown no-common-protocol");
    Peer client = caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_256_GCM_SHA384"}}, {"TLS 1.0", {"TLS_RSA_WITH_3DES_EDE_CBC_SHA"}}});
    for (Peer* each : {&client, &server}) {
        for (schannel::PeerProtocol& protocol : each->protocols) protocol.suites_complete = false;
    }
    const Agreement open = agreed(connect(client, server));
    CHECK(open.verdict == Verdict::unknown);
    for (const handshake::Handshake& each : open.candidates) CHECK_FALSE(each.suite_name.empty());
    for (const char* version : {"TLS 1.2", "TLS 1.0"}) CHECK(std::ranges::find(open.candidates, version, &handshake::Handshake::protocol) != open.candidates.end());
}

TEST_CASE("A certificate that is not known is supposed to be RSA where that does, and said as a condition", "[handshake]") {
    Peer client = caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_GCM_SHA256"}}});
    const Agreement rsa = agreed(connect(client, machine("2019")));
    CHECK(dump(rsa) == "agree TLS 1.2 TLS_RSA_WITH_AES_128_GCM_SHA256");
    CHECK(std::ranges::any_of(rsa.provided, [](const std::string& each) { return each.find("has an RSA key") != std::string::npos; }));
    Peer only_ecdsa = caller({{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}}});
    only_ecdsa.groups = {"secp256r1"};
    const Agreement ecdsa = agreed(connect(only_ecdsa, machine("2019")));
    CHECK(dump(ecdsa) == "unknown certificate-type");
    CHECK(asks(ecdsa, "an RSA or an ECDSA key", "ssl-cert"));
    CHECK(dump(agreed(connect(only_ecdsa, with_certificate(machine("2019"), certificate("ECDSA", 256, "SHA256", "secp256r1"))))) ==
          "agree TLS 1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 on secp256r1");
}

TEST_CASE("A fault that shows now and then is named beside the agreement", "[handshake]") {
    const Agreement dhe = agreed(connect(rsa_server("2012-r2"), rsa_server("2016")));
    CHECK(dhe.verdict == Verdict::agree);
    REQUIRE(dhe.now_and_then.size() == 1);
    CHECK(dhe.now_and_then.front()->id == "dhe-leading-zero");
    Peer server = tls12_only_server();
    server.extended_master_secret = Answer::no;
    const Agreement ems = agreed(connect(machine("2019"), server));
    CHECK(ems.verdict == Verdict::agree);
    REQUIRE(ems.now_and_then.size() == 1);
    CHECK(ems.now_and_then.front()->id == "extended-master-secret");
}

TEST_CASE("Ends that list a hundred thousand suites are answered in time", "[handshake]") {
    Peer client = peer(Role::client, {{"TLS 1.2", {}}});
    for (schannel::PeerProtocol& protocol : client.protocols) protocol.suites_complete = false;
    Peer server = peer(Role::server, {{"TLS 1.2", {}}}, Preference::unknown);
    for (int number = 0; number < 100000; ++number) {
        schannel::PeerSuite suite;
        suite.protocol = "TLS 1.2";
        suite.name = "TLS_RSA_WITH_SECRET_" + std::to_string(number);
        server.suites.push_back(std::move(suite));
    }
    const Agreement agreement = agreed(connect(client, server));
    CHECK(agreement.verdict == Verdict::unknown);
    CHECK(agreement.candidates.size() <= 1000);
    CHECK(dump(agreed(connect(machine("2019"), server))) == "unknown no-common-suite");
}

TEST_CASE("Windows machines of any two releases get an answer", "[handshake]") {
    for (const facts::Release& client : facts::releases()) {
        for (const facts::Release& server : facts::releases()) {
            INFO(client.id << " calls " << server.id);
            const Agreement agreement = agreed(connect(machine(client.id), with_certificate(machine(server.id), certificate("RSA", 2048, "SHA256"))));
            CHECK_FALSE(agreement.message.empty());
            CHECK_FALSE(agreement.evidence.empty());
            CHECK(agreement.questions.empty() == (agreement.verdict != Verdict::unknown));
            CHECK((agreement.reason == nullptr) == (agreement.verdict == Verdict::agree));
            if (client.build >= facts::Build{6, 3, 9600} && server.build >= facts::Build{6, 3, 9600}) CHECK(agreement.verdict == Verdict::agree);
        }
    }
}

TEST_CASE("Which of two lists counts is a question for TLS 1.3 as for older versions", "[handshake]") {
    const KeyPath local(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
    for (const Role role : {Role::client, Role::server}) {
        Machine made = machine("windows-11-22h2");
        made.state.set_value(policy_key, "Functions", Value::multi_sz({"TLS_AES_256_GCM_SHA384"}));
        made.state.set_value(local, "Functions", Value::multi_sz({"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}));
        Peer other = peer(role == Role::client ? Role::server : Role::client, {{"TLS 1.3", {"TLS_AES_256_GCM_SHA384 x25519", "TLS_AES_128_GCM_SHA256 x25519"}}});
        other.groups_complete = true;
        const Scene scene = role == Role::client ? connect(std::move(made), std::move(other)) : connect(std::move(other), std::move(made));
        CHECK(dump(diagnose(scene).agreement) == "unknown no-common-suite");
    }
}

TEST_CASE("A longest length on a release of which no page has it is a question, not all lengths", "[handshake]") {
    const auto verdict = [](std::string_view release, std::uint32_t longest, int bits) {
        Machine client = machine(release);
        set(client, "KeyExchangeAlgorithms\\Diffie-Hellman", "ClientMaxKeyBitLength", longest);
        Peer server = scanned({{"TLS 1.2", {bits == 1024 ? "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh1024" : "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh4096"}}});
        server.certificates = {certificate("RSA", 2048, "SHA256")};
        return dump(diagnose(connect(std::move(client), std::move(server))).agreement);
    };
    CHECK(verdict("2016", 2048, 4096) == "disagree dh-too-long");
    CHECK(verdict("2012-r2", 2048, 4096) == "unknown dh-too-long");
    CHECK(verdict("2012-r2", 4096, 4096).starts_with("agree"));
    CHECK(verdict("2016", 4096, 4096).starts_with("agree"));
}
