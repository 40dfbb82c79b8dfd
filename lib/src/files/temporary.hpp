// The one way in which this room names what it has not finished writing: `a.reg.1234-0.tmp` beside `a.reg`, by the number of the
// process that writes; and the refusals that both systems word alike.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace schancfg::files {

/// How many names are tried, should one be taken.
constexpr int max_temporaries = 100;
/// What follows the name of the file.
[[nodiscard]] std::string temporary_ending(int attempt);

/// Removes those of `path` that were last written `age` ago or longer; of every file in the folder of `path` when it ends in a
/// separator.
void remove_temporaries(const std::string& path, std::chrono::seconds age);

/// The number in the text of a lock, at most 20 digits; 0: it is none.
[[nodiscard]] std::uint64_t process_in(std::string_view text);

}  // namespace schancfg::files
