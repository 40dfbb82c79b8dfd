#include "schancfg/effect/reach.hpp"

#include <algorithm>

#include "effect/parts.hpp"
#include "effect/sources.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::effect {
namespace {

using facts::Confidence;
using facts::Role;

int rank(Answer answer) {
    switch (answer) {
        case Answer::no: return 0;
        case Answer::unknown: return 1;
        case Answer::yes: break;
    }
    return 2;
}

/// What the suites of a protocol are drawn from: the version whose suites it shares.
struct Carrier {
    std::string_view protocol, version;
    bool streams = true;  ///< RFC 6347, 4.1.2.2: DTLS has no stream ciphers (RC4)
};
constexpr Carrier carriers[] = {
    {"SSL 2.0", "SSL 2.0"}, {"SSL 3.0", "SSL 3.0"}, {"TLS 1.0", "TLS 1.0"},         {"TLS 1.1", "TLS 1.1"},
    {"TLS 1.2", "TLS 1.2"}, {"TLS 1.3", "TLS 1.3"}, {"DTLS 1.0", "TLS 1.1", false}, {"DTLS 1.2", "TLS 1.2", false},
};

/// One entry of the suite list for one role.
struct Entry {
    const SuiteEffect* suite = nullptr;
    std::size_t at = 0;
    Passage passage;
};

bool is_null(const SuiteEffect& suite) { return suite.suite != nullptr && suite.suite->bulk_cipher == "NULL"; }

Answer fits(const BitLimit& minimum, const BitLimit& maximum) {
    if (!minimum.bits || !maximum.bits || *maximum.bits == 0 || *minimum.bits <= *maximum.bits) return Answer::yes;
    return minimum.basis.certain && maximum.basis.certain ? Answer::no : Answer::unknown;
}

class Join {
public:
    Join(const Effect& effect, Role role) : effect_(effect), role_(role) {
        for (std::size_t at = 0; at < effect.cipher_suites.listed.size(); ++at) {
            const SuiteEffect& suite = effect.cipher_suites.listed[at];
            entries_.push_back({&suite, at, passage(suite, role)});
        }
        if (role == Role::client) {
            for (const KeyExchangeEffect& each : effect.key_exchanges) {
                if (each.algorithm.name == "Diffie-Hellman") dhe_ = fits(each.client_min_bits, each.client_max_bits);
                if (each.algorithm.name == "PKCS") rsa_ = fits(each.client_min_bits, each.client_max_bits);
            }
        }
    }

    RoleReach join() {
        RoleReach reach;
        reach.protocols.reserve(effect_.protocols.size());
        for (const ProtocolEffect& protocol : effect_.protocols) reach.protocols.push_back(join_protocol(protocol));
        find_hole(reach);
        // What rests on a protocol names all that leaves it open.
        for (ProtocolReach& protocol : reach.protocols) {
            if (!protocol.basis.undisputed()) protocol.basis.premises = protocol.sources;
        }
        reach.by_default = reach.at_all = reach.rsa = reach.ecdsa = Answer::no;
        for (const ProtocolReach& protocol : reach.protocols) {
            const bool counts = protocol.name == "SSL 3.0" || protocol.name.starts_with("TLS ");
            if (!counts) continue;
            const Answer by_default = protocol.by_default();
            reach.by_default = stronger(reach.by_default, by_default);
            reach.at_all = stronger(reach.at_all, protocol.usable());
            reach.rsa = stronger(reach.rsa, weaker(by_default, protocol.rsa));
            reach.ecdsa = stronger(reach.ecdsa, weaker(by_default, protocol.ecdsa));
        }
        return reach;
    }

private:
    /// Releases without a page have suites of their own, whichever: with no list in the registry, nothing takes them away.
    [[nodiscard]] bool suites_unlisted() const {
        return effect_.cipher_suites.listed.empty() && effect_.cipher_suites.basis.rule == BasisRule::suite_list_default;
    }

    [[nodiscard]] std::string_view group_name(const CurveEffect& curve) const {
        return curve.curve != nullptr && !curve.curve->iana_name.empty() ? curve.curve->iana_name : std::string_view(curve.name);
    }

