// From a Profile to Wanted: layers are merged, defaults looked up, and what the release does not know is left out. Use from any thread.
#pragma once

#include "schancfg/diagnostic.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::schannel {

struct TranslateOptions {
    const facts::Release* release = nullptr;  ///< nullptr: unknown; all names are written
};

/// Errors: `"default"` of a value that untouched installations hold, with the release unknown; a list of which the release
/// knows nothing. Notes: names left out. A `windows` condition that does not hold, or cannot be judged, is not decided here.
[[nodiscard]] Decoded<registry::Wanted> translate(const Profile& profile, const TranslateOptions& options);

/// Do the conditions hold for that release? (nullopt: there are none.)
[[nodiscard]] std::optional<bool> is_for(const Profile& profile, const facts::Release& release);

}  // namespace schancfg::schannel
