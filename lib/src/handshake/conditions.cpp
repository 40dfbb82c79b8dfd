#include <algorithm>

#include "handshake/details.hpp"
#include "schancfg/text.hpp"

namespace schancfg::handshake {
namespace {

/// What of the certificate, and of what the client takes, nobody knows.
void add_certificate_conditions(const Scene& scene, std::size_t version, std::vector<std::string>& conditions) {
    const End& client = scene.client.end();
    const auto& certificates = scene.server.end().peer.certificates;
    if (certificates.empty()) {
        conditions.emplace_back("the server's certificate is not known: the client takes its key and the hash that it is signed with");
        return;
    }
    const auto any = [&](auto is) { return std::ranges::any_of(certificates, is); };
    std::vector<std::string> parts;
    if (any([](const auto& each) { return each.key_type.empty(); })) parts.emplace_back("the kind of its key");
    if (any([](const auto& each) { return each.key_type == "RSA" && each.key_bits == 0; })) parts.emplace_back("the length of its key");
    if (version <= tls12 && any([](const auto& each) { return each.key_type == "ECDSA" && certificate_curve(each).empty(); })) parts.emplace_back("its curve");
    if (any([](const auto& each) { return each.signature_hash.empty(); })) parts.emplace_back("the hash that it is signed with");
    if (!parts.empty()) {
        conditions.push_back("of the server's certificate " + joined(parts) + (parts.size() == 1 ? " is" : " are") + " not known: the client takes it");
    }
    if (client.kind == EndKind::windows) return;
    std::vector<std::string> limits;
    if (client.peer.rsa_min_bits == 0 && any([](const auto& each) { return each.key_type == "RSA"; })) limits.emplace_back("RSA keys of that length");
    const auto unverified = [&](const auto& each) { return !each.signature_hash.empty() && scene.client.verifies(each.signature_hash) == Answer::unknown; };
    if (any(unverified)) limits.emplace_back("the hash that the certificate is signed with");
    if (version == tls12 && !client.peer.signature_hashes_complete) limits.emplace_back("a signature that the server makes");
    if (!limits.empty()) conditions.push_back("what the client takes of certificates is not known: it takes " + joined(limits));
}

/// The lengths of TLS_DHE that a client takes which says nothing of it.
void add_length_condition(const Scene& scene, std::vector<std::string>& conditions) {
    const End& client = scene.client.end();
    if (client.kind == EndKind::windows || (client.peer.dh_min_bits != 0 && client.peer.dh_max_bits != 0)) return;
    for (const VersionOutcome& outcome : scene.played.outcomes) {
        if (traits_of(outcome.handshake.suite, outcome.handshake.suite_name).exchange != Exchange::dhe || outcome.handshake.bits == 0) continue;
        conditions.push_back("which Diffie-Hellman groups the client takes is not known: it takes " + std::to_string(outcome.handshake.bits) + " bits");
        return;
    }
}

}  // namespace

std::vector<std::string> conditions_of(const Scene& scene, const Agreement& agreement) {
    std::vector<std::string> conditions;
    if (agreement.verdict == Verdict::disagree) return conditions;
    const End& client = scene.client.end();
    const End& server = scene.server.end();
    const std::size_t version = scene.version();
    if (scene.played.by_standard) {
        conditions.emplace_back("an end of which the suites or curves of TLS 1.3 are not known has what RFC 8446, 9.1 demands: TLS_AES_128_GCM_SHA256 and secp256r1");
    }
    if (scene.played.supposed_rsa) conditions.emplace_back("the server's certificate has an RSA key: with an ECDSA key the two would not agree");
    if (scene.played.supposed_ecdsa) conditions.emplace_back("the server's certificate has an ECDSA key: its suites are for such keys alone");
    for (const Side side : {Side::client, Side::server}) {
        if (version != tls_versions.size() && scene.of(side).at(version).unheard) {
            conditions.push_back("none of the names in the list of the " + std::string(side_name(side)) + " that nobody knows is a suite which both ends have");
        }
    }
    add_certificate_conditions(scene, version, conditions);
    if (std::ranges::any_of(client.peer.certificates, [](const auto& each) { return each.signature_hash.empty() || each.key_type.empty(); })) {
        conditions.emplace_back("of the client's certificate the kind of its key or the hash that it is signed with is not known: the server takes it");
    }
    add_length_condition(scene, conditions);
    const auto hangs_on = [](const End& one, const End& other) {
        return one.renegotiation == effect::Renegotiation::strict && other.peer.secure_renegotiation == Answer::unknown;
    };
    if (version < tls13 && (hangs_on(client, server) || hangs_on(server, client))) {
        conditions.emplace_back("the other end has secure renegotiation (RFC 5746), which one end insists on");
    }
    for (const End* end : {&client, &server}) {
        if (!end->peer.complete) conditions.push_back("the scan of " + shorten(end->label) + " was interrupted, and the rest of it would have said the same");
    }
    return conditions;
}

}  // namespace schancfg::handshake
