// Laws of the joined effect over generated states of all releases.
#include <algorithm>
#include <array>

#include "catch.hpp"
#include "effect/generated.hpp"
#include "schancfg/effect/difference.hpp"

using namespace schancfg;
using effect::Answer;
using effect::Basis;
using effect::Effect;
using effect::Gate;
using effect::GateKind;
using effect::ProtocolReach;
using effect::ReachState;
using effect::SuiteEffect;
using facts::Role;

namespace {

constexpr int few_states = 1000;

enum class Certificate : std::uint8_t { rsa, ecdsa, other };
constexpr Certificate certificates[] = {Certificate::rsa, Certificate::ecdsa, Certificate::other};

Answer both(Answer a, Answer b) {
    if (a == Answer::no || b == Answer::no) return Answer::no;
    return a == Answer::yes && b == Answer::yes ? Answer::yes : Answer::unknown;
}
Answer either(Answer a, Answer b) {
    if (a == Answer::yes || b == Answer::yes) return Answer::yes;
    return a == Answer::no && b == Answer::no ? Answer::no : Answer::unknown;
}
Answer unless(bool is_certain, Answer answer) { return is_certain ? answer : Answer::unknown; }

/// One handshake that a state could have: a protocol, a suite of the list, a group and a kind of certificate, tried step by step.
class Trial {
public:
    Trial(const Effect& effect, Role role) : effect_(effect), role_(role) {}

    struct Found {
        Answer any = Answer::no, rsa = Answer::no, ecdsa = Answer::no;
        bool on_request = false;  ///< something more than NULL works for who asks
    };

    [[nodiscard]] Found enumerate(std::string_view protocol) const {
        Found found;
        const std::string_view version = protocol == "DTLS 1.0" ? "TLS 1.1" : protocol == "DTLS 1.2" ? "TLS 1.2" : protocol;
        std::vector<const effect::CurveEffect*> groups;
        for (const effect::CurveEffect& each : effect_.curves.listed) groups.push_back(&each);
        groups.push_back(nullptr);  // none
        for (const SuiteEffect& entry : effect_.cipher_suites.listed) {
            for (const effect::CurveEffect* group : groups) {
                for (const Certificate certificate : certificates) {
                    Answer answer = unless(effect_.cipher_suites.basis.certain, Answer::yes);
                    answer = both(answer, carried(entry, version, version != protocol));
                    answer = both(answer, open(entry));
                    answer = both(answer, with_group(entry, group, version));
                    answer = both(answer, with_length(entry));
                    const Answer with_any = answer;
                    answer = both(answer, with_certificate(entry, certificate));
                    if (with_any == Answer::no) continue;
                    if (asked_for(entry)) {
                        found.on_request = found.on_request || entry.suite == nullptr || entry.suite->bulk_cipher != "NULL";
                        continue;
                    }
                    found.any = either(found.any, with_any);
                    if (certificate == Certificate::rsa) found.rsa = either(found.rsa, answer);
                    if (certificate == Certificate::ecdsa) found.ecdsa = either(found.ecdsa, answer);
                }
            }
        }
        // What an empty or unreadable list leaves is not documented.
        if (!effect_.cipher_suites.basis.certain) {
            for (Answer* each : {&found.any, &found.rsa, &found.ecdsa}) *each = either(*each, Answer::unknown);
        }
        return found;
    }

private:
    [[nodiscard]] bool concerns(const Gate& gate) const { return role_ == Role::client ? gate.client : gate.server; }

    [[nodiscard]] static bool asked_for(const SuiteEffect& entry) {
        return std::ranges::any_of(entry.blocked_by, [](const Gate& gate) { return gate.kind == GateKind::explicit_request; });
    }

    [[nodiscard]] static Answer carried(const SuiteEffect& entry, std::string_view version, bool datagram) {
        const facts::CipherSuite* suite = entry.suite;
        if (datagram && suite != nullptr && suite->mode == "stream") return Answer::no;
        const std::vector<std::string_view> all = effect::protocols_of(entry);
        if (std::ranges::find(all, version) != all.end()) return Answer::yes;
        if (suite == nullptr && all.empty()) return Answer::unknown;
        return version == "SSL 3.0" && suite != nullptr && suite->bulk_cipher == "3DES" ? Answer::unknown : Answer::no;
    }

    [[nodiscard]] Answer open(const SuiteEffect& entry) const {
        Answer answer = Answer::yes;
        for (const Gate& gate : entry.blocked_by) {
            if (!concerns(gate) || gate.kind == GateKind::protocol || gate.kind == GateKind::curve || gate.kind == GateKind::explicit_request) continue;
            answer = both(answer, gate.certain ? Answer::no : Answer::unknown);
        }
        for (const Gate& gate : entry.doubts) {
            if (concerns(gate) && gate.kind != GateKind::protocol && gate.kind != GateKind::curve) answer = both(answer, Answer::unknown);
        }
        return answer;
    }

