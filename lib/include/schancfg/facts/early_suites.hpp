// Default suite lists that a release had before later updates changed them.
//
// Microsoft's pages show the list after all updates; the hives of machines show what an installation without them holds. The state in
// between, with some of the updates, is written nowhere. Constant tables; use from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "schancfg/facts/releases.hpp"

namespace schancfg::facts {

struct EarlySuites {
    std::string_view client, server;            ///< ids of the releases of that code
    std::span<const std::string_view> with;     ///< updates that the list supposes; empty: none
    std::span<const std::string_view> without;  ///< updates that change the list later: `KB3161639`
    std::span<const std::string_view> suites;   ///< in order
    std::string_view source;

    [[nodiscard]] bool lists(std::string_view suite) const;  ///< by exact name
    /// The update that brought a suite that the early list lacks, `KB3161639`; empty: it is not known which.
    [[nodiscard]] std::string_view brought_by(std::string_view suite) const;
};

/// nullptr: no list of an earlier state is known, or updates never changed it.
[[nodiscard]] const EarlySuites* early_suites(const Release& release);

/// What is known of a machine's updates, of those that change the suite list of its release.
enum class SuiteUpdates {
    all,        ///< it has them: the page's list
    none,       ///< it has none of them, and those that the early list supposes: the early list
    before_all, ///< it has none, and not those that the early list supposes either: no list of that state is known
    not_known,  ///< nothing is known, or it has some: suites that both lists have are sure
};
/// `installed`: `KB3161639` or `3161639`, any case. `complete`: what is not among them is not installed.
[[nodiscard]] SuiteUpdates suite_updates(const EarlySuites& early, std::span<const std::string> installed, bool complete);

}  // namespace schancfg::facts
