#include "schancfg/effect/difference.hpp"

#include "catch.hpp"
#include "effect/spelled.hpp"
#include "schancfg/effect/policy.hpp"
#include "schancfg/effect/restart.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath root_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const KeyPath local(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");

const facts::Release& release(std::string_view id) {
    const facts::Release* found = facts::find_release(id);
    REQUIRE(found != nullptr);
    return *found;
}

/// RC4 is the only suite of many lists that works in SSL 3.0, and takes it along.
void switch_off_ssl3(Tree& tree) {
    for (const std::string_view role : {"Client", "Server"}) {
        tree.set_value(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 3.0").child(role),
                       "Enabled", Value::dword(0));
    }
}

std::string compare(std::string_view on, const Tree& before, const Tree& after) {
    return test::spelled(effect::difference(effect::evaluate(before, release(on)), effect::evaluate(after, release(on))));
}

void set(Tree& tree, const KeyPath& key, std::string_view name, std::uint32_t number) {
    tree.set_value(key, name, Value::dword(number));
}

Tree with_local(const std::vector<std::string>& suites) {
    Tree tree;
    tree.set_value(local, "Functions", Value::multi_sz(suites));
    return tree;
}

plan::Change change(const KeyPath& key, std::string name) {
    plan::Change made;
    made.key = key;
    made.value_name = std::move(name);
    made.after = Value::dword(0);
    return made;
}

}  // namespace

TEST_CASE("what follows a name that a list repeats is compared as well", "[effect]") {
    const Tree longer = with_local({"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_GCM_SHA256"});
    const Tree shorter = with_local({"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"});
    CHECK(compare("2022", longer, shorter).find("TLS_RSA_WITH_AES_128_GCM_SHA256") != std::string::npos);
    CHECK(compare("2022", shorter, longer).find("TLS_RSA_WITH_AES_128_GCM_SHA256") != std::string::npos);
}

TEST_CASE("Equal states differ in nothing, on every release", "[effect]") {
    for (const facts::Release& each : facts::releases()) {
        const Tree tree = schannel::untouched(each);
        CHECK(effect::difference(effect::evaluate(tree, each), effect::evaluate(tree, each)).empty());
    }
}

TEST_CASE("Values that change nothing of the effect are not difference", "[effect]") {
    Tree tree;
    set(tree, root_key.below("Protocols\\TLS 1.2\\Server"), "Enabled", 1);
    set(tree, root_key.below("Protocols\\TLS 1.3\\Server"), "Enabled", 0);
    set(tree, root_key.below("Ciphers\\AES 128/128"), "Enabled", 0xFFFFFFFF);
    CHECK(compare("2019", {}, tree).empty());
}

TEST_CASE("A protocol that goes off is reported with the suites and the layers that go with it", "[effect]") {
    const std::vector<std::string> suites = {"TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"};
    const Tree before = with_local(suites);
    Tree after = with_local(suites);
    set(after, root_key.below("Protocols\\TLS 1.0\\Client"), "Enabled", 0);
    set(after, root_key.below("Protocols\\TLS 1.0\\Server"), "Enabled", 0);
    set(after, root_key.below("Protocols\\TLS 1.2\\Server"), "DisabledByDefault", 1);
    set(after, root_key.below("KeyExchangeAlgorithms\\Diffie-Hellman"), "ClientMinKeyBitLength", 2048);
    CHECK(compare("2016", before, after) ==
          "TLS 1.0: on -> off\n"
          "TLS 1.2 (server): on -> on-request\n"
          "TLS_RSA_WITH_AES_128_GCM_SHA256 (server): usable -> on-request\n"
          "Diffie-Hellman client minimum (client): 1024 -> 2048\n"
          "WinHTTP 64 (client): [TLS 1.0, TLS 1.1, TLS 1.2] -> [TLS 1.1, TLS 1.2]\n"
          "WinHTTP 32 (client): [TLS 1.0, TLS 1.1, TLS 1.2] -> [TLS 1.1, TLS 1.2]\n"
          ".NET v2.0.50727 64, 3.5 (client): [TLS 1.0] -> []\n"
          ".NET v2.0.50727 32, 3.5 (client): [TLS 1.0] -> []\n"
          ".NET v4.0.30319 64, 4.7 and later (client): [TLS 1.0, TLS 1.1, TLS 1.2] -> [TLS 1.1, TLS 1.2]\n"
          ".NET v4.0.30319 64, 4.6 to 4.6.2 (client): [TLS 1.0, TLS 1.1, TLS 1.2] -> [TLS 1.1, TLS 1.2]\n"
          ".NET v4.0.30319 64, before 4.6 (client): [TLS 1.0] -> []\n"
          ".NET v4.0.30319 32, 4.7 and later (client): [TLS 1.0, TLS 1.1, TLS 1.2] -> [TLS 1.1, TLS 1.2]\n"
          ".NET v4.0.30319 32, 4.6 to 4.6.2 (client): [TLS 1.0, TLS 1.1, TLS 1.2] -> [TLS 1.1, TLS 1.2]\n"
          ".NET v4.0.30319 32, before 4.6 (client): [TLS 1.0] -> []\n");
}

