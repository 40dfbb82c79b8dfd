#include "handshake/dates.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "handshake/causes.hpp"

namespace schancfg::handshake {
namespace {

using schannel::PeerCertificate;

/// `2027-01-31`
std::string date_text(std::int64_t seconds) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds))));
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

/// The certificates that serve a suite which may come out.
std::vector<const PeerCertificate*> shown_certificates(const End& server, const Agreement& agreement) {
    std::vector<Handshake> possible = agreement.candidates;
    if (possible.empty()) possible.push_back(agreement.handshake);
    std::vector<const PeerCertificate*> out;
    for (const PeerCertificate& certificate : server.peer.certificates) {
        const bool served = std::ranges::any_of(possible, [&](const Handshake& each) { return serves(certificate, traits_of(each.suite, each.suite_name).authentication); });
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
    const auto certificates = shown_certificates(server, agreement);
    if (certificates.empty()) return false;
    const auto validity = [&](const PeerCertificate* each) { return validity_of(*each, server.looked_at); };
    const bool known = std::ranges::none_of(certificates, [](Validity each) { return each == Validity::unknown; }, validity);
    const auto first_out = std::ranges::find_if(certificates, is_out, validity);
    if (first_out == certificates.end()) return known;
    const PeerCertificate& out = **first_out;
    const std::string dates = "the server's certificate " + dates_text(out, server.looked_at);
    if (validity_of(out, server.peer.seen_at) == Validity::valid) {
        agreement.provided.push_back("the certificate has been renewed since the scan: the one that it saw " + dates_text(out, server.looked_at));
    } else if (!std::ranges::all_of(certificates, is_out, validity)) {
        agreement.provided.push_back("the server shows another certificate, or the client does not look at dates: one that it has " + dates_text(out, server.looked_at));
    } else if (agreement.verdict == Verdict::unknown) {
        agreement.provided.push_back("the client does not look at dates: " + dates);
    } else {
        agreement.verdict = Verdict::unknown;
        agreement.reason = &reason_of(ReasonId::certificate_not_valid);
        agreement.at_fault = Side::server;
        const std::string agreed = agreement.message.substr(std::min(agreement.message.size(), std::string_view("the two agree").size()));
        agreement.message = "not known: the two would agree" + agreed + ", but " + dates + ", and a client that looks at dates refuses it";
        for (Evidence& each : agreement.evidence) each.decides = each.aspect == "server certificate";
        agreement.questions.push_back(question_of_cause(*agreement.reason, scene.client.end(), server));
    }
    return known;
}

}  // namespace schancfg::handshake
