#include "schancfg/journal/clock.hpp"
#include "commands/commands.hpp"
#include "schancfg/files/file.hpp"
#include "inputs/records.hpp"
#include "inputs/sources.hpp"
#include "session/record_undo.hpp"
#include "schancfg/backend/machine.hpp"
#include "session/restart.hpp"
#include "session/watchdog.hpp"

namespace schancfg::cli {
namespace {

using codec::RecordStatus;

Outcome<StoredRecord> newest_of(const Context& context, const backend::OpenedTarget& target) {
    Diagnostics warnings;
    auto newest = newest_record([&](const codec::Record& record) { return backend::is_same_machine(record.machine, target.machine) && !record.revert_at.empty(); }, warnings);
    if (!newest) return std::unexpected(std::move(newest.error()));
    context.log.report(warnings);
    // Those that were recorded elsewhere are known by their markers.
    for (Unfinished& each : find_unfinished(target.machine)) {
        if (!each.record || each.record->record.revert_at.empty()) continue;
        if (!*newest || (*newest)->record.id < each.record->record.id) *newest = std::move(*each.record);
    }
    if (!*newest) return usage("nothing of " + target.label + " waits for confirmation; `apply --revert-after` makes what does");
    return std::move(**newest);
}

// What was never in force was never tried.
Outcome<void> check_restarted(const Context& context, const codec::Record& record, const std::string& name) {
    if (record.restart == codec::RecordRestart::no || context.options.has("force")) return {};
    const auto same = is_running_start(record.boot);
    if (same == false) return {};
    if (record.restart == codec::RecordRestart::needed && same == true) {
        return usage(name + " is in force only after a restart, and this machine did not restart since; restart it, see that it still answers, then confirm; "
                            "--force confirms what was not tried");
    }
    context.log.note(name + (same ? " may be in force only after a restart, and this machine did not restart since" : " may be in force only after a restart, and whether this machine restarted since is not known"));
    return {};
}

// The lock of the target is held: the watchdog has taken it back before this, or finds it confirmed.
Outcome<ExitCode> confirm(const Context& context, StoredRecord stored, const backend::OpenedTarget& target) {
    codec::Record& record = stored.record;
    const std::string name = stored.name();
    if (auto belongs = check_machine(context, stored, target.kind, target.machine, target.label); !belongs) return std::unexpected(std::move(belongs.error()));
    if (record.revert_at.empty()) return usage(name + " does not take itself back, so there is nothing to confirm");
    if (record.status == RecordStatus::undone) return failure(ExitCode::target, "too late: " + name + " was reverted");
    if (record.status == RecordStatus::rolled_back) return failure(ExitCode::target, name + " failed and was rolled back; there is nothing to confirm");
    if (!record.confirmed.empty()) {
        context.log.note(name + " was confirmed already");
        return ExitCode::done;
    }
    if (record.status != RecordStatus::applied) {
        return failure(ExitCode::target, name + " was interrupted; complete it with another apply first, or undo it: schancfg undo " + name);
    }
    if (auto restarted = check_restarted(context, record, name); !restarted) return std::unexpected(std::move(restarted.error()));
    record.confirmed = journal::time_text(journal::now());
    if (auto updated = cli::update_record(stored, target.kind); !updated) return std::unexpected(std::move(updated.error()));
    if (const auto place = state_place(); !place.path.empty()) {
        if (auto removed = files::remove_file(place.marker_file(record.id)); !removed) context.log.report({"journal", Severity::warning, {}, removed.error().message, {}});
    }
    dismiss_watchdog(context, stored, target.kind);
    context.log.note("Confirmed. To undo: schancfg undo " + name);
    return ExitCode::done;
}

}  // namespace

Outcome<ExitCode> run_confirm(const Context& context) {
    const auto& operands = context.options.operands();
    std::optional<StoredRecord> named;
    std::string spelling;
    if (operands.empty()) {
        auto given = target_spelling(context.options);
        if (!given) return std::unexpected(std::move(given.error()));
        spelling = std::move(*given);
    } else {
        auto found = find_record(operands.front());
        if (!found) return std::unexpected(std::move(found.error()));
        named = std::move(*found);
        spelling = context.options.value("target").value_or(named->record.target);
    }
    auto target = open_target(context, spelling, false, Telling::nothing);
    if (!target) return std::unexpected(std::move(target.error()));
    // What it says was read before the lock was ours.
    auto stored = named ? load_record(named->file) : newest_of(context, *target);
    if (!stored) return std::unexpected(std::move(stored.error()));
    auto confirmed = confirm(context, std::move(*stored), *target);
    sweep_watchdogs(context);
    return confirmed;
}

}  // namespace schancfg::cli
