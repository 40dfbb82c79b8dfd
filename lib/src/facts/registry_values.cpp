#include "schancfg/facts/registry_values.hpp"

namespace schancfg::facts {
namespace {

using enum Confidence;

// Keys.
constexpr std::string_view schannel = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
constexpr std::string_view chain_engine_config =
    "SOFTWARE\\Microsoft\\Cryptography\\OID\\EncodingType 0\\CertDllCreateCertificateChainEngine\\Config";
constexpr std::string_view messaging = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Messaging";
constexpr std::string_view local_suites =
    "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002";
constexpr std::string_view local_signatures =
    "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010003";
constexpr std::string_view policy_suites = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
constexpr std::string_view terminal_services_policy = "SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services";
constexpr std::string_view rdp_listener = "SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp";
constexpr std::string_view http_parameters = "SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters";
constexpr std::string_view quic_parameters = "SYSTEM\\CurrentControlSet\\Services\\MsQuic\\Parameters";
constexpr std::string_view diffie_hellman =
    "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman";
constexpr std::string_view pkcs =
    "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\PKCS";
constexpr std::string_view ecdh =
    "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\ECDH";
constexpr std::string_view fips_key = "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy";
constexpr std::string_view internet_policy =
    "SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
constexpr std::string_view dotnet2 = "SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727";
constexpr std::string_view dotnet4 = "SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319";
constexpr std::string_view dotnet2_32 = "SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v2.0.50727";
constexpr std::string_view dotnet4_32 = "SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319";
constexpr std::string_view winhttp = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp";
constexpr std::string_view winhttp_32 =
    "SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp";

// Sources.
constexpr std::string_view src_tls_registry_2023 =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)";
constexpr std::string_view src_tls_registry =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); "
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text)";
constexpr std::string_view src_tls_registry_2019 =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text)";
constexpr std::string_view src_kb245030_2023 =
    "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030); "
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)";
constexpr std::string_view src_kb245030_adml =
    "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030); KB187498; "
    "Harvester57/Security-ADMX:en-US/AdditionalNetworkHardening.adml (third party)";
constexpr std::string_view src_adml = "Harvester57/Security-ADMX:en-US/AdditionalNetworkHardening.adml (third party)";
constexpr std::string_view src_dsc_adml_2023 =
    "dsccommunity/SChannelDsc; Harvester57/Security-ADMX:en-US/AdditionalNetworkHardening.adml (third party); "
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)";
constexpr std::string_view src_dsc_adml =
    "dsccommunity/SChannelDsc; Harvester57/Security-ADMX:en-US/AdditionalNetworkHardening.adml (third party)";
constexpr std::string_view src_dotnet = "dotnet/docs:docs/framework/network-programming/tls.md";
constexpr std::string_view src_weak_algorithms =
    "MicrosoftDocs/windowsserverdocs weak cryptographic algorithms page (2025-07)";
constexpr std::string_view src_msquic = "microsoft/msquic:docs/Versions.md";

// Wordings that several rows share.
constexpr std::string_view message_bytes = "bytes; 0 = reject fragmented messages";
constexpr std::string_view message_limits =
    "maximum is 2^24-1 in 2019 text, 2^16 in 2023 text; text says bit length though unit is bytes; key absent by "
    "default";
constexpr std::string_view protocol_switch =
    "0 off; 1 on; 0xFFFFFFFF on (legacy form); any nonzero read as on by CSS-Exchange";
constexpr std::string_view reboot_disputed =
    "reboot: 2023 text = new credential handles only; AD FS page, Exchange, ADMX = reboot";
constexpr std::string_view zero_unless_off = "0 unless the OS default is off";
constexpr std::string_view gone_in_2023 =
    "described in 2019 text and KB245030; the 2023 text no longer mentions this value";
constexpr std::string_view until_2003_ignored = "2003 and earlier (ignored later)";
constexpr std::string_view release_default = "the default of the release";
constexpr std::string_view until_1511 = "up to Windows 10 1511";
constexpr std::string_view since_7 = "2008 SP2 with KB4019276, 7 / 2008 R2+";
constexpr std::string_view since_2022 = "Windows 11, Server 2022+ only";
constexpr std::string_view since_7_or_8 = "7 / 2008 R2+ (another page says 8 / 2012+)";
constexpr std::string_view since_1607 = "Windows 10 1607 / Server 2016+";
constexpr std::string_view cipher_switch = "0 off; 0xFFFFFFFF on (documented); 1 on (accepted by tools)";
constexpr std::string_view switch_on_off = "0 off; 0xFFFFFFFF on; 1 on (accepted by tools)";
constexpr std::string_view hash_releases = "all (MD5, SHA); Vista+ (others)";
constexpr std::string_view hash_notes =
    "2023 text: control hashes through the suite order; PowerShell TLS docs say disabling a hash here removes its "
    "suites; effect on AEAD suites and on signatures undocumented";
constexpr std::string_view kex_unsupported =
    "AD FS page: switching key exchange through the registry is unsupported apart from key sizes";
constexpr std::string_view since_1507 = "Windows 10 1507 / Server 2016+";
constexpr std::string_view strong_crypto_meaning = "client credential gets SCH_USE_STRONG_CRYPTO";
constexpr std::string_view strong_crypto_notes =
    "dotnet page: allows TLS 1.0-1.2; Exchange page: TLS 1.1-1.3; client only; restart process";
constexpr std::string_view system_default_meaning = "let Schannel pick versions";
constexpr std::string_view system_default_notes =
    "3.5 needs an update on 7 / 2008 R2 (KB3154518); 4.x and 2.0 keys are independent";
constexpr std::string_view quic_versions = "little-endian 32-bit versions";
constexpr std::string_view in_box_msquic = "Windows 11 / 2022+ in-box msquic.sys";
constexpr std::string_view quic_notes = "code settings override; per application subkey possible";
constexpr std::string_view since_kb2661254 = "XP SP3+ with KB2661254";
constexpr std::string_view weak_flags =
    "0x80000000 settings on, 0x4 log, 0x8 audit log only, 0x10000 all EKU, 0x40000 opt-in server auth, 0x100000 server "
    "auth, 0x400000 code signing, 0x800000 downloaded code signing, 0x4000000 time stamp, 0x8000000 downloaded time "
    "stamp";
constexpr std::string_view built_in = "not set (OS built in)";
constexpr std::string_view weak_blocking = "weak algorithm blocking";
constexpr std::string_view config_default = "older texts put the values under Config\\Default";
constexpr std::string_view after_time = "apply after this time";
constexpr std::string_view thumbprints = "SHA-256 thumbprints";
constexpr std::string_view cipher_notes =
    "written as 0xFFFFFFFF to enable in KB245030 and SChannelDsc; 1 also read as on; literal forward slash belongs to "
    "the name (PowerShell drive paths split on it; some tools wrongly create U+2215); 2023 text: control ciphers "
    "through the suite order instead; KB245030 says immediate effect and, later, reboot";
