// What the user is reported of runs of a target that are not done.
#pragma once

#include <string>

#include "context.hpp"

namespace schancfg::cli {

/// A line on standard error for each of them.
void tell_unfinished(const Context& context, const std::string& machine);

}  // namespace schancfg::cli
