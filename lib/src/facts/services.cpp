#include "schancfg/facts/services.hpp"

#include <algorithm>

#include "schancfg/nearest.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

using enum Confidence;
using enum ServiceId;
using enum ServiceChoice;

constexpr std::string_view rdp_words[] = {"remote-desktop", "terminal-services", "termservice", "mstsc", "rds"};
constexpr std::string_view http_words[] = {"https", "iis", "http.sys", "web"};
constexpr std::string_view winrm_words[] = {"wsman", "powershell-remoting", "psremoting"};
constexpr std::string_view ldaps_words[] = {"ldap", "ad", "active-directory", "domain-controller"};
constexpr std::string_view sql_words[] = {"sql-server", "mssql", "tds"};
constexpr std::string_view adfs_words[] = {"ad-fs", "federation"};
constexpr std::string_view proxy_words[] = {"wap", "web-application-proxy", "ad-fs-proxy"};
constexpr std::string_view smtp_words[] = {"exchange-smtp", "exchange", "starttls"};
constexpr std::string_view eap_words[] = {"nps", "radius", "eap-tls", "peap", "802.1x"};

constexpr Service services_table[] = {
    {remote_desktop, "rdp", "Remote Desktop", rdp_words, Role::server, "3389", {}},
    {http, "http", "HTTP.sys and IIS", http_words, Role::server, "443", {}},
    {winrm, "winrm", "WinRM over HTTPS", winrm_words, Role::server, "5986", {}},
    {ldaps, "ldaps", "LDAP over TLS", ldaps_words, Role::server, "636", {}, true},
    {sql_server, "sql", "SQL Server", sql_words, Role::server, "1433", "SQL Server 2022 or later; older ones speak no TLS 1.3"},
    {adfs, "adfs", "AD FS", adfs_words, Role::server, "443", {}, true},
    {adfs_proxy, "adfs-proxy", "AD FS proxy trust", proxy_words, Role::client, "443", {}, true},
    {smtp, "smtp", "SMTP of Exchange", smtp_words, Role::server, "25", "Exchange Server 2019 CU15 or later; older ones do not support TLS 1.3", true},
    {eap, "eap", "EAP of NPS", eap_words, Role::server, {}, {}, true},
};

constexpr std::string_view rdp_captures =
    "captures of remote desktop against build 22621 (builds 20348 and 22000); MS-RDPBCGR 5.4.5";
constexpr std::string_view rdp_rsa_first = "with its self-signed certificate it prefers RSA key exchange";
constexpr std::string_view http_page = "MicrosoftDocs/security:security-docs/engineering/Disable-Legacy-TLS.md";
constexpr std::string_view http13 = "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)";
constexpr std::string_view legacy_flag = "Disable Legacy TLS of a binding leaves TLS 1.2 and 1.3 with AEAD suites";
constexpr std::string_view client_certificates =
    "client certificates are asked for after the handshake, which clients refuse in TLS 1.3 (negotiate them at the start of the connection, "
    "netsh http with clientcertnegotiation=enable, or turn TLS 1.3 off for that binding)";
constexpr std::string_view client_certificate_sources =
    "lithnet/access-manager#227; MicrosoftDocs/security:security-docs/engineering/Disable-Legacy-TLS.md";
constexpr std::string_view winrm_sources =
    "WinRM listens through HTTP.sys (win32 WinRM/installation-and-configuration-for-windows-remote-management); "
    "ansible-collections/ansible.windows#333; diyan/pywinrm#376";
constexpr std::string_view winrm_certificates =
    "certificate authentication fails, since the client's certificate is asked for after the handshake";
constexpr std::string_view ldap_2025 =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/get-started/whats-new-windows-server-2025.md (LDAP support for TLS 1.3)";
constexpr std::string_view sql_page =
    "MicrosoftDocs/sql-docs:docs/relational-databases/security/networking/tls-1-3.md (2023-12-19); MicrosoftDocs/sql-docs#9474";
constexpr std::string_view sql_narrows =
    "SQL Server 2022 speaks TLS 1.3 with TDS 8.0 (strict encryption) alone, 2019 and older do not; its satellite services need TLS 1.2";
constexpr std::string_view exchange_page = "Microsoft Exchange TLS best practices (2025-04-25)";
constexpr std::string_view exchange_narrows = "TLS 1.2 has to stay on";
constexpr std::string_view exchange_13 = "Exchange Server 2019 CU12 to CU14 do not support it; CU15 does";
constexpr std::string_view adfs_page =
    "windowsserverdocs identity/ad-fs/operations/Manage-SSL-Protocols-in-AD-FS.md (names no TLS 1.3)";
constexpr std::string_view wap = "MicrosoftDocs/windowsserverdocs#6342";
constexpr std::string_view wap_13 = "fails while TLS 1.3 is on for clients";
constexpr std::string_view wap_old = "without .NET strong crypto it offers TLS 1.0 alone";
constexpr std::string_view eap_client = "MicrosoftDocs/windows-itpro-docs:windows/client-management/mdm/policy-csp-eap.md (AllowTLS1_3)";
constexpr std::string_view eap_narrows =
    "TlsVersion below RasMan\\PPP\\EAP\\13 has the last word; clients offer TLS 1.3 from Windows 11 on";
constexpr std::string_view eap_old = "KB2977292; KB3121002";

constexpr std::string_view last_before_13 = "windows-10-22h2";

