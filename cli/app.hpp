// The program: from the words of the command line to an exit code.
#pragma once

#include <string>
#include <vector>

#include "context.hpp"

namespace schancfg::cli {

[[nodiscard]] int run(const std::vector<std::string>& words, TargetOpener open_target);

}  // namespace schancfg::cli
