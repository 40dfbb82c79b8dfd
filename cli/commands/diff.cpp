#include <algorithm>
#include <utility>

#include "inputs/circumstances.hpp"
#include "commands/commands.hpp"
#include "commands/diff_profiles.hpp"
#include "commands/show.hpp"
#include "console/output.hpp"
#include "inputs/peers.hpp"
#include "inputs/records.hpp"
#include "render/plan.hpp"
#include "inputs/profile_on_target.hpp"
#include "schancfg/effect/areas.hpp"
#include "schancfg/effect/profile_difference.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/registry/coverage.hpp"
#include "schancfg/schannel/managed.hpp"
#include "inputs/sources.hpp"

namespace schancfg::cli {
namespace {

/// Both sides, and what lies between them.
struct Comparison {
    plan::Plan plan;
    std::string from, to;
    const facts::Release* from_release = nullptr;
    const facts::Release* to_release = nullptr;
    std::string machine, sha256;  // of the target and of the profile
    std::vector<effect::EffectDifference> effects;
    std::optional<PeersView> peers = {};
    lint::Alarms alarms = {};
    bool weaker = false;  // computed for --fail-on alone
    std::vector<effect::Area> assumed = {};  // what either side does not speak for
    std::optional<codec::HardeningKittyList> list = {};
    std::optional<ListView> rows = {};  // of the list
};

// For --fail-on weaker: does the second state have a weak point that the first has not?
Outcome<bool> is_weaker(const Context& context, const Transition& transition, const facts::Release* before_on, const facts::Release* after_on) {
    if (!context.options.has("fail-on")) return false;
    if (before_on == nullptr || after_on == nullptr) return usage("--fail-on weaker needs the Windows release: name it with --os");
    return !effect::weaker_points(*transition.effect_before, *transition.effect_after).empty();
}

// What one side does not speak for is neither added nor removed: it is left out of both, and counted.
void leave_out_unspoken(const Context& context, registry::Tree& tree, const std::string& label, const backend::Source& other) {
    const std::size_t count = registry::keep_spoken_for(tree, other.coverage());
    if (count == 0) return;
    context.log.report({"not-compared", Severity::note, {}, (count == 1 ? std::string("one value of ") : std::to_string(count) + " values of ") + label +
                        (count == 1 ? " is" : " are") + " not compared: " + other.label() + " does not name " + (count == 1 ? "its key" : "their keys"), {}});
}

Outcome<Comparison> between_sources(const Context& context) {
    const Options& options = context.options;
    if (!options.has("from") || !options.has("to")) return usage("--from and --to come together");
    if (!options.operands().empty()) return usage("PROFILE and --from, --to exclude each other; found \"" + options.operands().front() + '"');
    for (const std::string_view other : {"target", "save"}) {
        if (options.has(other)) return usage("--" + std::string(other) + " goes with PROFILE, not with --from and --to");
    }
    if (options.value("from")->starts_with('-') && options.value("to")->starts_with('-')) return usage("standard input can be one side only");
    auto from = open_source(context, *options.value("from"));
    if (!from) return std::unexpected(std::move(from.error()));
    auto to = open_source(context, *options.value("to"));
    if (!to) return std::unexpected(std::move(to.error()));
    auto before = read_state(context, *from->source);
    if (!before) return std::unexpected(std::move(before.error()));
    auto after = read_state(context, *to->source);
    if (!after) return std::unexpected(std::move(after.error()));
    *before = schannel::managed_part(*before);
    *after = schannel::managed_part(*after);
    leave_out_unspoken(context, *before, from->label, *to->source);
    leave_out_unspoken(context, *after, to->label, *from->source);
    auto known_of_from = circumstances(options, from->kind, *from->source, from->release);
    if (!known_of_from) return std::unexpected(std::move(known_of_from.error()));
    auto known_of_to = circumstances(options, to->kind, *to->source, to->release);
    if (!known_of_to) return std::unexpected(std::move(known_of_to.error()));
    Comparison out{plan::between(*before, *after, from->release), from->label, to->label, from->release, to->release, {}, {}, {}};
    const Transition transition = transition_between(*before, from->release, *known_of_from, std::move(*after), to->release, *known_of_to);
    out.effects = effects_of(transition);
    auto weaker = is_weaker(context, transition, from->release, to->release);
    if (!weaker) return std::unexpected(std::move(weaker.error()));
    out.weaker = *weaker;
    out.alarms = alarms_of(transition);
    auto peers = changed_peers(context, transition);
    if (!peers) return std::unexpected(std::move(peers.error()));
    out.peers = std::move(*peers);
    out.assumed = effect::assumed_areas(from->source->coverage());
    for (const effect::Area area : effect::assumed_areas(to->source->coverage())) {
        if (std::ranges::find(out.assumed, area) == out.assumed.end()) out.assumed.push_back(area);
    }
    std::ranges::sort(out.assumed);
    return out;
}

Outcome<Comparison> against_profile(const Context& context) {
    if (context.options.operands().empty()) return usage("`diff` needs a PROFILE, or --from and --to");
    auto read = read_profile_on_target(context, context.options.operands().front());
    if (!read) return std::unexpected(std::move(read.error()));
    auto& [request, target, wanted, state] = *read;
    Comparison out{plan::make(state, wanted, target.release), target.label, request.label, target.release, nullptr, target.machine,
                   request.sha256, {}};
    auto known = circumstances(context.options, target.kind, *target.source, target.release);
    if (!known) return std::unexpected(std::move(known.error()));
    const Transition transition = transition_of(out.plan, state, target.release, *known);
    out.effects = effects_of(transition);
    auto weaker = is_weaker(context, transition, target.release, target.release);
    if (!weaker) return std::unexpected(std::move(weaker.error()));
    out.weaker = *weaker;
    out.alarms = alarms_of(transition, out.plan);
    auto peers = changed_peers(context, transition);
    if (!peers) return std::unexpected(std::move(peers.error()));
    out.peers = std::move(*peers);
    out.assumed = effect::assumed_areas(target.source->coverage());
    if (request.list) {
        out.list = std::move(request.list);
        out.rows = list_view(*out.list, state, target.source->coverage());
        out.rows->list = request.label;
    }
    if (is_meant_for(context, request, target.release) == false) {
        context.log.report({"release-outside", Severity::warning, request.profile->windows.front().origin,
                            "the profile is not meant for " + std::string(target.release->name), "`apply` would want --force"});
    }
    return out;
}

}  // namespace

Outcome<ExitCode> run_diff(const Context& context) {
    const Options& options = context.options;
    if (options.operands().size() == 1 && names_a_plan(options.operands().front())) {
        for (const std::string_view other : {"target", "from", "to", "save", "peers", "fail-on"}) {
            if (options.has(other)) return usage("a saved plan is shown as it is, and takes no --" + std::string(other));
        }
        return show_saved(context, options.operands().front(), "diff");
    }
    if (options.operands().size() == 2) {
        for (const std::string_view other : {"from", "to"}) {
            if (options.has(other)) return usage("two profiles and --" + std::string(other) + " exclude each other");
        }
        return diff_profiles(context, options.operands()[0], options.operands()[1]);
    }
    if (options.has("from") && options.has("to") && options.operands().empty()) {
        if (const auto pair = profile_pair(*options.value("from"), *options.value("to"))) return diff_profiles(context, *pair);
    }
    const bool sources = context.options.has("from") || context.options.has("to");
    auto found = sources ? between_sources(context) : against_profile(context);
    if (!found) return std::unexpected(std::move(found.error()));
    if (const auto file = context.options.value("save")) {
        codec::Record record = journal::new_record(found->plan, codec::Record::Kind::plan);
        record.target = found->from;
        record.machine = found->machine;
        record.os = found->from_release ? std::string(found->from_release->id) : std::string{};
        record.profile_sha256 = found->sha256;
        if (auto saved = save_plan(*file, record); !saved) return std::unexpected(std::move(saved.error()));
    }
    PlanView view{"diff", found->from, found->to, found->from_release, found->to_release, &found->plan, found->effects};
    view.alarms = found->alarms;
    if (found->peers) view.peers = &*found->peers;
    if (context.options.has("save")) view.digest = codec::changes_digest(found->plan);
    view.assumed = found->assumed;
    if (found->rows) view.list = &*found->rows;
    if (auto written = write_result(context.options, show_plan(view, context.options)); !written) {
        return std::unexpected(std::move(written.error()));
    }
    if (options.has("fail-on")) return found->weaker ? ExitCode::differs : ExitCode::done;
    const bool all_met = !found->rows || found->rows->met() == found->rows->rows.size();
    return found->plan.empty() && found->effects.empty() && all_met ? ExitCode::done : ExitCode::differs;
}

}  // namespace schancfg::cli
