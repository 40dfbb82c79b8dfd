// The parts of SARIF 2.1.0 that every result in it has: files as GitHub takes them, texts, and what is around the results.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace schancfg::cli {

/// Is that a file of the user's, and not a shipped profile (`built-in:strict`) or a state (`os:windows-server-2022`)?
[[nodiscard]] bool is_sarif_file(std::string_view place);
/// A path as SARIF wants it (3.4.3): relative to the root of the sources where it lies below it, else a URI with the scheme `file`: GitHub takes no other.
[[nodiscard]] nlohmann::ordered_json sarif_artifact(std::string_view file);
[[nodiscard]] nlohmann::ordered_json sarif_text(std::string_view text);
/// The whole document.
[[nodiscard]] std::string sarif_log(nlohmann::ordered_json rules, nlohmann::ordered_json results);

}  // namespace schancfg::cli
