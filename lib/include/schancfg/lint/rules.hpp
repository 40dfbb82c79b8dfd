// The rules of lint: one row each, with the page that `explain` shows.
//
// Ids are stable, they stand in people's allow comments. What makes a rule speak is in lint's sources, not here. Use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schancfg/diagnostic.hpp"

namespace schancfg::lint {

/// Those of lint sorted by id, then those of files sorted by id.
enum class Rule : std::uint8_t {
    adfs_lock_out,
    aes_off,
    allow_malformed,
    allow_unknown_rule,
    allow_without_reason,
    contradictory_values,
    curve_list_dead,
    curve_list_tls13_only,
    curve_needs_build,
    curve_unknown,
    data_not_documented,
    default_needs_release,
    default_unknown,
    dhe_leading_zero,
    dotnet_legacy,
    dotnet_nothing_left,
    dotnet_pair,
    dotnet35_strong_crypto,
    duplicate_name,
    duplicate_value,
    ems_off,
    fips_curve25519,
    folklore_value,
    forward_secrecy_lost,
    hash_off,
    hash_takes_suites,
    http2_blocklisted_first,
    insecure_renegotiation,
    key_too_long,
    key_too_short,
    local_list_edited,
    local_list_joined,
    lookalike_character,
    message_limit,
    near_miss_key,
    needs_update,
    no_default_protocol,
    no_forward_secrecy,
    no_modern_peer,
    no_protocol_left,
    no_suite_left,
    not_in_schannel,
    nothing_left,
    null_cipher,
    only_ecdsa_suites,
    only_rsa_suites,
    only_tls13_suites,
    overridden,
    pkcs_off,
    policy_copies_default,
    policy_list_blanks,
    policy_list_semicolons,
    policy_list_set,
    policy_list_too_long,
    policy_shadows_local,
    protocol_key_without_role,
    protocol_one_role,
    protocol_one_value,
    protocol_unsupported,
    raw_only_value,
    rc4_partly_off,
    rdp_lock_out,
    release_outside,
    renegotiation_off,
    renegotiation_strict,
    service_lock_out,
    service_tls13,
    session_cache_off,
    session_cache_too_long,
    setting_ignored,
    sha512_certificates,
    split_at_slash,
    suite_blocked,
    suite_name_dead,
    suite_name_unknown,
    tls12_off,
    tls13_off,
    tls13_unsupported,
    tls13_without_suite,
    unknown_to_release,
    unsupported_by_microsoft,
    value_unknown,
    value_wrong_type,
    weak_cipher,
    weak_cipher_suite,
    weak_default,
    weak_protocol,
    winhttp_nothing_left,
    winhttp_refused,
    wow64_twin,
    // Of files that cannot be read, or are not read as they were meant.
    file_not_read,
    profile_bad_hex,
    profile_bad_key,
    profile_bad_string,
    profile_bad_value_name,
    profile_control_character,
    profile_duplicate,
    profile_empty_list,
    profile_extends,
    profile_format,
    profile_lookalike,
    profile_not_managed,
    profile_not_writable,
    profile_out_of_range,
    profile_syntax,
    profile_text,
    profile_too_many_errors,
    profile_unknown_name,
    profile_windows,
    profile_wrong_type,
    reg_ansi_text,
    reg_code_page,
    reg_duplicate,
    reg_dword,
    reg_elsewhere,
    reg_encoding,
    reg_escape,
    reg_file_too_large,
    reg_half_character,
    reg_header,
    reg_hex,
    reg_key_ignored,
    reg_key_too_deep,
    reg_leading_backslash,
    reg_line_ignored,
    reg_line_too_long,
    reg_lost_continuation,
    reg_more,
    reg_name_too_long,
    reg_no_key,
    reg_nul,
    reg_odd_string,
    reg_old_dialect,
    reg_root_deletion,
    reg_short_root,
    reg_string,
    reg_string_width,
    reg_swallowed_line,
    reg_unknown_root,
    reg_utf8_mark,
    reg_value_data,
    reg_value_name,
};

struct LintRule {
    Rule rule = Rule::adfs_lock_out;
    std::string_view id;       ///< `suite-name-dead`
    Severity severity;         ///< the highest it gives; where harm is less likely it speaks more softly
    std::string_view title;    ///< one line without a full stop
    std::string_view breaks;   ///< what breaks, and why
    std::string_view fix;
    std::string_view sources;
    std::string_view footgun = {};  ///< `F1`, or several with a space between: the number of the trap in the documentation
};

/// Of lint: sorted by id, which is the order of Rule.
[[nodiscard]] std::span<const LintRule> lint_rules();
/// Of files, likewise: what readers of profiles and `.reg` files say, and `file-not-read`. No allow comment silences them.
[[nodiscard]] std::span<const LintRule> file_rules();
[[nodiscard]] const LintRule& lint_rule(Rule rule);
/// Of either kind, by id; nullptr: unknown. Exact.
[[nodiscard]] const LintRule* find_lint_rule(std::string_view id);
/// One of file_rules()?
[[nodiscard]] bool is_of_files(const LintRule& rule);
/// Speaks only where the release is known.
[[nodiscard]] bool needs_release(const LintRule& rule);
/// Its notes are for knowing: nobody can do anything about what they say.
[[nodiscard]] bool is_background(const LintRule& rule);
[[nodiscard]] std::string_view severity_name(Severity severity);  ///< `note`, `warning`, `error`

}  // namespace schancfg::lint
