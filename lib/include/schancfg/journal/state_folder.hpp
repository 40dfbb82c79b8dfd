// The state folder: where records, their markers and locks lie. Where it is the caller says; this library reads no environment.
// A value; use from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schancfg::journal {

struct StateFolder {
    std::string path;                 ///< of this user's records; empty: there is no such folder
    /// Folders in which others of this machine say what they are doing; what their markers say is reported, and not acted upon.
    std::vector<std::string> others = {};

    /// Files in it, which need not be there. Not to be asked of one that is not there.
    [[nodiscard]] std::string record_file(std::string_view id) const;
    [[nodiscard]] std::string marker_file(std::string_view id) const;
    /// Holds the room that undoing the run will need.
    [[nodiscard]] std::string reserve_file(std::string_view id) const;
    /// Held by the process that is to revert the run, the watchdog.
    [[nodiscard]] std::string watchdog_file(std::string_view id) const;
    /// Is there such a process? Also one of version 0.1, whose file ends in `.waiter`. nullopt: this user may not know.
    [[nodiscard]] std::optional<bool> is_watched(std::string_view id) const;
};

}  // namespace schancfg::journal
