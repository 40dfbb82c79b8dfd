// Doctor with a service that answers, and with a program that asks.
#include <algorithm>

#include "catch.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/facts/services.hpp"
#include "schancfg/handshake/agreement.hpp"

using namespace schancfg;
using facts::Role;
using handshake::Agreement;
using handshake::End;
using handshake::Verdict;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath protocols_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols");

const facts::Release& release(std::string_view id) {
    const facts::Release* found = facts::find_release(id);
    REQUIRE(found != nullptr);
    return *found;
}

Tree only_13() {
    Tree tree;
    for (const char* name : {"TLS 1.0", "TLS 1.1", "TLS 1.2"}) tree.set_value(protocols_key.child(name).child("Server"), "Enabled", Value::dword(0));
    return tree;
}

End server(std::string_view id, std::string_view service, const Tree& tree = {}) {
    handshake::EndOptions options;
    options.service = service.empty() ? nullptr : facts::find_service(service);
    options.certificates = {{.key_type = "RSA", .key_bits = 2048, .curve = {}, .signature_hash = "SHA256", .signature_key = "RSA", .subject = {}}};
    return handshake::make_end(effect::evaluate(tree, release(id)), Role::server, options);
}

End client(std::string_view id, std::string_view application = "schannel", const Tree& tree = {}) {
    handshake::EndOptions options;
    options.application = handshake::find_application(application);
    REQUIRE(options.application != nullptr);
    return handshake::make_end(effect::evaluate(tree, release(id)), Role::client, options);
}

