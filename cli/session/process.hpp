// A process of the same program that outlives this one.
#pragma once

#include <string>
#include <vector>

#include "schancfg/result.hpp"

namespace schancfg::cli {

/// The file of this program.
[[nodiscard]] std::string own_program();

/// Starts a program that has no terminal and no parent, and goes on when this session ends.
[[nodiscard]] Result<void> start_detached(const std::string& program, const std::vector<std::string>& words);

}  // namespace schancfg::cli
