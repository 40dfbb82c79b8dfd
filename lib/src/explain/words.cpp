// Words that name no row of the facts: attacks, people's short names, keys as tools spell them, services, profiles, the program's own words.
#include <algorithm>

#include "explain/parts.hpp"
#include "explain/terms.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/facts/services.hpp"
#include "schancfg/schannel/builtin.hpp"

namespace schancfg::explain {
namespace {

struct Short {
    std::string_view word, means;
};

constexpr Short shorts[] = {
    {"SSLv2", "SSL 2.0"}, {"SSL2", "SSL 2.0"}, {"SSLv3", "SSL 3.0"}, {"SSL3", "SSL 3.0"}, {"TLSv1", "TLS 1.0"}, {"TLS1", "TLS 1.0"}, {"TLS 1", "TLS 1.0"},
    {"SSL 3", "SSL 3.0"}, {"SSL 2", "SSL 2.0"},
    {"DH", "Diffie-Hellman"}, {"DHE", "Diffie-Hellman"}, {"EDH", "Diffie-Hellman"}, {"ECDHE", "ECDH"}, {"RSA key exchange", "PKCS"}, {"RSA", "PKCS"},
    {"TripleDES", "Triple DES 168"}, {"Triple DES", "Triple DES 168"}, {"AES 128", "AES 128/128"}, {"AES-128", "AES 128/128"}, {"AES 256", "AES 256/256"},
    {"AES-256", "AES 256/256"}, {"RC4-128", "RC4 128/128"}, {"DES", "DES 56/56"}, {"SHA-1", "SHA"},
    {"ML-KEM", "x25519_mlkem768"}, {"MLKEM", "x25519_mlkem768"}, {"X25519MLKEM768", "x25519_mlkem768"}, {"Kyber", "x25519_mlkem768"},
    {"post-quantum", "x25519_mlkem768"}, {"PQC", "x25519_mlkem768"},
    {"EMS", "extended-master-secret"}, {"RFC 7627", "extended-master-secret"}, {"renegotiation", "strict-renegotiation"}, {"secure renegotiation", "strict-renegotiation"},
    {"RFC 5746", "strict-renegotiation"}, {"mTLS", "client-certificate"}, {"mutual TLS", "client-certificate"}, {"client certificates", "client-certificate"},
    {"ALPN", "no-application-protocol"}, {"cipher suite order", "Functions"}, {"suite order", "Functions"}, {"SSL cipher suite order", "Functions"},
    {"cipher order", "Functions"}, {"ECC curve order", "EccCurves"}, {"curve order", "EccCurves"}, {"supported groups", "EccCurves"}, {"strong crypto", "SchUseStrongCrypto"},
    {"FIPS mode", "fips"}, {"FIPS 140", "fips"}, {"00010002", "Functions"},
};

/// `2014`, `4.8`, `1.0.2k`, `7u101`, `R2`: what may stand behind the name of a program.
bool is_version(std::string_view word) {
    if (same_word(word, "R2") || same_word(word, "SE")) return true;
    return !word.empty() && ascii::is_digit(word.front()) && std::ranges::all_of(word, [](char c) { return ascii::is_alphanumeric(c) || c == '.' || c == '_'; });
}

/// `SQL Server 2008 R2` is `SQL Server`; empty: there is no version behind a name.
std::string_view without_version(std::string_view word) {
    std::string_view rest = word;
    for (std::size_t at = rest.rfind(' '); at != std::string_view::npos && is_version(rest.substr(at + 1)); at = rest.rfind(' ')) rest = rest.substr(0, at);
    return rest.size() == word.size() ? std::string_view{} : rest;
}

bool names_it(std::string_view names, std::string_view word) {
    while (!names.empty()) {
        const std::size_t end = std::min(names.find('|'), names.size());
        if (same_word(names.substr(0, end), word)) return true;
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return false;
}

Explanation of(const Term& term) {
    Explanation out;
    out.kind = term.kind;
    out.name = term.names.substr(0, term.names.find('|'));
    out.summary = term.summary;
    add_detail(out, "check first", term.check);
    add_detail(out, "then", term.fix);
    add_detail(out, "look up", term.look_up);
    if (!term.trap.empty()) out.traps.push_back(term.trap);
    add_sources(out, term.source);
    return out;
}

Explanation of(const facts::Service& service) {
    Explanation out;
    out.kind = "service";
    out.name = service.word;
    out.summary = std::string(service.name) + ": which protocols it takes of those that Schannel has";
    add_detail(out, "port", service.port);
    add_detail(out, "supposes", service.product);
    std::vector<std::string_view> narrows, troubles;
    const auto add_once = [](std::vector<std::string_view>& to, std::string_view text) {
        if (!text.empty() && std::ranges::find(to, text) == to.end()) to.push_back(text);
    };
    add_defaults(out, facts::role_name(service.role), [&](const facts::Release& release) {
        const facts::ServiceReach& reach = facts::service_reach(service.id, release);
        add_sources(out, reach.source);
        add_once(narrows, reach.narrows);
        add_once(troubles, reach.trouble_13);
        switch (reach.choice) {
            case facts::ServiceChoice::schannel: return std::string("what Schannel has");
            case facts::ServiceChoice::up_to: return "up to " + std::string(reach.newest);
            case facts::ServiceChoice::not_documented: break;
        }
        return std::string("TLS 1.3 is not documented");
    });
    for (const std::string_view each : narrows) add_detail(out, "to know", each);
    for (const std::string_view each : troubles) add_detail(out, "with TLS 1.3", each);
    return out;
}

}  // namespace

std::string canonical_word(std::string_view word) {
    std::string out(word);
    // As code writes a backslash. A path of a share begins with two, and is none of ours.
    for (std::size_t at = out.find("\\\\"); at != std::string::npos; at = out.find("\\\\", at)) out.erase(at, 1);
    for (const std::string_view lead : {"Registry::", "Computer\\", "Microsoft.PowerShell.Core\\Registry::"}) {
        if (same_word(std::string_view(out).substr(0, lead.size()), lead)) out.erase(0, lead.size());
    }
    constexpr Short roots[] = {{"HKEY_LOCAL_MACHINE\\", "HKLM\\"}, {"HKLM:\\", "HKLM\\"}, {"HKEY_CURRENT_USER\\", "HKCU\\"}, {"HKCU:\\", "HKCU\\"}};
    for (const Short& root : roots) {
        if (same_word(std::string_view(out).substr(0, root.word.size()), root.word)) out.replace(0, root.word.size(), root.means);
    }
    while (out.ends_with('\\')) out.pop_back();
    if (out.starts_with('[') && out.ends_with(']')) return canonical_word(std::string_view(out).substr(1, out.size() - 2));
    // `...\Protocols\TLS 1.2\Server` and `...\Ciphers\RC4 128/128` are reported with the protocol and the cipher.
    for (const std::string_view parent : {"\\Protocols\\", "\\Ciphers\\", "\\Hashes\\", "\\KeyExchangeAlgorithms\\"}) {
        const auto found = std::ranges::search(out, parent, [](char a, char b) { return same_word({&a, 1}, {&b, 1}); });
        if (found.empty()) continue;
        const std::string below(found.end(), out.end());
        if (below.starts_with('<')) break;
        return below.substr(0, below.find('\\'));
    }
    return out;
}

std::string_view long_name(std::string_view word) {
    const auto* found = std::ranges::find_if(shorts, [&](const Short& row) { return same_word(row.word, word); });
    return found == std::end(shorts) ? std::string_view{} : found->means;
}

void explain_terms(std::string_view word, Explanations& into) {
    for (const auto& table : {terms(), neighbours()}) {
        for (const Term& term : table) {
            if (names_it(term.names, word)) into.push_back(of(term));
        }
    }
    for (const facts::Service& service : facts::services()) {
        if (&service == facts::find_service(word) || (!service.port.empty() && service.port == word)) into.push_back(of(service));
    }
    if (const schannel::BuiltinProfile* profile = schannel::find_builtin_profile(word)) {
        Explanation out;
        out.kind = "profile";
        out.name = profile->name;
        constexpr std::string_view description = "\ndescription = \"";
        const std::string_view text = profile->text.substr(profile->text.find(description) + description.size());
        out.summary = text.substr(0, text.find('"'));
        add_detail(out, "check first", "`schancfg diff " + out.name + "` shows what it would change on a machine");
        add_detail(out, "then", "`schancfg profiles` shows every value that it asks for");
        into.push_back(std::move(out));
    }
}

void explain_products(std::string_view word, Explanations& into) {
    const std::string_view name = without_version(word);
    if (name.empty()) return;
    for (const Term& term : neighbours()) {
        if (term.kind == "program" && names_it(term.names, name)) into.push_back(of(term));
    }
    for (const facts::Service& service : facts::services()) {
        if (&service == facts::find_service(name) || same_word(service.name, name)) into.push_back(of(service));
    }
}

std::vector<std::string> term_words() {
    std::vector<std::string> words;
    for (const auto& table : {terms(), neighbours()}) {
        for (const Term& term : table) words.emplace_back(term.names.substr(0, term.names.find('|')));
    }
    for (const facts::Service& service : facts::services()) words.emplace_back(service.word);
    return words;
}

}  // namespace schancfg::explain
