// Transaction: one run on a target, with what is on the disk about it before its first write, so that whenever it ends it can be undone
// or gone on with.
//
// First the marker, which everybody may read and which this process holds while it runs; then the record. Both are durable before
// anything is written to the target. When all is done the record says so, and the marker goes. A transaction belongs to one thread; the
// lock of its target is held all the while.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schancfg/apply/executor.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/files/held.hpp"
#include "schancfg/journal/marker.hpp"
#include "schancfg/journal/record.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::journal {

/// Why a run cannot begin; nothing was touched.
struct Obstacle {
    enum class Kind : std::uint8_t {
        running,     ///< another process is changing this target
        incomplete,  ///< a run that is not done has to be undone first
    };
    Kind kind = Kind::running;
    std::uint64_t process = 0;  ///< which is running
    std::string id;             ///< of the run in the way
    std::string name;           ///< what a user calls the record that has to be undone first
    std::string undo;           ///< and what he names to undo it
};

/// What did not go as it should, or went on from before, while the run itself did.
struct Notice {
    enum class Kind : std::uint8_t {
        no_state_folder,  ///< nobody else will know if this run is interrupted
        not_recorded,     ///< `error` says why record or marker are not as they should be
        completed,        ///< what was interrupted before is complete
    };
    Kind kind = Kind::not_recorded;
    std::optional<Error> error = {};
};

class Transaction {
public:
    /// Looks for runs of this target that are not done, which an apply goes on from (`undoes` nullopt), and an undo of the record
    /// `undoes` as well when it is an undo of the same. Writes nothing. `target` outlives the transaction.
    [[nodiscard]] static std::expected<Transaction, Obstacle> open(StateFolder folder, backend::OpenedTarget& target, std::optional<StoredRecord> undoes = {});

    /// The record that will hold the run, or the one that it goes on from.
    [[nodiscard]] const StoredRecord& stored() const { return stored_; }
    /// It goes on from a run that is not done: its record stays where it is, and `begin` wants the state of the target.
    [[nodiscard]] bool continues() const { return base_.has_value(); }

    /// Marker and record are on the disk when it returns. `record` is new and holds the plan; `file`: where it goes, when not into the
    /// state folder; `state` is what the target holds. After an error nothing was changed.
    [[nodiscard]] Result<void> begin(codec::Record record, const std::optional<std::string>& file = {}, const registry::Tree& state = {});
    /// Where `begin` of an undo failed, since the disk takes no more: nothing is written about this run, and the record that it undoes, which
    /// may be reverted again at any time, is enough.
    void begin_unrecorded(codec::Record record);
    /// What was begun does not happen, and nothing was written to the target.
    void abandon();
    /// Carries out the plan of the record that `begin` was given, and records how that ended.
    [[nodiscard]] apply::RunReport run(const plan::CheckedPlan& plan, const apply::Observer& observer = {});
    /// Instead of `begin`: the target is as it is asked for already, so what was cut off is complete.
    void nothing_to_do(const registry::Tree& state);
    /// After `nothing_to_do`: what waits for confirmation waits until then. After an error it waits until when it did.
    [[nodiscard]] Result<void> wait_until(const std::string& revert_at);

    /// The record that was to be undone says that it is.
    [[nodiscard]] bool has_undone() const { return has_undone_; }
    [[nodiscard]] const std::vector<Notice>& notices() const { return notices_; }

private:
    Transaction(StateFolder folder, backend::OpenedTarget& target, std::optional<StoredRecord> undoes)
        : folder_(std::move(folder)), target_(&target), undoes_(std::move(undoes)) {}
    [[nodiscard]] std::optional<Obstacle> choose(std::vector<Unfinished> found);
    [[nodiscard]] codec::Marker marker() const;
    void end(const apply::RunReport& report);
    // false: it could not be written, and the marker stays.
    bool write_record();
    bool settle_undone();
    void close_markers(bool done);
    void expect(const Result<void>& result);

    StateFolder folder_;
    backend::OpenedTarget* target_;
    std::optional<StoredRecord> undoes_;
    bool has_undone_ = false;
    bool uses_markers_ = false;
    bool is_recorded_ = true;
    std::optional<StoredRecord> base_;        // what is gone on from, as it was
    std::optional<Unfinished> base_marker_;
    std::optional<Unfinished> cut_off_undo_;  // of what is gone on from
    std::vector<Unfinished> stale_;           // of runs that left nothing behind
    StoredRecord stored_;
    std::optional<files::HeldFile> marker_;
    std::vector<Notice> notices_;
};

}  // namespace schancfg::journal
