#include "schancfg/effect/strong_crypto.hpp"

#include "catch.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/effect/effect.hpp"

using namespace schancfg;
using effect::Effect;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath dotnet4(Root::local_machine, "SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319");
const KeyPath dotnet2(Root::local_machine, "SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727");

Effect effect_on(std::string_view id, const Tree& tree = {}) {
    const facts::Release* release = facts::find_release(id);
    REQUIRE(release != nullptr);
    return effect::evaluate(tree, *release);
}

const effect::DotnetCase& of(const Effect& effect, std::string_view version, std::string_view target) {
    for (const effect::DotnetEffect& each : effect.dotnet) {
        if (each.version != version || each.view != effect::View::bits64) continue;
        for (const effect::DotnetCase& one : each.cases) {
            if (one.target == target) return one;
        }
    }
    FAIL("there is no such case");
    return effect.dotnet.front().cases.front();
}

Tree strong(const KeyPath& key) {
    Tree tree;
    tree.set_value(key, "SchUseStrongCrypto", Value::dword(1));
    return tree;
}

}  // namespace

TEST_CASE("Strong crypto takes RC4 from programs for .NET before 4.6, and newer ones set it themselves", "[effect]") {
    const Effect without = effect_on("2012-r2");
    const auto& weak = of(without, "v4.0.30319", "before 4.6").weak_suites;
    CHECK(std::ranges::find(weak, "TLS_RSA_WITH_RC4_128_SHA") != weak.end());
    CHECK(std::ranges::none_of(weak, [](const std::string& name) { return name.find("AES") != std::string::npos; }));
    CHECK(of(without, "v4.0.30319", "4.6 to 4.6.2").weak_suites.empty());
    CHECK(of(without, "v4.0.30319", "4.7 and later").weak_suites.empty());
    CHECK(of(effect_on("2012-r2", strong(dotnet4)), "v4.0.30319", "before 4.6").weak_suites.empty());
}

TEST_CASE(".NET 3.5 sets it only where its code names TLS versions", "[effect]") {
    CHECK_FALSE(of(effect_on("2012-r2", strong(dotnet2)), "v2.0.50727", "3.5").weak_suites.empty());
}

TEST_CASE("Removing SchUseStrongCrypto is an effect, where the machine has weak suites", "[effect]") {
    const auto weaker = [](std::string_view id) {
        const auto found = effect::difference(effect_on(id, strong(dotnet4)), effect_on(id));
        return std::ranges::any_of(found, [](const auto& each) {
            return each.subject.aspect == effect::Aspect::dotnet_weak_suites && each.subject.target == "before 4.6" && each.after == effect::EffectValue(true);
        });
    };
    CHECK(weaker("2012-r2"));
    CHECK(weaker("2022"));  // 3DES
    CHECK_FALSE(weaker("11-24h2"));
}

TEST_CASE("With strong crypto and the system's choice SSL 3.0 is left out", "[effect]") {
    Tree tree = strong(dotnet4);
    tree.set_value(dotnet4, "SystemDefaultTlsVersions", Value::dword(1));
    const auto effect = effect_on("2012-r2", tree);
    const auto& protocols = of(effect, "v4.0.30319", "before 4.6").protocols;
    CHECK(std::ranges::none_of(protocols, [](const auto& each) { return each.name.starts_with("SSL"); }));
    CHECK(std::ranges::any_of(protocols, [](const auto& each) { return each.name == "TLS 1.2"; }));
}

TEST_CASE("No suite with AES is taken by strong crypto on any release", "[effect]") {
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        const Effect installed = effect::evaluate({}, release);
        for (const std::string_view name : effect::filtered_suites(installed.cipher_suites)) {
            INFO(name);
            CHECK(name.find("AES") == std::string_view::npos);
        }
    }
}
