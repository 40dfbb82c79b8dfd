// Entries of a registry.pol for what a carrier asks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codec/policy_asks.hpp"
#include "schancfg/codec/pol.hpp"

namespace schancfg::codec {

/// What a .pol says of one value or key; nullopt, with a reason, where it can't.
[[nodiscard]] std::optional<PolEntry> pol_entry(const GppAsk& ask, std::string& reason);

/// By key, deletions before what is set in the same key, as the client wants it.
void sort_entries(std::vector<PolEntry>& entries);

}  // namespace schancfg::codec
