// `without` and `first`: a list of suites or curves that is computed from the list of each release.
#pragma once

#include <string_view>

#include "profile_document.hpp"
#include "profile_sections.hpp"
#include "schancfg/schannel/settings.hpp"

namespace schancfg::codec::profile {

inline constexpr std::string_view computed_keys[] = {"without", "first"};
inline constexpr std::size_t most_patterns = 100;        ///< of one list; no release comes with as many suites
inline constexpr std::size_t longest_pattern = 64;       ///< no name is as long

[[nodiscard]] bool is_computed_key(std::string_view key);
/// Has the list that this setting is about a list of the release to start from?
[[nodiscard]] bool is_computable(const schannel::Setting& setting);

/// Reads both keys from `table`, where they stand beside `order`; nothing without them. `what` is the path of the table.
void decode_computed_list(std::string_view what, const schannel::Setting& setting, const Node& table, DocumentErrors& report, Drafts& drafts);

}  // namespace schancfg::codec::profile
