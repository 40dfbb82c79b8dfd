// The rows of a finding list against one state: which are met, and what stands where they are not.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "console/output.hpp"
#include "schancfg/codec/hardening_kitty.hpp"
#include "schancfg/registry/coverage.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::cli {

enum class RowMet : std::uint8_t { yes, no, not_known };  ///< not_known: the source does not speak for the key

struct ListRow {
    const codec::HardeningKittyRow* row = nullptr;
    std::optional<registry::Value> found;
    RowMet met = RowMet::no;
};

struct ListView {
    std::string list;           ///< label of the list
    std::vector<ListRow> rows;  ///< in the order of the list
    std::size_t not_read = 0;   ///< rows about what schancfg does not read

    [[nodiscard]] std::size_t met() const;
};

/// `list` must outlive the view. `coverage`: what the state speaks for.
[[nodiscard]] ListView list_view(const codec::HardeningKittyList& list, const registry::Tree& state, const registry::Coverage& coverage);

[[nodiscard]] std::string list_text(const ListView& view, const Sheet& sheet);
[[nodiscard]] std::string list_markdown(const ListView& view);
[[nodiscard]] std::string list_html(const ListView& view);
/// `{"met", "rows", "not_read", "results": [...]}`
[[nodiscard]] nlohmann::ordered_json list_json(const ListView& view);

}  // namespace schancfg::cli
