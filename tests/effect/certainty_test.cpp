// A conclusion is as certain as its weakest premise, and names the sources of all of them.
#include <algorithm>

#include "catch.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using effect::Answer;
using effect::Basis;
using effect::Effect;
using effect::GateState;
using effect::SuiteEffect;
using facts::Role;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath schannel_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
const KeyPath local(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");

const facts::Release& release(std::string_view id) {
    const facts::Release* found = facts::find_release(id);
    REQUIRE(found != nullptr);
    return *found;
}

Effect on(std::string_view id, const Tree& tree) { return effect::evaluate(tree, release(id)); }

Effect untouched(std::string_view id) {
    effect::Circumstances known;
    known.untouched = true;
    return effect::evaluate(schannel::untouched(release(id)), release(id), known);
}

Tree gate(std::string_view below, std::uint32_t data) {
    Tree tree;
    tree.set_value(schannel_key.below(below), "Enabled", Value::dword(data));
    return tree;
}

Tree listed(std::string_view text) {
    Tree tree;
    tree.set_value(policy, "Functions", Value::sz(text));
    return tree;
}

bool names(const std::vector<std::string_view>& sources, std::string_view part) {
    return std::ranges::any_of(sources, [&](std::string_view each) { return each.find(part) != std::string_view::npos; });
}

const effect::AlgorithmEffect& find(const std::vector<effect::AlgorithmEffect>& among, std::string_view name) {
    const auto found = std::ranges::find(among, name, &effect::AlgorithmEffect::name);
    REQUIRE(found != among.end());
    return *found;
}

}  // namespace

TEST_CASE("Only 0 and 0xFFFFFFFF say something certain of a cipher, a hash or a key exchange", "[effect]") {
    for (const auto& [data, certain] : {std::pair(0U, true), std::pair(0xFFFFFFFFU, true), std::pair(1U, false), std::pair(2U, false)}) {
        INFO(data);
        const effect::AlgorithmEffect aes = find(on("2019", gate("Ciphers\\AES 256/256", data)).ciphers, "AES 256/256");
        CHECK(aes.basis.certain == certain);
        CHECK(aes.state == (data == 0 ? GateState::off : GateState::on));
        CHECK(find(on("2019", gate("Hashes\\SHA256", data)).hashes, "SHA256").basis.certain == certain);
        const Effect exchange = on("2019", gate("KeyExchangeAlgorithms\\ECDH", data));
        CHECK(std::ranges::find(exchange.key_exchanges, "ECDH", [](const auto& each) { return each.algorithm.name; })->algorithm.basis.certain == certain);
    }
    CHECK(names(find(on("2019", gate("Hashes\\SHA256", 1)).hashes, "SHA256").basis.sources(), "windows_hardening#95"));
}

