#include "schancfg/handshake/agreement.hpp"

#include <algorithm>

#include "handshake/dates.hpp"
#include "handshake/details.hpp"
#include "handshake/services.hpp"

namespace schancfg::handshake {

std::string_view verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::agree: return "agree";
        case Verdict::disagree: return "disagree";
        case Verdict::unknown: break;
    }
    return "unknown";
}

std::string_view unchecked_name(Unchecked what) {
    switch (what) {
        case Unchecked::trust: return "trust";
        case Unchecked::name: return "name";
        case Unchecked::dates: return "dates";
        case Unchecked::revocation: return "revocation";
        case Unchecked::program: break;
    }
    return "program";
}

std::string_view side_name(Side side) {
    switch (side) {
        case Side::client: return "client";
        case Side::server: return "server";
        case Side::both: break;
    }
    return "both";
}

const VersionOutcome& Scene::decisive() const {
    const auto bad = handshake::decisive(played);
    return bad == played.outcomes.end() ? played.outcomes.front() : *bad;
}

std::size_t Scene::version() const { return decisive().version; }

namespace {

/// Where TLS 1.3 is on in a registry that should not have it, and the other end offers it, that is what the doubt is about.
void name_early_tls13(const Offer& ours, const Offer& theirs, Agreement& agreement) {
    if (agreement.verdict != Verdict::unknown) return;
    const bool server = theirs.end().early_tls13 && ours.at(tls13).offered != Answer::no;
    const bool client = ours.end().early_tls13 && theirs.at(tls13).offered != Answer::no;
    if (!server && !client) return;
    agreement.reason = &reason_of(ReasonId::early_tls13);
    agreement.at_fault = server ? Side::server : Side::client;
}

std::vector<Unchecked> not_checked(const End& client, bool dates) {
    std::vector<Unchecked> list{Unchecked::trust, Unchecked::name};
    if (!dates) list.push_back(Unchecked::dates);
    list.push_back(Unchecked::revocation);
    if (client.kind == EndKind::windows && !client.application_known) list.push_back(Unchecked::program);
    return list;
}

}  // namespace

Agreement agree_briefly(const End& client, const End& server) {
    const Offer ours(client), theirs(server);
    Agreement agreement = conclude(play(ours, theirs));
    name_early_tls13(ours, theirs, agreement);
    return agreement;
}

Agreement agree(const End& client, const End& server) {
    const Offer ours(client), theirs(server);
    const Played played = play(ours, theirs);
    const Scene scene{ours, theirs, played};
    Agreement agreement = conclude(played);
    name_early_tls13(ours, theirs, agreement);
    // Of a port that answered nothing only that can be said.
    const bool silent = !client.peer.tls_answered || !server.peer.tls_answered;
    if (agreement.verdict == Verdict::unknown && silent) agreement.reason = &reason_of(ReasonId::no_answer);
    agreement.blockers = blockers_of(scene, agreement);
    agreement.message = message_of(scene, agreement);
    agreement.evidence = evidence_of(scene, agreement);
    agreement.questions = questions_of(scene, agreement);
    agreement.provided = conditions_of(scene, agreement);
    if (agreement.verdict != Verdict::disagree) agreement.not_checked = not_checked(client, judge_dates(scene, agreement));
    for (std::string& condition : service_conditions(scene, agreement)) agreement.provided.push_back(std::move(condition));
    agreement.now_and_then = now_and_then(scene);
    return agreement;
}

}  // namespace schancfg::handshake
