#include "scan_testssl_findings.hpp"

#include <algorithm>
#include <charconv>

#include "schancfg/facts/groups.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "scan_dates.hpp"
#include "scan_words.hpp"

namespace schancfg::codec::scan {
namespace {

using schannel::Answer;
using schannel::PeerProtocol;
using schannel::Preference;

// Texts of run_protocols: `offered`, `offered with final`, `not offered`, `not offered, and downgraded to a weaker protocol`, `is not
// offered`, `TLSv1.1 is not offered, and ...`, `vulnerable with 3 ciphers` (SSL 2.0). `likely not offered`, `couldn't be tested` and
// whatever else there is leave it open. 2.8 named the protocol first: `TLSv1.0 is offered`, `SSLv2 not offered (OK)`.
Answer answer_of(std::string_view finding) {
    const std::size_t blank = finding.find(' ');
    if (blank != std::string_view::npos && !protocol_name(finding.substr(0, blank)).empty()) finding.remove_prefix(blank + 1);
    if (finding.starts_with("is ")) finding.remove_prefix(3);
    if (finding.starts_with("offered") || finding.starts_with("vulnerable with")) return Answer::yes;
    if (finding.starts_with("not offered")) return Answer::no;
    return Answer::unknown;
}

std::optional<std::uint32_t> hex_of(std::string_view digits) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
    const bool is_hex = error == std::errc{} && end == digits.data() + digits.size() && !digits.empty() && digits.size() <= 6;
    return is_hex ? std::optional(number) : std::nullopt;
}

/// The number before `bits`: `RSA 2048 bits (exponent is 65537)`, `Unknown DH group (1024 bits)`.
int bits_of(std::string_view finding) {
    const auto words = words_of(finding);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        std::string_view number = words[i];
        if (number.starts_with('(')) number.remove_prefix(1);
        if (words[i + 1].starts_with("bit")) return number_of(number).value_or(0);
    }
    return 0;
}

}  // namespace

Findings::Findings(std::string_view version, std::string_view time) : builder("testssl.sh") {
    builder.peer.tool_version = version;
    builder.peer.time = time;
}

void Findings::take(std::string_view id, std::string_view severity, std::string_view finding) {
    if (severity == "FATAL") fatal_ = true;
    if (id == "scanTime" && contains(finding, "interrupted")) builder.peer.complete = false;
    if (const std::string_view protocol = protocol_name(id); !protocol.empty()) {
        take_protocol(protocol, finding);
    } else if (id.starts_with("cipher-") || id.starts_with("cipher_x")) {
        take_suite(id, finding);
    } else if (id == "cipher_order") {
        // `server`, `server -- TLS 1.3 client determined`, `server -- < TLS 1.3 client determined`, `server (TLS 1.3)`, `NOT a cipher order ...`
        const bool server = finding.starts_with("server");
        server_prefers_ = server && !contains(finding, "< TLS 1.3 client");
        server_prefers_tls13_ = server && (contains(finding, "< TLS 1.3 client") || !contains(finding, "TLS 1.3 client"));
    } else if (id.starts_with("cipher_order")) {
        const std::string_view of = protocol_name(id.substr(std::min<std::size_t>(id.size(), 13)));
        if (of.empty()) return;
        if (finding.starts_with("server")) builder.protocol(of).preference = Preference::server;
        if (contains(finding, "not a ")) builder.protocol(of).preference = Preference::client;
    } else if (id.starts_with("cipherorder_") || id.starts_with("supportedciphers_")) {
        take_order(protocol_name(id.substr(id.find('_') + 1)), finding);
    } else if (id.ends_with("ECDHE_curves") || id.ends_with("_KEMs")) {
        sees_groups_ = sees_groups_ || id.ends_with("ECDHE_curves");
        take_groups(finding);
    } else if (id == "DH_groups") {
        take_groups(finding);
        builder.peer.dh_min_bits = builder.peer.dh_max_bits = bits_of(finding);
    } else if (id.ends_with("_sig_algs")) {
        for (const std::string_view word : words_of(finding)) {
            if (const std::string scheme = signature_scheme(word); !scheme.empty()) builder.add_handshake_signature(scheme);
        }
        builder.peer.handshake_signatures_complete = !builder.peer.handshake_signatures.empty();
    } else if (id == "secure_renego") {
        // 2.9 said `not vulnerable`.
        if (finding == "supported" || finding == "not vulnerable") builder.peer.secure_renegotiation = Answer::yes;
        if (finding == "VULNERABLE") builder.peer.secure_renegotiation = Answer::no;
    } else if (id == "TLS_extensions") {
        if (contains(finding, "extended master secret")) builder.peer.extended_master_secret = Answer::yes;
    } else if (id.starts_with("cert_")) {
        take_certificate(id, finding);
    }
}

