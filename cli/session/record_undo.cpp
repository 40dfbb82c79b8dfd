#include "session/record_undo.hpp"

#include <algorithm>
#include <utility>

#include "schancfg/journal/clock.hpp"
#include "render/value.hpp"
#include "schancfg/apply/undo.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/utf.hpp"
#include "inputs/sources.hpp"
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

Outcome<void> check_machine(const StoredRecord& stored, const std::string& machine, const std::string& label) {
    if (stored.record.machine == machine) return {};
    return failure(ExitCode::target, "the record was made on " + stored.record.target + " (" + stored.record.machine + ") and does not belong to " + label +
                                         " (" + machine + "); nothing was touched", Span{stored.file});
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

Outcome<ExitCode> undo_record(const Context& context, StoredRecord stored, backend::OpenedTarget& target, Changed changed, const Decisions& decisions, bool shown) {
    if (auto belongs = check_machine(stored, target.machine, target.label); !belongs) return std::unexpected(std::move(belongs.error()));
    auto state = read_state(context, *target.target);
    if (!state) return std::unexpected(std::move(state.error()));
    auto job = job_of(context, stored, *state, changed);
    if (!job) return std::unexpected(std::move(job.error()));
    job->shown = shown;
    return execute(context, std::move(*job), decisions, target);
}

Outcome<ExitCode> revert(const Context& context, StoredRecord stored, backend::OpenedTarget& target) {
    if (auto valid = check_record(stored); !valid) return std::unexpected(std::move(valid.error()));
    const Decisions decisions{.assume_yes = true, .to_syslog = context.options.has("syslog")};
    return undo_record(context, std::move(stored), target, Changed::keep, decisions, false);
}

Outcome<void> revert_overdue(const Context& context, backend::OpenedTarget& target) {
    for (Unfinished& each : find_unfinished(target.machine)) {
        if (!each.record || !is_pending(each.record->record)) continue;
        const auto due = journal::time_of(each.record->record.revert_at);
        if (due && journal::now() < *due) continue;
        context.log.note(each.record->name() + " was not confirmed in time and is being reverted");
        auto done = revert(context, std::move(*each.record), target);
        if (!done) return std::unexpected(std::move(done.error()));
    }
    return {};
}

}  // namespace schancfg::cli
