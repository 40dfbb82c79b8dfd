// The records of this user's state folder, for commands: what the library's journal answers, as outcomes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "failure.hpp"
#include "schancfg/journal/marker.hpp"
#include "schancfg/journal/record.hpp"
#include "schancfg/journal/run_state.hpp"

namespace schancfg::cli {

using journal::is_pending;
using journal::StoredRecord;
using journal::Unfinished;

/// 2 for what is malformed, or does not exist; 3 for what the system refused.
[[nodiscard]] std::unexpected<Failure> refused(const Error& error);

/// Of this user; without a path where the system names none.
[[nodiscard]] journal::StateFolder state_place();

/// Does the word stand for a saved plan, where a profile could as well?
[[nodiscard]] bool names_a_plan(std::string_view word);
[[nodiscard]] Outcome<void> save_plan(const std::string& file, const codec::Record& record);
/// 2 when it can't be read or is not a plan or record.
[[nodiscard]] Outcome<StoredRecord> load_plan(const std::string& file);
/// An undo record. 2 when it can't be read or is none; 3 when somebody without our rights could have written it.
[[nodiscard]] Outcome<StoredRecord> load_record(const std::string& file);
/// By id in the state folder, or as a file. 2 when there is none.
[[nodiscard]] Outcome<StoredRecord> find_record(const std::string& id_or_file);
/// Of the state folder, newest first. Files that are not records are reported in `warnings`.
[[nodiscard]] Outcome<std::vector<StoredRecord>> list_records(Diagnostics& warnings);
/// The newest of them that `wanted` takes; older ones are not read.
[[nodiscard]] Outcome<std::optional<StoredRecord>> newest_record(const std::function<bool(const codec::Record&)>& wanted, Diagnostics& warnings);
[[nodiscard]] Outcome<void> update_record(const StoredRecord& stored, backend::Kind kind);

/// Of that machine, oldest first.
[[nodiscard]] std::vector<Unfinished> find_unfinished(const std::string& machine);

/// Was it made on a registry that is kept in a file (`reg:`, `hive:`, `memory:`), not on a machine's own?
[[nodiscard]] bool is_of_file(const codec::Record& record);

}  // namespace schancfg::cli
