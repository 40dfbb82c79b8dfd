// Explanations as text for people and as JSON.
#pragma once

#include <string>
#include <vector>

#include "output.hpp"
#include "schancfg/analysis/explain.hpp"

namespace schancfg::cli {

[[nodiscard]] std::string explain_text(const std::vector<analysis::Explanation>& all, const Paint& paint);
[[nodiscard]] std::string explain_json(const std::vector<analysis::Explanation>& all);

}  // namespace schancfg::cli