    void add_groups(ProtocolReach& to, std::string_view version) const {
        const CurvesEffect& curves = effect_.curves;
        const auto add = [&](std::string_view name, Answer answer) {
            const auto found = std::ranges::find(to.groups, name, &UsableGroup::name);
            if (found == to.groups.end()) {
                to.groups.push_back({std::string(name), answer});
            } else {
                found->answer = stronger(found->answer, answer);
            }
        };
        if (!curves.has_list) {
            for (const Entry& entry : entries_) {
                if (entry.passage.answer == Answer::no || entry.suite->suite == nullptr || entry.suite->suite->curve_suffix.empty()) continue;
                if (carries(*entry.suite, version) != Answer::yes) continue;
                const facts::Curve* curve = facts::find_curve(entry.suite->suite->curve_suffix);
                if (curve != nullptr) add(curve->iana_name, entry.passage.answer);
            }
        } else {
            for (const CurveEffect& curve : curves.listed) {
                const Answer answer = weaker(curve_answer(curve, version), curves.basis.certain ? Answer::yes : Answer::unknown);
                if (answer != Answer::no) add(group_name(curve), answer);
            }
        }
        to.any_group = curves.has_list ? any_curve(curves, version) : Answer::no;
        if (curves.has_list) return;
        for (const UsableGroup& group : to.groups) to.any_group = stronger(to.any_group, group.answer);
    }

    /// Whether the suite, open for all we know, works in that version: its curves are among its gates.
    [[nodiscard]] Answer in_version(const Entry& entry, Answer answer, std::string_view version) const {
        const facts::CipherSuite* suite = entry.suite->suite;
        if (suite == nullptr) return answer;
        // Before Windows 10 nothing is a group of TLS 1.3.
        if (version == "TLS 1.3") return effect_.curves.has_list ? answer : weaker(answer, Answer::unknown);
        if (suite->key_exchange == "DHE") answer = weaker(answer, dhe_);
        if (suite->key_exchange == "RSA") answer = weaker(answer, rsa_);
        return answer;
    }

    /// Can that key sign at all? Only a list of signature algorithms can take it away, and what one without them does is not documented.
    [[nodiscard]] Answer signs(std::string_view key) const {
        const auto& listed = effect_.signatures.listed;
        if (listed.empty()) return Answer::yes;
        return std::ranges::any_of(listed, [key](std::string_view name) {
            return utf::equal_no_case(name.substr(0, key.size()), key);
        }) ? Answer::yes : Answer::unknown;
    }

    struct Counted {
        bool asked_for = false;           ///< a suite works on explicit request, and is more than NULL
        bool contested = false;           ///< 3DES with SSL 3.0
        std::vector<const Gate*> doubts;  ///< of suites that perhaps work
        Answer read = Answer::no;         ///< is any left with all that was not read taken as installed?
    };

    Counted count_suites(ProtocolReach& to, const Carrier& carrier) const {
        const CipherSuitesEffect& list = effect_.cipher_suites;
        Counted counted;
        const bool list_read = list.basis.undisputed();
        const Answer of_list = list.basis.certain ? Answer::yes : Answer::unknown;
        to.any_suite = to.rsa = to.ecdsa = Answer::no;
        for (const Entry& entry : entries_) {
            const facts::CipherSuite* suite = entry.suite->suite;
            const Answer carried = carries(*entry.suite, carrier.version);
            if (carried == Answer::no || (!carrier.streams && suite != nullptr && suite->mode == "stream")) continue;
            const Answer answer = weaker(weaker(in_version(entry, entry.passage.answer, carrier.version), of_list), carried);
            if (list_read && carried == Answer::yes && !entry.passage.asked_for) {
                counted.read = stronger(counted.read, in_version(entry, entry.passage.read, carrier.version));
            }
            if (answer == Answer::no) continue;
            if (entry.passage.asked_for) {
                counted.asked_for = counted.asked_for || !is_null(*entry.suite);
                continue;
            }
            to.suites.push_back({entry.at, answer});
            to.any_suite = stronger(to.any_suite, answer);
            counted.contested = counted.contested || (carried == Answer::unknown && suite != nullptr);
            if (answer == Answer::unknown) counted.doubts.insert(counted.doubts.end(), entry.passage.doubtful.begin(), entry.passage.doubtful.end());
            const bool any = suite == nullptr || suite->min_protocol == "TLS 1.3";
            const bool encrypted = suite != nullptr && suite->key_exchange == "RSA";  // RSA key exchange needs no signature
            if (any || suite->authentication == "RSA") to.rsa = stronger(to.rsa, weaker(answer, encrypted ? Answer::yes : signs("RSA")));
            if (any || suite->authentication == "ECDSA") to.ecdsa = stronger(to.ecdsa, weaker(answer, signs("ECDSA")));
        }
        if (suites_unlisted()) to.any_suite = to.rsa = Answer::yes;
        if (list.basis.rule == BasisRule::suite_list_unread) counted.read = Answer::yes;
        // Nobody says what an unreadable or empty list leaves, and names behind the first thousand are not judged.
        if ((!list.basis.certain && !suites_unlisted()) || list.left_out != 0) {
            for (Answer* each : {&to.any_suite, &to.rsa, &to.ecdsa}) *each = stronger(*each, Answer::unknown);
        }
        if (suites_unlisted()) to.ecdsa = Answer::unknown;
        return counted;
    }

