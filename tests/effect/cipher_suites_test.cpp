#include "schancfg/effect/effect.hpp"

#include <algorithm>

#include "catch.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using effect::CipherSuitesEffect;
using effect::Effect;
using effect::SuiteEffect;
using effect::SuiteUse;
using facts::Role;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath local(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
const KeyPath schannel_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

const facts::Release& release(std::string_view id) {
    const facts::Release* found = facts::find_release(id);
    REQUIRE(found != nullptr);
    return *found;
}

Tree with_local(const std::vector<std::string>& names) {
    Tree tree;
    tree.set_value(local, "Functions", Value::multi_sz(names));
    return tree;
}

Tree with_policy(std::string_view text) {
    Tree tree;
    tree.set_value(policy, "Functions", Value::sz(text));
    return tree;
}

std::vector<std::string> usable(const Effect& effect) {
    std::vector<std::string> names;
    for (const SuiteEffect& suite : effect.cipher_suites.listed) {
        if (suite.use() == SuiteUse::yes) names.push_back(suite.name);
    }
    return names;
}

/// `NAME: client/server, blocked by; perhaps by`.
std::string dump(const SuiteEffect* suite) {
    if (suite == nullptr) return "not listed";
    std::string text(effect::suite_use_name(suite->use(Role::client)));
    text.append("/").append(effect::suite_use_name(suite->use(Role::server)));
    if (!suite->use_basis.certain) text.append("?");
    for (const effect::Gate& gate : suite->blocked_by) text.append(", ").append(gate.to_string());
    for (const effect::Gate& gate : suite->doubts) text.append(", perhaps ").append(gate.to_string());
    return text;
}

std::string judged(const Tree& tree, std::string_view on, std::string_view name) {
    const Effect effect = effect::evaluate(tree, release(on));
    return dump(effect.cipher_suites.find(name));
}

void set(Tree& tree, std::string_view below, std::string_view name, std::uint32_t number) {
    tree.set_value(schannel_key.below(below), name, Value::dword(number));
}

}  // namespace

TEST_CASE("Without a list the suites are those of the release's page, in its order", "[effect]") {
    for (const facts::Release& each : facts::releases()) {
        INFO(each.id);
        std::vector<std::string> page;
        for (const facts::ReleaseSuite& row : facts::suites_of(each)) {
            if (row.list == facts::SuiteList::enabled) page.emplace_back(row.suite);
        }
        const CipherSuitesEffect effect = effect::evaluate({}, each).cipher_suites;
        std::vector<std::string> listed;
        for (const SuiteEffect& suite : effect.listed) listed.push_back(suite.name);
        CHECK(listed == page);
        CHECK(effect.is_default == !page.empty());
        CHECK(effect.basis.rule == effect::BasisRule::suite_list_default);
        CHECK(effect.basis.certain == !page.empty());
        CHECK(effect.listed.size() + effect.unlisted.size() == facts::suites_of(each).size());
        for (const SuiteEffect& suite : effect.listed) {
            INFO(suite.name << ": " << dump(&suite));
            CHECK(suite.of_release != nullptr);
            CHECK(suite.suite != nullptr);
            CHECK((suite.usable() || suite.of_release->protocols == "SSL 2.0" || each.build < facts::Build{6, 1, 0}));
        }
    }
}

TEST_CASE("A local list that holds the page's names is the release's default, with TLS 1.3 and pre-shared-key names too", "[effect]") {
    std::vector<std::string> names = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"};
    for (const facts::ReleaseSuite& row : facts::suites_of(release("2016"))) {
        if (row.list == facts::SuiteList::enabled) names.emplace_back(row.suite);
    }
    for (const facts::ReleaseSuite& row : facts::suites_of(release("2016"))) {
        if (row.list == facts::SuiteList::psk) names.emplace_back(row.suite);
    }
    const Effect effect = effect::evaluate(with_local(names), release("2016"));
    CHECK(effect.cipher_suites.is_default);
    CHECK(effect.cipher_suites.basis.origin.kind == effect::OriginKind::release_default);
    CHECK(effect.cipher_suites.basis.origin.value == "Functions");
    CHECK(dump(effect.cipher_suites.find("TLS_AES_256_GCM_SHA384")) == "no/no, unknown-name, protocol TLS 1.3");
    CHECK(dump(effect.cipher_suites.find("TLS_PSK_WITH_AES_256_GCM_SHA384")) ==
          "no/no, pre-shared-key");
    std::swap(names[3], names[4]);
    CHECK_FALSE(effect::evaluate(with_local(names), release("2016")).cipher_suites.is_default);
}

