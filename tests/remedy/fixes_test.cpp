// What a fix does: each that is proposed for a generated pair is applied to its end, and the two are asked again.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "law_states.hpp"
#include "handshake/scenes.hpp"
#include "schancfg/codec/peer_toml.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/schannel/translate.hpp"

using namespace two_ends;
using handshake::Side;
using remedy::Condition;
using remedy::ConditionKind;
using remedy::Fix;
using remedy::FixKind;

namespace {

std::vector<Peer> peers_of_today() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(SCHANCFG_SOURCE_DIR "/tests/peers")) files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Peer> peers;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        auto read = codec::decode_peer(text.str(), file.filename().string());
        REQUIRE(read);
        peers.push_back(std::move(*read.value));
    }
    return peers;
}

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    bool one_in(unsigned number) { return engine_() % number == 0; }
    std::size_t below(std::size_t number) { return engine_() % number; }
    std::mt19937& engine() { return engine_; }

private:
    std::mt19937 engine_;
};

/// A release with switches, gates, lists and lengths as somebody may have left them.
Machine generated(Dice& dice, Role role) {
    const auto& releases = facts::releases();
    const facts::Release* release = &releases[dice.below(releases.size())];
    Machine made;
    made.release = release;
    made.state = schannel::untouched(*release);
    made.circumstances.updates_complete = dice.one_in(2);
    for (const char* name : {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) {
        if (dice.one_in(3)) protocol(made, name, role, dice.one_in(3));
    }
    for (const char* below : {"Ciphers\\AES 128/128", "Ciphers\\AES 256/256", "Hashes\\SHA", "Hashes\\SHA256", "Hashes\\SHA384",
                              "KeyExchangeAlgorithms\\ECDH", "KeyExchangeAlgorithms\\Diffie-Hellman", "KeyExchangeAlgorithms\\PKCS"}) {
        if (dice.one_in(7)) set(made, below, "Enabled", 0);
    }
    if (dice.one_in(6)) set(made, "KeyExchangeAlgorithms\\Diffie-Hellman", role == Role::client ? "ClientMinKeyBitLength" : "ServerMinKeyBitLength", 4096);
    if (dice.one_in(6)) set(made, "KeyExchangeAlgorithms\\PKCS", "ClientMinKeyBitLength", 4096);
    if (dice.one_in(6)) set(made, {}, role == Role::client ? "AllowInsecureRenegoServers" : "AllowInsecureRenegoClients", 0);
    const effect::Effect effect = effect::evaluate(made.state, *release, made.circumstances);
    if (dice.one_in(2)) {
        std::vector<std::string> names;
        for (const auto& entry : effect.cipher_suites.listed) names.push_back(entry.name);
        std::shuffle(names.begin(), names.end(), dice.engine());
        if (!names.empty()) names.resize(1 + dice.below(std::min<std::size_t>(names.size(), 5)));
        std::string joined;
        for (const std::string& name : names) joined += (joined.empty() ? "" : ",") + name;
        made.state.set_value(policy_key, "Functions", Value::sz(joined));
    }
    if (effect.curves.has_list && dice.one_in(3)) {
        const char* const curves[] = {"NistP256", "NistP384", "NistP521", "curve25519"};
        made.state.set_value(policy_key, "EccCurves", Value::multi_sz({curves[dice.below(4)]}));
    }
    if (role == Role::server) {
        if (dice.one_in(3)) made.options.certificates = {certificate("RSA", 2048, dice.one_in(5) ? "SHA512" : "SHA256")};
        else if (dice.one_in(2)) made.options.certificates = {certificate("ECDSA", 256, "SHA256", "secp256r1")};
    }
    return made;
}

/// The conditions of a fix, fulfilled by what a peer file or an administrator would say. False: of a Windows machine's own doubts.
bool fulfil(const Fix& fix, Side side, End& end) {
    for (const Condition& condition : fix.conditions) {
        if (condition.side != side) continue;
        const bool windows = end.kind == handshake::EndKind::windows;
        switch (condition.kind) {
            case ConditionKind::certificate_key:
                end.peer.certificates = {certificate(condition.names.front(), 0, {})};
                break;
            case ConditionKind::groups: end.peer.groups.insert(end.peer.groups.end(), condition.names.begin(), condition.names.end()); break;
            case ConditionKind::protocol:
            case ConditionKind::suites: return false;
            case ConditionKind::dh_bits:
                if (side == Side::server) end.peer.dh_min_bits = end.peer.dh_max_bits = condition.bits;
                else end.dh.refused_below = end.dh.taken_from = condition.bits;
                break;
        }
        if (windows && condition.kind != ConditionKind::certificate_key) return false;
    }
    return true;
}

struct Pair {
    Scene scene;
    End client, server;
    [[nodiscard]] const End& other(Side side) const { return side == Side::client ? server : client; }
    [[nodiscard]] const End& own(Side side) const { return side == Side::client ? client : server; }
    [[nodiscard]] const Machine* machine(Side side) const { return side == Side::client ? scene.client_machine.get() : scene.server_machine.get(); }
};

/// Both ends as they are with the fix, its conditions fulfilled where that can be said of the end.
std::string asked_again(const Pair& pair, const Fix& fix) {
    End client = pair.client, server = pair.server;
    const auto change = [&](Side side, End& end) {
        if (fix.side != side && fix.side != Side::both) return;
        if (const Machine* of = pair.machine(side)) {
            end = remedy::make_end(applied(*of, fix), end.role());
        } else {
            const auto kind = end.kind;
            end = handshake::make_end(remedy::with_fix(end.peer, fix), end.label);
            end.kind = kind;
        }
    };
    change(Side::client, client);
    change(Side::server, server);
    const bool complete = fulfil(fix, Side::client, client) & fulfil(fix, Side::server, server);
    const Agreement again = handshake::agree_briefly(client, server);
    if (!complete) return again.verdict == Verdict::disagree ? dump(again) : "agree";
    return again.verdict == Verdict::agree ? "agree" : dump(again);
}

bool offers_suite(const End& end, const std::string& name) {
    return std::ranges::any_of(end.peer.suites, [&](const auto& suite) { return suite.name == name; });
}

/// Of what a fix asks for, nothing is there already and everything is what the other end has.
void check_demand(const Pair& pair, const Fix& fix) {
    const End& own = pair.own(fix.side);
    const End& other = pair.other(fix.side);
    if (!fix.demand.protocol.empty()) {
        CHECK(own.peer.protocol(fix.demand.protocol)->offered != Answer::yes);
        CHECK(other.peer.protocol(fix.demand.protocol)->offered == Answer::yes);
    }
    for (const std::string& suite : fix.demand.suites) CHECK(offers_suite(other, suite));
    for (const std::string& group : fix.demand.groups) CHECK(std::ranges::find(own.peer.groups, group) == own.peer.groups.end());
}

/// Values are those of the end's own role.
void check_values(const Fix& fix) {
    const std::string role(facts::role_key(fix.side == Side::client ? Role::client : Role::server));
    for (const auto& value : fix.wanted.values) {
        const std::string key = value.key.to_string();
        INFO(key << ": " << value.name);
        CHECK(key.find("\\Local\\SSL\\00010002") == std::string::npos);
        if (fix.side == Side::both) continue;
        if (key.find("\\Protocols\\") != std::string::npos && fix.title.find("whole machine") == std::string::npos) CHECK(key.ends_with("\\" + role));
        if (value.name.find("KeyBitLength") != std::string::npos) CHECK(value.name.starts_with(role));
        if (value.name.starts_with("AllowInsecureRenego")) CHECK(value.name == (fix.side == Side::client ? "AllowInsecureRenegoServers" : "AllowInsecureRenegoClients"));
    }
}

/// None older would do, its own release untouched least of all.
void check_release(const Pair& pair, const Fix& fix) {
    const Machine& machine = *pair.machine(fix.side);
    CHECK(fix.release->build > machine.release->build);
    CHECK(fix.release->server == machine.release->server);
    Fix own;
    own.release = machine.release;
    const End untouched = remedy::make_end(remedy::with_fix(machine, own), pair.own(fix.side).role());
    const Agreement again = fix.side == Side::client ? handshake::agree_briefly(untouched, pair.server) : handshake::agree_briefly(pair.client, untouched);
    CHECK(again.verdict != Verdict::agree);
}

Pair generated_pair(Dice& dice, const std::vector<Peer>& peers) {
    const Peer& peer = peers[dice.below(peers.size())];
    Scene scene;
    if (dice.one_in(4)) {
        scene = connect(generated(dice, Role::client), generated(dice, Role::server));
    } else if (peer.role == Role::server) {
        scene = connect(generated(dice, Role::client), peer);
    } else {
        scene = connect(peer, generated(dice, Role::server));
    }
    End client = scene.client(), server = scene.server();
    return {std::move(scene), std::move(client), std::move(server)};
}

}  // namespace

