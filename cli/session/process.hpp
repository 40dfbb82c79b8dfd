// This process, its user, and one of the same program that outlives it.
#pragma once

#include <string>
#include <vector>

#include "schancfg/result.hpp"

namespace schancfg::cli {

/// The file of this program.
[[nodiscard]] std::string own_program();

/// Who runs this program, as the system calls him: `CONTOSO\ada`, `ada`; `uid 1000` where it has no name for him.
[[nodiscard]] std::string own_user();

/// Starts a program that has no terminal and no parent, and goes on when this session ends.
[[nodiscard]] Result<void> start_detached(const std::string& program, const std::vector<std::string>& words);

}  // namespace schancfg::cli
