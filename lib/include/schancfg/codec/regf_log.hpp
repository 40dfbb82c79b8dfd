// The transaction logs of a hive, replayed in memory: what Windows does when it loads a hive that was left in the middle of a write.
//
// Both formats: entries with hashes (Windows 8.1 and later) and the bitmap of changed sectors before. Nothing is written, and a clean hive
// needs none of this: its logs are old. Source: msuhanov/regf, "Windows registry file format specification", sections "Format of transaction
// log files" and "Dirty state of a hive". Pure functions; use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "schancfg/codec/regf.hpp"
#include "schancfg/result.hpp"

namespace schancfg::codec {

enum class HiveRecovery : std::uint8_t {
    clean,        ///< the hive needs no log
    replayed,     ///< `bytes` is the hive with what its logs held
    without_log,  ///< the hive needs a log, and none of these fits: its values may be stale, and nothing may be written to it
};

struct RecoveredHive {
    HiveRecovery recovery = HiveRecovery::clean;
    std::string bytes;                ///< where it was replayed; else empty
    std::size_t entries = 0;          ///< of the logs that were applied; 1 for a log of the old format
    std::uint32_t last_sequence = 0;  ///< the highest sequence number of the hive and all logs: what is written next has a higher one
    bool log_is_newer = false;        ///< a clean hive has a log that goes on from it, which Windows ignores
};

/// `logs`: the bytes of SYSTEM.LOG, SYSTEM.LOG1 and SYSTEM.LOG2, as far as they exist, in any order. Errors are those of read_hive_header, where no log
/// has a header for the hive either; a log that is damaged is one that does not fit.
[[nodiscard]] Result<RecoveredHive> recover_hive(std::string_view hive, std::span<const std::string_view> logs);

/// Has the log entries that go on from a clean hive, which a note is worth? `sequence`: of the hive. `bring`: as that of Hive; of a log of the past little more than its
/// first page is looked at.
[[nodiscard]] bool goes_on_from(std::string_view log, std::uint32_t sequence, const Hive::Bring& bring = {});

/// Marvin32 with the seed of these logs: low word first.
[[nodiscard]] std::uint64_t hive_log_hash(std::string_view bytes);

}  // namespace schancfg::codec