TEST_CASE("Each fix of a generated pair removes what is in the way, at the end and in the role that it is for", "[remedy][law]") {
    const char* const asked = std::getenv("SCHANCFG_LAW_STATES");
    const int rounds = test::slow_law_states(300);
    const std::vector<Peer> peers = peers_of_today();
    Dice dice(20261127);
    std::map<std::string, int> seen;
    int disagreed = 0, without = 0;
    for (int round = 0; round < rounds; ++round) {
        const Pair pair = generated_pair(dice, peers);
        const auto diagnosis = handshake::diagnose(pair.client, pair.server, nullptr);
        if (diagnosis.agreement.verdict != Verdict::disagree) continue;
        ++disagreed;
        const auto fixes = two_ends::fixes(pair.scene, diagnosis);
        INFO("round " << round << ": " << pair.client.label << " to " << pair.server.label << ": " << dump(diagnosis.agreement));
        CHECK_FALSE(fixes.empty());
        bool helps = false;
        std::set<std::string> told;
        for (const Fix& fix : fixes) {
            INFO(remedy::fix_kind_name(fix.kind) << " at " << handshake::side_name(fix.side) << ": " << fix.title);
            CHECK(fix.reason == diagnosis.agreement.reason);
            // The same steps in another order are the same fix.
            std::string letters = fix.title;
            std::ranges::sort(letters);
            CHECK(told.insert(std::string(remedy::fix_kind_name(fix.kind)).append(handshake::side_name(fix.side)).append(letters)).second);
            if (fix.weakens) CHECK_FALSE(fix.risk.empty());
            if (!fix.wanted.values.empty()) check_values(fix);
            if (fix.kind == FixKind::profile && fix.title == "Remove the key of TLS 1.3") continue;
            if (fix.kind == FixKind::advice && fix.demand.empty()) continue;
            if (fix.text.find("With the key of TLS 1.3 removed first.") != std::string::npos) {
                helps = true;
                continue;
            }
            if (!fix.demand.empty()) check_demand(pair, fix);
            if (fix.release != nullptr) check_release(pair, fix);
            CHECK(asked_again(pair, fix) == "agree");
            helps = true;
            ++seen[std::string(remedy::fix_kind_name(fix.kind)) + (fix.conditions.empty() ? "" : ", conditional")];
        }
        without += helps ? 0 : 1;
        if (!helps && asked != nullptr) WARN(round << ": " << pair.client.label << " to " << pair.server.label << ": " << dump(diagnosis.agreement) << " " << diagnosis.agreement.message << " | " << fixes.front().title);
    }
    std::string summary;
    for (const auto& [kind, count] : seen) summary += kind + " " + std::to_string(count) + "; ";
    INFO(disagreed << " disagree, " << without << " without help: " << summary);
    CHECK(disagreed > rounds / 4);
    CHECK(without <= disagreed / 4);
    for (const char* kind : {"advice", "profile", "release"}) CHECK(seen[kind] > 0);
    if (asked != nullptr) WARN(disagreed << " disagree, " << without << " without help: " << summary);
}