constexpr std::string_view rc4_notes =
    "written as 0xFFFFFFFF to enable in KB245030 and SChannelDsc; 1 also read as on; literal forward slash belongs to "
    "the name (PowerShell drive paths split on it; some tools wrongly create U+2215); KB2868725 back-ports this switch "
    "to 7 / 2008 R2 / 8 / 2012; 2023 text: control ciphers through the suite order instead; KB245030 says immediate "
    "effect and, later, reboot";
constexpr std::string_view winhttp_defaults = "Windows 11: 0x2800; Windows 10 / 8.1: 0xAA0; Windows 8 / 7: 0xA0";

constexpr RegistryValue table[] = {
    // schannel-root
    {"schannel-root", "HKLM", schannel, "EventLogging", "REG_DWORD",
     "0-7 bitmask: 1 error, 2 warning, 4 informational and success", "1 (value normally present as 1)",
     "which Schannel events reach the System log", "all", "y", documented,
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); "
     "enable-schannel-event-logging.md (KB260729)", "0 = none; 7 = all; 3 suggested for client certificate faults"},
    {"schannel-root", "HKLM", schannel, "CertificateMappingMethods", "REG_DWORD",
     "bitmask: 0x1 subject/issuer, 0x2 issuer, 0x4 UPN, 0x8 S4U2Self, 0x10 S4U2Self explicit", "0x18",
     "which client certificate to account mappings run", "2008 R2+ (bit set as of May 2022 updates)", "unknown",
     documented,
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); "
     "KB5014754", "conflict: 2019 text says all methods are on when absent (0x1F before KB5014754)"},
    {"schannel-root", "HKLM", schannel, "ClientAuthTrustMode", "REG_DWORD",
     "0 machine trust, 1 exclusive root trust, 2 exclusive CA trust", "0", "trust model for client certificates",
     "2012 / 8+", "unknown", documented,
     "MicrosoftDocs/windowsserverdocs: what-s-new-in-tls-ssl-schannel-ssp-overview.md",
     "2 required for WinRM source-initiated event forwarding with a specific CA (win32 WEC page)"},
    {"schannel-root", "HKLM", schannel, "ClientCacheTime", "REG_DWORD", "milliseconds; 0 = off", "36000000 (10 h)",
     "client session cache lifetime", "Vista / 2008+", "unknown", documented, src_tls_registry_2023,
     "not created by default"},
    {"schannel-root", "HKLM", schannel, "ServerCacheTime", "REG_DWORD", "milliseconds; 0 = off", "36000000 (10 h)",
     "server session cache lifetime", "Vista / 2008+", "unknown", documented, src_tls_registry_2023,
     "not created by default; caching also affected by MaximumCacheSize"},
    {"schannel-root", "HKLM", schannel, "MaximumCacheSize", "REG_DWORD", "element count; 0 = server cache off", "20000",
     "maximum cached sessions", "Vista / 2008+", "unknown", documented, src_tls_registry_2023,
     "2-4 KB per element (default about 40-80 MB)"},
    {"schannel-root", "HKLM", schannel, "IssuerCacheSize", "REG_DWORD", "element count", "100",
     "issuer name cache size", "Vista / 2008+", "unknown", documented, src_tls_registry_2023, {}},
    {"schannel-root", "HKLM", schannel, "IssuerCacheTime", "REG_DWORD", "milliseconds", "600000 (10 min)",
     "issuer cache lifetime", "Vista / 2008+", "unknown", documented, src_tls_registry_2023, {}},
    {"schannel-root", "HKLM", schannel, "SendTrustedIssuerList", "REG_DWORD", "0 / 1",
     "0 on 2012 / 8+; 1 on 2008 R2 / 7 and earlier", "server sends its trusted CA names in the certificate request",
     "all", "unknown", documented,
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); "
     "MicrosoftDocs/windowsserverdocs: what-s-new-in-tls-ssl-schannel-ssp-overview.md",
     "list limited to 16 KB; event 36885 when truncated"},
    {"schannel-root", "HKLM", schannel, "EnableOcspStaplingForSni", "REG_DWORD", "0 / 1", "0",
     "OCSP stapling for SNI and central certificate store bindings", "2012 / 8+", "unknown", documented,
     src_tls_registry_2023, "plain bindings staple by default"},
    {"schannel-root", "HKLM", schannel, "AllowInsecureRenegoClients", "REG_DWORD", "0 strict; nonzero compatible",
     "compatible (nonzero)", "server role: accept clients without RFC 5746", "XP/2003 with KB980436, 7/2008 R2+",
     "unknown", documented, "KB980436 (MS10-049)", "Exchange and Skype baselines set 0"},
    {"schannel-root", "HKLM", schannel, "AllowInsecureRenegoServers", "REG_DWORD", "0 strict; nonzero compatible",
     "compatible (nonzero)", "client role: accept servers without RFC 5746", "XP/2003 with KB980436, 7/2008 R2+",
     "unknown", documented, "KB980436 (MS10-049)", "0 makes client drop unpatched servers"},
    {"schannel-root", "HKLM", schannel, "DisableRenegoOnClient", "REG_DWORD", "0 allow; nonzero disable", "0 (allow)",
     "client refuses renegotiation", "with KB977377 and later", "unknown", documented, "KB977377",
     "stop-gap of 2010; breaks client-certificate-on-demand"},
    {"schannel-root", "HKLM", schannel, "DisableRenegoOnServer", "REG_DWORD", "0 allow; nonzero disable", "0 (allow)",
     "server refuses renegotiation", "with KB977377 and later", "unknown", documented, "KB977377",
     "breaks IIS client certificate negotiation after handshake"},
    {"schannel-root", "HKLM", schannel, "UseScsvForTls", "REG_DWORD",
     "0; nonzero = send SCSV instead of renegotiation_info extension", "0",
     "client signals RFC 5746 through TLS_EMPTY_RENEGOTIATION_INFO_SCSV with no extension", "with KB980436 and later",
     "unknown", secondary, "KB980436; NetSekure blog", "third-party scripts mislabel it as RFC 7507 fallback SCSV"},
    {"schannel-root", "HKLM", schannel, "SendExtraRecord", "REG_DWORD", "0 opt-in applications only; 1 all; 2 off", "0",
     "1/n-1 record split against BEAST", "XP to 2008 R2 with KB2643584 (MS12-006)", "unknown", documented, "KB2643584",
     "meaning of 1 undocumented in the text read; value sits in SCHANNEL root"},
    {"schannel-root", "HKLM", schannel, "DisableServerExtendedMasterSecret", "REG_DWORD", "0 EMS on; nonzero off", "0",
     "turn off RFC 7627 in server role", "7 / 2008 R2+ with Oct 2019 updates", "unknown", documented, "KB4528489",
     "work-around for resumption failures, alert 20, event 36887"},
    {"schannel-root", "HKLM", schannel, "DisableClientExtendedMasterSecret", "REG_DWORD", "0 EMS on; nonzero off", "0",
     "turn off RFC 7627 in client role", "7 / 2008 R2+ with Oct 2019 updates", "unknown", documented, "KB4528489", {}},
    {"schannel-root", "HKLM", schannel, "MachineID", "REG_DWORD", "any except 0xFFFFFFFF", "undocumented",
     "server id placed in second DWORD of session ID for load balancers", "Vista+", "unknown", documented,
     "MicrosoftDocs/win32:desktop-src/SecAuthN/load-balancing-using-schannel.md", {}},
    {"schannel-root", "HKLM", schannel, "DisableCompression", "REG_DWORD", "0 / 1", "undocumented",
     "claimed to switch off TLS compression", "none known", "unknown", folklore,
     "cquresphere/WindowsInternals:Security/Harden-SchannelSecurity-MS.ps1 (third party)",
     "no Microsoft source; Schannel is not documented to implement TLS compression"},
    {"schannel-root", "HKLM", schannel, "EnableSessionTicket", "REG_DWORD", "undocumented", "undocumented",
     "claimed RFC 5077 switch", "8.1 / 2012 R2+", "unknown", folklore, "no Microsoft source located",
     "documented controls are the TLS cmdlets (Enable-TlsSessionTicketKey) and the HTTP.sys per-binding flag"},
    {"schannel-root", "HKLM", schannel, "FipsAlgorithmPolicy", {}, {}, {}, "not a SCHANNEL value", {}, "unknown",
     negative, src_tls_registry_2019,
     "lives under Control\\Lsa; listed here because the 2019 TLS page mentions it next to SCHANNEL values"},

    // schannel-messaging
    {"schannel-messaging", "HKLM", messaging, "MessageLimitClient", "REG_DWORD", message_bytes, "0x8000 (32768)",
     "client: largest fragmented handshake message accepted", "not stated", "unknown", documented,
     src_tls_registry_2023, message_limits},
    {"schannel-messaging", "HKLM", messaging, "MessageLimitServer", "REG_DWORD", message_bytes, "0x4000 (16384)",
     "server without client authentication", "not stated", "unknown", documented, src_tls_registry_2023,
     message_limits},
    {"schannel-messaging", "HKLM", messaging, "MessageLimitServerClientAuth", "REG_DWORD", message_bytes,
     "0x8000 (32768)", "server with client authentication", "not stated", "unknown", documented, src_tls_registry_2023,
     message_limits},

    // protocols
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\Multi-Protocol Unified Hello\\Client",
     "Enabled", "REG_DWORD", protocol_switch, "undocumented",
     "pseudo protocol for SSLv2-format ClientHello, client role: 0 denies even when an application asks", "all",
     "conflict", secondary, src_kb245030_adml, reboot_disputed},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\Multi-Protocol Unified Hello\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "pseudo protocol for SSLv2-format ClientHello, client role: 1 keeps it out of the default set; application naming "
     "it explicitly may still use it", "all", "conflict", secondary, src_kb245030_adml, gone_in_2023},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\Multi-Protocol Unified Hello\\Server",
     "Enabled", "REG_DWORD", protocol_switch, "undocumented",
     "pseudo protocol for SSLv2-format ClientHello, server role: 0 denies even when an application asks", "all",
     "conflict", secondary, src_kb245030_adml, reboot_disputed},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\Multi-Protocol Unified Hello\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "pseudo protocol for SSLv2-format ClientHello, server role: 1 keeps it out of the default set; application naming "
     "it explicitly may still use it", "all", "conflict", secondary, src_kb245030_adml, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\PCT 1.0\\Client",
     "Enabled", "REG_DWORD", protocol_switch, "not supported Vista+; off on Server 2003",
     "Private Communications Technology, client role: 0 denies even when an application asks", until_2003_ignored,
     "conflict", secondary, src_kb245030_adml, reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\PCT 1.0\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "Private Communications Technology, client role: 1 keeps it out of the default set; application naming it "
     "explicitly may still use it", until_2003_ignored, "conflict", secondary, src_kb245030_adml, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\PCT 1.0\\Server",
     "Enabled", "REG_DWORD", protocol_switch, "not supported Vista+; off on Server 2003",
     "Private Communications Technology, server role: 0 denies even when an application asks", until_2003_ignored,
     "conflict", secondary, src_kb245030_adml, reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\PCT 1.0\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "Private Communications Technology, server role: 1 keeps it out of the default set; application naming it "
     "explicitly may still use it", until_2003_ignored, "conflict", secondary, src_kb245030_adml, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Client",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "SSL 2.0, client role: 0 denies even when an application asks", until_1511, "conflict", documented,
     src_tls_registry, reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "SSL 2.0, client role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     until_1511, "conflict", documented, src_tls_registry_2019,
     "described in 2019 text and KB245030; the 2023 text no longer mentions this value; value 1 reported as present "
     "out of the box (tmccamant/Windows-TLS:Default-SSL.ps1, secondary)"},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Server",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "SSL 2.0, server role: 0 denies even when an application asks", until_1511, "conflict", documented,
     src_tls_registry, reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "SSL 2.0, server role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     until_1511, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 3.0\\Client",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "SSL 3.0, client role: 0 denies even when an application asks", "all", "conflict", documented, src_tls_registry,
     reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 3.0\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "SSL 3.0, client role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     "all", "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 3.0\\Server",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "SSL 3.0, server role: 0 denies even when an application asks", "all", "conflict", documented, src_tls_registry,
     reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 3.0\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "SSL 3.0, server role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     "all", "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Client",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "TLS 1.0, client role: 0 denies even when an application asks", "all", "conflict", documented, src_tls_registry,
     reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "TLS 1.0, client role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     "all", "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "TLS 1.0, server role: 0 denies even when an application asks", "all", "conflict", documented, src_tls_registry,
     reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "TLS 1.0, server role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     "all", "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.1\\Client",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "TLS 1.1, client role: 0 denies even when an application asks", since_7, "conflict", documented, src_tls_registry,
     reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.1\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "TLS 1.1, client role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_7, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.1\\Server",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "TLS 1.1, server role: 0 denies even when an application asks", since_7, "conflict", documented, src_tls_registry,
     reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.1\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "TLS 1.1, server role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_7, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "TLS 1.2, client role: 0 denies even when an application asks", since_7, "conflict", documented, src_tls_registry,
     reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "TLS 1.2, client role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_7, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "TLS 1.2, server role: 0 denies even when an application asks", since_7, "conflict", documented, src_tls_registry,
     reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "TLS 1.2, server role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_7, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.3\\Client",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "TLS 1.3, client role: 0 denies even when an application asks", since_2022, "conflict", documented,
     src_tls_registry, reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.3\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "TLS 1.3, client role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_2022, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.3\\Server",
     "Enabled", "REG_DWORD", protocol_switch, release_default,
     "TLS 1.3, server role: 0 denies even when an application asks", since_2022, "conflict", documented,
     src_tls_registry, reboot_disputed},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.3\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "TLS 1.3, server role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_2022, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.0\\Client", "Enabled",
     "REG_DWORD", protocol_switch, release_default, "DTLS 1.0, client role: 0 denies even when an application asks",
     since_7_or_8, "conflict", documented, src_tls_registry, reboot_disputed},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.0\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "DTLS 1.0, client role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_7_or_8, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.0\\Server", "Enabled",
     "REG_DWORD", protocol_switch, release_default, "DTLS 1.0, server role: 0 denies even when an application asks",
     since_7_or_8, "conflict", documented, src_tls_registry, reboot_disputed},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.0\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "DTLS 1.0, server role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_7_or_8, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.2\\Client", "Enabled",
     "REG_DWORD", protocol_switch, release_default, "DTLS 1.2, client role: 0 denies even when an application asks",
     since_1607, "conflict", documented, src_tls_registry, reboot_disputed},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.2\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "DTLS 1.2, client role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_1607, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.2\\Server", "Enabled",
     "REG_DWORD", protocol_switch, release_default, "DTLS 1.2, server role: 0 denies even when an application asks",
     since_1607, "conflict", documented, src_tls_registry, reboot_disputed},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.2\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "DTLS 1.2, server role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     since_1607, "conflict", documented, src_tls_registry_2019, gone_in_2023},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.3\\Client", "Enabled",
     "REG_DWORD", protocol_switch, "undocumented", "DTLS 1.3, client role: 0 denies even when an application asks",
     "undocumented", "conflict", third_party_only, src_adml, reboot_disputed},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.3\\Client",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "DTLS 1.3, client role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     "undocumented", "conflict", third_party_only, src_adml, gone_in_2023},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.3\\Server", "Enabled",
     "REG_DWORD", protocol_switch, "undocumented", "DTLS 1.3, server role: 0 denies even when an application asks",
     "undocumented", "conflict", third_party_only, src_adml, reboot_disputed},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.3\\Server",
     "DisabledByDefault", "REG_DWORD", "0 / 1", zero_unless_off,
     "DTLS 1.3, server role: 1 keeps it out of the default set; application naming it explicitly may still use it",
     "undocumented", "conflict", third_party_only, src_adml, gone_in_2023},
    {"protocols", "HKLM",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\DTLS 1.1\\{Client,Server}", "Enabled",
     {}, {}, {}, "no such protocol", "none", "unknown", negative, src_tls_registry_2023,
     "name slips into the DTLS 1.2 paragraph of the Microsoft page"},
    {"protocols", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\<name>",
     "Enabled / DisabledByDefault", "REG_DWORD", {}, {},
     "values placed on the protocol key instead of Client or Server", "none", "unknown", folklore,
     "seen in public .reg files", "no documented effect; lint candidate"},

    // ciphers
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\NULL", "Enabled",
     "REG_DWORD", cipher_switch, "off (KB245030: absent = off for NULL)", "no encryption", "NT4 to current", "conflict",
     documented, src_kb245030_2023, cipher_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\DES 56/56",
     "Enabled", "REG_DWORD", cipher_switch, "enabled", "DES-CBC 56", "all", "conflict", documented, src_kb245030_2023,
     "written as 0xFFFFFFFF to enable in KB245030 and SChannelDsc; 1 also read as on; literal forward slash belongs to "
     "the name (PowerShell drive paths split on it; some tools wrongly create U+2215); KB heading says DES 56, key "
     "name is DES 56/56; 2023 text: control ciphers through the suite order instead; KB245030 says immediate effect "
     "and, later, reboot"},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC2 40/128",
     "Enabled", "REG_DWORD", cipher_switch, "enabled on 2003 and earlier; no RC2 suites on Vista+", "RC2 40",
     "2003 and earlier", "conflict", documented, src_kb245030_2023, cipher_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC2 56/128",
     "Enabled", "REG_DWORD", cipher_switch, "enabled on 2003 and earlier", "RC2 56", "2003 and earlier", "conflict",
     documented, src_kb245030_2023, cipher_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC2 128/128",
     "Enabled", "REG_DWORD", cipher_switch, "enabled on 2003 and earlier", "RC2 128", "2003 and earlier", "conflict",
     documented, src_kb245030_2023, cipher_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC4 40/128",
     "Enabled", "REG_DWORD", cipher_switch, "enabled", "RC4 40", "all", "conflict", documented, src_kb245030_2023,
     rc4_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC4 56/128",
     "Enabled", "REG_DWORD", cipher_switch, "enabled", "RC4 56", "all", "conflict", documented, src_kb245030_2023,
     rc4_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC4 64/128",
     "Enabled", "REG_DWORD", cipher_switch, "enabled", "RC4 64", "all", "conflict", documented, src_kb245030_2023,
     cipher_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC4 128/128",
     "Enabled", "REG_DWORD", cipher_switch, "enabled (suites off by default from 1709)", "RC4 128", "all", "conflict",
     documented, src_kb245030_2023, rc4_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\Triple DES 168",
     "Enabled", "REG_DWORD", cipher_switch, "enabled", "3DES", "Vista / 2008+", "conflict", documented,
     src_kb245030_2023,
     "written as 0xFFFFFFFF to enable in KB245030 and SChannelDsc; 1 also read as on; literal forward slash belongs to "
     "the name (PowerShell drive paths split on it; some tools wrongly create U+2215); KB245030 FIPS paragraph still "
     "uses the 168/168 name; 2023 text: control ciphers through the suite order instead; KB245030 says immediate "
     "effect and, later, reboot"},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\Triple DES 168/168",
     "Enabled", "REG_DWORD", cipher_switch, "enabled", "3DES", "2003 and earlier", "conflict", documented,
     src_kb245030_2023,
     "written as 0xFFFFFFFF to enable in KB245030 and SChannelDsc; 1 also read as on; literal forward slash belongs to "
     "the name (PowerShell drive paths split on it; some tools wrongly create U+2215); KB245030 FIPS paragraph still "
     "uses the 168/168 name; 2023 text: control ciphers through the suite order instead; KB245030 says immediate "
     "effect and, later, reboot"},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\AES 128/128",
     "Enabled", "REG_DWORD", cipher_switch, "enabled", "AES 128", "2003 with KB948963, Vista+", "conflict", secondary,
     src_dsc_adml_2023, cipher_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\AES 256/256",
     "Enabled", "REG_DWORD", cipher_switch, "enabled", "AES 256", "2003 with KB948963, Vista+", "conflict", secondary,
     src_dsc_adml_2023, cipher_notes},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC2 56/56",
     "Enabled", "REG_DWORD", {}, {}, "no documented key of this name", "none", "unknown", folklore,
     "Exchange Server TLS configuration best practices (Microsoft, 2025 text); microsoft/CSS-Exchange",
     "appears in Exchange, Skype and third-party scripts; not in KB245030"},
    {"ciphers", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\DES 56", "Enabled",
     "REG_DWORD", {}, {}, "no documented key of this name", "none", "unknown", folklore,
     "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030)",
     "heading form in KB245030 only"},

    // hashes
    {"hashes", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Hashes\\MD5", "Enabled",
     "REG_DWORD", switch_on_off, "enabled", "MD5 based suites", hash_releases, "conflict", documented,
     src_kb245030_2023, hash_notes},
    {"hashes", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Hashes\\SHA", "Enabled",
     "REG_DWORD", switch_on_off, "enabled", "SHA-1 based suites", hash_releases, "conflict", documented,
     src_kb245030_2023, hash_notes},
    {"hashes", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Hashes\\SHA256", "Enabled",
     "REG_DWORD", switch_on_off, "enabled", "suites using SHA256", hash_releases, "conflict", secondary,
     src_dsc_adml_2023, hash_notes},
    {"hashes", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Hashes\\SHA384", "Enabled",
     "REG_DWORD", switch_on_off, "enabled", "suites using SHA384", hash_releases, "conflict", secondary,
     src_dsc_adml_2023, hash_notes},
    {"hashes", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Hashes\\SHA512", "Enabled",
     "REG_DWORD", switch_on_off, "enabled", "suites using SHA512", hash_releases, "conflict", secondary,
     src_dsc_adml_2023, hash_notes},

    // kex
    {"kex", "HKLM", diffie_hellman, "Enabled", "REG_DWORD", switch_on_off, "enabled", "DHE suites", "all", "conflict",
     secondary, src_dsc_adml, kex_unsupported},
    {"kex", "HKLM", pkcs, "Enabled", "REG_DWORD", switch_on_off, "enabled", "RSA key exchange and authentication",
     "all", "conflict", documented,
     "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030)",
     kex_unsupported},
    {"kex", "HKLM", ecdh, "Enabled", "REG_DWORD", switch_on_off, "enabled", "ECDHE suites", "Vista+", "conflict",
     secondary, src_dsc_adml, kex_unsupported},
    {"kex", "HKLM", diffie_hellman, "ServerMinKeyBitLength", "REG_DWORD", "bits", "2048",
     "DH group size the server uses", "Windows 10 1507 / Server 2016+ (older with KB3174644)", "unknown", documented,
     src_tls_registry_2023, "older Windows: 1024 (Microsoft security advisory 3174644); blog says reboot needed"},
    {"kex", "HKLM", diffie_hellman, "ClientMinKeyBitLength", "REG_DWORD", "bits", "1024",
     "smallest DH group the client accepts", "Windows 10 1507 / Server 2016+ (older with KB3174644)", "unknown",
     documented, src_tls_registry_2023, "KB3061518 (MS15-055) raised an earlier 512-bit limit; text not obtainable"},
    {"kex", "HKLM", diffie_hellman, "ClientMaxKeyBitLength", "REG_DWORD", "bits", "no maximum",
     "largest DH group the client accepts", since_1507, "unknown", documented, src_tls_registry_2023, {}},
    {"kex", "HKLM", pkcs, "ClientMinKeyBitLength", "REG_DWORD", "bits", "1024", "smallest RSA key the client accepts",
     since_1507, "unknown", documented, src_tls_registry_2023, {}},
    {"kex", "HKLM", pkcs, "ClientMaxKeyBitLength", "REG_DWORD", "bits", "no maximum",
     "largest RSA key the client accepts", since_1507, "unknown", documented, src_tls_registry_2023, {}},
    {"kex", "HKLM", pkcs, "ServerMinKeyBitLength", "REG_DWORD", {}, "undocumented",
     "server RSA strength comes from its certificate", "none", "unknown", negative, src_tls_registry_2023,
     "some scripts write it; no documented effect"},
    {"kex", "HKLM", ecdh, "ClientMinKeyBitLength / ServerMinKeyBitLength", "REG_DWORD", {}, "undocumented",
     "curve size is set by the curve list", "none", "unknown", folklore, "third-party scripts",
     "a script that wrote 2048 here removed it in a later release"},
    {"kex", "HKLM", ecdh, "EphemKeyReuseTime", "REG_DWORD", "0 = new key per handshake; other units undocumented",
     "undocumented (keys are reused by default)", "how long an ephemeral key pair is reused",
     "claimed 2022+ by one source, 2016+ by others", "unknown", secondary,
     "saotn.org article citing Microsoft Q&A 781315; cquresphere/WindowsInternals", "no Microsoft reference page"},

    // cng-local
    {"cng-local", "HKLM", local_suites, "Functions", "REG_MULTI_SZ", "one suite name per string, in priority order",
     "OS default list always present", "machine suite list", "Vista / 2008+", "conflict", documented,
     "Exchange Server TLS configuration best practices (Microsoft, 2025 text); microsoft/CSS-Exchange; MS blog "
     "Speaking in Ciphers",
     "direct edits unsupported (servicing may rewrite); Exchange page shows one comma-joined string for 2012 / 2012 "
     "R2, real captures show one name per string"},
    {"cng-local", "HKLM", local_suites, "EccCurves", "REG_MULTI_SZ", "one curve name per string", "OS default list",
     "machine curve list", "Windows 10 / 2016+", "y", secondary,
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/manage-tls.md",
     "change through Enable-TlsEccCurve / Disable-TlsEccCurve"},
    {"cng-local", "HKLM", local_signatures, "Functions", "REG_MULTI_SZ",
     "names such as RSA/SHA256, RSAE-PSS/SHA256, ECDSA/SHA384", "OS default list", "signature algorithm list",
     "Windows 7+ (SHA512 entries after KB2973337)", "unknown", secondary,
     "ToddMaxey/SChannel-settings:README.md; win32 SecCNG/cng-interface-identifiers.md",
     "win32 page swaps the descriptions of the 00010002 and 00010003 interfaces"},

    // cng-policy
    {"cng-policy", "HKLM", policy_suites, "Functions", "REG_SZ",
     "comma separated names, no spaces, no trailing comma, at most 1023 characters", "absent = local list rules",
     "Group Policy suite order; overrides the local list", "Vista / 2008+", "y", documented,
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/manage-tls.md; CipherSuiteOrder.admx (text "
     "element)",
     "REG_SZ here against REG_MULTI_SZ in the local key; while present the TLS cmdlets do not change the effective "
     "list"},
    {"cng-policy", "HKLM", policy_suites, "EccCurves", "REG_MULTI_SZ", "one curve per line",
     "absent = local list rules", "Group Policy curve order", "Windows 10 / 2016+", "y", documented,
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/manage-tls.md; CipherSuiteOrder.admx (multiText "
     "element)", "STIG value NistP384 then NistP256"},

    // cng-local
    {"cng-local", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\ECCParameters\\<curve>",
     "(curve parameters)", "mixed", {}, {}, "custom named curves", "Windows 10 / 2016+", "unknown", documented,
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/manage-tls.md",
     "manage with certutil -addEccCurve / -deleteEccCurve / -displayEccCurve; older text leaves out SYSTEM"},

    // mdm
    {"mdm", "CSP", "./Device/Vendor/MSFT/Policy/Config/Cryptography/TLSCipherSuites", "(CSP)", "string",
     "semicolon separated names", "not set", "MDM suite list; last write wins", "Windows 10 1607+", "unknown",
     documented, "MicrosoftDocs/windows-itpro-docs:windows/client-management/mdm/policy-csp-cryptography.md",
     "separator differs from Group Policy commas; registry location undocumented"},
    {"mdm", "CSP", "./Device/Vendor/MSFT/Policy/Config/Cryptography/AllowFipsAlgorithmPolicy", "(CSP)", "integer",
     "0 / 1", "0", "MDM FIPS mode", "Windows 10 1607+", "unknown", documented,
     "MicrosoftDocs/windows-itpro-docs:windows/client-management/mdm/policy-csp-cryptography.md", {}},

    {"mdm", "CSP", "./Device/Vendor/MSFT/Policy/Config/Cryptography/ConfigureEllipticCurveCryptography", "(CSP)", "string", "curve names",
     "not set", "MDM curve list; last write wins", "Windows 11 24H2+", "unknown", documented,
     "MicrosoftDocs/windows-itpro-docs:windows/client-management/mdm/policy-csp-cryptography.md",
     "may overrule the registry; its registry location is not documented"},
    {"mdm", "CSP", "./Device/Vendor/MSFT/Policy/Config/Cryptography/OverrideMinimumEnabledTLSVersionClient", "(CSP)", "string", "a TLS version",
     "not set", "lowest TLS version of clients; last write wins", "Windows 11 24H2+", "unknown", documented,
     "MicrosoftDocs/windows-itpro-docs:windows/client-management/mdm/policy-csp-cryptography.md",
     "may overrule the registry; its registry location is not documented"},
    {"mdm", "CSP", "./Device/Vendor/MSFT/Policy/Config/Cryptography/OverrideMinimumEnabledTLSVersionServer", "(CSP)", "string", "a TLS version",
     "not set", "lowest TLS version of servers; last write wins", "Windows 11 24H2+", "unknown", documented,
     "MicrosoftDocs/windows-itpro-docs:windows/client-management/mdm/policy-csp-cryptography.md",
     "may overrule the registry; its registry location is not documented"},
    {"mdm", "CSP", "./Device/Vendor/MSFT/Policy/Config/Cryptography/OverrideMinimumEnabledDTLSVersionClient", "(CSP)", "string", "a DTLS version",
     "not set", "lowest DTLS version of clients; last write wins", "Windows 11 24H2+", "unknown", documented,
     "MicrosoftDocs/windows-itpro-docs:windows/client-management/mdm/policy-csp-cryptography.md",
     "may overrule the registry; its registry location is not documented"},
    {"mdm", "CSP", "./Device/Vendor/MSFT/Policy/Config/Cryptography/OverrideMinimumEnabledDTLSVersionServer", "(CSP)", "string", "a DTLS version",
     "not set", "lowest DTLS version of servers; last write wins", "Windows 11 24H2+", "unknown", documented,
     "MicrosoftDocs/windows-itpro-docs:windows/client-management/mdm/policy-csp-cryptography.md",
     "may overrule the registry; its registry location is not documented"},

    // fips
    {"fips", "HKLM", fips_key, "Enabled", "REG_DWORD", "0 / 1", "0", "FIPS mode", "Vista / 2008+", "unknown",
     documented,
     "MicrosoftDocs/windows-itpro-docs security policy page; DISA STIG; "
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2019 text)",
     "written both FIPSAlgorithmPolicy and FipsAlgorithmPolicy (registry ignores case); Microsoft no longer recommends "
     "the switch"},
    {"fips", "HKLM", fips_key, "MDMEnabled", "REG_DWORD", "undocumented", "undocumented", "MDM counterpart of Enabled",
     "seen on 24H2", "unknown", observed, "nohuto/win-registry:records/Lsa.txt (boot trace, Windows 11 24H2)",
     "read at boot next to Enabled"},
    {"fips", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\Lsa", "FipsAlgorithmPolicy", "REG_DWORD", "0 / 1", "0",
     "FIPS mode, older location", "XP / 2003", "unknown", secondary,
     "Microsoft FIPS policy page; boot trace shows 24H2 still reads it", "value on XP/2003, subkey from Vista"},

    // lsa
    {"lsa", "HKLM", "SYSTEM\\CurrentControlSet\\Control\\Lsa", "MaxAsyncWorkerThreadsPerCpu", "REG_DWORD",
     "threads per core", "2", "Schannel asynchronous worker threads", "Windows 10 1607 / 2016+", "unknown", documented,
     "MicrosoftDocs/windowsserverdocs: tls-schannel-ssp-changes-in-windows-10-and-windows-server.md", {}},

    // winhttp
    {"winhttp", "HKLM", winhttp, "DefaultSecureProtocols", "REG_DWORD",
     "bitmask: 0x8 SSL 2.0, 0x20 SSL 3.0, 0x80 TLS 1.0, 0x200 TLS 1.1, 0x800 TLS 1.2, 0x2000 TLS 1.3", winhttp_defaults,
     "WinHTTP protocols when the application sets none", "7 / 2008 R2 / 2012 need KB3140245; later built in",
     "conflict", documented, "MicrosoftDocs/win32:desktop-src/WinHttp/option-flags.md; KB3140245",
     "both views needed on 64-bit; KB text says used when application specifies the option, option-flags page says "
     "when it does not; from KB5017811 (Sep 2022) TLS 1.0/1.1 off by default on Windows 10 20H2+ and 2019; cannot turn "
     "on what Schannel has off"},
    {"winhttp", "HKLM", winhttp_32, "DefaultSecureProtocols", "REG_DWORD",
     "bitmask: 0x8 SSL 2.0, 0x20 SSL 3.0, 0x80 TLS 1.0, 0x200 TLS 1.1, 0x800 TLS 1.2, 0x2000 TLS 1.3", winhttp_defaults,
     "WinHTTP protocols when the application sets none", "7 / 2008 R2 / 2012 need KB3140245; later built in",
     "conflict", documented, "MicrosoftDocs/win32:desktop-src/WinHttp/option-flags.md; KB3140245",
     "both views needed on 64-bit; KB text says used when application specifies the option, option-flags page says "
     "when it does not; from KB5017811 (Sep 2022) TLS 1.0/1.1 off by default on Windows 10 20H2+ and 2019; cannot turn "
     "on what Schannel has off"},

    // wininet
    {"wininet", "HKLM", internet_policy, "SecureProtocols", "REG_DWORD",
     "bitmask: 8, 32, 128, 512, 2048, 8192 (same bits as WinHTTP)", "not set",
     "machine policy for WinINet / IE protocols", "IE 7+; bit 8192 newer builds", "n", documented,
     "inetres.admx; DISA STIG V-250540",
     "ADMX of 2018 lists every combination of SSL2, SSL3, TLS1.0-1.2: 0 to 2728; STIG wants 2048"},
    {"wininet", "HKCU", "Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings", "SecureProtocols",
     "REG_DWORD", "bitmask as above", "OS dependent (undocumented)", "per-user WinINet protocols", "IE 7+", "n",
     documented, "inetres.admx; memdocs", "user value yields to policy"},
    {"wininet", "HKLM", internet_policy, "EnableSSL3Fallback", "REG_DWORD", "0 never; other values per ADMX", "not set",
     "IE fallback to SSL 3.0", "IE 11", "n", documented, "inetres.admx; DISA STIG V-250541", "STIG wants 0"},

    // dotnet
    {"dotnet", "HKLM", dotnet2, "SchUseStrongCrypto", "REG_DWORD", "0 / 1", "0", strong_crypto_meaning, ".NET 3.5", "the programs that read it",
     documented, src_dotnet, strong_crypto_notes},
    {"dotnet", "HKLM", dotnet2, "SystemDefaultTlsVersions", "REG_DWORD", "0 / 1", "0", system_default_meaning,
     ".NET 3.5", "the programs that read it", documented, src_dotnet, system_default_notes},
    {"dotnet", "HKLM", dotnet4, "SchUseStrongCrypto", "REG_DWORD", "0 / 1", "1 if application targets 4.6+, else 0",
     strong_crypto_meaning, ".NET 4.x", "the programs that read it", documented, src_dotnet, strong_crypto_notes},
    {"dotnet", "HKLM", dotnet4, "SystemDefaultTlsVersions", "REG_DWORD", "0 / 1",
     "1 if application targets 4.7+, else 0", system_default_meaning, ".NET 4.x", "the programs that read it", documented, src_dotnet,
     system_default_notes},
    {"dotnet", "HKLM", dotnet2_32, "SchUseStrongCrypto", "REG_DWORD", "0 / 1", "0", strong_crypto_meaning, ".NET 3.5",
     "the programs that read it", documented, src_dotnet, strong_crypto_notes},
    {"dotnet", "HKLM", dotnet2_32, "SystemDefaultTlsVersions", "REG_DWORD", "0 / 1", "0", system_default_meaning,
     ".NET 3.5", "the programs that read it", documented, src_dotnet, system_default_notes},
    {"dotnet", "HKLM", dotnet4_32, "SchUseStrongCrypto", "REG_DWORD", "0 / 1", "1 if application targets 4.6+, else 0",
     strong_crypto_meaning, ".NET 4.x", "the programs that read it", documented, src_dotnet, strong_crypto_notes},
    {"dotnet", "HKLM", dotnet4_32, "SystemDefaultTlsVersions", "REG_DWORD", "0 / 1",
     "1 if application targets 4.7+, else 0", system_default_meaning, ".NET 4.x", "the programs that read it", documented, src_dotnet,
     system_default_notes},

    // http
    {"http", "HKLM", http_parameters, "EnableHttp2Tls", "REG_DWORD", "0 / 1", "on (value absent)", "HTTP/2 over TLS",
     "Windows 10 / 2016+", "y", documented,
     "MicrosoftDocs/SupportArticles-docs: deploy-custom-cipher-suite-ordering.md (KB4032720)",
     "0 is the escape when suites are on the HTTP/2 blocklist"},
    {"http", "HKLM", http_parameters, "EnableHttp3", "REG_DWORD", "0 / 1", "0", "HTTP/3 (needs TLS 1.3)",
     "Server 2022 / Windows 11", "y", documented, "Microsoft networking blog on HTTP/3", "opt-in"},
    {"http", "HKLM", http_parameters, "EnableAltSvc", "REG_DWORD", "0 / 1", "undocumented",
     "advertise HTTP/3 by Alt-Svc", "Server 2022 / Windows 11", "unknown", secondary, "third-party articles", {}},
    {"http", "HKLM", "SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo\\<ip:port>", "DefaultFlags",
     "REG_DWORD", "undocumented bits", "undocumented",
     "per-binding flags set through netsh http / HttpSetServiceConfiguration", "Server 2019 KB4490481, 2022+", "n",
     secondary, "MicrosoftDocs/security:security-docs/engineering/Disable-Legacy-TLS.md",
     "use the API: flag names DISABLE_LEGACY_TLS, DISABLE_TLS12, DISABLE_HTTP2, ENABLE_SESSION_TICKET, "
     "LOG_EXTENDED_EVENTS; registry layout itself undocumented"},

    // quic
    {"quic", "HKLM", quic_parameters, "AcceptableVersions", "REG_BINARY", quic_versions, "built in",
     "QUIC versions accepted", in_box_msquic, "n", documented, src_msquic, quic_notes},
    {"quic", "HKLM", quic_parameters, "OfferedVersions", "REG_BINARY", quic_versions, "built in",
     "QUIC versions offered", in_box_msquic, "n", documented, src_msquic, quic_notes},
    {"quic", "HKLM", quic_parameters, "FullyDeployedVersions", "REG_BINARY", quic_versions, "built in",
     "QUIC versions fully deployed", in_box_msquic, "n", documented, src_msquic, quic_notes},
    {"quic", "HKLM", quic_parameters, "VersionNegotiationExtEnabled", "REG_DWORD", "0 / 1", "0",
     "QUIC version negotiation extension", "msquic 2.3+", "n", documented, src_msquic, {}},

    // rdp
    {"rdp", "HKLM", terminal_services_policy, "SecurityLayer", "REG_DWORD", "0 RDP, 1 negotiate, 2 SSL (TLS)",
     "not set (negotiate)", "RDP security layer", "Vista+", "n", documented, "TerminalServer.admx; CIS benchmark text",
     "ADMX label says SSL (TLS 1.0); 2 with TLS 1.0 off works only where RDS supports TLS 1.2 (KB3080079 on 7 / 2008 "
     "R2)"},
    {"rdp", "HKLM", terminal_services_policy, "MinEncryptionLevel", "REG_DWORD", "1 low, 2 client compatible, 3 high",
     "not set", "native RDP encryption level only", "XP / 2003+", "n", documented, "TerminalServer.admx; DISA STIG",
     "STIG wants 3; does not apply to TLS"},
    {"rdp", "HKLM", terminal_services_policy, "UserAuthentication", "REG_DWORD", "0 / 1", "not set",
     "network level authentication", "Vista+", "n", documented, "TerminalServer.admx", {}},
    {"rdp", "HKLM", terminal_services_policy, "CertTemplateName", "REG_SZ", "template name", "not set",
     "certificate template for RDP listener", "Vista+", "n", documented, "TerminalServer.admx", {}},
    {"rdp", "HKLM", terminal_services_policy, "fEncryptRPCTraffic", "REG_DWORD", "0 / 1", "not set", "secure RPC",
     "2003+", "n", documented, "TerminalServer.admx; DISA STIG", {}},
    {"rdp", "HKLM", rdp_listener, "SecurityLayer", "REG_DWORD", "0 / 1 / 2", "undocumented",
     "local value behind Win32_TSGeneralSetting.SecurityLayer", "Vista+", "unknown", secondary,
     "MicrosoftDocs/win32:desktop-src/TermServ/win32-tsgeneralsetting.md (WMI property; registry path not stated)", {}},
    {"rdp", "HKLM", rdp_listener, "SSLCertificateSHA1Hash", "REG_BINARY", "20 bytes", "self-signed certificate",
     "listener certificate thumbprint", "Vista+", "unknown", secondary,
     "MicrosoftDocs/win32:desktop-src/TermServ/win32-tsgeneralsetting.md (WMI property; registry path not stated)", {}},

    // eap
    {"eap", "HKLM", "SYSTEM\\CurrentControlSet\\Services\\RasMan\\PPP\\EAP\\13", "TlsVersion", "REG_DWORD",
     "0xC0 TLS 1.0, 0x300 TLS 1.1, 0xC00 TLS 1.2; may be combined", "TLS 1.2 from Windows 10 1511; TLS 1.0 before",
     "EAP-TLS version", "7+ with KB2977292; 1511+", "unknown", documented, "KB3121002",
     "bits are SP_PROT client+server pairs, not the WinHTTP bits; combining rests on KB2977292, body not read"},

    // chain-engine
    {"chain-engine", "HKLM", chain_engine_config, "MinRsaPubKeyBitLength", "REG_DWORD", "bits", "1024",
     "smallest RSA key in a chain", since_kb2661254, "y", documented, "KB2661254", "512-bit certificates are blocked"},
    {"chain-engine", "HKLM", chain_engine_config, "EnableWeakSignatureFlags", "REG_DWORD",
     "0x2 allow weak root, others per KB", "0", "relax KB2661254", since_kb2661254, "y", documented, "KB2661254", {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakSignatureLogDir", "REG_SZ", "folder", "not set",
     "log weak signatures", since_kb2661254, "unknown", documented, "KB2661254", {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakMd5ThirdPartyFlags", "REG_DWORD", weak_flags, built_in,
     weak_blocking, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakMd5ThirdPartyAfterTime", "REG_BINARY", "8-byte FILETIME",
     "not set", after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakMd5ThirdPartySha256Allow", "REG_SZ or REG_MULTI_SZ", thumbprints,
     "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakMd5AllFlags", "REG_DWORD", weak_flags, built_in, weak_blocking,
     "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakMd5AllAfterTime", "REG_BINARY", "8-byte FILETIME", "not set",
     after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakMd5AllSha256Allow", "REG_SZ or REG_MULTI_SZ", thumbprints,
     "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakSha1ThirdPartyFlags", "REG_DWORD", weak_flags, built_in,
     weak_blocking, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakSha1ThirdPartyAfterTime", "REG_BINARY", "8-byte FILETIME",
     "not set", after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakSha1ThirdPartySha256Allow", "REG_SZ or REG_MULTI_SZ",
     thumbprints, "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakSha1AllFlags", "REG_DWORD", weak_flags, built_in, weak_blocking,
     "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakSha1AllAfterTime", "REG_BINARY", "8-byte FILETIME", "not set",
     after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakSha1AllSha256Allow", "REG_SZ or REG_MULTI_SZ", thumbprints,
     "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakRsaThirdPartyFlags", "REG_DWORD", weak_flags, built_in,
     weak_blocking, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakRsaThirdPartyMinBitLength", "REG_DWORD", "bits", "not set",
     "minimum key length", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakRsaThirdPartyAfterTime", "REG_BINARY", "8-byte FILETIME",
     "not set", after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakRsaThirdPartySha256Allow", "REG_SZ or REG_MULTI_SZ", thumbprints,
     "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakRsaAllFlags", "REG_DWORD", weak_flags, built_in, weak_blocking,
     "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakRsaAllMinBitLength", "REG_DWORD", "bits", "not set",
     "minimum key length", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakRsaAllAfterTime", "REG_BINARY", "8-byte FILETIME", "not set",
     after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakRsaAllSha256Allow", "REG_SZ or REG_MULTI_SZ", thumbprints,
     "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakDsaThirdPartyFlags", "REG_DWORD", weak_flags, built_in,
     weak_blocking, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakDsaThirdPartyMinBitLength", "REG_DWORD", "bits", "not set",
     "minimum key length", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakDsaThirdPartyAfterTime", "REG_BINARY", "8-byte FILETIME",
     "not set", after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakDsaThirdPartySha256Allow", "REG_SZ or REG_MULTI_SZ", thumbprints,
     "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakDsaAllFlags", "REG_DWORD", weak_flags, built_in, weak_blocking,
     "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakDsaAllMinBitLength", "REG_DWORD", "bits", "not set",
     "minimum key length", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakDsaAllAfterTime", "REG_BINARY", "8-byte FILETIME", "not set",
     after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakDsaAllSha256Allow", "REG_SZ or REG_MULTI_SZ", thumbprints,
     "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakEcdsaThirdPartyFlags", "REG_DWORD", weak_flags, built_in,
     weak_blocking, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakEcdsaThirdPartyMinBitLength", "REG_DWORD", "bits", "not set",
     "minimum key length", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakEcdsaThirdPartyAfterTime", "REG_BINARY", "8-byte FILETIME",
     "not set", after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakEcdsaThirdPartySha256Allow", "REG_SZ or REG_MULTI_SZ",
     thumbprints, "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakEcdsaAllFlags", "REG_DWORD", weak_flags, built_in, weak_blocking,
     "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, config_default},
    {"chain-engine", "HKLM", chain_engine_config, "WeakEcdsaAllMinBitLength", "REG_DWORD", "bits", "not set",
     "minimum key length", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakEcdsaAllAfterTime", "REG_BINARY", "8-byte FILETIME", "not set",
     after_time, "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
    {"chain-engine", "HKLM", chain_engine_config, "WeakEcdsaAllSha256Allow", "REG_SZ or REG_MULTI_SZ", thumbprints,
     "not set", "exemptions", "7 / 2008 R2+", "unknown", documented, src_weak_algorithms, {}},
};

}  // namespace

std::span<const RegistryValue> registry_values() { return table; }

}  // namespace schancfg::facts
