#include <algorithm>

#include "handshake/dates.hpp"
#include "handshake/details.hpp"
#include "schancfg/text.hpp"

namespace schancfg::handshake {
namespace {

using schannel::PeerCertificate;

constexpr std::size_t names_shown = 6;

/// The first few of many names.
class Names {
public:
    void add(std::string_view name) {
        ++count_;
        if (count_ <= names_shown) names_.push_back(shorten(name));
    }
    [[nodiscard]] std::string text(std::string_view none, bool complete) const {
        if (count_ == 0) return std::string(complete ? none : "not known");
        std::string text;
        for (const std::string& name : names_) text.append(text.empty() ? "" : ", ").append(name);
        if (count_ > names_shown) text.append(" and ").append(std::to_string(count_ - names_shown)).append(" more");
        if (!complete) text.append(", perhaps others");
        return text;
    }

private:
    std::size_t count_ = 0;
    std::vector<std::string> names_;
};

std::string layer_origin(const End& end) {
    const effect::Basis& basis = end.asked_basis;
    if (basis.rule == effect::BasisRule::application_names_protocols) return "named by the application";
    if (basis.rule == effect::BasisRule::wininet_secure_protocols) return "SecureProtocols of WinINet";
    if (basis.rule == effect::BasisRule::none && end.application != nullptr && !end.application->newest.empty()) {
        return std::string(end.application->name).append(" knows nothing newer than ").append(end.application->newest);
    }
    const bool by_default = basis.rule == effect::BasisRule::dotnet_default || basis.rule == effect::BasisRule::dotnet_target_default || basis.rule == effect::BasisRule::winhttp_default;
    if (by_default && end.application != nullptr) return "default of " + std::string(end.application->name);
    return basis.origin.to_string();
}

/// Where the protocols that the other end has and this one lacks are lost.
std::string protocol_origin(const Offer& offer, const Offer& other) {
    const End& end = offer.end();
    std::string text;
    for (const Missing& missing : end.missing) {
        if (missing.kind != Missing::Kind::protocol || other.at(version_index(missing.name)).offered == Answer::no) continue;
        text.append(text.empty() ? "" : "; ").append(missing.name).append(": ");
        text.append(missing.by_service ? std::string(missing.note) : missing.by_layer ? layer_origin(end) : missing.origins.front().to_string());
        if (!missing.sure) text.append(missing.assumed ? " (assumed)" : " (sources disagree)");
    }
    return text;
}

std::string suites_text(const Offer& offer, std::size_t version) {
    Names names;
    std::string_view last;
    for (const OfferedSuite& suite : offer.at(version).suites) {
        if (suite.name == last) continue;  // with another curve
        last = suite.name;
        names.add(suite.name);
    }
    return names.text("none", offer.at(version).complete);
}

/// Which values and lists take away suites that the other end has.
std::string suites_origin(const Offer& offer, const Offer& other, std::size_t version) {
    const End& end = offer.end();
    std::vector<std::string> lines;
    bool unlisted = false;
    for (const Missing& missing : end.missing) {
        OfferedSuite suite;
        suite.id = missing.id;
        if (other.at(version).find(suite).empty()) continue;
        unlisted = unlisted || missing.gates.empty();
        for (std::size_t at = 0; at < missing.gates.size(); ++at) {
            std::string line = shorten(missing.gates[at].to_string()) + ": " + missing.origins[at].to_string();
            if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
        }
    }
    if (unlisted) lines.push_back("not listed: " + end.suite_list.origin.to_string());
    std::string text;
    for (const std::string& line : lines) text.append(text.empty() ? "" : "; ").append(line);
    return text;
}

std::string groups_text(const Offer& offer) {
    Names names;
    for (const std::string_view group : offer.groups()) names.add(group);
    return names.text("none", offer.groups_complete());
}

std::string dh_text(const Offer& offer, const VersionOutcome& outcome) {
    const End& end = offer.end();
    const auto bits = [](int number) { return std::to_string(number) + " bits"; };
    if (end.role() == facts::Role::server) {
        const int seen = outcome.handshake.bits != 0 && outcome.handshake.group.empty() ? outcome.handshake.bits : end.peer.dh_min_bits;
        return seen == 0 ? "gives a length that is not known" : "gives " + bits(seen);
    }
    const BitsTaken& taken = end.dh;
    std::string text;
    if (!taken.read) {
        text = "what it takes is not known";
    } else if (taken.taken_from == 0) {
        text = "takes every length";
    } else if (taken.refused_below == taken.taken_from) {
        text = "takes " + bits(taken.taken_from) + " and more";
    } else if (taken.refused_below == 0 && end.kind != EndKind::windows) {
        text = "what it takes is not known";
    } else {
        text = "refuses less than " + bits(taken.refused_below) + ", takes " + bits(taken.taken_from) + " and more";
    }
    if (end.peer.dh_max_bits != 0) text.append(end.dh.longest_sure ? ", at most " : ", perhaps at most ").append(bits(end.peer.dh_max_bits));
    return text;
}

std::string certificate_text(const End& end) {
    std::string text;
    for (const PeerCertificate& certificate : end.peer.certificates) {
        text.append(text.empty() ? "" : "; ");
        text.append(certificate.key_type.empty() ? "a key that is not known" : shorten(certificate.key_type));
        if (certificate.key_bits != 0) text.append(" ").append(std::to_string(certificate.key_bits)).append(" bits");
        if (!certificate.curve.empty()) text.append(" ").append(shorten(certificate.curve));
        if (!certificate.signature_hash.empty()) text.append(", signed with ").append(shorten(certificate.signature_hash));
        if (const std::string dates = dates_text(certificate, end.looked_at); !dates.empty()) text.append(", ").append(dates);
    }
    return text.empty() ? "not known" : text;
}

std::string rsa_text(const End& end) {
    std::string text = end.rsa.taken_from == 0 ? "takes every RSA key" : "takes RSA keys of " + std::to_string(end.rsa.taken_from) + " bits and more";
    if (!end.rsa.read || (end.kind != EndKind::windows && end.rsa.refused_below == 0)) text = "the RSA keys that it takes are not known";
    if (end.peer.rsa_max_bits != 0) text.append(end.rsa.longest_sure ? ", at most " : ", perhaps at most ").append(std::to_string(end.peer.rsa_max_bits));
    return text;
}

std::string hashes_text(const Offer& offer) {
    Names names;
    for (const std::string& hash : offer.end().peer.signature_hashes) {
        names.add(offer.verifies(hash) == Answer::unknown ? "perhaps " + hash : hash);
    }
    return names.text("none", offer.end().peer.signature_hashes_complete);
}

std::string hash_origin(const End& end, std::string_view hash) {
    const Missing* missing = end.find_missing(Missing::Kind::signature_hash, hash);
    if (missing == nullptr) return {};
    std::string text = missing->origins.front().to_string();
    if (!missing->note.empty()) text.append(": ").append(missing->note);
    return text;
}

std::string renegotiation_text(const End& end) {
    std::string text = end.peer.secure_renegotiation == Answer::yes ? "secure" : end.peer.secure_renegotiation == Answer::no ? "not secure" : "not known";
    if (end.renegotiation == effect::Renegotiation::strict) text.append(", insists on it");
    return text;
}

class EvidenceTable {
public:
    EvidenceTable(const Scene& scene, const Agreement& agreement) : scene_(scene), outcome_(scene.decisive()) {
        if (agreement.verdict != Verdict::agree) reason_ = agreement.reason->code;
    }

