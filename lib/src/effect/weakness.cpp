#include "schancfg/effect/weakness.hpp"

#include <algorithm>
#include <array>

#include "schancfg/effect/effect.hpp"
#include "schancfg/facts/weak.hpp"

namespace schancfg::effect {
namespace {

using facts::Role;

constexpr Role roles[] = {Role::client, Role::server};

void add_protocols(const Effect& effect, std::vector<WeakPoint>& weak) {
    for (const ProtocolReach& client : effect.reach(Role::client).protocols) {
        if (!facts::is_weak_protocol(client.name)) continue;
        const ProtocolReach& server = *effect.reach(Role::server).find(client.name);
        const auto of = [&](Role role) -> const ProtocolReach& { return role == Role::client ? client : server; };
        const auto wanted = [&](Role role) {
            const ReachState state = of(role).state;
            // What nothing but an unread switch would leave on is nobody's fault.
            if (effect.protocol(client.name)->of(role).basis.unread) return false;
            return state == ReachState::on || state == ReachState::on_request || state == ReachState::uncertain;
        };
        const auto add = [&](const ProtocolReach& reach, std::string_view role) {
            WeakPoint point{Weakness::weak_protocol, std::string(reach.name), role, {}, reach.basis.certain, reach.state == ReachState::on_request, reach.basis};
            // The switches were read: wanted() has seen to that. Their suites may not have been, and one that has none is not on.
            const std::string by_switch = reach.basis.unread ? " by its switch" : "";
            point.detail = reach.state == ReachState::on           ? "is on" + by_switch
                           : reach.state == ReachState::on_request ? "is there" + by_switch + " for applications that name it"
                                                                   : "may be on" + by_switch + ": nobody says for sure what this release does";
            weak.push_back(std::move(point));
        };
        if (wanted(Role::client) && client.state == server.state && client.basis.certain == server.basis.certain && client.basis.unread == server.basis.unread) {
            add(client, {});
            continue;
        }
        for (const Role role : roles) {
            if (wanted(role)) add(of(role), facts::role_name(role));
        }
    }
    for (const Role role : roles) {
        const bool any = std::ranges::any_of(effect.protocols, [&](const ProtocolEffect& protocol) {
            return protocol.name.starts_with("TLS ") && (protocol.of(role).usable() || protocol.of(role).state == ProtocolState::uncertain);
        });
        if (!any) {
            Basis basis;
            for (const ProtocolReach& protocol : effect.reach(role).protocols) {
                const bool counts = protocol.name == "SSL 3.0" || protocol.name.starts_with("TLS ");
                if (counts && protocol.usable() == Answer::unknown) basis.rest_on(protocol.basis);
            }
            if (basis.unread) continue;
            weak.push_back({Weakness::no_protocol, "TLS", facts::role_name(role), // SSL 3.0 is no TLS version, and something can connect all the same.
                            effect.reach(role).at_all == Answer::yes ? "no TLS version is left" : "no TLS version is left: nothing can connect",
                            basis.certain, false, basis});
        }
    }
}

struct SuiteClass {
    Weakness kind;
    std::string_view subject, what;
    bool (*belongs)(const facts::CipherSuite&);
};

// What RFC 7465 (RC4), RFC 9325 (NULL, export, DES; no forward secrecy) and SWEET32 (3DES, 64-bit blocks) advise against.
constexpr SuiteClass classes[] = {
    {Weakness::weak_cipher_suite, "NULL", "without encryption", [](const facts::CipherSuite& suite) { return suite.bulk_cipher == "NULL"; }},
    {Weakness::weak_cipher_suite, "export", "with export keys",
     [](const facts::CipherSuite& suite) { return suite.bulk_cipher != "NULL" && suite.effective_bits < 56; }},
    {Weakness::weak_cipher_suite, "DES", "with DES",
     [](const facts::CipherSuite& suite) { return suite.bulk_cipher == "DES" && suite.effective_bits >= 56; }},
    {Weakness::weak_cipher_suite, "RC4", "with RC4",
     [](const facts::CipherSuite& suite) { return suite.bulk_cipher == "RC4" && suite.effective_bits >= 56; }},
    {Weakness::weak_cipher_suite, "3DES", "with 3DES", [](const facts::CipherSuite& suite) { return suite.bulk_cipher == "3DES"; }},
    {Weakness::no_forward_secrecy, "RSA key exchange", "without forward secrecy",
     [](const facts::CipherSuite& suite) { return !suite.forward_secrecy && suite.bulk_cipher == "AES"; }},
};

void add_suites(const Effect& effect, std::vector<WeakPoint>& weak) {
    if (effect.cipher_suites.basis.unread) return;
    for (const SuiteClass& each : classes) {
        for (const SuiteUse use : {SuiteUse::yes, SuiteUse::on_request}) {
            std::size_t count = 0;
            std::string_view first;
            Basis basis;
            for (const SuiteEffect& suite : effect.cipher_suites.listed) {
                // What nothing but an unread switch leaves in use is nobody's fault either.
                if (suite.suite == nullptr || suite.use() != use || suite.use_basis.unread || !each.belongs(*suite.suite)) continue;
                if (count++ == 0) first = suite.name;
                if (count == 1 && !suite.use_basis.undisputed()) basis = suite.use_basis;
                else basis.rest_on(suite.use_basis);
            }
            if (count == 0) continue;
            std::string detail = count == 1 ? std::string("one suite ") : std::to_string(count) + " suites ";
            detail.append(each.what).append(": ").append(first);
            if (count > 1) detail.append(count == 2 ? " and one more" : " and " + std::to_string(count - 1) + " more");
            if (use == SuiteUse::on_request) detail.append(", for applications that ask for it");
            weak.push_back({each.kind, std::string(each.subject), {}, std::move(detail), basis.certain, use == SuiteUse::on_request, basis});
        }
    }
    // On explicit request alone (NULL) is not usable. Where no protocol is on, that is what is said.
    if (std::ranges::none_of(effect.cipher_suites.listed, [](const SuiteEffect& suite) { return suite.use() == SuiteUse::yes; }) &&
        !effect.cipher_suites.listed.empty()) {
        // Nothing of it is known to be usable; whether anything is, is as certain as the list and what takes each of its names away.
        Basis basis = effect.cipher_suites.basis;
        for (const SuiteEffect& suite : effect.cipher_suites.listed) {
            const bool asked = std::ranges::any_of(suite.blocked_by, [](const Gate& gate) { return gate.kind == GateKind::explicit_request; });
            if (!asked) basis.rest_on(suite.use_basis);
        }
        if (basis.unread) return;
        const bool asked_for = std::ranges::any_of(effect.cipher_suites.listed, [](const SuiteEffect& suite) { return suite.usable(); });
        weak.push_back({Weakness::no_cipher_suite, "cipher suites", {},
                        asked_for ? "every suite left of the list works on explicit request only: nothing can connect by default"
                                  : "no suite of the list is usable: nothing can connect",
                        basis.certain, false, basis});
    }
}

void add_key_lengths(const Effect& effect, std::vector<WeakPoint>& weak) {
    constexpr std::uint32_t enough = 2048;  // NIST SP 800-131A: 112 bits of security
    const auto add = [&](const KeyExchangeEffect& exchange, std::string_view what, std::string_view role, const BitLimit& limit) {
        if (limit.basis.unread || !limit.bits || *limit.bits >= enough || exchange.algorithm.state != GateState::on) return;
        weak.push_back({Weakness::short_key, std::string(exchange.algorithm.name).append(1, ' ').append(what), role,
                        (role == "client" ? "accepts keys from " : "uses keys of ") + std::to_string(*limit.bits) + " bits",
                        limit.basis.certain, false, limit.basis});
    };
    for (const KeyExchangeEffect& exchange : effect.key_exchanges) {
        add(exchange, "client_min_bits", "client", exchange.client_min_bits);
        add(exchange, "server_min_bits", "server", exchange.server_min_bits);
    }
}

void add_faults(const Effect& effect, std::vector<WeakPoint>& weak) {
    if (!effect.dhe_fault.on || effect.dhe_fault.basis.unread) return;
    weak.push_back({Weakness::dhe_leading_zero, "TLS_DHE suites", {}, "about one handshake in 256 fails on this release",
                    effect.dhe_fault.basis.certain, false, effect.dhe_fault.basis});
}

std::string targeting(std::string_view target) {
    return std::string(target.starts_with("before") ? "applications targeting versions " : "applications targeting ").append(target);
}

void add_layers(const Effect& effect, std::vector<WeakPoint>& weak) {
    const RenegotiationEffect& renegotiation = effect.renegotiation;
    if (renegotiation.client == Renegotiation::compatible && !renegotiation.client_basis.unread) {
        weak.push_back({Weakness::insecure_renegotiation, "renegotiation", "client", "accepts servers without RFC 5746",
                        renegotiation.client_basis.certain, false, renegotiation.client_basis});
    }
    if (renegotiation.server == Renegotiation::compatible && !renegotiation.server_basis.unread) {
        weak.push_back({Weakness::insecure_renegotiation, "renegotiation", "server", "accepts clients without RFC 5746",
                        renegotiation.server_basis.certain, false, renegotiation.server_basis});
    }
    for (const DotnetEffect& dotnet : effect.dotnet) {
        for (const DotnetCase& each : dotnet.cases) {
            if (each.basis.unread || each.system_default_tls_versions.on || uses_strong_crypto(each)) continue;
            weak.push_back({Weakness::dotnet_legacy, std::string(".NET ").append(dotnet.version).append(1, ' ').append(view_name(dotnet.view)),
                            "client", targeting(each.target) + " offer SSL 3.0 and TLS 1.0 alone", each.basis.certain, false, each.basis});
        }
    }
}

}  // namespace

std::string_view weakness_id(Weakness kind) {
    switch (kind) {
        case Weakness::dhe_leading_zero: return "dhe-leading-zero";
        case Weakness::dotnet_legacy: return "dotnet-legacy";
        case Weakness::insecure_renegotiation: return "insecure-renegotiation";
        case Weakness::no_cipher_suite: return "no-cipher-suite";
        case Weakness::no_forward_secrecy: return "no-forward-secrecy";
        case Weakness::no_protocol: return "no-protocol";
        case Weakness::short_key: return "short-key";
        case Weakness::weak_cipher_suite: return "weak-cipher-suite";
        case Weakness::weak_protocol: break;
    }
    return "weak-protocol";
}

std::vector<WeakPoint> weak_points(const Effect& effect) {
    std::vector<WeakPoint> weak;
    add_protocols(effect, weak);
    add_suites(effect, weak);
    add_key_lengths(effect, weak);
    add_faults(effect, weak);
    add_layers(effect, weak);
    return weak;
}

}  // namespace schancfg::effect