TEST_CASE("Where neither of two machines has TLS 1.2 on, one profile enables it on both", "[remedy]") {
    // The one speaks TLS 1.0 alone, the other TLS 1.1 alone; what one of them alone could enable is older than TLS 1.2.
    const auto only = [](std::string_view release, std::string_view name) {
        Machine made = machine(release);
        for (const Role role : {Role::client, Role::server}) {
            for (const char* each : {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"}) protocol(made, each, role, each == name);
        }
        return made;
    };
    const Scene scene = connect(only("2016", "TLS 1.0"), with_certificate(only("2019", "TLS 1.1"), certificate("RSA", 2048, "SHA256")));
    const auto diagnosis = two_ends::diagnose(scene);
    REQUIRE(dump(diagnosis.agreement) == "disagree no-common-protocol");
    const auto found = two_ends::fixes(scene, diagnosis);
    const auto both = std::ranges::find(found, handshake::Side::both, &remedy::Fix::side);
    REQUIRE(both != found.end());
    CHECK(both->title == "Enable TLS 1.2 on both machines");
    CHECK_FALSE(both->weakens);
    CHECK(both == found.begin());
    CHECK(both->wanted.values.size() == 4);
    const Machine client = applied(*scene.client_machine, *both), server = applied(*scene.server_machine, *both);
    CHECK(dump(handshake::agree(remedy::make_end(client, Role::client), remedy::make_end(server, Role::server))).starts_with("agree TLS 1.2"));
}

TEST_CASE("Two machines that lack a protocol and ciphers in turns get both in one profile", "[remedy]") {
    Machine client = machine("2019"), server = with_certificate(machine("2019"), certificate("RSA", 2048, "SHA256"));
    for (Machine* each : {&client, &server}) {
        for (const char* name : {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"}) {
            for (const Role role : {Role::client, Role::server}) protocol(*each, name, role, each == &client && name == std::string_view("TLS 1.0"));
        }
        set(*each, "Ciphers\\Triple DES 168", "Enabled", 0);
    }
    protocol(server, "TLS 1.1", Role::server, true);
    set(client, "Ciphers\\AES 128/128", "Enabled", 0);
    set(server, "Ciphers\\AES 256/256", "Enabled", 0);
    const Scene scene = connect(std::move(client), std::move(server));
    const auto diagnosis = two_ends::diagnose(scene);
    const auto found = two_ends::fixes(scene, diagnosis);
    const auto both = std::ranges::find(found, handshake::Side::both, &remedy::Fix::side);
    REQUIRE(both != found.end());
    CHECK(both->title == "Enable TLS 1.2 on both machines; Switch on, on both ends, what is off on one of them");
    CHECK_FALSE(both->weakens);
}

TEST_CASE("Of two machines both get the newest protocol that both releases have", "[remedy]") {
    const auto without = [](std::string_view release, bool has_tls13) {
        Machine made = machine(release);
        for (const Role role : {Role::client, Role::server}) {
            for (const char* each : {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"}) protocol(made, each, role, false);
            if (has_tls13) protocol(made, "TLS 1.3", role, false);
        }
        return with_certificate(std::move(made), certificate("RSA", 2048, "SHA256"));
    };
    const auto title = [](Machine client, Machine server) {
        const Scene scene = connect(std::move(client), std::move(server));
        const auto found = two_ends::fixes(scene, two_ends::diagnose(scene));
        const auto both = std::ranges::find(found, handshake::Side::both, &remedy::Fix::side);
        return both == found.end() ? "none" : both->title;
    };
    CHECK(title(without("2022", true), without("2025", true)) == "Enable TLS 1.3 on both machines");
    CHECK(title(without("2019", false), without("2022", true)) == "Enable TLS 1.2 on both machines");
    CHECK(title(without("2022", true), without("2019", false)) == "Enable TLS 1.2 on both machines");
}
