// What an untouched installation holds, held against the registries of real machines (public SYSTEM hives, read once).
#include <string>
#include <vector>

#include "catch.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;

namespace {

using Names = std::vector<std::string>;

struct Machine {
    const char* release;
    bool updates_known;
    const char* update;  ///< that it has; empty: none
    std::uint32_t security_layer;
    Names signatures, curves, suites;
};

const std::vector<Machine>& machines() {
    static const std::vector<Machine> all{
        {"7", true, "", 1,
         {"RSA/SHA256",
         "RSA/SHA384",
         "RSA/SHA1",
         "ECDSA/SHA256",
         "ECDSA/SHA384",
         "ECDSA/SHA1",
         "DSA/SHA1"},
         {},
         {"TLS_RSA_WITH_AES_128_CBC_SHA256",
         "TLS_RSA_WITH_AES_128_CBC_SHA",
         "TLS_RSA_WITH_AES_256_CBC_SHA256",
         "TLS_RSA_WITH_AES_256_CBC_SHA",
         "TLS_RSA_WITH_RC4_128_SHA",
         "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P384",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P384",
         "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P256",
         "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384_P384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P256",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P384",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P384",
         "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256",
         "TLS_DHE_DSS_WITH_AES_128_CBC_SHA",
         "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256",
         "TLS_DHE_DSS_WITH_AES_256_CBC_SHA",
         "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA",
         "TLS_RSA_WITH_RC4_128_MD5",
         "SSL_CK_RC4_128_WITH_MD5",
         "SSL_CK_DES_192_EDE3_CBC_WITH_MD5",
         "TLS_RSA_WITH_NULL_SHA256",
         "TLS_RSA_WITH_NULL_SHA"}},
        {"8.1", true, "KB2919355", 1,
         {"RSA/SHA256",
         "RSA/SHA384",
         "RSA/SHA1",
         "ECDSA/SHA256",
         "ECDSA/SHA384",
         "ECDSA/SHA1",
         "DSA/SHA1"},
         {},
         {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256",
         "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384",
         "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
         "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
         "TLS_RSA_WITH_AES_256_GCM_SHA384",
         "TLS_RSA_WITH_AES_128_GCM_SHA256",
         "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P384",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P384",
         "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P256",
         "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P384",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P384",
         "TLS_RSA_WITH_AES_256_CBC_SHA256",
         "TLS_RSA_WITH_AES_128_CBC_SHA256",
         "TLS_RSA_WITH_AES_256_CBC_SHA",
         "TLS_RSA_WITH_AES_128_CBC_SHA",
         "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384_P384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P256",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P384",
         "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256",
         "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256",
         "TLS_DHE_DSS_WITH_AES_256_CBC_SHA",
         "TLS_DHE_DSS_WITH_AES_128_CBC_SHA",
         "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
         "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA",
         "TLS_RSA_WITH_RC4_128_SHA",
         "TLS_RSA_WITH_RC4_128_MD5",
         "TLS_RSA_WITH_NULL_SHA256",
         "TLS_RSA_WITH_NULL_SHA",
         "SSL_CK_RC4_128_WITH_MD5",
         "SSL_CK_DES_192_EDE3_CBC_WITH_MD5"}},
        {"10-2004", false, "", 2,
         {"RSAE-PSS/SHA256",
         "RSAE-PSS/SHA384",
         "RSAE-PSS/SHA512",
         "RSA/SHA256",
         "RSA/SHA384",
         "RSA/SHA1",
         "ECDSA/SHA256",
         "ECDSA/SHA384",
         "ECDSA/SHA1",
         "DSA/SHA1",
         "RSA/SHA512",
         "ECDSA/SHA512"},
         {"curve25519",
         "NistP256",
         "NistP384"},
         {"TLS_AES_256_GCM_SHA384",
         "TLS_AES_128_GCM_SHA256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
         "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
         "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
         "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
         "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
         "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
         "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
         "TLS_RSA_WITH_AES_256_GCM_SHA384",
         "TLS_RSA_WITH_AES_128_GCM_SHA256",
         "TLS_RSA_WITH_AES_256_CBC_SHA256",
         "TLS_RSA_WITH_AES_128_CBC_SHA256",
         "TLS_RSA_WITH_AES_256_CBC_SHA",
         "TLS_RSA_WITH_AES_128_CBC_SHA",
         "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
         "TLS_RSA_WITH_NULL_SHA256",
         "TLS_RSA_WITH_NULL_SHA",
         "TLS_PSK_WITH_AES_256_GCM_SHA384",
         "TLS_PSK_WITH_AES_128_GCM_SHA256",
         "TLS_PSK_WITH_AES_256_CBC_SHA384",
         "TLS_PSK_WITH_AES_128_CBC_SHA256",
         "TLS_PSK_WITH_NULL_SHA384",
         "TLS_PSK_WITH_NULL_SHA256"}},
        {"10-1709", false, "", 2,
         {"RSA/SHA256",
         "RSA/SHA384",
         "RSA/SHA1",
         "ECDSA/SHA256",
         "ECDSA/SHA384",
         "ECDSA/SHA1",
         "DSA/SHA1",
         "RSA/SHA512",
         "ECDSA/SHA512"},
         {"curve25519",
         "NistP256",
         "NistP384"},
         {"TLS_AES_256_GCM_SHA384",
         "TLS_AES_128_GCM_SHA256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
         "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
         "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
         "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
         "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
         "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
         "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
         "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
         "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
         "TLS_RSA_WITH_AES_256_GCM_SHA384",
         "TLS_RSA_WITH_AES_128_GCM_SHA256",
         "TLS_RSA_WITH_AES_256_CBC_SHA256",
         "TLS_RSA_WITH_AES_128_CBC_SHA256",
         "TLS_RSA_WITH_AES_256_CBC_SHA",
         "TLS_RSA_WITH_AES_128_CBC_SHA",
         "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
         "TLS_RSA_WITH_NULL_SHA256",
         "TLS_RSA_WITH_NULL_SHA",
         "TLS_PSK_WITH_AES_256_GCM_SHA384",
         "TLS_PSK_WITH_AES_128_GCM_SHA256",
         "TLS_PSK_WITH_AES_256_CBC_SHA384",
         "TLS_PSK_WITH_AES_128_CBC_SHA256",
         "TLS_PSK_WITH_NULL_SHA384",
         "TLS_PSK_WITH_NULL_SHA256"}},
    };
    return all;
}

Names strings(const registry::Tree& tree, const std::string& key, const char* name) {
    const registry::Value* value = tree.find_value(registry::KeyPath(registry::Root::local_machine, key), name);
    return value == nullptr ? Names{} : value->as_strings().value_or(Names{});
}

const std::string lists = "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\";

}  // namespace

