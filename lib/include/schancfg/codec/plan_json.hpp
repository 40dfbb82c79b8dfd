// Plans and undo records as JSON (contract: format_version, kind, id, time, target, machine, os, profile_sha256, status, changes). Use from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schancfg/plan/plan.hpp"
#include "schancfg/result.hpp"

namespace schancfg::codec {

enum class RecordStatus : std::uint8_t { prepared, applied, undone, rolled_back, partial };
[[nodiscard]] std::string_view status_name(RecordStatus status);

/// Are the changes of a record in force only after the machine was restarted?
enum class RecordRestart : std::uint8_t {
    no,        ///< they are not, or nobody can tell what a restart is (a registry in a file)
    disputed,  ///< sources disagree
    needed,
};

/// A plan made to be applied later, or the record of one that was.
struct Record {
    enum class Kind : std::uint8_t { plan, undo };
    Kind kind = Kind::plan;
    std::string id;       ///< `20261121T074500Z-3f9c`: sorts by time
    std::string time;     ///< RFC 3339, UTC
    std::string target;   ///< as spelled: `live`, `reg:C:\x.reg` (absolute path)
    std::string machine;  ///< identity of what it was made on; a plan is applied there or not at all
    std::string os;       ///< release id, or empty
    std::string profile_sha256;
    std::string profile;  ///< what was asked for, as the command was given it; empty: not known
    std::string user;     ///< who asked for it, as the system calls him; empty: not known
    std::string undoes;   ///< id of the record that this one undid; empty: it took none back
    std::string revert_at;  ///< when it undoes itself unless confirmed, as `time`; empty: it stays
    std::string confirmed;  ///< when it was confirmed; empty: it was not
    RecordRestart restart = RecordRestart::no;  ///< of what waits for confirmation
    std::string boot;     ///< which start of the machine it was made in, as the caller tells them apart; empty: not known
    bool restarts = false;  ///< the machine is to be restarted when it was reverted after a restart
    RecordStatus status = RecordStatus::prepared;
    plan::Plan plan;
    /// What a run that goes on from `plan` is about to do, while it is not done: any part of it may have been done. `plan` is then what
    /// was in force when that run began.
    plan::Plan under_way = {};
};

/// `20261121T074500Z-3f9c02d4a1b7c6e5`: a day, a time and sixteen (or four) hexadecimal digits. Ids name files, so nothing else is an id.
[[nodiscard]] bool is_record_id(std::string_view id);
/// `2026-11-21T07:45:00Z`, by its form.
[[nodiscard]] bool is_record_time(std::string_view text);

[[nodiscard]] std::string encode_record(const Record& record);
/// malformed with line and column of the JSON text where known, else with the number of the change. Bytes are hostile: depth and
/// size are limited (64 MiB), every member is checked, a value or key is changed at most once, and `changes_sha256`, where it is there, is that of the changes.
[[nodiscard]] Result<Record> decode_record(std::string_view text, std::string_view file);

/// The pieces of the contract's JSON that other outputs hold as well, as JSON text: a value (`{"type": ..., "data": ...}`), and the
/// array of the changes of a plan.
[[nodiscard]] std::string encode_value(const registry::Value& value);
[[nodiscard]] std::string encode_changes(const plan::Plan& plan);

/// SHA-256, in lower-case hex, of the changes in their order as a plan's file holds them: the `changes_sha256` of plans and records. Two plans have the same
/// one exactly when they change the same values from and to the same, asked for by the same lines.
[[nodiscard]] std::string changes_digest(const plan::Plan& plan);

}  // namespace schancfg::codec
