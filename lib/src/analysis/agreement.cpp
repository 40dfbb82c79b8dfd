#include "schancfg/analysis/agreement.hpp"

#include "analysis/agreement_play.hpp"

namespace schancfg::analysis {

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

Agreement agree_briefly(const End& client, const End& server) { return conclude(play(Offer(client), Offer(server))); }

Agreement agree(const End& client, const End& server) {
    const Offer ours(client), theirs(server);
    const Played played = play(ours, theirs);
    Agreement agreement = conclude(played);
    return agreement;
}

}  // namespace schancfg::analysis
