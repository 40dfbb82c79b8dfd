#include "session/execution.hpp"
#include "inputs/circumstances.hpp"
#include "commands/commands.hpp"
#include "inputs/peers.hpp"
#include "inputs/records.hpp"
#include "inputs/request.hpp"
#include "schancfg/apply/executor.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/utf.hpp"
#include "inputs/sources.hpp"
#include "schancfg/apply/continued.hpp"
#include "schancfg/backend/machine.hpp"
#include "schancfg/files/folder.hpp"
#include "session/record_undo.hpp"
#include "session/watchdog.hpp"

namespace schancfg::cli {
namespace {

/// What was opened: for a dry run only to be read.
struct Opened {
    std::optional<backend::OpenedSource> source;
    std::optional<backend::OpenedTarget> target;

    std::vector<std::string> overdue = {};  ///< names of the records that were reverted first

    [[nodiscard]] const backend::Source& reader() const { return source ? *source->source : *target->target; }
    [[nodiscard]] const std::string& label() const { return source ? source->label : target->label; }
    [[nodiscard]] const std::string& machine() const { return source ? source->machine : target->machine; }
    [[nodiscard]] backend::Kind kind() const { return source ? source->kind : target->kind; }
    [[nodiscard]] const facts::Release* release() const { return source ? source->release : target->release; }
};

Outcome<Opened> open(const Context& context, const std::string& spelling) {
    Opened out;
    if (context.options.has("dry-run")) {
        auto source = open_source(context, spelling, true);
        if (!source) return std::unexpected(std::move(source.error()));
        out.source = std::move(*source);
    } else {
        auto target = open_target(context, spelling, true);
        if (!target) return std::unexpected(std::move(target.error()));
        sweep_watchdogs(context);
        out.target = std::move(*target);
    }
    return out;
}

// What is late is done before anything else is, but not before it is known that what is asked for can be read and meant.
Outcome<void> revert_first(const Context& context, Opened& opened) {
    if (!opened.target) return {};
    auto reverted = revert_overdue(context, *opened.target);
    if (!reverted) return std::unexpected(std::move(reverted.error()));
    opened.overdue = std::move(*reverted);
    return {};
}

Outcome<ExitCode> after(const Opened& opened, Outcome<ExitCode> outcome) {
    if (!outcome) return std::unexpected(after_overdue(std::move(outcome.error()), opened.overdue));
    return outcome;
}

// A hive is one part of a registry, and takes nothing of another.
Outcome<void> check_holds(const Opened& opened, const plan::Plan& plan) {
    if (opened.kind() != backend::Kind::hive) return {};
    const registry::Coverage& coverage = opened.reader().coverage();
    const auto outside = std::ranges::find_if(plan.changes, [&](const plan::Change& change) { return !coverage.speaks_for(change.key); });
    if (outside == plan.changes.end()) return {};
    return usage("the plan writes " + outside->key.to_string() + ", which " + opened.label() + " does not hold; expected both hives, hive:SYSTEM,SOFTWARE or hive:DIR");
}

Outcome<ExitCode> finish(const Context& context, Job job, const registry::Tree& state, Opened& opened) {
    if (auto holds = check_holds(opened, job.plan); !holds) return std::unexpected(std::move(holds.error()));
    auto known = circumstances(context.options, opened.kind(), opened.reader(), opened.release());
    if (!known) return std::unexpected(std::move(known.error()));
    const Transition transition = transition_of(job.plan, state, opened.release(), *known);
    job.effects = effects_of(transition);
    job.withdrawn = withdrawn_by(transition);
    job.alarms = alarms_of(transition, job.plan);
    job.reverted = opened.overdue;
    auto peers = changed_peers(context, transition);
    if (!peers) return std::unexpected(std::move(peers.error()));
    job.peers = std::move(*peers);
    if (opened.source) return show_only(context, job, opened.label(), opened.release());
    auto decisions = decisions_of(context.options);
    if (!decisions) return std::unexpected(std::move(decisions.error()));
    return execute(context, std::move(job), *decisions, *opened.target);
}

Outcome<ExitCode> apply_profile(const Context& context, const std::string& word) {
    auto request = read_request(context, word);
    if (!request) return std::unexpected(std::move(request.error()));
    if (!request->refused.empty()) return std::unexpected(Failure{ExitCode::usage, std::move(request->refused)});
    auto spelling = target_spelling(context.options);
    if (!spelling) return std::unexpected(std::move(spelling.error()));
    auto opened = open(context, *spelling);
    if (!opened) return std::unexpected(std::move(opened.error()));
    if (is_meant_for(context, *request, opened->release()) == false && !context.options.has("force")) {
        return failure(ExitCode::usage,
                       "the profile is not meant for " + std::string(opened->release()->name) + "; --force applies it all the same",
                       request->profile->windows.front().origin);
    }
    auto wanted = wanted_of(context, *request, opened->release());
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    if (auto reverted = revert_first(context, *opened); !reverted) return std::unexpected(std::move(reverted.error()));
    auto state = read_state(context, opened->reader());
    if (!state) return after(*opened, std::unexpected(std::move(state.error())));
    Job job{"apply", request->label, plan::make(*state, *wanted, opened->release()), request->sha256};
    return after(*opened, finish(context, std::move(job), *state, *opened));
}

// Does the target hold all that the plan asks for?
bool is_applied(const plan::Plan& plan, const registry::Tree& state) { return apply::in_force(plan, state).changes.size() == plan.changes.size(); }

// A plan is a file that anybody may have written: it names no machine that this program would connect to before somebody has seen it.
Outcome<void> check_connects(const Context& context, const StoredRecord& stored) {
    const std::string& target = stored.record.target;
    const std::size_t colon = target.find(':');
    const std::string_view rest = colon == std::string::npos ? std::string_view{} : std::string_view(target).substr(colon + 1);
    const auto is_separator = [](char c) { return c == '\\' || c == '/'; };
    const bool is_remote = target.starts_with("live:") || (rest.size() > 1 && is_separator(rest[0]) && is_separator(rest[1]));
    if (!is_remote || context.options.has("target")) return {};
    return failure(ExitCode::usage, "the plan was made on " + target + ", which lies on another machine; to connect to it, say --target " + target, Span{stored.file});
}

// The machine it was made on, or another folder's copy of the same file where --target says so: that it is one is seen by what it holds.
Outcome<void> check_plan_machine(const Context& context, const StoredRecord& stored, const Opened& opened) {
    const codec::Record& record = stored.record;
    if (backend::is_same_machine(record.machine, opened.machine())) return {};
    const auto scheme = [](const std::string& spelling) { return spelling.substr(0, spelling.find(':')); };
    if (context.options.has("target") && backend::is_file(opened.kind()) && files::exists(opened.machine()) && scheme(record.target) == scheme(opened.label())) {
        context.log.note("the plan was made on " + record.target + ", and is for " + opened.label());
        return {};
    }
    return failure(ExitCode::target, "the plan was made on " + record.target + " (" + record.machine + ") and is not applied to " + opened.label() + " (" +
                                         opened.machine() + "); nothing was touched", Span{stored.file});
}

// A saved plan was reviewed for one machine in one state, so it goes there as it is or nowhere.
Outcome<ExitCode> apply_plan(const Context& context, const std::string& file) {
    auto stored = load_plan(file);
    if (!stored) return std::unexpected(std::move(stored.error()));
    const codec::Record& record = stored->record;
    if (record.kind != codec::Record::Kind::plan) {
        return failure(ExitCode::usage, "this is an undo record; `schancfg undo` takes it", Span{file});
    }
    if (auto checked = plan::check(record.plan, plan::Purpose::apply); !checked) {
        for (Diagnostic& line : checked.error()) line.span = Span{file};
        return std::unexpected(Failure{ExitCode::usage, std::move(checked.error())});
    }
    if (auto named = check_connects(context, *stored); !named) return std::unexpected(std::move(named.error()));
    auto opened = open(context, context.options.value("target").value_or(record.target));
    if (!opened) return std::unexpected(std::move(opened.error()));
    if (auto belongs = check_plan_machine(context, *stored, *opened); !belongs) return std::unexpected(std::move(belongs.error()));
    if (auto reverted = revert_first(context, *opened); !reverted) return std::unexpected(std::move(reverted.error()));
    auto state = read_state(context, opened->reader());
    if (!state) return after(*opened, std::unexpected(std::move(state.error())));
    plan::Plan plan = plan::ordered(record.plan, *state, opened->release());
    // Before anybody is asked; the executor looks again when it writes.
    if (const apply::RunReport report = apply::check(plan, opened->reader()); report.outcome != apply::RunOutcome::done) {
        if (!is_applied(plan, *state)) return after(*opened, failure(exit_code(report.outcome), report.error->message + "; nothing was touched", Span{file}));
        context.log.note("Already applied: the target holds what the plan asks for");
        plan = {};
    }
    Job job{"apply", "plan:" + record.id, std::move(plan), record.profile_sha256};
    return after(*opened, finish(context, std::move(job), *state, *opened));
}

}  // namespace

Outcome<ExitCode> run_apply(const Context& context) {
    if (context.options.operands().empty()) return usage("`apply` needs a PROFILE or a PLAN.json");
    if (const auto decisions = decisions_of(context.options); !decisions) return std::unexpected(decisions.error());
    const std::string& word = context.options.operands().front();
    return names_a_plan(word) ? apply_plan(context, word) : apply_profile(context, word);
}

}  // namespace schancfg::cli
