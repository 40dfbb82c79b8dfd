// Which reasons a code can have, likeliest first.
#pragma once

#include <cstdint>
#include <string_view>

#include "schancfg/facts/codes.hpp"
#include "schancfg/handshake/reasons.hpp"

namespace schancfg::handshake {

/// Causes that several rows of codes and texts share.
namespace causes {
inline constexpr ReasonList any_handshake =
    "no-common-protocol app-protocols no-common-suite certificate-type no-common-curve dh-too-short certificate-key-too-short "
    "certificate-signature-hash no-common-signature strict-renegotiation client-certificate closed-by-peer";
inline constexpr ReasonList closed =
    "closed-by-peer no-common-protocol app-protocols no-common-suite dh-too-short certificate-signature-hash version-intolerance not-tls interception";
inline constexpr ReasonList wrong_mac =
    "version-intolerance broken-dh extended-master-secret interception";
inline constexpr ReasonList versions =
    "no-common-protocol app-protocols version-hole no-protocol-left";
inline constexpr ReasonList short_dh =
    "dh-too-short";
inline constexpr ReasonList weak_hash =
    "certificate-signature-hash";
inline constexpr ReasonList short_key =
    "certificate-key-too-short";
inline constexpr ReasonList plain =
    "not-tls interception";
inline constexpr ReasonList strict =
    "strict-renegotiation";
inline constexpr ReasonList suites =
    "no-common-suite certificate-type no-common-curve";
}  // namespace causes

/// Empty: the code says nothing about a cause.
[[nodiscard]] ReasonList causes_of(const facts::Code& code);
/// The same for an alert by its number, also for those that facts::codes() has no row of.
[[nodiscard]] ReasonList causes_of_alert(std::uint32_t number);

}  // namespace schancfg::handshake
