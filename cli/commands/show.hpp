// Saved plans and records, drawn as they were made: without their target.
#pragma once

#include <string>

#include "context.hpp"

namespace schancfg::cli {

/// `word` is a file, or the id of a record in the state folder. 0 when it changes nothing, else 1. `command`: `show` or `diff`, for JSON.
[[nodiscard]] Outcome<ExitCode> show_saved(const Context& context, const std::string& word, const std::string& command);

}  // namespace schancfg::cli
