// Result and Error: how every fallible call of the library answers.
//
// An Error says what the operating system or a file refused. What a person wrote wrongly (a profile, a `.reg`
// line) is a Diagnostic instead, so that one bad line does not hide the next. Exceptions are for bugs only. Plain values; use from any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace schancfg {

/// A place in a text. Lines and columns count from 1; 0 means "not known". Columns count Unicode code points.
struct Span {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::strong_ordering operator<=>(const Span&) const = default;
};

/// The closed set of reasons. Absent, denied and malformed are three different answers, never one.
enum class ErrorCode {
    not_found,      ///< the key, value, file or host does not exist
    access_denied,  ///< it exists, and this process may not do that to it
    wrong_type,     ///< a value of another type or length than asked for
    malformed,      ///< bytes that are not what they claim to be
    unsupported,    ///< a real thing that this backend cannot do
    conflict,       ///< it is no longer as it was when it was read
    io,             ///< the medium failed
};

/// One refusal. `message` is one line of UTF-8 without a trailing full stop, and without the place.
struct [[nodiscard]] Error {
    ErrorCode code = ErrorCode::io;
    std::string message;
    std::optional<Span> where = std::nullopt;
    std::uint32_t os_code = 0;  ///< errno or Win32 code, 0 when there is none
};

template <class T>
using Result = std::expected<T, Error>;

/// Shorthand for the failing branch: `return fail(ErrorCode::malformed, "...")`.
[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message,
                                                 std::optional<Span> where = std::nullopt,
                                                 std::uint32_t os_code = 0) {
    return std::unexpected(Error{code, std::move(message), std::move(where), os_code});
}

}  // namespace schancfg
