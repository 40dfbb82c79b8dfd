// Records: plans saved for later and undo records, as files. Which are there, what they say. Errors: malformed and not_found, what was
// named is none or does not exist; any other, the system refused it. Every function may be called by several threads at once, and by
// several processes; who updates a record holds the lock of its target.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/backend/open.hpp"
#include "schancfg/codec/plan_json.hpp"
#include "schancfg/journal/state_folder.hpp"

namespace schancfg::journal {

/// A record and the file that holds it.
struct StoredRecord {
    std::string file;
    codec::Record record;
    bool is_in_state_folder = false;

    /// What a user calls it: its id, or its file when it does not lie in the state folder.
    [[nodiscard]] const std::string& name() const { return is_in_state_folder ? record.id : file; }
};

/// With a new id and the time of now, status prepared.
[[nodiscard]] codec::Record new_record(plan::Plan plan, codec::Record::Kind kind);

/// A plan or an undo record, anyone who wrote it.
[[nodiscard]] Result<StoredRecord> load_plan(const StateFolder& folder, const std::string& file);
/// An undo record. access_denied: somebody without our rights could have written it.
[[nodiscard]] Result<StoredRecord> load_record(const StateFolder& folder, const std::string& file);
/// The undo record of that id in the state folder. not_found: there is none.
[[nodiscard]] Result<StoredRecord> find_record(const StateFolder& folder, std::string_view id);

/// Writes a new file for its owner (on Windows: administrators) alone. For a live machine a `.reg` twin that undoes it is written
/// beside it. malformed: the file exists, or the record is larger than what `load_record` takes; then nothing is left of it.
[[nodiscard]] Result<void> store_record(const StoredRecord& stored, backend::Kind kind);
/// Writes it again as it is now, and its twin if it has one.
[[nodiscard]] Result<void> update_record(const StoredRecord& stored, backend::Kind kind);

/// Keeps the room on the disk that undoing the record will need for its own record, its marker, and where the target is a file for that
/// one, in a file of the state folder: a disk that is full by then does not stop it. Takes the place of one that is there.
[[nodiscard]] Result<void> reserve_room(const StateFolder& folder, const StoredRecord& stored);
/// Gives it back. No such room is not an error.
[[nodiscard]] Result<void> release_room(const StateFolder& folder, std::string_view id);

/// Of the state folder, newest first. `skipped`: why files that are called like records are none.
[[nodiscard]] Result<std::vector<StoredRecord>> list_records(const StateFolder& folder, std::vector<Error>& skipped);
/// The newest of them that `wanted` takes; nullopt: none. Reads no older ones.
[[nodiscard]] Result<std::optional<StoredRecord>> newest_record(const StateFolder& folder, const std::function<bool(const codec::Record&)>& wanted,
                                                                std::vector<Error>& skipped);

inline constexpr std::size_t most_records = 1000;  ///< above this many old records are removed
inline constexpr std::size_t kept_records = 900;   ///< until so many are left
/// Removes the oldest records of the state folder, their twins with them, where there are more than `most`, until `kept` are left. What may
/// still have to be undone by the program itself stays (prepared, waiting, partial), and so does the newest record of each target that can
/// be undone. Gives how many were removed.
std::size_t prune_records(const StateFolder& folder, std::size_t most = most_records, std::size_t kept = kept_records);

}  // namespace schancfg::journal
