// One registry value as a row of `"settings"`, the same in `status`, `export` and `profiles --show`.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/value.hpp"
#include "schancfg/result.hpp"

namespace schancfg::cli {

/// `{"key", "value", "name", "type", "data"|"hex"}`; `"data": null` when the value is absent, `"name": null` when it has none in profiles.
[[nodiscard]] nlohmann::ordered_json setting_json(const registry::KeyPath& key, std::string_view value_name,
                                                  const std::optional<registry::Value>& value);
/// `{"file", "line", "column"}`, or null when no file is known.
[[nodiscard]] nlohmann::ordered_json place_json(const Span& place);

}  // namespace schancfg::cli
