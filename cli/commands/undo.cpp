#include <nlohmann/json.hpp>

#include <algorithm>

#include "commands/commands.hpp"
#include "schancfg/files/file.hpp"
#include "console/columns.hpp"
#include "console/output.hpp"
#include "inputs/records.hpp"
#include "render/escape.hpp"
#include "render/json_text.hpp"
#include "render/table.hpp"
#include "inputs/sources.hpp"
#include "schancfg/apply/continued.hpp"
#include "schancfg/backend/machine.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "session/record_undo.hpp"
#include "session/watchdog.hpp"

namespace schancfg::cli {
namespace {

using codec::Record;

// `profile:strict`: what was asked for; of an undo what it undid.
std::string what_it_was(const Record& record) {
    if (!record.undoes.empty()) return "undid " + record.undoes;
    return record.profile.empty() ? "changes" : escape(record.profile);
}

std::size_t values_of(const Record& record) {
    return static_cast<std::size_t>(std::ranges::count_if(record.plan.changes, [](const plan::Change& change) { return change.value_name.has_value(); }));
}

std::string list_text(const std::vector<StoredRecord>& all, const Sheet& sheet) {
    if (all.empty()) return "There are no undo records.\n";
    const journal::StateFolder place = state_place();
    std::vector<std::vector<std::string>> rows{{"ID", "TIME", "STATUS", "VALUES"}};
    for (const auto& [file, record, usual] : all) rows.push_back({record.id, record.time, std::string(codec::status_name(record.status)), std::to_string(values_of(record))});
    const std::vector<std::string> table = table_rows(rows, sheet.columns);
    std::string out = table.front();
    auto row = table.begin();
    for (const auto& [file, record, usual] : all) {
        out += *++row + "    " + what_it_was(record) + " on " + escape(record.target) + (record.user.empty() ? "" : ", by " + escape(record.user)) + '\n';
        if (is_pending(record)) {
            out += paragraph("    ", "reverted at " + record.revert_at + " unless confirmed" + (place.is_watched(record.id) == false ? "; its watchdog is gone" : ""), sheet.columns);
        }
    }
    return out;
}

std::string list_names(const std::vector<StoredRecord>& all) {
    std::string out;
    for (const StoredRecord& stored : all) out += stored.record.id + '\n';
    return out;
}

std::string list_json(const std::vector<StoredRecord>& all) {
    using Json = nlohmann::ordered_json;
    const auto or_null = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
    Json object{{"format_version", "1.0"}, {"command", "undo"}, {"os", nullptr}};
    auto& list = object["records"] = Json::array();
    for (const auto& [file, record, usual] : all) {
        list.push_back({{"id", record.id}, {"time", record.time}, {"status", codec::status_name(record.status)}, {"target", record.target},
                        {"machine", record.machine}, {"file", file}, {"profile", or_null(record.profile)}, {"user", or_null(record.user)},
                        {"undoes", or_null(record.undoes)}, {"revert_at", is_pending(record) ? Json(record.revert_at) : Json(nullptr)},
                        {"changes", record.plan.changes.size()}, {"values", values_of(record)}});
    }
    return json_text(object);
}

// --target: of that one alone. It need not be there any more.
Outcome<std::optional<std::string>> wanted_machine(const Context& context) {
    const auto spelling = context.options.value("target");
    if (!spelling) return std::nullopt;
    for (const std::string_view scheme : {"reg:", "memory:"}) {
        if (spelling->starts_with(scheme)) return files::full_path(spelling->substr(scheme.size()));
    }
    auto source = open_source(context, *spelling);
    if (!source) return std::unexpected(std::move(source.error()));
    return source->machine;
}

Outcome<ExitCode> list(const Context& context) {
    for (const std::string_view other : {"dry-run", "yes", "force", "backup", "restart"}) {
        if (context.options.has(other)) return usage("--list and --" + std::string(other) + " exclude each other");
    }
    if (!context.options.operands().empty()) return usage("--list takes no record");
    const std::string format = context.options.format();
    if (format == "markdown") return usage("--list has no --format markdown; expected one of: text, json");
    auto machine = wanted_machine(context);
    if (!machine) return std::unexpected(std::move(machine.error()));
    Diagnostics warnings;
    auto all = list_records(warnings);
    if (!all) return std::unexpected(std::move(all.error()));
    context.log.report(warnings);
    if (*machine) std::erase_if(*all, [&](const StoredRecord& stored) { return !backend::is_same_machine(stored.record.machine, **machine); });
    const std::string text = context.options.has("name-only") ? list_names(*all) : format == "json" ? list_json(*all) : list_text(*all, sheet_for(context.options));
    if (auto written = write_result(context.options, text); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

bool can_be_undone(const Record& record) {
    return record.kind == Record::Kind::undo && journal::run_state_row(journal::run_state(record)).can_be_undone;
}

// A registry in a file that was moved or renamed: its file is not where it was, and all that the record did is in this one.
bool is_moved_here(const Record& record, const std::string& label, const registry::Tree& state) {
    const auto scheme = [](const std::string& spelling) { return spelling.substr(0, spelling.find(':')); };
    return is_of_file(record) && scheme(record.target) == scheme(label) && !files::exists(record.machine) && record.under_way.empty() && !record.plan.empty() &&
           apply::in_force(record.plan, state).changes.size() == record.plan.changes.size();
}

Outcome<StoredRecord> newest_of(const Context& context, const backend::Source& source, const std::string& machine, const std::string& label) {
    Diagnostics warnings;
    const auto can = [](const Record& record) { return record.undoes.empty() && can_be_undone(record); };
    auto found = newest_record([&](const Record& record) { return can(record) && backend::is_same_machine(record.machine, machine); }, warnings);
    if (found && !*found) {
        auto state = read_state(context, source);
        if (!state) return std::unexpected(std::move(state.error()));
        warnings.clear();
        found = newest_record([&](const Record& record) { return can(record) && is_moved_here(record, label, *state); }, warnings);
        if (found && *found) context.log.note("the record " + (*found)->record.id + " was made on " + (*found)->record.target + ", which is gone; " + label + " holds what it did");
    }
    if (!found) return std::unexpected(std::move(found.error()));
    context.log.report(warnings);
    if (!*found) return usage("there is nothing to undo for " + label + "; `schancfg undo --list` lists the undo records");
    return std::move(**found);
}

// A run that left nothing but its marker is what there is to be undone, and not the one before it.
bool close_empty_run(const Context& context, const std::string& machine) {
    std::vector<Unfinished> found = find_unfinished(machine);
    std::erase_if(found, [](const Unfinished& each) { return each.waited() && !each.left_nothing(); });
    if (found.empty() || !std::ranges::all_of(found, &Unfinished::left_nothing)) return false;
    for (const Unfinished& each : found) {
        if (auto removed = files::remove_file(each.file); !removed) context.log.report({"journal", Severity::warning, {}, removed.error().message, {}});
    }
    context.log.note("nothing of the interrupted run is left to undo");
    return true;
}

Changed changed_since(const Context& context) { return context.options.has("force") ? Changed::overwrite : Changed::refuse; }

// The record that is named, or the newest one of the machine.
Outcome<StoredRecord> choose(const Context& context, std::optional<StoredRecord> named, const backend::Source& source, const std::string& machine, const std::string& label) {
    auto stored = named ? Outcome<StoredRecord>(std::move(*named)) : newest_of(context, source, machine, label);
    if (!stored) return stored;
    if (auto valid = check_record(*stored); !valid) return std::unexpected(std::move(valid.error()));
    return stored;
}

Outcome<ExitCode> show_undo(const Context& context, std::optional<StoredRecord> named, const std::string& spelling) {
    auto source = open_source(context, spelling);
    if (!source) return std::unexpected(std::move(source.error()));
    auto stored = choose(context, std::move(named), *source->source, source->machine, source->label);
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (auto belongs = check_machine(context, *stored, source->kind, source->machine, source->label); !belongs) return std::unexpected(std::move(belongs.error()));
    auto state = read_state(context, *source->source);
    if (!state) return std::unexpected(std::move(state.error()));
    auto job = job_of(context, *stored, *state, changed_since(context));
    if (!job) return std::unexpected(std::move(job.error()));
    if (auto added = add_effects(context, *job, *state, source->kind, *source->source, source->release); !added) return std::unexpected(std::move(added.error()));
    return show_only(context, *job, source->label, source->release);
}

Outcome<ExitCode> undo_now(const Context& context, std::optional<StoredRecord> named, const std::string& spelling) {
    auto target = open_target(context, spelling, false);
    if (!target) return std::unexpected(std::move(target.error()));
    sweep_watchdogs(context);
    if (!named && close_empty_run(context, target->machine)) return ExitCode::done;
    // What was read before the lock was ours may not be true any more.
    if (named) {
        auto again = load_record(named->file);
        if (!again) return std::unexpected(std::move(again.error()));
        named = std::move(*again);
    }
    auto stored = choose(context, std::move(named), *target->target, target->machine, target->label);
    if (!stored) return std::unexpected(std::move(stored.error()));
    const auto decisions = decisions_of(context.options);
    if (!decisions) return std::unexpected(decisions.error());
    return undo_record(context, std::move(*stored), *target, changed_since(context), *decisions);
}

}  // namespace

Outcome<ExitCode> run_undo(const Context& context) {
    if (context.options.has("list")) return list(context);
    const auto& operands = context.options.operands();
    std::optional<StoredRecord> named;
    if (!operands.empty()) {
        auto found = find_record(operands.front());
        if (!found) return std::unexpected(std::move(found.error()));
        if (auto valid = check_record(*found); !valid) return std::unexpected(std::move(valid.error()));
        named = std::move(*found);
    }
    auto spelling = named ? context.options.value("target").value_or(named->record.target) : target_spelling(context.options);
    if (!spelling) return std::unexpected(std::move(spelling.error()));
    return context.options.has("dry-run") ? show_undo(context, std::move(named), *spelling) : undo_now(context, std::move(named), *spelling);
}

}  // namespace schancfg::cli
