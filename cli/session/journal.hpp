// Journal: what is on the disk about one run before its first write, so that whenever it ends it can be taken back or gone on with.
//
// First the marker, which everybody may read and which this process holds while it runs; then the record. Both are durable before
// anything is written to the target. When all is done the record says so, and the marker goes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "schancfg/files/held.hpp"
#include "session/records.hpp"
#include "schancfg/apply/executor.hpp"
#include "schancfg/registry/tree.hpp"
#include "session/unfinished.hpp"

namespace schancfg::cli {

class Journal {
public:
    /// Looks for runs of this target that are not done, which an apply goes on from, and an undo of the record `undoes` as well when it
    /// is an undo of the same. 3: one is running, or the one that is not done has to be taken back first. Writes nothing.
    [[nodiscard]] static Outcome<Journal> open(const Context& context, const backend::OpenedTarget& target, const std::string& undoes);

    /// The record that will hold the run, or the one that it goes on from.
    [[nodiscard]] const StoredRecord& stored() const { return stored_; }
    [[nodiscard]] bool continues() const { return base_.has_value(); }

    /// 2 when the run is recorded elsewhere.
    [[nodiscard]] Outcome<void> check_backup(const std::optional<std::string>& backup) const;
    /// Marker and record are on the disk when it returns. `record` is new; `state` is what the target holds. 2, 3: nothing was
    /// changed.
    [[nodiscard]] Outcome<void> begin(codec::Record record, const std::optional<std::string>& backup, const registry::Tree& state);
    /// How it ended. `settled` is called when the record says so; as long as it gives false the marker stays.
    void end(const apply::Report& report, const std::function<bool()>& settled);
    /// The target is as it is asked for already: what was cut off is complete. What waits for confirmation waits until `revert_at`,
    /// where that is not empty.
    void nothing_to_do(const registry::Tree& state, const std::string& revert_at, const std::function<bool()>& settled);

private:
    Journal(const Context& context, const backend::OpenedTarget& target) : context_(&context), target_(&target) {}
    [[nodiscard]] Outcome<void> choose(std::vector<Unfinished> found, const std::string& undoes);
    [[nodiscard]] codec::Marker marker() const;
    /// false: it could not be written, and the marker stays.
    bool write_record();
    void close_markers(bool done);
    void warn(const Failure& failure) const;
    void warn(const Error& error) const;

    const Context* context_;
    const backend::OpenedTarget* target_;
    std::string folder_;                      // of markers; empty: there is no place for them
    std::optional<StoredRecord> base_;        // what is gone on from, as it was
    std::optional<Unfinished> base_marker_;
    std::optional<Unfinished> cut_off_undo_;  // of what is gone on from
    std::vector<Unfinished> stale_;           // of runs that left nothing behind
    StoredRecord stored_;
    std::optional<files::HeldFile> marker_;
};

}  // namespace schancfg::cli
