#include <nlohmann/json.hpp>

#include <algorithm>

#include "carry_out.hpp"
#include "commands/commands.hpp"
#include "file.hpp"
#include "output.hpp"
#include "records.hpp"
#include "render/escape.hpp"
#include "render/table.hpp"
#include "render/value.hpp"
#include "schancfg/apply/undo.hpp"
#include "schancfg/plan/refusal.hpp"
#include "sources.hpp"
#include "unfinished.hpp"

namespace schancfg::cli {
namespace {

using codec::Record;
using codec::RecordStatus;

std::string list_text(const std::vector<StoredRecord>& all) {
    if (all.empty()) return "There are no undo records.\n";
    std::vector<std::vector<std::string>> rows{{"ID", "TIME", "STATUS", "CHANGES", "TARGET"}};
    for (const auto& [file, record] : all) {
        const std::string undoes = record.undoes.empty() ? std::string{} : "  (took back " + record.undoes + ')';
        rows.push_back({record.id, record.time, std::string(codec::status_name(record.status)), std::to_string(record.plan.changes.size()),
                        escape(record.target) + undoes});
    }
    return text_table(rows);
}

std::string list_names(const std::vector<StoredRecord>& all) {
    std::string out;
    for (const StoredRecord& stored : all) out += stored.record.id + '\n';
    return out;
}

std::string list_json(const std::vector<StoredRecord>& all) {
    using Json = nlohmann::ordered_json;
    Json object{{"format_version", "1.0"}, {"command", "undo"}, {"os", nullptr}};
    auto& list = object["records"] = Json::array();
    for (const auto& [file, record] : all) {
        list.push_back({{"id", record.id}, {"time", record.time}, {"status", codec::status_name(record.status)}, {"target", record.target},
                        {"machine", record.machine}, {"file", file}, {"undoes", record.undoes.empty() ? Json(nullptr) : Json(record.undoes)},
                        {"changes", record.plan.changes.size()}});
    }
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Outcome<ExitCode> list(const Context& context) {
    for (const std::string_view other : {"target", "dry-run", "yes", "force", "backup"}) {
        if (context.options.has(other)) return usage("--list and --" + std::string(other) + " exclude each other");
    }
    if (!context.options.operands().empty()) return usage("--list takes no record");
    const std::string format = context.options.format();
    if (format == "markdown") return usage("--list has no --format markdown; right is one of text, json");
    Diagnostics warnings;
    auto all = list_records(warnings);
    if (!all) return std::unexpected(std::move(all.error()));
    context.log.report(warnings);
    const std::string text = context.options.has("name-only") ? list_names(*all) : format == "json" ? list_json(*all) : list_text(*all);
    if (auto written = write_result(context.options, text); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

// A run that was cut off leaves `prepared`: what it did before that has to be taken back as well.
bool can_be_taken_back(const Record& record) {
    return record.kind == Record::Kind::undo &&
           (record.status == RecordStatus::applied || record.status == RecordStatus::partial || record.status == RecordStatus::prepared);
}

Outcome<void> check_record(const StoredRecord& stored) {
    const Record& record = stored.record;
    std::string_view reason;
    if (record.kind != Record::Kind::undo) reason = "this is a plan that was not applied; `schancfg apply` takes it";
    else if (record.status == RecordStatus::undone) reason = "this was taken back already";
    else if (record.status == RecordStatus::rolled_back) reason = "this failed and was put back; there is nothing to take back";
    if (!reason.empty()) return failure(ExitCode::usage, std::string(reason), Span{stored.file});
    for (const plan::Plan& each : {record.plan, record.under_way}) {
        if (Diagnostics wrong = plan::refuse_unmanaged(plan::inverse(each), plan::Purpose::take_back); !wrong.empty()) {
            for (Diagnostic& line : wrong) line.span = Span{stored.file};
            return std::unexpected(Failure{ExitCode::usage, std::move(wrong)});
        }
    }
    return {};
}

Outcome<StoredRecord> newest_of(const Context& context, const std::string& machine, const std::string& label) {
    Diagnostics warnings;
    auto all = list_records(warnings);
    if (!all) return std::unexpected(std::move(all.error()));
    context.log.report(warnings);
    const auto found = std::ranges::find_if(*all, [&](const StoredRecord& stored) {
        return stored.record.machine == machine && stored.record.undoes.empty() && can_be_taken_back(stored.record);
    });
    if (found == all->end()) {
        return usage("there is nothing to take back of " + label + "; `schancfg undo --list` lists the undo records");
    }
    return std::move(*found);
}

// An undo of it that was cut off has taken back a part.
bool is_finished(const Record& record) {
    if (record.status != RecordStatus::applied) return false;
    return std::ranges::none_of(find_unfinished(record.machine), [&](const Unfinished& each) { return each.record && each.record->record.undoes == record.id; });
}

Outcome<Job> job_of(const Context& context, const StoredRecord& stored, const registry::Tree& state) {
    const Record& record = stored.record;
    apply::TakeBack back = apply::take_back(record.plan, record.under_way, state, is_finished(record));
    if (!back.changed.empty() && !context.options.has("force")) {
        std::string names;
        for (const plan::Change& change : back.changed) {
            (names += names.empty() ? "" : ", ") += change.key.to_string();
            if (change.value_name) names += ": " + show_name(*change.value_name);
        }
        return failure(ExitCode::target, "changed since " + record.id + ": " + names + "; --force takes it back all the same; nothing was touched");
    }
    return Job{"undo", "before:" + record.id, std::move(back.plan), {}, record.id};
}

// A run that left nothing but its marker is what there is to be taken back, and not the one before it.
bool close_empty_run(const Context& context, const std::string& machine) {
    const std::vector<Unfinished> found = find_unfinished(machine);
    if (found.empty() || !std::ranges::all_of(found, &Unfinished::left_nothing)) return false;
    for (const Unfinished& each : found) {
        if (auto removed = remove_file(each.file); !removed) context.log.report({"journal", Severity::warning, {}, removed.error().message, {}});
    }
    context.log.note("there is nothing left to take back of what was interrupted");
    return true;
}

Outcome<ExitCode> take_back(const Context& context, const std::optional<std::string>& named) {
    std::optional<StoredRecord> stored;
    std::string spelling;
    if (named) {
        auto found = find_record(*named);
        if (!found) return std::unexpected(std::move(found.error()));
        stored = std::move(*found);
        if (auto valid = check_record(*stored); !valid) return std::unexpected(std::move(valid.error()));
        spelling = context.options.value("target").value_or(stored->record.target);
    } else {
        auto given = target_spelling(context.options);
        if (!given) return std::unexpected(std::move(given.error()));
        spelling = *given;
    }
    const bool dry = context.options.has("dry-run");
    std::optional<backend::OpenedSource> source;
    std::optional<backend::OpenedTarget> target;
    if (dry) {
        auto opened = open_source(context, spelling);
        if (!opened) return std::unexpected(std::move(opened.error()));
        source = std::move(*opened);
    } else {
        auto opened = open_target(context, spelling, false);
        if (!opened) return std::unexpected(std::move(opened.error()));
        target = std::move(*opened);
    }
    const std::string& machine = dry ? source->machine : target->machine;
    const std::string& label = dry ? source->label : target->label;
    if (!stored) {
        if (!dry && close_empty_run(context, machine)) return ExitCode::done;
        auto found = newest_of(context, machine, label);
        if (!found) return std::unexpected(std::move(found.error()));
        stored = std::move(*found);
        if (auto valid = check_record(*stored); !valid) return std::unexpected(std::move(valid.error()));
    }
    if (stored->record.machine != machine) {
        return failure(ExitCode::target, "the record was made on " + stored->record.target + " (" + stored->record.machine +
                                             ") and does not belong to " + label + " (" + machine + "); nothing was touched", Span{stored->file});
    }
    auto state = read_state(context, dry ? static_cast<const backend::Source&>(*source->source) : *target->target);
    if (!state) return std::unexpected(std::move(state.error()));
    auto job = job_of(context, *stored, *state);
    if (!job) return std::unexpected(std::move(job.error()));
    if (dry) return show_only(context, *job, label, source->release);
    job->settled = [&] {
        stored->record.status = RecordStatus::undone;
        if (auto updated = update_record(*stored, target->kind); !updated) {
            for (Diagnostic& line : updated.error().lines) line.severity = Severity::warning;
            context.log.report(updated.error().lines);
            return false;
        }
        return true;
    };
    return carry_out(context, std::move(*job), *target);
}

}  // namespace

Outcome<ExitCode> run_undo(const Context& context) {
    if (context.options.has("list")) return list(context);
    const auto& operands = context.options.operands();
    return take_back(context, operands.empty() ? std::nullopt : std::optional(operands.front()));
}

}  // namespace schancfg::cli
