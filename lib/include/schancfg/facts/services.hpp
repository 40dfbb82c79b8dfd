// What the services of Windows and of Microsoft's servers take of Schannel, by release.
//
// Schannel can do more than a service asks of it: a remote desktop of Server 2022 speaks no TLS 1.3 although Schannel does. A row says what
// is documented or was captured; where nothing was found, the row says so, and nothing may be concluded from what Schannel has.
// Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schancfg/facts/protocols.hpp"

namespace schancfg::facts {

enum class ServiceId : std::uint8_t { remote_desktop, http, winrm, ldaps, sql_server, adfs, adfs_proxy, smtp, eap };

struct Service {
    ServiceId id;
    std::string_view word;     ///< `rdp`, `http`, `winrm`, `ldaps`, `sql`, `adfs`, `adfs-proxy`, `smtp`, `eap`; stable
    std::string_view name;     ///< `Remote Desktop`
    std::span<const std::string_view> aliases;  ///< `iis`, `https`
    Role role;                 ///< server, but for the proxy of AD FS, which is a client of AD FS
    std::string_view port;     ///< usual TCP port; may be empty
    std::string_view product;  ///< what the facts suppose, where it is not part of Windows; else empty
    bool servers_only = false; ///< client releases do not run it
};
[[nodiscard]] std::span<const Service> services();
/// By word, name or alias, without case. nullptr: unknown.
[[nodiscard]] const Service* find_service(std::string_view word);
[[nodiscard]] const Service& service(ServiceId id);
/// The nearest word, for "did you mean"; empty when nothing is near.
[[nodiscard]] std::string_view nearest_service(std::string_view word);

/// How a service chooses among the protocols that Schannel has.
enum class ServiceChoice : std::uint8_t {
    schannel,        ///< it takes what Schannel has
    up_to,           ///< it takes nothing newer than `newest`
    not_documented,  ///< nothing was found: what Schannel has is an upper limit, no more
};

struct ServiceReach {
    ServiceId service;
    std::string_view from, to;  ///< ids of the first and the last release, by build; empty: no limit
    ServiceChoice choice;
    std::string_view newest;    ///< with `up_to`: `TLS 1.2`
    std::string_view narrows;   ///< what else it narrows or breaks, one sentence; may be empty
    Confidence confidence;
    std::string_view source;    ///< never empty: of what is not documented, where it was looked for
    std::string_view update = {};          ///< without that update it takes nothing newer than `newest_without`
    std::string_view newest_without = {};
    /// What breaks in it while TLS 1.3 is on, one clause; may be empty.
    std::string_view trouble_13 = {};
    bool rsa_first = false;     ///< up to TLS 1.2, with its self-signed certificate, it takes RSA key exchange before ECDHE
};

[[nodiscard]] std::span<const ServiceReach> service_reaches();
/// Never fails: every service has a row for every release.
[[nodiscard]] const ServiceReach& service_reach(ServiceId service, const Release& release);

/// Can the service speak it there, as far as the service itself goes? Schannel may still have it off.
enum class Speaks : std::uint8_t { yes, no, not_known };
/// `protocol`: `TLS 1.2`. Up to TLS 1.2 nobody restricts Schannel; TLS 1.3 is not known where nothing is documented.
[[nodiscard]] Speaks speaks(const ServiceReach& reach, std::string_view protocol);

}  // namespace schancfg::facts
