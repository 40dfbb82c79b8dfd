#include "schancfg/effect/policy.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::effect {
namespace {

struct Row {
    std::string_view path, value, setting, source;
};

constexpr std::string_view suite_policy = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";

constexpr Row rows[] = {
    {suite_policy, "Functions", "SSL Cipher Suite Order", "CipherSuiteOrder.admx; MicrosoftDocs/windowsserverdocs: security/tls/manage-tls.md"},
    {suite_policy, "EccCurves", "ECC Curve Order", "CipherSuiteOrder.admx; MicrosoftDocs/windowsserverdocs: security/tls/manage-tls.md"},
    {"SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy", "Enabled",
     "System cryptography: Use FIPS compliant algorithms for encryption, hashing, and signing",
     "MicrosoftDocs/windows-itpro-docs: security policy settings"},
};

}  // namespace

std::string PolicyOwner::to_string() const {
    return "The policy \"" + std::string(setting) + "\" manages " + value + " of " + key + ": where it is set, its next refresh overwrites this";
}

std::vector<PolicyOwner> policy_owners(std::span<const plan::Change> changes) {
    std::vector<PolicyOwner> owners;
    for (const plan::Change& change : changes) {
        if (!change.value_name) continue;
        const auto* row = std::ranges::find_if(rows, [&](const Row& each) {
            return utf::equal_no_case(each.path, change.key.path()) && utf::equal_no_case(each.value, *change.value_name);
        });
        if (row != std::end(rows)) owners.push_back({change.key.to_string(), std::string(row->value), row->setting, row->source});
    }
    return owners;
}

}  // namespace schancfg::effect
