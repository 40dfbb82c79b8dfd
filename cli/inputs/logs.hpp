// Logs: the files of IIS that say which client came by which TLS, as --usage and --peers name them.
#pragma once

#include <string>
#include <vector>

#include "context.hpp"
#include "failure.hpp"
#include "render/usage.hpp"

namespace schancfg::cli {

/// Is it a log, packed or not, or a folder that holds one, by its name?
[[nodiscard]] bool names_logs(const std::string& word);

/// All logs that the words name, folders with all below them, on all processors. Says on a terminal how far it is. 2: no log there, or a file that is none; 3: it cannot be read.
/// Interrupted: what was read until then, with fewer `files_read` than `files`.
[[nodiscard]] Outcome<UsageView> read_usage(const Context& context, const std::vector<std::string>& words);

}  // namespace schancfg::cli