    ProtocolReach join_protocol(const ProtocolEffect& protocol) const {
        ProtocolReach reach;
        reach.name = protocol.name;
        const ProtocolAnswer& by_switch = protocol.of(role_);
        reach.basis = by_switch.basis;
        reach.sources = by_switch.basis.sources();
        reach.state = switch_state(by_switch.state);
        reach.named = offered(by_switch, true);
        reach.unnamed = offered(by_switch, false);
        const auto* carrier = std::ranges::find(carriers, protocol.name, &Carrier::protocol);
        if (carrier == std::end(carriers)) return reach;
        reach.joined = true;
        add_groups(reach, carrier->version);
        const Counted counted = count_suites(reach, *carrier);
        if (reach.state == ReachState::off || reach.state == ReachState::not_supported) return reach;
        if (reach.any_suite == Answer::no) {
            if (counted.asked_for) {
                reach.asked_for = true;
                if (reach.state == ReachState::on) reach.state = ReachState::on_request;
                reach.any_suite = Answer::yes;
                return reach;
            }
            reach.state = ReachState::no_suite;
            Basis basis = effect_.cipher_suites.basis;
            basis.rule = BasisRule::reach_no_suite;
            // That nothing can be negotiated is sure, even where sources disagree about the switch; what was not read may have it off as well.
            basis.certain = true;
            basis.assumed = basis.unread = false;
            if (by_switch.basis.unread) basis.assume();
            reach.basis = std::move(basis);
            add_sources(reach, reach.basis.sources());
        } else if (reach.any_suite == Answer::unknown) {
            doubt_suites(reach, counted);
        }
        return reach;
    }

    /// On by the switch, and perhaps without a suite.
    void doubt_suites(ProtocolReach& reach, const Counted& counted) const {
        const bool undisputed = reach.basis.undisputed();
        const Basis& list = effect_.cipher_suites.basis;
        if (!list.certain) {
            if (reach.basis.certain && !list.assumed) {
                reach.basis.note = list.note;
                reach.basis.confidence = list.confidence;
            }
            reach.basis.unread = reach.basis.unread || list.unread;
            add_sources(reach, list.sources());
        }
        for (const Gate* gate : counted.doubts) {
            reach.basis.unread = reach.basis.unread || gate->unread;
            if (reach.basis.certain && list.certain && reach.basis.alternative_source.empty()) reach.basis.alternative_source = gate->source;
            add_sources(reach, {gate->source});
            add_sources(reach, {gate->alternative_source});
        }
        if (counted.contested) {
            if (reach.basis.certain) {
                reach.basis.confidence = Confidence::conflict;
                reach.basis.note = "whether 3DES, its only suite left, works in SSL 3.0 is not certain";
                reach.basis.source = sources::suite_pages;
                reach.basis.alternative_source = sources::server_2016_capture;
            }
            add_sources(reach, {sources::suite_pages, sources::server_2016_capture});
        }
        if (reach.basis.certain) {
            reach.basis.rule = BasisRule::reach_suites_uncertain;
            reach.basis.alternative = "no suite left";
            if (reach.basis.note.empty()) reach.basis.note = "whether any suite of it is left is not certain";
            if (reach.basis.confidence == Confidence::documented) reach.basis.confidence = Confidence::undocumented;
        }
        reach.basis.assumed = undisputed && counted.read == Answer::yes;
        reach.basis.unread = reach.basis.unread || reach.basis.assumed;
        reach.basis.certain = false;
    }

    void find_hole(RoleReach& reach) const {
        // Only TLS 1.3 has suites of its own; those of TLS 1.2 and older work in every newer version up to TLS 1.2.
        const auto newest = std::ranges::find(reach.protocols, "TLS 1.3", &ProtocolReach::name);
        if (newest == reach.protocols.end() || newest->state != ReachState::no_suite) return;
        const ProtocolState by_switch = effect_.protocol("TLS 1.3")->of(role_).state;
        if (by_switch == ProtocolState::on_request) return;
        const bool older = std::ranges::any_of(reach.protocols, [](const ProtocolReach& each) {
            return each.name.starts_with("TLS ") && each.name != "TLS 1.3" && each.by_default() != Answer::no;
        });
        if (!older) return;
        reach.hole = newest->name;
        newest->basis.certain = false;
        newest->basis.confidence = Confidence::conflict;
        newest->basis.note = "whether connections then use TLS 1.2 or fail is not certain";
        newest->basis.source = sources::no_tls13_suites_falls_back;
        newest->basis.alternative = "connections fail";
        newest->basis.alternative_source = sources::no_tls13_suites_fails;
        add_sources(*newest, newest->basis.sources());
    }

