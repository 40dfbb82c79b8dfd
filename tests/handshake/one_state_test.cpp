// One state, one answer, beyond suites and gates: curves, TLS 1.3 without a suite, ECDH off, and the peers that a change cuts off.
#include <random>

#include "catch.hpp"
#include "law_states.hpp"
#include "handshake/scenes.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/handshake/peer_changes.hpp"
#include "schancfg/lint/alarms.hpp"
#include "schancfg/lint/lint.hpp"

using namespace two_ends;

namespace {

bool has(const lint::Findings& findings, std::string_view rule) {
    return std::ranges::any_of(findings, [rule](const lint::Finding& each) { return each.rule->id == rule; });
}

lint::Findings findings_of(const Machine& machine) {
    lint::LintOptions options;
    options.releases = {machine.release};
    options.circumstances = machine.circumstances;
    return lint::lint_state(machine.state, "a.reg", options);
}

effect::Effect effect_of(const Machine& machine) { return effect::evaluate(machine.state, *machine.release, machine.circumstances); }

/// A client of one version that takes every curve and no suite without one.
Peer needs_curve(std::string_view version) {
    Peer made = version == "TLS 1.3" ? caller({{"TLS 1.3", {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"}}})
                                     : caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}}});
    made.groups = {"x25519", "secp256r1", "secp384r1", "secp521r1", "X25519MLKEM768", "SecP384R1MLKEM1024"};
    return made;
}

Machine server_of(std::string_view release) { return with_certificate(machine(release), certificate("RSA", 2048, "SHA256")); }

}  // namespace

TEST_CASE("A list of curves leaves in doctor what status says that it leaves, and lint says when it leaves none", "[handshake][law]") {
    constexpr std::string_view curves[] = {"curve25519", "NistP256", "NistP384", "NistP521", "x25519_mlkem768", "NistP257"};
    constexpr std::string_view releases[] = {"2016", "2019", "2022", "2025", "windows-11-24h2"};
    std::mt19937 random(20261127);
    std::size_t seen[3] = {}, dead = 0;
    for (int round = 0; round < test::slow_law_states(300); ++round) {
        Machine server = server_of(releases[random() % std::size(releases)]);
        std::vector<std::string> names;
        for (const std::string_view curve : curves) {
            if (random() % 4 == 0) names.emplace_back(curve);
        }
        if (names.empty()) names.emplace_back(curves[random() % std::size(curves)]);
        const bool fips = random() % 3 == 0;
        if (fips) server.state.set_value(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy"), "Enabled", Value::dword(1));
        server.state.set_value(policy_key, "EccCurves", Value::multi_sz(names));
        const effect::Effect effect = effect_of(server);
        const effect::ProtocolReach& tls12 = *effect.reach(Role::server).find("TLS 1.2");
        const lint::Findings findings = findings_of(server);
        INFO("round " << round << " on " << server.release->id << (fips ? ", FIPS" : "") << ": " << names.front() << " and " << names.size() - 1 << " more");
        CHECK(has(findings, "curve-list-dead") == !effect.curves.any_usable());
        dead += has(findings, "curve-list-dead");
        const Verdict verdict = diagnose(connect(needs_curve("TLS 1.2"), std::move(server))).agreement.verdict;
        CHECK(verdict == (tls12.any_group == Answer::yes ? Verdict::agree : tls12.any_group == Answer::no ? Verdict::disagree : Verdict::unknown));
        ++seen[static_cast<std::size_t>(verdict)];
    }
    CHECK(seen[static_cast<std::size_t>(Verdict::agree)] > 50);
    CHECK(seen[static_cast<std::size_t>(Verdict::disagree)] > 20);
    CHECK(dead > 10);
}

TEST_CASE("TLS 1.3 without a suite is open in status, lint, alarms and doctor alike", "[handshake][law]") {
    constexpr std::string_view suites[] = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                                           "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA"};
    constexpr std::string_view releases[] = {"2019", "2022", "windows-11-21h2", "windows-10-22h2"};
    std::mt19937 random(7);
    std::size_t holes = 0;
    for (int round = 0; round < test::slow_law_states(200); ++round) {
        Machine server = server_of(releases[random() % std::size(releases)]);
        const effect::Effect before = effect_of(server);
        std::string text = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
        for (const std::string_view suite : suites) {
            if (random() % 4 == 0) text.append(",").append(suite);
        }
        if (random() % 4 == 0) protocol(server, "TLS 1.3", Role::server, false);
        server.state.set_value(policy_key, "Functions", Value::sz(text));
        const effect::Effect effect = effect_of(server);
        const bool hole = effect.reach(Role::server).hole == "TLS 1.3";
        INFO("round " << round << " on " << server.release->id << ": " << text);
        const lint::Findings findings = findings_of(server);
        const auto of_server = std::ranges::any_of(findings, [](const lint::Finding& each) {
            return each.rule->id == "tls13-without-suite" && each.message.find("server") != std::string::npos;
        });
        CHECK(of_server == hole);
        const lint::Alarms alarms = lint::alarms_between(before, effect);
        const bool alarmed = std::ranges::any_of(alarms, [](const lint::Alarm& each) { return each.rule->id == "tls13-without-suite" && each.role != Role::client; });
        CHECK(alarmed == hole);
        CHECK(effect.reach(Role::server).find("TLS 1.3")->basis.certain == !hole);
        // Of a peer that would speak TLS 1.3 it is not known; one that has nothing newer than TLS 1.2 does not mind.
        Peer modern = caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}}, {"TLS 1.3", {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"}}});
        modern.groups = {"x25519", "secp256r1"};
        Peer older = caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}}});
        older.groups = modern.groups;
        const handshake::End theirs = remedy::make_end(server, Role::server);
        CHECK(handshake::agree(handshake::make_end(modern), theirs).verdict == (hole ? Verdict::unknown : Verdict::agree));
        CHECK(handshake::agree(handshake::make_end(older), theirs).verdict == Verdict::agree);
        holes += hole;
    }
    CHECK(holes > 20);
}

