// UTF-8 and UTF-16 for Win32 calls, and what their error codes mean in our words. Included by win32*.cpp alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::files {

/// Lone surrogates survive both ways (utf.hpp).
[[nodiscard]] std::wstring to_wide(std::string_view text);
[[nodiscard]] std::string from_wide(std::wstring_view text);

/// `access was denied (Windows error 5: Access denied.)`: what the code means here, and what the system says of it. Codes that have no
/// meaning here of their own are given by number and the system's text alone.
[[nodiscard]] std::string describe_windows_error(std::uint32_t code);
[[nodiscard]] ErrorCode error_code_of(std::uint32_t code);

/// `what: meaning`.
[[nodiscard]] std::unexpected<Error> windows_error(std::uint32_t code, const std::string& what);

}  // namespace schancfg::files
