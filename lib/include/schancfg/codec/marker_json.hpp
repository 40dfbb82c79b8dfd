// Markers as JSON: what everybody may know of a run that is changing a registry, or that ended before it was done, or whose changes
// wait for confirmation. The record of the run, which few may read, lies elsewhere. Use from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::codec {

struct Marker {
    std::string id;       ///< that of the record
    std::string time;     ///< when the run began: RFC 3339, UTC
    std::string command;  ///< `apply` or `undo`
    std::string target;   ///< as in the record
    std::string machine;  ///< as in the record
    std::string record;   ///< the file of the record
    std::uint64_t process = 0;  ///< number of the process that runs, or ran
    std::string revert_at;      ///< when the changes are undone unless confirmed, as `time`; empty: the run is not done
    bool operator==(const Marker&) const = default;
};

[[nodiscard]] std::string encode_marker(const Marker& marker);
/// malformed with line and column where known. Bytes are hostile: at most 64 KiB, every member is checked.
[[nodiscard]] Result<Marker> decode_marker(std::string_view text, std::string_view file);

}  // namespace schancfg::codec
