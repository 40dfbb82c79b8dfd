// Files that a command writes are none of those that it reads.
#pragma once

#include "failure.hpp"
#include "options.hpp"

namespace schancfg::cli {

/// 2 where -o, --save, --fix-out or --backup name a file that the words of the command line name as an input (a profile, source, target, peer, or
/// what lies in a folder of them), however it is spelled and whatever links lead there; or two of them name one. Nothing is read or written.
[[nodiscard]] Outcome<void> check_outputs(const Options& options);

}  // namespace schancfg::cli
