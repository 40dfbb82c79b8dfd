// Two profiles compared, as people and programs read it. What is shown here is never computed here.
#pragma once

#include <string>
#include <vector>

#include "console/output.hpp"
#include "options.hpp"
#include "schancfg/effect/profile_difference.hpp"
#include "schancfg/facts/releases.hpp"

namespace schancfg::cli {

struct ProfileDifferenceView {
    std::string from, to;  ///< labels
    std::vector<const facts::Release*> releases;   ///< that were compared, oldest first; at least one
    /// That only one of them is for.
    std::vector<const facts::Release*> only_from, only_to;
    const effect::ProfileDifference* difference = nullptr;
};

/// In the format that was asked for: text, Markdown, JSON, names.
[[nodiscard]] std::string show_profile_difference(const ProfileDifferenceView& view, const Options& options);

/// `Windows 8.1, Windows 10 1507 to Windows 11 25H2`: three neighbours and more among `all` are a range.
[[nodiscard]] std::string release_ranges(const std::vector<const facts::Release*>& some, const std::vector<const facts::Release*>& all);

}  // namespace schancfg::cli
