#include "session/journal.hpp"

#include <algorithm>
#include <utility>

#include "schancfg/files/held.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "render/escape.hpp"
#include "schancfg/apply/continued.hpp"

namespace schancfg::cli {
namespace {

using codec::RecordStatus;

Failure untouched(Failure failure) {
    if (failure.code == ExitCode::target && !failure.lines.empty()) failure.lines.back().message += "; nothing was touched";
    return failure;
}

}  // namespace

Outcome<Journal> Journal::open(const Context& context, const backend::OpenedTarget& target, const std::string& undoes) {
    Journal journal(context, target);
    if (auto chosen = journal.choose(find_unfinished(target.machine), undoes); !chosen) return std::unexpected(std::move(chosen.error()));
    return journal;
}

Outcome<void> Journal::choose(std::vector<Unfinished> found, const std::string& undoes) {
    for (Unfinished& each : found) {
        if (each.running) {
            return failure(ExitCode::target, "process " + std::to_string(each.marker.process) + " is changing " + escape(target_->label) + " (" + each.marker.id +
                                                 "); nothing was touched");
        }
        if (!each.is_open() || each.marker.id == undoes) {
            stale_.push_back(std::move(each));
            continue;
        }
        const codec::Record& record = each.record->record;
        if (!undoes.empty()) {
            if (record.undoes != undoes) {
                return failure(ExitCode::target, each.record->name() + " is not done; take that back first: schancfg undo " +
                                                     (record.undoes.empty() ? each.record->name() : record.undoes) + "; nothing was touched");
            }
            base_ = each.record;
            base_marker_ = std::move(each);
        } else if (record.undoes.empty()) {
            base_ = each.record;
            base_marker_ = std::move(each);
        } else if (auto undone = find_record(record.undoes); undone) {
            // Half taken back is half done.
            cut_off_undo_ = std::move(each);
            if (!base_) base_ = std::move(*undone);
        }
    }
    if (base_) stored_ = *base_;
    return {};
}

codec::Marker Journal::marker() const {
    const codec::Record& record = stored_.record;
    const std::string file = files::absolute(stored_.file);
    return {.id = record.id, .time = record.time, .command = record.undoes.empty() ? "apply" : "undo", .target = record.target,
            .machine = record.machine, .record = file, .process = files::own_process(), .revert_at = {}};
}

Outcome<void> Journal::check_backup(const std::optional<std::string>& backup) const {
    if (!backup || !base_) return {};
    return usage("this goes on from " + stored_.name() + ", which is not done, in its record: --backup can't name another one");
}

Outcome<void> Journal::begin(codec::Record record, const std::optional<std::string>& backup, const registry::Tree& state) {
    if (base_) {
        stored_.record.plan = apply::in_force(base_->record.plan, base_->record.under_way, state);
        stored_.record.under_way = std::move(record.plan);
        stored_.record.status = RecordStatus::prepared;
        if (record.undoes.empty()) stored_.record.profile_sha256 = std::move(record.profile_sha256);
        if (!record.revert_at.empty()) stored_.record.revert_at = std::move(record.revert_at);
    } else {
        auto file = backup ? Outcome<std::string>(*backup) : record_file(record.id);
        if (!file) return std::unexpected(std::move(file.error()));
        stored_ = {std::move(*file), std::move(record)};
    }
    if (auto folder = state_folder(); folder) {
        if (auto made = files::make_private_folder(*folder); !made) return std::unexpected(untouched(failure(ExitCode::target, made.error()).error()));
        folder_ = std::move(*folder);
        auto held = files::HeldFile::write(marker_file(folder_, stored_.record.id), codec::encode_marker(marker()));
        if (held) marker_ = std::move(*held);
        // One that is there already says the same.
        else if (!base_marker_) return std::unexpected(untouched(failure(ExitCode::target, held.error()).error()));
    } else {
        context_->log.report({"no-marker", Severity::warning, {}, "there is no state folder, so that no other command will know if this one is interrupted", {}});
    }
    auto written = base_ ? update_record(stored_, target_->kind) : store_record(stored_, target_->kind);
    if (written) return {};
    if (marker_ && !base_marker_) std::ignore = marker_->remove();
    marker_.reset();
    return std::unexpected(untouched(std::move(written.error())));
}

void Journal::end(const apply::Report& report, const std::function<bool()>& settled) {
    codec::Record& record = stored_.record;
    const bool done = report.outcome == apply::Outcome::done;
    if (done) {
        plan::Plan all = apply::joined(record.plan, record.under_way);
        // Nothing is left of the first run when the second one took it back.
        record.status = all.empty() ? RecordStatus::undone : RecordStatus::applied;
        if (!all.empty()) record.plan = std::move(all);
    } else if (report.outcome == apply::Outcome::partly_undone) {
        record.plan = base_ ? apply::joined(record.plan, {report.left}) : plan::Plan{report.left};
        record.status = RecordStatus::partial;
    } else if (base_) {
        record = base_->record;
    } else {
        record.status = RecordStatus::rolled_back;
    }
    if (done || report.outcome == apply::Outcome::partly_undone) record.under_way = {};
    if (!write_record() || !settled()) return;
    close_markers(done || report.outcome == apply::Outcome::partly_undone);
}

void Journal::nothing_to_do(const registry::Tree& state, const std::string& revert_at, const std::function<bool()>& settled) {
    if (const auto folder = state_folder()) folder_ = *folder;
    const bool was_cut_off = cut_off_undo_ || (base_ && base_->record.status == RecordStatus::prepared);
    if (was_cut_off) {
        codec::Record& record = stored_.record;
        record.plan = apply::in_force(record.plan, record.under_way, state);
        record.under_way = {};
        record.status = record.plan.empty() ? RecordStatus::rolled_back : RecordStatus::applied;
        if (!write_record()) return;
        if (record.undoes.empty() && !record.plan.empty()) {
            context_->log.note("what was interrupted is complete; to take it back: schancfg undo " + stored_.name());
        }
    }
    const bool waits_longer = base_ && !revert_at.empty() && is_pending(stored_.record);
    if (waits_longer) {
        stored_.record.revert_at = revert_at;
        if (!write_record()) return;
        context_->log.note("it is taken back at " + revert_at + " unless you say: schancfg confirm " + stored_.name());
    }
    if (!settled()) return;
    close_markers(was_cut_off || waits_longer || !base_);
}

bool Journal::write_record() {
    auto written = update_record(stored_, target_->kind);
    if (!written) warn(written.error());
    return written.has_value();
}

void Journal::close_markers(bool done) {
    if (folder_.empty()) return;
    const std::string file = marker_file(folder_, stored_.record.id);
    const auto check = [&](const Result<void>& result) {
        if (!result) warn(result.error());
    };
    if (!done && base_marker_) {
        marker_.reset();  // Windows replaces no file that is open.
        // What it says of the run before is right again.
        check(files::write_file(base_marker_->file, codec::encode_marker(base_marker_->marker), files::Readers::everyone));
    } else if (is_pending(stored_.record) && stored_.record.undoes.empty()) {
        marker_.reset();
        codec::Marker waiting = marker();
        waiting.revert_at = stored_.record.revert_at;
        check(files::write_file(file, codec::encode_marker(waiting), files::Readers::everyone));
    } else if (marker_ || base_marker_) {
        check(files::remove_file(file));
    }
    marker_.reset();
    if (!done) return;
    if (cut_off_undo_) {
        StoredRecord undo = *cut_off_undo_->record;
        undo.record.status = RecordStatus::rolled_back;
        if (auto written = update_record(undo, target_->kind); !written) return warn(written.error());
        check(files::remove_file(cut_off_undo_->file));
    }
    for (const Unfinished& each : stale_) check(files::remove_file(each.file));
}

void Journal::warn(const Failure& failure) const {
    for (Diagnostic line : failure.lines) {
        line.severity = Severity::warning;
        context_->log.report(line);
    }
}

void Journal::warn(const Error& error) const { context_->log.report({"journal", Severity::warning, error.where.value_or(Span{}), error.message, {}}); }

}  // namespace schancfg::cli
