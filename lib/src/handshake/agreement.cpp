#include "schancfg/handshake/agreement.hpp"

#include <algorithm>

#include "handshake/details.hpp"

namespace schancfg::handshake {

std::string_view verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::agree: return "agree";
        case Verdict::disagree: return "disagree";
        case Verdict::unknown: break;
    }
    return "unknown";
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

Agreement agree_briefly(const End& client, const End& server) {
    const Offer ours(client), theirs(server);
    return conclude(play(ours, theirs));
}

Agreement agree(const End& client, const End& server) {
    const Offer ours(client), theirs(server);
    const Played played = play(ours, theirs);
    const Scene scene{ours, theirs, played};
    Agreement agreement = conclude(played);
    // Of a port that answered nothing only that can be said.
    const bool silent = !client.peer.tls_answered || !server.peer.tls_answered;
    if (agreement.verdict == Verdict::unknown && silent) agreement.reason = find_reason("no-answer");
    agreement.blockers = blockers_of(scene, agreement);
    agreement.message = message_of(scene, agreement);
    agreement.evidence = evidence_of(scene, agreement);
    agreement.questions = questions_of(scene, agreement);
    agreement.provided = conditions_of(scene, agreement);
    agreement.now_and_then = now_and_then(scene, agreement);
    return agreement;
}

}  // namespace schancfg::handshake
