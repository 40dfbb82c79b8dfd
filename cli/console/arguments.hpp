// The words of the command line as UTF-8, whatever the system hands over. Not their meaning.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace schancfg::cli {

/// Without the program's own name.
[[nodiscard]] std::vector<std::string> arguments(int argc, char** argv);

/// A variable of the environment as UTF-8; nullopt when it is not set or empty.
[[nodiscard]] std::optional<std::string> environment(const char* name);

}  // namespace schancfg::cli
