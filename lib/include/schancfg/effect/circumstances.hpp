// Circumstances: what is known of a machine besides its registry and its release. Use from any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/coverage.hpp"

namespace schancfg::effect {

struct Circumstances {
    std::vector<std::string> updates = {}; ///< installed updates that are known: `KB3080079` or `3080079`, any case
    bool updates_complete = false;         ///< `updates` holds all of them: what is not among them is not installed
    std::optional<facts::Build> build = std::nullopt;  ///< exact build when it was read; else that of the release is taken
    std::uint32_t revision = 0;            ///< fourth part of the version (UBR); 0: unknown
    bool untouched = false;                ///< the state was read nowhere: it holds what the facts say of an installation of the release
    bool live = false;                     ///< a running machine: keys written since `last_start` are marked pending
    registry::Coverage coverage = {};      ///< which keys the state speaks for; what the others hold is assumed to be as installed
    std::uint64_t last_start = 0;          ///< FILETIME; 0: unknown, nothing is marked

    /// Is this update known to be installed? `kb` is `KB` and digits.
    [[nodiscard]] bool has(std::string_view kb) const;
    /// Is it known not to be? Neither is true of an update of which nothing is known.
    [[nodiscard]] bool lacks(std::string_view kb) const { return updates_complete && !has(kb); }
    /// The first of them that is installed, or empty.
    [[nodiscard]] std::string_view first_of(std::initializer_list<std::string_view> kbs) const;
};

}  // namespace schancfg::effect
