#include "schancfg/effect/effect.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace schancfg;
using effect::Answer;
using effect::Effect;
using effect::ProtocolReach;
using effect::ReachState;
using effect::RoleReach;
using facts::Role;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath local(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
const KeyPath schannel(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

Effect on(std::string_view release, const Tree& tree) {
    const facts::Release* found = facts::find_release(release);
    REQUIRE(found != nullptr);
    return effect::evaluate(tree, *found);
}

Tree with_policy(std::string_view text) {
    Tree tree;
    tree.set_value(policy, "Functions", Value::sz(text));
    return tree;
}

Tree set(Tree tree, std::string_view below, std::string_view name, std::uint32_t number) {
    tree.set_value(schannel.below(below), name, Value::dword(number));
    return tree;
}

/// `TLS 1.2: on/off`, with `?` behind what is not certain; SSL 3.0 to TLS 1.3.
std::string dump(const Effect& effect) {
    std::string text;
    for (const ProtocolReach& client : effect.reach(Role::client).protocols) {
        if (client.name != "SSL 3.0" && !client.name.starts_with("TLS ")) continue;
        const ProtocolReach& server = *effect.reach(Role::server).find(client.name);
        const auto state = [](const ProtocolReach& reach) { return std::string(effect::reach_state_name(reach.state)) + (reach.basis.certain ? "" : "?"); };
        text += (text.empty() ? "" : ", ") + std::string(client.name.substr(4)) + ' ' + state(client);
        if (state(server) != state(client)) text += '/' + state(server);
    }
    return text;
}

std::string certificates(const RoleReach& reach) {
    return std::string("rsa ").append(schannel::answer_name(reach.rsa)).append(", ecdsa ").append(schannel::answer_name(reach.ecdsa));
}

}  // namespace

TEST_CASE("A list of GCM suites alone leaves no suite for TLS 1.0 and 1.1", "[effect]") {
    const Effect effect = on("2016", with_policy("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_GCM_SHA256"));
    CHECK(dump(effect) == "3.0 no-suite, 1.0 no-suite, 1.1 no-suite, 1.2 on, 1.3 not-supported");
    CHECK(effect.reach(Role::server).find("TLS 1.0")->basis.origin.kind == effect::OriginKind::policy);
    CHECK(effect.reach(Role::server).find("tls 1.0")->usable() == Answer::no);
    CHECK(effect.reach(Role::server).find("DTLS 1.0")->state == ReachState::no_suite);
    CHECK(effect.reach(Role::server).find("DTLS 1.2")->state == ReachState::on);
    CHECK(effect.protocol("TLS 1.0")->server().state == effect::ProtocolState::on);
}

TEST_CASE("With AES off, what is left works on explicit request alone, and that is nothing", "[effect]") {
    const Effect effect = on("2025", set(set({}, "Ciphers\\AES 128/128", "Enabled", 0), "Ciphers\\AES 256/256", "Enabled", 0));
    for (const Role role : {Role::client, Role::server}) {
        CHECK(effect.reach(role).find("TLS 1.2")->state == ReachState::no_suite);
        CHECK(effect.reach(role).find("TLS 1.2")->suites.empty());
        CHECK(effect.reach(role).by_default == Answer::no);
        CHECK(effect.reach(role).at_all == Answer::no);
    }
}

TEST_CASE("A list without suites of TLS 1.3 where TLS 1.3 is on is not certain", "[effect]") {
    const Effect effect = on("2022", with_policy("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
    CHECK(dump(effect) == "3.0 no-suite, 1.0 no-suite, 1.1 no-suite, 1.2 on, 1.3 no-suite?");
    CHECK(effect.reach(Role::client).hole == "TLS 1.3");
    CHECK(effect.reach(Role::server).hole == "TLS 1.3");
    CHECK(effect.reach(Role::server).find("TLS 1.3")->sources.size() >= 2);

    const Effect off = on("2022", set(set(with_policy("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"), "Protocols\\TLS 1.3\\Client", "Enabled", 0),
                                      "Protocols\\TLS 1.3\\Server", "Enabled", 0));
    CHECK(dump(off) == "3.0 no-suite, 1.0 no-suite, 1.1 no-suite, 1.2 on, 1.3 off");
    CHECK(off.reach(Role::server).hole.empty());
    CHECK(on("2022", {}).reach(Role::server).hole.empty());
}

TEST_CASE("Certificates are distinguished, and DSS suites serve neither kind", "[effect]") {
    const auto of = [](std::string_view list) { return certificates(on("2016", with_policy(list)).reach(Role::server)); };
    CHECK(of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384") == "rsa yes, ecdsa no");
    CHECK(of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384") == "rsa no, ecdsa yes");
    CHECK(of("TLS_DHE_DSS_WITH_AES_128_CBC_SHA") == "rsa no, ecdsa no");
    CHECK(of("TLS_RSA_WITH_NULL_SHA256") == "rsa no, ecdsa no");
    CHECK(certificates(on("2022", with_policy("TLS_AES_256_GCM_SHA384")).reach(Role::server)) == "rsa yes, ecdsa yes");
}

TEST_CASE("ML-KEM groups alone leave no ECDHE suite for TLS 1.2", "[effect]") {
    Tree tree;
    tree.set_value(local, "EccCurves", Value::multi_sz({"x25519_mlkem768", "secp256r1_mlkem768"}));
    tree.set_value(policy, "Functions", Value::sz("TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
    const Effect effect = on("2025", tree);
    const ProtocolReach& tls12 = *effect.reach(Role::server).find("TLS 1.2");
    CHECK(tls12.any_group == Answer::no);
    CHECK(tls12.state == ReachState::no_suite);
    CHECK(effect.cipher_suites.find("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")->use() == effect::SuiteUse::no);
    CHECK(effect.reach(Role::server).find("TLS 1.3")->any_group != Answer::no);
}

TEST_CASE("Key lengths that no key can have leave no suite with them", "[effect]") {
    Tree tree = with_policy("TLS_DHE_RSA_WITH_AES_256_GCM_SHA384");
    tree = set(std::move(tree), "KeyExchangeAlgorithms\\Diffie-Hellman", "ClientMinKeyBitLength", 4096);
    tree = set(std::move(tree), "KeyExchangeAlgorithms\\Diffie-Hellman", "ClientMaxKeyBitLength", 2048);
    const Effect effect = on("2019", tree);
    CHECK(effect.reach(Role::client).find("TLS 1.2")->state == ReachState::no_suite);
    CHECK(effect.reach(Role::server).find("TLS 1.2")->state == ReachState::on);
}

TEST_CASE("What an empty or unreadable policy list leaves is not certain", "[effect]") {
    CHECK(dump(on("2019", with_policy(""))).find("1.2 on?") != std::string::npos);
    Tree tree;
    tree.set_value(policy, "Functions", Value::multi_sz({"TLS_RSA_WITH_AES_128_GCM_SHA256"}));
    CHECK(dump(on("2019", tree)).find("1.2 on?") != std::string::npos);
}

TEST_CASE("Only dead names with a curve leave a protocol uncertain, since the sources contradict each other", "[effect]") {
    const Effect effect = on("2016", with_policy("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P256,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256"));
    const ProtocolReach& tls12 = *effect.reach(Role::server).find("TLS 1.2");
    CHECK(tls12.state == ReachState::on);
    CHECK_FALSE(tls12.basis.certain);
    CHECK(std::ranges::find(tls12.sources, effect.cipher_suites.listed[0].blocked_by[0].source) != tls12.sources.end());
}

TEST_CASE("3DES, where it is the only suite for SSL 3.0, leaves it uncertain", "[effect]") {
    const Effect effect = on("2016", with_policy("TLS_RSA_WITH_3DES_EDE_CBC_SHA"));
    CHECK(dump(effect) == "3.0 on-request?, 1.0 on, 1.1 on, 1.2 on, 1.3 not-supported");
}

TEST_CASE("SSL 2.0 with suites that work on explicit request alone is there on request", "[effect]") {
    Tree tree = set({}, "Protocols\\SSL 2.0\\Server", "Enabled", 1);
    CHECK(on("2008-r2", tree).reach(Role::server).find("SSL 2.0")->state == ReachState::on_request);
    tree.set_value(policy, "Functions", Value::sz("TLS_RSA_WITH_AES_128_CBC_SHA"));
    CHECK(on("2008-r2", tree).reach(Role::server).find("SSL 2.0")->state == ReachState::no_suite);
}

TEST_CASE("Layers above Schannel have no protocol that has no suite", "[effect]") {
    const Effect effect = on("2016", with_policy("TLS_RSA_WITH_AES_128_GCM_SHA256"));
    for (const effect::WinHttpEffect& view : effect.winhttp) {
        for (const effect::LayerProtocol& protocol : view.protocols) CHECK(protocol.usable() == (protocol.name == "TLS 1.2"));
    }
    const auto& v2 = effect.dotnet.front().cases.front();
    CHECK(effect::any_works(v2.protocols) == Answer::no);
    const Effect dead = on("2016", with_policy("TLS_RSA_WITH_NULL_SHA"));
    CHECK_FALSE(dead.service(facts::ServiceId::remote_desktop)->reachable);
    CHECK(dead.service(facts::ServiceId::remote_desktop)->basis.certain);
}

TEST_CASE("An untouched installation has a suite for every TLS version that is on", "[effect]") {
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        const Effect effect = effect::evaluate({}, release);
        for (const Role role : {Role::client, Role::server}) {
            for (const ProtocolReach& reach : effect.reach(role).protocols) {
                INFO(reach.name);
                if (reach.name.starts_with("TLS ")) CHECK(reach.state != ReachState::no_suite);
            }
            CHECK(effect.reach(role).hole.empty());
            CHECK(effect.reach(role).rsa != Answer::no);
        }
    }
}

TEST_CASE("A client whose least and greatest key length exclude each other has no suite of that key exchange", "[effect]") {
    const auto any_suite = [](std::string_view release, std::string_view exchange, std::string_view suite, std::uint32_t least, std::uint32_t most, const effect::Circumstances& known = {}) {
        const Tree tree = set(set(with_policy(suite), exchange, "ClientMinKeyBitLength", least), exchange, "ClientMaxKeyBitLength", most);
        return effect::evaluate(tree, *facts::find_release(release), known).reach(Role::client).find("TLS 1.2")->any_suite;
    };
    constexpr std::string_view pkcs = "KeyExchangeAlgorithms\\PKCS", dh = "KeyExchangeAlgorithms\\Diffie-Hellman";
    constexpr std::string_view rsa_suite = "TLS_RSA_WITH_AES_256_GCM_SHA384", dhe_suite = "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384";
    CHECK(any_suite("2022", pkcs, rsa_suite, 2048, 2048) == Answer::yes);
    CHECK(any_suite("2022", pkcs, rsa_suite, 4096, 2048) == Answer::no);
    CHECK(any_suite("2022", pkcs, rsa_suite, 4096, 0) == Answer::yes);
    CHECK(any_suite("2022", pkcs, dhe_suite, 4096, 2048) == Answer::yes);
    CHECK(any_suite("2022", dh, dhe_suite, 4096, 2048) == Answer::no);
    // Of the two the update brings one.
    CHECK(any_suite("2012-r2", dh, dhe_suite, 4096, 2048, {.updates = {"KB3174644"}}) == Answer::unknown);
}

TEST_CASE("Before Windows 10 a switch that takes the suites takes the curves in their names", "[effect]") {
    CHECK_FALSE(on("2012-r2", {}).reach(Role::server).find("TLS 1.2")->groups.empty());
    CHECK(on("2012-r2", set({}, "KeyExchangeAlgorithms\\ECDH", "Enabled", 0)).reach(Role::server).find("TLS 1.2")->groups.empty());
}

TEST_CASE("A name that no table has gives no release a suite for sure", "[effect]") {
    Tree tree;
    tree.set_value(local, "Functions", Value::multi_sz({"TLS_NO_SUCH_SUITE"}));
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        CHECK(effect::evaluate(tree, release).reach(Role::server).find("TLS 1.2")->rsa != Answer::yes);
    }
}