TEST_CASE("Suites and curves are gained, lost and moved", "[effect]") {
    Tree before;
    before.set_value(local, "Functions",
                     Value::multi_sz({"TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_RC4_128_SHA",
                                      "TLS_RSA_WITH_AES_128_CBC_SHA"}));
    switch_off_ssl3(before);
    before.set_value(local, "EccCurves", Value::multi_sz({"curve25519", "NistP256", "NistP384"}));
    Tree after;
    after.set_value(policy, "Functions",
                    Value::sz("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_GCM_SHA256,"
                              "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384,TLS_RSA_WITH_AES_128_CBC_SHA"));
    switch_off_ssl3(after);
    after.set_value(local, "EccCurves", Value::multi_sz({"NistP384", "NistP256"}));
    CHECK(compare("2016", before, after) ==
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: not listed -> usable\n"
          "TLS_RSA_WITH_RC4_128_SHA: usable -> not listed\n"
          "suite order: #1 TLS_RSA_WITH_AES_128_GCM_SHA256 -> #1 TLS_RSA_WITH_AES_256_GCM_SHA384\n"
          "curve25519: usable -> not listed\n"
          "curve order: #1 NistP256 -> #1 NistP384\n");
}

TEST_CASE("A closed gate is reported once for itself and once for every suite that it blocks", "[effect]") {
    const std::vector<std::string> suites = {"TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"};
    Tree before = with_local(suites);
    Tree after = with_local(suites);
    switch_off_ssl3(before);
    switch_off_ssl3(after);
    set(after, root_key.below("Ciphers\\RC4 128/128"), "Enabled", 0);
    set(after, root_key, "EventLogging", 3);
    set(after, root_key, "AllowInsecureRenegoClients", 0);
    CHECK(compare("2016", before, after) ==
          "TLS_RSA_WITH_RC4_128_SHA: usable -> blocked\n"
          "RC4 128/128: on -> off\n"
          "renegotiation (server): compatible -> strict\n"
          "event_logging: 1 -> 3\n");
}

TEST_CASE("Numbers that mean the same are no difference", "[effect]") {
    const auto with = [](std::string_view name, std::uint32_t number) {
        Tree tree;
        set(tree, root_key, name, number);
        return tree;
    };
    CHECK(compare("2019", with("SendTrustedIssuerList", 1), with("SendTrustedIssuerList", 2)).empty());
    CHECK(compare("2019", with("SendTrustedIssuerList", 0), with("SendTrustedIssuerList", 2)) == "send_trusted_issuer_list: 0 -> 2\n");
    CHECK(compare("2019", with("EventLogging", 1), with("EventLogging", 9)).empty());
    CHECK(compare("2019", with("EventLogging", 8), with("EventLogging", 16)) == "event_logging: 8 -> 16\n");
    CHECK(compare("2019", with("ClientCacheTime", 1), with("ClientCacheTime", 2)) == "client_cache_time: 1 -> 2\n");
}

TEST_CASE("Two releases can be compared", "[effect]") {
    const std::string text = test::spelled(effect::difference(effect::evaluate({}, release("2016")), effect::evaluate({}, release("2022"))));
    CHECK(text.find("TLS 1.3: not-supported -> on\n") != std::string::npos);
    CHECK(text.find("TLS_AES_256_GCM_SHA384: not listed -> usable\n") != std::string::npos);
    CHECK(text.find("TLS_RSA_WITH_RC4_128_SHA: usable -> not listed\n") != std::string::npos);
}