    [[nodiscard]] Answer offered(const ProtocolAnswer& by_switch, bool named) const {
        const auto by = [named](ReachState state) {
            if (state == ReachState::uncertain) return Answer::unknown;
            return state == ReachState::on || (named && state == ReachState::on_request) ? Answer::yes : Answer::no;
        };
        const Answer given = by(switch_state(by_switch.state));
        if (by_switch.basis.certain) return given;
        // Two sources that come to the same say nothing of a switch that was not read.
        if (std::ranges::find(effect_.assumed, Area::protocols) != effect_.assumed.end()) return Answer::unknown;
        for (const ReachState other : {ReachState::on, ReachState::on_request, ReachState::off, ReachState::not_supported}) {
            if (reach_state_name(other) == by_switch.basis.alternative) return by(other) == given ? given : Answer::unknown;
        }
        return Answer::unknown;
    }

    static ReachState switch_state(ProtocolState state) {
        switch (state) {
            case ProtocolState::on: return ReachState::on;
            case ProtocolState::on_request: return ReachState::on_request;
            case ProtocolState::off: return ReachState::off;
            case ProtocolState::not_supported: return ReachState::not_supported;
            case ProtocolState::uncertain: break;
        }
        return ReachState::uncertain;
    }

    static void add_sources(ProtocolReach& reach, const std::vector<std::string_view>& more) {
        for (const std::string_view source : more) {
            if (!source.empty() && std::ranges::find(reach.sources, source) == reach.sources.end()) reach.sources.push_back(source);
        }
    }

    const Effect& effect_;
    Role role_;
    std::vector<Entry> entries_;
    Answer dhe_ = Answer::yes, rsa_ = Answer::yes;  ///< does any key length fit?
};

}  // namespace

Answer weaker(Answer a, Answer b) { return std::ranges::min(a, b, {}, rank); }
Answer stronger(Answer a, Answer b) { return std::ranges::max(a, b, {}, rank); }

Answer curve_answer(const CurveEffect& curve, std::string_view version) {
    const bool tls13_only = curve.curve != nullptr && curve.curve->protocols == "TLS 1.3";
    if (tls13_only && version != "TLS 1.3") return Answer::no;
    // A curve that is for TLS 1.3 alone is blocked where that is off; what it would do were it on is asked here.
    const Answer answer = curve.usable || curve.basis.rule == BasisRule::curve_protocol ? Answer::yes : Answer::no;
    return curve.basis.certain ? answer : Answer::unknown;
}

bool curves_assumed(const CurvesEffect& curves) {
    if (!curves.basis.undisputed()) return false;
    return curves.basis.assumed || std::ranges::any_of(curves.listed, [](const CurveEffect& curve) { return curve.basis.assumed; });
}

bool curves_unread(const CurvesEffect& curves) {
    return curves.basis.unread || std::ranges::any_of(curves.listed, [](const CurveEffect& curve) { return curve.basis.unread; });
}

Answer any_curve(const CurvesEffect& curves, std::string_view version) {
    if (!curves.has_list) return Answer::yes;
    // What an empty or unreadable list leaves is not documented.
    if (!curves.basis.certain) return Answer::unknown;
    Answer any = Answer::no;
    for (const CurveEffect& curve : curves.listed) any = stronger(any, curve_answer(curve, version));
    return any;
}

std::string_view reach_state_name(ReachState state) {
    switch (state) {
        case ReachState::on: return "on";
        case ReachState::on_request: return "on-request";
        case ReachState::no_suite: return "no-suite";
        case ReachState::off: return "off";
        case ReachState::not_supported: return "not-supported";
        case ReachState::uncertain: return "uncertain";
    }
    return "uncertain";
}

Answer ProtocolReach::with_suites(Answer by_switch) const {
    if (state == ReachState::no_suite) return Answer::no;
    return joined ? weaker(by_switch, any_suite) : by_switch;
}

Answer ProtocolReach::usable() const { return with_suites(named); }

Answer ProtocolReach::by_default() const { return with_suites(asked_for ? Answer::no : unnamed); }

const ProtocolReach* RoleReach::find(std::string_view name) const {
    const auto found = std::ranges::find_if(protocols, [&](const ProtocolReach& protocol) {
        return protocol.name == name || utf::equal_no_case(protocol.name, name);
    });
    return found == protocols.end() ? nullptr : &*found;
}

Reaches reaches(const Effect& so_far) {
    return {Join(so_far, Role::client).join(), Join(so_far, Role::server).join()};
}

}  // namespace schancfg::effect