TEST_CASE("What hangs on a gate with undocumented data is not certain, and nothing else", "[effect]") {
    const Effect effect = on("2019", gate("Ciphers\\AES 128/128", 1));
    const SuiteEffect* aes128 = effect.cipher_suites.find("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    const SuiteEffect* aes256 = effect.cipher_suites.find("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    REQUIRE((aes128 != nullptr && aes256 != nullptr));
    CHECK(aes128->usable());
    CHECK_FALSE(aes128->use_basis.certain);
    CHECK(names(aes128->use_basis.sources(), "windows_hardening#95"));
    CHECK(aes256->use_basis.certain);
    CHECK(effect.reach(Role::server).find("TLS 1.2")->basis.certain);

    // Every suite of the list on it: then the protocols are not certain either, and what stands on them.
    Tree tree = gate("Ciphers\\AES 128/128", 1);
    tree.set_value(policy, "Functions", Value::sz("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_CBC_SHA"));
    const Effect all = on("2019", tree);
    const effect::ProtocolReach& tls12 = *all.reach(Role::client).find("TLS 1.2");
    CHECK(tls12.state == effect::ReachState::on);
    CHECK_FALSE(tls12.basis.certain);
    CHECK(names(tls12.sources, "windows_hardening#95"));
    const Basis winhttp = effect::joined(all.winhttp.front().basis, all.winhttp.front().protocols);
    CHECK_FALSE(winhttp.certain);
    CHECK(names(winhttp.sources(), "windows_hardening#95"));
}

TEST_CASE("ECDH off takes the ECDHE suites for sure, and TLS 1.3 perhaps", "[effect]") {
    const Effect effect = on("2022", gate("KeyExchangeAlgorithms\\ECDH", 0));
    const SuiteEffect* ecdhe = effect.cipher_suites.find("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    const SuiteEffect* tls13 = effect.cipher_suites.find("TLS_AES_128_GCM_SHA256");
    REQUIRE((ecdhe != nullptr && tls13 != nullptr));
    CHECK_FALSE(ecdhe->usable());
    CHECK(ecdhe->use_basis.certain);
    CHECK(tls13->usable());
    CHECK_FALSE(tls13->use_basis.certain);
    CHECK_FALSE(effect.reach(Role::server).find("TLS 1.3")->basis.certain);
    CHECK(effect.reach(Role::server).find("TLS 1.2")->basis.certain);
    CHECK(effect.reach(Role::server).find("TLS 1.2")->rsa == Answer::yes);
    CHECK(effect.reach(Role::server).find("TLS 1.2")->ecdsa == Answer::no);
}

TEST_CASE("Lists of another type and empty ones leave everything on them uncertain", "[effect]") {
    Tree strings;
    strings.set_value(policy, "Functions", Value::multi_sz({"TLS_AES_256_GCM_SHA384"}));
    const Tree nothing = listed("");
    for (const Tree* tree : {&std::as_const(nothing), &std::as_const(strings)}) {
        const Effect effect = on("2022", *tree);
        CHECK_FALSE(effect.cipher_suites.basis.certain);
        CHECK_FALSE(effect.cipher_suites.basis.note.empty());
        for (const std::string_view name : {"TLS 1.2", "TLS 1.3"}) {
            CHECK(effect.reach(Role::server).find(name)->usable() == Answer::unknown);
            CHECK(effect.reach(Role::client).find(name)->usable() == Answer::unknown);
        }
    }
    Tree curves;
    curves.set_value(policy, "EccCurves", Value::sz("NistP384"));
    const Effect effect = on("2022", curves);
    CHECK_FALSE(effect.curves.basis.certain);
    CHECK_FALSE(effect.cipher_suites.find("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")->use_basis.certain);
    CHECK(effect.cipher_suites.find("TLS_RSA_WITH_AES_128_GCM_SHA256")->use_basis.certain);
}

TEST_CASE("Names with a curve after Windows 10 are disputed by two sources, which every conclusion names", "[effect]") {
    for (const std::string_view id : {"2016", "2019", "2025"}) {
        INFO(id);
        const Effect effect = on(id, listed("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256_P256"));
        const SuiteEffect& suite = effect.cipher_suites.listed.front();
        CHECK_FALSE(suite.usable());
        CHECK_FALSE(suite.use_basis.certain);
        const effect::ProtocolReach& tls12 = *effect.reach(Role::server).find("TLS 1.2");
        CHECK(tls12.usable() == Answer::unknown);
        for (const auto& sources : {suite.use_basis.sources(), tls12.sources}) {
            CHECK(names(sources, "GetAllTlsSettings.xml"));
            CHECK(names(sources, "cipher-suites-in-schannel.md"));
        }
        const auto weak = std::ranges::find(effect.weak, effect::Weakness::no_cipher_suite, &effect::WeakPoint::kind);
        REQUIRE(weak != effect.weak.end());
        CHECK_FALSE(weak->certain);
    }
}

TEST_CASE("Whatever rests on how Windows cuts a long policy list is not certain", "[effect]") {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "TLS_NO_SUCH_SUITE_NUMBER_" + std::to_string(100 + i) + ',';
    const Effect effect = on("2022", listed(text + "TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
    REQUIRE(effect.cipher_suites.characters > 1023);
    for (const Role role : {Role::client, Role::server}) {
        CHECK(effect.reach(role).at_all == Answer::unknown);
        CHECK(effect.reach(role).by_default == Answer::unknown);
        CHECK_FALSE(effect.reach(role).find("TLS 1.2")->basis.certain);
    }
    for (const effect::WeakPoint& point : effect.weak) {
        INFO(effect::weakness_id(point.kind));
        if (effect::weakness_id(point.kind).starts_with("no-")) CHECK_FALSE(point.certain);
    }
    CHECK_FALSE(effect::joined(effect.winhttp.front().basis, effect.winhttp.front().protocols).certain);
}

TEST_CASE("Rows that rest on an uncertain protocol keep the others", "[effect]") {
    const Effect effect = untouched("2022");
    const effect::DotnetCase& v35 = effect.dotnet.front().cases.front();
    REQUIRE(v35.protocols.size() == 2);
    CHECK(v35.protocols[0].name == "SSL 3.0");
    CHECK(v35.protocols[0].works == Answer::unknown);
    CHECK(v35.protocols[1].name == "TLS 1.0");
    CHECK(v35.protocols[1].works == Answer::yes);
    const Basis row = effect::joined(v35.basis, v35.protocols);
    CHECK_FALSE(row.certain);
    CHECK(names(row.sources(), "protocols-in-tls-ssl"));
    CHECK(effect::any_works(v35.protocols) == Answer::yes);
    // Of Server 2025 nobody knows whether TLS 1.0 is on.
    const Effect newer = untouched("2025");
    CHECK_FALSE(effect::joined(newer.dotnet.front().cases.front().basis, newer.dotnet.front().cases.front().protocols).certain);
}

TEST_CASE("Names of TLS 1.3 before TLS 1.3 are in the list for sure where a list was read", "[effect]") {
    const auto name_on = [](const Effect& effect) {
        const SuiteEffect* found = effect.cipher_suites.find("TLS_AES_256_GCM_SHA384");
        REQUIRE(found != nullptr);
        CHECK_FALSE(found->usable());
        return *found;
    };
    CHECK(name_on(untouched("win10-1709")).basis.confidence == facts::Confidence::observed);
    CHECK(name_on(untouched("win10-2004")).basis.confidence == facts::Confidence::observed);
    CHECK(name_on(untouched("win10-2004")).basis.certain);
    const SuiteEffect supposed = name_on(untouched("2019"));
    CHECK_FALSE(supposed.basis.certain);
    CHECK(names(supposed.basis.sources(), "sslyze#463"));
    // Read from a machine, it is there.
    CHECK(name_on(effect::evaluate(schannel::untouched(release("2019")), release("2019"))).basis.certain);
}

TEST_CASE("24H2 and 25H2 are one code and give one answer", "[effect]") {
    CHECK(effect::difference(untouched("win11-24h2"), untouched("win11-25h2")).empty());
}

TEST_CASE("A basis takes over what leaves its premises open", "[effect]") {
    Basis sure, assumed, disputed;
    assumed.assume();
    disputed.source = "a page";
    disputed.note = "the page is old";
    disputed.dispute({"a capture", "a page", ""});
    CHECK(disputed.sources() == std::vector<std::string_view>{"a page", "a capture"});

    Basis row;
    row.source = "another page";
    row.rest_on(sure);
    CHECK(row.certain);
    row.rest_on(assumed);
    CHECK((!row.certain && row.assumed && row.undisputed()));
    row.rest_on(disputed);
    CHECK((!row.certain && !row.assumed && !row.undisputed()));
    CHECK(row.note == "the page is old");
    CHECK(row.sources() == std::vector<std::string_view>{"another page", "a page", "a capture"});
    row.rest_on(assumed);
    CHECK_FALSE(row.assumed);
    CHECK(row.surety().premises == row.sources());
}

TEST_CASE("what rests on something disputed and not read is disputed and not read", "[effect]") {
    effect::Surety premise;
    premise.dispute({"KB245030"});
    premise.assume();
    effect::Surety answer;
    answer.rest_on(premise);
    CHECK(answer == premise);
}