bool provides(const Agreement& agreement, std::string_view part) {
    return std::ranges::any_of(agreement.provided, [&](const std::string& each) { return each.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("Remote desktop of Server 2022 takes TLS 1.2, its HTTP.sys TLS 1.3, of its LDAP nobody knows", "[services]") {
    CHECK(agree(client("11-24h2"), server("2022", "rdp")).handshake.protocol == "TLS 1.2");
    CHECK(agree(client("11-24h2"), server("2022", "iis")).handshake.protocol == "TLS 1.3");
    CHECK(agree(client("11-24h2"), server("2025", "ldaps")).handshake.protocol == "TLS 1.3");
    const Agreement ldap = agree(client("11-24h2"), server("2022", "ldaps"));
    CHECK(ldap.handshake.protocol.empty());
    CHECK(ldap.verdict == Verdict::agree);  // on either version
    CHECK(agree(client("11-24h2"), server("2022", "rdp", only_13())).verdict == Verdict::disagree);
    CHECK(agree(client("11-24h2"), server("2022", "ldaps", only_13())).verdict == Verdict::unknown);
    CHECK(agree(client("11-24h2"), server("2022", "", only_13())).verdict == Verdict::agree);
}

TEST_CASE("Where the service is not known, those that would do otherwise are a condition", "[services]") {
    const Agreement newest = agree(client("11-24h2"), server("2022", ""));
    CHECK(provides(newest, "Remote Desktop does not speak TLS 1.3 here"));
    CHECK(provides(newest, "LDAP over TLS, AD FS, SMTP of Exchange and EAP of NPS"));
    CHECK_FALSE(provides(newest, "RSA key exchange first"));
    const Agreement old = agree(client("2016"), server("2022", ""));
    CHECK(provides(old, "Remote Desktop with its self-signed certificate takes RSA key exchange first"));
    CHECK_FALSE(provides(agree(client("2016"), server("2016", "")), "the service leaves the choice"));
    CHECK_FALSE(provides(agree(client("2016"), server("2022", "iis")), "RSA key exchange first"));
    CHECK(provides(agree(client("2022"), server("2022", "")), "the client is not the proxy of AD FS"));
    CHECK_FALSE(provides(agree(client("11-24h2"), server("2022", "")), "proxy of AD FS"));
}

TEST_CASE("Remote desktop with its self-signed certificate may take RSA key exchange: no suite is certain", "[services]") {
    const Agreement agreement = agree(client("2016"), server("2022", "rdp"));
    CHECK(agreement.verdict == Verdict::agree);
    CHECK(agreement.handshake.suite == 0);
    CHECK(provides(agreement, "depends on its certificate"));
}

TEST_CASE("What is on request only is perhaps enough for a service", "[services]") {
    Tree tree = only_13();
    tree.set_value(protocols_key.child("TLS 1.2").child("Server"), "Enabled", Value::dword(1));
    tree.set_value(protocols_key.child("TLS 1.2").child("Server"), "DisabledByDefault", Value::dword(1));
    CHECK(agree(client("2016"), server("2019", "iis", tree)).verdict == Verdict::unknown);
}

TEST_CASE(".NET 5 and later take what Schannel has, with strong crypto, whatever the registry says of the .NET Framework", "[services]") {
    CHECK(handshake::find_application("dotnet-8") == handshake::find_application("dotnet"));
    CHECK(handshake::find_application("DotNet-8.0") == handshake::find_application("dotnet"));
    CHECK(handshake::find_application("dotnet-4") == nullptr);
    CHECK(agree(client("2022", "dotnet"), server("2022", "")).handshake.protocol == "TLS 1.3");
    const auto suites = client("2012-r2", "dotnet").peer.suites;
    CHECK(std::ranges::none_of(suites, [](const auto& each) { return each.name.find("RC4") != std::string::npos; }));
    const auto of_schannel = client("2012-r2").peer.suites;
    CHECK(std::ranges::any_of(of_schannel, [](const auto& each) { return each.name.find("RC4") != std::string::npos; }));
}

TEST_CASE("What a .NET program asks for depends on the version that it is built for", "[services]") {
    Tree tls12 = only_13();
    for (const auto& [protocol, on] : {std::pair{"TLS 1.2", 1U}, {"TLS 1.3", 0U}}) {
        tls12.set_value(protocols_key.child(protocol).child("Server"), "Enabled", Value::dword(on));
        tls12.set_value(protocols_key.child(protocol).child("Server"), "DisabledByDefault", Value::dword(1 - on));
    }
    const End server_12 = server("2022", "", tls12);
    for (const char* newer : {"dotnet-4.6", "dotnet-4.6.2", "dotnet-4.7", "dotnet-4.8"}) CHECK(agree(client("2016", newer), server_12).handshake.protocol == "TLS 1.2");
    for (const char* older : {"dotnet-3.5", "dotnet-4.0", "dotnet-4.5.2"}) {
        const Agreement lost = agree(client("2016", older), server_12);
        CHECK(lost.verdict == Verdict::disagree);
        CHECK(lost.reason->id == "app-protocols");
    }
}

TEST_CASE("Whether .NET 3.5 leaves the protocols to Windows 7 hangs on an update that nobody looked for", "[services]") {
    Tree tree;
    tree.set_value(KeyPath(Root::local_machine, "SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727"), "SystemDefaultTlsVersions", Value::dword(1));
    tree.set_value(protocols_key.child("TLS 1.2").child("Client"), "Enabled", Value::dword(1));
    tree.set_value(protocols_key.child("TLS 1.2").child("Client"), "DisabledByDefault", Value::dword(0));
    CHECK(client("windows-7", "schannel", tree).peer.protocol("TLS 1.2")->offered == schannel::Answer::yes);
    CHECK(client("windows-7", "dotnet-3.5", tree).peer.protocol("TLS 1.2")->offered == schannel::Answer::unknown);
}

TEST_CASE("Which suites strong crypto takes away on Vista no page says, so each is perhaps missing", "[services]") {
    const auto perhaps_filtered = [](std::string_view application) {
        const End vista = client("windows-vista", application);
        return std::ranges::count_if(vista.missing, [](const handshake::Missing& each) {
            return !each.sure && !each.gates.empty() && each.gates.back().kind == effect::GateKind::strong_crypto;
        });
    };
    CHECK(perhaps_filtered("dotnet") > 5);
    CHECK(perhaps_filtered("schannel") == 0);
}

TEST_CASE("What WinHTTP asks for by a value that is no number is not known", "[services]") {
    Tree tree;
    tree.set_value(KeyPath(Root::local_machine, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp"), "DefaultSecureProtocols", Value::sz("0x800"));
    CHECK(client("2016", "winhttp", tree).peer.protocol("TLS 1.2")->offered == schannel::Answer::unknown);
    CHECK(client("2016", "winhttp").peer.protocol("TLS 1.2")->offered == schannel::Answer::yes);
}

TEST_CASE("SCHANNEL_CRED ends at TLS 1.2, and what WinINet asks for is not known", "[services]") {
    CHECK(agree(client("2022", "schannel-cred"), server("2022", "")).handshake.protocol == "TLS 1.2");
    const Agreement lost = agree(client("2022", "schannel-cred"), server("2025", "", only_13()));
    CHECK(lost.verdict == Verdict::disagree);
    CHECK(lost.reason->id == "app-protocols");
    CHECK(agree(client("2022", "wininet"), server("2022", "")).verdict == Verdict::unknown);
}

TEST_CASE("A server with RC4 alone is out of reach for .NET with strong crypto, and in reach without", "[services]") {
    schannel::Peer peer;
    peer.role = Role::server;
    for (const char* name : {"SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) {
        const bool has = std::string_view(name) == "TLS 1.0";
        peer.protocols.push_back({.name = name, .offered = has ? schannel::Answer::yes : schannel::Answer::no, .preference = {}, .suites_complete = true});
    }
    peer.suites = {{.protocol = "TLS 1.0", .id = 0x0005, .name = "TLS_RSA_WITH_RC4_128_SHA", .group = {}}};
    peer.certificates = {{.key_type = "RSA", .key_bits = 2048, .curve = {}, .signature_hash = "SHA256", .signature_key = "RSA", .subject = {}}};
    const End rc4 = handshake::make_end(peer, "old device");
    Tree strong;
    strong.set_value(KeyPath(Root::local_machine, "SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319"), "SchUseStrongCrypto", Value::dword(1));
    CHECK(agree(client("2012-r2", "dotnet-4.5"), rc4).verdict == Verdict::agree);
    const Agreement lost = agree(client("2012-r2", "dotnet-4.5", strong), rc4);
    CHECK(lost.verdict == Verdict::disagree);
    CHECK(lost.reason->id == "no-common-suite");
    CHECK(lost.message.find("strong crypto of the program") != std::string::npos);
}
