// Names of TLS 1.3 suites in the default lists of releases that can't do TLS 1.3: nothing uses them there.
#pragma once

#include <span>
#include <string_view>

#include "schancfg/facts/protocols.hpp"
#include "schancfg/facts/releases.hpp"

namespace schancfg::facts {

struct AdvanceNames {
    std::span<const std::string_view> names;  ///< in front of all others; empty: the release has none in advance
    Confidence confidence = Confidence::observed;
    bool certain = true;  ///< false: no list of the release was read, and what was seen of it speaks against
    std::string_view source, alternative_source;
};

/// What an untouched installation of the release holds. Safe from several threads.
[[nodiscard]] AdvanceNames advance_names(const Release& release);

}  // namespace schancfg::facts
