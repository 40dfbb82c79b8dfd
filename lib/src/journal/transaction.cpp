#include "schancfg/journal/transaction.hpp"

#include <utility>

#include "schancfg/apply/continued.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/journal/run_state.hpp"

namespace schancfg::journal {

using codec::RecordStatus;

std::expected<Transaction, Obstacle> Transaction::open(StateFolder folder, backend::OpenedTarget& target, std::optional<StoredRecord> undoes) {
    std::vector<Unfinished> found = find_unfinished(folder, target.machine);
    Transaction out(std::move(folder), target, std::move(undoes));
    if (auto obstacle = out.choose(std::move(found))) return std::unexpected(std::move(*obstacle));
    return out;
}

std::optional<Obstacle> Transaction::choose(std::vector<Unfinished> found) {
    const std::string undoes = undoes_ ? undoes_->record.id : std::string{};
    for (Unfinished& each : found) {
        if (each.running) return Obstacle{Obstacle::Kind::running, each.marker.process, each.marker.id, {}, {}};
        if (!each.is_open() || each.marker.id == undoes) {
            stale_.push_back(std::move(each));
            continue;
        }
        const codec::Record& record = each.record->record;
        if (undoes_) {
            if (record.undoes != undoes) {
                return Obstacle{Obstacle::Kind::incomplete, 0, record.id, each.name(), record.undoes.empty() ? each.name() : record.undoes};
            }
            base_ = each.record;
            base_marker_ = std::move(each);
        } else if (record.undoes.empty()) {
            base_ = each.record;
            base_marker_ = std::move(each);
        } else if (auto undone = find_record(folder_, record.undoes); undone) {
            // Half undone is half done.
            cut_off_undo_ = std::move(each);
            if (!base_) base_ = std::move(*undone);
        }
    }
    if (base_) stored_ = *base_;
    return std::nullopt;
}

codec::Marker Transaction::marker() const {
    const codec::Record& record = stored_.record;
    return {.id = record.id, .time = record.time, .command = record.undoes.empty() ? "apply" : "undo", .target = record.target,
            .machine = record.machine, .record = files::absolute(stored_.file), .process = files::own_process(), .revert_at = {}};
}

Result<void> Transaction::begin(codec::Record record, const std::optional<std::string>& file, const registry::Tree& state) {
    if (base_) {
        if (file) return fail(ErrorCode::malformed, "this goes on from " + stored_.name() + ", which is not done, in its record: there can't be another one");
        stored_.record.plan = apply::in_force(base_->record.plan, base_->record.under_way, state);
        stored_.record.under_way = std::move(record.plan);
        stored_.record.status = RecordStatus::prepared;
        if (record.undoes.empty()) stored_.record.profile_sha256 = std::move(record.profile_sha256);
        if (!record.revert_at.empty()) stored_.record.revert_at = std::move(record.revert_at);
    } else if (file || !folder_.path.empty()) {
        std::string where = file ? *file : folder_.record_file(record.id);
        stored_ = {std::move(where), std::move(record), !file};
    } else {
        return fail(ErrorCode::io, "there is no state folder, so there is no place for the undo record");
    }
    if (!folder_.path.empty()) {
        if (auto made = files::make_private_folder(folder_.path); !made) return made;
        // Before anything else: what it may take to revert this must be there when this is done.
        if (is_pending(stored_.record)) {
            if (auto reserved = reserve_room(folder_, stored_); !reserved) {
                if (!base_) std::ignore = release_room(folder_, stored_.record.id);
                return reserved;
            }
        }
        uses_markers_ = true;
        auto held = files::HeldFile::write(folder_.marker_file(stored_.record.id), codec::encode_marker(marker()));
        if (held) marker_ = std::move(*held);
        // One that is there already says the same.
        else if (!base_marker_) {
            std::ignore = release_room(folder_, stored_.record.id);
            return std::unexpected(std::move(held.error()));
        }
    } else {
        notices_.push_back({Notice::Kind::no_state_folder});
    }
    auto written = base_ ? update_record(stored_, target_->kind) : store_record(stored_, target_->kind);
    if (written) return {};
    if (marker_ && !base_marker_) std::ignore = marker_->remove();
    marker_.reset();
    if (uses_markers_ && !base_) std::ignore = release_room(folder_, stored_.record.id);
    return written;
}

void Transaction::begin_unrecorded(codec::Record record) {
    is_recorded_ = false;
    uses_markers_ = false;
    base_.reset();
    stored_ = {folder_.record_file(record.id), std::move(record), true};
}

void Transaction::abandon() { end({.outcome = apply::RunOutcome::refused, .error = {}, .at = {}, .left = {}}); }

apply::RunReport Transaction::run(const plan::CheckedPlan& plan, const apply::Observer& observer) {
    apply::RunReport report = apply::run(plan, *target_->target, observer);
    end(report);
    return report;
}

void Transaction::end(const apply::RunReport& report) {
    codec::Record& record = stored_.record;
    const bool done = report.outcome == apply::RunOutcome::done;
    const bool left = report.outcome == apply::RunOutcome::partly_undone;
    if (done) {
        plan::Plan all = apply::joined(record.plan, record.under_way);
        // Nothing is left of the first run when the second one undid it.
        record.status = all.empty() ? RecordStatus::undone : RecordStatus::applied;
        if (!all.empty()) record.plan = std::move(all);
    } else if (left) {
        record.plan = base_ ? apply::joined(record.plan, {report.left}) : plan::Plan{report.left};
        record.status = RecordStatus::partial;
    } else if (base_) {
        record = base_->record;
    } else {
        record.status = RecordStatus::rolled_back;
    }
    if (done || left) record.under_way = {};
    if (!write_record() || (done && !settle_undone())) return;
    close_markers(done || left);
}

void Transaction::nothing_to_do(const registry::Tree& state) {
    uses_markers_ = !folder_.path.empty();
    const bool was_cut_off = cut_off_undo_ || (base_ && base_->record.status == RecordStatus::prepared);
    if (was_cut_off) {
        codec::Record& record = stored_.record;
        record.plan = apply::in_force(record.plan, record.under_way, state);
        record.under_way = {};
        record.status = record.plan.empty() ? RecordStatus::rolled_back : RecordStatus::applied;
        if (!write_record()) return;
        if (record.undoes.empty() && !record.plan.empty()) notices_.push_back({Notice::Kind::completed});
    }
    if (!settle_undone()) return;
    close_markers(was_cut_off || !base_);
}

Result<void> Transaction::wait_until(const std::string& revert_at) {
    const std::string before = std::exchange(stored_.record.revert_at, revert_at);
    auto written = update_record(stored_, target_->kind);
    if (written && uses_markers_) {
        codec::Marker waiting = marker();
        waiting.revert_at = revert_at;
        written = files::write_file(folder_.marker_file(stored_.record.id), codec::encode_marker(waiting), files::Readers::everyone);
    }
    if (written) return {};
    stored_.record.revert_at = before;
    std::ignore = update_record(stored_, target_->kind);
    return written;
}

bool Transaction::write_record() {
    if (!is_recorded_) return true;
    auto written = update_record(stored_, target_->kind);
    expect(written);
    return written.has_value();
}

bool Transaction::settle_undone() {
    if (!undoes_) return true;
    undoes_->record.status = RecordStatus::undone;
    if (!folder_.path.empty()) expect(release_room(folder_, undoes_->record.id));
    auto written = update_record(*undoes_, target_->kind);
    expect(written);
    has_undone_ = written.has_value();
    return has_undone_;
}

void Transaction::close_markers(bool done) {
    if (!uses_markers_) return;
    if (!stored_.record.revert_at.empty() && !is_pending(stored_.record)) expect(release_room(folder_, stored_.record.id));
    const std::string file = folder_.marker_file(stored_.record.id);
    if (!done && base_marker_) {
        marker_.reset();  // Windows replaces no file that is open.
        // What it says of the run before is right again.
        expect(files::write_file(base_marker_->file, codec::encode_marker(base_marker_->marker), files::Readers::everyone));
    } else if (is_pending(stored_.record) && stored_.record.undoes.empty()) {
        marker_.reset();
        codec::Marker waiting = marker();
        waiting.revert_at = stored_.record.revert_at;
        expect(files::write_file(file, codec::encode_marker(waiting), files::Readers::everyone));
    } else if (marker_ || base_marker_) {
        expect(files::remove_file(file));
    }
    marker_.reset();
    if (!done) return;
    if (cut_off_undo_) {
        StoredRecord undo = *cut_off_undo_->record;
        undo.record.status = RecordStatus::rolled_back;
        if (auto written = update_record(undo, target_->kind); !written) return expect(written);
        expect(files::remove_file(cut_off_undo_->file));
    }
    for (const Unfinished& each : stale_) expect(files::remove_file(each.file));
}

void Transaction::expect(const Result<void>& result) {
    if (!result) notices_.push_back({Notice::Kind::not_recorded, result.error()});
}

}  // namespace schancfg::journal
