// What was decided before a plan is carried out: by options, or by the program itself when it reverts what nobody confirmed.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "failure.hpp"
#include "options.hpp"

namespace schancfg::cli {

struct Decisions {
    bool assume_yes = false;         ///< nobody is asked
    bool allow_cutting_off = false;  ///< known peers may lose their connection
    bool allow_lock_out = false;     ///< an alarm may say that nothing could connect any more
    bool to_syslog = false;          ///< the audit trail goes there; on Windows it always goes to the Event Log
    std::optional<std::chrono::seconds> revert_after = {};
    bool revert_always = false;      ///< it is reverted although nothing can be written about that
    bool restart = false;            ///< the machine is restarted when it is done, and once more when it was reverted
    std::optional<std::string> backup = {};  ///< the file of the record, when not in the state folder
};

/// 2 for a duration that is none.
[[nodiscard]] Outcome<Decisions> decisions_of(const Options& options);

}  // namespace schancfg::cli