    std::vector<Evidence> write() {
        Evidence& protocols = add("protocols", protocols_text(scene_.client), protocols_text(scene_.server),
                                  is({ReasonId::no_common_protocol, ReasonId::app_protocols, ReasonId::version_hole, ReasonId::no_protocol_left}));
        if (protocols.decides) {
            protocols.client_origin = protocol_origin(scene_.client, scene_.server);
            protocols.server_origin = protocol_origin(scene_.server, scene_.client);
        }
        const std::size_t version = scene_.version();
        if (version == tls_versions.size()) return std::move(rows_);
        Evidence& suites = add("cipher suites of " + std::string(tls_versions[version]), suites_text(scene_.client, version),
                               suites_text(scene_.server, version), is({ReasonId::no_common_suite, ReasonId::certificate_type}));
        if (suites.decides) {
            suites.client_origin = suites_origin(scene_.client, scene_.server, version);
            suites.server_origin = suites_origin(scene_.server, scene_.client, version);
        }
        add_groups(version);
        add_lengths(version);
        add_certificates(version);
        if (version < tls13) add_renegotiation();
        return std::move(rows_);
    }

private:
    [[nodiscard]] bool is(std::initializer_list<ReasonId> ids) const { return std::ranges::find(ids, reason_) != ids.end(); }

