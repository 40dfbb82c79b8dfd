// The public texts that the rules of the effect rest on, by the short names that the code uses for them.
#pragma once

#include <string_view>

namespace schancfg::effect::sources {

inline constexpr std::string_view tls_registry_2019 =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text)";
inline constexpr std::string_view tls_registry_2023 =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)";
inline constexpr std::string_view refusal =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text); KB245030; "
    "MicrosoftDocs/sdk-api: SCHANNEL_CRED";
inline constexpr std::string_view deprecation = "MicrosoftDocs/win32: tls-10-11-deprecation-in-windows.md";
inline constexpr std::string_view switching_on =
    "MicrosoftDocs/win32: tls-10-11-deprecation-in-windows.md; "
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)";
inline constexpr std::string_view both_switches_on =
    "Exchange Server TLS configuration best practices (Microsoft, 2025 text); "
    "MicrosoftDocs/windowsserverdocs: identity/ad-fs/operations/Manage-SSL-Protocols-in-AD-FS.md";
inline constexpr std::string_view disabled_by_default =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text); KB245030";
inline constexpr std::string_view protocols_page =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)";
inline constexpr std::string_view kb245030 =
    "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030)";
inline constexpr std::string_view security_admx =
    "Harvester57/Security-ADMX:en-US/AdditionalNetworkHardening.adml (third party)";
inline constexpr std::string_view kb4019276 = "KB4019276";
inline constexpr std::string_view tls_cmdlets = "MicrosoftDocs/windows-powershell-docs: docset/winserver2025-ps/TLS";
inline constexpr std::string_view gates =
    "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030); "
    "MicrosoftDocs/windows-powershell-docs: docset/winserver2025-ps/TLS";
// Connections, Remote Desktop's among them, failed with 1 and worked with 0xFFFFFFFF.
inline constexpr std::string_view gate_set_to_1 = "0x6d69636b/windows_hardening#95; fbprogmbh AuditTAP#31";
inline constexpr std::string_view manage_tls = "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/manage-tls.md";
inline constexpr std::string_view prioritizing = "MicrosoftDocs/win32: prioritizing-schannel-cipher-suites.md";
inline constexpr std::string_view suite_pages = "MicrosoftDocs/win32:desktop-src/SecAuthN/cipher-suites-in-schannel.md";
inline constexpr std::string_view server_2016_capture =
    "microsoft/CSS-Exchange:Diagnostics/HealthChecker/Tests/DataCollection/E16/OS/GetAllTlsSettings.xml (build 14393)";
inline constexpr std::string_view gcm_capture =
    "microsoft/CSS-Exchange: Get-TlsCipherSuite on Server 2016 and 2019 shows no hash for GCM suites";
inline constexpr std::string_view exchange =
    "Exchange Server TLS configuration best practices (Microsoft, 2025 text)";
inline constexpr std::string_view fips_policy =
    "MicrosoftDocs/windows-itpro-docs: system-cryptography-use-fips-compliant-algorithms-for-encryption-hashing-and-signing.md";
inline constexpr std::string_view curve_pages = "MicrosoftDocs/win32: tls-elliptic-curves pages";
inline constexpr std::string_view winhttp_options = "MicrosoftDocs/win32:desktop-src/WinHttp/option-flags.md";
inline constexpr std::string_view kb3140245 = "KB3140245";
inline constexpr std::string_view kb5017811 = "KB5017811";
inline constexpr std::string_view reference_source =
    "microsoft/referencesource:System/net/System/Net/ServicePointManager.cs";
inline constexpr std::string_view dotnet_tls = "dotnet/docs:docs/framework/network-programming/tls.md";
inline constexpr std::string_view kb980436 = "KB980436 (MS10-049)";
inline constexpr std::string_view kb977377 = "KB977377";
inline constexpr std::string_view kb4557473 = "KB4557473";
inline constexpr std::string_view kb3080079 = "KB3080079";
inline constexpr std::string_view kb2868725 = "KB2868725";
inline constexpr std::string_view advisory_3174644 = "Microsoft security advisory 3174644 (2016-09-13)";
inline constexpr std::string_view kb3061518 = "KB3061518 (MS15-055), reported by third parties; bulletin text not readable";
inline constexpr std::string_view schannel_changes =
    "MicrosoftDocs/windowsserverdocs: tls-schannel-ssp-changes-in-windows-10-and-windows-server.md";
inline constexpr std::string_view kb2973337 = "KB2973337, as two blogs tell it";
inline constexpr std::string_view signature_list =
    "ToddMaxey/SChannel-settings:README.md; MicrosoftDocs/win32: SecCNG/cng-interface-identifiers.md";
inline constexpr std::string_view kb4528489 = "KB4528489";
// Conflict C31.
inline constexpr std::string_view no_tls13_suites_falls_back =
    "field practice; the win32 SecAuthN suite pages say only that the highest common version is preferred";
inline constexpr std::string_view no_tls13_suites_fails =
    "diyan/pywinrm#363 (Server 2022 with an IIS Crypto template without TLS 1.3 suites)";

}  // namespace schancfg::effect::sources
