// Failure: why a command ends with 2 to 5, as the lines that standard error gets.
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "exit_code.hpp"
#include "schancfg/diagnostic.hpp"

namespace schancfg::cli {

struct [[nodiscard]] Failure {
    ExitCode code = ExitCode::usage;
    Diagnostics lines;  ///< those of severity error end the command; warnings may stand before them
};

template <class T>
using Outcome = std::expected<T, Failure>;

[[nodiscard]] inline std::unexpected<Failure> failure(ExitCode code, std::string message, Span where = {}) {
    return std::unexpected(Failure{code, {Diagnostic{{}, Severity::error, std::move(where), std::move(message), {}}}});
}
[[nodiscard]] inline std::unexpected<Failure> usage(std::string message) { return failure(ExitCode::usage, std::move(message)); }
[[nodiscard]] inline std::unexpected<Failure> failure(ExitCode code, const Error& error) {
    return failure(code, error.message, error.where.value_or(Span{}));
}

}  // namespace schancfg::cli
