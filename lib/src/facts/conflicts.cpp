#include "schancfg/facts/conflicts.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

// Columns: id, topic, one answer, its sources, the other answer, its sources, which counts.
constexpr Conflict table[] = {
    {"C1", "DisabledByDefault", "the value is defined",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text); KB245030; "
     "windowsserverdocs identity/ad-fs/operations/Manage-SSL-Protocols-in-AD-FS.md; Microsoft Exchange TLS best "
     "practices (2025 text)", "the value is not mentioned",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)"},
    {"C2", "explicit request of a protocol that is off by default", "allowed",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text); KB245030",
     "the caller cannot widen the system set",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)"},
    {"C3", "cipher and hash gates", "unsupported or discouraged",
     "windowsserverdocs identity/ad-fs/operations/Manage-SSL-Protocols-in-AD-FS.md; "
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)",
     "prescribed", "Microsoft Exchange TLS best practices (2025 text); Microsoft Skype for Business TLSDisable.reg"},
    {"C4", "WinHTTP DefaultSecureProtocols", "applies when the application sets no protocols",
     "MicrosoftDocs/win32:desktop-src/WinHttp/option-flags.md", "applies when the application specifies the option",
     "KB3140245"},
    {"C5", "restart after a change of protocols, ciphers, hashes or suite lists",
     "next credential handle, so restart the service; at once for suite lists set by cmdlet",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); "
     "KB187498; windows-powershell-docs TLS cmdlets; "
     "MicrosoftDocs/win32:desktop-src/SecAuthN/prioritizing-schannel-cipher-suites.md", "restart the computer",
     "windowsserverdocs identity/ad-fs/operations/Manage-SSL-Protocols-in-AD-FS.md; Microsoft Exchange TLS best "
     "practices (2025 text); KB245030; MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/manage-tls.md; "
     "Harvester57/Security-ADMX"},
    {"C6", "first release with DTLS 1.0", "Windows 7 / Server 2008 R2",
     "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)",
     "Windows 8 / Server 2012",
     "windowsserverdocs what-s-new-in-tls-ssl-schannel-ssp-overview.md; MicrosoftDocs/sdk-api schannel.h pages"},
    {"C7", "suites in FIPS mode", "only TLS_RSA_WITH_3DES_EDE_CBC_SHA", "text of the FIPS security policy",
     "AES and GCM suites", "win32 SecAuthN suite pages; NIST SP 800-52r2"},
    {"C8", "TLS 1.0 and 1.1 on Server 2025", "on",
     "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)", "off",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/get-started/removed-deprecated-features-windows-server.md "
     "(2025-09-24)"},
    {"C9", "TLS 1.0 and 1.1 on Server 2022", "on",
     "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20); captures of Server 2022 (build 20348) "
     "by LDAPS and remote desktop", "off",
     "MicrosoftDocs/security:security-docs/engineering/Solving-TLS1-Problem.md",
     "on: captures of untouched servers of build 20348 answer TLS 1.0 and 1.1"},
    {"C10", "SSL 3.0 on Windows 10 and 11", "off from 1607",
     "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)",
     "on (one row for all versions)", "MicrosoftDocs/security:security-docs/engineering/Solving-TLS1-Problem.md",
     "off: the page of 2025 has a row for each version, and the page of changes in 1607 agrees; the other has one row for all versions"},
    {"C11", "SSL 2.0 client on Vista to 7", "off",
     "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)", "on",
     "MicrosoftDocs/security:security-docs/engineering/Solving-TLS1-Problem.md"},
    {"C12", "SCH_USE_STRONG_CRYPTO and TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "allowed",
     "suite pages of Server 2022 and of releases before 1903", "not allowed",
     "suite pages of 1903 and later, Windows 11 and Server 2025"},
    {"C13", "SCH_USE_STRONG_CRYPTO and DES, NULL and export suites", "allowed on 7 to 1507",
     "tables of the suite pages", "filtered", "prose of the same suite pages"},
    {"C14", "SCH_USE_STRONG_CRYPTO and 3DES", "allowed", "suite pages up to Windows 10 22H2", "not allowed",
     "suite pages of Windows 11, Server 2022 and 2025"},
    {"C15", "3DES with SSL 3.0", "TLS only", "win32 SecAuthN suite pages",
     "the protocol list of the suite includes 768 on Server 2016", "microsoft/CSS-Exchange captures"},
    {"C16", "maximum of MessageLimit values", "2^24-1",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text)", "2^16",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)"},
    {"C17", "default of CertificateMappingMethods", "all methods",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text)", "0x18",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); "
     "KB5014754"},
    {"C18", "PSK suites", "enabled", "table headings of the suite pages",
     "none enabled unless the application sets SCH_USE_PRESHAREDKEY_ONLY", "notes of the same suite pages"},
    {"C19", "names with a curve suffix on Windows 10 and later", "overridden by the curve list",
     "win32 SecAuthN suite pages", "dead entries", "microsoft/CSS-Exchange captures"},
    {"C20", "format of the local Functions value", "one comma-separated string",
     "Microsoft Exchange TLS best practices (2025 text)", "one name per string",
     "SYSTEM hives and CSS-Exchange captures"},
    {"C21", "protocols with SchUseStrongCrypto", "TLS 1.0 to 1.2",
     "dotnet/docs:docs/framework/network-programming/tls.md", "TLS 1.1 to 1.3",
     "Microsoft Exchange TLS best practices (2025 text)", "TLS 1.0 to 1.2: .NET's reference source asks for these"},
    {"C22", "which release the ML-KEM builds 28000.2173 and 29550 are", "Windows 11 26H2 and Server 2025", "text of the supported-groups page "
     "(2026-05-20)", "Windows 11 26H1 and Server vNext", "links of the same page",
     "build 28000 is 26H1 by its number; for Server 2025 neither is certain"},
    {"C23", "meaning of 00010002 and 00010003", "signature list and suite list",
     "MicrosoftDocs/win32:desktop-src/SecCNG/cng-interface-identifiers.md", "suite list and signature list",
     "registry data (SYSTEM hives)"},
    {"C24", "SEC_I_CONTINUE_NEEDED_MESSAGE_OK", "0x80090366",
     "MicrosoftDocs/win32:desktop-src/com/com-error-codes-4.md", "0x00090366", "the SEC_I prefix implies severity 0"},
    {"C25", "alert 120", "SEC_E_ILLEGAL_MESSAGE", "name on the alerts page",
     "0x80090367 (SEC_E_APPLICATION_PROTOCOL_MISMATCH)", "value on the same page"},
    {"C26", "place of the weak-algorithm values", "CertDllCreateCertificateChainEngine\\Config",
     "weak cryptographic algorithms page (2025-07)", "CertDllCreateCertificateChainEngine\\Config\\Default",
     "older texts"},
    {"C27", "protocols of Vista's suites", "TLS 1.2 and 1.1 are listed", "suite page of Vista",
     "the release has TLS 1.0 only",
     "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)"},
    {"C28", "name of the SSL 2.0 export suite", "SSL_CK_RC4_128_EXPORT40_MD5", "suite page of Vista",
     "SSL_CK_RC4_128_EXPORT40_WITH_MD5", "suite pages of 7 and later"},
    {"C29", "releases that read EphemKeyReuseTime", "Server 2022 and later", "saotn.org citing Microsoft Q&A 781315",
     "Server 2016 and later", "cquresphere/WindowsInternals"},
    {"C30", "valid suffix names on 8.1 and 2012 R2", "those of the suite page", "suite page of 8.1", "others as well",
     "Exchange and Skype lists"},
    {"C31", "a list without TLS 1.3 suites where TLS 1.3 is on", "connections use TLS 1.2",
     "field practice; the win32 SecAuthN suite pages say only that the highest common version is preferred", "connections fail",
     "diyan/pywinrm#363 (Server 2022 with an IIS Crypto template without TLS 1.3 suites)"},
    {"C32", "SSL 2.0\\Client DisabledByDefault = 1 on an untouched Server 2016", "present",
     "pdqcom/PowerShell-Scanners#92; Crosse/SchannelGroupPolicy#10", "absent on later Windows",
     "SYSTEM hives of Windows 10 1709 and 2004"},
    {"C33", "TLS 1.3 for remote desktop on Server 2022 and Windows 11 21H2", "not spoken",
     "captures of builds 20348 and 22000 against 22621; MS-RDPBCGR 5.4.5", "whatever Schannel has", "TerminalServer.admx names no protocols",
     "not spoken: captures of both builds ended at TLS 1.2"},
};

}  // namespace

std::span<const Conflict> conflicts() { return table; }

const Conflict* find_conflict(std::string_view id) {
    const auto* found =
        std::ranges::find_if(table, [&](const Conflict& row) { return utf::equal_no_case(row.id, id); });
    return found == std::end(table) ? nullptr : found;
}

}  // namespace schancfg::facts
