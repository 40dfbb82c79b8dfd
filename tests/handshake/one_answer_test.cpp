// One state, one answer: where status has a star, lint says that something is not documented, and doctor says that it is not known.
#include <random>

#include "catch.hpp"
#include "law_states.hpp"
#include "handshake/scenes.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/lint/lint.hpp"

using namespace two_ends;

namespace {

constexpr std::string_view suites[] = {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384",
                                       "TLS_RSA_WITH_AES_128_GCM_SHA256"};
constexpr std::string_view gates[] = {"Ciphers\\AES 128/128", "Ciphers\\AES 256/256", "KeyExchangeAlgorithms\\ECDH", "KeyExchangeAlgorithms\\PKCS"};
constexpr std::string_view releases[] = {"2016", "2019", "2022", "win10-22h2", "win11-24h2"};

/// TLS 1.2 alone, with some suites of which gates may take all.
Machine generated(std::mt19937& random, bool& undocumented) {
    Machine made = machine(releases[random() % std::size(releases)]);
    only_tls12(made);
    for (const Role role : {Role::client, Role::server}) protocol(made, "TLS 1.3", role, false);
    std::string text;
    for (const std::string_view suite : suites) {
        if (random() % 2 == 0) text.append(text.empty() ? "" : ",").append(suite);
    }
    if (text.empty()) text = suites[random() % std::size(suites)];
    if (random() % 10 == 0) text += "_P256";
    made.state.set_value(policy_key, "Functions", Value::sz(text));
    undocumented = false;
    constexpr std::uint32_t data[] = {0, 0xFFFFFFFF, 1, 2};
    for (const std::string_view gate : gates) {
        if (random() % 2 == 0) continue;
        const std::uint32_t number = data[random() % std::size(data)];
        set(made, gate, "Enabled", number);
        undocumented = undocumented || number == 1 || number == 2;
    }
    return made;
}

bool has(const lint::Findings& findings, std::string_view rule) {
    return std::ranges::any_of(findings, [rule](const lint::Finding& each) { return each.rule->id == rule; });
}

}  // namespace

TEST_CASE("Status, lint and doctor are sure of the same, and open about the same", "[handshake][law]") {
    std::mt19937 random(20261127);
    std::size_t seen[3] = {};
    for (int round = 0; round < test::slow_law_states(800); ++round) {
        bool undocumented = false;
        Machine server = generated(random, undocumented);
        server = with_certificate(std::move(server), certificate("RSA", 2048, "SHA256"));
        const effect::Effect effect = effect::evaluate(server.state, *server.release, server.circumstances);
        const effect::ProtocolReach& tls12 = *effect.reach(Role::server).find("TLS 1.2");
        lint::LintOptions options;
        options.releases = {server.release};
        const lint::Findings findings = lint::lint_state(server.state, "a.reg", options);
        const auto names = server.state.find_value(policy_key, "Functions")->as_string();
        INFO("round " << round << " on " << server.release->id << ": " << *names);
        CHECK(has(findings, "data-not-documented") == undocumented);
        CHECK(has(findings, "suite-name-dead") == names->ends_with("_P256"));
        Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 secp256r1",
                                           "TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_GCM_SHA256"}}});
        const Verdict verdict = diagnose(connect(std::move(client), std::move(server))).agreement.verdict;
        const Answer status = schannel::Answer(tls12.usable());
        CHECK(verdict == (status == Answer::yes ? Verdict::agree : status == Answer::no ? Verdict::disagree : Verdict::unknown));
        // Nothing is left open that lint has no word for.
        if (status == Answer::unknown) CHECK((undocumented || has(findings, "suite-name-dead") || has(findings, "only-rsa-suites") || !tls12.basis.note.empty() || !tls12.sources.empty()));
        ++seen[static_cast<std::size_t>(status)];
    }
    for (const std::size_t count : seen) CHECK(count > 40);
}