    [[nodiscard]] Answer with_group(const SuiteEffect& entry, const effect::CurveEffect* group, std::string_view version) const {
        if (entry.suite == nullptr) return Answer::yes;
        const bool tls13 = version == "TLS 1.3";
        if (entry.suite->key_exchange != "ECDHE" && !tls13) return Answer::yes;
        if (!effect_.curves.has_list) return tls13 ? Answer::unknown : Answer::yes;
        // A list that nobody knows the meaning of may leave any. TLS 1.3 without a curve is not documented.
        if (!effect_.curves.basis.certain) return Answer::unknown;
        if (group == nullptr) return tls13 ? Answer::unknown : Answer::no;
        if (group->curve != nullptr && group->curve->protocols == "TLS 1.3" && !tls13) return Answer::no;
        if (!group->usable && group->basis.rule != effect::BasisRule::curve_protocol) return tls13 || !group->basis.certain ? Answer::unknown : Answer::no;
        return unless(group->basis.certain, Answer::yes);
    }

    [[nodiscard]] Answer with_length(const SuiteEffect& entry) const {
        if (role_ == Role::server || entry.suite == nullptr) return Answer::yes;
        const std::string_view exchange = entry.suite->key_exchange == "DHE" ? "Diffie-Hellman" : entry.suite->key_exchange == "RSA" ? "PKCS" : "";
        for (const effect::KeyExchangeEffect& each : effect_.key_exchanges) {
            if (each.algorithm.name != exchange) continue;
            const auto& least = each.client_min_bits;
            const auto& most = each.client_max_bits;
            if (!least.bits || !most.bits || *most.bits == 0 || *least.bits <= *most.bits) return Answer::yes;
            return unless(least.basis.certain && most.basis.certain, Answer::no);
        }
        return Answer::yes;
    }

    [[nodiscard]] Answer with_certificate(const SuiteEffect& entry, Certificate certificate) const {
        const facts::CipherSuite* suite = entry.suite;
        const std::string_view key = certificate == Certificate::rsa ? "RSA" : certificate == Certificate::ecdsa ? "ECDSA" : "";
        const bool any = suite == nullptr || suite->min_protocol == "TLS 1.3";
        if (!any && suite->authentication != key) return Answer::no;
        if (suite != nullptr && suite->key_exchange == "RSA") return Answer::yes;  // signs nothing
        const auto& listed = effect_.signatures.listed;
        const bool signs = listed.empty() || std::ranges::any_of(listed, [&](const std::string& name) { return name.starts_with(std::string(key) + '/'); });
        return signs ? Answer::yes : Answer::unknown;
    }

    const Effect& effect_;
    Role role_;
};

constexpr Role roles[] = {Role::client, Role::server};

}  // namespace

TEST_CASE("What a protocol comes to is what trying every suite, group and certificate comes to", "[effect][law]") {
    test::States states(20261127);
    std::array<std::size_t, 6> seen{};
    for (int round = 0; round < test::law_states(few_states); ++round) {
        const auto [release, tree] = states.next();
        const Effect effect = effect::evaluate(tree, *release);
        // Releases without a page have suites of their own, whichever.
        if (effect.cipher_suites.listed.empty() && effect.cipher_suites.basis.rule == effect::BasisRule::suite_list_default) continue;
        for (const Role role : roles) {
            const Trial trial(effect, role);
            for (const ProtocolReach& reach : effect.reach(role).protocols) {
                if (!reach.joined) continue;
                INFO("state " << round << " on " << release->id << ", " << reach.name << ' ' << facts::role_name(role));
                const Trial::Found found = trial.enumerate(reach.name);
                const effect::ProtocolState by_switch = effect.protocol(reach.name)->of(role).state;
                const bool off = by_switch == effect::ProtocolState::off || by_switch == effect::ProtocolState::not_supported;
                CHECK(reach.rsa == found.rsa);
                CHECK(reach.ecdsa == found.ecdsa);
                ++seen[static_cast<std::size_t>(reach.state)];
                if (off) {
                    CHECK(reach.any_suite == found.any);
                    CHECK((reach.state == ReachState::off || reach.state == ReachState::not_supported));
                } else if (found.any == Answer::no && !found.on_request) {
                    CHECK(reach.state == ReachState::no_suite);
                    CHECK(reach.usable() == Answer::no);
                } else {
                    CHECK(reach.state != ReachState::no_suite);
                    CHECK(reach.usable() != Answer::no);
                    if (found.any == Answer::unknown) CHECK_FALSE(reach.basis.certain);
                    if (reach.usable() == Answer::yes) CHECK((found.any == Answer::yes || found.on_request));
                }
            }
        }
    }
    for (const std::size_t count : seen) CHECK(count > 20);
}

