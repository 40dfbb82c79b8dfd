// Words that name no row of the facts: attacks, people's short names, keys as tools spell them, services, profiles, the program's own words.
#include <algorithm>

#include "explain/parts.hpp"
#include "schancfg/facts/services.hpp"
#include "schancfg/schannel/builtin.hpp"

namespace schancfg::explain {
namespace {

struct Term {
    std::string_view kind, names;  ///< names with `|` between, the first is shown
    std::string_view summary;
    std::string_view check;        ///< what to do next, first
    std::string_view fix;
    std::string_view look_up;      ///< words that explain more; may be empty
    std::string_view trap;         ///< a rule of lint; may be empty
    std::string_view source;
};

constexpr Term terms[] = {
    {"attack", "SWEET32|CVE-2016-2183", "block ciphers of 64 bits, 3DES above all, leak after very much data in one connection",
     "Is a suite with 3DES usable? `schancfg status` lists it, a scan shows it on a server.",
     "Take TLS_RSA_WITH_3DES_EDE_CBC_SHA out of the suite list, or set \"Triple DES 168\" = \"disabled\" in [ciphers].", "3DES", "weak-cipher",
     "CVE-2016-2183; sweet32.info"},
    {"attack", "POODLE|CVE-2014-3566", "padding of SSL 3.0 can be guessed, and clients can be pushed down to it", "Does either end still have SSL 3.0 on?",
     "Set \"SSL 3.0\" = \"disabled\" in [protocols], for both roles.", "SSL 3.0", "weak-protocol", "CVE-2014-3566; RFC 7568"},
    {"attack", "LOGJAM|CVE-2015-4000", "short Diffie-Hellman groups can be computed", "How long is the group? A scan of the server shows it.",
     "Set server_min_bits = 2048 of Diffie-Hellman in [key_exchange_algorithms]; clients take 1024 bits and more by default.", "dh-too-short",
     "key-too-short", "CVE-2015-4000; weakdh.org; KB3061518"},
    {"attack", "FREAK|CVE-2015-0204", "export suites with RSA keys of 512 bits can be forced on a client", "Is a suite with EXPORT in its name usable?",
     "Leave export suites out of the suite list; Windows since Vista does not offer them by default.", "", "weak-cipher", "CVE-2015-0204; CVE-2015-1637 (MS15-031)"},
    {"attack", "BEAST|CVE-2011-3389", "the first bytes of CBC records can be guessed in TLS 1.0 and SSL 3.0", "Is TLS 1.0 still needed?",
     "Turn TLS 1.0 off; where it has to stay, KB2643584 splits records.", "TLS 1.0", "weak-protocol", "CVE-2011-3389; KB2643584 (MS12-006)"},
    {"attack", "ROBOT|Bleichenbacher", "an implementation that tells padding errors of RSA key exchange apart leaks the key exchange",
     "Are suites that begin with TLS_RSA_ usable on the server? Schannel itself was not reported as affected.",
     "Take the TLS_RSA_ suites out of the list: without = [\"TLS_RSA_*\"].", "PKCS", "", "CVE-2017-13099 and others; robotattack.org"},
    {"attack", "DROWN|CVE-2016-0800", "a server that has SSL 2.0 on with the same key gives away its TLS sessions",
     "Has any server with this key SSL 2.0 on? Windows 10 1607, Server 2016 and later do not have it.", "Set \"SSL 2.0\" = \"disabled\" in [protocols].",
     "SSL 2.0", "weak-protocol", "CVE-2016-0800; drownattack.com"},
    {"attack", "Raccoon|CVE-2020-1968", "leading zeros of a Diffie-Hellman secret leak by timing when the server reuses its key",
     "Are TLS_DHE suites usable on the server? Microsoft named its fix CVE-2020-1596.", "Install updates of September 2020 or later, or take TLS_DHE out of the list.",
     "Diffie-Hellman", "", "CVE-2020-1968; CVE-2020-1596; raccoon-attack.com"},
    {"attack", "CRIME|CVE-2012-4929", "compression of TLS leaks secrets", "Nothing to check: Schannel has no TLS compression.", "Nothing to do.", "", "", "CVE-2012-4929"},
    {"attack", "Lucky 13|Lucky13|Lucky Thirteen|CVE-2013-0169", "timing of the padding check of CBC suites", "Are CBC suites first in the list?",
     "Put the suites with GCM first.", "", "", "CVE-2013-0169"},
    {"attack", "Heartbleed|CVE-2014-0160", "OpenSSL 1.0.1 gives away its memory", "Nothing to check on Windows: Schannel is not OpenSSL.",
     "Update OpenSSL where a program brings its own.", "", "", "CVE-2014-0160"},
    {"attack", "WinShock|MS14-066|CVE-2014-6321", "a message to a Schannel of before November 2014 could run code",
     "Is the update of November 2014 (KB2992611) or any later one installed?", "Install updates.", "KB2992611", "", "CVE-2014-6321; MS14-066"},
    {"attack", "Bar Mitzvah|RC4 NOMORE|NOMORE|CVE-2015-2808|CVE-2013-2566", "the first bytes that RC4 encrypts with can be guessed, and much data gives cookies away",
     "Is a suite with RC4 usable? `schancfg status` lists it, a scan shows it on a server.",
     "Set each \"RC4 .../128\" = \"disabled\" in [ciphers], or take the suites with RC4 out of the list.", "RC4 128/128", "rc4-partly-off",
     "CVE-2015-2808; CVE-2013-2566; RFC 7465"},
    {"attack", "insecure renegotiation|CVE-2009-3555", "an attacker in between can put a request before that of a client",
     "Does each end know RFC 5746? Windows does since KB980436, and accepts ends that do not by default.",
     "Set AllowInsecureRenegoClients and AllowInsecureRenegoServers to 0 where every peer knows RFC 5746.", "AllowInsecureRenegoClients", "",
     "CVE-2009-3555; RFC 5746; KB980436"},
    {"attack", "Triple handshake|3SHAKE|CVE-2014-1295", "a server in between can make two sessions look the same, and take over a client's certificate",
     "Do both ends have the extended master secret (RFC 7627)?", "Leave the extended master secret on: Windows has it on by default.", "extended-master-secret", "",
     "RFC 7627"},
    {"term", "forward secrecy|perfect forward secrecy|PFS", "the key of a certificate does not open what was recorded earlier: key exchange by ECDHE or DHE, and all of TLS 1.3",
     "Are suites that begin with TLS_RSA_ usable? `schancfg status` lists them.", "Take them out of the list: without = [\"TLS_RSA_*\"].", "ECDH",
     "no-forward-secrecy", "RFC 9325"},
    {"term", "RSA 1024|RSA below 2048|weak RSA|RSA key length",
     "RSA keys below 2048 bits in certificates from public roots: Windows announced their deprecation for clients in 2024",
     "How long is the certificate's key? certutil -dump CERTIFICATE", "Make a certificate with 2048 bits or more; certificates of your own PKI are not concerned.",
     "certificate-key-too-short", "key-too-short", "techcommunity.microsoft.com ba-p/4134028"},
    {"term", "GCM|AES-GCM|AES GCM|AEAD", "encryption that also protects against changes; the suites with GCM need TLS 1.2 or later",
     "Which suites with GCM has the release, for which kind of certificate? `schancfg status` lists them: up to 2012 R2 there is none with ECDHE and RSA.",
     "Put them first: first = [\"*_GCM_*\"].", "AES 256/256", "", "RFC 5288; RFC 5289; RFC 9325"},
    {"term", "CBC|CBC mode", "encryption of suites up to TLS 1.2 whose padding has been attacked again and again; scanners call it weak",
     "Do all peers have a suite with GCM? `schancfg diff` with their scans says who does not.",
     "Take them out of the list: without = [\"*_CBC_*\"], or put those with GCM first.", "Lucky 13", "", "RFC 9325, 4.2"},
    {"term", "CredSSP|NLA|Network Level Authentication", "how Remote Desktop and WinRM hand credentials over; it runs inside TLS",
     "Is the update of May 2018 (CVE-2018-0886) on both ends?", "Install updates on both ends; TLS settings do not matter here.", "rdp", "", "CVE-2018-0886"},
    {"term", "SNI|Server Name Indication", "the name that a client asks for in its first message, by which a server picks the certificate",
     "Does the client send the name? Without it the binding without a name answers, with its certificate.", "Schannel has no setting for it: programs send it.", "", "",
     "RFC 6066, 3"},
    {"word", "profile", "a TOML file that says what the TLS settings of a machine should be", "`schancfg profiles` lists those that ship.",
     "`schancfg diff PROFILE` shows what one would change.", "", "", "schancfg documentation"},
    {"word", "state", "what a registry holds in the managed keys", "`schancfg status` shows it with its effect.", "", "", "", "schancfg documentation"},
    {"word", "source", "anything a state can be read from: live, a .reg file, a hive, os:RELEASE, a policy folder", "`schancfg help` lists the spellings.", "", "", "", "schancfg documentation"},
    {"word", "target", "a source that can also be written", "`schancfg help apply`", "", "", "", "schancfg documentation"},
    {"word", "plan", "the ordered registry changes that turn a state into what a profile asks", "`schancfg diff` shows and saves one.",
     "`schancfg apply PLAN.json` carries it out.", "", "", "schancfg documentation"},
    {"word", "effect", "what Schannel does with a state on a given Windows release", "`schancfg status` shows it.", "", "", "", "schancfg documentation"},
    {"word", "peer", "the other end of a TLS connection, known from a scan, a file or its own state", "`schancfg doctor` compares two.", "", "", "",
     "schancfg documentation"},
    {"word", "managed keys", "the registry keys that schancfg reads", "`schancfg explain` lists them.", "", "", "", "schancfg documentation"},
    {"word", "not certain", "the sources disagree, or nothing is documented; both answers are shown with their sources",
     "`schancfg status` names the sources, of every line where all is asked for.", "", "", "", "schancfg documentation"},
    {"word", "assumed", "taken as on an untouched installation, because the source does not speak for it; no verdict rests on it",
     "Read the whole registry, or say that the file is the whole registry.", "", "", "", "schancfg documentation"},
    {"word", "on-request", "an application may ask for it by name; it is not offered by itself", "`schancfg explain DisabledByDefault`", "", "DisabledByDefault", "",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text)"},
};

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
    {"FIPS mode", "fips"}, {"FIPS 140", "fips"},
};

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
        if (out.size() > lead.size() && same_word(std::string_view(out).substr(0, lead.size()), lead)) out.erase(0, lead.size());
    }
    constexpr Short roots[] = {{"HKEY_LOCAL_MACHINE\\", "HKLM\\"}, {"HKLM:\\", "HKLM\\"}, {"HKEY_CURRENT_USER\\", "HKCU\\"}, {"HKCU:\\", "HKCU\\"}};
    for (const Short& root : roots) {
        if (out.size() >= root.word.size() && same_word(std::string_view(out).substr(0, root.word.size()), root.word)) {
            out = std::string(root.means) + out.substr(root.word.size());
        }
    }
    while (out.size() > 1 && out.back() == '\\') out.pop_back();
    if (out.size() > 1 && out.front() == '[' && out.back() == ']') return canonical_word(std::string_view(out).substr(1, out.size() - 2));
    // `...\Protocols\TLS 1.2\Server` and `...\Ciphers\RC4 128/128` are reported with the protocol and the cipher.
    for (const std::string_view parent : {"\\Protocols\\", "\\Ciphers\\", "\\Hashes\\", "\\KeyExchangeAlgorithms\\"}) {
        const auto at = std::search(out.begin(), out.end(), parent.begin(), parent.end(), [](char a, char b) { return same_word({&a, 1}, {&b, 1}); });
        if (at == out.end()) continue;
        const std::string below(at + static_cast<std::ptrdiff_t>(parent.size()), out.end());
        if (below.empty() || below.front() == '<') break;
        return below.substr(0, below.find('\\'));
    }
    return out;
}

