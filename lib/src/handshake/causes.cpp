#include "handshake/causes.hpp"

#include <algorithm>
#include <span>

#include "handshake/dates.hpp"
#include "handshake/suite.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/text.hpp"

namespace schancfg::handshake {
namespace {

using schannel::Answer;

/// RFC 8446, 4.6.1: a ticket lives seven days at most.
constexpr std::uint32_t longest_ticket_ms = 7U * 24U * 60U * 60U * 1000U;

void set(Cause& cause, Fit fit, std::string why) {
    cause.fit = fit;
    cause.why = std::move(why);
}

bool is_windows(const End& end) { return end.kind == EndKind::windows; }

}  // namespace

CauseEvidence::CauseEvidence(const End& client, const End& server, const Agreement& agreement, const Symptom* symptom)
    : client_(client), server_(server), agreement_(agreement), possible_(agreement.candidates) {
    // Beside the candidates it is what they have in common, and says nothing that they don't.
    if (!agreement.handshake.protocol.empty()) possible_.push_back(agreement.handshake);
    // Where one end is Windows and the message is of another stack, nothing given says what limits that stack has.
    if (symptom != nullptr && (is_windows(client) || is_windows(server))) foreign_ = foreign_stack(*symptom);
}

Cause CauseEvidence::judge(const Reason& reason) const {
    Cause cause;
    cause.reason = &reason;
    if (reason.code == ReasonId::certificate_not_valid) {
        judge_validity(cause);
    } else if (agreement_.reason == &reason) {
        set(cause, agreement_.verdict == Verdict::disagree ? Fit::shown : Fit::possible, agreement_.message);
        return cause;
    } else {
        judge_by_ends(cause);
    }
    if (cause.fit == Fit::ruled_out && !foreign_.empty()) {
        set(cause, Fit::possible, "the message comes from " + std::string(foreign_) + ", which is not Schannel and has limits of its own");
    }
    return cause;
}

void CauseEvidence::judge_by_ends(Cause& cause) const {
    const ReasonId id = cause.reason->code;
    if (id == ReasonId::legacy_key_provider) return judge_key_provider(cause);
    if (id == ReasonId::ticket_lifetime) return judge_tickets(cause);
    if (id == ReasonId::october_2022_update) return judge_october(cause);
    if (id == ReasonId::strict_renegotiation && agreement_.verdict != Verdict::disagree) return judge_renegotiation(cause);
    if (cause.reason->stage == Stage::later) return judge_later(cause);
    judge_by_offers(cause);
}

/// What two offers decide, and what lies outside of them.
void CauseEvidence::judge_by_offers(Cause& cause) const {
    constexpr ReasonId outside[] = {ReasonId::private_key, ReasonId::access_denied, ReasonId::certificate_not_trusted, ReasonId::certificate_revoked,
                                            ReasonId::revocation_not_checked, ReasonId::certificate_name, ReasonId::certificate_rejected, ReasonId::client_certificate, ReasonId::not_tls,
                                            ReasonId::no_answer, ReasonId::no_connection};
    const ReasonId id = cause.reason->code;
    if (id == ReasonId::not_tls && !possible_.empty() && server_.kind == EndKind::seen) {
        set(cause, Fit::ruled_out, "a scan has made TLS handshakes there");
    } else if (is_one_of(outside, id)) {
        set(cause, Fit::possible, "what both ends offer does not show it");
    } else if (agreement_.verdict == Verdict::unknown) {
        set(cause, Fit::possible, "not enough is known of both ends");
    } else if (agreement_.verdict == Verdict::disagree) {
        set(cause, Fit::ruled_out, agreement_.reason != nullptr && agreement_.reason->stage < cause.reason->stage ? "the handshake does not get that far"
                                                                                                               : "what both ends offer shows another cause");
    } else {
        judge_agreed(cause);
    }
}

/// The offers agree. What they rest on that nobody knows rules nothing out.
void CauseEvidence::judge_agreed(Cause& cause) const {
    constexpr ReasonId of_program[] = {ReasonId::app_protocols, ReasonId::no_protocol_left, ReasonId::version_hole};
    constexpr ReasonId of_kind[] = {ReasonId::no_common_suite, ReasonId::certificate_type, ReasonId::no_common_curve};
    const ReasonId id = cause.reason->code;
    if (is_one_of(of_program, id) && is_windows(client_) && !client_.application_known) {
        set(cause, Fit::possible, "which program connects, and which protocols it asks for, is not known");
    } else if (is_one_of(of_kind, id) && server_.peer.certificates.empty()) {
        set(cause, Fit::possible, "the server's certificate is not known");
    } else if (cause.reason->stage == Stage::certificate) {
        judge_certificate(cause);
    } else {
        set(cause, Fit::ruled_out, "what both ends offer agrees on that");
    }
}

void CauseEvidence::judge_certificate(Cause& cause) const {
    const auto& certificates = server_.peer.certificates;
    const ReasonId id = cause.reason->code;
    const bool about_hash = id == ReasonId::certificate_signature_hash || id == ReasonId::no_common_signature;
    const auto lacks = [about_hash](const schannel::PeerCertificate& each) {
        return about_hash ? each.signature_hash.empty() : each.key_type.empty() || (each.key_type == "RSA" && each.key_bits == 0);
    };
    if (certificates.empty()) {
        set(cause, Fit::possible, "the server's certificate is not known");
    } else if (std::ranges::any_of(certificates, lacks)) {
        set(cause, Fit::possible, about_hash ? "the hash that the server's certificate is signed with is not known" : "the key of the server's certificate is not known");
    } else if (!is_windows(client_)) {
        set(cause, Fit::possible, "what the client verifies is not known");
    } else if (id == ReasonId::no_common_signature && !is_windows(server_) && !server_.peer.handshake_signatures_complete) {
        set(cause, Fit::possible, "what the server can sign with is not known");
    } else {
        set(cause, Fit::ruled_out, "what both ends offer agrees on that");
    }
}

/// What a scan saw may have been renewed since, and a clock that is wrong looks the same.
void CauseEvidence::judge_validity(Cause& cause) const {
    for (const schannel::PeerCertificate& certificate : server_.peer.certificates) {
        const Validity validity = validity_of(certificate, server_.looked_at);
        if (validity == Validity::expired || validity == Validity::not_yet) {
            set(cause, Fit::shown, "the server's certificate " + dates_text(certificate, server_.looked_at));
            return;
        }
        if (validity == Validity::valid) set(cause, Fit::possible, "by its dates the server's certificate is valid; whether the clocks are right is not known");
    }
    if (cause.why.empty()) set(cause, Fit::possible, "what both ends offer does not show it");
}

void CauseEvidence::judge_key_provider(Cause& cause) const {
    const bool on_tls12 = possible_.empty() || std::ranges::any_of(possible_, [](const Handshake& each) { return version_index(each.protocol) >= tls12; });
    if (!is_windows(client_)) {
        set(cause, Fit::ruled_out, "the client is not Windows");
    } else if (!on_tls12) {
        set(cause, Fit::ruled_out, "before TLS 1.2 a client signs with SHA-1");
    } else {
        set(cause, Fit::possible, "whether the client has a certificate, and in which provider its key is, is not known");
    }
}

/// One end insists, and the other may lack it.
void CauseEvidence::judge_renegotiation(Cause& cause) const {
    const auto insists = [](const End& end) {
        if (!is_windows(end) || !end.renegotiation_basis.certain) return Answer::unknown;
        return end.renegotiation == effect::Renegotiation::strict ? Answer::yes : Answer::no;
    };
    const auto clash = [&](const End& one, const End& other) { return insists(one) != Answer::no && other.peer.secure_renegotiation != Answer::yes; };
    const bool newer = std::ranges::all_of(possible_, [](const Handshake& each) { return version_index(each.protocol) == tls13; });
    if (!possible_.empty() && newer) {
        set(cause, Fit::ruled_out, "TLS 1.3 has no renegotiation");
    } else if (clash(client_, server_) || clash(server_, client_)) {
        set(cause, Fit::possible, "whether both ends have secure renegotiation is not known");
    } else {
        set(cause, Fit::ruled_out, "no end insists on secure renegotiation that the other lacks");
    }
}

void CauseEvidence::judge_later(Cause& cause) const {
    const ReasonId id = cause.reason->code;
    if (agreement_.verdict == Verdict::disagree) {
        set(cause, Fit::ruled_out, "the handshake does not get that far");
    } else if (id == ReasonId::version_intolerance) {
        judge_version(cause);
    } else if (id == ReasonId::broken_dh) {
        judge_dh(cause);
    } else if (id == ReasonId::extended_master_secret) {
        judge_master_secret(cause);
    } else if (id == ReasonId::dhe_leading_zero) {
        const bool shown = std::ranges::find(agreement_.now_and_then, cause.reason) != agreement_.now_and_then.end();
        const bool open = agreement_.verdict == Verdict::unknown && (client_.dhe_fault || server_.dhe_fault);
        if (shown) {
            set(cause, Fit::shown, "TLS_DHE is picked, and an end has the fault");
        } else if (open) {
            set(cause, Fit::possible, "an end has the fault, and whether TLS_DHE is picked is not known");
        } else {
            set(cause, Fit::ruled_out, "no end has the fault, or TLS_DHE is not picked");
        }
    } else if (id == ReasonId::http2_suite_order) {
        judge_http2(cause);
    } else {
        set(cause, Fit::possible, "what both ends offer does not show it");
    }
}

void CauseEvidence::judge_version(Cause& cause) const {
    const auto newer = [](const Handshake& each) { return version_index(each.protocol) >= tls12; };
    const auto found = std::ranges::find_if(possible_, newer);
    if (!some_device()) {
        set(cause, Fit::ruled_out, "both ends are Windows");
    } else if (found != possible_.end()) {
        set(cause, Fit::possible, "the handshake would be " + found->protocol + ", which one end only claims to speak");
    } else if (possible_.empty() || agreement_.verdict == Verdict::unknown) {
        set(cause, Fit::possible, "which protocol they would speak is not known");
    } else {
        set(cause, Fit::ruled_out, "the handshake would not be TLS 1.2 or newer");
    }
}

void CauseEvidence::judge_dh(Cause& cause) const {
    const auto dhe = [](const Handshake& each) { return traits_of(each.suite, each.suite_name).exchange == Exchange::dhe; };
    const auto found = std::ranges::find_if(possible_, dhe);
    if (!some_device()) {
        set(cause, Fit::ruled_out, "both ends are Windows");
    } else if (found != possible_.end()) {
        set(cause, Fit::possible, "the server would pick " + shorten(found->suite_name));
    } else if (agreement_.verdict == Verdict::unknown) {
        set(cause, Fit::possible, "whether a TLS_DHE suite would be picked is not known");
    } else {
        set(cause, Fit::ruled_out, "no TLS_DHE suite would be picked");
    }
}

void CauseEvidence::judge_master_secret(Cause& cause) const {
    const bool old = possible_.empty() || std::ranges::any_of(possible_, [](const Handshake& each) { return version_index(each.protocol) != tls13; });
    const auto windows_has = [](const End& end) { return is_windows(end) && end.peer.extended_master_secret != Answer::no; };
    if (std::ranges::find(agreement_.now_and_then, cause.reason) != agreement_.now_and_then.end()) {
        set(cause, Fit::shown, "Windows has the extension and the other end does not");
    } else if (!old) {
        set(cause, Fit::ruled_out, "TLS 1.3 always has it");
    } else if (!windows_has(client_) && !windows_has(server_)) {
        set(cause, Fit::ruled_out, "no Windows end insists on it");
    } else if (client_.peer.extended_master_secret == Answer::yes && server_.peer.extended_master_secret == Answer::yes) {
        set(cause, Fit::ruled_out, "both ends have it");
    } else {
        set(cause, Fit::possible, "whether the other end has the extension is not known");
    }
}

void CauseEvidence::judge_http2(Cause& cause) const {
    const auto blocked = [](const Handshake& each) {
        return std::ranges::any_of(facts::cipher_suites(), [&](const facts::CipherSuite& suite) { return suite.id == each.suite && suite.id != 0 && suite.http2_blocklisted; });
    };
    const auto found = std::ranges::find_if(possible_, blocked);
    const bool one = agreement_.verdict == Verdict::agree && !agreement_.handshake.suite_name.empty();
    if (found != possible_.end() && one) {
        set(cause, Fit::shown, shorten(found->suite_name) + " is on the blocklist of HTTP/2");
    } else if (found != possible_.end()) {
        set(cause, Fit::possible, shorten(found->suite_name) + ", which may be picked, is on the blocklist of HTTP/2");
    } else if (!possible_.empty() && agreement_.verdict == Verdict::agree) {
        set(cause, Fit::ruled_out, "the suite that is picked is allowed");
    } else {
        set(cause, Fit::possible, "the suite that is picked is not known");
    }
}

/// KB5018410 and its kin are for Windows 10, 11, Server 2019 and 2022; releases that are younger were never without their correction.
void CauseEvidence::judge_october(Cause& cause) const {
    constexpr facts::Build first{10, 0, 17763}, last{10, 0, 22000};
    const auto may_have = [&](const End& end) { return is_windows(end) && end.release->build >= first && end.release->build <= last; };
    if (agreement_.verdict == Verdict::disagree) {
        set(cause, Fit::ruled_out, "the handshake does not get that far");
    } else if (may_have(client_) || may_have(server_)) {
        set(cause, Fit::possible, "which updates that Windows has is not known");
    } else if (is_windows(client_) && is_windows(server_)) {
        set(cause, Fit::ruled_out, "these releases did not get that update");
    } else if (is_windows(client_) || is_windows(server_)) {
        set(cause, Fit::ruled_out, "that release did not get that update");
    } else {
        set(cause, Fit::possible, "what both ends offer does not show it");
    }
}

void CauseEvidence::judge_tickets(Cause& cause) const {
    if (agreement_.verdict == Verdict::disagree) {
        set(cause, Fit::ruled_out, "the handshake does not get that far");
    } else if (!is_windows(server_)) {
        set(cause, Fit::possible, "how long the server's session tickets live is not known");
    } else if (!server_.ticket_lifetime_ms) {
        set(cause, Fit::possible, "the server's ServerCacheTime is not known");
    } else if (*server_.ticket_lifetime_ms > longest_ticket_ms) {
        set(cause, Fit::shown, "ServerCacheTime is " + std::to_string(*server_.ticket_lifetime_ms) + " milliseconds, which is more than 7 days");
    } else {
        set(cause, Fit::ruled_out, "the server's tickets live " + std::to_string(*server_.ticket_lifetime_ms) + " milliseconds, not more than 7 days");
    }
}

}  // namespace schancfg::handshake
