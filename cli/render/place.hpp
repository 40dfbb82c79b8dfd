// Places in texts, for people: `built-in:strict:12`.
#pragma once

#include <string>

#include "schancfg/result.hpp"

namespace schancfg::cli {

/// File and line; empty when no file is known.
[[nodiscard]] std::string show_place(const Span& place);

}  // namespace schancfg::cli
