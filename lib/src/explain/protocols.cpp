#include <algorithm>

#include "explain/parts.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/facts/weak.hpp"

namespace schancfg::explain {
namespace {

using facts::Role;

std::string without_blanks(std::string_view text) {
    std::string out(text);
    std::erase_if(out, [](char c) { return c == ' ' || c == '.' || c == 'v' || c == 'V'; });
    return out;
}

/// `TLS 1.2`, `tls1.2`, `TLSv1.2`, `tls12`.
bool goes_by(const facts::Protocol& protocol, std::string_view word) {
    return same_word(protocol.name, word) || same_word(without_blanks(protocol.name), without_blanks(word));
}

std::string default_text(const facts::ProtocolDefault& row) {
    std::string text(facts::state_name(row.state));
    if (!row.alternative.empty()) text.append(" (another source: ").append(row.alternative).append(")");
    else if (row.confidence == facts::Confidence::undocumented) text += " (undocumented)";
    return text;
}

Explanation of(const facts::Protocol& protocol) {
    Explanation out{.kind = "protocol", .name = std::string(protocol.name), .summary = {}, .details = {}, .defaults = {}, .gates = {}, .traps = {},
                    .sources = {}};
    out.summary = "a protocol that Schannel can speak, switched for clients and servers apart";
    add_detail(out, "key", "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\" + out.name + "\\{Client,Server}");
    add_detail(out, "values", "Enabled: 0 refuses it to everybody; DisabledByDefault: 1 leaves it to programs that name it");
    if (protocol.client_bit != 0) {
        add_detail(out, "bits", "client " + hex_text(protocol.client_bit, 1) + ", server " + hex_text(protocol.server_bit, 1));
    }
    for (const Role role : {Role::client, Role::server}) {
        add_defaults(out, facts::role_name(role), [&](const facts::Release& release) {
            const facts::ProtocolDefault& row = *facts::protocol_default(release, role, protocol.name);
            add_sources(out, row.source);
            add_sources(out, row.alternative_source);
            return default_text(row);
        });
    }
    for (const facts::CipherSuite& suite : facts::cipher_suites()) {
        if (suite.in_schannel && suite.max_protocol == protocol.name && suite.min_protocol == protocol.name) out.gates.emplace_back(suite.name);
    }
    if (facts::is_weak_protocol(protocol.name)) out.traps.emplace_back("weak-protocol");
    if (protocol.name == "TLS 1.0") out.traps.insert(out.traps.end(), {"adfs-lock-out", "rdp-lock-out"});
    if (protocol.name == "TLS 1.2") out.traps.insert(out.traps.end(), {"no-protocol-left", "rdp-lock-out"});
    if (protocol.name == "TLS 1.3") out.traps.insert(out.traps.end(), {"only-tls13-suites", "tls13-unsupported"});
    out.traps.insert(out.traps.end(), {"contradictory-values", "protocol-key-without-role", "protocol-one-role", "protocol-one-value"});
    add_sources(out, protocol.source);
    return out;
}

struct Section {
    std::string_view kind, key, summary;
    std::span<const facts::Algorithm> rows;
    std::string_view facts::CipherSuite::*gate;
};

std::span<const Section> sections() {
    static const Section all[] = {
        {"cipher", "Ciphers", "a switch of one cipher and key length", facts::ciphers(), &facts::CipherSuite::ciphers_key},
        {"hash", "Hashes", "a switch of one hash", facts::hashes(), &facts::CipherSuite::hashes_key},
        {"key exchange", "KeyExchangeAlgorithms", "a switch of one key exchange, with its key lengths", facts::key_exchanges(),
         &facts::CipherSuite::kex_key},
    };
    return all;
}

/// `RC4` stands for all its key lengths, `3DES` for Triple DES, `SHA-1` for what Windows calls SHA, `SHA-256` and `AES256` for what they are.
bool goes_by(const facts::Algorithm& row, std::string_view word) {
    if (same_word(row.name, word)) return true;
    if (same_word(word, "3DES")) return row.name.starts_with("Triple DES");
    if (same_word(word, "SHA1") || same_word(word, "SHA-1")) return row.name == "SHA";
    if (same_word(word.substr(0, 4), "SHA-") && row.name.starts_with("SHA")) return row.name.substr(3) == word.substr(4);
    if (same_word(word, "AES128") || same_word(word, "AES256")) return row.name.starts_with("AES ") && row.name.ends_with(word.substr(3));
    const std::size_t blank = row.name.rfind(' ');
    return blank != std::string_view::npos && same_word(row.name.substr(0, blank), word);
}

void add_traps(Explanation& out, const Section& section, const facts::Algorithm& row) {
    const auto trap = [&](std::string_view id) { out.traps.push_back(id); };
    if (row.confidence == facts::Confidence::folklore) return trap("folklore-value");
    if (section.kind == "cipher") {
        if (row.name == "NULL") trap("null-cipher");
        if (row.name.starts_with("RC4 ")) trap("rc4-partly-off");
        if (row.name.find('/') != std::string_view::npos) trap("lookalike-character");
        if (!row.name.starts_with("AES ") && row.name != "NULL") trap("weak-cipher");
    } else if (section.kind == "hash") {
        if (row.name != "MD5" && row.name != "SHA") trap("hash-off");
    } else {
        if (row.name == "PKCS") trap("pkcs-off");
        if (row.name == "Diffie-Hellman") trap("dhe-leading-zero");
        if (row.name != "ECDH") trap("key-too-short");
    }
    trap("suite-blocked");
    trap("unsupported-by-microsoft");
}

Explanation of(const Section& section, const facts::Algorithm& row) {
    Explanation out{.kind = section.kind, .name = std::string(row.name), .summary = std::string(section.summary), .details = {}, .defaults = {}, .gates = {}, .traps = {},
                    .sources = {}};
    if (row.confidence == facts::Confidence::folklore) out.summary = "a name that scripts write and Windows does not know";
    add_detail(out, "key", std::string("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\").append(section.key).append(1, '\\').append(row.name));
    add_detail(out, "values", "Enabled: 0 is off, 0xFFFFFFFF is on; absent is on");
    if (row.name == "NULL") out.details.back().text = "Enabled: 0 is off, 0xFFFFFFFF is on; absent is off";
    add_detail(out, "applies to", row.applies_to);
    add_detail(out, "confidence", facts::confidence_name(row.confidence));
    for (const facts::CipherSuite& suite : facts::cipher_suites()) {
        if (suite.*section.gate == row.name && suite.in_schannel) out.gates.emplace_back(suite.name);
    }
    add_traps(out, section, row);
    add_sources(out, row.source);
    return out;
}

}  // namespace

void explain_protocols(std::string_view word, Explanations& into) {
    for (const facts::Protocol& protocol : facts::protocols()) {
        if (goes_by(protocol, word)) into.push_back(of(protocol));
    }
    // `TLS`, `DTLS`, `SSL`: a family.
    std::string several;
    for (const facts::Protocol& protocol : facts::protocols()) {
        const std::string_view name = protocol.name;
        if (name.size() == word.size() + 4 && name[word.size()] == ' ' && same_word(name.substr(0, word.size()), word)) several.append(several.empty() ? "" : ", ").append(name);
    }
    if (several.find(',') == std::string::npos) return;
    Explanation family;
    family.kind = "protocol";
    family.name = word;
    family.summary = "stands for " + several + "; name one";
    into.push_back(std::move(family));
}

void explain_algorithms(std::string_view word, Explanations& into) {
    for (const Section& section : sections()) {
        for (const facts::Algorithm& row : section.rows) {
            if (goes_by(row, word)) into.push_back(of(section, row));
        }
    }
}

}  // namespace schancfg::explain