TEST_CASE("The policy list replaces the local list, and the local list the release's", "[effect]") {
    Tree tree = with_local({"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA"});
    Effect effect = effect::evaluate(tree, release("2019"));
    CHECK(usable(effect) == std::vector<std::string>{"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA"});
    CHECK(effect.cipher_suites.basis.rule == effect::BasisRule::suite_list_local);
    CHECK_FALSE(effect.cipher_suites.local_shadowed);
    tree.set_value(policy, "Functions", Value::sz("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_CBC_SHA"));
    effect = effect::evaluate(tree, release("2019"));
    CHECK(usable(effect) == std::vector<std::string>{"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_256_CBC_SHA"});
    CHECK(effect.cipher_suites.basis.rule == effect::BasisRule::suite_list_policy);
    CHECK(effect.cipher_suites.basis.origin.to_string() ==
          "policy HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002: Functions");
    CHECK(effect.cipher_suites.local_shadowed);
    const auto dropped = std::ranges::count_if(effect.cipher_suites.unlisted, [](const auto& suite) { return suite.default_on(); });
    CHECK(dropped > 10);
}

TEST_CASE("On Server 2016 names with a curve suffix are dead, and only the plain ones stay", "[effect]") {
    // The list of a policy written for 2012 R2, as captured on a Server 2016 (CSS-Exchange, build 14393).
    const Tree tree = with_policy(
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256_P256,"
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256,TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384,"
        "TLS_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_256_CBC_SHA256");
    const std::vector<std::string> plain = {"TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_GCM_SHA256",
                                            "TLS_RSA_WITH_AES_256_CBC_SHA256"};
    for (const std::string_view on : {"2016", "2019", "2022", "win11-24h2", "2025"}) {
        INFO(on);
        const Effect effect = effect::evaluate(tree, release(on));
        CHECK(usable(effect) == plain);
        const SuiteEffect* dead = effect.cipher_suites.find("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256");
        CHECK(dump(dead) == "no/no?, dead-name");
        CHECK_FALSE(dead->blocked_by.front().alternative_source.empty());
    }
    // Server 2012 R2 knows the suffixed names of its page; those of Exchange's and Skype's lists are not page's.
    const Effect older = effect::evaluate(tree, release("2012-r2"));
    CHECK(dump(older.cipher_suites.find("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256")) == "yes/yes");
    CHECK(dump(older.cipher_suites.find("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384")) == "yes/yes");
    CHECK(dump(older.cipher_suites.find("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384")) == "no/no?, unknown-name");
}

