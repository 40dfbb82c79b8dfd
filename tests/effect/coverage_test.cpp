#include "schancfg/effect/effect.hpp"

#include <algorithm>
#include <iterator>
#include <random>

#include "catch.hpp"
#include "effect/generated.hpp"
#include "schancfg/registry/patch.hpp"

using namespace schancfg;
using effect::Area;
using effect::Basis;
using effect::Circumstances;
using effect::Effect;
using effect::ProtocolReach;
using facts::Role;
using registry::Coverage;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

KeyPath machine_key(std::string_view path) { return KeyPath(Root::local_machine, std::string(path)); }

const KeyPath root_key = machine_key("SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const KeyPath policy = machine_key("SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
const KeyPath local = machine_key("SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
const KeyPath fips = machine_key("SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy");
const KeyPath winhttp = machine_key("SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp");
const KeyPath dotnet = machine_key("SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319");

const facts::Release& release(std::string_view id) {
    const facts::Release* found = facts::find_release(id);
    REQUIRE(found != nullptr);
    return *found;
}

Effect seen(const Tree& tree, const facts::Release& on, std::vector<KeyPath> keys) {
    Circumstances known;
    known.coverage = Coverage::of(std::move(keys));
    return effect::evaluate(tree, on, known);
}

std::vector<std::string_view> ids(const Effect& effect) {
    std::vector<std::string_view> out;
    for (const Area area : effect.assumed) out.push_back(effect::area_id(area));
    return out;
}

}  // namespace

TEST_CASE("An export of the SCHANNEL key alone says nothing of lists, WinHTTP, .NET and FIPS", "[effect]") {
    const Effect effect = seen({}, release("2022"), {root_key});
    CHECK(ids(effect) == std::vector<std::string_view>{"local-lists", "policy-lists", "winhttp", "dotnet", "fips"});
    const ProtocolReach& tls12 = *effect.reach(Role::server).find("TLS 1.2");
    CHECK(tls12.state == effect::ReachState::on);
    CHECK_FALSE(tls12.basis.certain);
    CHECK(tls12.basis.assumed);
    CHECK(effect.protocol("TLS 1.2")->server().basis.certain);
    for (const effect::WeakPoint& point : effect.weak) {
        INFO(effect::weakness_id(point.kind) << " " << point.subject);
        CHECK(point.kind != effect::Weakness::dotnet_legacy);
        CHECK(point.kind != effect::Weakness::weak_cipher_suite);
    }
    CHECK(ids(effect::evaluate({}, release("2022"))).empty());
}

TEST_CASE("A key speaks for itself and all below it, and for nothing beside it", "[effect]") {
    Tree tree;
    const KeyPath tls10 = root_key.below("Protocols\\TLS 1.0\\Server");
    tree.set_value(tls10, "Enabled", Value::dword(0));
    const Effect effect = seen(tree, release("2019"), {tls10});
    CHECK(effect.protocol("TLS 1.0")->server().basis.certain);
    CHECK(effect.reach(Role::server).find("TLS 1.0")->state == effect::ReachState::off);
    CHECK(effect.reach(Role::server).find("TLS 1.0")->basis.certain);
    CHECK(effect.protocol("TLS 1.0")->client().basis.assumed);
    CHECK(effect.protocol("TLS 1.2")->server().basis.assumed);
    CHECK(seen(tree, release("2019"), {machine_key("SYSTEM")}).protocol("TLS 1.2")->server().basis.certain);
}

TEST_CASE("A value that is added to what was read counts: Enabled 0 refuses whatever else is there, 1 leaves DisabledByDefault open", "[effect]") {
    const auto with = [](std::uint32_t enabled) {
        Tree tree;
        tree.set_value(root_key.below("Protocols\\TLS 1.0\\Server"), "Enabled", Value::dword(enabled));
        return seen(tree, release("2019"), {policy}).protocol("TLS 1.0")->server().basis;
    };
    CHECK(with(0).certain);
    CHECK(with(1).assumed);
}

TEST_CASE("A suite is as sure as the reading of each of its switches", "[effect]") {
    const std::vector<KeyPath> switches = {root_key.below("Ciphers"), root_key.below("Hashes"), root_key.below("KeyExchangeAlgorithms"), fips};
    const auto suite_is_assumed = [&](std::string_view name, const KeyPath& unread) {
        std::vector<KeyPath> keys = {root_key.below("Protocols"), policy, local};
        std::ranges::copy_if(switches, std::back_inserter(keys), [&](const KeyPath& key) { return key != unread; });
        return seen({}, release("2022"), keys).cipher_suites.find(name)->use_basis.assumed;
    };
    for (const KeyPath& unread : switches) {
        INFO(unread.to_string());
        CHECK(suite_is_assumed("TLS_RSA_WITH_AES_128_CBC_SHA", unread));
    }
    CHECK(suite_is_assumed("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", root_key.below("KeyExchangeAlgorithms")));
    // TLS 1.3 agrees on keys by curves.
    CHECK(suite_is_assumed("TLS_AES_128_GCM_SHA256", root_key.below("KeyExchangeAlgorithms")));
    CHECK_FALSE(suite_is_assumed("TLS_RSA_WITH_AES_128_CBC_SHA", dotnet));
    CHECK_FALSE(suite_is_assumed("TLS_AES_128_GCM_SHA256", dotnet));
}

TEST_CASE("Of a suite's protocols one that was not read leaves it assumed, and one that was read leaves it read", "[effect]") {
    const KeyPath tls11 = root_key.below("Protocols\\TLS 1.1\\Server");
    Tree tree;
    tree.set_value(tls11, "Enabled", Value::dword(1));  // here it is not documented that this is enough
    const Effect effect = seen(tree, release("7"), {tls11, root_key.below("Ciphers"), root_key.below("Hashes"), root_key.below("KeyExchangeAlgorithms"), policy, local, fips});
    const auto& doubts = effect.cipher_suites.find("TLS_RSA_WITH_AES_128_CBC_SHA")->doubts;
    const auto gate = std::ranges::find_if(doubts, [](const effect::Gate& each) { return each.kind == effect::GateKind::protocol && each.server; });
    REQUIRE(gate != doubts.end());
    CHECK(gate->assumed);
    CHECK_FALSE(gate->unread);
}

TEST_CASE("A suite whose curves were not read rests on them", "[effect]") {
    const auto doubts = seen({}, release("2022"), {root_key, fips}).cipher_suites.find("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")->doubts;
    const auto gate = std::ranges::find(doubts, effect::GateKind::curve, &effect::Gate::kind);
    REQUIRE(gate != doubts.end());
    CHECK(gate->assumed);
    CHECK(gate->unread);
}

TEST_CASE("A role is not said to be without a protocol where SSL 3.0 was not read", "[effect]") {
    Tree tree;
    std::vector<KeyPath> keys;
    const auto off = [&](const std::string& name) {
        const KeyPath key = root_key.below("Protocols\\" + name);
        tree.set_value(key, "Enabled", Value::dword(0));
        keys.push_back(key);
    };
    for (const std::string version : {"TLS 1.0", "TLS 1.1", "TLS 1.2"}) {
        off(version + "\\Client");
        off(version + "\\Server");
    }
    off("SSL 3.0\\Server");
    std::vector<std::string_view> without;
    for (const effect::WeakPoint& point : seen(tree, release("2008-r2"), keys).weak) {
        if (point.kind == effect::Weakness::no_protocol) without.push_back(point.role);
    }
    CHECK(without == std::vector<std::string_view>{"server"});
}

TEST_CASE("What is disputed stays so, whatever was not read", "[effect]") {
    Tree tree;
    tree.set_value(policy, "Functions", Value::sz(""));
    const Effect effect = seen(tree, release("2019"), {policy});
    const ProtocolReach& tls12 = *effect.reach(Role::server).find("TLS 1.2");
    CHECK_FALSE(tls12.basis.certain);
    CHECK_FALSE(tls12.basis.assumed);
}

// Law: what is said as certain of a part of a state is true of the whole state.
TEST_CASE("Whatever is certain of a part of a state is certain and the same of the whole", "[effect][law]") {
    std::mt19937 random(20261127);
    const auto one_in = [&](unsigned n) { return random() % n == 0; };
    const std::vector<std::string> suites = {"TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                                             "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                                             "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_NULL_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384"};
    const std::vector<KeyPath> areas = {root_key.below("Protocols"), root_key.below("Ciphers"), root_key.below("Hashes"), root_key.below("KeyExchangeAlgorithms"),
                                        root_key, policy, local, fips, winhttp, dotnet};
    const std::vector<std::uint32_t> data = {0, 1, 0xFFFFFFFF};
    std::size_t compared = 0;
    for (int round = 0; round < test::law_states(1000); ++round) {
        const facts::Release& on = facts::releases()[random() % facts::releases().size()];
        Tree whole;
        for (const facts::Protocol& protocol : facts::protocols()) {
            for (const std::string_view role : {"Client", "Server"}) {
                const KeyPath key = root_key.below("Protocols").child(protocol.name).child(role);
                if (one_in(3)) whole.set_value(key, "Enabled", Value::dword(data[random() % 3]));
                if (one_in(4)) whole.set_value(key, "DisabledByDefault", Value::dword(random() % 2));
            }
        }
        for (const std::string_view gate : {"Ciphers\\AES 128/128", "Ciphers\\AES 256/256", "Ciphers\\RC4 128/128", "Hashes\\SHA", "Hashes\\SHA256",
                                            "KeyExchangeAlgorithms\\ECDH", "KeyExchangeAlgorithms\\PKCS", "KeyExchangeAlgorithms\\Diffie-Hellman"}) {
            if (one_in(4)) whole.set_value(root_key.below(gate), "Enabled", Value::dword(data[random() % 3]));
        }
        if (one_in(3)) whole.set_value(root_key, "AllowInsecureRenegoClients", Value::dword(random() % 2));
        for (const KeyPath& list : {policy, local}) {
            if (one_in(2)) continue;
            std::vector<std::string> names;
            std::string text;
            for (const std::string& suite : suites) {
                if (!one_in(2)) continue;
                names.push_back(suite);
                text += (text.empty() ? "" : ",") + suite;
            }
            whole.set_value(list, "Functions", list == policy ? Value::sz(text) : Value::multi_sz(names));
            if (one_in(2)) whole.set_value(list, "EccCurves", Value::multi_sz({one_in(2) ? "curve25519" : "x25519_mlkem768"}));
        }
        if (one_in(3)) whole.set_value(fips, "Enabled", Value::dword(random() % 2));
        if (one_in(3)) whole.set_value(winhttp, "DefaultSecureProtocols", Value::dword(0x800));
        if (one_in(3)) whole.set_value(dotnet, "SchUseStrongCrypto", Value::dword(random() % 2));

        std::vector<KeyPath> kept;
        for (const KeyPath& area : areas) {
            if (one_in(2)) kept.push_back(area);
        }
        Tree part;
        registry::replay(registry::to_patch(whole), part);
        registry::keep_spoken_for(part, Coverage::of(kept));
        const Effect of_part = seen(part, on, kept);
        const Effect of_whole = effect::evaluate(whole, on);
        std::string speaks;
        for (const KeyPath& key : kept) speaks += std::string(key.name()) + ' ';
        INFO("round " << round << " on " << on.id << ", speaks for " << speaks);
        const auto holds = [&](const Basis& said, const Basis& true_one, bool same) {
            if (!said.certain) return;
            ++compared;
            CHECK(same);
            CHECK(true_one.certain);
        };
        for (const Role role : {Role::client, Role::server}) {
            for (const ProtocolReach& reach : of_part.reach(role).protocols) {
                INFO(reach.name << " " << facts::role_name(role));
                const ProtocolReach& real = *of_whole.reach(role).find(reach.name);
                INFO(effect::reach_state_name(reach.state) << " by " << effect::basis_rule_id(reach.basis.rule) << ", in the whole " << effect::reach_state_name(real.state) << " by " << effect::basis_rule_id(real.basis.rule));
                // Where no suite is left nothing can be negotiated, whatever the switch; that much holds of the whole.
                const bool none = reach.state == effect::ReachState::no_suite && real.usable() == effect::Answer::no;
                holds(reach.basis, real.basis, reach.state == real.state || none);
                if (reach.rsa == effect::Answer::yes) CHECK(real.rsa == effect::Answer::yes);
                if (reach.any_suite == effect::Answer::no && reach.joined) CHECK(real.any_suite == effect::Answer::no);
            }
        }
        for (std::size_t at = 0; at < of_part.ciphers.size(); ++at) {
            holds(of_part.ciphers[at].basis, of_whole.ciphers[at].basis, of_part.ciphers[at].state == of_whole.ciphers[at].state);
        }
        for (std::size_t at = 0; at < of_part.winhttp.size(); ++at) {
            holds(of_part.winhttp[at].basis, of_whole.winhttp[at].basis, of_part.winhttp[at].mask == of_whole.winhttp[at].mask);
        }
        const auto working = [](const effect::DotnetCase& each) {
            std::vector<std::string_view> names;
            for (const effect::LayerProtocol& protocol : each.protocols) {
                if (protocol.works != effect::Answer::no) names.push_back(protocol.name);
            }
            return names;
        };
        for (std::size_t at = 0; at < of_part.dotnet.size(); ++at) {
            for (std::size_t target = 0; target < of_part.dotnet[at].cases.size(); ++target) {
                const effect::DotnetCase& read = of_part.dotnet[at].cases[target];
                const effect::DotnetCase& whole_one = of_whole.dotnet[at].cases[target];
                INFO(of_part.dotnet[at].version << " " << read.target);
                holds(effect::joined(read.basis, read.protocols), effect::joined(whole_one.basis, whole_one.protocols),
                      working(read) == working(whole_one));
            }
        }
        holds(of_part.fips.basis, of_whole.fips.basis, of_part.fips.on == of_whole.fips.on);
        holds(of_part.curves.basis, of_whole.curves.basis, of_part.curves.listed.size() == of_whole.curves.listed.size());
        holds(of_part.cipher_suites.basis, of_whole.cipher_suites.basis, of_part.cipher_suites.listed.size() == of_whole.cipher_suites.listed.size());
        for (std::size_t at = 0; at < of_part.services.size(); ++at) {
            const effect::ServiceEffect& read = of_part.services[at];
            const effect::ServiceEffect& whole_one = of_whole.services[at];
            INFO(read.service->word);
            holds(read.basis, whole_one.basis, read.reachable == whole_one.reachable);
            for (std::size_t version = 0; version < read.protocols.size(); ++version) {
                if (read.protocols[version].works == effect::Answer::unknown) continue;
                CHECK(read.protocols[version].works == whole_one.protocols[version].works);
            }
        }
        holds(of_part.renegotiation.server_basis, of_whole.renegotiation.server_basis, of_part.renegotiation.server == of_whole.renegotiation.server);
        for (const effect::SuiteEffect& suite : of_part.cipher_suites.listed) {
            if (!suite.use_basis.certain) continue;
            const effect::SuiteEffect* real = of_whole.cipher_suites.find(suite.name);
            INFO(suite.name);
            REQUIRE(real != nullptr);
            CHECK(real->uses == suite.uses);
            CHECK(real->use_basis.certain);
        }
    }
    CHECK(compared > 5000);
}
