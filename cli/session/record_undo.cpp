#include "session/record_undo.hpp"

#include <algorithm>
#include <utility>

#include "schancfg/journal/clock.hpp"
#include "render/value.hpp"
#include "schancfg/apply/undo.hpp"
#include "schancfg/backend/machine.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/utf.hpp"
#include "inputs/sources.hpp"
#include "inputs/circumstances.hpp"
#include "session/restart.hpp"
#include "session/watchdog.hpp"

namespace schancfg::cli {
namespace {

using codec::Record;
using codec::RecordStatus;

// An undo of it that was cut off has undone a part.
bool is_finished(const Record& record) {
    if (record.status != RecordStatus::applied) return false;
    return std::ranges::none_of(find_unfinished(record.machine), [&](const Unfinished& each) { return each.record && each.record->record.undoes == record.id; });
}

std::string names_of(const std::vector<plan::Change>& changes) {
    std::string names;
    for (const plan::Change& change : changes) {
        (names += names.empty() ? "" : ", ") += change.key.to_string();
        if (change.value_name) names += ": " + show_name(*change.value_name);
    }
    return names;
}

bool is_about_same(const plan::Change& a, const plan::Change& b) {
    if (a.value_name.has_value() != b.value_name.has_value() || a.key != b.key) return false;
    return !a.value_name || utf::equal_no_case(*a.value_name, *b.value_name);
}

}  // namespace

Outcome<void> check_record(const StoredRecord& stored) {
    const Record& record = stored.record;
    std::string_view reason;
    if (record.kind != Record::Kind::undo) reason = "this is a plan that was not applied; `schancfg apply` takes it";
    else if (record.status == RecordStatus::undone) reason = "this was undone already";
    else if (record.status == RecordStatus::rolled_back) reason = "this failed and was rolled back; there is nothing to undo";
    if (!reason.empty()) return failure(ExitCode::usage, std::string(reason), Span{stored.file});
    for (const plan::Plan& each : {record.plan, record.under_way}) {
        if (auto checked = plan::check(plan::inverse(each), plan::Purpose::undo); !checked) {
            for (Diagnostic& line : checked.error()) line.span = Span{stored.file};
            return std::unexpected(Failure{ExitCode::usage, std::move(checked.error())});
        }
    }
    return {};
}

Outcome<void> check_machine(const Context& context, const StoredRecord& stored, backend::Kind kind, const std::string& machine, const std::string& label) {
    const Record& record = stored.record;
    if (record.machine == machine) return {};
    if (backend::is_same_machine(record.machine, machine)) {
        context.log.note("this machine was called " + std::string(backend::computer_name(record.machine)) + " when " + record.id + " was made, and is called " +
                         std::string(backend::computer_name(machine)) + " now");
        return {};
    }
    if (kind == backend::Kind::live && stored.is_in_state_folder && record.target == "live") {
        context.log.note(record.id + " lies in the state folder of this machine, which had another identity when it was made (" + record.machine + ')');
        return {};
    }
    // Who names the file says where it lies now; that it is the one is seen by what it holds.
    const auto scheme = [](const std::string& spelling) { return spelling.substr(0, spelling.find(':')); };
    if (backend::is_file(kind) && context.options.has("target") && scheme(record.target) == scheme(label)) {
        context.log.note(record.id + " was made on " + record.target + ", and is undone on " + label);
        return {};
    }
    return failure(ExitCode::target, "the record was made on " + record.target + " (" + record.machine + ") and does not belong to " + label + " (" + machine +
                                         "); nothing was touched", Span{stored.file});
}

Outcome<Job> job_of(const Context& context, const StoredRecord& stored, const registry::Tree& state, Changed changed) {
    const Record& record = stored.record;
    apply::UndoPlan back = apply::undo_plan(record.plan, record.under_way, state, is_finished(record));
    if (!back.changed.empty() && changed == Changed::refuse) {
        return failure(ExitCode::target, "changed since " + record.id + ": " + names_of(back.changed) + "; --force undoes it anyway; nothing was touched");
    }
    if (!back.changed.empty() && changed == Changed::keep) {
        context.log.report({"changed-since", Severity::warning, {}, "changed since " + record.id + ", and left as it is: " + names_of(back.changed), {}});
        std::erase_if(back.plan.changes, [&](const plan::Change& change) {
            return std::ranges::any_of(back.changed, [&](const plan::Change& other) { return is_about_same(change, other); });
        });
    }
    return Job{"undo", "before:" + record.id, std::move(back.plan), {}, stored};
}

Outcome<void> add_effects(const Context& context, Job& job, const registry::Tree& state, backend::Kind kind, const backend::Source& source,
                          const facts::Release* release) {
    auto known = circumstances(context.options, kind, source, release);
    if (!known) return std::unexpected(std::move(known.error()));
    const Transition transition = transition_of(job.plan, state, release, *known);
    job.effects = effects_of(transition);
    job.withdrawn = withdrawn_by(transition);
    job.alarms = alarms_of(transition, job.plan);
    return {};
}

Outcome<ExitCode> undo_record(const Context& context, StoredRecord stored, backend::OpenedTarget& target, Changed changed, const Decisions& decisions, bool shown) {
    if (auto belongs = check_machine(context, stored, target.kind, target.machine, target.label); !belongs) return std::unexpected(std::move(belongs.error()));
    auto state = read_state(context, *target.target);
    if (!state) return std::unexpected(std::move(state.error()));
    auto job = job_of(context, stored, *state, changed);
    if (!job) return std::unexpected(std::move(job.error()));
    job->shown = shown;
    if (shown) {
        if (auto added = add_effects(context, *job, *state, target.kind, *target.target, target.release); !added) return std::unexpected(std::move(added.error()));
    }
    return execute(context, std::move(*job), decisions, target);
}

Outcome<ExitCode> revert(const Context& context, StoredRecord stored, backend::OpenedTarget& target) {
    if (auto valid = check_record(stored); !valid) return std::unexpected(std::move(valid.error()));
    // The room that was kept for this.
    if (const auto place = state_place(); !place.path.empty()) std::ignore = journal::release_room(place, stored.record.id);
    const codec::Record record = stored.record;
    // What is in force only after a restart never was, without one.
    const bool was_in_force = record.restart != codec::RecordRestart::needed || is_running_start(record.boot) != true;
    const bool needs_restart = record.restart != codec::RecordRestart::no && was_in_force;
    const Decisions decisions{.assume_yes = true, .to_syslog = context.options.has("syslog"), .revert_always = true, .restart = needs_restart && record.restarts};
    auto done = undo_record(context, std::move(stored), target, Changed::keep, decisions, false);
    if (!done || record.restart == codec::RecordRestart::no) return done;
    std::string then = "no restart is needed: this machine did not restart since, so it never was in force";
    if (was_in_force) then = record.restart == codec::RecordRestart::needed ? "restart this machine to bring that into force" : "a restart of this machine may be required";
    context.log.note(record.id + " was reverted; " + then);
    context.log.audit(AuditEvent::reverted, record.id + " was reverted, since nobody confirmed it; " + then);
    return done;
}

Outcome<std::vector<std::string>> revert_overdue(const Context& context, backend::OpenedTarget& target) {
    std::vector<std::string> out;
    for (Unfinished& each : find_unfinished(target.machine)) {
        if (!each.record || !is_pending(each.record->record)) continue;
        const auto due = journal::time_of(each.record->record.revert_at);
        if (due && journal::now() < *due) continue;
        const std::string name = each.record->name();
        context.log.note(name + " was not confirmed in time and is being reverted");
        auto done = revert(context, std::move(*each.record), target);
        if (!done) return std::unexpected(after_overdue(std::move(done.error()), out));
        out.push_back(name);
    }
    return out;
}

Failure after_overdue(Failure failure, const std::vector<std::string>& overdue) {
    if (overdue.empty() || (failure.code != ExitCode::usage && failure.code != ExitCode::target)) return failure;
    std::string names;
    for (const std::string& name : overdue) (names += names.empty() ? "" : ", ") += name;
    failure.code = ExitCode::rolled_back;
    if (failure.lines.empty()) return failure;
    std::string& message = failure.lines.back().message;
    constexpr std::string_view untouched = "; nothing was touched";
    if (message.ends_with(untouched)) message.resize(message.size() - untouched.size());
    message += "; before that " + names + ", which nobody had confirmed in time, was reverted";
    return failure;
}

}  // namespace schancfg::cli
