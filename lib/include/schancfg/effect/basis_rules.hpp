// The rules by which an effect answers, and their stable ids, which the JSON of `status` prints. Use from any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace schancfg::effect {

/// In the order of their ids.
enum class BasisRule : std::uint8_t {
    none,  ///< nothing decides: what was asked does not come from a state
    application_names_protocols,
    certificate_decides,
    curve_build,
    curve_by_suite_name,
    curve_custom,
    curve_fips,
    curve_list_decides,
    curve_list_default,
    curve_list_local,
    curve_list_policy,
    curve_listed,
    curve_protocol,
    curve_unknown,
    dhe_leading_zero,
    dotnet_default,
    dotnet_target_default,
    dotnet_value,
    dotnet_value_invalid,
    fips_default,
    fips_off,
    fips_on,
    fips_value_invalid,
    gate_closed,
    gate_default,
    gate_not_supported,
    gate_open,
    gate_value_invalid,
    limit_default,
    limit_set,
    limit_value_invalid,
    no_limit,
    null_cipher_default,
    protocol_disabled_by_default,
    protocol_early_tls13,
    protocol_enabled,
    protocol_enabled_zero,
    protocol_fips_tls_only,
    protocol_not_disabled_by_default,
    protocol_not_supported,
    protocol_release_default,
    protocol_value_invalid,
    reach_no_suite,
    reach_suites_uncertain,
    renegotiation_default,
    renegotiation_value,
    renegotiation_value_invalid,
    service_by_schannel,
    service_needs_update,
    setting_default,
    setting_value,
    setting_value_invalid,
    sha512_signatures_default,
    signature_list,
    suite_list_default,
    suite_list_local,
    suite_list_policy,
    suite_list_unread,
    suite_listed,
    winhttp_default,
    winhttp_mask,
    winhttp_mask_needs_update,
    winhttp_value_invalid,
    wininet_secure_protocols,
};
/// `protocol-enabled-zero`; empty for none.
[[nodiscard]] std::string_view basis_rule_id(BasisRule rule);

}  // namespace schancfg::effect
