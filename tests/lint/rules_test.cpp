// The rules that no trap of the documentation stands for: one text that shows each, one that does not.
#include <functional>

#include "subject.hpp"

using namespace schancfg;
using namespace lint_subject;

namespace {

struct Case {
    std::string_view rule;
    std::function<Findings(const std::string&, const std::string&)> run;
    std::string releases, shows, does_not;
};

Findings profile(const std::string& text, const std::string& releases) { return of_profile(text, releases); }
Findings reg(const std::string& text, const std::string& releases) { return of_reg(text, releases); }

std::string suites(std::string_view names) { return "[cipher_suites.policy]\norder = [" + std::string(names) + "]\n"; }
std::string curves(std::string_view names) { return "[elliptic_curves.policy]\norder = [" + std::string(names) + "]\n"; }
std::string raw_curves(std::string_view names) {
    return "[registry.'HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002']\nEccCurves = [" + std::string(names) + "]\n";
}
std::string raw_suites(std::string_view names) {
    return "[registry.'HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002']\nFunctions = \"" + std::string(names) + "\"\n";
}
std::string raw_local(std::string_view names) {
    return "[registry.'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002']\nFunctions = [" +
           std::string(names) + "]\n";
}

const std::string gcm = "\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"";
const std::string tls_off = "[protocols]\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.1\" = \"disabled\"\n\"TLS 1.2\" = \"disabled\"\n\"TLS 1.3\" = \"disabled\"\n";
const std::string diffie_hellman = "[key_exchange_algorithms]\nDiffie-Hellman = ";

const std::vector<Case>& cases() {
    static const std::vector<Case> all{
        {"contradictory-values", reg, "", "[~\\Protocols\\TLS 1.0\\Server]\n\"Enabled\"=dword:0\n\"DisabledByDefault\"=dword:0\n",
         "[~\\Protocols\\TLS 1.0\\Server]\n\"Enabled\"=dword:0\n\"DisabledByDefault\"=dword:1\n"},
        {"contradictory-values", profile, "", diffie_hellman + "{ client_min_bits = 4096, client_max_bits = 2048 }\n",
         diffie_hellman + "{ client_min_bits = 2048, client_max_bits = 4096 }\n"},
        {"aes-off", reg, "", "[~\\Ciphers\\AES 128/128]\n\"Enabled\"=dword:0\n[~\\Ciphers\\AES 256/256]\n\"Enabled\"=dword:0\n", "[~\\Ciphers\\AES 128/128]\n\"Enabled\"=dword:0\n"},
        {"curve-list-tls13-only", profile, "2025", curves("\"x25519_mlkem768\""), curves("\"x25519_mlkem768\", \"NistP256\"")},
        {"curve-needs-build", profile, "windows-11-24h2", curves("\"x25519_mlkem768\", \"NistP256\""), curves("\"NistP256\"")},
        {"curve-list-dead", profile, "2019", "[fips]\nenabled = true\n" + curves("\"curve25519\""), curves("\"curve25519\"")},
        {"curve-unknown", profile, "2019", raw_curves("\"NistP256\", \"NistP257\""), raw_curves("\"NistP256\"")},
        {"default-needs-release", profile, "", "[cipher_suites.local]\norder = \"default\"\n", "[cipher_suites.policy]\norder = \"default\"\n"},
        {"dotnet-legacy", profile, "", "[dotnet]\nstrong_crypto = false\n", "[dotnet]\nstrong_crypto = true\n"},
        {"duplicate-name", profile, "", raw_suites("TLS_AES_256_GCM_SHA384,TLS_AES_256_GCM_SHA384"), raw_suites("TLS_AES_256_GCM_SHA384")},
        {"duplicate-name", profile, "", curves("\"NistP256\", \"secP256r1\""), curves("\"NistP256\", \"NistP384\"")},
        {"duplicate-value", reg, "", "[~]\n\"EventLogging\"=dword:1\n\"EventLogging\"=dword:7\n", "[~]\n\"EventLogging\"=dword:1\n"},
        {"hash-off", profile, "", "[hashes]\nSHA256 = \"disabled\"\n", "[hashes]\nMD5 = \"disabled\"\n"},
        {"insecure-renegotiation", profile, "", "[schannel]\nallow_insecure_reneg_clients = true\n",
         "[schannel]\nallow_insecure_reneg_clients = false\n"},
        {"key-too-short", profile, "", diffie_hellman + "{ client_min_bits = 512 }\n", diffie_hellman + "{ client_min_bits = 2048 }\n"},
        {"local-list-joined", profile, "", raw_local("\"TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256\""), raw_local("\"TLS_AES_256_GCM_SHA384\"")},
        {"needs-update", profile, "2012-r2", diffie_hellman + "{ server_min_bits = 2048 }\n", diffie_hellman + "{ state = \"enabled\" }\n"},
        {"no-forward-secrecy", profile, "", suites(gcm + ", \"TLS_RSA_WITH_AES_256_GCM_SHA384\""), suites(gcm)},
        {"no-suite-left", profile, "2019", "[protocols]\n\"TLS 1.2\" = \"disabled\"\n" + suites(gcm), suites(gcm)},
        {"not-in-schannel", profile, "", raw_suites("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"), raw_suites("TLS_AES_256_GCM_SHA384")},
        {"nothing-left", profile, "2019", suites("\"TLS_AES_256_GCM_SHA384\""), suites(gcm)},
        {"policy-shadows-local", profile, "", suites(gcm) + "[cipher_suites.local]\norder = [" + gcm + "]\n",
         "[cipher_suites.local]\norder = [" + gcm + "]\n"},
        {"protocol-unsupported", reg, "2019", "[~\\Protocols\\SSL 2.0\\Client]\n\"Enabled\"=dword:1\n",
         "[~\\Protocols\\SSL 2.0\\Client]\n\"Enabled\"=dword:0\n"},
        {"raw-only-value", profile, "", "[registry.'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy']\nMDMEnabled = 1\n",
         "[fips]\nenabled = false\n"},
        {"release-outside", profile, "2012-r2", "windows = \">= windows-server-2016\"\n", "windows = \"<= windows-server-2016\"\n"},
        {"unknown-to-release", profile, "2019", suites(gcm + ", \"TLS_AES_256_GCM_SHA384\""), suites(gcm)},
        {"setting-ignored", profile, "2019", "[schannel]\nsend_extra_record = \"off\"\n", "[schannel]\nserver_cache_time = 60000\n"},
        {"setting-ignored", profile, "2012-r2", raw_curves("\"NistP256\""), suites("\"TLS_RSA_WITH_AES_256_GCM_SHA384\"")},
        {"unsupported-by-microsoft", profile, "", "[ciphers]\n\"RC4 128/128\" = \"disabled\"\n", "[protocols]\n\"TLS 1.0\" = \"disabled\"\n"},
        {"value-unknown", reg, "", "[~]\n\"NobodyKnows\"=dword:1\n", "[~]\n\"EventLogging\"=dword:1\n"},
        {"data-not-documented", reg, "", "[~\\Hashes\\SHA256]\n\"Enabled\"=dword:1\n", "[~\\Hashes\\SHA256]\n\"Enabled\"=dword:ffffffff\n"},
        {"data-not-documented", reg, "", "[~]\n\"EventLogging\"=dword:63\n", "[~]\n\"EventLogging\"=dword:7\n"},
        {"data-not-documented", reg, "2019", "[~]\n\"ClientAuthTrustMode\"=dword:3\n", "[~]\n\"ClientAuthTrustMode\"=dword:2\n"},
        {"session-cache-too-long", reg, "", "[~]\n\"ClientCacheTime\"=dword:eced2b00\n", "[~]\n\"ClientCacheTime\"=dword:24051100\n"},
        {"data-not-documented", reg, "2019", "[~\\KeyExchangeAlgorithms\\ECDH]\n\"Enabled\"=dword:2\n", "[~\\KeyExchangeAlgorithms\\ECDH]\n\"Enabled\"=dword:0\n"},
        {"dotnet-pair", profile, "", "[dotnet]\nstrong_crypto = true\n", "[dotnet]\nstrong_crypto = true\nsystem_default_tls_versions = true\n"},
        {"hash-takes-suites", profile, "2019", "[hashes]\nSHA = \"disabled\"\n", "[hashes]\nMD5 = \"disabled\"\n"},
        {"key-too-long", profile, "", diffie_hellman + "{ client_min_bits = 2049 }\n", diffie_hellman + "{ client_min_bits = 2048, server_min_bits = 4096 }\n"},
        {"message-limit", reg, "", "[~\\Messaging]\n\"MessageLimitClient\"=dword:0\n", "[~\\Messaging]\n\"MessageLimitClient\"=dword:8000\n"},
        {"message-limit", reg, "", "[~\\Messaging]\n\"MessageLimitServer\"=dword:3fff\n", "[~\\Messaging]\n\"MessageLimitServer\"=dword:4000\n"},
        {"message-limit", reg, "", "[~\\Messaging]\n\"MessageLimitServer\"=dword:1000000\n", "[~\\Messaging]\n\"MessageLimitServer\"=dword:ffffff\n"},
        {"near-miss-key", reg, "", "[~\\Protocols\\TLS1.0\\Server]\n\"Enabled\"=dword:0\n", "[~\\Protocols\\TLS 1.0\\Server]\n\"Enabled\"=dword:0\n"},
        {"near-miss-key", reg, "", "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\0010002]\n\"Functions\"=\"TLS_AES_256_GCM_SHA384\"\n",
         "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\n\"Functions\"=\"TLS_AES_256_GCM_SHA384\"\n"},
        {"renegotiation-off", reg, "", "[~]\n\"DisableRenegoOnClient\"=dword:1\n", "[~]\n\"DisableRenegoOnClient\"=dword:0\n"},
        {"session-cache-too-long", reg, "", "[~]\n\"ServerCacheTime\"=dword:240c8401\n", "[~]\n\"ServerCacheTime\"=dword:240c8400\n"},
        {"split-at-slash", reg, "", "[~\\Ciphers\\RC4 128\\128]\n\"Enabled\"=dword:0\n", "[~\\Ciphers\\RC4 128/128]\n\"Enabled\"=dword:0\n"},
        {"tls12-off", profile, "", "[protocols]\n\"TLS 1.2\" = \"disabled\"\n", "[protocols]\n\"TLS 1.2\" = \"enabled\"\n"},
        {"tls12-off", profile, "2019", "[protocols]\n\"TLS 1.2\" = { client = \"on-request\" }\n", "[protocols]\n\"TLS 1.1\" = { client = \"on-request\" }\n"},
        {"tls13-off", profile, "2022", "[protocols]\n\"TLS 1.3\" = \"disabled\"\n", "[protocols]\n\"TLS 1.3\" = \"enabled\"\n"},
        {"weak-cipher", profile, "", "[ciphers]\n\"Triple DES 168\" = \"enabled\"\n", "[ciphers]\n\"AES 256/256\" = \"enabled\"\n"},
        {"weak-cipher-suite", profile, "", suites("\"TLS_RSA_WITH_3DES_EDE_CBC_SHA\""), suites(gcm)},
        {"weak-protocol", profile, "", "[protocols]\n\"TLS 1.1\" = \"enabled\"\n", "[protocols]\n\"TLS 1.2\" = \"enabled\"\n"},
    };
    return all;
}

}  // namespace

