// What clients used, from logs, as people and programs read it. Addresses and numbers of logs are hostile text: they are escaped here.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

#include "console/output.hpp"
#include "schancfg/audit/usage.hpp"

namespace schancfg::cli {

struct UsageView {
    audit::Usage usage;
    std::size_t files = 0, files_read = 0;  ///< fewer read than there are: it was interrupted
    std::uint64_t requests = 0, plain = 0;  ///< with TLS, and without
};

/// `all`: each client as well.
[[nodiscard]] std::string usage_text(const UsageView& view, bool all, const Sheet& sheet);
[[nodiscard]] std::string usage_markdown(const UsageView& view, bool all);
/// A part of a page.
[[nodiscard]] std::string usage_html(const UsageView& view);
/// A line for each client.
[[nodiscard]] std::string usage_csv(const UsageView& view);
[[nodiscard]] nlohmann::ordered_json usage_json(const UsageView& view);

}  // namespace schancfg::cli
