// Diagnostic: one thing wrong, doubtful or worth knowing in what a person wrote.
//
// Parsers collect them in the order of the text; lint adds its own. Whether one ends a command is the caller's decision. Plain values; use from any thread.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "schancfg/result.hpp"

namespace schancfg {

enum class Severity { note, warning, error };

struct Diagnostic {
    std::string rule;  ///< stable id such as `reg-value-skipped`; for lint also the page `explain` shows
    Severity severity = Severity::error;
    Span span;
    std::string message;  ///< one line: what was found
    std::string fix;      ///< one line: what would be right; may be empty
};

using Diagnostics = std::vector<Diagnostic>;

[[nodiscard]] inline bool has_errors(const Diagnostics& all) {
    return std::ranges::any_of(all, [](const Diagnostic& d) { return d.severity == Severity::error; });
}

/// `true` and `value` set, or `false` with at least one error among `diagnostics`. Warnings may stand beside a value.
template <class T>
struct [[nodiscard]] Decoded {
    std::optional<T> value;
    Diagnostics diagnostics;
    explicit operator bool() const { return value.has_value(); }
};

}  // namespace schancfg
