#include "catch.hpp"
#include "schancfg/effect/effect.hpp"

using namespace schancfg;
using effect::CurvesEffect;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath local(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
const KeyPath fips(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy");

CurvesEffect curves(std::string_view id, const Tree& tree = {}) {
    const facts::Release* release = facts::find_release(id);
    REQUIRE(release != nullptr);
    return effect::evaluate(tree, *release).curves;
}

/// `name` or `name(rule)` when it is not usable, `?` when not certain.
std::string dump(const CurvesEffect& effect) {
    std::string text;
    for (const effect::CurveEffect& curve : effect.listed) {
        if (!text.empty()) text.push_back(' ');
        text.append(curve.name);
        if (!curve.usable) text.append("(").append(effect::basis_rule_id(curve.basis.rule)).append(")");
        if (!curve.basis.certain) text.push_back('?');
    }
    return text;
}

Tree with_local(const std::vector<std::string>& names) {
    Tree tree;
    tree.set_value(local, "EccCurves", Value::multi_sz(names));
    return tree;
}

}  // namespace

TEST_CASE("Without a list the curves are those of the release's page, in its order", "[effect]") {
    for (const facts::Release& each : facts::releases()) {
        INFO(each.id);
        const CurvesEffect effect = curves(each.id);
        std::string page;
        for (const facts::ReleaseCurve& row : facts::curves_of(each)) {
            if (row.enabled_by_default) page.append(page.empty() ? "" : " ").append(row.curve);
        }
        CHECK(dump(effect) == page);
        CHECK(effect.has_list == facts::has_curve_list(each));
        CHECK(effect.any_usable());
        CHECK(effect.listed.size() + effect.unlisted.size() == facts::curves_of(each).size());
    }
    CHECK(dump(curves("2016")) == "curve25519 NistP256 NistP384");
    CHECK(curves("2012-r2").basis.rule == effect::BasisRule::curve_by_suite_name);
}

TEST_CASE("The curve policy replaces the local list", "[effect]") {
    Tree tree = with_local({"NistP384", "NistP256"});
    CHECK(dump(curves("2019", tree)) == "NistP384 NistP256");
    CHECK(curves("2019", tree).basis.rule == effect::BasisRule::curve_list_local);
    tree.set_value(policy, "EccCurves", Value::multi_sz({"NistP256"}));
    const CurvesEffect effect = curves("2019", tree);
    CHECK(dump(effect) == "NistP256");
    CHECK(effect.basis.rule == effect::BasisRule::curve_list_policy);
    CHECK(effect.basis.origin.kind == effect::OriginKind::policy);
    CHECK(effect.local_shadowed);
    CHECK(curves("2019", with_local({"curve25519", "NistP256", "NistP384"})).basis.rule == effect::BasisRule::curve_list_default);
    CHECK(dump(curves("2012-r2", tree)).empty());
}

TEST_CASE("FIPS mode takes curve25519 and brainpool away and leaves the NIST curves", "[effect]") {
    Tree tree = with_local({"curve25519", "brainpoolP256r1", "NistP256", "NistP384"});
    tree.set_value(fips, "Enabled", Value::dword(1));
    CHECK(dump(curves("2019", tree)) == "curve25519(curve-fips) brainpoolP256r1(curve-fips) NistP256 NistP384");
}

TEST_CASE("Unknown curves are not usable, custom ones are, and case is a doubt", "[effect]") {
    Tree tree = with_local({"nistp256", "NoSuchCurve", "myCurve"});
    tree.create(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\ECCParameters\\myCurve"));
    CHECK(dump(curves("2019", tree)) == "nistp256? NoSuchCurve(curve-unknown)? myCurve?");
}

TEST_CASE("ML-KEM groups go with TLS 1.3", "[effect]") {
    Tree tree = with_local({"x25519_mlkem768", "NistP256"});
    CHECK(dump(curves("2025", tree)) == "x25519_mlkem768? NistP256");
    const KeyPath tls13(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.3");
    tree.set_value(tls13.child("Client"), "Enabled", Value::dword(0));
    CHECK(dump(curves("2025", tree)) == "x25519_mlkem768? NistP256");
    tree.set_value(tls13.child("Server"), "Enabled", Value::dword(0));
    CHECK(dump(curves("2025", tree)) == "x25519_mlkem768(curve-protocol) NistP256");
    CHECK(dump(curves("2019", tree)) == "x25519_mlkem768(curve-unknown)? NistP256");
}

TEST_CASE("A curve list of another type, or an empty one, is said to be undocumented", "[effect]") {
    Tree tree = with_local({"NistP256"});
    tree.set_value(policy, "EccCurves", Value::sz("NistP384"));
    CurvesEffect effect = curves("2019", tree);
    CHECK(dump(effect) == "NistP256");
    CHECK_FALSE(effect.basis.certain);
    effect = curves("2019", with_local({}));
    CHECK(effect.listed.empty());
    CHECK_FALSE(effect.basis.certain);
    CHECK_FALSE(effect.any_usable());
}