// Columns: service, from, to, choice, newest, what else, confidence, source, update, newest without it,
// trouble with TLS 1.3, RSA first. Up to Windows 10 22H2 and Server 2019 Schannel itself ends at
// TLS 1.2. The first row that holds counts.
constexpr ServiceReach table[] = {
    {remote_desktop, {}, "windows-server-2008-sp2", up_to, "TLS 1.0", {}, documented, "title of KB3080079 (TLS 1.1 and 1.2 come to 7 and 2008 R2)"},
    {remote_desktop, "windows-7", "windows-server-2008-r2", up_to, "TLS 1.2", "TLS 1.1 and 1.2 need KB3080079", documented, "title of KB3080079",
     "KB3080079", "TLS 1.0"},
    {remote_desktop, "windows-8", "windows-10-1909", schannel, {}, {}, derived, "TerminalServer.admx names no protocols; Schannel decides"},
    {remote_desktop, "windows-10-2004", last_before_13, schannel, {}, rdp_rsa_first, observed, "captures of remote desktop (builds 19041 to 19045)",
     {}, {}, {}, true},
    {remote_desktop, "windows-server-2022", "windows-11-21h2", up_to, "TLS 1.2", rdp_rsa_first, observed, rdp_captures, {}, {}, {}, true},
    {remote_desktop, "windows-11-22h2", "windows-11-22h2", schannel, {}, rdp_rsa_first, observed, rdp_captures, {}, {}, {}, true},
    {remote_desktop, "windows-11-23h2", {}, schannel, {}, {}, inferred_from_neighbour, rdp_captures},

    {http, {}, "windows-10-1803", schannel, {}, {}, documented, http_page},
    {http, "windows-10-1809", last_before_13, schannel, {}, legacy_flag, documented, http_page},
    {http, "windows-server-2022", "windows-11-23h2", schannel, {}, legacy_flag, documented, client_certificate_sources,
     {}, {}, client_certificates},
    {http, "windows-server-23h2", "windows-server-23h2", schannel, {}, legacy_flag, inferred_from_neighbour,
     client_certificate_sources, {}, {}, client_certificates},
    {http, "windows-11-24h2", {}, schannel, {}, legacy_flag, documented, http13, {}, {}, client_certificates},

    {winrm, {}, last_before_13, schannel, {}, {}, derived, winrm_sources},
    {winrm, "windows-server-2022", {}, schannel, {}, {}, secondary, winrm_sources, {}, {}, winrm_certificates},

    {ldaps, {}, last_before_13, schannel, {}, {}, derived, "Schannel ends at TLS 1.2 there; captures of Server 2022 by LDAPS"},
    {ldaps, "windows-server-2022", "windows-server-23h2", not_documented, {}, {}, undocumented,
     "TLS 1.3 for LDAP is named as new in Server 2025 (windowsserverdocs whats-new-windows-server-2025.md); of 2022 nothing is said"},
    {ldaps, "windows-11-24h2", {}, schannel, {}, {}, documented, ldap_2025},

    {sql_server, {}, last_before_13, schannel, {}, {}, documented, sql_page},
    {sql_server, "windows-server-2022", {}, schannel, {}, sql_narrows, documented, sql_page},

    {adfs, {}, last_before_13, schannel, {}, {}, documented, adfs_page},
    {adfs, "windows-server-2022", {}, not_documented, {}, {}, undocumented, adfs_page},

    {adfs_proxy, {}, last_before_13, schannel, {}, wap_old, documented, adfs_page},
    {adfs_proxy, "windows-server-2022", {}, not_documented, {}, {}, secondary, wap, {}, {}, wap_13},

    {smtp, {}, last_before_13, schannel, {}, {}, documented, exchange_page},
    {smtp, "windows-server-2022", {}, not_documented, {}, exchange_narrows, documented, exchange_page, {}, {}, exchange_13},

    {eap, {}, "windows-10-1507", up_to, "TLS 1.2", "TLS 1.0 by default; TlsVersion adds TLS 1.1 and 1.2", documented, eap_old},
    {eap, "windows-10-1511", last_before_13, schannel, {}, "TlsVersion below RasMan\\PPP\\EAP\\13 has the last word", documented, eap_old},
    {eap, "windows-server-2022", {}, not_documented, {}, eap_narrows, undocumented, eap_client},
};

const Build& build_of(std::string_view id) { return find_release(id)->build; }

bool holds(const ServiceReach& row, const Release& release) {
    return (row.from.empty() || build_of(row.from) <= release.build) && (row.to.empty() || release.build <= build_of(row.to));
}

}  // namespace

std::span<const Service> services() { return services_table; }

const Service* find_service(std::string_view word) {
    const auto same = [&](std::string_view name) { return name.size() == word.size() && utf::equal_no_case(name, word); };
    const auto* found = std::ranges::find_if(services_table, [&](const Service& row) {
        return same(row.word) || same(row.name) || std::ranges::any_of(row.aliases, same);
    });
    return found == std::end(services_table) ? nullptr : found;
}

const Service& service(ServiceId id) { return *std::ranges::find(services_table, id, &Service::id); }

std::string_view nearest_service(std::string_view word) {
    Nearest search(word);
    for (const Service& row : services_table) {
        search.offer(row.word);
        for (const std::string_view alias : row.aliases) search.offer(alias, row.word);
    }
    return search.best();
}

std::span<const ServiceReach> service_reaches() { return table; }

const ServiceReach& service_reach(ServiceId service, const Release& release) {
    return *std::ranges::find_if(table, [&](const ServiceReach& row) { return row.service == service && holds(row, release); });
}

Speaks speaks(const ServiceReach& reach, std::string_view protocol) {
    switch (reach.choice) {
        case schannel: return Speaks::yes;
        case up_to: return protocol <= reach.newest ? Speaks::yes : Speaks::no;  // `SSL 3.0` < `TLS 1.0` < `TLS 1.3`
        case not_documented: break;
    }
    return protocol < "TLS 1.3" ? Speaks::yes : Speaks::not_known;
}

}  // namespace schancfg::facts