TEST_CASE("A protocol without a usable suite is nowhere called on", "[effect][law]") {
    test::States states(7);
    std::size_t without = 0;
    for (int round = 0; round < test::law_states(few_states); ++round) {
        const auto [release, tree] = states.next();
        const Effect effect = effect::evaluate(tree, *release);
        INFO("state " << round << " on " << release->id);
        const auto is_dead = [&](std::string_view name, Role role) {
            const ProtocolReach* reach = effect.reach(role).find(name);
            return reach != nullptr && (reach->state == ReachState::no_suite || reach->state == ReachState::off);
        };
        for (const Role role : roles) {
            for (const ProtocolReach& reach : effect.reach(role).protocols) {
                if (reach.state != ReachState::no_suite) continue;
                ++without;
                CHECK(reach.by_default() == Answer::no);
                CHECK(reach.suites.empty());
                CHECK((reach.rsa == Answer::no && reach.ecdsa == Answer::no));
            }
        }
        const auto check_layer = [&](const std::vector<effect::LayerProtocol>& protocols) {
            for (const effect::LayerProtocol& each : protocols) {
                INFO(each.name);
                if (is_dead(each.name, Role::client)) CHECK_FALSE(each.usable());
                if (each.works == Answer::yes) CHECK_FALSE(is_dead(each.name, Role::client));
            }
        };
        for (const effect::WinHttpEffect& view : effect.winhttp) check_layer(view.protocols);
        for (const effect::DotnetEffect& each : effect.dotnet) {
            for (const effect::DotnetCase& one : each.cases) check_layer(one.protocols);
        }
        for (const effect::WeakPoint& point : effect.weak) {
            if (point.kind != effect::Weakness::weak_protocol) continue;
            const bool client = point.role != "server", server = point.role != "client";
            CHECK_FALSE((client && server ? is_dead(point.subject, Role::client) && is_dead(point.subject, Role::server)
                                          : is_dead(point.subject, client ? Role::client : Role::server)));
        }
    }
    CHECK(without > 300);
}

TEST_CASE("Whatever is disputed says who disputes it, or that nobody documents it", "[effect][law]") {
    test::States states(11);
    std::size_t disputed = 0;
    for (int round = 0; round < test::law_states(few_states); ++round) {
        const auto [release, tree] = states.next();
        const Effect effect = effect::evaluate(tree, *release);
        INFO("state " << round << " on " << release->id);
        const auto check = [&](const Basis& basis, std::string_view what) {
            if (basis.undisputed()) return;
            ++disputed;
            INFO(what << " by " << effect::basis_rule_id(basis.rule));
            CHECK((!basis.sources().empty() || !basis.note.empty()));
        };
        for (const Role role : roles) {
            for (const ProtocolReach& reach : effect.reach(role).protocols) check(reach.basis, reach.name);
        }
        for (const auto* gates : {&effect.ciphers, &effect.hashes}) {
            for (const effect::AlgorithmEffect& gate : *gates) check(gate.basis, gate.name);
        }
        for (const effect::KeyExchangeEffect& exchange : effect.key_exchanges) {
            check(exchange.algorithm.basis, exchange.algorithm.name);
            check(exchange.client_min_bits.basis, exchange.algorithm.name);
            check(exchange.server_min_bits.basis, exchange.algorithm.name);
        }
        check(effect.cipher_suites.basis, "suite list");
        for (const SuiteEffect& suite : effect.cipher_suites.listed) check(suite.use_basis, suite.name);
        check(effect.curves.basis, "curve list");
        for (const effect::CurveEffect& curve : effect.curves.listed) check(curve.basis, curve.name);
        for (const effect::WinHttpEffect& view : effect.winhttp) check(effect::joined(view.basis, view.protocols), "WinHTTP");
        for (const effect::DotnetEffect& each : effect.dotnet) {
            for (const effect::DotnetCase& one : each.cases) check(effect::joined(one.basis, one.protocols), one.target);
        }
        check(effect.fips.basis, "FIPS");
        check(effect.renegotiation.client_basis, "renegotiation");
        for (const effect::SettingEffect& setting : effect.settings) check(setting.basis, setting.name);
        for (const effect::WeakPoint& point : effect.weak) {
            CHECK(point.certain == point.basis.certain);
            check(point.basis, point.subject);
        }
        for (const effect::EffectDifference& each : effect::difference(effect::evaluate({}, *release), effect)) {
            if (!each.surety.undisputed()) CHECK_FALSE(each.surety.premises.empty());
        }
    }
    CHECK(disputed > 3000);
}
