#include <algorithm>

#include "handshake/details.hpp"
#include "schancfg/text.hpp"

namespace schancfg::handshake {
namespace {

std::string bits(int number) { return std::to_string(number) + " bits"; }

std::string handshake_text(const Handshake& handshake) {
    constexpr std::string_view open = "a protocol that is not certain";
    if (handshake.protocol.empty() && handshake.suite_name.empty()) return std::string(open);
    std::string text = handshake.protocol;
    if (!handshake.suite_name.empty()) text.append(text.empty() ? "" : " with ").append(shorten(handshake.suite_name));
    if (!handshake.group.empty()) {
        text.append(" on ").append(shorten(handshake.group));
    } else if (handshake.bits != 0) {
        text.append(" and a group of ").append(bits(handshake.bits));
    }
    return handshake.protocol.empty() ? text.append(", in ").append(open) : text;
}

std::string agree_text(const Scene& scene, const Agreement& agreement) {
    std::string text = "the two agree on " + handshake_text(agreement.handshake);
    if (!agreement.candidates.empty() && agreement.handshake.suite_name.empty()) {
        text.append(scene.played.supposed_certificate ? "; the suite depends on the server's certificate"
                                                      : "; which suite the server picks is not known");
    }
    return text;
}

std::string asked_text(const End& client) {
    if (client.asked_basis.rule == effect::BasisRule::wininet_secure_protocols) return "WinINet asks for what SecureProtocols says, which is not known";
    std::vector<std::string> names;
    names.reserve(client.asked.size());
    for (const effect::LayerProtocol& protocol : client.asked) names.emplace_back(protocol.name);
    const std::string who = client.application == nullptr || client.application->id == "schannel" ? "the application" : std::string(client.application->name);
    return who + (names.empty() ? " asks for no protocol" : " asks for " + joined(names));
}

std::string suites_text(const Scene& scene, const Agreement& agreement, std::size_t version) {
    const auto count = [version](const Offer& offer) {
        const auto& suites = offer.at(version).suites;
        if (suites.empty()) return std::string(offer.at(version).complete ? "none" : "what is not known");
        const bool perhaps = std::ranges::none_of(suites, &OfferedSuite::sure);
        // A suite with a name for each curve is one suite.
        std::vector<std::uint32_t> ids;
        for (const OfferedSuite& suite : suites) ids.push_back(suite.id);
        std::ranges::sort(ids);
        const auto repeated = std::ranges::unique(ids);
        ids.erase(repeated.begin(), repeated.end());
        return (perhaps ? "perhaps " : "") + std::to_string(ids.size());
    };
    std::string text = "no common cipher suite in " + std::string(tls_versions[version]) + ": the client offers " + count(scene.client) +
                       ", the server takes " + count(scene.server);
    for (const Blocker& blocker : agreement.blockers) {
        // What is in the way for sure is not what an open answer hangs on.
        const bool decides = agreement.verdict == Verdict::unknown ? !blocker.missing.sure : blocker.alone;
        if (!decides || blocker.missing.kind != Missing::Kind::suite) continue;
        const std::string perhaps = agreement.verdict == Verdict::unknown ? "; perhaps " : "; ";
        const std::string on_side = " on the " + std::string(side_name(blocker.side));
        if (blocker.missing.gates.empty()) text.append(perhaps).append("missing").append(on_side).append(": a suite that is not in the list");
        else text.append(perhaps).append("blocked").append(on_side).append(" by: ").append(shorten(blocker.missing.gates.front().words()));
        break;
    }
    return text;
}

std::string kind_text(const End& server) {
    std::vector<std::string> kinds;
    kinds.reserve(server.peer.certificates.size());
    for (const auto& certificate : server.peer.certificates) kinds.push_back(certificate.key_type);
    return kinds.empty() ? "another kind" : joined(kinds);
}

}  // namespace

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (at != 0) text.append(at + 1 == words.size() ? " and " : ", ");
        text.append(words[at]);
    }
    return text;
}

