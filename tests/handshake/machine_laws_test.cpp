// Generated machines of all releases against peers of which everything is known, held against what their joined effect says.
#include <algorithm>
#include <set>

#include "effect/generated.hpp"
#include "two_ends.hpp"

using namespace two_ends;
using effect::ProtocolReach;

namespace {

constexpr std::string_view versions[] = {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};

/// Everything that anybody has, in TLS 1.0 to 1.3, and nothing that would refuse anything.
Peer of_everything(Role role, std::string_view only) {
    Peer made = peer(role, {});
    for (schannel::PeerProtocol& protocol : made.protocols) {
        if (protocol.name != only) continue;
        protocol.offered = Answer::yes;
        protocol.preference = Preference::client;
        for (const char* name : {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                                 "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                                 "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_256_CBC_SHA",
                                 "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA"}) {
            const auto known = facts::identify_suite(name);
            REQUIRE(known);
            const bool of_13 = std::string_view(name).starts_with("TLS_AES");
            if (of_13 != (only == "TLS 1.3")) continue;
            made.suites.push_back({.protocol = std::string(only), .id = known->id, .name = std::string(known->name), .group = {}});
        }
    }
    made.groups = {"x25519", "secp256r1", "secp384r1", "secp521r1"};
    made.groups_complete = true;
    made.secure_renegotiation = Answer::yes;
    made.extended_master_secret = Answer::yes;
    if (role == Role::server) {
        made.certificates = {certificate("RSA", 2048, "SHA256")};
        for (const char* scheme : {"RSA+SHA256", "RSA-PSS+SHA256", "RSA+SHA384", "RSA+SHA512", "RSA+SHA1"}) made.handshake_signatures.emplace_back(scheme);
        made.handshake_signatures_complete = true;
    } else {
        made.dh_min_bits = 512;
        made.dh_max_bits = 16384;
        made.rsa_min_bits = 512;
        made.rsa_max_bits = 16384;
        made.signature_hashes = {"SHA256", "SHA384", "SHA512", "SHA1", "MD5"};
        made.signature_hashes_complete = true;
    }
    return made;
}

bool has(const Peer& peer, std::uint32_t id) {
    return std::ranges::any_of(peer.suites, [id](const schannel::PeerSuite& suite) { return suite.id == id; });
}

/// Is a suite that the joined effect leaves in that protocol, for a certificate with an RSA key, one that the peer has?
Answer common(const effect::Effect& effect, const ProtocolReach& reach, const Peer& peer) {
    Answer found = Answer::no;
    for (const effect::UsableSuite& usable : reach.suites) {
        const facts::CipherSuite* suite = effect.cipher_suites.listed[usable.at].suite;
        if (suite == nullptr) {
            found = effect::stronger(found, Answer::unknown);
        } else if (has(peer, suite->id)) {
            found = effect::stronger(found, usable.answer);
        }
    }
    return found;
}

const facts::CipherSuite* suite_of(const effect::Effect& effect, std::uint32_t id) {
    const auto found = std::ranges::find_if(effect.cipher_suites.listed, [id](const effect::SuiteEffect& each) { return each.suite != nullptr && each.suite->id == id; });
    return found == effect.cipher_suites.listed.end() ? nullptr : found->suite;
}

/// Is the shortest length that a client takes above the longest?
bool refuses_all(const effect::Effect& effect, std::string_view key_exchange) {
    const std::string_view name = key_exchange == "DHE" ? "Diffie-Hellman" : key_exchange == "RSA" ? "PKCS" : "";
    for (const effect::KeyExchangeEffect& each : effect.key_exchanges) {
        const auto &least = each.client_min_bits.bits, &most = each.client_max_bits.bits;
        if (each.algorithm.name == name && least && most && *most != 0 && *least > *most) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("Against a peer that takes everything in one protocol, a machine fails exactly where its joined effect leaves nothing", "[handshake][law]") {
    test::States states(20261127);
    std::size_t seen[3] = {};
    for (int round = 0; round < test::law_states(300); ++round) {
        auto [release, tree] = states.next();
        Machine made;
        made.release = release;
        made.state = std::move(tree);
        made.circumstances.updates_complete = true;
        const effect::Effect effect = effect::evaluate(made.state, *release, made.circumstances);
        for (const Role role : {Role::client, Role::server}) {
            if (role == Role::server) made.options.certificates = {certificate("RSA", 2048, "SHA256")};
            const End ours = handshake::make_end(effect, role, made.options);
            for (const std::string_view version : versions) {
                const ProtocolReach* reach = effect.reach(role).find(version);
                if (reach == nullptr || !reach->joined) continue;
                const Peer peer = of_everything(role == Role::client ? Role::server : Role::client, version);
                const End theirs = handshake::make_end(peer);
                const Verdict verdict = role == Role::client ? handshake::agree_briefly(ours, theirs).verdict : handshake::agree_briefly(theirs, ours).verdict;
                INFO("state " << round << " on " << release->id << ", " << version << ' ' << facts::role_name(role));
                // What works by default for an application that leaves the choice to Schannel, with that peer.
                const Answer by_reach = effect::weaker(reach->by_default(), common(effect, *reach, peer));
                if (verdict == Verdict::agree) CHECK(by_reach == Answer::yes);
                if (by_reach == Answer::no && reach->state != effect::ReachState::uncertain) CHECK(verdict != Verdict::agree);
                // Nothing left for sure: nobody agrees, whatever else is open.
                if (reach->state == effect::ReachState::no_suite && reach->basis.certain) CHECK(verdict != Verdict::agree);
                ++seen[static_cast<std::size_t>(verdict)];
            }
        }
    }
    for (const std::size_t count : seen) CHECK(count > 50);
}

TEST_CASE("An end of a machine has the suites of its joined effect, and is as sure of each", "[handshake][law]") {
    test::States states(42);
    std::size_t compared = 0;
    for (int round = 0; round < test::law_states(300); ++round) {
        auto [release, tree] = states.next();
        const effect::Effect effect = effect::evaluate(tree, *release);
        for (const Role role : {Role::client, Role::server}) {
            const End end = handshake::make_end(effect, role);
            for (const std::string_view version : versions) {
                const ProtocolReach* reach = effect.reach(role).find(version);
                if (reach == nullptr || !reach->joined) continue;
                INFO("state " << round << " on " << release->id << ", " << version << ' ' << facts::role_name(role));
                std::multiset<std::uint32_t> of_reach, of_end;
                for (const effect::UsableSuite& usable : reach->suites) {
                    const facts::CipherSuite* suite = effect.cipher_suites.listed[usable.at].suite;
                    if (suite != nullptr && suite->id != 0) of_reach.insert(suite->id);
                }
                for (const schannel::PeerSuite& suite : end.peer.suites) {
                    if (suite.protocol == version) of_end.insert(suite.id);
                }
                for (const std::uint32_t id : of_reach) {
                    CHECK(of_end.contains(id));
                    ++compared;
                }
                for (const std::uint32_t id : of_end) {
                    // Limits that contradict each other: the handshake fails at the length, whichever the other end has.
                    const facts::CipherSuite* suite = suite_of(effect, id);
                    if (role == Role::client && suite != nullptr && refuses_all(effect, suite->key_exchange)) continue;
                    INFO("suite " << std::hex << id);
                    CHECK(of_reach.contains(id));
                }
            }
        }
    }
    CHECK(compared > 2000);
}