    Evidence& add(std::string aspect, std::string client, std::string server, bool decides) {
        Evidence& row = rows_.emplace_back();
        row.aspect = std::move(aspect);
        row.client = std::move(client);
        row.server = std::move(server);
        row.decides = decides;
        return row;
    }

    void add_groups(std::size_t version) {
        const bool decides = is({ReasonId::no_common_curve});
        if (version < 2 && !decides) return;
        Evidence& row = add("curves", groups_text(scene_.client), groups_text(scene_.server), decides);
        const auto origin = [](const End& end) { return end.kind == EndKind::windows ? end.curve_list.origin.to_string() : std::string(); };
        if (decides) {
            row.client_origin = origin(scene_.client.end());
            row.server_origin = origin(scene_.server.end());
        }
    }

    void add_lengths(std::size_t version) {
        const bool decides = is({ReasonId::dh_too_short, ReasonId::dh_too_long});
        const auto has_dhe = [version](const Offer& offer) {
            return std::ranges::any_of(offer.at(version).suites, [](const OfferedSuite& suite) { return suite.traits.exchange == Exchange::dhe; });
        };
        if (!decides && !(has_dhe(scene_.client) && has_dhe(scene_.server))) return;
        Evidence& row = add("Diffie-Hellman", dh_text(scene_.client, outcome_), dh_text(scene_.server, outcome_), decides);
        if (scene_.client.end().kind == EndKind::windows) row.client_origin = scene_.client.end().dh.origin.to_string();
    }

    void add_certificates(std::size_t version) {
        const End& client = scene_.client.end();
        const End& server = scene_.server.end();
        Evidence& keys = add("server certificate", rsa_text(client), certificate_text(server),
                             is({ReasonId::certificate_key_too_short, ReasonId::certificate_key_too_long, ReasonId::certificate_type}));
        if (client.kind == EndKind::windows && keys.decides) keys.client_origin = client.rsa.origin.to_string();
        const bool decides = is({ReasonId::certificate_signature_hash, ReasonId::no_common_signature});
        if (!decides && version < tls12) return;
        Evidence& hashes = add("signature hashes", hashes_text(scene_.client), hashes_text(scene_.server), decides);
        if (!decides) return;
        hashes.client_origin = hash_origin(client, outcome_.word);
        hashes.server_origin = hash_origin(server, outcome_.word);
    }

    void add_renegotiation() {
        const End& client = scene_.client.end();
        const End& server = scene_.server.end();
        const bool decides = is({ReasonId::strict_renegotiation});
        const auto strict = [](const End& end) { return end.renegotiation == effect::Renegotiation::strict; };
        if (!decides && !strict(client) && !strict(server)) return;
        Evidence& row = add("renegotiation", renegotiation_text(client), renegotiation_text(server), decides);
        if (strict(client)) row.client_origin = client.renegotiation_basis.origin.to_string();
        if (strict(server)) row.server_origin = server.renegotiation_basis.origin.to_string();
    }

    const Scene& scene_;
    const VersionOutcome& outcome_;
    std::optional<ReasonId> reason_;
    std::vector<Evidence> rows_;
};

}  // namespace

std::vector<Evidence> evidence_of(const Scene& scene, const Agreement& agreement) { return EvidenceTable(scene, agreement).write(); }

}  // namespace schancfg::handshake
