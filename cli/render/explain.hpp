// Explanations as text for people and as JSON.
#pragma once

#include <string>
#include <vector>

#include "console/output.hpp"
#include "schancfg/explain/explain.hpp"

namespace schancfg::cli {

[[nodiscard]] std::string explain_text(const std::vector<explain::Explanation>& all, const Sheet& sheet);
[[nodiscard]] std::string explain_json(const std::vector<explain::Explanation>& all);

}  // namespace schancfg::cli
