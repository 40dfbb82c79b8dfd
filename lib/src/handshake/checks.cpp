#include <algorithm>
#include <optional>

#include "handshake/play.hpp"
#include "schancfg/facts/groups.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::handshake {
namespace {

using schannel::PeerCertificate;

void fail(VersionOutcome& outcome, ReasonId reason, Side at_fault, std::string word = {}) {
    outcome.verdict = Verdict::disagree;
    outcome.reason = &reason_of(reason);
    outcome.at_fault = at_fault;
    outcome.word = std::move(word);
}

void doubt(VersionOutcome& outcome, ReasonId reason, Side at_fault, Doubt doubt, std::string word = {}) {
    fail(outcome, reason, at_fault, std::move(word));
    outcome.verdict = Verdict::unknown;
    outcome.doubt = doubt;
}

/// A hash in the certificate of one end, verified by the other. What nobody looked at is not an obstacle and is said as a condition.
void check_hash(const Offer& verifier, Side side, const PeerCertificate& certificate, VersionOutcome& outcome) {
    if (certificate.signature_hash.empty() || !verifier.minds_hashes(outcome.version)) return;
    const Answer verifies = verifier.verifies(certificate.signature_hash);
    if (verifies == Answer::no) fail(outcome, ReasonId::certificate_signature_hash, side, certificate.signature_hash);
    if (verifies == Answer::unknown && verifier.end().find_missing(Missing::Kind::signature_hash, certificate.signature_hash) != nullptr) {
        doubt(outcome, ReasonId::certificate_signature_hash, side, Doubt::signature_hash, certificate.signature_hash);
    }
}

void check_rsa_length(const Offer& client, const PeerCertificate& certificate, VersionOutcome& outcome) {
    if (certificate.key_type != "RSA" || certificate.key_bits == 0) return;
    // The registry page speaks of RSA key exchange; whether these lengths reach the certificates of other suites is written nowhere. Below
    // 1024 bits chains block the key anyhow (KB2661254).
    constexpr int blocked_by_chains = 1024;
    const bool beyond = client.end().kind == EndKind::windows && certificate.key_bits >= blocked_by_chains &&
                        traits_of(outcome.handshake.suite, outcome.handshake.suite_name).exchange != Exchange::rsa;
    const BitsTaken& taken = client.end().rsa;
    const int most = client.end().peer.rsa_max_bits;
    outcome.bits = certificate.key_bits;
    if ((most != 0 && certificate.key_bits > most) || (most == 0 && !taken.longest_sure)) {
        outcome.limit = most;
        if (beyond || !taken.longest_sure) return doubt(outcome, ReasonId::certificate_key_too_long, Side::client, Doubt::certificate_length);
        return fail(outcome, ReasonId::certificate_key_too_long, Side::client);
    }
    const Answer takes = taken.takes(certificate.key_bits);
    if (takes == Answer::yes) return;
    outcome.limit = std::max(taken.refused_below, takes == Answer::unknown ? taken.taken_from : 0);
    if (takes == Answer::no && !beyond) {
        fail(outcome, ReasonId::certificate_key_too_short, Side::server);
    } else {
        doubt(outcome, ReasonId::certificate_key_too_short, Side::server, Doubt::certificate_length);
    }
}

void check_server_certificate(const Offer& client, const Offer& server, const PeerCertificate& certificate, VersionOutcome& outcome) {
    check_rsa_length(client, certificate, outcome);
    if (outcome.verdict != Verdict::agree) return;
    const std::string_view curve = certificate_curve(certificate);
    if (!curve.empty() && outcome.version <= tls12) {
        // RFC 8422, 5.1: the client's list of curves is also about the certificate's.
        const Answer takes = client.takes_group(curve);
        if (takes == Answer::no) return fail(outcome, ReasonId::no_common_curve, Side::client, std::string(curve));
        if (takes == Answer::unknown && client.end().find_missing(Missing::Kind::group, curve) != nullptr) return doubt(outcome, ReasonId::no_common_curve, Side::client, Doubt::groups, std::string(curve));
    }
    check_hash(client, Side::client, certificate, outcome);
    // A Windows that does not offer the hash cannot send such a certificate of its own either.
    if (outcome.verdict == Verdict::agree && server.end().kind == EndKind::windows) check_hash(server, Side::server, certificate, outcome);
}

/// What the server signs the key exchange with: hashes of its own list.
std::vector<std::string_view> signing_hashes(const End& server, Authentication authentication) {
    std::vector<std::string_view> hashes;
    const std::string_view key = authentication == Authentication::ecdsa ? "ECDSA" : authentication == Authentication::dss ? "DSA" : "RSA";
    if (server.peer.handshake_signatures_complete) {
        for (const std::string_view pair : server.peer.handshake_signatures) {
            const std::size_t plus = pair.find('+');
            if (plus == std::string_view::npos) return {};  // Ed25519 has a hash of its own
            const std::string_view by = pair.substr(0, plus);
            if (authentication == Authentication::any || by == key || (key == "RSA" && by == "RSA-PSS")) hashes.push_back(pair.substr(plus + 1));
        }
    } else if (server.kind == EndKind::windows && server.peer.signature_hashes_complete) {
        hashes.assign(server.peer.signature_hashes.begin(), server.peer.signature_hashes.end());
    }
    return hashes;
}

void name_signature(const Offer& client, const Offer& server, const OfferedSuite& suite, VersionOutcome& outcome) {
    Authentication by = suite.traits.authentication;
    if (suite.traits.exchange == Exchange::rsa || by == Authentication::none) return;
    if (by == Authentication::any) by = outcome.authentication;
    const auto& certificates = server.end().peer.certificates;
    if (by == Authentication::any && certificates.size() == 1) {
        const std::string& type = certificates.front().key_type;
        by = type == "ECDSA" ? Authentication::ecdsa : type == "RSA" ? Authentication::rsa : by;
    }
    std::string& signature = outcome.handshake.signature;
    if (by == Authentication::rsa) signature = "RSA";
    if (by == Authentication::ecdsa) signature = "ECDSA";
    if (by == Authentication::dss) signature = "DSA";
    if (outcome.version < tls12) {  // RFC 4346, 7.4.3
        if (!signature.empty()) signature.append(by == Authentication::rsa ? " with MD5 and SHA1" : " with SHA1");
        return;
    }
    const std::vector<std::string_view> hashes = signing_hashes(server.end(), by);
    if (hashes.empty()) return;
    std::string_view only;
    std::size_t possible = 0;
    for (const std::string_view hash : hashes) {
        if (client.verifies(hash) == Answer::no) continue;
        ++possible;
        only = hash;
    }
    if (possible == 0) fail(outcome, ReasonId::no_common_signature, Side::both);
    if (possible == 1 && !signature.empty()) signature.append(" with ").append(only);
}

}  // namespace

