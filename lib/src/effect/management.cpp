#include "schancfg/effect/management.hpp"

namespace schancfg::effect {
namespace {

// policy-csp-cryptography.md: "Windows 11, version 24H2 [10.0.26100] and later".
constexpr facts::Build first_build{10, 0, 26100};
constexpr std::string_view since_first_build = "Windows 11 24H2+";

}  // namespace

std::vector<ManagementPolicy> management_policies(const facts::Release& release) {
    std::vector<ManagementPolicy> out;
    if (release.server || release.build < first_build) return out;
    for (const facts::RegistryValue& row : facts::registry_values()) {
        if (row.section == "mdm" && row.applies_to == since_first_build) out.push_back({row.key.substr(row.key.rfind('/') + 1), &row});
    }
    return out;
}

}  // namespace schancfg::effect
