#include "schancfg/facts/protocols.hpp"

#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

using enum Role;
using enum DefaultState;

// Sources.
constexpr std::string_view protocols_page =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)";
constexpr std::string_view solving_tls1 =
    "MicrosoftDocs/security:security-docs/engineering/Solving-TLS1-Problem.md Figure 1";
constexpr std::string_view removed_features =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/get-started/removed-deprecated-features-windows-server.md "
    "(2025-09-24)";
constexpr std::string_view dtls_arrival =
    "windowsserverdocs what-s-new-in-tls-ssl-schannel-ssp-overview.md (DTLS arrives with 8/2012); sdk-api "
    "SCHANNEL_CRED flags say 8/2012+";
constexpr std::string_view legacy_pages =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/secure-sockets-layer-protocol.md; KB187498; KB245030";
constexpr std::string_view registry_page = "windowsserverdocs tls-registry-settings.md";

// Notes that many rows share.
constexpr std::string_view unsafe_here =
    "page calls enabling it here unsafe; curl treats builds below 20348 as unsupported; a third-party ADMX claims "
    "1903+ works";
constexpr std::string_view unified_hello =
    "any Windows accepts the unified (SSLv2 style) ClientHello even with SSL 2.0 off";
constexpr std::string_view missing_row_on = "row missing from this table; neighbours are enabled";
constexpr std::string_view missing_row_not_supported = "row missing from this table; neighbours are not-supported";
constexpr std::string_view missing_row_on_request = "row missing from this table; neighbours are disabled-by-default";
constexpr std::string_view missing_row_not_supported_unified =
    "row missing from this table; neighbours are not-supported; any Windows accepts the unified (SSLv2 style) "
    "ClientHello even with SSL 2.0 off";
constexpr std::string_view like_2022_on = "no row; neighbour Server 2022 is enabled";
constexpr std::string_view like_2022_not_supported = "no row; neighbour Server 2022 is not-supported";
constexpr std::string_view like_2022_on_request = "no row; neighbour Server 2022 is disabled-by-default";
constexpr std::string_view like_24h2_on = "no row; neighbour 24H2 is enabled";
constexpr std::string_view like_24h2_not_supported = "no row; neighbour 24H2 is not-supported";
constexpr std::string_view like_24h2_on_request = "no row; neighbour 24H2 is disabled-by-default";
constexpr std::string_view like_24h2_perhaps_off =
    "no row; neighbour 24H2 is enabled; possibly off by default (Insider change of 2024); not documented for retail";
constexpr std::string_view turn_on_and_kb3140245 = "turn on with DisabledByDefault=0; WinHTTP apps also need KB3140245";
constexpr std::string_view kb4019276 =
    "KB4019276 adds support; needs DisabledByDefault=0 (or Enabled=1) after the update";
constexpr std::string_view gs_edition =
    "GS edition: TLS 1.0/1.1 off per MicrosoftDocs/security:security-docs/engineering/Solving-TLS1-Problem.md Figure 1";
constexpr std::string_view insider_2024 =
    "same page warns that Insider builds from 2024 turn TLS 1.0/1.1 off; whether 24H2 retail did is contradicted by "
    "this table";
constexpr std::string_view before_vista =
    "not offered by this OS generation; absent from the support table, which starts at Vista";
constexpr std::string_view kb245030_on =
    "page states support; default on is from KB245030 (keys absent = enabled); not stated per role";

// The protocols page says so. It is dated and has a row for each version, so it outranks the one summary row that another text has for
// all of Windows 10 and one for all of Windows 11 (conflict C10).
constexpr ProtocolDefault documented(std::string_view release, Role role, std::string_view protocol, DefaultState state,
                                     std::string_view note = {}, std::string_view source = protocols_page) {
    return {release, role, protocol, state, Confidence::documented, note, {}, {}, source, state};
}

// Releases before Vista, which the protocols page leaves out.
constexpr ProtocolDefault secondary(std::string_view release, Role role, std::string_view protocol, DefaultState state,
                                    std::string_view note) {
    return {release, role, protocol, state, Confidence::secondary, note, {}, {}, legacy_pages, state};
}

// The protocols page has no row for the release; the state is that of the releases next to it.
constexpr ProtocolDefault neighbour(std::string_view release, Role role, std::string_view protocol, DefaultState state,
                                    std::string_view note, std::string_view alternative = {},
                                    std::string_view alternative_source = {}) {
    return {release, role, protocol, state, Confidence::inferred_from_neighbour, note, alternative, alternative_source,
            protocols_page, uncertain};
}

// The protocols page states one thing, and another text of Microsoft's something else.
constexpr ProtocolDefault contested(std::string_view release, Role role, std::string_view protocol, DefaultState stated,
                                    DefaultState state, std::string_view note, std::string_view alternative = {},
                                    std::string_view alternative_source = {}) {
    return {release, role, protocol, state, Confidence::conflict, note, alternative, alternative_source, protocols_page,
            stated};
}

// Looked for and not found.
constexpr ProtocolDefault undocumented_default(std::string_view release, Role role, std::string_view protocol,
                                               std::string_view note, std::string_view source = protocols_page) {
    return {release, role, protocol, uncertain, Confidence::undocumented, note, {}, {}, source, uncertain};
}

