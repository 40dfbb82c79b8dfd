// Policies of device management that may overrule what a registry says of TLS, and of which nobody documents where in the registry they are kept:
// no state shows whether one is in force.
//
// Constant; use from any thread.
#pragma once

#include <string_view>
#include <vector>

#include "schancfg/facts/registry_values.hpp"
#include "schancfg/facts/releases.hpp"

namespace schancfg::effect {

struct ManagementPolicy {
    std::string_view name;                      ///< `OverrideMinimumEnabledTLSVersionClient`
    const facts::RegistryValue* row = nullptr;  ///< its address, meaning and source; never nullptr
};

/// Those of Policy CSP Cryptography that the release takes: clients from Windows 11 24H2 on; the documentation names no server. In the order of the table.
[[nodiscard]] std::vector<ManagementPolicy> management_policies(const facts::Release& release);

}  // namespace schancfg::effect
