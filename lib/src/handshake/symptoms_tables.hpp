// Which reasons a code can have, likeliest first.
#pragma once

#include <cstdint>
#include <string_view>

#include "schancfg/facts/codes.hpp"

namespace schancfg::handshake {

/// Causes that several rows of codes and texts share.
namespace causes {
inline constexpr std::string_view any_handshake =
    "no-common-protocol app-protocols no-common-suite certificate-type no-common-curve dh-too-short certificate-key-too-short "
    "certificate-signature-hash no-common-signature strict-renegotiation client-certificate closed-by-peer";
inline constexpr std::string_view closed =
    "closed-by-peer no-common-protocol app-protocols no-common-suite dh-too-short certificate-signature-hash version-intolerance not-tls interception";
inline constexpr std::string_view wrong_mac =
    "version-intolerance broken-dh extended-master-secret interception";
inline constexpr std::string_view versions =
    "no-common-protocol app-protocols version-hole no-protocol-left";
inline constexpr std::string_view short_dh =
    "dh-too-short";
inline constexpr std::string_view weak_hash =
    "certificate-signature-hash";
inline constexpr std::string_view short_key =
    "certificate-key-too-short";
inline constexpr std::string_view plain =
    "not-tls interception";
inline constexpr std::string_view strict =
    "strict-renegotiation";
inline constexpr std::string_view suites =
    "no-common-suite certificate-type no-common-curve";
}  // namespace causes

/// Ids of reasons with a space between; empty: the code says nothing about a cause.
[[nodiscard]] std::string_view causes_of(const facts::Code& code);
/// The same for an alert by its number, also for those that facts::codes() has no row of.
[[nodiscard]] std::string_view causes_of_alert(std::uint32_t number);

}  // namespace schancfg::handshake
