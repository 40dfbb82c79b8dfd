// Laws that hold for any two ends, tried with generated ones.
#include <algorithm>
#include <random>

#include "law_states.hpp"
#include "two_ends.hpp"

using namespace two_ends;

namespace {

const auto rounds = static_cast<std::size_t>(test::slow_law_states(2000));

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    bool one_in(unsigned number) { return engine_() % number == 0; }
    template <class T>
    const T& of(const std::vector<T>& all) { return all[engine_() % all.size()]; }
    template <class T>
    std::vector<T> some(std::vector<T> all) {
        std::shuffle(all.begin(), all.end(), engine_);
        all.resize(1 + engine_() % all.size());
        return all;
    }
    std::mt19937& engine() { return engine_; }

private:
    std::mt19937 engine_;
};

const std::vector<std::string_view> old_suites{"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                                               "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"};
const std::vector<std::string_view> tls12_suites{"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                                                 "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"};
const std::vector<std::string_view> tls13_suites{"TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"};

/// An end of which everything is known.
Peer any_peer(Dice& dice, Role role) {
    std::vector<std::string_view> versions = dice.some(std::vector<std::string_view>{"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"});
    Peer made = peer(role, {});
    const Preference preference = role == Role::client || dice.one_in(2) ? Preference::client : Preference::server;
    for (schannel::PeerProtocol& protocol : made.protocols) {
        if (std::ranges::find(versions, protocol.name) == versions.end()) continue;
        protocol.offered = Answer::yes;
        protocol.preference = preference;
        std::vector<std::string_view> suites = dice.some(protocol.name == "TLS 1.3" ? tls13_suites : protocol.name == "TLS 1.2" ? tls12_suites : old_suites);
        if (protocol.name == "TLS 1.3") suites.emplace_back("TLS_AES_128_GCM_SHA256");
        for (const std::string_view name : suites) {
            const auto known = facts::identify_suite(name);
            REQUIRE(known);
            schannel::PeerSuite suite;
            suite.protocol = protocol.name;
            suite.id = known->id;
            suite.name = known->name;
            if (name.starts_with("TLS_DHE") && role == Role::server) suite.dh_bits = dice.of(std::vector<int>{512, 1024, 2048});
            made.suites.push_back(std::move(suite));
        }
    }
    for (const std::string_view group : dice.some(std::vector<std::string_view>{"x25519", "secp384r1", "secp521r1"})) made.groups.emplace_back(group);
    // Who speaks TLS 1.3 has it (RFC 8446, 9.1).
    if (std::ranges::find(versions, "TLS 1.3") != versions.end()) made.groups.emplace_back("secp256r1");
    made.groups_complete = true;
    if (role == Role::server) {
        made.certificates = {certificate("RSA", 2048, "SHA256")};
    } else {
        made.dh_min_bits = dice.of(std::vector<int>{512, 1024, 2048});
        made.rsa_min_bits = 1024;
        made.signature_hashes = {"SHA256"};
        made.signature_hashes_complete = true;
    }
    return made;
}

/// The same with something less known of it.
Peer forgotten(Dice& dice, Peer peer) {
    if (peer.protocols.empty()) return peer;
    schannel::PeerProtocol& protocol = peer.protocols[dice.engine()() % peer.protocols.size()];
    switch (dice.engine()() % 5) {
        case 0: protocol.offered = Answer::unknown; break;
        case 1:
            protocol.suites_complete = false;
            std::erase_if(peer.suites, [&](const schannel::PeerSuite& suite) { return suite.protocol == protocol.name && dice.one_in(2); });
            break;
        case 2:
            peer.groups_complete = false;
            std::erase_if(peer.groups, [&](const std::string&) { return dice.one_in(2); });
            break;
        case 3:
            for (schannel::PeerSuite& suite : peer.suites) suite.dh_bits = 0;
            if (peer.role == Role::client) peer.dh_min_bits = 0;
            break;
        default: protocol.preference = Preference::unknown; break;
    }
    return peer;
}

std::string_view reason_of(const Agreement& agreement) { return agreement.reason == nullptr ? std::string_view{} : agreement.reason->id; }

const schannel::PeerSuite* find(const Peer& peer, std::string_view version, std::uint32_t id) {
    const auto found = std::ranges::find_if(peer.suites, [&](const schannel::PeerSuite& suite) { return suite.protocol == version && suite.id == id; });
    return found == peer.suites.end() ? nullptr : &*found;
}

/// The handshake of two ends of which everything is known, played in the plainest way: the suite's name, or a reason.
std::string plain(const Peer& client, const Peer& server) {
    const std::vector<std::string_view> versions{"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};
    const auto speaks = [](const Peer& peer, std::string_view version) { return peer.protocol(version)->offered == Answer::yes; };
    std::string_view version;
    for (const std::string_view each : versions) {
        if (speaks(client, each) && speaks(server, each)) version = each;
    }
    if (version.empty()) return "no-common-protocol";
    std::string_view said;  // the newest up to TLS 1.2 that the client speaks
    for (const std::string_view each : versions) {
        if (each != "TLS 1.3" && speaks(client, each)) said = each;
    }
    for (const std::string_view each : versions) {
        const bool hole = each > version && each <= said && speaks(server, each) && !speaks(client, each);
        if (hole) return speaks(client, "TLS 1.3") ? "unknown" : "version-hole";
    }
    const Peer& picker = server.protocol(version)->preference == Preference::server ? server : client;
    const Peer& other = &picker == &server ? client : server;
    const bool curve = std::ranges::any_of(client.groups, [&](const std::string& group) { return std::ranges::find(server.groups, group) != server.groups.end(); });
    for (const schannel::PeerSuite& suite : picker.suites) {
        if (suite.protocol != version || find(other, version, suite.id) == nullptr) continue;
        if (suite.name.find("ECDSA") != std::string::npos) continue;
        if ((suite.name.find("ECDHE") != std::string::npos || version == "TLS 1.3") && !curve) continue;
        if (suite.name.find("TLS_DHE") != std::string::npos && find(server, version, suite.id)->dh_bits < client.dh_min_bits) return "dh-too-short";
        return std::string(version) + " " + suite.name;
    }
    return "nothing in common";
}

}  // namespace

TEST_CASE("Two ends of which everything is known come to what the plainest handshake comes to", "[handshake][law]") {
    Dice dice(1);
    std::size_t agreed = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        const Peer client = any_peer(dice, Role::client), server = any_peer(dice, Role::server);
        const Agreement agreement = handshake::agree_briefly(handshake::make_end(client), handshake::make_end(server));
        const std::string expected = plain(client, server);
        std::string found = agreement.verdict == Verdict::agree ? agreement.handshake.protocol + " " + agreement.handshake.suite_name
                            : agreement.verdict == Verdict::unknown ? "unknown" : std::string(reason_of(agreement));
        if (found == "no-common-suite" || found == "certificate-type" || found == "no-common-curve") found = "nothing in common";
        INFO(round << ": " << expected);
        CHECK(found == expected);
        agreed += agreement.verdict == Verdict::agree;
    }
    CHECK(agreed > rounds / 5);
    CHECK(agreed < rounds * 4 / 5);
}

TEST_CASE("Knowing less never turns one answer into the other", "[handshake][law]") {
    Dice dice(2);
    std::size_t unknown = 0, kept = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        Peer client = any_peer(dice, Role::client), server = any_peer(dice, Role::server);
        const Verdict before = handshake::agree_briefly(handshake::make_end(client), handshake::make_end(server)).verdict;
        for (int times = 0; times < 3; ++times) {
            Peer& peer = dice.one_in(2) ? client : server;
            peer = forgotten(dice, peer);
            const Verdict after = handshake::agree_briefly(handshake::make_end(client), handshake::make_end(server)).verdict;
            INFO(round << ", " << times);
            if (before != Verdict::unknown) CHECK((after == before || after == Verdict::unknown));
            unknown += after == Verdict::unknown;
            kept += after == before;
        }
    }
    CHECK(unknown > 100);
    CHECK(kept > 100);
}

