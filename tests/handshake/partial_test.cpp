// States that do not speak for everything: what is said of them as certain is true of the whole machine.
#include <algorithm>
#include <random>

#include "law_states.hpp"
#include "schancfg/registry/coverage.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/registry/patch.hpp"
#include "scenes.hpp"

using namespace two_ends;

namespace {

const KeyPath fips_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy");

std::vector<KeyPath> parts() {
    const auto below = [](const char* path) { return KeyPath(Root::local_machine, path); };
    return {schannel_key.below("Protocols"),
            schannel_key.below("Ciphers"),
            schannel_key.below("Hashes"),
            schannel_key.below("KeyExchangeAlgorithms"),
            schannel_key,
            below("SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL"),
            below("SOFTWARE\\Policies\\Microsoft\\Cryptography"),
            fips_key};
}

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    bool one_in(unsigned number) { return engine_() % number == 0; }
    std::size_t below(std::size_t number) { return engine_() % number; }

private:
    std::mt19937 engine_;
};

void change(Dice& dice, Machine& machine) {
    for (const char* version : {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) {
        for (const Role role : {Role::client, Role::server}) {
            if (dice.one_in(3)) protocol(machine, version, role, dice.one_in(2));
        }
    }
    for (const char* name : {"Ciphers\\AES 256/256", "Ciphers\\AES 128/128", "Ciphers\\Triple DES 168", "Hashes\\SHA", "Hashes\\SHA256", "Hashes\\SHA384",
                             "KeyExchangeAlgorithms\\Diffie-Hellman", "KeyExchangeAlgorithms\\ECDH", "KeyExchangeAlgorithms\\PKCS"}) {
        if (dice.one_in(6)) set(machine, name, "Enabled", 0);
    }
    if (dice.one_in(3)) set(machine, "KeyExchangeAlgorithms\\Diffie-Hellman", "ClientMinKeyBitLength", dice.one_in(2) ? 4096 : 512);
    if (dice.one_in(3)) set(machine, "KeyExchangeAlgorithms\\PKCS", "ClientMinKeyBitLength", dice.one_in(2) ? 4096 : 512);
    if (dice.one_in(3)) set(machine, "", dice.one_in(2) ? "AllowInsecureRenegoServers" : "AllowInsecureRenegoClients", 0);
    if (dice.one_in(4)) machine.state.set_value(fips_key, "Enabled", Value::dword(1));
    if (dice.one_in(3)) {
        const char* lists[] = {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256,TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                               "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_GCM_SHA384"};
        machine.state.set_value(policy_key, "Functions", Value::sz(lists[dice.below(std::size(lists))]));
    }
    if (dice.one_in(4)) machine.state.set_value(policy_key, "EccCurves", Value::multi_sz({"NistP521"}));
}

/// The machine as a file shows it that speaks for some parts alone.
Machine part_of(Dice& dice, const Machine& whole) {
    std::vector<KeyPath> keys;
    for (const KeyPath& part : parts()) {
        if (dice.one_in(2)) keys.push_back(part);
    }
    Machine file = machine(whole.release->id);
    file.state = {};
    registry::replay(registry::to_patch(whole.state), file.state);
    file.circumstances = whole.circumstances;
    file.circumstances.coverage = registry::Coverage::of(keys);
    registry::keep_spoken_for(file.state, file.circumstances.coverage);
    file.options = whole.options;
    return file;
}

std::vector<Peer> servers() {
    Peer strict = printer(1024, false);
    strict.secure_renegotiation = Answer::no;
    Peer modern = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1"}}, {"TLS 1.3", {"TLS_AES_256_GCM_SHA384 secp256r1", "TLS_AES_128_GCM_SHA256 secp256r1"}}});
    modern.certificates = {certificate("RSA", 2048, "SHA256")};
    return {tls12_only_server(), strict, modern, printer(2048, true)};
}

std::vector<Peer> clients() {
    Peer old = caller({{"TLS 1.0", {"TLS_RSA_WITH_3DES_EDE_CBC_SHA"}}, {"TLS 1.1", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    old.secure_renegotiation = Answer::no;
    Peer modern = caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}}, {"TLS 1.3", {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"}}});
    modern.groups = {"x25519", "secp256r1"};
    modern.groups_complete = true;
    return {tls12_only_client(), old, modern};
}

}  // namespace

TEST_CASE("What is said as certain of a part of a state is true of the whole state", "[handshake][law]") {
    Dice dice(11);
    std::size_t certain = 0, open = 0;
    const auto releases = facts::releases();
    for (int round = 0; round < test::slow_law_states(300); ++round) {
        Machine whole = with_certificate(machine(releases[dice.below(releases.size())].id), certificate("RSA", 2048, "SHA256"));
        change(dice, whole);
        const Machine file = part_of(dice, whole);
        for (const Role role : {Role::client, Role::server}) {
            const End of_whole = remedy::make_end(whole, role), of_file = remedy::make_end(file, role);
            for (const Peer& peer : role == Role::client ? servers() : clients()) {
                const End other = handshake::make_end(peer);
                const auto judge = [&](const End& end) { return role == Role::client ? handshake::agree_briefly(end, other) : handshake::agree_briefly(other, end); };
                const Agreement said = judge(of_file), is = judge(of_whole);
                if (said.verdict == Verdict::unknown) {
                    ++open;
                    continue;
                }
                ++certain;
                // Where sources disagree about the whole as well, nothing contradicts.
                if (is.verdict == Verdict::unknown) continue;
                INFO(round << " " << whole.release->id << " " << facts::role_name(role) << ": " << dump(said) << " against " << dump(is));
                CHECK(said.verdict == is.verdict);
            }
        }
    }
    CHECK(certain > 20);
    CHECK(open > 20);
}

TEST_CASE("A state that says all that matters is answered, and one that does not says what it would be as installed", "[handshake]") {
    const auto partly = [](Machine file, const Peer& server) {
        Machine installed = file.state.empty() ? machine(file.release->id) : machine(file.release->id);
        registry::replay(registry::to_patch(file.state), installed.state);
        file.circumstances.coverage = registry::Coverage::of({schannel_key});
        const End known = remedy::make_end(file, Role::client), whole = remedy::make_end(installed, Role::client), other = handshake::make_end(server);
        return handshake::diagnose_partly(known, other, whole, other, nullptr).agreement;
    };
    Machine off = machine("2016");
    off.state = {};
    protocol(off, "TLS 1.2", Role::client, false);
    const Agreement certain = partly(std::move(off), tls12_only_server());
    CHECK(dump(certain) == "disagree no-common-protocol");
    CHECK(certain.assumed == std::vector<effect::Area>{effect::Area::local_lists, effect::Area::policy_lists, effect::Area::fips});
    Machine on = machine("2016");
    on.state = {};
    protocol(on, "TLS 1.2", Role::client, true);
    const Agreement open = partly(std::move(on), tls12_only_server());
    CHECK(open.verdict == Verdict::unknown);
    CHECK(open.message.find("not known: it rests on what is not in windows-server-2016; as installed the two agree on TLS 1.2") == 0);
    REQUIRE_FALSE(open.questions.empty());
    CHECK(open.questions.front().text.find("policy lists") != std::string::npos);
    CHECK(open.questions.front().command == "powershell Get-TlsCipherSuite");
}
