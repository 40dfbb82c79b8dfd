// Completion scripts, made from the manual. Names of profiles and releases are asked of the program when they are needed.
#pragma once

#include <string>
#include <string_view>

namespace schancfg::cli {

/// For `bash`, `zsh`, `fish` or `powershell`; empty for any other word.
[[nodiscard]] std::string completion_script(std::string_view shell);

}  // namespace schancfg::cli