TEST_CASE("Taking offers away never makes ends agree that had nothing in common", "[handshake][law]") {
    Dice dice(3);
    std::size_t tried = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        Peer client = any_peer(dice, Role::client), server = any_peer(dice, Role::server);
        const Agreement before = handshake::agree_briefly(handshake::make_end(client), handshake::make_end(server));
        const std::string_view reason = reason_of(before);
        const bool nothing = reason == "no-common-protocol" || reason == "no-common-suite" || reason == "no-common-curve" || reason == "certificate-type";
        if (before.verdict != Verdict::disagree || !nothing) continue;
        ++tried;
        for (int times = 0; times < 4; ++times) {
            Peer& peer = dice.one_in(2) ? client : server;
            if (!peer.suites.empty() && dice.one_in(2)) {
                peer.suites.erase(peer.suites.begin() + static_cast<std::ptrdiff_t>(dice.engine()() % peer.suites.size()));
            } else if (!peer.groups.empty()) {
                peer.groups.erase(peer.groups.begin() + static_cast<std::ptrdiff_t>(dice.engine()() % peer.groups.size()));
            }
            if (reason == "no-common-protocol") dice.of(std::vector<schannel::PeerProtocol*>{&peer.protocols[2], &peer.protocols[3], &peer.protocols[4]})->offered = Answer::no;
            CHECK(handshake::agree_briefly(handshake::make_end(client), handshake::make_end(server)).verdict == Verdict::disagree);
        }
    }
    CHECK(tried > 100);
}

TEST_CASE("The order of a list does not matter where nobody is known to prefer it", "[handshake][law]") {
    Dice dice(4);
    for (std::size_t round = 0; round < rounds / 4; ++round) {
        Peer client = any_peer(dice, Role::client), server = any_peer(dice, Role::server);
        for (Peer* peer : {&client, &server}) {
            for (schannel::PeerProtocol& protocol : peer->protocols) protocol.preference = Preference::unknown;
        }
        const Agreement before = handshake::agree_briefly(handshake::make_end(client), handshake::make_end(server));
        for (Peer* peer : {&client, &server}) {
            std::shuffle(peer->suites.begin(), peer->suites.end(), dice.engine());
            std::shuffle(peer->protocols.begin(), peer->protocols.end(), dice.engine());
        }
        const Agreement after = handshake::agree_briefly(handshake::make_end(client), handshake::make_end(server));
        CHECK(after.verdict == before.verdict);
        CHECK(after.candidates.size() == before.candidates.size());
        CHECK(std::ranges::is_permutation(after.candidates, before.candidates));
    }
}

TEST_CASE("The brief answer is the long one's", "[handshake][law]") {
    Dice dice(5);
    for (std::size_t round = 0; round < rounds / 4; ++round) {
        Peer client = any_peer(dice, Role::client), server = any_peer(dice, Role::server);
        if (dice.one_in(2)) client = forgotten(dice, client);
        if (dice.one_in(2)) server = forgotten(dice, server);
        const End ours = handshake::make_end(client), theirs = handshake::make_end(server);
        const Agreement brief = handshake::agree_briefly(ours, theirs), full = handshake::agree(ours, theirs);
        CHECK(brief.verdict == full.verdict);
        CHECK(brief.reason == full.reason);
        CHECK(brief.handshake == full.handshake);
        CHECK_FALSE(full.message.empty());
        CHECK(full.questions.empty() == (full.verdict != Verdict::unknown));
    }
}