TEST_CASE("each rule speaks where it should, and is silent where it should not", "[lint]") {
    for (const Case& each : cases()) {
        INFO(each.rule << ": " << each.shows);
        const Findings found = each.run(each.shows, each.releases);
        const Findings other = each.run(each.does_not, each.releases);
        CAPTURE(lines(found), lines(other));
        CHECK(has(found, each.rule));
        CHECK(!has(other, each.rule));
    }
}

TEST_CASE("a role without any TLS version is an error", "[lint]") {
    const Findings findings = of_profile(tls_off, "2022");
    CHECK(has(findings, "no-protocol-left", Severity::error));
    CHECK(has(findings, "rdp-lock-out", Severity::error));
    CHECK(!has(of_profile("[protocols]\n\"TLS 1.2\" = \"disabled\"\n", "2022"), "no-protocol-left"));
}

TEST_CASE("a rule that needs a release says nothing without one", "[lint]") {
    for (const Case& each : cases()) {
        const Findings findings = each.run(each.shows, "");
        CAPTURE(each.rule, lines(findings));
        CHECK(std::ranges::none_of(findings, [](const auto& finding) { return finding.releases.empty() && lint::needs_release(*finding.rule); }));
    }
}

TEST_CASE("a length of keys that the release reads needs no update", "[lint]") {
    CHECK_FALSE(has(of_profile(diffie_hellman + "{ client_min_bits = 2048 }\n", "2019"), "needs-update"));
}