TEST_CASE("An untouched installation holds what the hives of real machines hold", "[facts]") {
    for (const Machine& machine : machines()) {
        INFO(machine.release);
        const facts::Release& release = *facts::find_release(machine.release);
        const Names updates = *machine.update == '\0' ? Names{} : Names{machine.update};
        const registry::Tree tree = schannel::untouched(release, updates, machine.updates_known);
        CHECK(strings(tree, lists + "00010002", "Functions") == machine.suites);
        CHECK(strings(tree, lists + "00010002", "EccCurves") == machine.curves);
        CHECK(strings(tree, lists + "00010003", "Functions") == machine.signatures);
        const registry::Value* layer = tree.find_value(
            registry::KeyPath(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp"), "SecurityLayer");
        REQUIRE(layer != nullptr);
        CHECK(layer->as_dword().value_or(99) == machine.security_layer);
        // And its effect is that of the release by itself.
        CHECK(effect::evaluate(tree, release, {.updates = updates, .updates_complete = machine.updates_known}).cipher_suites.is_default);
    }
}

TEST_CASE("A list that is supposed for a release depends on its updates", "[facts]") {
    const facts::Release& release = *facts::find_release("8.1");
    const registry::Tree tree = schannel::untouched(release);
    const auto note = [&](const effect::Circumstances& known) { return std::string(effect::evaluate(tree, release, known).cipher_suites.basis.note); };
    CHECK(note({.updates_complete = true, .untouched = true}).find("not documented") != std::string::npos);
    CHECK(note({.updates = {"KB3161639"}, .untouched = true}).find("not documented") == std::string::npos);
    const auto none = effect::evaluate(registry::Tree{}, *facts::find_release("7"), {.updates_complete = true});
    CHECK(none.cipher_suites.find("TLS_DHE_RSA_WITH_AES_256_CBC_SHA") == nullptr);
    CHECK(none.cipher_suites.listed.size() == 30);
}

TEST_CASE(".NET tests its values for exactly 1 or for not 0, by what the program is built for, and ignores other types", "[facts]") {
    const facts::Release& release = *facts::find_release("2019");
    const auto with = [&](registry::Value strong, registry::Value system) {
        registry::Tree tree;
        const registry::KeyPath key(registry::Root::local_machine, "SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319");
        tree.set_value(key, "SchUseStrongCrypto", std::move(strong));
        tree.set_value(key, "SystemDefaultTlsVersions", std::move(system));
        std::string text;
        for (const effect::DotnetEffect& each : effect::evaluate(tree, release).dotnet) {
            if (each.version != "v4.0.30319" || each.view != effect::View::bits64) continue;
            for (const effect::DotnetCase& one : each.cases) text += one.system_default_tls_versions.on ? 'd' : one.strong_crypto.on ? 's' : '-';
        }
        return text;  // 4.7 and later, 4.6 to 4.6.2, before 4.6
    };
    using registry::Value;
    CHECK(with(Value::dword(1), Value::dword(1)) == "ddd");
    CHECK(with(Value::dword(2), Value::dword(2)) == "ds-");
    CHECK(with(Value::dword(0), Value::dword(0)) == "---");
    CHECK(with(Value::sz("1"), Value::sz("1")) == "ds-");
}
