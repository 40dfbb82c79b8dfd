// The one way in which this room names what it has not finished writing: `a.reg.1234-0.tmp` beside `a.reg`, by the number of the
// process that writes; and the refusals that both systems word alike.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

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

[[nodiscard]] std::unexpected<Error> too_large(std::string_view path, std::size_t max_size);
[[nodiscard]] std::unexpected<Error> not_regular(std::string_view path);
[[nodiscard]] std::unexpected<Error> changed_meanwhile(std::string_view path);
[[nodiscard]] std::unexpected<Error> made_meanwhile(std::string_view path);
[[nodiscard]] std::unexpected<Error> has_nul();
[[nodiscard]] std::unexpected<Error> not_ours(std::string_view path);
/// conflict: the file is locked by the process of that number; 0: by one that is not known.
[[nodiscard]] std::unexpected<Error> locked_by(std::string_view path, std::uint64_t process);

}  // namespace schancfg::files