TEST_CASE("who extends a profile changes it on purpose; of two profiles that are extended together the later one's line is reported", "[lint]") {
    const auto overridden = [](const Findings& findings) {
        return std::ranges::find(findings, "overridden", [](const auto& finding) { return finding.rule->id; });
    };
    const Findings own = of_profile("extends = [\"weak-dh-peer\"]\n" + diffie_hellman + "{ client_min_bits = 2048 }\n");
    CHECK(overridden(own) == own.end());
    CHECK(!has(own, "key-too-short"));
    const Findings siblings = of_profile("extends = [\"tls11-tls12-server\", \"strict\"]\n", "2019");
    const auto found = overridden(siblings);
    REQUIRE(found != siblings.end());
    CHECK(found->severity == Severity::note);
    CHECK(found->place.file == "built-in:tls11-tls12-server");
}

TEST_CASE("a state is blamed for what is set in it, and has notes for its defaults", "[lint]") {
    registry::Tree tree = schannel::untouched(*facts::find_release("2019"));
    const registry::KeyPath null(registry::Root::local_machine,
                                 "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\NULL");
    tree.set_value(null, "Enabled", registry::Value::dword(1));
    const Findings findings = lint_state(tree, "machine", options_for("2019"));
    CHECK(has(findings, "null-cipher", Severity::error));
    CHECK(has(findings, "weak-default"));
    CHECK(std::ranges::all_of(findings, [](const auto& finding) { return finding.place.file == "machine" && finding.place.line == 0; }));
}

