// The refusals that all systems word alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::files {

[[nodiscard]] std::unexpected<Error> too_large(std::string_view path, std::size_t max_size);
[[nodiscard]] std::unexpected<Error> not_regular(std::string_view path);
[[nodiscard]] std::unexpected<Error> changed_meanwhile(std::string_view path);
[[nodiscard]] std::unexpected<Error> made_meanwhile(std::string_view path);
[[nodiscard]] std::unexpected<Error> has_nul();
[[nodiscard]] std::unexpected<Error> not_ours(std::string_view path);
/// conflict: the file is locked by the process of that number; 0: by one that is not known.
[[nodiscard]] std::unexpected<Error> locked_by(std::string_view path, std::uint64_t process);

}  // namespace schancfg::files
