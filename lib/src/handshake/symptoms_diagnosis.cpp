#include <algorithm>

#include "handshake/causes.hpp"

namespace schancfg::handshake {
namespace {

/// The end that is not Windows, where just one is.
Side device(const End& client, const End& server) {
    const bool client_is = client.kind != EndKind::windows, server_is = server.kind != EndKind::windows;
    return client_is == server_is ? Side::both : client_is ? Side::client : Side::server;
}

/// What would tell the causes apart that are left, each question once.
void ask_for_causes(Diagnosis& diagnosis, const End& client, const End& server) {
    std::vector<Question>& questions = diagnosis.agreement.questions;
    for (const Cause& cause : diagnosis.causes) {
        if (cause.fit == Fit::ruled_out) break;  // and so are all that follow
        Question question = question_of_cause(*cause.reason, client, server);
        const bool there = std::ranges::any_of(questions, [&](const Question& each) {
            return each.side == question.side && (each.text == question.text || (!each.command.empty() && each.command == question.command));
        });
        if (!there) questions.push_back(std::move(question));
    }
    if (questions.empty()) questions.push_back({Side::both, "what do the logs of both ends say at the time of the failure?", {}});
}

/// The symptom says that they fail, and what is known of both ends does not. One cause that is left is still one of which nothing is known.
void name_cause(Diagnosis& diagnosis, const End& client, const End& server) {
    Agreement& agreement = diagnosis.agreement;
    if (agreement.verdict == Verdict::disagree) return;
    const auto left = std::ranges::count_if(diagnosis.causes, [](const Cause& cause) { return cause.fit != Fit::ruled_out; });
    if (agreement.verdict == Verdict::agree) {
        const std::string agreed = "the two would agree" + agreement.message.substr(std::min(agreement.message.size(), std::string_view("the two agree").size()));
        if (left == 0) {
            agreement.verdict = Verdict::unknown;
            agreement.message = "not known: " + agreed + ", and no known cause of this error fits them";
        } else {
            const Cause& first = diagnosis.causes.front();
            agreement.reason = first.reason;
            if (first.reason->stage == Stage::later) agreement.at_fault = device(client, server);
            const bool every_time = std::ranges::find(agreement.now_and_then, first.reason) == agreement.now_and_then.end();
            if (first.fit == Fit::shown && left == 1 && every_time) {
                agreement.verdict = Verdict::disagree;
                agreement.message = std::string(first.reason->title) + " (" + first.why + ")";
                return;
            }
            agreement.verdict = Verdict::unknown;
            agreement.message = "not known: " + agreed + ", but the error says that they fail; perhaps " + std::string(first.reason->title) + " (" + first.why + ")";
        }
    }
    ask_for_causes(diagnosis, client, server);
}

}  // namespace

Diagnosis diagnose(const End& client, const End& server, const Symptom* symptom) {
    Diagnosis diagnosis;
    diagnosis.agreement = agree(client, server);
    const Agreement& agreement = diagnosis.agreement;
    const CauseEvidence evidence(client, server, agreement, symptom);
    const auto add = [&](const Reason* reason) {
        const bool there = std::ranges::any_of(diagnosis.causes, [reason](const Cause& cause) { return cause.reason == reason; });
        if (reason != nullptr && !there) diagnosis.causes.push_back(evidence.judge(*reason));
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
