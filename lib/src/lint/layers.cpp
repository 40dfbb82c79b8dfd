#include <algorithm>
#include <array>
#include <cstdio>

#include "lint/subject.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::lint {
namespace {

using facts::Role;

constexpr std::string_view winhttp = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp";
constexpr std::string_view winhttp_32 = "SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp";
constexpr std::array<std::string_view, 4> dotnet_keys{
    "SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727", "SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v2.0.50727",
    "SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319", "SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319"};

void lint_twin(Subject& subject, std::string_view path, std::string_view twin, std::string_view name) {
    // Where both differ one finding is enough.
    const bool of_64 = subject.find(path, name) != nullptr;
    const std::string_view own = of_64 ? path : twin, other = of_64 ? twin : path;
    const Item* item = subject.find(own, name);
    if (item == nullptr || subject.number(own, name) == subject.number(other, name)) return;
    if (!subject.number(other, name) && !subject.speaks_for(other)) return;
    subject.report(Rule::wow64_twin, *item, std::string(name).append(of_64 ? " is set for 64-bit programs, and not alike for 32-bit ones"
                                                                        : " is set for 32-bit programs, and not alike for 64-bit ones"));
}

// KB3140245: SSL 2.0 8, SSL 3.0 0x20, TLS 1.0 0x80, TLS 1.1 0x200, TLS 1.2 0x800, TLS 1.3 0x2000.
void lint_mask(Subject& subject, std::string_view key) {
    constexpr std::uint32_t known = 0x8 | 0x20 | 0x80 | 0x200 | 0x800 | 0x2000, old = 0x8 | 0x20 | 0x80 | 0x200;
    const Item* item = subject.find(key, "DefaultSecureProtocols");
    if (item == nullptr || !item->number()) return;
    const std::uint32_t mask = *item->number();
    if ((mask & old) != 0) {
        std::vector<std::string> names;
        for (const auto& [bit, name] : {std::pair{0x8U, "SSL 2.0"}, {0x20U, "SSL 3.0"}, {0x80U, "TLS 1.0"}, {0x200U, "TLS 1.1"}}) {
            if ((mask & bit) != 0) names.emplace_back(name);
        }
        subject.report(Rule::weak_protocol, *item, "WinHTTP is to offer " + some_of(names));
    }
    if ((mask & ~known) != 0) {
        std::array<char, 12> bits{};
        std::snprintf(bits.data(), bits.size(), "0x%X", mask & ~known);
        subject.report(Rule::winhttp_refused, *item, std::string("the mask of WinHTTP holds bits that no protocol is documented for: ").append(bits.data()), Severity::note);
    }
}

void lint_winhttp(Subject& subject) {
    lint_twin(subject, winhttp, winhttp_32, "DefaultSecureProtocols");
    lint_mask(subject, winhttp);
    if (subject.number(winhttp, "DefaultSecureProtocols") != subject.number(winhttp_32, "DefaultSecureProtocols")) lint_mask(subject, winhttp_32);
    const effect::Effect* effect = subject.effect();
    if (effect == nullptr) return;
    for (const effect::WinHttpEffect& view : effect->winhttp) {
        const Item* item = subject.find(view.basis);
        if (item == nullptr) continue;
        if (view.basis.rule == effect::BasisRule::winhttp_mask_needs_update) {
            subject.report(Rule::needs_update, *item, std::string(view.basis.note));
            continue;
        }
        for (const effect::LayerProtocol& protocol : view.protocols) {
            if (protocol.usable() || protocol.schannel == effect::ProtocolState::uncertain) continue;
            if (protocol.works != effect::Answer::no && protocol.basis.unread) continue;
            const bool missing = protocol.schannel == effect::ProtocolState::not_supported;
            subject.report(Rule::winhttp_refused, *item,
                           std::string("WinHTTP is to offer ").append(protocol.name).append(missing ? ", which this release does not have"
                                                                                                    : ", which Schannel refuses to clients"),
                           missing ? std::optional(Severity::note) : std::nullopt);
        }
    }
}

void lint_dotnet(Subject& subject) {
    for (const std::string_view name : {"SchUseStrongCrypto", "SystemDefaultTlsVersions"}) {
        lint_twin(subject, dotnet_keys[0], dotnet_keys[1], name);
        lint_twin(subject, dotnet_keys[2], dotnet_keys[3], name);
        for (const std::string_view key : dotnet_keys) {
            const Item* item = subject.find(key, name);
            if (item == nullptr) continue;
            const bool strong = name == "SchUseStrongCrypto";
            const std::string_view twin = strong ? "SystemDefaultTlsVersions" : "SchUseStrongCrypto";
            const auto other = subject.number(key, twin);
            if (item->number() == 0U) {
                subject.report(Rule::dotnet_legacy, *item,
                               !strong        ? std::string(name) + " is 0: programs that choose nothing stay with old protocols"
                               : other == 1U ? std::string(name) + " is 0: strong crypto is off, so weak suites are offered"
                                             : std::string(name) + " is 0: programs that choose nothing stay with old protocols and weak suites");
            } else if (!other) {
                subject.report(Rule::dotnet_pair, *item, std::string(name).append(" is set and ").append(twin).append(" is not: each has an effect of its own"));
            }
        }
    }
    for (const std::string_view key : {dotnet_keys[0], dotnet_keys[1]}) {
        const Item* strong = subject.find(key, "SchUseStrongCrypto");
        if (strong != nullptr && strong->number().value_or(0) != 0 && subject.number(key, "SystemDefaultTlsVersions").value_or(0) == 0) {
            subject.report(Rule::dotnet35_strong_crypto, *strong, "strong cryptography is on for .NET 3.5, and SystemDefaultTlsVersions is not");
        }
    }
}

// The trust of a proxy is made by 64-bit .NET 4 as a client, against the server side of AD FS.
void lint_adfs(Subject& subject) {
    if (subject.release() != nullptr && !subject.release()->server) return;
    const std::string_view key = dotnet_keys[2];
    if (!subject.speaks_for(key)) return;
    if (subject.number(key, "SchUseStrongCrypto").value_or(0) != 0 || subject.number(key, "SystemDefaultTlsVersions").value_or(0) != 0) return;
    for (const Role role : {Role::client, Role::server}) {
        const std::string path = std::string(schannel_path).append("\\Protocols\\TLS 1.0\\").append(facts::role_key(role));
        const Item* item = subject.find(path, "Enabled");
        if (item == nullptr || item->number() != 0U) continue;
        subject.report(Rule::adfs_lock_out, *item,
                       role == Role::client ? "TLS 1.0 is off for clients, and .NET 4 is not configured to use anything newer"
                                            : "TLS 1.0 is off for servers; proxies of AD FS need .NET strong cryptography to come through",
                       role == Role::client ? Severity::warning : Severity::note);
    }
}

}  // namespace