void Findings::take_protocol(std::string_view protocol, std::string_view finding) {
    const Answer answer = answer_of(finding);
    if (answer != Answer::unknown) builder.protocol(protocol).offered = answer;
}

// `cipher-tls1_2_xc030`: `TLSv1.2   xc030   ECDHE-RSA-AES256-GCM-SHA384       ECDH 253   AESGCM      256      TLS_ECDHE_...`; `cipher_xc030` is
// the same without a protocol. The exchange has one or two words.
void Findings::take_suite(std::string_view id, std::string_view finding) {
    const std::size_t last = id.rfind("_x");
    if (last == std::string_view::npos) return;
    const auto number = hex_of(id.substr(last + 2));
    if (!number) return;
    Suite suite;
    suite.id = *number;
    if (id.starts_with("cipher-")) {
        suite.protocol = protocol_name(id.substr(7, last - 7));
        if (suite.protocol.empty()) return;
    }
    auto words = words_of(finding);
    if (!words.empty() && !protocol_name(words[0]).empty()) words.erase(words.begin());
    if (words.size() >= 3) {
        suite.name = words.back();
        suite.exchange = words[2];
        if (words.size() >= 4) suite.bits = number_of(words[3]).value_or(0);
    }
    suites_.push_back(std::move(suite));
}

void Findings::take_order(std::string_view protocol, std::string_view finding) {
    if (protocol.empty()) return;
    auto& order = orders_[std::string(protocol)];
    for (const std::string_view word : words_of(finding)) order.emplace_back(word);
}

void Findings::take_groups(std::string_view finding) {
    for (std::string_view word : words_of(finding)) {
        if (word.starts_with("RFC7919/")) word.remove_prefix(8);
        builder.add_group(group_name(word));
    }
}

void Findings::take_certificate(std::string_view id, std::string_view finding) {
    // With several certificates: `cert_keySize <hostCert#1>`.
    const std::size_t blank = std::min(id.find(' '), id.size());
    const std::string_view what = id.substr(0, blank);
    const bool of_dates = what == "cert_notBefore" || what == "cert_notAfter";
    if (what != "cert_keySize" && what != "cert_signatureAlgorithm" && what != "cert_commonName" && !of_dates) return;
    schannel::PeerCertificate& certificate = certificates_[std::string(id.substr(blank))];
    if (what == "cert_commonName") {
        certificate.subject = finding;
    } else if (of_dates) {
        (what == "cert_notBefore" ? certificate.valid_from : certificate.valid_until) = seconds_of(finding);
    } else if (what == "cert_signatureAlgorithm") {
        read_signature(finding, certificate);
    } else {
        // `RSA 2048 bits (exponent is 65537)`, `EC 256 bits (curve P-256)`, `EdDSA Ed25519`; 2.9: `2048 bits`, of whatever kind.
        const auto words = words_of(finding);
        certificate.key_bits = bits_of(finding);
        if (contains(finding, "ed25519") || contains(finding, "ed448")) {
            certificate.key_type = key_name(finding);
        } else if (!words.empty()) {
            certificate.key_type = key_name(words[0]);
        }
        if (const std::size_t curve = finding.find("curve "); curve != std::string_view::npos) {
            const std::string_view name = finding.substr(curve + 6);
            certificate.curve = group_name(name.substr(0, name.find_first_of(") ,")));
        }
    }
}

