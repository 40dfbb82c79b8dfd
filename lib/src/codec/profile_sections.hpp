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
    DocumentPlace place;
};
using Drafts = std::vector<Draft>;

/// `section` is a member of the root table for which setting_paths() has `node`.
void decode_section(const schannel::PathNode& node, const Member& section, DocumentErrors& report, Drafts& drafts);

}  // namespace schancfg::codec::profile
