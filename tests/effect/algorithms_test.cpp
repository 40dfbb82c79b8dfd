#include <algorithm>

#include "catch.hpp"
#include "schancfg/effect/effect.hpp"

using namespace schancfg;
using effect::AlgorithmEffect;
using effect::BitLimit;
using effect::Circumstances;
using effect::Effect;
using effect::KeyExchangeEffect;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath schannel(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

Effect effect_on(std::string_view id, const Tree& tree = {}, const Circumstances& known = {}) {
    const facts::Release* release = facts::find_release(id);
    REQUIRE(release != nullptr);
    return effect::evaluate(tree, *release, known);
}

std::string dump(const AlgorithmEffect& algorithm) {
    return std::string(effect::gate_state_name(algorithm.state)) + (algorithm.basis.certain ? "" : "?") + " " +
           std::string(effect::basis_rule_id(algorithm.basis.rule));
}

std::string cipher(const Effect& effect, std::string_view name) {
    const auto found = std::ranges::find(effect.ciphers, name, &AlgorithmEffect::name);
    return found == effect.ciphers.end() ? "not listed" : dump(*found);
}

std::string hash(const Effect& effect, std::string_view name) {
    const auto found = std::ranges::find(effect.hashes, name, &AlgorithmEffect::name);
    return found == effect.hashes.end() ? "not listed" : dump(*found);
}

const KeyExchangeEffect& exchange(const Effect& effect, std::string_view name) {
    const auto found = std::ranges::find_if(effect.key_exchanges, [&](const KeyExchangeEffect& each) {
        return each.algorithm.name == name;
    });
    REQUIRE(found != effect.key_exchanges.end());
    return *found;
}

std::string dump(const BitLimit& limit) {
    return (limit.bits ? std::to_string(*limit.bits) : "none") + (limit.basis.certain ? "" : "?");
}

std::string limits(const Effect& effect, std::string_view name) {
    const KeyExchangeEffect& found = exchange(effect, name);
    return dump(found.client_min_bits) + " " + dump(found.client_max_bits) + " " + dump(found.server_min_bits);
}

Tree with(std::string_view below, std::string_view name, Value value) {
    Tree tree;
    tree.set_value(schannel.below(below), name, std::move(value));
    return tree;
}

}  // namespace

TEST_CASE("Absent gates are open, but that of NULL", "[effect]") {
    const Effect effect = effect_on("2019");
    CHECK(cipher(effect, "AES 128/128") == "on gate-default");
    CHECK(cipher(effect, "NULL") == "off null-cipher-default");
    CHECK(hash(effect, "SHA256") == "on gate-default");
    CHECK(dump(exchange(effect, "ECDH").algorithm) == "on gate-default");
    CHECK(effect.ciphers.front().basis.origin.to_string() == "default of windows-server-2019");
}

TEST_CASE("Enabled 0 closes a gate, any other number opens it, and odd numbers are doubtful", "[effect]") {
    const auto judged = [](Value value) { return cipher(effect_on("2019", with("Ciphers\\AES 128/128", "Enabled", std::move(value))), "AES 128/128"); };
    CHECK(judged(Value::dword(0)) == "off gate-closed");
    CHECK(judged(Value::dword(0xFFFFFFFF)) == "on gate-open");
    CHECK(judged(Value::dword(1)) == "on? gate-open");
    CHECK(judged(Value::dword(2)) == "on? gate-open");
    CHECK(judged(Value::sz("0")) == "on? gate-value-invalid");
    CHECK(judged(Value::qword(0)) == "on? gate-value-invalid");
    CHECK(cipher(effect_on("2019", with("Ciphers\\NULL", "Enabled", Value::dword(0xFFFFFFFF))), "NULL") == "on gate-open");
}

TEST_CASE("A gate's origin is the value that closes it", "[effect]") {
    const Effect effect = effect_on("2019", with("Ciphers\\RC4 128/128", "Enabled", Value::dword(0)));
    const auto found = std::ranges::find(effect.ciphers, "RC4 128/128", &AlgorithmEffect::name);
    CHECK(found->basis.origin.to_string() ==
          "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC4 128/128: Enabled");
}

