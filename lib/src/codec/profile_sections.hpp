// The sections of a profile that name values: `[protocols]` to `[fips]`, read along the paths of schannel/settings.
#pragma once

#include <vector>

#include "profile_document.hpp"
#include "schancfg/schannel/profile.hpp"
#include "schancfg/schannel/settings.hpp"

namespace schancfg::codec::profile {

/// What one line asks of one value, before lines of the same file about the same value are compared.
struct Draft {
    schannel::Entry entry;
    std::size_t detail = 0;  ///< length of its path: a longer one wins
    Place place;
};
using Drafts = std::vector<Draft>;

/// `section` is a member of the root table for which setting_paths() has `node`.
void decode_section(const schannel::PathNode& node, const Member& section, Report& report, Drafts& drafts);

/// `default`, or `unmanaged`: words that every value takes.
[[nodiscard]] bool is_reserved(std::string_view word);

/// `protocols."TLS 1.2" is a number`, and what would be right.
void wrong_type(Report& report, Place place, std::string_view what, const Node& found, std::string fix);

/// Strings without doubles in the order of the list; reports everything else that is in it. Empty lists are an error.
[[nodiscard]] std::vector<const Node*> decode_strings(std::string_view what, const Node& list, Report& report);

}  // namespace schancfg::codec::profile
