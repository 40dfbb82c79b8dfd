#include <algorithm>

#include "handshake/suite.hpp"
#include "schancfg/handshake/symptoms.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/text.hpp"

namespace schancfg::handshake {
namespace {

using schannel::Answer;

/// They say that it failed and not why: no verdict rests on one of these alone.
constexpr std::string_view vague[] = {"closed-by-peer", "interception", "not-tls", "certificate-rejected"};

bool is_one_of(std::span<const std::string_view> ids, std::string_view id) { return std::ranges::find(ids, id) != ids.end(); }

class CauseEvidence {
public:
    CauseEvidence(const End& client, const End& server, const Agreement& agreement) : client_(client), server_(server), agreement_(agreement) {
        possible_ = agreement.candidates;
        if (possible_.empty() && !agreement.handshake.protocol.empty()) possible_.push_back(agreement.handshake);
    }

    [[nodiscard]] Cause judge(const Reason& reason) const {
        Cause cause;
        cause.reason = &reason;
        if (agreement_.reason == &reason) {
            cause.fit = agreement_.verdict == Verdict::disagree ? Fit::shown : Fit::possible;
            cause.why = agreement_.message;
        } else if (reason.stage == Stage::later) {
            judge_later(cause);
        } else {
            judge_by_offers(cause);
        }
        return cause;
    }

private:
    static void set(Cause& cause, Fit fit, std::string why) {
        cause.fit = fit;
        cause.why = std::move(why);
    }

    [[nodiscard]] bool some_device() const { return client_.kind != EndKind::windows || server_.kind != EndKind::windows; }
    [[nodiscard]] bool any_handshake(auto is) const { return std::ranges::any_of(possible_, is); }

    /// What two offers decide, and what lies outside of them.
    void judge_by_offers(Cause& cause) const {
        constexpr std::string_view outside[] = {"private-key", "access-denied", "certificate-not-trusted", "certificate-not-valid", "certificate-revoked",
                                                "certificate-name", "certificate-rejected", "client-certificate", "not-tls", "no-answer"};
        constexpr std::string_view of_certificate[] = {"certificate-key-too-short", "certificate-key-too-long", "certificate-signature-hash", "no-common-signature"};
        const std::string_view id = cause.reason->id;
        if (id == "not-tls" && !possible_.empty() && server_.kind == EndKind::seen) {
            set(cause, Fit::ruled_out, "a scan has made TLS handshakes there");
        } else if (is_one_of(outside, id)) {
            set(cause, Fit::possible, "what both ends offer does not show it");
        } else if (agreement_.verdict == Verdict::unknown) {
            set(cause, Fit::possible, "not enough is known of both ends");
        } else if (agreement_.verdict == Verdict::disagree) {
            set(cause, Fit::ruled_out, agreement_.reason != nullptr && agreement_.reason->stage < cause.reason->stage ? "the handshake does not get that far"
                                                                                                                   : "what both ends offer shows another cause");
        } else if (is_one_of(of_certificate, id) && server_.peer.certificates.empty()) {
            set(cause, Fit::possible, "the server's certificate is not known");
        } else if (is_one_of(of_certificate, id) && client_.kind != EndKind::windows) {
            set(cause, Fit::possible, "what the client verifies is not known");
        } else if (id == "strict-renegotiation" && (client_.peer.secure_renegotiation == Answer::unknown || server_.peer.secure_renegotiation == Answer::unknown)) {
            set(cause, Fit::possible, "whether both ends have secure renegotiation is not known");
        } else {
            set(cause, Fit::ruled_out, "what both ends offer agrees on that");
        }
    }

    void judge_later(Cause& cause) const {
        const std::string_view id = cause.reason->id;
        if (agreement_.verdict == Verdict::disagree) {
            set(cause, Fit::ruled_out, "the handshake does not get that far");
        } else if (id == "version-intolerance") {
            judge_version(cause);
        } else if (id == "broken-dh") {
            judge_dh(cause);
        } else if (id == "extended-master-secret") {
            judge_master_secret(cause);
        } else if (id == "dhe-leading-zero") {
            const bool shown = std::ranges::find(agreement_.now_and_then, cause.reason) != agreement_.now_and_then.end();
            set(cause, shown ? Fit::shown : Fit::ruled_out, shown ? "TLS_DHE is picked, and an end has the fault" : "no end has the fault, or TLS_DHE is not picked");
        } else if (id == "http2-suite-order") {
            judge_http2(cause);
        } else {
            set(cause, Fit::possible, "what both ends offer does not show it");
        }
    }

    void judge_version(Cause& cause) const {
        const auto newer = [](const Handshake& each) { return version_index(each.protocol) >= tls12 && version_index(each.protocol) < tls_versions.size(); };
        if (!some_device()) {
            set(cause, Fit::ruled_out, "both ends are Windows");
        } else if (any_handshake(newer)) {
            const Handshake& first = *std::ranges::find_if(possible_, newer);
            set(cause, Fit::possible, "the handshake would be " + first.protocol + ", which one end only claims to speak");
        } else {
            set(cause, Fit::ruled_out, "the handshake would not be TLS 1.2 or newer");
        }
    }

