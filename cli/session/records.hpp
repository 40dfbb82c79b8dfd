// Records: plans saved for later and undo records, as files. Where undo records lie, which are there, what they say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "failure.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/codec/plan_json.hpp"
#include "session/state_folder.hpp"

namespace schancfg::cli {

/// A record and the file that holds it.
struct StoredRecord {
    std::string file;
    codec::Record record;

    /// What `undo` calls it: its id, or its file when it does not lie in the state folder.
    [[nodiscard]] std::string name() const;
};

/// With a new id and the time of now, status prepared.
[[nodiscard]] codec::Record new_record(plan::Plan plan, codec::Record::Kind kind);

[[nodiscard]] Outcome<void> save_plan(const std::string& file, const codec::Record& record);
/// 2 when it can't be read or is no plan or record.
[[nodiscard]] Outcome<StoredRecord> load_plan(const std::string& file);
/// An undo record. 2 when it can't be read or is none; 3 when somebody without our rights could have written it.
[[nodiscard]] Outcome<StoredRecord> load_record(const std::string& file);

/// Where the record of that id lies in the state folder, which need not be there. 3 when the system names no such folder.
[[nodiscard]] Outcome<std::string> record_file(const std::string& id);

/// Writes a new file for its owner (on Windows: administrators) alone. For a live machine a `.reg` twin that takes it back is
/// written beside it. 2 when the file exists, 3 when it can't be written; then nothing is left of it.
[[nodiscard]] Outcome<void> store_record(const StoredRecord& stored, backend::Kind kind);
/// Writes it again as it is now, and its twin if it has one.
[[nodiscard]] Outcome<void> update_record(const StoredRecord& stored, backend::Kind kind);

/// Of the state folder, newest first. Files that are no records are told in `warnings`.
[[nodiscard]] Outcome<std::vector<StoredRecord>> list_records(Diagnostics& warnings);
/// By id in the state folder, or as a file. 2 when there is none.
[[nodiscard]] Outcome<StoredRecord> find_record(const std::string& id_or_file);

}  // namespace schancfg::cli
