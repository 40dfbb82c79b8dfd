#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "handshake/play.hpp"

namespace schancfg::handshake {
namespace {

void take_common(std::string& into, const std::string& other) {
    if (into != other) into.clear();
}

}  // namespace

std::vector<VersionOutcome>::const_iterator decisive(const Played& played) {
    // Where what is doubtful fails as well, a protocol is lacking.
    const bool all_fail = std::ranges::all_of(played.outcomes, [](const VersionOutcome& each) { return each.verdict == Verdict::disagree; });
    if (all_fail && played.outcomes.back().reason->stage == Stage::protocol) return std::prev(played.outcomes.end());
    // Of steps that fail each in its case, one that rests on nothing unknown comes first.
    if (all_fail) {
        const auto known = std::ranges::find_if(played.outcomes, [](const VersionOutcome& each) { return each.doubt == Doubt::none && !each.nothing_sure; });
        if (known != played.outcomes.end()) return known;
        return played.outcomes.begin();
    }
    // Where nothing is sure to be common, that is what is to be found out, not what one of many suites would fail of.
    const auto nothing = std::ranges::find(played.outcomes, true, &VersionOutcome::nothing_sure);
    const auto bad = std::ranges::find_if(played.outcomes, [](const VersionOutcome& each) { return each.verdict != Verdict::agree; });
    const bool same = nothing != played.outcomes.end() && bad != played.outcomes.end() && nothing->version == bad->version;
    return same ? nothing : bad;
}

Agreement conclude(const Played& played) {
    Agreement agreement;
    const auto is = [&](Verdict verdict) { return std::ranges::all_of(played.outcomes, [verdict](const VersionOutcome& each) { return each.verdict == verdict; }); };
    const VersionOutcome& first = played.outcomes.front();
    agreement.verdict = is(Verdict::agree) ? Verdict::agree : is(Verdict::disagree) ? Verdict::disagree : Verdict::unknown;
    const auto bad = decisive(played);
    if (bad != played.outcomes.end()) {
        agreement.reason = bad->reason;
        agreement.at_fault = bad->at_fault;
        // They would agree on the newest version: what the older ones lack matters only if it is not spoken.
        const bool newest_agrees = std::ranges::all_of(played.outcomes, [&](const VersionOutcome& each) {
            return each.version != first.version || each.verdict == Verdict::agree;
        });
        const VersionOutcome& last = played.outcomes.back();
        const bool none_sure = last.reason != nullptr && last.reason->stage == Stage::protocol;
        if (agreement.verdict == Verdict::unknown && played.contested_version && (newest_agrees || none_sure)) {
            agreement.reason = none_sure ? last.reason : &reason_of(ReasonId::no_common_protocol);
            agreement.at_fault = none_sure ? last.at_fault : Side::both;
        }
    }
    agreement.handshake = first.handshake;
    std::vector<Handshake> candidates;
    std::set<std::tuple<std::string_view, std::uint32_t, std::string_view, std::string_view, std::string_view, int>> there;
    for (const VersionOutcome& outcome : played.outcomes) {
        if (agreement.verdict != Verdict::disagree && outcome.verdict == Verdict::disagree) continue;
        if (outcome.handshake.protocol.empty() || outcome.nothing_sure) continue;
        const Handshake& each = outcome.handshake;
        if (there.emplace(each.protocol, each.suite, each.suite_name, each.group, each.signature, each.bits).second) candidates.push_back(each);
    }
    const bool many = candidates.size() > 1;
    if (!candidates.empty()) agreement.handshake = candidates.front();
    Handshake& common = agreement.handshake;
    for (const Handshake& each : candidates) {
        take_common(common.protocol, each.protocol);
        if (common.suite_name != each.suite_name) {
            common.suite = 0;
            common.suite_name.clear();
        }
        take_common(common.windows_name, each.windows_name);
        take_common(common.group, each.group);
        take_common(common.signature, each.signature);
        if (common.bits != each.bits) common.bits = 0;
    }
    if (many) agreement.candidates = std::move(candidates);
    return agreement;
}

}  // namespace schancfg::handshake
