// Runs of a target that are not done: those that were cut off, those whose changes wait for confirmation, and one that is writing at
// this moment. Their markers say so to everybody; what is to be done about it is said where their target is opened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "context.hpp"
#include "session/records.hpp"
#include "schancfg/codec/marker_json.hpp"

namespace schancfg::cli {

struct Unfinished {
    codec::Marker marker;
    std::string file;                    ///< of the marker
    bool running = false;                ///< its process is alive
    bool has_record = true;              ///< the file of its record is there, as far as this user can know
    std::optional<StoredRecord> record;  ///< nullopt: it is not there, this user may not read it, or nobody should act upon it

    /// The process that is to take the changes back is there; nullopt: this user may not know.
    std::optional<bool> awaited = false;

    /// Its changes wait for confirmation; nothing was cut off.
    [[nodiscard]] bool waits() const { return !running && !marker.revert_at.empty(); }
    /// Its record says that they wait no more: all that is left is the marker.
    [[nodiscard]] bool waited() const;
    /// Its record says that something may have to be taken back.
    [[nodiscard]] bool is_open() const;
    /// It was cut off when there was nothing to take back: an apply that had not changed anything, or whose changes were all taken back
    /// again; an undo that was done.
    [[nodiscard]] bool left_nothing() const;
};

/// When the changes of a record take themselves back; nullopt: they do not, or no more.
[[nodiscard]] bool is_pending(const codec::Record& record);

/// Of that machine, oldest first.
[[nodiscard]] std::vector<Unfinished> find_unfinished(const std::string& machine);

/// A line on standard error for each of them.
void tell_unfinished(const Context& context, const std::string& machine);

/// The marker and the process that waits, of the run with that id: files in `folder`.
[[nodiscard]] std::string marker_file(const std::string& folder, const std::string& id);
[[nodiscard]] std::string waiter_file(const std::string& folder, const std::string& id);

}  // namespace schancfg::cli
