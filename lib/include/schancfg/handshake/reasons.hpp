// Reasons: why two ends cannot agree, or agree and fail nevertheless. One row each, with what to do and who says so.
//
// Ids are stable: they are in the JSON of `doctor`, and `explain` knows them. Which of them holds is for agreement and symptoms. Use from any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace schancfg::handshake {

/// When a handshake ends for this reason, in the order in which a handshake gets there.
enum class Stage : std::uint8_t {
    reach,         ///< before TLS: nobody answers, or no TLS
    credential,    ///< before anything is sent
    protocol,
    suite,
    key_exchange,  ///< group, length
    certificate,
    extension,     ///< renegotiation, extended master secret
    later,         ///< what the offers of both ends do not show: faults of an implementation, of a resumed session, of the application
};
[[nodiscard]] std::string_view stage_name(Stage stage);  ///< `protocol`, `key exchange`

/// In the order of reasons().
enum class ReasonId : std::uint8_t {
    no_connection,
    no_answer,
    not_tls,
    no_protocol_left,
    private_key,
    access_denied,
    app_protocols,
    no_common_protocol,
    early_tls13,
    version_hole,
    no_common_suite,
    certificate_type,
    no_common_curve,
    dh_too_short,
    dh_too_long,
    certificate_key_too_short,
    certificate_key_too_long,
    certificate_signature_hash,
    no_common_signature,
    certificate_not_trusted,
    certificate_not_valid,
    certificate_revoked,
    revocation_not_checked,
    legacy_key_provider,
    certificate_name,
    certificate_rejected,
    client_certificate,
    strict_renegotiation,
    extended_master_secret,
    version_intolerance,
    broken_dh,
    dhe_leading_zero,
    october_2022_update,
    ticket_lifetime,
    credssp_update,
    logon_refused,
    http2_suite_order,
    no_application_protocol,
    fips_mode,
    interception,
    closed_by_peer,
};

/// Their ids, as the JSON of `doctor` has them, by the number of the enumerator.
inline constexpr auto reason_ids = std::to_array<std::string_view>({
    "no-connection", "no-answer", "not-tls", "no-protocol-left", "private-key", "access-denied", "app-protocols", "no-common-protocol",
    "early-tls13", "version-hole", "no-common-suite", "certificate-type", "no-common-curve", "dh-too-short", "dh-too-long",
    "certificate-key-too-short", "certificate-key-too-long", "certificate-signature-hash", "no-common-signature", "certificate-not-trusted",
    "certificate-not-valid", "certificate-revoked", "revocation-not-checked", "legacy-key-provider", "certificate-name", "certificate-rejected",
    "client-certificate", "strict-renegotiation", "extended-master-secret", "version-intolerance", "broken-dh", "dhe-leading-zero",
    "october-2022-update", "ticket-lifetime", "credssp-update", "logon-refused", "http2-suite-order", "no-application-protocol", "fips-mode", "interception",
    "closed-by-peer",
});

/// Reasons, likeliest first. A table writes them as their ids with a space between; what is not an id does not compile.
class ReasonList {
public:
    constexpr ReasonList() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): so that a table reads like one
    consteval ReasonList(const char* ids) {
        std::string_view rest = ids;
        while (!rest.empty()) {
            const std::size_t space = rest.find(' ');
            const auto* found = std::ranges::find(reason_ids, rest.substr(0, space));
            if (found == reason_ids.end()) std::unreachable();  // not the id of a reason
            reasons_[count_++] = static_cast<ReasonId>(found - reason_ids.begin());
            rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
        }
    }
    [[nodiscard]] constexpr bool empty() const { return count_ == 0; }
    [[nodiscard]] constexpr ReasonId front() const { return reasons_[0]; }  ///< of one that is not empty
    [[nodiscard]] constexpr const ReasonId* begin() const { return reasons_.data(); }
    [[nodiscard]] constexpr const ReasonId* end() const { return reasons_.data() + count_; }

private:
    std::array<ReasonId, 14> reasons_{};
    std::size_t count_ = 0;
};

struct Reason {
    ReasonId code = ReasonId::no_connection;
    std::string_view id;       ///< `no-common-protocol`, for those who print it
    Stage stage = Stage::protocol;
    std::string_view title;    ///< one line without a full stop
    std::string_view meaning;  ///< what happens, and why
    std::string_view remedy;
    std::string_view source;   ///< may name several, separated by `; `
};

/// By stage, then as the handshake meets them.
[[nodiscard]] std::span<const Reason> reasons();
[[nodiscard]] const Reason& reason_of(ReasonId id);
/// nullptr: unknown. Without case.
[[nodiscard]] const Reason* find_reason(std::string_view id);

}  // namespace schancfg::handshake
