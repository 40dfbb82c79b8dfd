// A state: what it does, where the release is known, and its values: every setting that has a name in profiles, absent ones said to be absent, then whatever else there is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output.hpp"
#include "schancfg/analysis/effect.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::cli {

struct StatusView {
    std::string label;
    const facts::Release* release = nullptr;
    const registry::Tree& state;
    const analysis::Effect* effect = nullptr;  ///< nullptr: the release is unknown
};

/// One value of a state, or the place where a named one is absent.
struct StatusRow {
    registry::KeyPath key;
    std::string value_name;
    std::string name;     ///< in profiles; empty: it has none
    std::string section;  ///< the first word of `name`; empty for values without a name
    std::optional<registry::Value> value;
};

/// Named settings in the order of profiles, then the other values by key.
[[nodiscard]] std::vector<StatusRow> status_rows(const registry::Tree& state);

/// In the format that was asked for.
[[nodiscard]] std::string show_status(const StatusView& view, const Options& options);
[[nodiscard]] std::string status_text(const StatusView& view, const Paint& paint, bool all);
[[nodiscard]] std::string status_markdown(const StatusView& view);
[[nodiscard]] std::string status_json(const StatusView& view);

}  // namespace schancfg::cli