std::string_view long_name(std::string_view word) {
    const auto* found = std::ranges::find_if(shorts, [&](const Short& row) { return same_word(row.word, word); });
    return found == std::end(shorts) ? std::string_view{} : found->means;
}

void explain_terms(std::string_view word, Explanations& into) {
    for (const Term& term : terms) {
        if (names_it(term.names, word)) into.push_back(of(term));
    }
    for (const facts::Service& service : facts::services()) {
        if (&service == facts::find_service(word) || (!service.port.empty() && service.port == word)) into.push_back(of(service));
    }
    if (const schannel::BuiltinProfile* profile = schannel::find_builtin_profile(word)) {
        Explanation out;
        out.kind = "profile";
        out.name = profile->name;
        const auto line = [&](std::string_view key) {
            const std::size_t at = profile->text.find(std::string("\n") + std::string(key) + " = \"");
            if (at == std::string_view::npos) return std::string_view{};
            const std::size_t start = profile->text.find('"', at) + 1;
            return profile->text.substr(start, profile->text.find('"', start) - start);
        };
        out.summary = line("description").empty() ? line("name") : line("description");
        add_detail(out, "check first", "`schancfg diff " + out.name + "` shows what it would change on a machine");
        add_detail(out, "then", "`schancfg profiles` shows every value that it asks for");
        into.push_back(std::move(out));
    }
}

std::vector<std::string> term_words() {
    std::vector<std::string> words;
    for (const Term& term : terms) words.emplace_back(term.names.substr(0, term.names.find('|')));
    for (const facts::Service& service : facts::services()) words.emplace_back(service.word);
    return words;
}

}  // namespace schancfg::explain