void lint_layers(Subject& subject) {
    lint_winhttp(subject);
    lint_dotnet(subject);
    lint_adfs(subject);
}

// What a state is like although nobody set it.
void lint_defaults(Subject& subject) {
    const effect::Effect* effect = subject.effect();
    if (!subject.defaults || effect == nullptr) return;
    for (const effect::WeakPoint& point : effect->weak) {
        const bool of_list = point.kind == effect::Weakness::weak_cipher_suite || point.kind == effect::Weakness::no_forward_secrecy;
        if (of_list && subject.find(effect->cipher_suites.basis) != nullptr) continue;
        if (point.kind == effect::Weakness::dhe_leading_zero && subject.find(effect->cipher_suites.basis) != nullptr) continue;
        if (point.kind == effect::Weakness::no_protocol || point.kind == effect::Weakness::no_cipher_suite) continue;  // alarms
        const std::string text = point.subject + (point.role.empty() ? "" : " (" + std::string(point.role) + ")") + ": " + point.detail;
        if (point.kind == effect::Weakness::weak_protocol) {
            const effect::ProtocolEffect* protocol = effect->protocol(point.subject);
            const auto is_set = [&](Role role) { return protocol != nullptr && subject.find(protocol->of(role).basis) != nullptr; };
            // What the file sets has a finding of its own; of a point of both roles the other one is left.
            const bool of_client = point.role != "server" && !is_set(Role::client), of_server = point.role != "client" && !is_set(Role::server);
            if (!of_client && !of_server) continue;
            if (point.role.empty() && of_client != of_server) {
                subject.report(Rule::weak_default, point.subject + (of_client ? " (client): " : " (server): ") + point.detail);
                continue;
            }
        }
        if (point.kind == effect::Weakness::short_key) {
            const auto is_set = [&](const effect::KeyExchangeEffect& exchange) {
                return point.subject.starts_with(exchange.algorithm.name) &&
                       subject.find(point.role == "server" ? exchange.server_min_bits.basis : exchange.client_min_bits.basis) != nullptr;
            };
            if (std::ranges::any_of(effect->key_exchanges, is_set)) continue;
        }
        if (point.kind == effect::Weakness::insecure_renegotiation &&
            subject.find(point.role == "client" ? effect->renegotiation.client_basis : effect->renegotiation.server_basis) != nullptr) {
            continue;
        }
        subject.report(Rule::weak_default, text);
    }
    if (!effect->signatures.sha512.on && !effect->signatures.sha512.basis.unread) {
        subject.report(Rule::sha512_certificates, std::string("a certificate signed with SHA-512 breaks TLS 1.2 here")
                                                  .append(effect->signatures.sha512.basis.certain ? "" : " without KB2973337"));
    }
}

}  // namespace schancfg::lint