constexpr ProtocolDefault table[] = {
    // Windows XP, 5.1.2600
    undocumented_default("windows-xp", client, "PCT 1.0", "default on XP not found", legacy_pages),
    secondary("windows-xp", client, "SSL 2.0", on, kb245030_on),
    secondary("windows-xp", client, "SSL 3.0", on, kb245030_on),
    secondary("windows-xp", client, "TLS 1.0", on,
        "page states support; default on is from KB245030 (keys absent = enabled); not stated per role; no AES suites "
        "without hotfix (Server 2003: KB948963)"),
    secondary("windows-xp", client, "TLS 1.1", not_supported, before_vista),
    secondary("windows-xp", client, "TLS 1.2", not_supported, before_vista),
    secondary("windows-xp", client, "TLS 1.3", not_supported, before_vista),
    secondary("windows-xp", client, "DTLS 1.0", not_supported, before_vista),
    secondary("windows-xp", client, "DTLS 1.2", not_supported, before_vista),
    undocumented_default("windows-xp", server, "PCT 1.0", "default on XP not found", legacy_pages),
    secondary("windows-xp", server, "SSL 2.0", on, kb245030_on),
    secondary("windows-xp", server, "SSL 3.0", on, kb245030_on),
    secondary("windows-xp", server, "TLS 1.0", on,
        "page states support; default on is from KB245030 (keys absent = enabled); not stated per role; no AES suites "
        "without hotfix (Server 2003: KB948963)"),
    secondary("windows-xp", server, "TLS 1.1", not_supported, before_vista),
    secondary("windows-xp", server, "TLS 1.2", not_supported, before_vista),
    secondary("windows-xp", server, "TLS 1.3", not_supported, before_vista),
    secondary("windows-xp", server, "DTLS 1.0", not_supported, before_vista),
    secondary("windows-xp", server, "DTLS 1.2", not_supported, before_vista),

    // Windows Server 2003, 5.2.3790
    secondary("windows-server-2003", client, "PCT 1.0", on_request,
        "KB187498: PCT not enabled by default on Server 2003"),
    secondary("windows-server-2003", client, "SSL 2.0", on, kb245030_on),
    secondary("windows-server-2003", client, "SSL 3.0", on, kb245030_on),
    secondary("windows-server-2003", client, "TLS 1.0", on,
        "page states support; default on is from KB245030 (keys absent = enabled); not stated per role; AES suites "
        "need KB948963"),
    secondary("windows-server-2003", client, "TLS 1.1", not_supported, before_vista),
    secondary("windows-server-2003", client, "TLS 1.2", not_supported, before_vista),
    secondary("windows-server-2003", client, "TLS 1.3", not_supported, before_vista),
    secondary("windows-server-2003", client, "DTLS 1.0", not_supported, before_vista),
    secondary("windows-server-2003", client, "DTLS 1.2", not_supported, before_vista),
    secondary("windows-server-2003", server, "PCT 1.0", on_request,
        "KB187498: PCT not enabled by default on Server 2003"),
    secondary("windows-server-2003", server, "SSL 2.0", on, kb245030_on),
    secondary("windows-server-2003", server, "SSL 3.0", on, kb245030_on),
    secondary("windows-server-2003", server, "TLS 1.0", on,
        "page states support; default on is from KB245030 (keys absent = enabled); not stated per role; AES suites "
        "need KB948963"),
    secondary("windows-server-2003", server, "TLS 1.1", not_supported, before_vista),
    secondary("windows-server-2003", server, "TLS 1.2", not_supported, before_vista),
    secondary("windows-server-2003", server, "TLS 1.3", not_supported, before_vista),
    secondary("windows-server-2003", server, "DTLS 1.0", not_supported, before_vista),
    secondary("windows-server-2003", server, "DTLS 1.2", not_supported, before_vista),

    // Windows Vista, 6.0.6000-6.0.6002
    documented("windows-vista", client, "PCT 1.0", not_supported),
    contested("windows-vista", client, "SSL 2.0", on_request, on_request, {}, "on", solving_tls1),
    documented("windows-vista", client, "SSL 3.0", on),
    documented("windows-vista", client, "TLS 1.0", on),
    documented("windows-vista", client, "TLS 1.1", not_supported),
    documented("windows-vista", client, "TLS 1.2", not_supported),
    documented("windows-vista", client, "TLS 1.3", not_supported),
    documented("windows-vista", client, "DTLS 1.0", not_supported),
    documented("windows-vista", client, "DTLS 1.2", not_supported),
    documented("windows-vista", server, "PCT 1.0", not_supported),
    documented("windows-vista", server, "SSL 2.0", on, unified_hello),
    documented("windows-vista", server, "SSL 3.0", on),
    documented("windows-vista", server, "TLS 1.0", on),
    documented("windows-vista", server, "TLS 1.1", not_supported),
    documented("windows-vista", server, "TLS 1.2", not_supported),
    documented("windows-vista", server, "TLS 1.3", not_supported),
    documented("windows-vista", server, "DTLS 1.0", not_supported),
    documented("windows-vista", server, "DTLS 1.2", not_supported),

    // Windows Server 2008, 6.0.6001
    documented("windows-server-2008", client, "PCT 1.0", not_supported),
    contested("windows-server-2008", client, "SSL 2.0", on_request, on_request, {}, "on", solving_tls1),
    documented("windows-server-2008", client, "SSL 3.0", on),
    documented("windows-server-2008", client, "TLS 1.0", on),
    contested("windows-server-2008", client, "TLS 1.1", not_supported, not_supported, {}, "on-request", solving_tls1),
    contested("windows-server-2008", client, "TLS 1.2", not_supported, not_supported, {}, "on-request", solving_tls1),
    documented("windows-server-2008", client, "TLS 1.3", not_supported),
    documented("windows-server-2008", client, "DTLS 1.0", not_supported),
    documented("windows-server-2008", client, "DTLS 1.2", not_supported),
    documented("windows-server-2008", server, "PCT 1.0", not_supported),
    documented("windows-server-2008", server, "SSL 2.0", on, unified_hello),
    documented("windows-server-2008", server, "SSL 3.0", on),
    documented("windows-server-2008", server, "TLS 1.0", on),
    contested("windows-server-2008", server, "TLS 1.1", not_supported, not_supported, {}, "on-request", solving_tls1),
    contested("windows-server-2008", server, "TLS 1.2", not_supported, not_supported, {}, "on-request", solving_tls1),
    documented("windows-server-2008", server, "TLS 1.3", not_supported),
    documented("windows-server-2008", server, "DTLS 1.0", not_supported),
    documented("windows-server-2008", server, "DTLS 1.2", not_supported),

    // Windows Server 2008 SP2, 6.0.6002 (6.0.6003 after 2019 updates)
    documented("windows-server-2008-sp2", client, "PCT 1.0", not_supported),
    contested("windows-server-2008-sp2", client, "SSL 2.0", on_request, on_request, {}, "on", solving_tls1),
    documented("windows-server-2008-sp2", client, "SSL 3.0", on),
    documented("windows-server-2008-sp2", client, "TLS 1.0", on),
    documented("windows-server-2008-sp2", client, "TLS 1.1", on_request, kb4019276),
    documented("windows-server-2008-sp2", client, "TLS 1.2", on_request, kb4019276),
    documented("windows-server-2008-sp2", client, "TLS 1.3", not_supported),
    documented("windows-server-2008-sp2", client, "DTLS 1.0", not_supported),
    documented("windows-server-2008-sp2", client, "DTLS 1.2", not_supported),
    documented("windows-server-2008-sp2", server, "PCT 1.0", not_supported),
    documented("windows-server-2008-sp2", server, "SSL 2.0", on, unified_hello),
    documented("windows-server-2008-sp2", server, "SSL 3.0", on),
    documented("windows-server-2008-sp2", server, "TLS 1.0", on),
    documented("windows-server-2008-sp2", server, "TLS 1.1", on_request, kb4019276),
    documented("windows-server-2008-sp2", server, "TLS 1.2", on_request, kb4019276),
    documented("windows-server-2008-sp2", server, "TLS 1.3", not_supported),
    documented("windows-server-2008-sp2", server, "DTLS 1.0", not_supported),
    documented("windows-server-2008-sp2", server, "DTLS 1.2", not_supported),

    // Windows 7, 6.1.7600-6.1.7601
    documented("windows-7", client, "PCT 1.0", not_supported),
    contested("windows-7", client, "SSL 2.0", on_request, on_request, {}, "on", solving_tls1),
    documented("windows-7", client, "SSL 3.0", on),
    documented("windows-7", client, "TLS 1.0", on),
    documented("windows-7", client, "TLS 1.1", on_request, turn_on_and_kb3140245),
    documented("windows-7", client, "TLS 1.2", on_request, turn_on_and_kb3140245),
    documented("windows-7", client, "TLS 1.3", not_supported),
    contested("windows-7", client, "DTLS 1.0", on, on, {}, "not-supported", dtls_arrival),
    documented("windows-7", client, "DTLS 1.2", not_supported),
    documented("windows-7", server, "PCT 1.0", not_supported),
    documented("windows-7", server, "SSL 2.0", on, unified_hello),
    documented("windows-7", server, "SSL 3.0", on),
    documented("windows-7", server, "TLS 1.0", on),
    documented("windows-7", server, "TLS 1.1", on_request, turn_on_and_kb3140245),
    documented("windows-7", server, "TLS 1.2", on_request, turn_on_and_kb3140245),
    documented("windows-7", server, "TLS 1.3", not_supported),
    contested("windows-7", server, "DTLS 1.0", on, on, {}, "not-supported", dtls_arrival),
    documented("windows-7", server, "DTLS 1.2", not_supported),

    // Windows Server 2008 R2, 6.1.7600-6.1.7601
    documented("windows-server-2008-r2", client, "PCT 1.0", not_supported),
    contested("windows-server-2008-r2", client, "SSL 2.0", on_request, on_request, {}, "on", solving_tls1),
    documented("windows-server-2008-r2", client, "SSL 3.0", on),
    documented("windows-server-2008-r2", client, "TLS 1.0", on),
    documented("windows-server-2008-r2", client, "TLS 1.1", on_request, turn_on_and_kb3140245),
    documented("windows-server-2008-r2", client, "TLS 1.2", on_request, turn_on_and_kb3140245),
    documented("windows-server-2008-r2", client, "TLS 1.3", not_supported),
    contested("windows-server-2008-r2", client, "DTLS 1.0", on, on, {}, "not-supported", dtls_arrival),
    documented("windows-server-2008-r2", client, "DTLS 1.2", not_supported),
    documented("windows-server-2008-r2", server, "PCT 1.0", not_supported),
    documented("windows-server-2008-r2", server, "SSL 2.0", on, unified_hello),
    documented("windows-server-2008-r2", server, "SSL 3.0", on),
    documented("windows-server-2008-r2", server, "TLS 1.0", on),
    documented("windows-server-2008-r2", server, "TLS 1.1", on_request, turn_on_and_kb3140245),
    documented("windows-server-2008-r2", server, "TLS 1.2", on_request, turn_on_and_kb3140245),
    documented("windows-server-2008-r2", server, "TLS 1.3", not_supported),
    contested("windows-server-2008-r2", server, "DTLS 1.0", on, on, {}, "not-supported", dtls_arrival),
    documented("windows-server-2008-r2", server, "DTLS 1.2", not_supported),

    // Windows 8, 6.2.9200
    documented("windows-8", client, "PCT 1.0", not_supported),
    documented("windows-8", client, "SSL 2.0", on_request),
    documented("windows-8", client, "SSL 3.0", on),
    documented("windows-8", client, "TLS 1.0", on),
    documented("windows-8", client, "TLS 1.1", on),
    documented("windows-8", client, "TLS 1.2", on),
    documented("windows-8", client, "TLS 1.3", not_supported),
    documented("windows-8", client, "DTLS 1.0", on),
    documented("windows-8", client, "DTLS 1.2", not_supported),
    documented("windows-8", server, "PCT 1.0", not_supported),
    documented("windows-8", server, "SSL 2.0", on_request, unified_hello),
    documented("windows-8", server, "SSL 3.0", on),
    documented("windows-8", server, "TLS 1.0", on),
    documented("windows-8", server, "TLS 1.1", on),
    documented("windows-8", server, "TLS 1.2", on),
    documented("windows-8", server, "TLS 1.3", not_supported),
    documented("windows-8", server, "DTLS 1.0", on),
    documented("windows-8", server, "DTLS 1.2", not_supported),

    // Windows Server 2012, 6.2.9200
    documented("windows-server-2012", client, "PCT 1.0", not_supported),
    documented("windows-server-2012", client, "SSL 2.0", on_request),
    documented("windows-server-2012", client, "SSL 3.0", on),
    documented("windows-server-2012", client, "TLS 1.0", on),
    documented("windows-server-2012", client, "TLS 1.1", on),
    documented("windows-server-2012", client, "TLS 1.2", on),
    documented("windows-server-2012", client, "TLS 1.3", not_supported),
    documented("windows-server-2012", client, "DTLS 1.0", on),
    documented("windows-server-2012", client, "DTLS 1.2", not_supported),
    documented("windows-server-2012", server, "PCT 1.0", not_supported),
    documented("windows-server-2012", server, "SSL 2.0", on_request, unified_hello),
    documented("windows-server-2012", server, "SSL 3.0", on),
    documented("windows-server-2012", server, "TLS 1.0", on),
    documented("windows-server-2012", server, "TLS 1.1", on),
    documented("windows-server-2012", server, "TLS 1.2", on),
    documented("windows-server-2012", server, "TLS 1.3", not_supported),
    documented("windows-server-2012", server, "DTLS 1.0", on),
    documented("windows-server-2012", server, "DTLS 1.2", not_supported),

    // Windows 8.1, 6.3.9600
    documented("windows-8.1", client, "PCT 1.0", not_supported),
    documented("windows-8.1", client, "SSL 2.0", on_request),
    documented("windows-8.1", client, "SSL 3.0", on),
    documented("windows-8.1", client, "TLS 1.0", on),
    documented("windows-8.1", client, "TLS 1.1", on),
    documented("windows-8.1", client, "TLS 1.2", on),
    documented("windows-8.1", client, "TLS 1.3", not_supported),
    documented("windows-8.1", client, "DTLS 1.0", on),
    documented("windows-8.1", client, "DTLS 1.2", not_supported),
    documented("windows-8.1", server, "PCT 1.0", not_supported),
    documented("windows-8.1", server, "SSL 2.0", on_request, unified_hello),
    documented("windows-8.1", server, "SSL 3.0", on),
    documented("windows-8.1", server, "TLS 1.0", on),
    documented("windows-8.1", server, "TLS 1.1", on),
    documented("windows-8.1", server, "TLS 1.2", on),
    documented("windows-8.1", server, "TLS 1.3", not_supported),
    documented("windows-8.1", server, "DTLS 1.0", on),
    documented("windows-8.1", server, "DTLS 1.2", not_supported),

    // Windows Server 2012 R2, 6.3.9600
    documented("windows-server-2012-r2", client, "PCT 1.0", not_supported),
    documented("windows-server-2012-r2", client, "SSL 2.0", on_request),
    documented("windows-server-2012-r2", client, "SSL 3.0", on),
    documented("windows-server-2012-r2", client, "TLS 1.0", on),
    documented("windows-server-2012-r2", client, "TLS 1.1", on),
    documented("windows-server-2012-r2", client, "TLS 1.2", on),
    documented("windows-server-2012-r2", client, "TLS 1.3", not_supported),
    documented("windows-server-2012-r2", client, "DTLS 1.0", on),
    documented("windows-server-2012-r2", client, "DTLS 1.2", not_supported),
    documented("windows-server-2012-r2", server, "PCT 1.0", not_supported),
    documented("windows-server-2012-r2", server, "SSL 2.0", on_request, unified_hello),
    documented("windows-server-2012-r2", server, "SSL 3.0", on),
    documented("windows-server-2012-r2", server, "TLS 1.0", on),
    documented("windows-server-2012-r2", server, "TLS 1.1", on),
    documented("windows-server-2012-r2", server, "TLS 1.2", on),
    documented("windows-server-2012-r2", server, "TLS 1.3", not_supported),
    documented("windows-server-2012-r2", server, "DTLS 1.0", on),
    documented("windows-server-2012-r2", server, "DTLS 1.2", not_supported),

    // Windows 10 1507, 10.0.10240
    documented("windows-10-1507", client, "PCT 1.0", not_supported),
    documented("windows-10-1507", client, "SSL 2.0", on_request),
    documented("windows-10-1507", client, "SSL 3.0", on),
    documented("windows-10-1507", client, "TLS 1.0", on),
    documented("windows-10-1507", client, "TLS 1.1", on),
    documented("windows-10-1507", client, "TLS 1.2", on),
    documented("windows-10-1507", client, "TLS 1.3", not_supported),
    documented("windows-10-1507", client, "DTLS 1.0", on),
    documented("windows-10-1507", client, "DTLS 1.2", not_supported),
    documented("windows-10-1507", server, "PCT 1.0", not_supported),
    documented("windows-10-1507", server, "SSL 2.0", on_request, unified_hello),
    documented("windows-10-1507", server, "SSL 3.0", on),
    documented("windows-10-1507", server, "TLS 1.0", on),
    documented("windows-10-1507", server, "TLS 1.1", on),
    documented("windows-10-1507", server, "TLS 1.2", on),
    documented("windows-10-1507", server, "TLS 1.3", not_supported),
    documented("windows-10-1507", server, "DTLS 1.0", on),
    documented("windows-10-1507", server, "DTLS 1.2", not_supported),

    // Windows 10 1511, 10.0.10586
    documented("windows-10-1511", client, "PCT 1.0", not_supported),
    documented("windows-10-1511", client, "SSL 2.0", on_request),
    documented("windows-10-1511", client, "SSL 3.0", on),
    documented("windows-10-1511", client, "TLS 1.0", on),
    documented("windows-10-1511", client, "TLS 1.1", on),
    documented("windows-10-1511", client, "TLS 1.2", on),
    documented("windows-10-1511", client, "TLS 1.3", not_supported),
    documented("windows-10-1511", client, "DTLS 1.0", on),
    documented("windows-10-1511", client, "DTLS 1.2", not_supported),
    documented("windows-10-1511", server, "PCT 1.0", not_supported),
    documented("windows-10-1511", server, "SSL 2.0", on_request, unified_hello),
    documented("windows-10-1511", server, "SSL 3.0", on),
    documented("windows-10-1511", server, "TLS 1.0", on),
    documented("windows-10-1511", server, "TLS 1.1", on),
    documented("windows-10-1511", server, "TLS 1.2", on),
    documented("windows-10-1511", server, "TLS 1.3", not_supported),
    documented("windows-10-1511", server, "DTLS 1.0", on),
    documented("windows-10-1511", server, "DTLS 1.2", not_supported),

    // Windows 10 1607, 10.0.14393
    documented("windows-10-1607", client, "PCT 1.0", not_supported),
    documented("windows-10-1607", client, "SSL 2.0", not_supported),
    documented("windows-10-1607", client, "SSL 3.0", on_request),
    documented("windows-10-1607", client, "TLS 1.0", on),
    documented("windows-10-1607", client, "TLS 1.1", on),
    documented("windows-10-1607", client, "TLS 1.2", on),
    documented("windows-10-1607", client, "TLS 1.3", not_supported),
    documented("windows-10-1607", client, "DTLS 1.0", on),
    documented("windows-10-1607", client, "DTLS 1.2", on),
    documented("windows-10-1607", server, "PCT 1.0", not_supported),
    documented("windows-10-1607", server, "SSL 2.0", not_supported),
    documented("windows-10-1607", server, "SSL 3.0", on_request),
    documented("windows-10-1607", server, "TLS 1.0", on),
    documented("windows-10-1607", server, "TLS 1.1", on),
    documented("windows-10-1607", server, "TLS 1.2", on),
    documented("windows-10-1607", server, "TLS 1.3", not_supported),
    documented("windows-10-1607", server, "DTLS 1.0", on),
    documented("windows-10-1607", server, "DTLS 1.2", on),

    // Windows Server 2016, 10.0.14393
    documented("windows-server-2016", client, "PCT 1.0", not_supported),
    documented("windows-server-2016", client, "SSL 2.0", not_supported),
    documented("windows-server-2016", client, "SSL 3.0", on_request),
    documented("windows-server-2016", client, "TLS 1.0", on),
    documented("windows-server-2016", client, "TLS 1.1", on),
    documented("windows-server-2016", client, "TLS 1.2", on),
    documented("windows-server-2016", client, "TLS 1.3", not_supported),
    documented("windows-server-2016", client, "DTLS 1.0", on),
    documented("windows-server-2016", client, "DTLS 1.2", on),
    documented("windows-server-2016", server, "PCT 1.0", not_supported),
    documented("windows-server-2016", server, "SSL 2.0", not_supported),
    documented("windows-server-2016", server, "SSL 3.0", on_request),
    documented("windows-server-2016", server, "TLS 1.0", on),
    documented("windows-server-2016", server, "TLS 1.1", on),
    documented("windows-server-2016", server, "TLS 1.2", on),
    documented("windows-server-2016", server, "TLS 1.3", not_supported),
    documented("windows-server-2016", server, "DTLS 1.0", on),
    documented("windows-server-2016", server, "DTLS 1.2", on),

    // Windows 10 1703, 10.0.15063
    documented("windows-10-1703", client, "PCT 1.0", not_supported),
    documented("windows-10-1703", client, "SSL 2.0", not_supported),
    documented("windows-10-1703", client, "SSL 3.0", on_request),
    documented("windows-10-1703", client, "TLS 1.0", on),
    documented("windows-10-1703", client, "TLS 1.1", on),
    documented("windows-10-1703", client, "TLS 1.2", on),
    documented("windows-10-1703", client, "TLS 1.3", not_supported),
    documented("windows-10-1703", client, "DTLS 1.0", on),
    documented("windows-10-1703", client, "DTLS 1.2", on),
    documented("windows-10-1703", server, "PCT 1.0", not_supported),
    documented("windows-10-1703", server, "SSL 2.0", not_supported),
    documented("windows-10-1703", server, "SSL 3.0", on_request),
    documented("windows-10-1703", server, "TLS 1.0", on),
    documented("windows-10-1703", server, "TLS 1.1", on),
    documented("windows-10-1703", server, "TLS 1.2", on),
    documented("windows-10-1703", server, "TLS 1.3", not_supported),
    documented("windows-10-1703", server, "DTLS 1.0", on),
    documented("windows-10-1703", server, "DTLS 1.2", on),

    // Windows 10 1709, 10.0.16299
    neighbour("windows-10-1709", client, "PCT 1.0", not_supported, missing_row_not_supported),
    neighbour("windows-10-1709", client, "SSL 2.0", not_supported, missing_row_not_supported),
    neighbour("windows-10-1709", client, "SSL 3.0", on_request, missing_row_on_request),
    documented("windows-10-1709", client, "TLS 1.0", on),
    documented("windows-10-1709", client, "TLS 1.1", on),
    documented("windows-10-1709", client, "TLS 1.2", on),
    documented("windows-10-1709", client, "TLS 1.3", not_supported),
    neighbour("windows-10-1709", client, "DTLS 1.0", on, missing_row_on),
    neighbour("windows-10-1709", client, "DTLS 1.2", on, missing_row_on),
    neighbour("windows-10-1709", server, "PCT 1.0", not_supported, missing_row_not_supported),
    neighbour("windows-10-1709", server, "SSL 2.0", not_supported, missing_row_not_supported_unified),
    neighbour("windows-10-1709", server, "SSL 3.0", on_request, missing_row_on_request),
    documented("windows-10-1709", server, "TLS 1.0", on),
    documented("windows-10-1709", server, "TLS 1.1", on),
    documented("windows-10-1709", server, "TLS 1.2", on),
    documented("windows-10-1709", server, "TLS 1.3", not_supported),
    neighbour("windows-10-1709", server, "DTLS 1.0", on, missing_row_on),
    neighbour("windows-10-1709", server, "DTLS 1.2", on, missing_row_on),

    // Windows 10 1803, 10.0.17134
    documented("windows-10-1803", client, "PCT 1.0", not_supported),
    documented("windows-10-1803", client, "SSL 2.0", not_supported),
    documented("windows-10-1803", client, "SSL 3.0", on_request),
    documented("windows-10-1803", client, "TLS 1.0", on),
    documented("windows-10-1803", client, "TLS 1.1", on),
    documented("windows-10-1803", client, "TLS 1.2", on),
    documented("windows-10-1803", client, "TLS 1.3", not_supported),
    documented("windows-10-1803", client, "DTLS 1.0", on),
    documented("windows-10-1803", client, "DTLS 1.2", on),
    documented("windows-10-1803", server, "PCT 1.0", not_supported),
    documented("windows-10-1803", server, "SSL 2.0", not_supported),
    documented("windows-10-1803", server, "SSL 3.0", on_request),
    documented("windows-10-1803", server, "TLS 1.0", on),
    documented("windows-10-1803", server, "TLS 1.1", on),
    documented("windows-10-1803", server, "TLS 1.2", on),
    documented("windows-10-1803", server, "TLS 1.3", not_supported),
    documented("windows-10-1803", server, "DTLS 1.0", on),
    documented("windows-10-1803", server, "DTLS 1.2", on),

    // Windows 10 1809, 10.0.17763
    documented("windows-10-1809", client, "PCT 1.0", not_supported),
    documented("windows-10-1809", client, "SSL 2.0", not_supported),
    documented("windows-10-1809", client, "SSL 3.0", on_request),
    documented("windows-10-1809", client, "TLS 1.0", on),
    documented("windows-10-1809", client, "TLS 1.1", on),
    documented("windows-10-1809", client, "TLS 1.2", on),
    documented("windows-10-1809", client, "TLS 1.3", not_supported),
    documented("windows-10-1809", client, "DTLS 1.0", on),
    documented("windows-10-1809", client, "DTLS 1.2", on),
    documented("windows-10-1809", server, "PCT 1.0", not_supported),
    documented("windows-10-1809", server, "SSL 2.0", not_supported),
    documented("windows-10-1809", server, "SSL 3.0", on_request),
    documented("windows-10-1809", server, "TLS 1.0", on),
    documented("windows-10-1809", server, "TLS 1.1", on),
    documented("windows-10-1809", server, "TLS 1.2", on),
    documented("windows-10-1809", server, "TLS 1.3", not_supported),
    documented("windows-10-1809", server, "DTLS 1.0", on),
    documented("windows-10-1809", server, "DTLS 1.2", on),

    // Windows Server 2019, 10.0.17763
    documented("windows-server-2019", client, "PCT 1.0", not_supported),
    documented("windows-server-2019", client, "SSL 2.0", not_supported),
    documented("windows-server-2019", client, "SSL 3.0", on_request),
    documented("windows-server-2019", client, "TLS 1.0", on, gs_edition),
    documented("windows-server-2019", client, "TLS 1.1", on, gs_edition),
    documented("windows-server-2019", client, "TLS 1.2", on),
    documented("windows-server-2019", client, "TLS 1.3", not_supported),
    documented("windows-server-2019", client, "DTLS 1.0", on),
    documented("windows-server-2019", client, "DTLS 1.2", on),
    documented("windows-server-2019", server, "PCT 1.0", not_supported),
    documented("windows-server-2019", server, "SSL 2.0", not_supported),
    documented("windows-server-2019", server, "SSL 3.0", on_request),
    documented("windows-server-2019", server, "TLS 1.0", on, gs_edition),
    documented("windows-server-2019", server, "TLS 1.1", on, gs_edition),
    documented("windows-server-2019", server, "TLS 1.2", on),
    documented("windows-server-2019", server, "TLS 1.3", not_supported),
    documented("windows-server-2019", server, "DTLS 1.0", on),
    documented("windows-server-2019", server, "DTLS 1.2", on),

    // Windows 10 1903, 10.0.18362
    documented("windows-10-1903", client, "PCT 1.0", not_supported),
    documented("windows-10-1903", client, "SSL 2.0", not_supported),
    documented("windows-10-1903", client, "SSL 3.0", on_request),
    documented("windows-10-1903", client, "TLS 1.0", on),
    documented("windows-10-1903", client, "TLS 1.1", on),
    documented("windows-10-1903", client, "TLS 1.2", on),
    documented("windows-10-1903", client, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-1903", client, "DTLS 1.0", on),
    documented("windows-10-1903", client, "DTLS 1.2", on),
    documented("windows-10-1903", server, "PCT 1.0", not_supported),
    documented("windows-10-1903", server, "SSL 2.0", not_supported),
    documented("windows-10-1903", server, "SSL 3.0", on_request),
    documented("windows-10-1903", server, "TLS 1.0", on),
    documented("windows-10-1903", server, "TLS 1.1", on),
    documented("windows-10-1903", server, "TLS 1.2", on),
    documented("windows-10-1903", server, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-1903", server, "DTLS 1.0", on),
    documented("windows-10-1903", server, "DTLS 1.2", on),

    // Windows 10 1909, 10.0.18363
    documented("windows-10-1909", client, "PCT 1.0", not_supported),
    documented("windows-10-1909", client, "SSL 2.0", not_supported),
    documented("windows-10-1909", client, "SSL 3.0", on_request),
    documented("windows-10-1909", client, "TLS 1.0", on),
    documented("windows-10-1909", client, "TLS 1.1", on),
    documented("windows-10-1909", client, "TLS 1.2", on),
    documented("windows-10-1909", client, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-1909", client, "DTLS 1.0", on),
    documented("windows-10-1909", client, "DTLS 1.2", on),
    documented("windows-10-1909", server, "PCT 1.0", not_supported),
    documented("windows-10-1909", server, "SSL 2.0", not_supported),
    documented("windows-10-1909", server, "SSL 3.0", on_request),
    documented("windows-10-1909", server, "TLS 1.0", on),
    documented("windows-10-1909", server, "TLS 1.1", on),
    documented("windows-10-1909", server, "TLS 1.2", on),
    documented("windows-10-1909", server, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-1909", server, "DTLS 1.0", on),
    documented("windows-10-1909", server, "DTLS 1.2", on),

    // Windows 10 2004, 10.0.19041
    documented("windows-10-2004", client, "PCT 1.0", not_supported),
    documented("windows-10-2004", client, "SSL 2.0", not_supported),
    documented("windows-10-2004", client, "SSL 3.0", on_request),
    documented("windows-10-2004", client, "TLS 1.0", on),
    documented("windows-10-2004", client, "TLS 1.1", on),
    documented("windows-10-2004", client, "TLS 1.2", on),
    documented("windows-10-2004", client, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-2004", client, "DTLS 1.0", on),
    documented("windows-10-2004", client, "DTLS 1.2", on),
    documented("windows-10-2004", server, "PCT 1.0", not_supported),
    documented("windows-10-2004", server, "SSL 2.0", not_supported),
    documented("windows-10-2004", server, "SSL 3.0", on_request),
    documented("windows-10-2004", server, "TLS 1.0", on),
    documented("windows-10-2004", server, "TLS 1.1", on),
    documented("windows-10-2004", server, "TLS 1.2", on),
    documented("windows-10-2004", server, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-2004", server, "DTLS 1.0", on),
    documented("windows-10-2004", server, "DTLS 1.2", on),

    // Windows 10 20H2, 10.0.19042
    documented("windows-10-20h2", client, "PCT 1.0", not_supported),
    documented("windows-10-20h2", client, "SSL 2.0", not_supported),
    documented("windows-10-20h2", client, "SSL 3.0", on_request),
    documented("windows-10-20h2", client, "TLS 1.0", on),
    documented("windows-10-20h2", client, "TLS 1.1", on),
    documented("windows-10-20h2", client, "TLS 1.2", on),
    documented("windows-10-20h2", client, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-20h2", client, "DTLS 1.0", on),
    documented("windows-10-20h2", client, "DTLS 1.2", on),
    documented("windows-10-20h2", server, "PCT 1.0", not_supported),
    documented("windows-10-20h2", server, "SSL 2.0", not_supported),
    documented("windows-10-20h2", server, "SSL 3.0", on_request),
    documented("windows-10-20h2", server, "TLS 1.0", on),
    documented("windows-10-20h2", server, "TLS 1.1", on),
    documented("windows-10-20h2", server, "TLS 1.2", on),
    documented("windows-10-20h2", server, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-20h2", server, "DTLS 1.0", on),
    documented("windows-10-20h2", server, "DTLS 1.2", on),

    // Windows 10 21H1, 10.0.19043
    documented("windows-10-21h1", client, "PCT 1.0", not_supported),
    documented("windows-10-21h1", client, "SSL 2.0", not_supported),
    documented("windows-10-21h1", client, "SSL 3.0", on_request),
    documented("windows-10-21h1", client, "TLS 1.0", on),
    documented("windows-10-21h1", client, "TLS 1.1", on),
    documented("windows-10-21h1", client, "TLS 1.2", on),
    documented("windows-10-21h1", client, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-21h1", client, "DTLS 1.0", on),
    documented("windows-10-21h1", client, "DTLS 1.2", on),
    documented("windows-10-21h1", server, "PCT 1.0", not_supported),
    documented("windows-10-21h1", server, "SSL 2.0", not_supported),
    documented("windows-10-21h1", server, "SSL 3.0", on_request),
    documented("windows-10-21h1", server, "TLS 1.0", on),
    documented("windows-10-21h1", server, "TLS 1.1", on),
    documented("windows-10-21h1", server, "TLS 1.2", on),
    documented("windows-10-21h1", server, "TLS 1.3", not_supported, unsafe_here),
    documented("windows-10-21h1", server, "DTLS 1.0", on),
    documented("windows-10-21h1", server, "DTLS 1.2", on),

    // Windows 10 21H2, 10.0.19044
    neighbour("windows-10-21h2", client, "PCT 1.0", not_supported, missing_row_not_supported),
    neighbour("windows-10-21h2", client, "SSL 2.0", not_supported, missing_row_not_supported),
    neighbour("windows-10-21h2", client, "SSL 3.0", on_request, missing_row_on_request),
    documented("windows-10-21h2", client, "TLS 1.0", on),
    documented("windows-10-21h2", client, "TLS 1.1", on),
    documented("windows-10-21h2", client, "TLS 1.2", on),
    documented("windows-10-21h2", client, "TLS 1.3", not_supported, unsafe_here),
    neighbour("windows-10-21h2", client, "DTLS 1.0", on, missing_row_on),
    neighbour("windows-10-21h2", client, "DTLS 1.2", on, missing_row_on),
    neighbour("windows-10-21h2", server, "PCT 1.0", not_supported, missing_row_not_supported),
    neighbour("windows-10-21h2", server, "SSL 2.0", not_supported, missing_row_not_supported_unified),
    neighbour("windows-10-21h2", server, "SSL 3.0", on_request, missing_row_on_request),
    documented("windows-10-21h2", server, "TLS 1.0", on),
    documented("windows-10-21h2", server, "TLS 1.1", on),
    documented("windows-10-21h2", server, "TLS 1.2", on),
    documented("windows-10-21h2", server, "TLS 1.3", not_supported, unsafe_here),
    neighbour("windows-10-21h2", server, "DTLS 1.0", on, missing_row_on),
    neighbour("windows-10-21h2", server, "DTLS 1.2", on, missing_row_on),

    // Windows 10 22H2, 10.0.19045
    neighbour("windows-10-22h2", client, "PCT 1.0", not_supported, missing_row_not_supported),
    neighbour("windows-10-22h2", client, "SSL 2.0", not_supported, missing_row_not_supported),
    neighbour("windows-10-22h2", client, "SSL 3.0", on_request, missing_row_on_request),
    documented("windows-10-22h2", client, "TLS 1.0", on),
    documented("windows-10-22h2", client, "TLS 1.1", on),
    documented("windows-10-22h2", client, "TLS 1.2", on),
    documented("windows-10-22h2", client, "TLS 1.3", not_supported, unsafe_here),
    neighbour("windows-10-22h2", client, "DTLS 1.0", on, missing_row_on),
    neighbour("windows-10-22h2", client, "DTLS 1.2", on, missing_row_on),
    neighbour("windows-10-22h2", server, "PCT 1.0", not_supported, missing_row_not_supported),
    neighbour("windows-10-22h2", server, "SSL 2.0", not_supported, missing_row_not_supported_unified),
    neighbour("windows-10-22h2", server, "SSL 3.0", on_request, missing_row_on_request),
    documented("windows-10-22h2", server, "TLS 1.0", on),
    documented("windows-10-22h2", server, "TLS 1.1", on),
    documented("windows-10-22h2", server, "TLS 1.2", on),
    documented("windows-10-22h2", server, "TLS 1.3", not_supported, unsafe_here),
    neighbour("windows-10-22h2", server, "DTLS 1.0", on, missing_row_on),
    neighbour("windows-10-22h2", server, "DTLS 1.2", on, missing_row_on),

    // Windows Server 2022, 10.0.20348
    documented("windows-server-2022", client, "PCT 1.0", not_supported),
    documented("windows-server-2022", client, "SSL 2.0", not_supported),
    documented("windows-server-2022", client, "SSL 3.0", on_request),
    documented("windows-server-2022", client, "TLS 1.0", on),
    documented("windows-server-2022", client, "TLS 1.1", on),
    documented("windows-server-2022", client, "TLS 1.2", on),
    documented("windows-server-2022", client, "TLS 1.3", on),
    documented("windows-server-2022", client, "DTLS 1.0", on),
    documented("windows-server-2022", client, "DTLS 1.2", on),
    documented("windows-server-2022", server, "PCT 1.0", not_supported),
    documented("windows-server-2022", server, "SSL 2.0", not_supported),
    documented("windows-server-2022", server, "SSL 3.0", on_request),
    documented("windows-server-2022", server, "TLS 1.0", on),
    documented("windows-server-2022", server, "TLS 1.1", on),
    documented("windows-server-2022", server, "TLS 1.2", on),
    documented("windows-server-2022", server, "TLS 1.3", on),
    documented("windows-server-2022", server, "DTLS 1.0", on),
    documented("windows-server-2022", server, "DTLS 1.2", on),

    // Windows 11 21H2, 10.0.22000
    documented("windows-11-21h2", client, "PCT 1.0", not_supported),
    documented("windows-11-21h2", client, "SSL 2.0", not_supported),
    documented("windows-11-21h2", client, "SSL 3.0", on_request),
    documented("windows-11-21h2", client, "TLS 1.0", on),
    documented("windows-11-21h2", client, "TLS 1.1", on),
    documented("windows-11-21h2", client, "TLS 1.2", on),
    documented("windows-11-21h2", client, "TLS 1.3", on),
    documented("windows-11-21h2", client, "DTLS 1.0", on),
    documented("windows-11-21h2", client, "DTLS 1.2", on),
    documented("windows-11-21h2", server, "PCT 1.0", not_supported),
    documented("windows-11-21h2", server, "SSL 2.0", not_supported),
    documented("windows-11-21h2", server, "SSL 3.0", on_request),
    documented("windows-11-21h2", server, "TLS 1.0", on),
    documented("windows-11-21h2", server, "TLS 1.1", on),
    documented("windows-11-21h2", server, "TLS 1.2", on),
    documented("windows-11-21h2", server, "TLS 1.3", on),
    documented("windows-11-21h2", server, "DTLS 1.0", on),
    documented("windows-11-21h2", server, "DTLS 1.2", on),

    // Windows 11 22H2, 10.0.22621
    documented("windows-11-22h2", client, "PCT 1.0", not_supported),
    documented("windows-11-22h2", client, "SSL 2.0", not_supported),
    documented("windows-11-22h2", client, "SSL 3.0", on_request),
    documented("windows-11-22h2", client, "TLS 1.0", on),
    documented("windows-11-22h2", client, "TLS 1.1", on),
    documented("windows-11-22h2", client, "TLS 1.2", on),
    documented("windows-11-22h2", client, "TLS 1.3", on),
    documented("windows-11-22h2", client, "DTLS 1.0", on),
    documented("windows-11-22h2", client, "DTLS 1.2", on),
    documented("windows-11-22h2", server, "PCT 1.0", not_supported),
    documented("windows-11-22h2", server, "SSL 2.0", not_supported),
    documented("windows-11-22h2", server, "SSL 3.0", on_request),
    documented("windows-11-22h2", server, "TLS 1.0", on),
    documented("windows-11-22h2", server, "TLS 1.1", on),
    documented("windows-11-22h2", server, "TLS 1.2", on),
    documented("windows-11-22h2", server, "TLS 1.3", on),
    documented("windows-11-22h2", server, "DTLS 1.0", on),
    documented("windows-11-22h2", server, "DTLS 1.2", on),

    // Windows 11 23H2, 10.0.22631
    documented("windows-11-23h2", client, "PCT 1.0", not_supported),
    documented("windows-11-23h2", client, "SSL 2.0", not_supported),
    documented("windows-11-23h2", client, "SSL 3.0", on_request),
    documented("windows-11-23h2", client, "TLS 1.0", on),
    documented("windows-11-23h2", client, "TLS 1.1", on),
    documented("windows-11-23h2", client, "TLS 1.2", on),
    documented("windows-11-23h2", client, "TLS 1.3", on),
    documented("windows-11-23h2", client, "DTLS 1.0", on),
    documented("windows-11-23h2", client, "DTLS 1.2", on),
    documented("windows-11-23h2", server, "PCT 1.0", not_supported),
    documented("windows-11-23h2", server, "SSL 2.0", not_supported),
    documented("windows-11-23h2", server, "SSL 3.0", on_request),
    documented("windows-11-23h2", server, "TLS 1.0", on),
    documented("windows-11-23h2", server, "TLS 1.1", on),
    documented("windows-11-23h2", server, "TLS 1.2", on),
    documented("windows-11-23h2", server, "TLS 1.3", on),
    documented("windows-11-23h2", server, "DTLS 1.0", on),
    documented("windows-11-23h2", server, "DTLS 1.2", on),

    // Windows Server version 23H2, 10.0.25398
    neighbour("windows-server-23h2", client, "PCT 1.0", not_supported, like_2022_not_supported),
    neighbour("windows-server-23h2", client, "SSL 2.0", not_supported, like_2022_not_supported),
    neighbour("windows-server-23h2", client, "SSL 3.0", on_request, like_2022_on_request),
    neighbour("windows-server-23h2", client, "TLS 1.0", on, like_2022_on),
    neighbour("windows-server-23h2", client, "TLS 1.1", on, like_2022_on),
    neighbour("windows-server-23h2", client, "TLS 1.2", on, like_2022_on),
    neighbour("windows-server-23h2", client, "TLS 1.3", on, like_2022_on),
    neighbour("windows-server-23h2", client, "DTLS 1.0", on, like_2022_on),
    neighbour("windows-server-23h2", client, "DTLS 1.2", on, like_2022_on),
    neighbour("windows-server-23h2", server, "PCT 1.0", not_supported, like_2022_not_supported),
    neighbour("windows-server-23h2", server, "SSL 2.0", not_supported,
        "no row; neighbour Server 2022 is not-supported; any Windows accepts the unified (SSLv2 style) ClientHello "
        "even with SSL 2.0 off"),
    neighbour("windows-server-23h2", server, "SSL 3.0", on_request, like_2022_on_request),
    neighbour("windows-server-23h2", server, "TLS 1.0", on, like_2022_on),
    neighbour("windows-server-23h2", server, "TLS 1.1", on, like_2022_on),
    neighbour("windows-server-23h2", server, "TLS 1.2", on, like_2022_on),
    neighbour("windows-server-23h2", server, "TLS 1.3", on, like_2022_on),
    neighbour("windows-server-23h2", server, "DTLS 1.0", on, like_2022_on),
    neighbour("windows-server-23h2", server, "DTLS 1.2", on, like_2022_on),

    // Windows 11 24H2, 10.0.26100
    documented("windows-11-24h2", client, "PCT 1.0", not_supported),
    documented("windows-11-24h2", client, "SSL 2.0", not_supported),
    documented("windows-11-24h2", client, "SSL 3.0", on_request),
    contested("windows-11-24h2", client, "TLS 1.0", on, on, insider_2024),
    contested("windows-11-24h2", client, "TLS 1.1", on, on, insider_2024),
    documented("windows-11-24h2", client, "TLS 1.2", on),
    documented("windows-11-24h2", client, "TLS 1.3", on),
    documented("windows-11-24h2", client, "DTLS 1.0", on),
    documented("windows-11-24h2", client, "DTLS 1.2", on),
    documented("windows-11-24h2", server, "PCT 1.0", not_supported),
    documented("windows-11-24h2", server, "SSL 2.0", not_supported),
    documented("windows-11-24h2", server, "SSL 3.0", on_request),
    contested("windows-11-24h2", server, "TLS 1.0", on, on, insider_2024),
    contested("windows-11-24h2", server, "TLS 1.1", on, on, insider_2024),
    documented("windows-11-24h2", server, "TLS 1.2", on),
    documented("windows-11-24h2", server, "TLS 1.3", on),
    documented("windows-11-24h2", server, "DTLS 1.0", on),
    documented("windows-11-24h2", server, "DTLS 1.2", on),

    // Windows Server 2025, 10.0.26100
    documented("windows-server-2025", client, "PCT 1.0", not_supported),
    documented("windows-server-2025", client, "SSL 2.0", not_supported),
    documented("windows-server-2025", client, "SSL 3.0", on_request),
    contested("windows-server-2025", client, "TLS 1.0", on, uncertain, {}, "on-request", removed_features),
    contested("windows-server-2025", client, "TLS 1.1", on, uncertain, {}, "on-request", removed_features),
    documented("windows-server-2025", client, "TLS 1.2", on),
    documented("windows-server-2025", client, "TLS 1.3", on),
    documented("windows-server-2025", client, "DTLS 1.0", on),
    documented("windows-server-2025", client, "DTLS 1.2", on),
    documented("windows-server-2025", server, "PCT 1.0", not_supported),
    documented("windows-server-2025", server, "SSL 2.0", not_supported),
    documented("windows-server-2025", server, "SSL 3.0", on_request),
    contested("windows-server-2025", server, "TLS 1.0", on, uncertain, {}, "on-request", removed_features),
    contested("windows-server-2025", server, "TLS 1.1", on, uncertain, {}, "on-request", removed_features),
    documented("windows-server-2025", server, "TLS 1.2", on),
    documented("windows-server-2025", server, "TLS 1.3", on),
    documented("windows-server-2025", server, "DTLS 1.0", on),
    documented("windows-server-2025", server, "DTLS 1.2", on),

    // Windows 11 26H1, 10.0.28000; 26H2 is taken to be like it
    neighbour("windows-11-26h1", client, "PCT 1.0", not_supported, like_24h2_not_supported),
    neighbour("windows-11-26h1", client, "SSL 2.0", not_supported, like_24h2_not_supported),
    neighbour("windows-11-26h1", client, "SSL 3.0", on_request, like_24h2_on_request),
    undocumented_default("windows-11-26h1", client, "TLS 1.0", like_24h2_perhaps_off),
    undocumented_default("windows-11-26h1", client, "TLS 1.1", like_24h2_perhaps_off),
    neighbour("windows-11-26h1", client, "TLS 1.2", on, like_24h2_on),
    neighbour("windows-11-26h1", client, "TLS 1.3", on, like_24h2_on),
    neighbour("windows-11-26h1", client, "DTLS 1.0", on, like_24h2_on),
    neighbour("windows-11-26h1", client, "DTLS 1.2", on, like_24h2_on),
    neighbour("windows-11-26h1", server, "PCT 1.0", not_supported, like_24h2_not_supported),
    neighbour("windows-11-26h1", server, "SSL 2.0", not_supported,
        "no row; neighbour 24H2 is not-supported; any Windows accepts the unified (SSLv2 style) ClientHello even with "
        "SSL 2.0 off"),
    neighbour("windows-11-26h1", server, "SSL 3.0", on_request, like_24h2_on_request),
    undocumented_default("windows-11-26h1", server, "TLS 1.0", like_24h2_perhaps_off),
    undocumented_default("windows-11-26h1", server, "TLS 1.1", like_24h2_perhaps_off),
    neighbour("windows-11-26h1", server, "TLS 1.2", on, like_24h2_on),
    neighbour("windows-11-26h1", server, "TLS 1.3", on, like_24h2_on),
    neighbour("windows-11-26h1", server, "DTLS 1.0", on, like_24h2_on),
    neighbour("windows-11-26h1", server, "DTLS 1.2", on, like_24h2_on),

    // all: every release
    documented("all", client, "DTLS 1.1", not_supported,
        "no such protocol exists; the name appears once as a documentation slip in the DTLS 1.2 section",
        registry_page),
    undocumented_default("all", client, "DTLS 1.3",
        "absent from every support table; key name appears only in the third-party Harvester57 ADMX, which claims "
        "1903+"),
    undocumented_default("all", client, "Multi-Protocol Unified Hello",
        "all versions accept the unified ClientHello regardless of SSL 2.0 state; default for the registry key itself "
        "is undocumented"),
    documented("all", server, "DTLS 1.1", not_supported,
        "no such protocol exists; the name appears once as a documentation slip in the DTLS 1.2 section",
        registry_page),
    undocumented_default("all", server, "DTLS 1.3",
        "absent from every support table; key name appears only in the third-party Harvester57 ADMX, which claims "
        "1903+"),
    documented("all", server, "Multi-Protocol Unified Hello", on,
        "all versions accept the unified ClientHello regardless of SSL 2.0 state; default for the registry key itself "
        "is undocumented"),
};

}  // namespace

std::span<const ProtocolDefault> protocol_defaults() { return table; }

const ProtocolDefault* protocol_default(const Release& release, Role role, std::string_view protocol) {
    for (const ProtocolDefault& row : table) {
        if (row.role == role && (row.release == release.tables() || row.release == every_release) &&
            utf::equal_no_case(row.protocol, protocol)) {
            return &row;
        }
    }
    return nullptr;
}

}  // namespace schancfg::facts
