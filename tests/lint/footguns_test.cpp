// Every trap of the documentation, F1 to F34: one profile, `.reg` file or state that shows it and one that does not.
#include <set>

#include "subject.hpp"
#include "schancfg/facts/cipher_suites.hpp"

using namespace schancfg;
using namespace lint_subject;

namespace {

enum class Form { profile, reg, untouched };

struct Case {
    std::string_view footgun, rule;
    Form form;
    std::string releases;
    std::string shows;
    std::string does_not;
    std::string other_releases = {};  ///< for `does_not`; empty: the same
    std::string other_update = {};
};

constexpr std::string_view policy = "[registry.'HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002']\nFunctions = ";
constexpr std::string_view gcm = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";

std::string raw_policy(std::string_view names) { return std::string(policy) + "\"" + std::string(names) + "\"\n"; }
std::string listed(std::string_view names) { return "[cipher_suites.policy]\norder = [" + std::string(names) + "]\n"; }

std::string long_list() {
    // 28 names of 37 characters, 28 * 37 + 27 = 1,063.
    std::string text;
    for (int i = 0; i < 28; ++i) text += (i == 0 ? "" : ",") + std::string(gcm);
    return text;
}

std::string default_list(std::string_view release) {
    std::string text;
    for (const auto& row : facts::suites_of(*facts::find_release(release))) {
        if (row.list == facts::SuiteList::enabled) text += (text.empty() ? "" : ",") + std::string(row.suite);
    }
    return text;
}

const std::string tls12_off = "[protocols]\n\"TLS 1.2\" = { server = \"disabled\" }\n";
const std::string skype = raw_policy("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256,TLS_RSA_WITH_AES_256_GCM_SHA384");

const std::vector<Case>& cases() {
    static const std::vector<Case> all{
        {"F1", "suite-name-dead", Form::profile, "2016",
         raw_policy("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384," + std::string(gcm)), raw_policy(gcm)},
        {"F2", "policy-list-too-long", Form::profile, "2022", raw_policy(long_list()), raw_policy(long_list().substr(0, 1023))},
        {"F3", "policy-list-blanks", Form::profile, "2022", raw_policy(std::string(gcm) + ", TLS_AES_256_GCM_SHA384"),
         raw_policy(std::string(gcm) + ",TLS_AES_256_GCM_SHA384")},
        {"F3", "policy-list-blanks", Form::profile, "2022", raw_policy(std::string(gcm) + ","), raw_policy(gcm)},
        {"F4", "rdp-lock-out", Form::profile, "2019", tls12_off, "[protocols]\n\"TLS 1.2\" = \"enabled\"\n"},
        {"F4", "rdp-lock-out", Form::profile, "2008-r2", "[protocols]\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.2\" = \"enabled\"\n",
         "[protocols]\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.2\" = \"enabled\"\n", {}, "KB3080079"},
        {"F5", "adfs-lock-out", Form::profile, "2019", "[protocols]\n\"TLS 1.0\" = \"disabled\"\n",
         "[protocols]\n\"TLS 1.0\" = \"disabled\"\n[dotnet]\nstrong_crypto = true\n"},
        {"F6", "http2-blocklisted-first", Form::profile, "2019",
         listed("\"TLS_RSA_WITH_AES_256_GCM_SHA384\", \"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\""),
         listed("\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\", \"TLS_RSA_WITH_AES_256_GCM_SHA384\"")},
        {"F7", "suite-blocked", Form::profile, "",
         "[ciphers]\n\"AES 128/128\" = \"disabled\"\n" + listed("\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\""),
         "[ciphers]\n\"AES 128/128\" = \"disabled\"\n" + listed("\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"")},
        {"F8", "protocol-one-role", Form::profile, "2019", "[protocols]\n\"TLS 1.1\" = { server = \"disabled\" }\n",
         "[protocols]\n\"TLS 1.1\" = \"disabled\"\n"},
        {"F8", "protocol-one-value", Form::reg, "2019", "[~\\Protocols\\TLS 1.0\\Server]\n\"DisabledByDefault\"=dword:1\n",
         "[~\\Protocols\\TLS 1.0\\Server]\n\"DisabledByDefault\"=dword:1\n\"Enabled\"=dword:0\n"},
        {"F9", "protocol-key-without-role", Form::reg, "", "[~\\Protocols\\TLS 1.0]\n\"Enabled\"=dword:0\n",
         "[~\\Protocols\\TLS 1.0\\Client]\n\"Enabled\"=dword:0\n"},
        {"F10", "null-cipher", Form::profile, "", "[ciphers]\nNULL = \"enabled\"\n", "[ciphers]\nNULL = \"disabled\"\n"},
        {"F11", "tls13-unsupported", Form::reg, "2019", "[~\\Protocols\\TLS 1.3\\Client]\n\"Enabled\"=dword:1\n",
         "[~\\Protocols\\TLS 1.3\\Client]\n\"Enabled\"=dword:1\n", "2022"},
        {"F12", "only-tls13-suites", Form::profile, "2022", "[protocols]\n\"TLS 1.3\" = \"disabled\"\n" + listed("\"TLS_AES_256_GCM_SHA384\""),
         "[protocols]\n\"TLS 1.3\" = \"enabled\"\n" + listed("\"TLS_AES_256_GCM_SHA384\"")},
        {"F13", "only-ecdsa-suites", Form::profile, "2019", listed("\"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384\""),
         listed("\"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384\", \"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"")},
        {"F14", "rc4-partly-off", Form::profile, "", "[ciphers]\n\"RC4 128/128\" = \"disabled\"\n",
         "[ciphers]\n\"RC4 128/128\" = \"disabled\"\n\"RC4 56/128\" = \"disabled\"\n\"RC4 40/128\" = \"disabled\"\n"},
        {"F15", "lookalike-character", Form::reg, "", "[~\\Ciphers\\RC4 128\xE2\x88\x95" "128]\n\"Enabled\"=dword:0\n",
         "[~\\Ciphers\\RC4 128/128]\n\"Enabled\"=dword:0\n"},
        {"F16", "wow64-twin", Form::profile, "", "[winhttp.view64]\ndefault_secure_protocols = [\"TLS 1.2\"]\n",
         "[winhttp]\ndefault_secure_protocols = [\"TLS 1.2\"]\n"},
        {"F17", "winhttp-refused", Form::profile, "2019",
         "[protocols]\n\"TLS 1.1\" = \"disabled\"\n[winhttp]\ndefault_secure_protocols = [\"TLS 1.1\", \"TLS 1.2\"]\n",
         "[protocols]\n\"TLS 1.1\" = \"disabled\"\n[winhttp]\ndefault_secure_protocols = [\"TLS 1.2\"]\n"},
        {"F18", "local-list-edited", Form::profile, "2019", "[cipher_suites.local]\norder = [\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"]\n",
         "[cipher_suites.local]\norder = \"default\"\n"},
        {"F19", "renegotiation-off", Form::profile, "", "[schannel]\ndisable_reneg_on_server = true\n",
         "[schannel]\ndisable_reneg_on_server = false\n"},
        {"F20", "renegotiation-strict", Form::profile, "", "[schannel]\nallow_insecure_reneg_servers = false\n",
         "[schannel]\nallow_insecure_reneg_clients = false\n"},
        {"F21", "fips-curve25519", Form::profile, "2019", "[fips]\nenabled = true\n",
         "[fips]\nenabled = true\n[elliptic_curves.policy]\norder = [\"NistP256\", \"NistP384\"]\n"},
        {"F22", "sha512-certificates", Form::untouched, "2012-r2", {}, {}, "2016"},
        {"F23", "dhe-leading-zero", Form::profile, "2012-r2", listed("\"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384\""),
         listed("\"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384\""), "2019"},
        {"F24", "pkcs-off", Form::profile, "", "[key_exchange_algorithms]\nPKCS = \"disabled\"\n",
         "[key_exchange_algorithms]\nPKCS = \"enabled\"\n"},
        {"F25", "ems-off", Form::profile, "", "[schannel]\ndisable_server_extended_master_secret = true\n",
         "[schannel]\ndisable_server_extended_master_secret = false\n"},
        {"F26", "dotnet35-strong-crypto", Form::profile, "", "[dotnet]\nstrong_crypto = true\n",
         "[dotnet]\nstrong_crypto = true\nsystem_default_tls_versions = true\n"},
        {"F27", "policy-list-semicolons", Form::profile, "", raw_policy(std::string(gcm) + ";TLS_AES_256_GCM_SHA384"), raw_policy(gcm)},
        {"F28", "value-wrong-type", Form::reg, "", "[~\\Protocols\\TLS 1.0\\Client]\n\"Enabled\"=\"0\"\n",
         "[~\\Protocols\\TLS 1.0\\Client]\n\"Enabled\"=dword:0\n"},
        {"F29", "folklore-value", Form::reg, "", "[~\\KeyExchangeAlgorithms\\PKCS]\n\"ServerMinKeyBitLength\"=dword:800\n",
         "[~\\KeyExchangeAlgorithms\\PKCS]\n\"ClientMinKeyBitLength\"=dword:800\n"},
        {"F29", "folklore-value", Form::reg, "", "[~]\n\"DisableCompression\"=dword:1\n", "[~]\n\"EventLogging\"=dword:1\n"},
        {"F30", "session-cache-off", Form::profile, "", "[schannel]\nserver_cache_time = 0\n", "[schannel]\nserver_cache_time = 60000\n"},
        {"F31", "policy-copies-default", Form::profile, "7", raw_policy(default_list("windows-7")), raw_policy(default_list("windows-10-1703")),
         "10-1703"},
        {"F32", "suite-name-unknown", Form::profile, "2012-r2", raw_policy("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P256,TLS_RSA_WITH_AES_256_GCM_SHA384"),
         raw_policy("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384,TLS_RSA_WITH_AES_256_GCM_SHA384")},
        {"F33", "forward-secrecy-lost", Form::profile, "2016", skype, skype, "2012-r2"},
        {"F34", "policy-list-set", Form::profile, "", raw_policy(gcm), "[cipher_suites.policy]\norder = \"default\"\n"},
    };
    return all;
}

Findings run(Form form, const std::string& text, const std::string& releases, const std::string& update = {}) {
    switch (form) {
        case Form::profile: return of_profile(text, releases, update);
        case Form::reg: return of_reg(text, releases, update);
        case Form::untouched: break;
    }
    return of_untouched(releases, update);
}

}  // namespace

TEST_CASE("each trap is found where it is, and not where it is not", "[lint]") {
    for (const Case& each : cases()) {
        INFO(each.footgun << " " << each.rule);
        const Findings found = run(each.form, each.shows, each.releases);
        const Findings other = run(each.form, each.does_not, each.other_releases.empty() ? each.releases : each.other_releases, each.other_update);
        CAPTURE(lines(found), lines(other));
        CHECK(has(found, each.rule));
        CHECK(!has(other, each.rule));
        const lint::LintRule* rule = lint::find_lint_rule(each.rule);
        REQUIRE(rule != nullptr);
        CHECK(rule->footgun == each.footgun);
    }
}

TEST_CASE("the traps F1 to F34 all have a rule and a case", "[lint]") {
    std::set<std::string_view> shown, ruled;
    for (const Case& each : cases()) shown.insert(each.footgun);
    for (const lint::LintRule& rule : lint::lint_rules()) {
        if (!rule.footgun.empty()) ruled.insert(rule.footgun);
    }
    for (int i = 1; i <= 34; ++i) {
        const std::string id = "F" + std::to_string(i);
        INFO(id);
        CHECK(shown.contains(id));
        CHECK(ruled.contains(id));
    }
}
