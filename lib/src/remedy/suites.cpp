#include <algorithm>
#include <functional>
#include <iterator>
#include <ranges>
#include <tuple>

#include "effect/reader.hpp"
#include "handshake/play.hpp"
#include "remedy/steps.hpp"
#include "remedy/values.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/utf.hpp"
#include "schancfg/text.hpp"
#include "words.hpp"

namespace schancfg::remedy {
namespace {

constexpr std::size_t most_ways = 6, most_unlisted = 2, most_probed = 24;

struct Candidate {
    handshake::Missing missing;  ///< with the gates that it would meet in the list
    handshake::SuiteTraits traits;
    bool unlisted = false;
};

handshake::SuiteTraits traits_of_missing(const handshake::Missing& missing) {
    const std::string_view name = trimmed(missing.name);
    const facts::CipherSuite* suite = facts::find_cipher_suite(name);
    return handshake::traits_of(missing.id, suite == nullptr ? name : facts::iana_name(*suite));
}

/// Of two that are worth the same the one with fewer gates to open comes first.
std::tuple<bool, bool, int, std::ptrdiff_t> worth_of(const Candidate& candidate) {
    return {candidate.traits.forward_secrecy, candidate.traits.aead, candidate.traits.bits, -std::ssize(candidate.missing.gates)};
}

std::string_view parent_of(effect::GateKind kind) {
    if (kind == effect::GateKind::cipher) return "Ciphers";
    if (kind == effect::GateKind::hash) return "Hashes";
    return "KeyExchangeAlgorithms";
}

/// What the policy list holds: win32, prioritizing-schannel-cipher-suites.md.
constexpr std::size_t most_characters = 1023;

struct Entry {
    std::string name;
    int worth = 0;  ///< the least goes first where not all fit
};

/// `name` in its right spelling: strong suites first, so that they are picked; weak ones last, so that nobody else gets them.
void list_suite(Fix& step, const effect::Effect& effect, const std::string& name, const handshake::SuiteTraits& traits) {
    constexpr int always = 3, used = 2, on_request = 1, dead = 0;
    std::vector<Entry> entries;
    std::size_t characters = 0;
    const auto put = [&](auto at, std::string each, int worth) {
        characters += each.size() + 1;
        entries.insert(at, {std::move(each), worth});
    };
    for (const effect::SuiteEffect& entry : effect.cipher_suites.listed) {
        if (utf::equal_no_case(trimmed(entry.name), trimmed(name))) continue;
        put(entries.end(), std::string(trimmed(entry.name)),
            entry.use() == effect::SuiteUse::yes ? used : entry.use() == effect::SuiteUse::on_request ? on_request : dead);
    }
    const facts::CipherSuite* suite = facts::find_cipher_suite(trimmed(name));
    std::string right(suite == nullptr ? trimmed(name) : suite->name);
    put(traits.forward_secrecy && traits.aead ? entries.begin() : entries.end(), std::move(right), always);
    std::vector<std::string> lost;
    while (characters > most_characters + 1 && entries.size() > 1) {
        // The last of those that are worth the least.
        const auto least = std::ranges::min_element(entries.rbegin(), entries.rend(), {}, &Entry::worth);
        if (least->worth == used) lost.push_back(shorten(least->name));
        characters -= least->name.size() + 1;
        entries.erase(std::next(least).base());
    }
    std::vector<std::string> names;
    names.reserve(entries.size());
    for (Entry& entry : entries) names.push_back(std::move(entry.name));
    want_suites(step.wanted, names);
    if (effect.cipher_suites.basis.rule != effect::BasisRule::suite_list_policy) {
        step.text = "By policy, which replaces the local list: of that Microsoft supports no change by hand.";
        if (effect.release->build >= effect::windows_10) {
            step.text.append(" Enable-TlsCipherSuite -Name ").append(shorten(trimmed(name))).append(" adds it to the local list instead.");
        }
    }
    if (!lost.empty()) step.risk = "the policy list holds 1023 characters, and there is no room for " + schancfg::join(lost);
}

/// What has to be opened for one suite; false: a gate that no setting opens.
bool open_suite(Fix& step, const effect::Effect& effect, const Candidate& candidate) {
    const handshake::Missing& missing = candidate.missing;
    bool listed = candidate.unlisted;
    for (const effect::Gate& gate : missing.gates) {
        switch (gate.kind) {
            case effect::GateKind::cipher:
            case effect::GateKind::hash:
            case effect::GateKind::key_exchange:
            case effect::GateKind::authentication: want_algorithm(step.wanted, parent_of(gate.kind), gate.detail, true); break;
            case effect::GateKind::list_limit:
            case effect::GateKind::bad_spelling: listed = true; break;
            case effect::GateKind::unknown_name:
            case effect::GateKind::dead_name:
            case effect::GateKind::protocol:
            case effect::GateKind::curve:
            case effect::GateKind::fips:
            case effect::GateKind::explicit_request:
            case effect::GateKind::assumed:
            case effect::GateKind::strong_crypto:
            case effect::GateKind::pre_shared_key: return false;
        }
    }
    if (listed) list_suite(step, effect, missing.name, candidate.traits);
    return true;
}

/// The gates that a suite meets once it is listed.
std::vector<effect::Gate> gates_in_list(const MachineEnd& machine_end, const handshake::Missing& missing) {
    Fix probe;
    want_suites(probe.wanted, {missing.name});
    const Machine changed = with_fix(machine_end.machine, probe);
    const MachineEnd listed(changed, machine_end.role);
    for (const handshake::Missing& each : listed.end.missing) {
        if (each.kind == handshake::Missing::Kind::suite && each.id == missing.id && each.name == missing.name && each.sure) return each.gates;
    }
    return {};
}

/// Has the server a certificate that the suite can be used with, as far as that is known?
bool fits_certificate(const handshake::End& server, const handshake::SuiteTraits& traits) {
    using handshake::Authentication;
    if (server.kind == handshake::EndKind::seen || server.peer.certificates.empty()) return traits.authentication != Authentication::dss;
    return traits.authentication == Authentication::none || std::ranges::any_of(server.peer.certificates, [&](const auto& each) { return handshake::serves(each, traits.authentication); });
}

std::string title_of(const Candidate& candidate) {
    const handshake::Missing& missing = candidate.missing;
    std::string text = candidate.unlisted ? "put " + shorten(missing.name) + " into the list of cipher suites" : std::string();
    for (const effect::Gate& gate : missing.gates) {
        const bool is_list = gate.kind == effect::GateKind::list_limit || gate.kind == effect::GateKind::bad_spelling;
        const std::string word = is_list ? "put " + shorten(missing.name) + " right in the list" : "switch " + gate.detail + " on again";
        if (!text.contains(word)) text.append(text.empty() ? "" : ", ").append(word);
    }
    if (!text.empty()) text.front() = ascii::to_upper(text.front());
    return text;
}

std::string risk_of(const handshake::SuiteTraits& traits, const handshake::Missing& missing) {
    if (traits.bits < 112) return shorten(missing.name) + " can be broken; everybody may pick it, not this end alone";
    if (traits.bits < 128) return "3DES is weak when much is sent (SWEET32); everybody may pick it, not this end alone";
    if (!traits.forward_secrecy) return "no forward secrecy: anyone who gets the server's key later can read what was recorded";
    return {};
}

}  // namespace

std::vector<Fix> suite_steps(const MachineEnd& machine_end, const handshake::End& other, const handshake::Agreement& agreement) {
    const handshake::Offer theirs(other), ours(machine_end.end);
    std::vector<Candidate> candidates;
    // The version that they would have agreed on, or any where that is not known.
    const std::size_t decided = handshake::version_index(agreement.handshake.protocol), all = handshake::tls_versions.size();
    const auto versions = decided == all ? std::views::iota(std::size_t{0}, all) : std::views::iota(decided, decided + 1);
    for (const handshake::Missing& missing : machine_end.end.missing) {
        if (missing.id == 0) continue;
        handshake::OfferedSuite suite;
        suite.id = missing.id;
        const bool wanted = std::ranges::any_of(versions, [&](std::size_t version) {
            return theirs.at(version).offered != handshake::Answer::no && ours.at(version).offered != handshake::Answer::no && !theirs.at(version).find(suite).empty();
        });
        const handshake::SuiteTraits traits = traits_of_missing(missing);
        if (wanted && fits_certificate(machine_end.role == facts::Role::server ? machine_end.end : other, traits)) candidates.push_back({missing, traits, missing.gates.empty()});
    }
    std::ranges::stable_sort(candidates, std::ranges::greater{}, worth_of);
    candidates.resize(std::min(candidates.size(), most_probed));
    for (Candidate& candidate : candidates) {
        if (candidate.unlisted) candidate.missing.gates = gates_in_list(machine_end, candidate.missing);
    }
    std::ranges::stable_sort(candidates, std::ranges::greater{}, worth_of);
    std::vector<Fix> ways;
    std::size_t unlisted = 0;
    for (const Candidate& candidate : candidates) {
        if (ways.size() == most_ways) break;
        // One more name in a list is as good as another.
        if (candidate.unlisted && unlisted == most_unlisted) continue;
        Fix step;
        step.kind = FixKind::profile;
        step.side = machine_end.side();
        if (!open_suite(step, machine_end.effect, candidate)) continue;
        step.title = title_of(candidate);
        if (const std::string risk = risk_of(candidate.traits, candidate.missing); !risk.empty()) step.risk.append(step.risk.empty() ? "" : "; ").append(risk);
        step.weakens = candidate.traits.bits < 128;
        step.restart = true;
        unlisted += candidate.unlisted ? 1 : 0;
        ways.push_back(std::move(step));
    }
    return ways;
}

std::vector<Fix> curve_steps(const MachineEnd& machine_end, const handshake::End& other) {
    const effect::Effect& effect = machine_end.effect;
    std::vector<Fix> ways;
    if (!effect.curves.has_list) return ways;
    const handshake::Offer theirs(other);
    std::vector<std::string> names;
    names.reserve(effect.curves.listed.size());
    std::vector<std::string_view> groups;  // secP521r1 and nistP521 are one
    for (const effect::CurveEffect& entry : effect.curves.listed) names.push_back(entry.name);
    for (const facts::ReleaseCurve& row : facts::curves_of(*effect.release)) {
        const facts::Curve* curve = facts::find_curve(row.curve);
        if (curve == nullptr || theirs.takes_group(handshake::canonical_group(curve->iana_name)) != handshake::Answer::yes) continue;
        if (machine_end.end.find_missing(handshake::Missing::Kind::group, curve->iana_name) == nullptr) continue;
        if (std::ranges::find(groups, curve->iana_name) != groups.end()) continue;
        groups.push_back(curve->iana_name);
        Fix step;
        step.kind = FixKind::profile;
        step.side = machine_end.side();
        std::vector<std::string> more = names;
        std::erase_if(more, [&](const std::string& each) { return utf::equal_no_case(each, row.curve); });
        more.emplace_back(row.curve);
        want_curves(step.wanted, more);
        step.title = "Put " + std::string(row.curve) + " into the list of curves";
        if (effect.curves.basis.rule != effect::BasisRule::curve_list_policy) {
            step.text = "By policy, which replaces the local list. Enable-TlsEccCurve -Name " + std::string(row.curve) + " adds it to the local list instead.";
        }
        constexpr int short_curve = 224;
        step.weakens = handshake::group_bits(curve->iana_name) < short_curve && handshake::group_bits(curve->iana_name) != 0;
        if (step.weakens) step.risk = "the curve is shorter than what is recommended today";
        step.restart = true;
        ways.push_back(std::move(step));
        if (ways.size() == most_ways) break;
    }
    return ways;
}

Fix same_algorithms_step(const effect::Effect& one, const effect::Effect& other) {
    Fix step;
    step.kind = FixKind::profile;
    step.side = handshake::Side::both;
    step.title = "Switch on, on both ends, what is off on one of them";
    step.restart = true;
    // What nobody should get back because one of two machines still has it.
    constexpr std::string_view weak[] = {"NULL", "DES 56/56", "RC2 40/128", "RC2 56/128", "RC2 128/128", "RC4 40/128", "RC4 56/128", "RC4 64/128", "RC4 128/128", "MD5"};
    const auto take = [&](std::string_view parent, const effect::AlgorithmEffect& a, const effect::AlgorithmEffect& b) {
        const bool differs = (a.state == effect::GateState::off) != (b.state == effect::GateState::off);
        if (differs && std::ranges::find(weak, a.name) == std::end(weak)) want_algorithm(step.wanted, parent, a.name, true);
    };
    for (std::size_t at = 0; at < std::min(one.ciphers.size(), other.ciphers.size()); ++at) take("Ciphers", one.ciphers[at], other.ciphers[at]);
    for (std::size_t at = 0; at < std::min(one.hashes.size(), other.hashes.size()); ++at) take("Hashes", one.hashes[at], other.hashes[at]);
    for (std::size_t at = 0; at < std::min(one.key_exchanges.size(), other.key_exchanges.size()); ++at) {
        take("KeyExchangeAlgorithms", one.key_exchanges[at].algorithm, other.key_exchanges[at].algorithm);
    }
    return step;
}

}  // namespace schancfg::remedy
