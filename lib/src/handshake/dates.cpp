#include "handshake/dates.hpp"

#include <algorithm>
#include <chrono>

#include "handshake/causes.hpp"

namespace schancfg::handshake {
namespace {

using schannel::PeerCertificate;

/// `2027-01-31`
std::string date_text(std::int64_t seconds) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds))));
    const auto padded = [](int number, std::size_t width) {
        std::string text = std::to_string(number);
        return std::string(text.size() < width ? width - text.size() : 0, '0') + text;
    };
    return padded(static_cast<int>(date.year()), 4) + '-' + padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + '-' +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

/// The certificates that serve a suite which may come out.
std::vector<const PeerCertificate*> shown_certificates(const End& server, const Agreement& agreement) {
    std::vector<Handshake> possible = agreement.candidates;
    if (possible.empty()) possible.push_back(agreement.handshake);
    std::vector<const PeerCertificate*> out;
    for (const PeerCertificate& certificate : server.peer.certificates) {
        const bool served = std::ranges::any_of(possible, [&](const Handshake& each) {
            const Authentication needed = traits_of(each.suite, each.suite_name).authentication;
            const bool bound = needed == Authentication::rsa || needed == Authentication::ecdsa || needed == Authentication::dss;
            return !bound || certificate.key_type.empty() || serves(certificate, needed);
        });
        if (served) out.push_back(&certificate);
    }
    return out;
}

bool is_out(Validity validity) { return validity == Validity::expired || validity == Validity::not_yet; }

}  // namespace

Validity validity_of(const PeerCertificate& certificate, std::optional<std::int64_t> at) {
    if (!at) return Validity::unknown;
    if (certificate.valid_until && *at > *certificate.valid_until) return Validity::expired;
    if (certificate.valid_from && *at < *certificate.valid_from) return Validity::not_yet;
    return certificate.valid_until ? Validity::valid : Validity::unknown;
}

std::string dates_text(const PeerCertificate& certificate, std::optional<std::int64_t> at) {
    switch (validity_of(certificate, at)) {
        case Validity::valid: return "valid until " + date_text(*certificate.valid_until);
        case Validity::expired: return "expired on " + date_text(*certificate.valid_until);
        case Validity::not_yet: return "is not valid before " + date_text(*certificate.valid_from);
        case Validity::unknown: break;
    }
    return {};
}

bool judge_dates(const Scene& scene, Agreement& agreement) {
    const End& server = scene.server.end();
    if (agreement.verdict == Verdict::disagree || !server.looked_at) return false;
    const auto certificates = shown_certificates(server, agreement);
    if (certificates.empty()) return false;
    bool known = true, all_out = true;
    const PeerCertificate* out = nullptr;
    for (const PeerCertificate* each : certificates) {
        const Validity validity = validity_of(*each, server.looked_at);
        known = known && validity != Validity::unknown;
        all_out = all_out && is_out(validity);
        if (out == nullptr && is_out(validity)) out = each;
    }
    if (out == nullptr) return known;
    const std::string dates = "the server's certificate " + dates_text(*out, server.looked_at);
    const bool renewed = server.peer.seen_at && validity_of(*out, server.peer.seen_at) == Validity::valid;
    if (renewed) {
        agreement.provided.push_back("the certificate has been renewed since the scan: the one that it saw " + dates_text(*out, server.looked_at));
    } else if (!all_out) {
        agreement.provided.push_back("the server shows another certificate, or the client does not look at dates: one that it has " + dates_text(*out, server.looked_at));
    } else if (agreement.verdict == Verdict::unknown) {
        agreement.provided.push_back("the client does not look at dates: " + dates);
    } else {
        agreement.verdict = Verdict::unknown;
        agreement.reason = &reason_of(ReasonId::certificate_not_valid);
        agreement.at_fault = Side::server;
        const std::string agreed = agreement.message.substr(std::min(agreement.message.size(), std::string_view("the two agree").size()));
        agreement.message = "not known: the two would agree" + agreed + ", but " + dates + ", and a client that looks at dates refuses it";
        for (Evidence& each : agreement.evidence) each.decides = each.aspect == "server certificate";
        if (auto question = question_of_cause(*agreement.reason, scene.client.end(), server)) agreement.questions.push_back(std::move(*question));
    }
    return known;
}

}  // namespace schancfg::handshake
