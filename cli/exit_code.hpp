// Exit codes: the one map from what happened to the number that the shell sees.
//
// The numbers are promised to scripts. 1 is an answer, 2 to 5 are failures with one line on standard error each.
#pragma once

#include "schancfg/apply/executor.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/result.hpp"

namespace schancfg::cli {

enum class ExitCode : int {
    done = 0,       ///< done; nothing differs
    differs = 1,    ///< a difference, a prompt declined: an answer
    usage = 2,      ///< bad usage or bad input; nothing was touched
    target = 3,     ///< the target can't be read or written, or has moved; nothing was touched
    rolled_back = 4,///< applying failed and everything was rolled back
    left_over = 5,  ///< and rolling back failed too
    reader_gone = 141,  ///< anyone who read standard output has closed it, which ends a command silently, as it would by SIGPIPE
};

[[nodiscard]] ExitCode exit_code(const backend::OpenError& error);
[[nodiscard]] ExitCode exit_code(apply::RunOutcome outcome);

}  // namespace schancfg::cli
