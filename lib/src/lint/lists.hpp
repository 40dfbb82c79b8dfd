// What the rules about lists of suites and curves share.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/subject.hpp"

namespace schancfg::lint {

/// One finding for each place that the names stand at.
void report_names(Subject& subject, Rule rule, const Item& item, const std::vector<std::string>& names,
                  const std::function<std::string(const std::vector<std::string>&)>& message, std::optional<Severity> severity = {});
/// Those whose identity stood in the list before, without case.
[[nodiscard]] std::vector<std::string> duplicates_of(const std::vector<std::string>& names,
                                                     const std::function<std::string(const std::string&)>& identity);

}  // namespace schancfg::lint
