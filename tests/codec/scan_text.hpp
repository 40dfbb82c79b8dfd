// What the tests of scans share: a text in, lines out.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/codec/scan.hpp"
#include "schancfg/text.hpp"

namespace scan_text {

using Lines = std::vector<std::string>;
using schancfg::schannel::Answer;
using schancfg::schannel::Peer;
using schancfg::schannel::Preference;

inline std::string line(const schancfg::Diagnostic& d) {
    std::string place = d.span.file;
    if (d.span.line != 0) place += ":" + std::to_string(d.span.line) + ":" + std::to_string(d.span.column);
    const std::string text = place + ": " + d.rule + ": " + schancfg::escape(d.message);
    return d.fix.empty() ? text : text + " | " + d.fix;
}

/// `s.xml:1:1: rule: message | fix`, warnings too.
inline Lines said(std::string_view text) {
    Lines lines;
    for (const auto& d : schancfg::codec::decode_scan(text, "s").diagnostics) lines.push_back(line(d));
    return lines;
}

inline std::vector<Peer> peers(std::string_view text) {
    auto decoded = schancfg::codec::decode_scan(text, "s");
    return decoded.value ? std::move(*decoded.value) : std::vector<Peer>{};
}

inline std::string join(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
}

/// What is known of the peer, a line each; what is unknown has none. Suites are ids, with group and bits where they were seen.
inline Lines show(const Peer& peer) {
    Lines lines{peer.address() + (peer.ip.empty() ? "" : " (" + peer.ip + ")") + (peer.complete ? "" : ", incomplete")};
    if (!peer.tls_answered) lines.push_back("no answer: " + join(peer.not_tested));
    const auto suites_of = [&](std::string_view protocol) {
        std::string text;
        for (const auto& suite : peer.suites) {
            if (suite.protocol != protocol) continue;
            char id[16];
            std::snprintf(id, sizeof id, "%04X", static_cast<unsigned>(suite.id));
            text += text.empty() ? "" : ", ";
            text += suite.id != 0 ? id : suite.name;
            if (!suite.group.empty()) text += " " + suite.group;
            if (suite.dh_bits != 0) text += " " + std::to_string(suite.dh_bits);
        }
        return text;
    };
    for (const auto& protocol : peer.protocols) {
        if (protocol.offered == Answer::unknown) continue;
        std::string text = protocol.name + (protocol.offered == Answer::yes ? " yes" : " no");
        if (protocol.preference != Preference::unknown) text += protocol.preference == Preference::server ? ", server's order" : ", client's order";
        if (protocol.suites_complete) text += ", all";
        if (const std::string suites = suites_of(protocol.name); !suites.empty()) text += ": " + suites;
        lines.push_back(text);
    }
    if (const std::string suites = suites_of(""); !suites.empty()) lines.push_back("some protocol: " + suites);
    if (!peer.groups.empty()) lines.push_back("groups: " + join(peer.groups) + (peer.groups_complete ? ", all" : ""));
    if (peer.dh_max_bits != 0) lines.push_back("DH: " + std::to_string(peer.dh_min_bits) + " to " + std::to_string(peer.dh_max_bits));
    for (const auto& certificate : peer.certificates) {
        std::string text = "certificate: " + certificate.key_type + " " + std::to_string(certificate.key_bits);
        for (const std::string& more : {certificate.curve, certificate.signature_key, certificate.signature_hash, certificate.subject}) {
            if (!more.empty()) text += " " + more;
        }
        if (certificate.valid_from) text += " from " + std::to_string(*certificate.valid_from);
        if (certificate.valid_until) text += " until " + std::to_string(*certificate.valid_until);
        lines.push_back(text);
    }
    if (!peer.handshake_signatures.empty()) lines.push_back("signs with: " + join(peer.handshake_signatures));
    if (peer.secure_renegotiation != Answer::unknown) lines.push_back("secure renegotiation: " + std::string(answer_name(peer.secure_renegotiation)));
    if (peer.extended_master_secret != Answer::unknown) lines.push_back("extended master secret: " + std::string(answer_name(peer.extended_master_secret)));
    return lines;
}

/// Of the only peer.
inline Lines show(std::string_view text) {
    const auto all = peers(text);
    return all.size() == 1 ? show(all.front()) : Lines{std::to_string(all.size()) + " peers"};
}

}  // namespace scan_text
