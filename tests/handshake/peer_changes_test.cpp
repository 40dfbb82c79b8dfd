#include "schancfg/handshake/peer_changes.hpp"

#include <algorithm>
#include <chrono>

#include "scenes.hpp"

using namespace two_ends;
using handshake::Handshake;
using handshake::PeerChanges;
using handshake::Strength;

namespace {

effect::Effect effect_of(const Machine& machine) { return effect::evaluate(machine.state, *machine.release, machine.circumstances); }

PeerChanges changes(const Machine& before, const Machine& after, const std::vector<Peer>& peers) {
    return handshake::peer_changes(effect_of(before), effect_of(after), peers);
}

/// `cut-off 1 dh-too-short`, one line a change.
std::string dump(const PeerChanges& changes) {
    std::string text;
    for (const handshake::PeerChange& change : changes.changes) {
        text.append(handshake::peer_change_kind_name(change.kind)).append(" ").append(std::to_string(change.peer));
        if (change.after.reason != nullptr) text.append(" ").append(change.after.reason->id);
        text.append("\n");
    }
    return text;
}

std::vector<Peer> known_peers() {
    Peer tls13 = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 x25519"}}, {"TLS 1.3", {"TLS_AES_256_GCM_SHA384 x25519"}}});
    Peer tls10 = scanned({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    Peer both = scanned({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}, {"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    Peer dhe = scanned({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048"}}});
    Peer dhe_first = scanned({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048", "TLS_RSA_WITH_AES_256_GCM_SHA384"}}});
    Peer silent = schannel::unknown_peer(Role::server);
    silent.tool = "nmap";
    return {tls13, tls10, both, dhe, dhe_first, silent};
}

}  // namespace

TEST_CASE("A change names the peers that it cuts off, and those it weakens", "[handshake]") {
    const std::vector<Peer> peers = known_peers();
    const Machine before = machine("2016");
    Machine strict = machine("2016");
    for (const char* old : {"TLS 1.0", "TLS 1.1"}) protocol(strict, old, Role::client, false);
    const PeerChanges cut = changes(before, strict, peers);
    CHECK(dump(cut) == "cut-off 1 no-common-protocol\n");
    CHECK(cut.judged == 6);
    CHECK(cut.unchanged == 4);
    CHECK(cut.unknown == 1);
    CHECK(dump(changes(strict, before, peers)) == "reached 1\n");

    Machine no_dh = machine("2016");
    set(no_dh, "KeyExchangeAlgorithms\\Diffie-Hellman", "Enabled", 0);
    CHECK(dump(changes(before, no_dh, peers)) == "cut-off 3 no-common-suite\nweaker 4\n");
    CHECK(dump(changes(no_dh, before, peers)) == "stronger 4\nreached 3\n");
    CHECK(dump(changes(before, before, peers)).empty());
}

TEST_CASE("A peer of which nothing was known is not said to be cut off or reached", "[handshake]") {
    Peer silent = schannel::unknown_peer(Role::server);
    silent.tool = "nmap";
    const Machine before = machine("2016");
    Machine nothing = machine("2016");
    for (const char* each : {"SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"}) protocol(nothing, each, Role::client, false);
    const PeerChanges lost = changes(before, nothing, {silent});
    REQUIRE(lost.changes.size() == 1);
    CHECK(lost.changes.front().after.verdict == Verdict::disagree);
    CHECK(lost.changes.front().kind == handshake::PeerChangeKind::uncertain);
    CHECK(changes(nothing, before, {silent}).count(handshake::PeerChangeKind::uncertain) == 1);
}

TEST_CASE("Peers that call are judged against the server role", "[handshake]") {
    Peer client = caller({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    const Machine before = machine("2016");
    Machine after = machine("2016");
    protocol(after, "TLS 1.0", Role::client, false);
    CHECK(dump(changes(before, after, {client})).empty());
    protocol(after, "TLS 1.0", Role::server, false);
    CHECK(dump(changes(before, after, {client})) == "cut-off 0 no-common-protocol\n");
}

TEST_CASE("Strength goes by protocol, key, forward secrecy and authenticated encryption", "[handshake]") {
    const auto handshake = [](std::string_view protocol, std::string_view suite, int bits = 0) {
        Handshake made;
        made.protocol = protocol;
        const auto known = facts::identify_suite(suite);
        REQUIRE(known);
        made.suite = known->id;
        made.suite_name = known->name;
        made.bits = bits;
        return made;
    };
    const Handshake old = handshake("TLS 1.0", "TLS_RSA_WITH_AES_256_CBC_SHA"), rsa = handshake("TLS 1.2", "TLS_RSA_WITH_AES_256_CBC_SHA");
    const Handshake ecdhe = handshake("TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"), gcm = handshake("TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    const Handshake des = handshake("TLS 1.2", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"), dh1024 = handshake("TLS 1.2", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", 1024);
    const Handshake dh2048 = handshake("TLS 1.2", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", 2048);
    const auto in_group = [&](std::string_view group, int bits) {
        Handshake made = handshake("TLS 1.3", "TLS_AES_128_GCM_SHA256", bits);
        made.group = group;
        return made;
    };
    const std::pair<Handshake, Handshake> rising[] = {{old, rsa}, {des, rsa}, {rsa, ecdhe}, {ecdhe, gcm}, {dh1024, dh2048}, {rsa, gcm},
                                                       {handshake("TLS 1.2", "TLS_RSA_WITH_AES_128_CBC_SHA"), handshake("TLS 1.2", "TLS_RSA_WITH_AES_128_CCM")},
                                                       {in_group("ffdhe2048", 2048), in_group("x25519", 253)}};
    for (const auto& [weak, strong] : rising) {
        INFO(weak.suite_name << " and " << strong.suite_name);
        CHECK(handshake::compare_strength(weak, strong) == Strength::stronger);
        CHECK(handshake::compare_strength(strong, weak) == Strength::weaker);
        CHECK(handshake::compare_strength(weak, weak) == Strength::equal);
    }
    // NIST SP 800-57 part 1, table 2: where the worth of a length begins.
    for (const int bits : {1024, 2048, 3072}) {
        INFO(bits);
        const auto dh = [&](int length) { return handshake("TLS 1.2", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", length); };
        CHECK(handshake::compare_strength(dh(bits - 1), dh(bits)) == Strength::stronger);
        CHECK(handshake::compare_strength(dh(bits), dh(bits + 1)) == Strength::equal);
    }
    for (const int bits : {224, 250}) {
        INFO(bits);
        const auto curve = [&](int length) {
            Handshake made = handshake("TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", length);
            made.group = "secp256r1";
            return made;
        };
        CHECK(handshake::compare_strength(curve(bits - 1), curve(bits)) == Strength::stronger);
        CHECK(handshake::compare_strength(curve(bits), curve(bits + 1)) == Strength::equal);
    }
    CHECK(handshake::compare_strength(rsa, Handshake{}) == Strength::equal);
    // A group that is not known is neither better nor worse.
    CHECK(handshake::compare_strength(in_group("", 0), in_group("x25519", 253)) == Strength::equal);
    // Beyond 128 bits a longer curve is no better.
    CHECK(handshake::compare_strength(handshake("TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 256), handshake("TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 384)) == Strength::equal);
}

TEST_CASE("A fix says how many other known peers it weakens or cuts off", "[handshake]") {
    const std::vector<Peer> peers = known_peers();
    const Machine client = machine("2016");
    remedy::Fix no_dh;
    no_dh.kind = remedy::FixKind::profile;
    no_dh.wanted.values.push_back({schannel_key.below("KeyExchangeAlgorithms\\Diffie-Hellman"), "Enabled", Value::dword(0), registry::Meets::exact, {}, {}});
    const auto cut = remedy::impact(client, Role::client, no_dh, peers);
    CHECK(cut.peers == 6);
    CHECK(cut.cut_off == 1);
    CHECK(cut.weakened == 1);
    CHECK(cut.exposed == 0);
    remedy::Fix weak = no_dh;
    weak.wanted.values.front().name = "ClientMinKeyBitLength";
    weak.wanted.values.front().value = Value::dword(512);
    weak.weakens = true;
    const auto exposed = remedy::impact(client, Role::client, weak, peers);
    CHECK(exposed.cut_off == 0);
    CHECK(exposed.exposed == 5);
    CHECK(remedy::impact(client, Role::server, weak, peers).peers == 0);
}

TEST_CASE("Thousands of peers are judged in time that grows with their number alone", "[handshake]") {
    const Machine before = machine("2022");
    Machine after = machine("2022");
    protocol(after, "TLS 1.0", Role::client, false);
    const effect::Effect old = effect_of(before), fresh = effect_of(after);
    const std::vector<Peer> some = known_peers();
    const auto judged = [&](std::size_t number) {
        std::vector<Peer> peers;
        for (std::size_t at = 0; at < number; ++at) peers.push_back(some[at % some.size()]);
        const auto start = std::chrono::steady_clock::now();
        CHECK(handshake::peer_changes(old, fresh, peers).judged == number);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    judged(50);
    const double few = judged(500), many = judged(5000);
    INFO(few << " s for 500, " << many << " s for 5000");
    CHECK(many < 40 * few + 0.2);
}
