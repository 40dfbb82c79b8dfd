// How every JSON result is printed.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace schancfg::cli {

/// Indented by two, with a line end. All of it is ASCII, so that no name in it steers a terminal; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& result);

}  // namespace schancfg::cli
