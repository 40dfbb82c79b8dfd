// Runs of a target that are not done: those that were cut off, those whose changes wait for confirmation, and one that is writing at
// this moment. Their markers say so to everybody. Every function may be called by several threads at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schancfg/codec/marker_json.hpp"
#include "schancfg/journal/record.hpp"

namespace schancfg::journal {

struct Unfinished {
    codec::Marker marker;
    std::string file;                    ///< of the marker
    bool running = false;                ///< its process is alive
    bool has_record = true;              ///< the file of its record is there, as far as this user can know
    std::optional<StoredRecord> record;  ///< nullopt: it is not there, this user may not read it, or nobody should act upon it
    bool undid_its_record = false;       ///< it is an undo, and the record that it undoes says that it is undone, or is not there

    /// The process that is to revert the changes is there; nullopt: this user may not know.
    std::optional<bool> watched = false;

    /// Its changes wait for confirmation; nothing was cut off.
    [[nodiscard]] bool waits() const { return !running && !marker.revert_at.empty(); }
    /// Its record says that they wait no more: all that is left is the marker.
    [[nodiscard]] bool waited() const;
    /// Its record says that something may have to be undone.
    [[nodiscard]] bool is_open() const;
    /// It was cut off when there was nothing to undo: an apply that had not changed anything, or whose changes were all rolled back; an
    /// undo that was done.
    [[nodiscard]] bool left_nothing() const;
    /// How the user calls its record.
    [[nodiscard]] const std::string& name() const { return record ? record->name() : marker.id; }
};

/// Of that machine, oldest first.
[[nodiscard]] std::vector<Unfinished> find_unfinished(const StateFolder& folder, const std::string& machine);

}  // namespace schancfg::journal