TEST_CASE("What has to be restarted is the strongest of all changes", "[effect]") {
    const KeyPath dotnet(Root::local_machine, "SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319");
    const plan::Change protocol = change(root_key.below("Protocols\\TLS 1.0\\Server"), "Enabled");
    const plan::Change strong = change(dotnet, "SchUseStrongCrypto");
    const plan::Change list = change(policy, "Functions");

    effect::Restart found = effect::restart({});
    CHECK(found.needed == effect::RestartNeed::no);
    CHECK(found.scope == effect::RestartScope::nothing);

    found = effect::restart(std::vector{strong});
    CHECK(found.needed == effect::RestartNeed::no);
    CHECK(found.scope == effect::RestartScope::processes);

    found = effect::restart(std::vector{strong, protocol, protocol});
    CHECK(found.needed == effect::RestartNeed::disputed);
    CHECK(found.scope == effect::RestartScope::computer);
    REQUIRE(found.reasons.size() == 2);
    CHECK(found.reasons[0].subject == "protocols");
    CHECK(found.reasons[0].for_restart.size() == 4);
    CHECK(found.reasons[0].against_restart.size() == 2);
    CHECK(found.reasons[1].subject == ".NET Framework");

    found = effect::restart(std::vector{strong, protocol, list});
    CHECK(found.needed == effect::RestartNeed::yes);
    CHECK(effect::restart_need_name(found.needed) == "yes");
    CHECK(found.reasons[0].subject == "cipher suite policy list");
    CHECK(found.sources.size() >= 6);
}

TEST_CASE("Every kind of change has its rule for restarting", "[effect]") {
    const auto rule = [](const KeyPath& key, std::string name) {
        const effect::Restart found = effect::restart(std::vector{change(key, std::move(name))});
        return std::string(found.reasons.at(0).subject) + ": " + std::string(effect::restart_need_name(found.needed)) + ", " +
               std::string(effect::restart_scope_name(found.scope));
    };
    const auto machine = [](std::string_view path) { return KeyPath(Root::local_machine, std::string(path)); };
    CHECK(rule(root_key.below("protocols\\tls 1.2\\client"), "DisabledByDefault") == "protocols: disputed, computer");
    CHECK(rule(root_key.below("Ciphers\\NULL"), "Enabled") == "ciphers, hashes and key exchanges: disputed, computer");
    CHECK(rule(root_key.below("KeyExchangeAlgorithms\\PKCS"), "Enabled") == "ciphers, hashes and key exchanges: disputed, computer");
    CHECK(rule(root_key.below("KeyExchangeAlgorithms\\PKCS"), "ClientMinKeyBitLength") == "key lengths: disputed, computer");
    CHECK(rule(root_key, "EventLogging") == "event logging: yes, computer");
    CHECK(rule(root_key, "ServerCacheTime") == "other values: disputed, computer");
    CHECK(rule(local, "Functions") == "cipher suite list: disputed, computer");
    CHECK(rule(local, "EccCurves") == "curve list: yes, computer");
    CHECK(rule(policy, "EccCurves") == "curve list: yes, computer");
    CHECK(rule(machine("SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy"), "Enabled") == "FIPS mode: disputed, computer");
    CHECK(rule(machine("SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp"),
               "DefaultSecureProtocols") == "WinHTTP: disputed, services");
    CHECK(rule(machine("SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters"), "EnableHttp2Tls") == "HTTP/2 and HTTP/3: yes, computer");
}

TEST_CASE("What is weak is listed as plain facts, protocols first", "[effect]") {
    const auto lines = [](std::string_view on, const Tree& tree) {
        std::vector<std::string> all;
        for (const effect::WeakPoint& point : effect::evaluate(tree, release(on)).weak) {
            all.push_back(std::string(effect::weakness_id(point.kind)) + " " + point.subject + (point.role.empty() ? "" : " " + std::string(point.role)) + ": " +
                          point.detail + (point.certain ? "" : "?"));
        }
        return all;
    };
    Tree tree;
    for (const std::string_view name : {"SSL 3.0", "TLS 1.0", "TLS 1.1", "DTLS 1.0"}) {
        set(tree, root_key.child("Protocols").child(name).child("Server"), "Enabled", 0);
        if (name != "TLS 1.0") set(tree, root_key.child("Protocols").child(name).child("Client"), "Enabled", 0);
    }
    set(tree, root_key, "AllowInsecureRenegoClients", 0);
    set(tree, root_key, "AllowInsecureRenegoServers", 0);
    set(tree, root_key.below("KeyExchangeAlgorithms\\PKCS"), "ClientMinKeyBitLength", 2048);
    for (const std::string_view node : {"", "Wow6432Node\\"}) {
        for (const std::string_view version : {"v2.0.50727", "v4.0.30319"}) {
            const KeyPath key(Root::local_machine, std::string("SOFTWARE\\").append(node).append("Microsoft\\.NETFramework\\").append(version));
            set(tree, key, "SystemDefaultTlsVersions", 1);
        }
    }
    tree.set_value(local, "Functions",
                   Value::multi_sz({"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA",
                                    "TLS_RSA_WITH_RC4_128_MD5"}));
    CHECK(lines("2019", tree) ==
          std::vector<std::string>{
              "weak-protocol TLS 1.0 client: is on",
              "weak-cipher-suite RC4: 2 suites with RC4: TLS_RSA_WITH_RC4_128_SHA and one more",
              "no-forward-secrecy RSA key exchange: one suite without forward secrecy: TLS_RSA_WITH_AES_128_CBC_SHA",
              "short-key Diffie-Hellman client_min_bits client: accepts keys from 1024 bits",
          });
}

