// Completion scripts, made from the manual. Names of profiles and releases are asked of the program when they are needed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace schancfg::cli {

/// What a script offers of one kind of words, a line each: `sources`, `targets`, `peers`, `profiles`, `releases`, `updates`, `explained`, `kinds`. nullopt: no such kind.
[[nodiscard]] std::optional<std::string> completion_words(std::string_view kind);

/// For `bash`, `zsh`, `fish` or `powershell`; empty for any other word.
[[nodiscard]] std::string completion_script(std::string_view shell);

}  // namespace schancfg::cli
