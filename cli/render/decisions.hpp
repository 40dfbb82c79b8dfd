// Decisions: the changes of a plan as a person made them. A protocol has two values and two roles, a .NET switch two views: what says one thing
// is one row. What cannot be said in one word stays value by value.
#pragma once

#include <string>
#include <vector>

#include "schancfg/facts/releases.hpp"
#include "schancfg/plan/plan.hpp"

namespace schancfg::cli {

struct Decision {
    std::vector<std::string> subjects;  ///< `TLS 1.0`, `TLS 1.1 (server)`, or `HKLM\…: Name`; at least one. Raw: escape it
    std::string before, after;          ///< `not set`, `disabled`, `2048`, `5 names`; printable
    plan::Action action = plan::Action::add;
    std::vector<const plan::Change*> changes;  ///< in the order of the settings; at least one, pointing into the plan
    bool is_list = false;               ///< a list of names that is too long for a row; the first change holds it
    bool has_no_effect = false;         ///< of a protocol that the release does not have
};

/// Every value of the plan in exactly one row, and each key that is made or removed for itself alone. In the order of schannel::settings(), then what has
/// no name there by key and value. What has no effect on `release` (nullptr: unknown) has rows of its own. Linear in the plan, apart from sorting.
[[nodiscard]] std::vector<Decision> decisions(const plan::Plan& plan, const facts::Release* release = nullptr);

}  // namespace schancfg::cli
