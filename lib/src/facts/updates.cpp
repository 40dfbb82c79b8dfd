#include "schancfg/facts/updates.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

using enum Confidence;

constexpr std::string_view for_kb187498[] = {"windows-server-2003", "windows-server-2008"};
constexpr std::string_view before_vista[] = {"windows-xp", "windows-server-2003"};
constexpr std::string_view for_kb948963[] = {"windows-server-2003"};
constexpr std::string_view for_kb2643584[] = {"windows-xp", "windows-server-2003", "windows-vista",
    "windows-server-2008", "windows-server-2008-sp2", "windows-7", "windows-server-2008-r2"};
constexpr std::string_view on_7_and_8[] = {"windows-7", "windows-server-2008-r2", "windows-8", "windows-server-2012"};
constexpr std::string_view on_8_1[] = {"windows-8.1", "windows-server-2012-r2"};
constexpr std::string_view on_7_to_8_1[] = {"windows-7", "windows-server-2008-r2", "windows-8", "windows-server-2012",
    "windows-8.1", "windows-server-2012-r2"};
constexpr std::string_view on_2008[] = {"windows-vista", "windows-server-2008", "windows-server-2008-sp2"};
constexpr std::string_view on_2012[] = {"windows-8", "windows-server-2012"};
constexpr std::string_view on_10_2022[] = {"windows-10-20h2", "windows-10-21h1", "windows-10-21h2"};
constexpr std::string_view on_2019[] = {"windows-10-1809", "windows-server-2019"};
constexpr std::string_view on_11_21h2[] = {"windows-11-21h2"};
constexpr std::string_view on_2022[] = {"windows-server-2022"};
constexpr std::string_view on_7[] = {"windows-7", "windows-server-2008-r2"};
constexpr std::string_view for_kb3018238[] = {"windows-server-2008-r2", "windows-server-2012"};
constexpr std::string_view for_kb3121002[] = {"windows-10-1511"};
constexpr std::string_view for_kb3140245[] = {"windows-7", "windows-server-2008-r2", "windows-server-2012"};
constexpr std::string_view for_kb4019276[] = {"windows-server-2008-sp2"};
constexpr std::string_view for_kb4490481[] = {"windows-server-2019"};
constexpr std::string_view for_kb4537806[] = {"windows-10-1607", "windows-server-2016"};
constexpr std::string_view for_kb5017811[] = {"windows-server-2019", "windows-10-20h2", "windows-10-21h1",
    "windows-10-21h2", "windows-10-22h2"};