TEST_CASE("On Server 2012 R2 a plain ECDHE name is unknown, as its page has suffixed ones only", "[effect]") {
    CHECK(judged(with_local({"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}), "2012-r2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384") ==
          "no/no, unknown-name");
    CHECK(judged(with_local({"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"}), "2025", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256") ==
          "no/no, unknown-name");
    CHECK(judged(with_local({"TLS_NO_SUCH_SUITE"}), "2025", "TLS_NO_SUCH_SUITE") == "no/no, unknown-name");
}

TEST_CASE("A suite is as usable as its protocols are, role by role", "[effect]") {
    Tree tree;
    set(tree, "Protocols\\TLS 1.2\\Server", "Enabled", 0);
    CHECK(judged(tree, "2019", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384") == "yes/no, protocol TLS 1.2 (server)");
    CHECK(judged(tree, "2019", "TLS_RSA_WITH_AES_256_CBC_SHA") == "yes/yes");
    set(tree, "Protocols\\TLS 1.2\\Client", "DisabledByDefault", 1);
    CHECK(judged(tree, "2019", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384") ==
          "on-request/no, protocol TLS 1.2 (client), protocol TLS 1.2 (server)");
    for (const std::string_view role : {"Client", "Server"}) {
        set(tree, std::string("Protocols\\TLS 1.3\\").append(role), "Enabled", 0);
    }
    CHECK(judged(tree, "2022", "TLS_AES_256_GCM_SHA384") == "no/no, protocol TLS 1.3");
    // Windows 7 leaves TLS 1.2 to applications that name it.
    CHECK(judged({}, "windows-7", "TLS_RSA_WITH_AES_128_CBC_SHA256") == "on-request/on-request, protocol TLS 1.2");
}

TEST_CASE("Where a protocol's default is uncertain, so is a suite that hangs on it alone", "[effect]") {
    Tree tree;
    for (const std::string_view role : {"Client", "Server"}) {
        set(tree, std::string("Protocols\\TLS 1.2\\").append(role), "Enabled", 0);
    }
    CHECK(judged(tree, "2025", "TLS_RSA_WITH_AES_256_CBC_SHA") == "yes/yes?, perhaps protocol TLS 1.0 to TLS 1.2");
    CHECK(judged({}, "2025", "TLS_RSA_WITH_AES_256_CBC_SHA") == "yes/yes");
}

TEST_CASE("Every closed gate of a suite is named", "[effect]") {
    Tree tree;
    set(tree, "Ciphers\\AES 256/256", "Enabled", 0);
    set(tree, "Hashes\\SHA", "Enabled", 0);
    set(tree, "KeyExchangeAlgorithms\\PKCS", "Enabled", 0);
    CHECK(judged(tree, "2019", "TLS_RSA_WITH_AES_256_CBC_SHA") == "no/no, cipher AES 256/256, hash SHA, key-exchange PKCS");
    CHECK(judged(tree, "2019", "TLS_RSA_WITH_AES_128_GCM_SHA256") == "no/no, key-exchange PKCS");
    CHECK(judged(tree, "2019", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256") == "yes/yes");
    // K245 counts authentication by RSA to PKCS; for ECDHE nobody says.
    CHECK(judged(tree, "2019", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256") == "yes/yes?, perhaps authentication PKCS");
    set(tree, "KeyExchangeAlgorithms\\ECDH", "Enabled", 0);
    CHECK(judged(tree, "2019", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256") == "no/no, key-exchange ECDH");
    set(tree, "KeyExchangeAlgorithms\\Diffie-Hellman", "Enabled", 0);
    CHECK(judged(tree, "2016", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA") ==
          "no/no, hash SHA, key-exchange Diffie-Hellman, perhaps authentication PKCS");
}

TEST_CASE("Whether a hash gate closes an AEAD suite is not promised either way", "[effect]") {
    Tree tree;
    set(tree, "Hashes\\SHA384", "Enabled", 0);
    CHECK(judged(tree, "2019", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384") == "yes/yes?, perhaps hash SHA384");
    CHECK(judged(tree, "2019", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384") == "no/no, hash SHA384");
}

TEST_CASE("Suites without encryption are for those who ask, and the NULL gate closes or opens them", "[effect]") {
    constexpr std::string_view name = "TLS_RSA_WITH_NULL_SHA256";
    CHECK(judged({}, "2019", name) == "on-request/on-request?, explicit-request, perhaps cipher NULL");
    Tree tree;
    set(tree, "Ciphers\\NULL", "Enabled", 0);
    CHECK(judged(tree, "2019", name) == "no/no, cipher NULL, explicit-request");
    set(tree, "Ciphers\\NULL", "Enabled", 0xFFFFFFFF);
    CHECK(judged(tree, "2019", name) == "on-request/on-request, explicit-request");
}

TEST_CASE("The policy list ends at its 1,023rd character", "[effect]") {
    std::string text;
    std::vector<std::string> names;
    for (const facts::ReleaseSuite& row : facts::suites_of(release("2016"))) {
        if (row.list != facts::SuiteList::enabled) continue;
        if (!text.empty()) text.push_back(',');
        text.append(row.suite);
        names.emplace_back(row.suite);
    }
    CHECK(text.size() == 1078);  // 1607 and 2016, as their page lists them
    const CipherSuitesEffect effect = effect::evaluate(with_policy(text), release("2016")).cipher_suites;
    CHECK(effect.characters == 1078);
    std::size_t end = 0;
    for (const SuiteEffect& suite : effect.listed) {
        end += suite.name.size() + (end == 0 ? 0 : 1);
        const bool limited = std::ranges::any_of(suite.blocked_by, [](const effect::Gate& gate) {
            return gate.kind == effect::GateKind::list_limit;
        });
        INFO(suite.name << ' ' << end);
        CHECK(limited == (end > 1023));
        if (limited) CHECK_FALSE(suite.usable());
    }
    // The local list has no such limit: that of Windows 7 is longer by itself.
    CHECK(effect::evaluate(with_local(names), release("2016")).cipher_suites.is_default);
}

TEST_CASE("A name that ends with the 1,023rd character of a policy list is within it", "[effect]") {
    const auto limits = [](std::size_t length) {
        const CipherSuitesEffect effect = effect::evaluate(with_policy(std::string(length, 'A')), release("2016")).cipher_suites;
        return std::ranges::count(effect.listed.front().blocked_by, effect::GateKind::list_limit, &effect::Gate::kind);
    };
    CHECK(limits(1023) == 0);
    CHECK(limits(1024) == 1);
}

TEST_CASE("A list is as long as its names joined by commas, wherever it comes from", "[effect]") {
    const std::vector<std::string> two{"TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_GCM_SHA256"};
    const std::string text = two[0] + "," + two[1];
    CHECK(effect::evaluate(with_local(two), release("2019")).cipher_suites.characters == text.size());
    CHECK(effect::evaluate(with_policy(text), release("2019")).cipher_suites.characters == text.size());
    for (const facts::Release& each : facts::releases()) {
        const CipherSuitesEffect effect = effect::evaluate(Tree{}, each).cipher_suites;
        std::size_t length = 0;
        for (const SuiteEffect& suite : effect.listed) length += suite.name.size() + (length == 0 ? 0 : 1);
        INFO(each.id);
        CHECK(effect.characters == length);
    }
}

TEST_CASE("Names of TLS 1.3 before their time are in doubt where the list is supposed, not where it was read", "[effect]") {
    const facts::Release& on = release("2019");
    Tree tree = schannel::untouched(on);
    const auto is_certain = [&](bool untouched) {
        return effect::evaluate(tree, on, {.untouched = untouched}).cipher_suites.find("TLS_AES_256_GCM_SHA384")->basis.certain;
    };
    CHECK_FALSE(is_certain(true));
    CHECK(is_certain(false));
    std::string text;
    const auto names = tree.find(local)->find_value("Functions")->as_strings();
    for (const std::string& name : *names) text.append(text.empty() ? "" : ",").append(name);
    tree.set_value(policy, "Functions", Value::sz(text));
    CHECK(is_certain(true));
}

TEST_CASE("Blanks and trailing commas in the policy list are doubts, not names", "[effect]") {
    const Tree tree = with_policy("TLS_RSA_WITH_AES_256_GCM_SHA384, TLS_RSA_WITH_AES_128_GCM_SHA256 ,tls_rsa_with_aes_128_cbc_sha,");
    const CipherSuitesEffect effect = effect::evaluate(tree, release("2019")).cipher_suites;
    REQUIRE(effect.listed.size() == 3);
    CHECK(dump(&effect.listed[0]) == "yes/yes");
    CHECK(dump(&effect.listed[1]) == "yes/yes?, perhaps bad-spelling");
    CHECK(dump(&effect.listed[2]) == "yes/yes?, perhaps bad-spelling");
}

TEST_CASE("A list of another form is read as far as it can be, and marked", "[effect]") {
    Tree tree;
    tree.set_value(local, "Functions", Value::multi_sz({"TLS_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_GCM_SHA256"}));
    CipherSuitesEffect effect = effect::evaluate(tree, release("2012-r2")).cipher_suites;
    CHECK(effect.listed.size() == 2);
    CHECK_FALSE(effect.basis.certain);
    tree.set_value(policy, "Functions", Value::multi_sz({"TLS_RSA_WITH_AES_256_CBC_SHA"}));
    effect = effect::evaluate(tree, release("2012-r2")).cipher_suites;
    CHECK(effect.basis.origin.kind == effect::OriginKind::registry_value);
    CHECK_FALSE(effect.basis.certain);
    CHECK(effect.basis.note == "the policy's Functions is not a REG_SZ: what Windows does with it is not documented");
    effect = effect::evaluate(with_policy(""), release("2019")).cipher_suites;
    CHECK(effect.listed.empty());
    CHECK(effect.basis.note == "what an empty policy list does is not documented");
}

TEST_CASE("A list of very many names is cut where nothing can be gained from it", "[effect]") {
    std::string text;
    for (int at = 0; at < 100000; ++at) text.append("A,");
    const CipherSuitesEffect effect = effect::evaluate(with_policy(text), release("2019")).cipher_suites;
    CHECK(effect.listed.size() == effect::max_listed);
    CHECK(effect.left_out == 100000 - effect::max_listed);
}

TEST_CASE("FIPS mode closes what is not approved, and leaves AES, as the page of the release says", "[effect]") {
    Tree tree;
    tree.set_value(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy"), "Enabled", Value::dword(1));
    CHECK(judged(tree, "2016", "TLS_RSA_WITH_RC4_128_SHA") == "no/no, fips");
    CHECK(judged(tree, "2016", "TLS_RSA_WITH_3DES_EDE_CBC_SHA") == "yes/yes");
    CHECK(judged(tree, "2016", "TLS_RSA_WITH_AES_128_CBC_SHA") == "yes/yes");
    tree.set_value(local, "EccCurves", Value::multi_sz({"curve25519"}));
    CHECK(judged(tree, "2016", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA") == "no/no, curve");
}

TEST_CASE("Updates that set the order of a list are named", "[effect]") {
    const auto list = [](std::string_view on, std::vector<std::string> updates) {
        return effect::evaluate({}, release(on), {.updates = std::move(updates)}).cipher_suites.basis;
    };
    CHECK(list("2008-r2", {"KB3042058"}).origin.to_string() == "default of windows-server-2008-r2 with KB3042058");
    CHECK(list("2008-r2", {}).note == "the order is that after KB3042058");
    CHECK(list("2012-r2", {"2919355"}).origin.update == "KB2919355");
    CHECK(list("2016", {"KB3042058"}).origin.update.empty());
}

TEST_CASE("TLS_DHE is known to fail now and then where it is usable and not fixed", "[effect]") {
    const auto fault = [](std::string_view on, effect::Circumstances known = {}, const Tree& tree = {}) {
        const effect::Switch found = effect::evaluate(tree, release(on), known).dhe_fault;
        return std::string(found.on ? "fails" : "works") + (found.basis.certain ? "" : "?");
    };
    CHECK(fault("2012-r2") == "fails");
    CHECK(fault("2016") == "fails?");
    CHECK(fault("2016", {.updates = {"KB4540670"}}) == "works");
    CHECK(fault("2016", {.revision = 3541}) == "fails");
    CHECK(fault("2016", {.revision = 3542}) == "works");
    CHECK(fault("2019") == "works");
    CHECK(fault("2012-r2", {}, with_local({"TLS_RSA_WITH_AES_256_GCM_SHA384"})) == "works");
}
