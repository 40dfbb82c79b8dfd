// Records: plans saved for later and undo records, as files. Where undo records lie, which are there, what they say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "failure.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/codec/plan_json.hpp"

namespace schancfg::cli {

/// A record and the file that holds it.
struct StoredRecord {
    std::string file;
    codec::Record record;
};

/// With a new id and the time of now, status prepared.
[[nodiscard]] codec::Record new_record(plan::Plan plan, codec::Record::Kind kind);

[[nodiscard]] Outcome<void> save_plan(const std::string& file, const codec::Record& record);
/// 2 when it can't be read or is no record.
[[nodiscard]] Outcome<StoredRecord> load_record(const std::string& file);

/// `%ProgramData%\schancfg`, `$XDG_STATE_HOME/schancfg`, `~/.local/state/schancfg`. 3 when the system names none of them.
[[nodiscard]] Outcome<std::string> state_folder();

/// Writes it under its id into the state folder, which is made if need be, or as `file`, which must not exist (2). For a live
/// machine a `.reg` twin that takes the plan back is written beside it. 3 when that can't be done.
[[nodiscard]] Outcome<StoredRecord> store_record(codec::Record record, const std::optional<std::string>& file, backend::Kind kind);
/// Writes it again under its new status.
[[nodiscard]] Outcome<void> update_record(const StoredRecord& stored);

/// Of the state folder, newest first. Files that are no records are told in `warnings`.
[[nodiscard]] Outcome<std::vector<StoredRecord>> list_records(Diagnostics& warnings);
/// By id in the state folder, or as a file. 2 when there is none.
[[nodiscard]] Outcome<StoredRecord> find_record(const std::string& id_or_file);

}  // namespace schancfg::cli
