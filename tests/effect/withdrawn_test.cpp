#include "schancfg/effect/withdrawn.hpp"

#include "catch.hpp"

using namespace schancfg;
using facts::Role;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;
using Names = std::vector<std::string>;

namespace {

const KeyPath root_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");

effect::Effect with(std::string_view release, const KeyPath& key, std::string_view name, Value value) {
    Tree tree;
    tree.set_value(key, name, std::move(value));
    return effect::evaluate(tree, *facts::find_release(release));
}

Names lost(std::string_view release, const KeyPath& key, std::string_view name, Value value, Role role) {
    return effect::withdrawn(effect::evaluate({}, *facts::find_release(release)), with(release, key, name, std::move(value)), role);
}

}  // namespace

TEST_CASE("a protocol that a role offers no more is named, for that role alone", "[effect]") {
    const KeyPath server = root_key.below("Protocols\\TLS 1.2\\Server");
    CHECK(lost("2022", server, "Enabled", Value::dword(0), Role::server).front() == "TLS 1.2");
    CHECK(lost("2022", server, "Enabled", Value::dword(0), Role::client).empty());
    // Anyone who names it still gets it.
    CHECK(lost("2022", server, "DisabledByDefault", Value::dword(1), Role::server).empty());
    // What was off before is not lost.
    const effect::Effect off = with("2022", server, "Enabled", Value::dword(0));
    CHECK(effect::withdrawn(off, off, Role::server).empty());
    CHECK(effect::withdrawn(off, effect::evaluate({}, *facts::find_release("2022")), Role::server).empty());
    // Beside what was off before, be it newer or older, something may be lost.
    Tree less, least;
    for (const char* version : {"TLS 1.0", "TLS 1.3"}) {
        for (Tree* tree : {&less, &least}) tree->set_value(root_key.below("Protocols").child(version).child("Server"), "Enabled", Value::dword(0));
    }
    least.set_value(server, "Enabled", Value::dword(0));
    const facts::Release& on = *facts::find_release("2022");
    CHECK(effect::withdrawn(effect::evaluate(less, on), effect::evaluate(least, on), Role::server).front() == "TLS 1.2");
}

TEST_CASE("a list takes suites, and a protocol with its last one", "[effect]") {
    const std::string tls12 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    const Names names = lost("2022", policy, "Functions", Value::sz(tls12), Role::server);
    REQUIRE(names.size() >= 2);
    CHECK(std::ranges::find(names, "TLS 1.3") != names.end());
    CHECK(std::ranges::any_of(names, [](const std::string& name) { return name.ends_with(" cipher suites"); }));
}

TEST_CASE("few suites are named, groups and key lengths as well", "[effect]") {
    CHECK(lost("2022", root_key.below("Ciphers\\Triple DES 168"), "Enabled", Value::dword(0), Role::client) == Names{"TLS_RSA_WITH_3DES_EDE_CBC_SHA"});
    CHECK(lost("2022", policy, "EccCurves", Value::multi_sz({"curve25519", "NistP384"}), Role::server) == Names{"secp256r1"});
    CHECK(lost("2022", policy, "EccCurves", Value::multi_sz({"nistP521"}), Role::server) == Names{"x25519", "secp256r1", "secp384r1"});
    const KeyPath dh = root_key.below("KeyExchangeAlgorithms\\Diffie-Hellman");
    CHECK(lost("2022", dh, "ServerMinKeyBitLength", Value::dword(3072), Role::server) == Names{"Diffie-Hellman groups below 3072 bits"});
    CHECK(lost("2022", dh, "ServerMinKeyBitLength", Value::dword(1024), Role::server).empty());
    CHECK(lost("2022", dh, "ClientMinKeyBitLength", Value::dword(2048), Role::client) == Names{"Diffie-Hellman groups below 2048 bits"});
    CHECK(lost("2022", dh, "ClientMinKeyBitLength", Value::dword(2048), Role::server).empty());
    CHECK(lost("2022", root_key.below("KeyExchangeAlgorithms\\PKCS"), "ClientMinKeyBitLength", Value::dword(2048), Role::client) == Names{"RSA keys below 2048 bits"});
}
