// Alarms as people and programs read them: the first thing that a plan says.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "console/output.hpp"
#include "schancfg/lint/alarms.hpp"

namespace schancfg::cli {

/// A line each, worst first, coloured by severity, and an empty line below; empty when there is none.
[[nodiscard]] std::string alarms_text(const lint::Alarms& alarms, const Sheet& sheet);
[[nodiscard]] std::string alarms_markdown(const lint::Alarms& alarms);
[[nodiscard]] std::string alarms_html(const lint::Alarms& alarms);
[[nodiscard]] nlohmann::ordered_json alarms_json(const lint::Alarms& alarms);
/// What locks out, in one line for questions and errors: `no TLS version is left for servers`, separated by `; `.
[[nodiscard]] std::string lock_outs(const lint::Alarms& alarms);

}  // namespace schancfg::cli