TEST_CASE("What ECDH off does to TLS 1.3 is open in status and in doctor, and what it does to TLS 1.2 is certain in both", "[handshake][law]") {
    for (const char* release : {"2022", "2025", "windows-11-22h2"}) {
        for (const std::uint32_t data : {0U, 0xFFFFFFFFU, 1U}) {
            INFO(release << ' ' << data);
            Machine server = server_of(release);
            set(server, "KeyExchangeAlgorithms\\ECDH", "Enabled", data);
            const effect::Effect effect = effect_of(server);
            const effect::ProtocolReach& tls13 = *effect.reach(Role::server).find("TLS 1.3");
            const bool sure = data == 0xFFFFFFFF;
            CHECK(tls13.basis.certain == sure);
            CHECK(tls13.usable() == (sure ? Answer::yes : Answer::unknown));
            const handshake::End theirs = remedy::make_end(server, Role::server);
            CHECK(handshake::agree(handshake::make_end(needs_curve("TLS 1.3")), theirs).verdict == (sure ? Verdict::agree : Verdict::unknown));
            const Verdict of_tls12 = data == 0 ? Verdict::disagree : sure ? Verdict::agree : Verdict::unknown;
            CHECK(handshake::agree(handshake::make_end(needs_curve("TLS 1.2")), theirs).verdict == of_tls12);
            CHECK(has(findings_of(server), "data-not-documented") == (data == 1));
        }
    }
}

TEST_CASE("The peers that a change is said to cut off are those that doctor says agreed before and can't after", "[handshake][law]") {
    std::vector<Peer> peers;
    for (const char* suite : {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_AES_256_GCM_SHA384"}) {
        Peer made = caller({{"TLS 1.2", {suite}}});
        made.groups = {"secp256r1"};
        peers.push_back(made);
        Peer old = caller({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
        old.groups = {"secp256r1"};
        peers.push_back(old);
    }
    std::mt19937 random(11);
    std::size_t cut = 0;
    for (int round = 0; round < test::slow_law_states(60); ++round) {
        Machine before = server_of("2019"), after = server_of("2019");
        for (Machine* each : {&before, &after}) {
            for (const char* gate : {"Ciphers\\AES 128/128", "Ciphers\\Triple DES 168", "Hashes\\SHA"}) {
                if (random() % 4 == 0) set(*each, gate, "Enabled", 0);
            }
            if (random() % 3 == 0) protocol(*each, "TLS 1.0", Role::server, false);
            if (random() % 5 == 0) protocol(*each, "TLS 1.2", Role::server, false);
        }
        const handshake::PeerChanges changes = handshake::peer_changes(effect_of(before), effect_of(after), peers, before.options);
        for (std::size_t at = 0; at < peers.size(); ++at) {
            const auto verdict = [&](const Machine& of) { return handshake::agree(handshake::make_end(peers[at]), remedy::make_end(of, Role::server)).verdict; };
            const bool is_cut = verdict(before) == Verdict::agree && verdict(after) == Verdict::disagree;
            const bool said = std::ranges::any_of(changes.changes, [at](const handshake::PeerChange& each) { return each.peer == at && each.kind == handshake::PeerChangeKind::cut_off; });
            INFO("round " << round << ", peer " << at);
            CHECK(said == is_cut);
            cut += is_cut;
        }
    }
    CHECK(cut > 30);
}
