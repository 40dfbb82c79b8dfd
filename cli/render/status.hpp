// A state: what it does, where the release is known, and its values: every setting that has a name in profiles, absent ones said to be absent, then whatever else there is.
#pragma once

#include <string>

#include "console/output.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::cli {

struct StatusView {
    std::string label;
    const facts::Release* release = nullptr;
    const registry::Tree& state;
    const effect::Effect* effect = nullptr;  ///< nullptr: the release is unknown
};

/// In the format that was asked for.
[[nodiscard]] std::string show_status(const StatusView& view, const Options& options);
[[nodiscard]] std::string status_text(const StatusView& view, const Sheet& sheet, bool all);
[[nodiscard]] std::string status_markdown(const StatusView& view);
/// A page that needs nothing else.
[[nodiscard]] std::string status_html(const StatusView& view);
[[nodiscard]] std::string status_json(const StatusView& view);

}  // namespace schancfg::cli