    void judge_dh(Cause& cause) const {
        const auto dhe = [](const Handshake& each) { return traits_of(each.suite, each.suite_name).exchange == Exchange::dhe; };
        if (!some_device()) {
            set(cause, Fit::ruled_out, "both ends are Windows");
        } else if (any_handshake(dhe)) {
            set(cause, Fit::possible, "the server would pick " + shorten(std::ranges::find_if(possible_, dhe)->suite_name));
        } else {
            set(cause, Fit::ruled_out, "no TLS_DHE suite would be picked");
        }
    }

    void judge_master_secret(Cause& cause) const {
        const bool old = any_handshake([](const Handshake& each) { return version_index(each.protocol) < tls13; });
        const auto windows_has = [](const End& end) { return end.kind == EndKind::windows && end.peer.extended_master_secret != Answer::no; };
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

    void judge_http2(Cause& cause) const {
        const auto blocked = [](const Handshake& each) {
            return std::ranges::any_of(facts::cipher_suites(), [&](const facts::CipherSuite& suite) { return suite.id == each.suite && suite.http2_blocklisted; });
        };
        if (any_handshake(blocked)) {
            set(cause, Fit::shown, shorten(std::ranges::find_if(possible_, blocked)->suite_name) + " is on the blocklist of HTTP/2");
        } else if (!possible_.empty() && !agreement_.handshake.suite_name.empty()) {
            set(cause, Fit::ruled_out, "the suite that is picked is allowed");
        } else {
            set(cause, Fit::possible, "the suite that is picked is not known");
        }
    }

    const End& client_;
    const End& server_;
    const Agreement& agreement_;
    std::vector<Handshake> possible_;
};

/// The end that is not Windows, where just one is.
Side device(const End& client, const End& server) {
    const bool client_is = client.kind != EndKind::windows, server_is = server.kind != EndKind::windows;
    return client_is == server_is ? Side::both : client_is ? Side::client : Side::server;
}

/// The symptom says that they fail. What the offers leave open, and the causes that it can have, say why.
void name_cause(Diagnosis& diagnosis, const End& client, const End& server) {
    Agreement& agreement = diagnosis.agreement;
    if (agreement.verdict == Verdict::disagree) return;
    const auto open = std::ranges::find_if(diagnosis.causes, [](const Cause& cause) { return cause.fit != Fit::ruled_out; });
    if (open == diagnosis.causes.end()) {
        agreement.verdict = Verdict::unknown;
        agreement.message = "what is known of both ends agrees (" + agreement.message + "), and the symptom has no cause that fits them";
        agreement.questions.push_back({Side::both, "what do the logs of both ends say at the time of the failure?", {}});
        return;
    }
    const bool suspected = agreement.verdict == Verdict::unknown && agreement.reason == open->reason;
    if (agreement.verdict == Verdict::unknown && !suspected) return;  // the offers' own doubts come first
    const auto specific = std::ranges::count_if(diagnosis.causes, [](const Cause& cause) {
        return cause.fit != Fit::ruled_out && !is_one_of(vague, cause.reason->id);
    });
    // A symptom with several causes that are as likely names none of them, but for faults of a device, which are listed by likelihood.
    const bool named = !is_one_of(vague, open->reason->id) &&
                       (suspected || open->fit == Fit::shown || specific == 1 || open->reason->stage == Stage::later);
    agreement.reason = open->reason;
    agreement.verdict = named ? Verdict::disagree : Verdict::unknown;
    const std::string agreed = agreement.message;
    agreement.message = std::string(open->reason->title) + " (" + open->why + ")";
    if (named) {
        agreement.questions.clear();
        if (open->reason->stage == Stage::later && !suspected) agreement.at_fault = device(client, server);
        return;
    }
    agreement.message = "not known: " + agreed + ", but the symptom says that they fail; perhaps " + agreement.message;
    agreement.questions.push_back({Side::both, "what do the logs of both ends say at the time of the failure?", {}});
}

}  // namespace

Diagnosis diagnose(const End& client, const End& server, const Symptom* symptom) {
    Diagnosis diagnosis;
    diagnosis.agreement = agree(client, server);
    const Agreement& agreement = diagnosis.agreement;
    const CauseEvidence judge(client, server, agreement);
    const auto add = [&](const Reason* reason) {
        const bool there = std::ranges::any_of(diagnosis.causes, [reason](const Cause& cause) { return cause.reason == reason; });
        if (reason != nullptr && !there) diagnosis.causes.push_back(judge.judge(*reason));
    };
    if (agreement.verdict == Verdict::disagree) add(agreement.reason);
    if (symptom != nullptr) {
        for (const Reason* reason : symptom->causes) add(reason);
    }
    if (agreement.verdict == Verdict::unknown) add(agreement.reason);
    for (const Reason* reason : agreement.now_and_then) add(reason);
    std::ranges::stable_sort(diagnosis.causes, {}, &Cause::fit);
    if (symptom != nullptr && !symptom->causes.empty()) name_cause(diagnosis, client, server);
    return diagnosis;
}

}  // namespace schancfg::handshake
