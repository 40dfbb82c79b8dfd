// States at random for laws: switches of protocols, gates, limits, lists, curves, signatures, FIPS mode, WinHTTP and .NET, with data that people write.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "law_states.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/schannel/defaults.hpp"

namespace schancfg::test {

class States {
public:
    explicit States(unsigned seed) : engine_(seed) {}

    struct State {
        const facts::Release* release = nullptr;
        registry::Tree tree;
    };

    State next() {
        State state{};
        state.release = &facts::releases()[random_() % facts::releases().size()];
        if (one_in(3)) state.tree = schannel::untouched(*state.release);
        add_protocols(state.tree);
        add_gates(state.tree);
        add_lists(state);
        add_layers(state.tree);
        return state;
    }

    [[nodiscard]] bool one_in(unsigned n) { return random_() % n == 0; }

private:
    using Value = registry::Value;

    static registry::KeyPath machine(std::string_view path) { return registry::KeyPath(registry::Root::local_machine, std::string(path)); }
    static registry::KeyPath schannel_key() { return machine("SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL"); }

    /// Mostly what is documented, now and then what is not.
    Value switch_data() {
        constexpr std::uint32_t data[] = {0, 0, 1, 0xFFFFFFFF, 0xFFFFFFFF, 2};
        if (one_in(30)) return Value::sz("1");
        return Value::dword(data[random_() % std::size(data)]);
    }

    void add_protocols(registry::Tree& tree) {
        const unsigned often = 2 + random_() % 6;
        for (const facts::Protocol& protocol : facts::protocols()) {
            for (const facts::Role role : {facts::Role::client, facts::Role::server}) {
                const registry::KeyPath key = schannel_key().below("Protocols").child(protocol.name).child(facts::role_key(role));
                if (one_in(often)) tree.set_value(key, "Enabled", switch_data());
                if (one_in(often + 1)) tree.set_value(key, "DisabledByDefault", Value::dword(random_() % 2));
            }
        }
    }

    void add_gates(registry::Tree& tree) {
        const unsigned often = 3 + random_() % 20;
        const auto add = [&](std::string_view below, std::span<const facts::Algorithm> table) {
            for (const facts::Algorithm& algorithm : table) {
                if (one_in(often)) tree.set_value(schannel_key().below(below).child(algorithm.name), "Enabled", switch_data());
            }
        };
        add("Ciphers", facts::ciphers());
        add("Hashes", facts::hashes());
        add("KeyExchangeAlgorithms", facts::key_exchanges());
        constexpr std::uint32_t bits[] = {512, 1024, 2048, 3072, 4096};
        for (const std::string_view exchange : {"Diffie-Hellman", "PKCS"}) {
            for (const std::string_view value : {"ClientMinKeyBitLength", "ClientMaxKeyBitLength", "ServerMinKeyBitLength"}) {
                if (one_in(6)) tree.set_value(schannel_key().below("KeyExchangeAlgorithms").child(exchange), value, Value::dword(bits[random_() % std::size(bits)]));
            }
        }
    }

    std::vector<std::string> suites(const facts::Release& release) {
        std::vector<std::string> names;
        const auto page = facts::suites_of(release);
        const unsigned often = 1 + random_() % 8;
        for (const facts::ReleaseSuite& row : page) {
            if (one_in(often)) names.emplace_back(row.suite);
        }
        if (one_in(3)) {
            constexpr std::string_view others[] = {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384",
                                                   "TLS_CHACHA20_POLY1305_SHA256", "TLS_NO_SUCH_SUITE", "TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                                                   "TLS_AES_128_GCM_SHA256", "tls_rsa_with_aes_128_cbc_sha", "TLS_RSA_WITH_NULL_SHA"};
            for (const std::string_view name : others) {
                if (one_in(4)) names.emplace_back(name);
            }
        }
        std::ranges::shuffle(names, engine_);
        return names;
    }

    void add_lists(State& state) {
        const registry::KeyPath policy = machine("SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
        const registry::KeyPath local = machine("SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
        if (one_in(3)) {
            std::string text;
            for (const std::string& name : suites(*state.release)) text.append(text.empty() ? "" : ",").append(name);
            state.tree.set_value(policy, "Functions", one_in(20) ? Value::multi_sz({text}) : Value::sz(text));
        }
        if (one_in(3)) state.tree.set_value(local, "Functions", Value::multi_sz(suites(*state.release)));
        for (const registry::KeyPath& list : {policy, local}) {
            if (!one_in(5)) continue;
            std::vector<std::string> curves;
            for (const facts::ReleaseCurve& row : facts::curves_of(*state.release)) {
                if (one_in(4)) curves.emplace_back(row.curve);
            }
            if (one_in(8)) curves.emplace_back("nistp256");
            state.tree.set_value(list, "EccCurves", one_in(20) ? Value::sz("NistP256") : Value::multi_sz(curves));
        }
        if (one_in(8)) {
            const registry::KeyPath signatures = machine("SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010003");
            state.tree.set_value(signatures, "Functions", Value::multi_sz({one_in(2) ? "RSA/SHA256" : "ECDSA/SHA256", "RSA/SHA512"}));
        }
    }

    void add_layers(registry::Tree& tree) {
        if (one_in(5)) tree.set_value(machine("SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy"), "Enabled", Value::dword(random_() % 2));
        for (const std::string_view node : {"", "Wow6432Node\\"}) {
            const std::string software = std::string("SOFTWARE\\").append(node).append("Microsoft\\");
            if (one_in(4)) {
                constexpr std::uint32_t masks[] = {0, 0x80, 0x800, 0xA00, 0x2800, 0xAA0};
                tree.set_value(machine(software + "Windows\\CurrentVersion\\Internet Settings\\WinHttp"), "DefaultSecureProtocols",
                               Value::dword(masks[random_() % std::size(masks)]));
            }
            for (const std::string_view version : {"v2.0.50727", "v4.0.30319"}) {
                const registry::KeyPath key = machine(software + ".NETFramework").child(version);
                if (one_in(4)) tree.set_value(key, "SchUseStrongCrypto", Value::dword(random_() % 3));
                if (one_in(4)) tree.set_value(key, "SystemDefaultTlsVersions", Value::dword(random_() % 3));
            }
        }
        for (const std::string_view value : {"AllowInsecureRenegoClients", "AllowInsecureRenegoServers", "DisableRenegoOnClient"}) {
            if (one_in(6)) tree.set_value(schannel_key(), value, Value::dword(random_() % 2));
        }
    }

    std::minstd_rand engine_;

    std::uint32_t random_() { return static_cast<std::uint32_t>(engine_() >> 7U); }
};

}  // namespace schancfg::test
