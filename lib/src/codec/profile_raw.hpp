// `[registry.'HKLM\...']`: values by key and name, for what has no name and for data that no word writes.
#pragma once

#include "profile_sections.hpp"

namespace schancfg::codec::profile {

/// `section` is the member `registry` of the root table.
void decode_registry(const Member& section, DocumentErrors& report, Drafts& drafts);

}  // namespace schancfg::codec::profile