std::string_view certificate_curve(const PeerCertificate& certificate) {
    constexpr int only_secp521r1 = 521;  // other lengths are those of several curves: secp256r1, brainpoolP256r1, secp256k1
    if (certificate.key_type != "ECDSA") return {};
    if (!certificate.curve.empty()) return canonical_group(certificate.curve);
    return certificate.key_bits == only_secp521r1 ? std::string_view("secp521r1") : std::string_view{};
}

bool serves(const PeerCertificate& certificate, Authentication authentication) {
    if (authentication == Authentication::any || certificate.key_type.empty()) return true;
    if (authentication == Authentication::none) return false;
    if (certificate.key_type == "RSA") return authentication == Authentication::rsa;
    if (certificate.key_type == "DSA") return authentication == Authentication::dss;
    return authentication == Authentication::ecdsa;
}

DhLength dh_length(const Offer& server, const OfferedSuite& suite) {
    if (suite.dh_bits != 0) return {suite.dh_bits, suite.dh_bits};
    if (const facts::Group* group = facts::find_group(suite.group); group != nullptr && group->dh_bits != 0) return {group->dh_bits, group->dh_bits};
    const int least = server.end().peer.dh_min_bits, most = server.end().peer.dh_max_bits;
    return {least == 0 ? most : least, most == 0 ? least : most};
}

void check_length(const Offer& client, const Offer& server, const OfferedSuite& suite, VersionOutcome& outcome) {
    if (suite.traits.exchange != Exchange::dhe) return;
    const DhLength length = dh_length(server, suite);
    const BitsTaken& taken = client.end().dh;
    if (length.least == length.most) outcome.handshake.bits = length.least;
    outcome.bits = length.least;
    const Answer takes_least = taken.takes(length.least), takes_most = taken.takes(length.most);
    if (takes_least != Answer::yes || takes_most != Answer::yes) {
        outcome.limit = takes_least == Answer::no ? taken.refused_below : taken.taken_from;
        if (takes_least == Answer::no && takes_most == Answer::no) {
            fail(outcome, ReasonId::dh_too_short, Side::server);
        } else {
            doubt(outcome, ReasonId::dh_too_short, Side::server, Doubt::dh_length);
        }
        return;
    }
    const int most = client.end().peer.dh_max_bits;
    if (most == 0 ? taken.longest_sure : length.most != 0 && length.most <= most) return;
    outcome.bits = length.most;
    outcome.limit = most;
    if (length.least > most && taken.longest_sure) {
        fail(outcome, ReasonId::dh_too_long, Side::client);
    } else {
        doubt(outcome, ReasonId::dh_too_long, Side::client, Doubt::dh_length);
    }
}

void check_certificate(const Offer& client, const Offer& server, const OfferedSuite& suite, VersionOutcome& outcome) {
    name_signature(client, server, suite, outcome);
    if (outcome.verdict != Verdict::agree || suite.traits.authentication == Authentication::none) return;
    // Of several certificates of that kind the server has one that does, or none.
    std::optional<VersionOutcome> first;
    for (const PeerCertificate& certificate : server.end().peer.certificates) {
        if (!serves(certificate, suite.traits.authentication)) continue;
        VersionOutcome with = outcome;
        check_server_certificate(client, server, certificate, with);
        if (with.verdict == Verdict::agree) {
            first.reset();
            break;
        }
        if (!first) first = std::move(with);
    }
    if (first) outcome = std::move(*first);
    for (const PeerCertificate& certificate : client.end().peer.certificates) {
        if (outcome.verdict == Verdict::agree) check_hash(server, Side::server, certificate, outcome);
    }
}

void check_extensions(const Offer& client, const Offer& server, VersionOutcome& outcome) {
    if (outcome.version >= tls13) return;
    const auto check = [&](const Offer& one, const Offer& other, Side lacking) {
        if (outcome.verdict != Verdict::agree || other.end().peer.secure_renegotiation != Answer::no) return;
        if (!one.end().renegotiation_basis.certain) return doubt(outcome, ReasonId::strict_renegotiation, lacking, Doubt::renegotiation);
        if (one.end().renegotiation == effect::Renegotiation::strict) fail(outcome, ReasonId::strict_renegotiation, lacking);
    };
    check(client, server, Side::server);
    check(server, client, Side::client);
}

}  // namespace schancfg::handshake
