#include "schancfg/effect/signatures.hpp"

#include "catch.hpp"
#include "schancfg/effect/effect.hpp"

using namespace schancfg;
using effect::SignaturesEffect;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath list_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010003");

SignaturesEffect on(std::string_view release, const Tree& tree = {}, effect::Circumstances circumstances = {}) {
    return effect::evaluate(tree, *facts::find_release(release), circumstances).signatures;
}

}  // namespace

TEST_CASE("Windows 10 offers SHA-512 signatures; before it that takes KB2973337", "[effect]") {
    CHECK(on("2016").sha512.on);
    CHECK(on("2016").sha512.basis.certain);
    CHECK_FALSE(on("2012-r2").sha512.basis.certain);
    effect::Circumstances updated;
    updated.updates = {"KB2973337"};
    CHECK(on("2012-r2", {}, updated).sha512.on);
    CHECK(on("2012-r2", {}, updated).sha512.basis.certain);
    effect::Circumstances none;
    none.updates_complete = true;
    CHECK_FALSE(on("2012-r2", {}, none).sha512.on);
    CHECK(on("2012-r2", {}, none).sha512.basis.certain);
}

TEST_CASE("A list of signatures offers what it names", "[effect]") {
    Tree tree;
    tree.set_value(list_key, "Functions", Value::multi_sz({"RSA/SHA256", "ECDSA/SHA256"}));
    CHECK_FALSE(on("2019", tree).sha512.on);
    CHECK(on("2019", tree).listed == std::vector<std::string>{"RSA/SHA256", "ECDSA/SHA256"});
    tree.set_value(list_key, "Functions", Value::multi_sz({"RSA/SHA256", "rsa/sha512"}));
    CHECK(on("2019", tree).sha512.on);
    // A name that is the hash alone is not an algorithm with that hash.
    tree.set_value(list_key, "Functions", Value::multi_sz({"/SHA512"}));
    CHECK_FALSE(on("2019", tree).sha512.on);
}

TEST_CASE("A list of another type is not certain", "[effect]") {
    Tree tree;
    tree.set_value(list_key, "Functions", Value::dword(1));
    CHECK_FALSE(on("2019", tree).sha512.basis.certain);
    CHECK(on("2019", tree).listed.empty());
}