std::string protocols_text(const Offer& offer) {
    std::vector<std::string> sure, perhaps;
    for (std::size_t at = 0; at < tls_versions.size(); ++at) {
        if (offer.at(at).offered == Answer::yes) sure.emplace_back(tls_versions[at]);
        if (offer.at(at).offered == Answer::unknown) perhaps.emplace_back(tls_versions[at]);
    }
    if (sure.empty() && perhaps.empty()) return "none";
    if (sure.empty()) return "perhaps " + joined(perhaps);
    return perhaps.empty() ? joined(sure) : joined(sure) + ", perhaps " + joined(perhaps);
}

std::string message_of(const Scene& scene, const Agreement& agreement) {
    if (agreement.verdict == Verdict::agree) return agree_text(scene, agreement);
    const VersionOutcome& outcome = scene.decisive();
    const ReasonId id = agreement.reason->code;
    const std::size_t version = scene.version();
    const std::string in_version = version < tls_versions.size() ? " in " + std::string(tls_versions[version]) : std::string();
    const std::string length = outcome.bits == 0 ? "has a length that is not known" : "has " + bits(outcome.bits);
    std::string text;
    if (id == ReasonId::no_answer) {
        text = "no TLS handshake was seen at " + shorten(scene.server.end().peer.tls_answered ? scene.client.end().label : scene.server.end().label);
    } else if (id == ReasonId::no_protocol_left) {
        text = "the " + std::string(side_name(agreement.at_fault)) + " has no protocol left";
    } else if (id == ReasonId::app_protocols) {
        text = asked_text(scene.client.end()) + "; the server takes " + protocols_text(scene.server);
    } else if (id == ReasonId::no_common_protocol) {
        text = "no common protocol: the client offers " + protocols_text(scene.client) + "; the server takes " + protocols_text(scene.server);
    } else if (id == ReasonId::version_hole) {
        text = "the server answers with " + outcome.word + ", which the client has off although it has a newer and an older one on";
    } else if (id == ReasonId::no_common_suite) {
        text = suites_text(scene, agreement, version);
    } else if (id == ReasonId::certificate_type) {
        text = "no common cipher suite" + in_version + " fits the server's certificate (" + shorten(kind_text(scene.server.end())) + ")";
    } else if (id == ReasonId::no_common_curve) {
        text = outcome.word.empty() ? "no common curve" + in_version + " for the cipher suites that are common"
                                    : "the client does not take the curve of the server's certificate (" + shorten(outcome.word) + ")";
    } else if (id == ReasonId::dh_too_short) {
        text = "the server's Diffie-Hellman group " + length + ", the client takes " + bits(outcome.limit) + " and more";
    } else if (id == ReasonId::dh_too_long) {
        text = "the server's Diffie-Hellman group " + length + ", the client takes " + bits(outcome.limit) + " at most";
    } else if (id == ReasonId::certificate_key_too_short) {
        text = "the RSA key of the server's certificate " + length + ", the client takes " + bits(outcome.limit) + " and more";
    } else if (id == ReasonId::certificate_key_too_long) {
        text = "the RSA key of the server's certificate " + length + ", the client takes " + bits(outcome.limit) + " at most";
    } else if (id == ReasonId::certificate_signature_hash) {
        text = "the certificate is signed with " + shorten(outcome.word) + ", which the " + std::string(side_name(agreement.at_fault)) +
               " does not take" + in_version;
    } else if (id == ReasonId::strict_renegotiation) {
        const Side insisting = agreement.at_fault == Side::server ? Side::client : Side::server;
        text = "the " + std::string(side_name(insisting)) + " insists on secure renegotiation, which the " + std::string(side_name(agreement.at_fault)) + " does not have";
    } else {
        text = agreement.reason->title;
    }
    if (agreement.verdict == Verdict::unknown) return "not known whether they agree; perhaps " + text;
    // Not everything is known, and they fail in every case.
    std::vector<const Reason*> others;
    for (const VersionOutcome& each : scene.played.outcomes) {
        const bool new_one = each.reason != agreement.reason && each.reason != nullptr && std::ranges::find(others, each.reason) == others.end();
        if (new_one && each.version == version) others.push_back(each.reason);
    }
    for (const Reason* each : others) text.append(", or else ").append(each->title);
    return text;
}

}  // namespace schancfg::handshake
