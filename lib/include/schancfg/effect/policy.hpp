// Which changes a policy of the fleet may undo: values that Group Policy or MDM writes again whenever it is refreshed.
//
// Whether such a policy is in force is not in the managed keys; so this says who would put a value back, not that it will. Use from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/plan/plan.hpp"

namespace schancfg::effect {

struct PolicyOwner {
    std::string key, value;    ///< `HKLM\SOFTWARE\Policies\...`, `Functions`
    std::string_view setting;  ///< the policy's name in its editor: `SSL Cipher Suite Order`
    std::string_view source;

    /// One sentence, without a full stop at its end.
    [[nodiscard]] std::string to_string() const;
};

/// The changed values that a policy setting owns, in the order of `changes`; a change of a key alone is none.
[[nodiscard]] std::vector<PolicyOwner> policy_owners(std::span<const plan::Change> changes);

}  // namespace schancfg::effect
