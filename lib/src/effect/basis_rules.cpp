#include "schancfg/effect/basis_rules.hpp"

#include <algorithm>
#include <array>

namespace schancfg::effect {
namespace {

// By the number of their enumerator.
constexpr auto ids = std::to_array<std::string_view>({
    "",
    "application-names-protocols",
    "certificate-decides",
    "curve-build",
    "curve-by-suite-name",
    "curve-custom",
    "curve-fips",
    "curve-list-decides",
    "curve-list-default",
    "curve-list-local",
    "curve-list-policy",
    "curve-listed",
    "curve-protocol",
    "curve-unknown",
    "dhe-leading-zero",
    "dotnet-default",
    "dotnet-target-default",
    "dotnet-value",
    "dotnet-value-invalid",
    "fips-default",
    "fips-off",
    "fips-on",
    "fips-value-invalid",
    "gate-closed",
    "gate-default",
    "gate-not-supported",
    "gate-open",
    "gate-value-invalid",
    "limit-default",
    "limit-set",
    "limit-value-invalid",
    "no-limit",
    "null-cipher-default",
    "protocol-disabled-by-default",
    "protocol-early-tls13",
    "protocol-enabled",
    "protocol-enabled-zero",
    "protocol-fips-tls-only",
    "protocol-not-disabled-by-default",
    "protocol-not-supported",
    "protocol-release-default",
    "protocol-value-invalid",
    "reach-no-suite",
    "reach-suites-uncertain",
    "renegotiation-default",
    "renegotiation-value",
    "renegotiation-value-invalid",
    "service-by-schannel",
    "service-needs-update",
    "setting-default",
    "setting-value",
    "setting-value-invalid",
    "sha512-signatures-default",
    "signature-list",
    "suite-list-default",
    "suite-list-local",
    "suite-list-policy",
    "suite-list-unread",
    "suite-listed",
    "winhttp-default",
    "winhttp-mask",
    "winhttp-mask-needs-update",
    "winhttp-value-invalid",
    "wininet-secure-protocols",
});
static_assert(ids.size() == static_cast<std::size_t>(BasisRule::wininet_secure_protocols) + 1);
static_assert(std::ranges::is_sorted(ids));

}  // namespace

std::string_view basis_rule_id(BasisRule rule) { return ids[static_cast<std::size_t>(rule)]; }

}  // namespace schancfg::effect
