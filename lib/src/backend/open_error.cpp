#include "open_error.hpp"

#include <algorithm>
#include <utility>

namespace schancfg::backend {

std::unexpected<OpenError> refused(Error error) {
    const bool usage = error.code == ErrorCode::malformed;
    return std::unexpected(OpenError{.usage = usage, .error = std::move(error), .diagnostics = {}});
}

std::unexpected<OpenError> bad_usage(std::string message, Remedy remedy) {
    return std::unexpected(OpenError{.usage = true, .error = {.code = ErrorCode::malformed, .message = std::move(message)}, .diagnostics = {}, .remedy = remedy});
}

std::unexpected<OpenError> bad_text(Diagnostics diagnostics) {
    Error error{.code = ErrorCode::malformed, .message = "the file cannot be read"};
    const auto first = std::ranges::find(diagnostics, Severity::error, &Diagnostic::severity);
    if (first != diagnostics.end()) {
        error.message = first->message;
        error.where = first->span;
    }
    return std::unexpected(OpenError{.usage = true, .error = std::move(error), .diagnostics = std::move(diagnostics)});
}

}  // namespace schancfg::backend
