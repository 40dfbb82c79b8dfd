#include "schancfg/effect/weakness.hpp"

#include <algorithm>

#include "catch.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using effect::WeakPoint;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath schannel_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

std::vector<WeakPoint> on(std::string_view release, const Tree& tree) { return effect::evaluate(tree, *facts::find_release(release)).weak; }

const WeakPoint* find(const std::vector<WeakPoint>& all, std::string_view id, std::string_view subject, std::string_view role = {}) {
    const auto found = std::ranges::find_if(all, [&](const WeakPoint& each) { return effect::weakness_id(each.kind) == id && each.subject == subject && each.role == role; });
    return found == all.end() ? nullptr : &*found;
}

void protocol(Tree& tree, std::string_view name, std::string_view role, std::uint32_t enabled, std::uint32_t disabled_by_default) {
    const KeyPath key = schannel_key.below("Protocols\\" + std::string(name) + '\\' + std::string(role));
    tree.set_value(key, "Enabled", Value::dword(enabled));
    tree.set_value(key, "DisabledByDefault", Value::dword(disabled_by_default));
}

}  // namespace

TEST_CASE("An untouched Server 2016 still speaks TLS 1.0 and 1.1, both ways", "[effect]") {
    const auto weak = on("2016", schannel::untouched(*facts::find_release("2016")));
    for (const char* name : {"TLS 1.0", "TLS 1.1"}) {
        INFO(name);
        const WeakPoint* point = find(weak, "weak-protocol", name);
        REQUIRE(point != nullptr);
        CHECK(point->detail == "is on");
        CHECK(point->certain);
        CHECK_FALSE(point->on_request);
    }
    CHECK(find(weak, "weak-protocol", "TLS 1.2") == nullptr);
    CHECK(find(weak, "weak-cipher-suite", "3DES") != nullptr);
    CHECK(find(weak, "no-forward-secrecy", "RSA key exchange") != nullptr);
    CHECK(find(weak, "no-protocol", "TLS", "client") == nullptr);
}

TEST_CASE("A weak protocol of one role is that role's alone, and one on request says so", "[effect]") {
    Tree tree = schannel::untouched(*facts::find_release("2016"));
    protocol(tree, "TLS 1.0", "Server", 0, 1);
    protocol(tree, "TLS 1.1", "Server", 0, 1);
    protocol(tree, "TLS 1.1", "Client", 1, 1);
    const auto weak = on("2016", tree);
    CHECK(find(weak, "weak-protocol", "TLS 1.0") == nullptr);
    CHECK(find(weak, "weak-protocol", "TLS 1.0", "server") == nullptr);
    CHECK(find(weak, "weak-protocol", "TLS 1.0", "client") != nullptr);
    REQUIRE(find(weak, "weak-protocol", "TLS 1.1", "client") != nullptr);
    CHECK(find(weak, "weak-protocol", "TLS 1.1", "client")->on_request);
}

TEST_CASE("With every version off for a role nothing can connect in it", "[effect]") {
    Tree tree = schannel::untouched(*facts::find_release("2016"));
    for (const char* name : {"TLS 1.0", "TLS 1.1", "TLS 1.2"}) protocol(tree, name, "Server", 0, 1);
    const auto weak = on("2016", tree);
    CHECK(find(weak, "no-protocol", "TLS", "server") != nullptr);
    CHECK(find(weak, "no-protocol", "TLS", "client") == nullptr);
}

TEST_CASE("Short keys are weak below 2048 bits, in the role that takes or makes them", "[effect]") {
    Tree tree = schannel::untouched(*facts::find_release("2022"));
    const KeyPath dh = schannel_key.below("KeyExchangeAlgorithms\\Diffie-Hellman");
    tree.set_value(dh, "ClientMinKeyBitLength", Value::dword(512));
    tree.set_value(dh, "ServerMinKeyBitLength", Value::dword(2048));
    const auto weak = on("2022", tree);
    REQUIRE(find(weak, "short-key", "Diffie-Hellman client_min_bits", "client") != nullptr);
    CHECK(find(weak, "short-key", "Diffie-Hellman client_min_bits", "client")->detail == "accepts keys from 512 bits");
    CHECK(find(weak, "short-key", "Diffie-Hellman server_min_bits", "server") == nullptr);
    tree.set_value(dh, "ClientMinKeyBitLength", Value::dword(2048));
    CHECK(find(on("2022", tree), "short-key", "Diffie-Hellman client_min_bits", "client") == nullptr);
}

TEST_CASE("Renegotiation with ends that lack RFC 5746 is weak in the role that allows it", "[effect]") {
    Tree tree = schannel::untouched(*facts::find_release("2022"));
    tree.set_value(schannel_key, "AllowInsecureRenegoServers", Value::dword(0));
    const auto weak = on("2022", tree);
    CHECK(find(weak, "insecure-renegotiation", "renegotiation", "client") == nullptr);
    CHECK(find(weak, "insecure-renegotiation", "renegotiation", "server") != nullptr);
}

TEST_CASE("That nothing can connect is as certain as each version that is off", "[effect]") {
    const auto without_tls = [](std::string_view release) {
        Tree tree = schannel::untouched(*facts::find_release(release));
        for (const char* name : {"TLS 1.0", "TLS 1.1", "TLS 1.2"}) protocol(tree, name, "Server", 0, 1);
        const auto weak = on(release, tree);
        const WeakPoint* found = find(weak, "no-protocol", "TLS", "server");
        return found == nullptr ? std::string("none") : std::string(found->certain ? "certain" : "not certain");
    };
    CHECK(without_tls("2016") == "certain");
    CHECK(without_tls("windows-10-1909") == "not certain");  // some have TLS 1.3 there
}

TEST_CASE("DES and RC4 with 56 bits are weak by their cipher, with 40 bits by their export keys", "[effect]") {
    const auto subject = [](const char* suite) {
        Tree tree;
        tree.set_value(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002"), "Functions", Value::multi_sz({suite}));
        std::string found;
        for (const WeakPoint& point : on("2008", tree)) {
            if (point.kind == effect::Weakness::weak_cipher_suite) found += point.subject;
        }
        return found;
    };
    CHECK(subject("TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA") == "DES");
    CHECK(subject("TLS_RSA_EXPORT1024_WITH_RC4_56_SHA") == "RC4");
    CHECK(subject("TLS_RSA_EXPORT_WITH_RC4_40_MD5") == "export");
}