TEST_CASE("A gate of algorithms that the release does not have is not supported, whatever is written", "[effect]") {
    const Tree tree = with("Ciphers\\Triple DES 168/168", "Enabled", Value::dword(0));
    CHECK(cipher(effect_on("2019", tree), "Triple DES 168/168") == "not-supported gate-not-supported");
    CHECK(cipher(effect_on("2003", tree), "Triple DES 168/168") == "off gate-closed");
    CHECK(cipher(effect_on("2003"), "Triple DES 168") == "not-supported gate-not-supported");
    CHECK(cipher(effect_on("2003"), "AES 256/256") == "not-supported gate-not-supported");
    CHECK(cipher(effect_on("2003", {}, {.updates = {"KB948963"}}), "AES 256/256") == "on gate-default");
    CHECK(hash(effect_on("2003"), "SHA256") == "not-supported gate-not-supported");
    CHECK(hash(effect_on("2003"), "SHA") == "on gate-default");
    CHECK(cipher(effect_on("2019"), "RC2 56/56") == "not listed");
}

TEST_CASE("The RC4 switches of 7 to 2012 come with KB2868725", "[effect]") {
    const Tree tree = with("Ciphers\\RC4 128/128", "Enabled", Value::dword(0));
    CHECK(cipher(effect_on("2008-r2", tree), "RC4 128/128") == "off? gate-closed");
    const Effect updated = effect_on("2008-r2", tree, {.updates = {"KB2868725"}});
    CHECK(cipher(updated, "RC4 128/128") == "off gate-closed");
    CHECK(std::ranges::find(updated.ciphers, "RC4 128/128", &AlgorithmEffect::name)->basis.origin.update == "KB2868725");
    CHECK(cipher(effect_on("2012-r2", tree), "RC4 128/128") == "off gate-closed");
}

TEST_CASE("Key lengths have the defaults of the release: client minimum, client maximum, server", "[effect]") {
    CHECK(limits(effect_on("2016"), "Diffie-Hellman") == "1024 none 2048");
    CHECK(limits(effect_on("win11-24h2"), "Diffie-Hellman") == "1024 none 2048");
    CHECK(limits(effect_on("2012-r2"), "Diffie-Hellman") == "512? none 1024");
    CHECK(exchange(effect_on("2012-r2"), "Diffie-Hellman").client_min_bits.basis.alternative == "1024");
    CHECK(limits(effect_on("2012-r2", {}, {.updates = {"KB3061518"}}), "Diffie-Hellman") == "1024? none 1024");
    CHECK(limits(effect_on("2016"), "PKCS") == "1024 none none");
    CHECK(limits(effect_on("2012-r2"), "PKCS") == "none? none none");
    CHECK(limits(effect_on("2016"), "ECDH") == "none none none");
    CHECK(exchange(effect_on("2016"), "PKCS").server_min_bits.basis.rule == effect::BasisRule::certificate_decides);
}

TEST_CASE("Key lengths are read from the registry, for sure where Microsoft documents it", "[effect]") {
    const Tree tree = with("KeyExchangeAlgorithms\\Diffie-Hellman", "ClientMinKeyBitLength", Value::dword(512));
    const Effect modern = effect_on("2019", tree);
    CHECK(limits(modern, "Diffie-Hellman") == "512 none 2048");
    CHECK(exchange(modern, "Diffie-Hellman").client_min_bits.basis.origin.value == "ClientMinKeyBitLength");
    CHECK(limits(effect_on("2012-r2", tree), "Diffie-Hellman") == "512? none 1024");
    const Effect updated = effect_on("2012-r2", tree, {.updates = {"KB3174644"}});
    CHECK(limits(updated, "Diffie-Hellman") == "512 none 1024");
    CHECK(exchange(updated, "Diffie-Hellman").client_min_bits.basis.origin.update == "KB3174644");
    CHECK(limits(effect_on("2019", with("KeyExchangeAlgorithms\\PKCS", "ClientMaxKeyBitLength", Value::dword(4096))), "PKCS") ==
          "1024 4096 none");
    CHECK(limits(effect_on("2019", with("KeyExchangeAlgorithms\\PKCS", "ServerMinKeyBitLength", Value::dword(2048))), "PKCS") ==
          "1024 none none");
    CHECK(limits(effect_on("2019", with("KeyExchangeAlgorithms\\Diffie-Hellman", "ServerMinKeyBitLength", Value::sz("4096"))),
                 "Diffie-Hellman") == "1024 none 2048?");
}
