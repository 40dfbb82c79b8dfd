#include <algorithm>
#include <iterator>

#include "effect/parts.hpp"
#include "effect/sources.hpp"
#include "schancfg/effect/cipher_suites.hpp"

namespace schancfg::effect {
namespace {

constexpr std::string_view tls_versions[] = {"SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};

bool has_curve_suffix(std::string_view name) {
    return name.ends_with("_P256") || name.ends_with("_P384") || name.ends_with("_P521");
}

const AlgorithmEffect* find(const std::vector<AlgorithmEffect>& among, std::string_view name) {
    if (name.empty()) return nullptr;
    const auto found = std::ranges::find(among, name, &AlgorithmEffect::name);
    return found == among.end() ? nullptr : &*found;
}

const AlgorithmEffect* find(const std::vector<KeyExchangeEffect>& among, std::string_view name) {
    if (name.empty()) return nullptr;
    const auto found = std::ranges::find_if(among, [&](const KeyExchangeEffect& each) { return each.algorithm.name == name; });
    return found == among.end() ? nullptr : &found->algorithm;
}

bool is_closed(const AlgorithmEffect* gate) { return gate != nullptr && gate->state == GateState::off; }
/// Open as far as is known, and disputed: its data have no documented meaning.
bool is_disputed(const AlgorithmEffect* gate) { return gate != nullptr && gate->state == GateState::on && !gate->basis.undisputed(); }

Gate& add(std::vector<Gate>& to, GateKind kind, std::string_view detail, std::string_view source, bool certain = true) {
    Gate& gate = to.emplace_back();
    gate.kind = kind;
    gate.detail = detail;
    gate.certain = certain;
    gate.source = source;
    return gate;
}

/// The best that any protocol of a suite offers to a role.
struct Offer {
    bool on = false, on_request = false, uncertain = false;
    bool certain = true;  ///< the protocol that is on is so for sure
    bool assumed = true;  ///< or but for what was not read
    bool unread = false;  ///< every protocol that is on rests on something that was not read
    Surety others;        ///< of the protocols that are not on

    void take(const ProtocolAnswer& answer) {
        if (answer.state != ProtocolState::on) others.rest_on(answer.basis.surety());
        switch (answer.state) {
            case ProtocolState::on:
                unread = on ? unread && answer.basis.unread : answer.basis.unread;
                certain = on ? certain || answer.basis.certain : answer.basis.certain;
                assumed = on ? assumed || answer.basis.undisputed() : answer.basis.undisputed();
                on = true;
                break;
            case ProtocolState::on_request: on_request = true; break;
            case ProtocolState::uncertain: uncertain = true; break;
            case ProtocolState::off:
            case ProtocolState::not_supported: break;
        }
    }
};

void judge_protocols(const Effect& so_far, SuiteEffect& entry) {
    Offer offers[2];
    std::string_view oldest, newest;
    for (const std::string_view version : protocols_of(entry)) {
        if (oldest.empty()) oldest = version;
        newest = version;
        if (const ProtocolEffect* protocol = so_far.protocol(version)) {
            offers[0].take(protocol->client());
            offers[1].take(protocol->server());
        }
    }
    if (newest.empty()) return;  // nobody says which protocols it is for
    const std::string detail = oldest == newest ? std::string(newest) : std::string(oldest).append(" to ").append(newest);
    const auto report = [&](const Offer& offer, bool client, bool server) {
        if (offer.on) {
            if (!offer.certain) {
                Gate& gate = add(entry.doubts, GateKind::protocol, detail, sources::protocols_page, false);
                gate.assumed = offer.assumed;
                gate.unread = offer.unread;
                gate.client = client;
                gate.server = server;
            }
            return;
        }
        std::vector<Gate>& to = offer.uncertain ? entry.doubts : entry.blocked_by;
        // Off as far as is known is not off for sure where sources disagree or nothing was read.
        Gate& gate = add(to, GateKind::protocol, detail, sources::protocols_page, !offer.uncertain && offer.others.certain);
        gate.assumed = !offer.uncertain && offer.others.assumed;
        gate.unread = offer.others.unread;
        gate.request_helps = offer.on_request;
        gate.client = client;
        gate.server = server;
    };
    const auto same = [](const Offer& a, const Offer& b) {
        return a.on == b.on && a.on_request == b.on_request && a.uncertain == b.uncertain && a.certain == b.certain && a.unread == b.unread && a.others == b.others;
    };
    if (same(offers[0], offers[1])) {
        report(offers[0], true, true);
    } else {
        report(offers[0], true, false);
        report(offers[1], false, true);
    }
}

void judge_algorithms(const StateReader& reader, const Effect& so_far, SuiteEffect& entry) {
    const facts::CipherSuite& suite = *entry.suite;
    const auto close = [&](GateKind kind, const AlgorithmEffect* gate) {
        if (!is_closed(gate) && !is_disputed(gate)) return;
        const bool closed = is_closed(gate);
        Gate& added = add(closed ? entry.blocked_by : entry.doubts, kind, gate->name, gate->basis.source, closed && gate->basis.certain);
        added.assumed = gate->basis.assumed;
        added.unread = gate->basis.unread;
        added.alternative_source = gate->basis.alternative_source;
    };
    if (const AlgorithmEffect* cipher = find(so_far.ciphers, suite.ciphers_key); is_closed(cipher)) {
        if (cipher->basis.rule == BasisRule::null_cipher_default) {
            // K245 refuses NULL without a value; the suite pages give it to who asks with SCH_ALLOW_NULL_ENCRYPTION.
            Gate& gate = add(entry.doubts, GateKind::cipher, cipher->name, sources::kb245030, false);
            gate.alternative_source = sources::suite_pages;
        } else {
            close(GateKind::cipher, cipher);
        }
    } else {
        close(GateKind::cipher, cipher);
    }
    if (const AlgorithmEffect* hash = find(so_far.hashes, suite.hashes_key); is_closed(hash) || is_disputed(hash)) {
        if (suite.hashes_key_contested) {
            Gate& gate = add(entry.doubts, GateKind::hash, hash->name, sources::security_admx, false);
            gate.alternative_source = sources::gcm_capture;
        } else {
            close(GateKind::hash, hash);
        }
    }
    const AlgorithmEffect* key_exchange = find(so_far.key_exchanges, suite.kex_key);
    close(GateKind::key_exchange, key_exchange);
    const AlgorithmEffect* authentication = find(so_far.key_exchanges, suite.auth_kex_key);
    if (authentication != key_exchange && (is_closed(authentication) || is_disputed(authentication))) {
        // K245 calls PKCS key exchange and authentication; for ECDHE_RSA and DHE_RSA since Vista nobody says.
        if (reader.build() < vista) {
            close(GateKind::authentication, authentication);
        } else {
            add(entry.doubts, GateKind::authentication, authentication->name, sources::kb245030, false);
        }
    }
    const bool tls13 = suite.min_protocol == "TLS 1.3";
    if (suite.key_exchange != "ECDHE" && !tls13) return;
    if (const AlgorithmEffect* ecdh = find(so_far.key_exchanges, "ECDH"); tls13 && (is_closed(ecdh) || is_disputed(ecdh))) {
        // KB245030 and the registry page are older than TLS 1.3, and its suites name no key exchange.
        add(entry.doubts, GateKind::key_exchange, ecdh->name, sources::gates, false);
    }
    const Answer curve = any_curve(so_far.curves, tls13 ? "TLS 1.3" : "TLS 1.2");
    if (curve == Answer::yes) return;
    // TLS 1.3 has groups that are not curves; whether Schannel can do without a curve there is not documented.
    const bool sure = curve == Answer::no && !tls13;
    Gate& gate = add(sure ? entry.blocked_by : entry.doubts, GateKind::curve, {}, sources::curve_pages, sure);
    gate.assumed = curves_assumed(so_far.curves);
    gate.unread = curves_unread(so_far.curves);
}

void judge_fips(const Effect& so_far, SuiteEffect& entry) {
    if (!so_far.fips.on) return;
    const facts::CipherSuite& suite = *entry.suite;
    const bool approved = (suite.bulk_cipher == "AES" || suite.bulk_cipher == "3DES") && suite.mac_hash != "MD5" &&
                          suite.min_protocol != "SSL 2.0";
    if (!approved) {
        add(entry.blocked_by, GateKind::fips, {}, sources::fips_policy, so_far.fips.basis.certain);
        return;
    }
    // The policy's page, one text for all releases, leaves a single suite with 3DES; the release's own page of suites and SP 800-52r2
    // know AES in FIPS mode, and outweigh it (C7).
    if (suite.name == "TLS_RSA_WITH_3DES_EDE_CBC_SHA" || entry.of_release != nullptr) return;
    Gate& gate = add(entry.doubts, GateKind::fips, {}, sources::fips_policy, false);
    gate.alternative_source = sources::suite_pages;
}

void judge_name(const StateReader& reader, SuiteEffect& entry) {
    if (entry.of_release != nullptr || facts::suites_of(reader.release()).empty()) return;
    if (facts::has_curve_list(reader.release()) && has_curve_suffix(entry.name)) {
        // Seen on a real Server 2016: such entries stay in the list with id 0, no cipher and no protocol. The suite pages say
        // that the curve list overrides the suffix.
        Gate& gate = add(entry.blocked_by, GateKind::dead_name, {}, sources::server_2016_capture, false);
        gate.alternative_source = sources::suite_pages;
        return;
    }
    // Exchange and Skype lists name suffixed suites for 2012 and 2012 R2 that no page has.
    const bool named_by_exchange = entry.suite != nullptr && !entry.suite->curve_suffix.empty();
    Gate& gate = add(entry.blocked_by, GateKind::unknown_name, {}, sources::suite_pages, !named_by_exchange);
    if (named_by_exchange) gate.alternative_source = sources::exchange;
}

/// Gates that are open as far as is known: the state does not speak for them.
void judge_unread(const Effect& so_far, SuiteEffect& entry) {
    const facts::CipherSuite& suite = *entry.suite;
    const auto unread = [](const AlgorithmEffect* gate) { return gate != nullptr && gate->state != GateState::not_supported && gate->basis.assumed; };
    if (so_far.fips.basis.assumed || unread(find(so_far.ciphers, suite.ciphers_key)) || unread(find(so_far.hashes, suite.hashes_key)) ||
        unread(find(so_far.key_exchanges, suite.kex_key)) || unread(find(so_far.key_exchanges, suite.auth_kex_key)) ||
        (suite.min_protocol == "TLS 1.3" && unread(find(so_far.key_exchanges, "ECDH")))) {
        Gate& gate = add(entry.doubts, GateKind::assumed, {}, {}, false);
        gate.assumed = gate.unread = true;
    }
}

bool concerns(const Gate& gate, facts::Role role) { return role == facts::Role::client ? gate.client : gate.server; }

SuiteUse use_of(const SuiteEffect& entry, facts::Role role) {
    SuiteUse use = SuiteUse::yes;
    for (const Gate& gate : entry.blocked_by) {
        if (concerns(gate, role)) use = std::max(use, gate.request_helps ? SuiteUse::on_request : SuiteUse::no);
    }
    return use;
}

/// Sure when a sure gate closes it, or when it is open and nothing is in doubt; else every gate that is open to dispute has its say.
void rest_on_gates(const SuiteEffect& entry, facts::Role role, Basis& basis) {
    const bool surely_closed = std::ranges::any_of(entry.blocked_by, [&](const Gate& gate) {
        return concerns(gate, role) && gate.certain && !gate.request_helps;
    });
    if (surely_closed) return;
    for (const auto* gates : {&entry.blocked_by, &entry.doubts}) {
        for (const Gate& gate : *gates) {
            if (!concerns(gate, role) || (gate.certain && gates == &entry.blocked_by)) continue;
            if (gate.assumed) {
                basis.assume();
            } else {
                basis.dispute({gate.source, gate.alternative_source});
                basis.unread = basis.unread || gate.unread;
            }
        }
    }
}

std::string_view kind_words(GateKind kind) {
    switch (kind) {
        case GateKind::unknown_name: return "unknown name";
        case GateKind::dead_name: return "name with a curve";
        case GateKind::list_limit: return "end of the list";
        case GateKind::bad_spelling: return "spelling";
        case GateKind::key_exchange: return "key exchange";
        case GateKind::fips: return "FIPS mode";
        case GateKind::explicit_request: return "explicit request";
        case GateKind::pre_shared_key: return "pre-shared key";
        default: return gate_kind_name(kind);
    }
}

std::string with_detail(const Gate& gate, std::string_view kind) {
    std::string text(kind);
    if (!gate.detail.empty()) text.append(1, ' ').append(gate.detail);
    if (gate.client != gate.server) text.append(gate.client ? " (client)" : " (server)");
    return text;
}

}  // namespace

std::string_view gate_kind_name(GateKind kind) {
    switch (kind) {
        case GateKind::unknown_name: return "unknown-name";
        case GateKind::dead_name: return "dead-name";
        case GateKind::list_limit: return "list-limit";
        case GateKind::bad_spelling: return "bad-spelling";
        case GateKind::protocol: return "protocol";
        case GateKind::cipher: return "cipher";
        case GateKind::hash: return "hash";
        case GateKind::key_exchange: return "key-exchange";
        case GateKind::authentication: return "authentication";
        case GateKind::curve: return "curve";
        case GateKind::fips: return "fips";
        case GateKind::explicit_request: return "explicit-request";
        case GateKind::assumed: return "assumed";
        case GateKind::strong_crypto: return "strong crypto of the program";
        case GateKind::pre_shared_key: return "pre-shared-key";
    }
    return "unknown-name";
}

Answer carries(const SuiteEffect& entry, std::string_view version) {
    const std::string_view listed = entry.of_release == nullptr ? std::string_view{} : entry.of_release->protocols;
    const bool by_page = listed.find(' ') != std::string_view::npos;  // the page of Vista leaves some open
    // A name of which no table knows anything may stand for a suite only where no page lists the release's suites.
    if (!by_page && entry.suite == nullptr) return Answer::unknown;
    const bool has = by_page ? listed.find(version) != std::string_view::npos : version >= entry.suite->min_protocol && version <= entry.suite->max_protocol;
    if (has) return Answer::yes;
    // The pages have 3DES for TLS alone; a capture of Server 2016 shows SSL 3.0 as well (C15).
    return version == "SSL 3.0" && entry.suite != nullptr && entry.suite->bulk_cipher == "3DES" ? Answer::unknown : Answer::no;
}

std::vector<std::string_view> protocols_of(const SuiteEffect& entry) {
    std::vector<std::string_view> versions;
    std::ranges::copy_if(tls_versions, std::back_inserter(versions), [&](std::string_view version) { return carries(entry, version) == Answer::yes; });
    return versions;
}

Passage passage(const SuiteEffect& entry, facts::Role role) {
    Passage found;
    const auto take = [&](const Gate& gate, bool closes) {
        if (!concerns(gate, role) || gate.kind == GateKind::protocol) return;
        const bool sure = closes && gate.certain;
        (sure ? found.closing : found.doubtful).push_back(&gate);
        if (gate.kind == GateKind::explicit_request) {
            found.asked_for = true;
            return;
        }
        found.answer = weaker(found.answer, sure ? Answer::no : Answer::unknown);
        if (closes) {
            found.read = weaker(found.read, sure || gate.assumed ? Answer::no : Answer::unknown);
        } else if (!gate.assumed) {
            found.read = weaker(found.read, Answer::unknown);
        }
    };
    for (const Gate& gate : entry.blocked_by) take(gate, true);
    for (const Gate& gate : entry.doubts) take(gate, false);
    return found;
}

std::string Gate::to_string() const { return with_detail(*this, gate_kind_name(kind)); }
std::string Gate::words() const { return with_detail(*this, kind_words(kind)); }

void judge_suite(const StateReader& reader, const Effect& so_far, SuiteEffect& entry) {
    judge_name(reader, entry);
    judge_protocols(so_far, entry);
    if (entry.suite != nullptr) {
        judge_algorithms(reader, so_far, entry);
        judge_fips(so_far, entry);
        judge_unread(so_far, entry);
    }
    const bool psk = entry.of_release != nullptr && entry.of_release->list == facts::SuiteList::psk;
    if (psk) {
        add(entry.blocked_by, GateKind::pre_shared_key, {}, entry.of_release->source);
    } else if (entry.of_release != nullptr && entry.of_release->explicit_request_only) {
        add(entry.blocked_by, GateKind::explicit_request, {}, entry.of_release->source).request_helps = true;
    }
    entry.uses = {use_of(entry, facts::Role::client), use_of(entry, facts::Role::server)};
    entry.use_basis = entry.basis;
    for (const facts::Role role : {facts::Role::client, facts::Role::server}) rest_on_gates(entry, role, entry.use_basis);
}

Switch dhe_fault(const StateReader& reader, const Effect& so_far) {
    Switch fault;
    fault.basis = reader.default_basis(BasisRule::dhe_leading_zero, sources::kb4557473);
    const facts::Build build = reader.build();
    // A leading zero of the shared secret is dropped: in 8.1 and older and 1507 for good, in 1607 and 2016 until the updates of
    // February 2020 (14393.3542), never in 1511 nor from 2019 on.
    constexpr std::uint32_t build_1607 = 14393;
    constexpr std::uint32_t revision_fixed = 3542;
    const bool never_fixed = build < facts::Build{10, 0, 10586};
    if (!never_fixed && build.number != build_1607) return fault;
    bool read = false;  // is one there whatever was not read?
    for (const SuiteEffect& entry : so_far.cipher_suites.listed) {
        if (entry.suite == nullptr || entry.suite->key_exchange != "DHE" || !entry.usable()) continue;
        fault.on = true;
        read = read || !entry.use_basis.unread;
    }
    if (so_far.cipher_suites.basis.assumed) fault.basis.assume();
    fault.basis.unread = fault.basis.unread || (fault.on && !read);
    if (never_fixed || !fault.on) return fault;
    if (const std::string_view kb = reader.circumstances().first_of({"KB4537806", "KB4540670"}); !kb.empty()) {
        fault.on = false;
        fault.basis.origin = reader.update_origin(kb);
    } else if (reader.circumstances().revision != 0) {
        fault.on = reader.circumstances().revision < revision_fixed;
    } else {
        fault.basis.certain = false;
        fault.basis.note = "fixed by KB4537806 and KB4540670 (14393.3542)";
    }
    return fault;
}

}  // namespace schancfg::effect