// The size of an elliptic curve names it where there is no other of that size among those that are taken.
std::string_view Findings::group_of(const Suite& suite) const {
    if (!suite.exchange.starts_with("ECDH")) return {};
    if (suite.bits == 253) return "x25519";
    if (suite.bits == 448) return "x448";
    if (suite.bits == 521) return "secp521r1";
    std::string_view found;
    for (const std::string_view group : {"secp256r1", "secp256k1", "brainpoolP256r1", "secp384r1", "brainpoolP384r1", "brainpoolP512r1"}) {
        const bool fits = contains(group, std::to_string(suite.bits)) && std::ranges::find(builder.peer.groups, group) != builder.peer.groups.end();
        if (!fits) continue;
        if (!found.empty()) return {};
        found = group;
    }
    return suite.bits == 0 ? std::string_view() : found;
}

void Findings::add_suite(const Suite& suite, std::string_view protocol) {
    const facts::Group* named = facts::find_group(suite.exchange);  // newer ones: `X25519MLKEM768`
    const std::string_view group = named != nullptr ? named->name : group_of(suite);
    const int dh_bits = suite.exchange.starts_with("DH") ? suite.bits : 0;
    builder.add_suite(protocol, suite.id, suite.name, group, dh_bits);
}

// In the order of the list where there is one: it is the server's where it has one. What a suite has beside its name comes from the
// finding of its own.
void Findings::finish_protocol(PeerProtocol& protocol) {
    const auto order = orders_.find(protocol.name);
    const auto own = [&](const Suite& suite) { return suite.protocol == protocol.name; };
    protocol.suites_complete = order != orders_.end() || std::ranges::any_of(suites_, own);
    if (protocol.preference == Preference::unknown) {
        const auto& server = protocol.name == "TLS 1.3" ? server_prefers_tls13_ : server_prefers_;
        if (server && protocol.suites_complete) protocol.preference = *server ? Preference::server : Preference::client;
    }
    if (order != orders_.end()) {
        std::map<std::uint32_t, const Suite*> known;
        for (const Suite& suite : suites_) {
            if (suite.protocol.empty()) known.try_emplace(suite.id, &suite);
        }
        for (const Suite& suite : suites_) {
            if (own(suite)) known[suite.id] = &suite;
        }
        for (const std::string& name : order->second) {
            const auto identity = facts::identify_suite(name);
            const auto found = identity ? known.find(identity->id) : known.end();
            if (found != known.end()) add_suite(*found->second, protocol.name);
            else builder.add_suite(protocol.name, std::nullopt, name);
        }
    }
    for (const Suite& suite : suites_) {
        if (own(suite)) add_suite(suite, protocol.name);
    }
}

void Findings::finish() {
    schannel::Peer& peer = builder.peer;
    peer.groups_complete = sees_groups_;
    for (PeerProtocol& protocol : peer.protocols) finish_protocol(protocol);
    // Of no protocol: only where no list says which.
    if (orders_.empty()) {
        for (const Suite& suite : suites_) {
            if (suite.protocol.empty()) add_suite(suite, {});
        }
    }
    for (auto& [suffix, certificate] : certificates_) builder.add_certificate(std::move(certificate));
    if (fatal_) peer.complete = false;
    const bool offers = std::ranges::any_of(peer.protocols, [](const PeerProtocol& each) { return each.offered == Answer::yes; });
    if (!offers && peer.suites.empty()) {
        peer.tls_answered = false;
        for (PeerProtocol& protocol : peer.protocols) protocol.offered = Answer::unknown;
        peer.not_tested = {fatal_ ? "testssl.sh could not scan it" : "testssl.sh saw no protocol at all"};
        return;
    }
    for (const PeerProtocol& protocol : peer.protocols) {
        if (protocol.offered == Answer::unknown) peer.not_tested.push_back(protocol.name + ": testssl.sh tries it with --protocols");
    }
    if (!peer.groups_complete) peer.not_tested.emplace_back("groups: testssl.sh tries them with --fs");
    if (peer.certificates.empty()) peer.not_tested.emplace_back("the certificate: testssl.sh shows it with --server-defaults");
}

}  // namespace schancfg::codec::scan