TEST_CASE("what Microsoft does not support is told of once a section, at the first switch", "[lint]") {
    registry::Tree tree = schannel::untouched(*facts::find_release("2019"));
    const registry::KeyPath ciphers(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers");
    for (const char* name : {"NULL", "RC4 128/128", "DES 56/56"}) tree.set_value(ciphers.child(name), "Enabled", registry::Value::dword(0));
    const Findings findings = lint_state(tree, "machine", options_for("2019"));
    const auto found = std::ranges::find(findings, "unsupported-by-microsoft", [](const auto& finding) { return finding.rule->id; });
    REQUIRE(found != findings.end());
    CHECK(found->key.ends_with("\\DES 56/56"));
    CHECK(found->message == "3 switches of ciphers: Microsoft's newer pages call them unsupported");
}

TEST_CASE("the rules of translating have pages as well", "[lint]") {
    for (const std::string_view rule : {"default-needs-release", "default-unknown", "nothing-left", "unknown-to-release"}) {
        INFO(rule);
        CHECK(lint::find_lint_rule(rule) != nullptr);
    }
}

TEST_CASE("a profile is not blamed for rolling back what Windows came with", "[lint]") {
    CHECK(lines(of_profile("[cipher_suites.local]\norder = \"default\"\n", "2008 2012-r2 2022")).empty());
}

TEST_CASE("profiles that are extended one by the other, and those side by side, are told apart", "[lint]") {
    const auto linted = [](std::string_view first, std::string_view second, std::string_view own) {
        const auto load = [&](std::string_view name, std::string_view) -> Result<codec::LoadedText> {
            return codec::LoadedText{std::string(name), "format = 1\n" + std::string(name == "a.toml" ? first : second)};
        };
        auto decoded = codec::decode_profile("format = 1\n" + std::string(own), "p.toml", load);
        REQUIRE(decoded);
        return has(lint_profile(*decoded.value, options_for("2019")), "overridden");
    };
    constexpr std::string_view off = "[ciphers]\n\"AES 128/128\" = \"disabled\"\n", on = "[ciphers]\n\"AES 128/128\" = \"enabled\"\n";
    CHECK(linted(off, on, "extends = [\"a.toml\", \"b.toml\"]\n"));
    CHECK_FALSE(linted("extends = [\"b.toml\"]\n" + std::string(off), on, "extends = [\"a.toml\"]\n"));
    CHECK_FALSE(linted("extends = [\"b.toml\"]\n", on, "extends = [\"a.toml\"]\n" + std::string(off)));
}