// Columns: id, other number, article only, subject, releases, the same in words, changes, build, confidence, source.
constexpr Update table[] = {
    {"KB187498", {}, true, "protocols", for_kb187498, "Server 2003, Server 2008",
     "how to disable PCT 1.0, SSL 2.0, SSL 3.0 and TLS 1.0; PCT 1.0 is off by default on Server 2003 and not "
     "configurable on Server 2008", {}, documented, "KB187498"},
    {"KB245030", {}, true, "ciphers", before_vista, "Server 2003 and earlier",
     "the names and data below Protocols, Ciphers, Hashes and KeyExchangeAlgorithms", {}, documented,
     "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030)"},
    {"KB260729", {}, true, "events", {}, "all", "EventLogging and its bits", {}, documented,
     "enable-schannel-event-logging.md (KB260729)"},
    {"KB948963", {}, false, "cipher suites", for_kb948963, "Server 2003",
     "adds the AES suites, and with them the gates AES 128/128 and AES 256/256", {}, documented, "KB948963"},
    {"KB977377", {}, false, "renegotiation", {}, "not stated",
     "adds DisableRenegoOnClient and DisableRenegoOnServer, a stop-gap of 2010", {}, documented, "KB977377"},
    {"KB980436", "MS10-049", false, "renegotiation", before_vista, "XP / 2003; built in from 7 / 2008 R2",
     "adds secure renegotiation (RFC 5746), AllowInsecureRenegoClients, AllowInsecureRenegoServers and UseScsvForTls",
     {}, documented, "KB980436 (MS10-049)"},
    {"KB2643584", "MS12-006", false, "records", for_kb2643584, "XP to 2008 R2",
     "splits records 1/n-1 against BEAST for applications that opt in; adds SendExtraRecord", {}, documented,
     "KB2643584"},
    {"KB2661254", {}, false, "certificates", {}, "XP SP3 and later",
     "blocks RSA keys below 1024 bits in certificate chains; adds MinRsaPubKeyBitLength and EnableWeakSignatureFlags",
     {}, documented, "KB2661254"},
    {"KB2868725", {}, false, "ciphers", on_7_and_8, "7, 2008 R2, 8, 2012",
     "adds the gates RC4 128/128, RC4 56/128 and RC4 40/128", {}, documented, "KB2868725"},
    {"KB2919355", {}, false, "cipher suites", on_8_1, "8.1, 2012 R2", "changes the default suite order", {}, documented,
     "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-cipher-suites-in-windows-8-1.md"},
    {"KB2929781", {}, false, "cipher suites", on_8_1, "8.1, 2012 R2; part of KB2919355",
     "adds suites with GCM and changes the default order", {}, documented,
     "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-cipher-suites-in-windows-8-1.md; title of KB2929781"},
    {"KB2973337", {}, false, "signatures", on_7_to_8_1, "8.1 / 2012 R2 and older",
     "offers SHA-512 signatures in TLS 1.2; before it a SHA-512 certificate breaks TLS 1.2", {}, secondary,
     "two blogs; ToddMaxey/SChannel-settings:README.md"},
    {"KB2977292", {}, false, "eap", on_7_to_8_1, "7 and later", "adds TlsVersion for EAP-TLS", {}, documented,
     "KB3121002"},
    {"KB2992611", "MS14-066", false, "cipher suites", on_7_to_8_1, "7, 2008 R2, 8, 2012, 8.1, 2012 R2",
     "adds TLS_DHE_RSA and TLS_RSA suites with GCM (November 2014); partly withdrawn: they left the defaults of 2008 R2 and 2012 (KB3018238) "
     "and stayed on 2012 R2", {}, secondary, "MS14-066; petri.com"},
    {"KB3018238", {}, false, "cipher suites", for_kb3018238, "2008 R2, 2012 (18 November 2014)",
     "takes the suites that KB2992611 added out of the default list again", {}, secondary, "MS14-066, revision of 2014-11-18; petri.com"},
    {"KB3042058", {}, false, "cipher suites", on_7_and_8, "7, 2008 R2, 8, 2012",
     "changes the default suite order (May 2015)", {}, documented,
     "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-cipher-suites-in-windows-7.md; tls-cipher-suites-in-windows-8.md"},
    {"KB3061518", "MS15-055", false, "key exchange", {}, "older than Windows 10",
     "raises the smallest Diffie-Hellman group that clients accept from 512 to 1024 bits", {}, secondary,
     "secondary sources; the text of the bulletin was not obtainable"},
    {"KB3080079", {}, false, "rdp", on_7, "7, 2008 R2", "lets Remote Desktop Services use TLS 1.1 and 1.2", {},
     documented, "title of KB3080079"},
    {"KB3121002", {}, true, "eap", for_kb3121002, "Windows 10 1511",
     "EAP-TLS uses TLS 1.2 by default from 1511 on; TlsVersion changes it", {}, documented, "KB3121002"},
    {"KB3140245", {}, false, "winhttp", for_kb3140245, "7, 2008 R2, 2012",
     "adds DefaultSecureProtocols, and TLS 1.1 and 1.2 for WinHTTP", {}, documented, "KB3140245"},
    {"KB3154517", {}, false, "dotnet", on_2008, ".NET 2.0 SP2 on Vista SP2 / 2008 SP2", "adds SystemDefaultTlsVersions to .NET 2.0 SP2 and 3.5",
     {}, documented, "title of KB3154517; dotnet/docs:docs/framework/network-programming/tls.md"},
    {"KB3154518", {}, false, "dotnet", on_7, ".NET 3.5.1 on 7 / 2008 R2", "adds SystemDefaultTlsVersions to .NET 3.5",
     {}, documented, "dotnet/docs:docs/framework/network-programming/tls.md"},
    {"KB3154519", {}, false, "dotnet", on_2012, ".NET 3.5 on 8 / 2012", "adds SystemDefaultTlsVersions to .NET 3.5", {}, documented,
     "dotnet/docs:docs/framework/network-programming/tls.md"},
    {"KB3154520", {}, false, "dotnet", on_8_1, ".NET 3.5 on 8.1 / 2012 R2", "adds SystemDefaultTlsVersions to .NET 3.5", {}, documented,
     "dotnet/docs:docs/framework/network-programming/tls.md"},
    {"KB3161639", "KB3161608", false, "cipher suites", on_7_to_8_1, "7, 2008 R2, 2012, 8.1, 2012 R2 (June 2016)",
     "adds TLS_DHE_RSA_WITH_AES_128_CBC_SHA and TLS_DHE_RSA_WITH_AES_256_CBC_SHA to the default list", {}, secondary,
     "title of KB3161639; Cisco document 200656; absent in the list of a Windows 8.1 of 6.3.9600.17031"},
    {"KB3174644", {}, false, "key exchange", {}, "older than Windows 10 1507 / Server 2016",
     "adds ClientMinKeyBitLength and ServerMinKeyBitLength of Diffie-Hellman", {}, documented,
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)"},
    {"KB4019276", {}, false, "protocols", for_kb4019276, "Server 2008 SP2",
     "adds TLS 1.1 and 1.2, off by default: DisabledByDefault = 0 (or Enabled = 1) turns them on", {}, documented,
     "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)"},
    {"KB4032720", {}, true, "http", {}, "Windows 10 / Server 2016 and later",
     "HTTP/2 needs its suites above those of its blocklist; EnableHttp2Tls", {}, documented,
     "MicrosoftDocs/SupportArticles-docs: deploy-custom-cipher-suite-ordering.md (KB4032720)"},
    {"KB4093492", "CVE-2018-0886", true, "credssp", {}, "7, 2008 R2 and later (March to May 2018)",
     "Remote Desktop refuses ends that lack the update; AllowEncryptionOracle lets one reach them once", {}, documented, "KB4093492"},
    {"KB4490481", {}, false, "http", for_kb4490481, "Server 2019",
     "adds per-binding flags, DISABLE_LEGACY_TLS among them", {}, documented,
     "MicrosoftDocs/security:security-docs/engineering/Disable-Legacy-TLS.md"},
    {"KB4528489", {}, true, "extended master secret", {}, "7 / 2008 R2 and later with the updates of October 2019",
     "extended master secret is enforced when a session is resumed; DisableServerExtendedMasterSecret and "
     "DisableClientExtendedMasterSecret turn it off", {}, documented, "KB4528489"},
    {"KB4537806", {}, false, "key exchange", for_kb4537806, "Windows 10 1607 / Server 2016",
     "fixes TLS_DHE handshakes that fail when a leading byte is zero", "14393.3542", documented, "KB4557473"},
    {"KB4540670", {}, false, "key exchange", for_kb4537806, "Windows 10 1607 / Server 2016",
     "fixes TLS_DHE handshakes that fail when a leading byte is zero", "14393.3564", documented, "KB4557473"},
    {"KB4557473", {}, true, "key exchange", {},
     "1507, 8.1, 7, 2012 R2 and older; fixed in 1511 and later, 2016 with KB4537806 or KB4540670, 2019",
     "about 1 TLS_DHE handshake in 256 fails because of a leading zero (event 36888); remove the TLS_DHE suites", {},
     documented, "KB4557473"},
    {"KB5014754", {}, false, "certificates", {}, "2008 R2 and later (May 2022)",
     "CertificateMappingMethods defaults to 0x18 instead of 0x1F", {}, documented,
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); "
     "KB5014754"},
    {"KB5017811", {}, false, "winhttp", for_kb5017811,
     "Windows 10 20H2 and later (another reading: to 21H2), Server 2019 (September 2022)",
     "TLS 1.0 and 1.1 are off by default in WinHTTP", {}, documented, "KB5017811"},
    {"KB5018410", {}, false, "records", on_10_2022, "Windows 10 20H2, 21H1, 21H2 (October 2022)",
     "breaks TLS connections of some clients with SEC_E_ILLEGAL_MESSAGE (0x80090326); corrected by KB5020435", {}, secondary,
     "known issue of the update; git-for-windows/git#4115; getsentry/sentry-cli#1400"},
    {"KB5018418", {}, false, "records", on_11_21h2, "Windows 11 21H2 (October 2022)",
     "breaks TLS connections of some clients with SEC_E_ILLEGAL_MESSAGE (0x80090326); corrected by KB5020387", {}, secondary,
     "known issue of the update; git-for-windows/git#4115; getsentry/sentry-cli#1400"},
    {"KB5018419", {}, false, "records", on_2019, "Windows 10 1809, Server 2019 (October 2022)",
     "breaks TLS connections of some clients with SEC_E_ILLEGAL_MESSAGE (0x80090326); corrected by KB5020438", {}, secondary,
     "known issue of the update; git-for-windows/git#4115; getsentry/sentry-cli#1400"},
    {"KB5018421", {}, false, "records", on_2022, "Server 2022 (October 2022)",
     "breaks TLS connections of some clients with SEC_E_ILLEGAL_MESSAGE (0x80090326); corrected by KB5020436", {}, secondary,
     "known issue of the update; git-for-windows/git#4115; getsentry/sentry-cli#1400"},
    {"KB5020387", {}, false, "records", on_11_21h2, "Windows 11 21H2 (17 October 2022, out of band)",
     "corrects the connections that KB5018418 broke", {}, secondary, "known issue of KB5018418; git-for-windows/git#4115"},
    {"KB5020435", {}, false, "records", on_10_2022, "Windows 10 20H2, 21H1, 21H2 (17 October 2022, out of band)",
     "corrects the connections that KB5018410 broke", {}, secondary, "known issue of KB5018410; git-for-windows/git#4115"},
    {"KB5020436", {}, false, "records", on_2022, "Server 2022 (17 October 2022, out of band)",
     "corrects the connections that KB5018421 broke", {}, secondary, "known issue of KB5018421; git-for-windows/git#4115"},
    {"KB5020438", {}, false, "records", on_2019, "Windows 10 1809, Server 2019 (17 October 2022, out of band)",
     "corrects the connections that KB5018419 broke", {}, secondary, "known issue of KB5018419; git-for-windows/git#4115"},
};

std::string_view without_kb(std::string_view word) {
    if (!utf::equal_no_case(word.substr(0, 2), "KB")) return word;
    word.remove_prefix(2);
    while (word.starts_with(' ') || word.starts_with('-')) word.remove_prefix(1);
    return word;
}

}  // namespace

std::span<const Update> updates() { return table; }

const Update* find_update(std::string_view word) {
    const auto* found = std::ranges::find_if(table, [&](const Update& row) {
        return utf::equal_no_case(row.id, word) || (!row.also.empty() && utf::equal_no_case(row.also, word)) ||
               without_kb(row.id) == without_kb(word);
    });
    return found == std::end(table) ? nullptr : found;
}

bool is_for(const Update& update, const Release& release) {
    return std::ranges::find(update.releases, release.id) != update.releases.end();
}

}  // namespace schancfg::facts