TEST_CASE("A role without any TLS version, and a list without any usable suite, are said to be so", "[effect]") {
    Tree tree;
    for (const std::string_view name : {"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) {
        set(tree, root_key.child("Protocols").child(name).child("Server"), "Enabled", 0);
    }
    tree.set_value(local, "Functions", Value::multi_sz({"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384"}));
    bool no_protocol = false, no_suite = false;
    for (const effect::WeakPoint& point : effect::evaluate(tree, release("2019")).weak) {
        if (point.kind == effect::Weakness::no_protocol) {
            no_protocol = true;
            CHECK(point.role == "server");
        }
        no_suite = no_suite || point.kind == effect::Weakness::no_cipher_suite;
    }
    CHECK(no_protocol);
    CHECK(no_suite);
}

TEST_CASE("Values that a policy of the fleet owns are named, with the policy that would restore them", "[effect]") {
    const KeyPath fips(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy");
    const KeyPath policy_in_capitals(Root::local_machine, "SOFTWARE\\POLICIES\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
    const std::vector<plan::Change> changes = {
        {policy, std::nullopt, plan::Action::add, {}, {}, {}},
        {policy_in_capitals, "functions", plan::Action::add, {}, Value::sz("TLS_AES_256_GCM_SHA384"), {}},
        {policy, "EccCurves", plan::Action::remove, Value::multi_sz({"NistP256"}), {}, {}},
        {local, "Functions", plan::Action::change, {}, Value::multi_sz({"TLS_AES_256_GCM_SHA384"}), {}},
        {root_key, "EventLogging", plan::Action::add, {}, Value::dword(1), {}},
        {fips, "Enabled", plan::Action::change, Value::dword(1), Value::dword(0), {}},
    };
    std::vector<std::string> settings;
    for (const effect::PolicyOwner& owner : effect::policy_owners(changes)) {
        settings.emplace_back(owner.setting);
        CHECK_FALSE(owner.source.empty());
    }
    CHECK(settings == std::vector<std::string>{"SSL Cipher Suite Order", "ECC Curve Order",
                                               "System cryptography: Use FIPS compliant algorithms for encryption, hashing, and signing"});
    CHECK(effect::policy_owners(std::span(changes).subspan(2, 1)).front().to_string() ==
          "The policy \"ECC Curve Order\" manages EccCurves of HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002: where "
          "it is set, its next refresh overwrites this");
    CHECK(effect::policy_owners(std::span(changes).subspan(3, 2)).empty());
}

TEST_CASE("Nothing waits for a restart where the release does not have the protocol", "[effect]") {
    const registry::KeyPath ssl2(registry::Root::local_machine,
                                 "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Server");
    const std::vector<plan::Change> changes{{ssl2, "Enabled", plan::Action::add, std::nullopt, registry::Value::dword(0), std::nullopt}};
    CHECK(effect::restart(changes, facts::find_release("windows-server-2022")).needed == effect::RestartNeed::no);
    CHECK(effect::restart(changes, facts::find_release("windows-server-2012-r2")).needed == effect::RestartNeed::disputed);
    CHECK(effect::restart(changes).needed == effect::RestartNeed::disputed);
}

TEST_CASE("the same order in other letters is the same order", "[effect]") {
    const Tree usual = with_local({"TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_GCM_SHA256"});
    const Tree small = with_local({"tls_rsa_with_aes_256_gcm_sha384", "tls_rsa_with_aes_128_gcm_sha256"});
    CHECK(compare("2019", usual, small).find("suite order") == std::string::npos);
}

TEST_CASE("what is open is on, usable or true, and nothing else", "[effect]") {
    for (const effect::EffectValue& value : {effect::EffectValue(effect::ReachState::on), effect::EffectValue(effect::Standing::usable), effect::EffectValue(effect::GateState::on), effect::EffectValue(true)}) {
        CHECK(effect::is_open(value));
    }
    for (const effect::EffectValue& value : {effect::EffectValue(effect::ReachState::on_request), effect::EffectValue(effect::Standing::on_request), effect::EffectValue(effect::GateState::off),
                                             effect::EffectValue(false), effect::EffectValue()}) {
        CHECK_FALSE(effect::is_open(value));
    }
}
