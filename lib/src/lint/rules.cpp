#include "schancfg/lint/rules.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace schancfg::lint {
namespace {

using enum Severity;

// Sources.
constexpr std::string_view tls_registry = "MicrosoftDocs/windowsserverdocs: security/tls/tls-registry-settings.md";
constexpr std::string_view manage_tls = "MicrosoftDocs/windowsserverdocs: security/tls/manage-tls.md";
constexpr std::string_view protocols_page = "MicrosoftDocs/win32: SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md";
constexpr std::string_view prioritizing = "MicrosoftDocs/win32: SecAuthN/prioritizing-schannel-cipher-suites.md";
constexpr std::string_view suite_pages = "MicrosoftDocs/win32: SecAuthN/cipher-suites-in-schannel.md and its pages per release";
constexpr std::string_view curve_pages = "MicrosoftDocs/win32: SecAuthN/tls-elliptic-curves-in-windows-10-1607-and-later.md";
constexpr std::string_view kb245030 = "KB245030 (restrict-cryptographic-algorithms-protocols-schannel.md)";
constexpr std::string_view capture_2016 = "microsoft/CSS-Exchange: E16/OS/GetAllTlsSettings.xml (captured on build 14393); the suite pages say "
                                          "that the curve list overrides the suffix";
constexpr std::string_view dotnet_tls = "dotnet/docs: framework/network-programming/tls.md";
constexpr std::string_view adfs = "MicrosoftDocs/windowsserverdocs: identity/ad-fs/operations/Manage-SSL-Protocols-in-AD-FS.md";
constexpr std::string_view exchange = "Microsoft Exchange Server TLS configuration best practices";
constexpr std::string_view reg_reading = "KB245030; no source says what Windows does with a value of a wrong type";
constexpr std::string_view schancfg_rules = "schancfg: profiles/README.md";

constexpr LintRule table[] = {
    {Rule::adfs_lock_out, "adfs-lock-out", warning, "TLS 1.0 is off and .NET Framework is not configured to use anything newer",
     "AD FS loses its proxies: the trust between a Web Application Proxy and AD FS is made by .NET Framework, which offers TLS 1.0 by itself "
     "until it is configured to use strong cryptography. Other .NET programs built for versions before 4.6 fail the same way.",
     "Set strong_crypto and system_default_tls_versions in [dotnet] on the servers of AD FS and their proxies.", adfs, "F5"},
    {Rule::aes_off, "aes-off", warning, "both AES ciphers are turned off",
     "Every suite with AES is gone: TLS 1.3 has none left but ChaCha20-Poly1305, which Windows does not list by itself, and nearly all servers and clients of "
     "today want AES.",
     "Leave AES on and choose suites by their list.", tls_registry},
    {Rule::allow_malformed, "allow-malformed", warning, "a comment for schancfg that it does not understand",
     "Nothing is silenced.", "Write `schancfg: allow RULE reason`.", schancfg_rules},
    {Rule::allow_unknown_rule, "allow-unknown-rule", warning, "an allow comment names a rule that does not exist",
     "Nothing is silenced.", "Name a rule of lint.", schancfg_rules},
    {Rule::allow_without_reason, "allow-without-reason", warning, "an allow comment gives no reason",
     "Nothing is silenced: the next reader would not know whether the reason still holds.", "Write the reason behind the rule.",
     schancfg_rules},
    {Rule::contradictory_values, "contradictory-values", warning, "two values contradict each other",
     "`Enabled` = 0 with `DisabledByDefault` = 0 says off and on in one breath; Windows takes the protocol as off, readers take it as on. A "
     "smallest key length above the largest refuses every key.",
     "Write what is meant: off is 0 and 1, on is 1 and 0; a minimum is not above its maximum.", kb245030},
    {Rule::curve_list_dead, "curve-list-dead", error, "no curve of the list can be used",
     "Every suite with ECDHE is lost, and TLS 1.3 with them.", "List a curve that the release knows: NistP256, NistP384.", curve_pages},
    {Rule::curve_list_tls13_only, "curve-list-tls13-only", warning, "no curve of the list works in TLS 1.2",
     "ML-KEM groups are of TLS 1.3 alone: TLS 1.2 loses every suite with ECDHE.", "Keep NistP256 or curve25519 behind them.",
     "MicrosoftDocs/win32: SecAuthN/tls-supported-groups-in-windows-11-24h2-and-later.md"},
    {Rule::curve_needs_build, "curve-needs-build", note, "a curve that only some builds of the release have",
     "Without that build the name does nothing; whether the machine has it is not known here.", "Look at the build of the machine: winver, or UBR in its export.",
     "MicrosoftDocs/win32: SecAuthN/tls-supported-groups-in-windows-11-24h2-and-later.md"},
    {Rule::curve_unknown, "curve-unknown", warning, "a curve that the release does not know",
     "The name does nothing. Spelling mistakes look the same; custom curves made by certutil are the exception.",
     "Use a name of the release's page: NistP256, NistP384, curve25519.", curve_pages},
    {Rule::data_not_documented, "data-not-documented", warning, "a value holds data that have no documented meaning",
     "Below Ciphers, Hashes and KeyExchangeAlgorithms Microsoft documents 0 and 0xFFFFFFFF. What Windows does with 1 or any other number is written "
     "nowhere; 1 is reported to have broken remote desktop. Values of SCHANNEL itself have documented bits or a range as well.",
     "Write 0xFFFFFFFF for on and 0 for off of an algorithm, a documented number of any other value, or remove it.", "KB245030; 0x6d69636b/windows_hardening#95"},
    {Rule::default_needs_release, "default-needs-release", note, "\"default\" differs from release to release",
     "The profile can be applied only where the release is known; without it the default cannot be looked up.", "Name the release.",
     schancfg_rules},
    {Rule::default_unknown, "default-unknown", error, "nobody knows what an untouched installation of that release holds",
     "The profile cannot be applied to that release.", "Name what the value should hold, or leave it out.", schancfg_rules},
    {Rule::dhe_leading_zero, "dhe-leading-zero", warning, "TLS_DHE suites fail now and then on this release",
     "About one handshake in 256 fails, with event 36888: a leading zero of the shared secret is lost. Windows 10 1507, 8.1, Server 2012 R2 and "
     "older were never fixed; 1607 and Server 2016 with KB4537806 or KB4540670 (14393.3542).",
     "Leave the TLS_DHE suites out of the list, or install the update.", "KB4557473", "F23"},
    {Rule::dotnet_legacy, "dotnet-legacy", warning, ".NET Framework is held back to old protocols",
     "SchUseStrongCrypto = 0 or SystemDefaultTlsVersions = 0 keeps programs that choose nothing themselves on SSL 3.0 and TLS 1.0, and on RC4.",
     "Set both to 1, or leave them out.", dotnet_tls},
    {Rule::dotnet_nothing_left, "dotnet-nothing-left", warning, ".NET Framework is left with no protocol by default",
     "Programs that choose no protocol in their code ask for old versions alone, and none of them is on for clients: every connection that they open "
     "fails.",
     "Set strong_crypto and system_default_tls_versions in [dotnet], so that they use what Schannel has.", dotnet_tls},
    {Rule::dotnet_pair, "dotnet-pair", note, "one of the two values of .NET Framework is set alone",
     "SystemDefaultTlsVersions leaves the protocols to Windows, SchUseStrongCrypto keeps weak suites and SSL 3.0 away; one alone does half.",
     "Set both to 1 in both views.", dotnet_tls},
    {Rule::dotnet35_strong_crypto, "dotnet35-strong-crypto", warning, "strong cryptography alone does nothing for .NET Framework 3.5",
     ".NET 3.5 follows SchUseStrongCrypto only in programs that name a TLS version; all others go on with SSL 3.0 and TLS 1.0.",
     "Set SystemDefaultTlsVersions = 1 for v2.0.50727 as well.", dotnet_tls, "F26"},
    {Rule::duplicate_name, "duplicate-name", warning, "a name stands twice in one list",
     "The second one does nothing, and it counts against the 1,023 characters of the policy. secP256r1 and NistP256 are one curve.",
     "Remove one of them.", prioritizing},
    {Rule::duplicate_value, "duplicate-value", warning, "a file sets one value twice",
     "The last line wins; what the first one says is not what happens.", "Remove the line that is not meant.", "regedit: lines are imported in order"},
    {Rule::ems_off, "ems-off", warning, "extended master secret is turned off",
     "Sessions are open to the triple handshake attack (RFC 7627), and peers that insist on it since October 2019 refuse to resume: alert 20, "
     "event 36887, 0x8009030F.",
     "Remove the value when the peer for which it was set has been updated.", "KB4528489", "F25"},
    {Rule::fips_curve25519, "fips-curve25519", warning, "curve25519 cannot be used in FIPS mode and stays in the list",
     "FIPS mode takes curve25519 away but leaves it first in the list, so that clients and servers may choose what they then cannot use.",
     "Set a curve list without curve25519: NistP256, NistP384.",
     "MicrosoftDocs/security: Solving-TLS1-Problem.md; Microsoft Exchange Server TLS configuration best practices", "F21"},
    {Rule::folklore_value, "folklore-value", warning, "a value that Windows does not know",
     "It does nothing. Scripts on the web hand it on: DisableCompression, ServerMinKeyBitLength below PKCS, MinKeyBitLength below ECDH.",
     "Remove it.", tls_registry, "F29"},
    {Rule::forward_secrecy_lost, "forward-secrecy-lost", warning, "the list names suites with forward secrecy, and none of them can be used here",
     "What is left exchanges keys by RSA: recorded traffic can be read by anyone who gets the server's key. Lists written for 2012 R2 (Skype for "
     "Business ships one) do this on Server 2016 and later, where names with a curve are dead.",
     "Add the names without a suffix: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384.", capture_2016, "F33"},
    {Rule::hash_off, "hash-off", warning, "a SHA-2 hash is turned off",
     "Suites with that hash are gone. That SHA256 = 0 ends TLS 1.2 is claimed on the web and documented nowhere; what it does to AEAD suites and "
     "signatures is not documented.",
     "Choose suites by their list instead.", tls_registry},
    {Rule::hash_takes_suites, "hash-takes-suites", note, "a hash that is turned off takes cipher suites with it",
     "The suites that use it for their records or their handshake cannot be negotiated any more.",
     "Leave the hash on and take the suites out of the list that are not wanted.", tls_registry},
    {Rule::http2_blocklisted_first, "http2-blocklisted-first", warning, "a suite that HTTP/2 forbids stands above one that it allows",
     "HTTP.sys chooses by the order of the list; browsers then end the connection with INADEQUATE_SECURITY (RFC 9113, appendix A).",
     "Put ECDHE suites with GCM above all others.", "KB4032720 (deploy-custom-cipher-suite-ordering.md)", "F6"},
    {Rule::insecure_renegotiation, "insecure-renegotiation", note, "peers without secure renegotiation are allowed in so many words",
     "It is the default as well: peers without RFC 5746 are open to injection at the start of a connection (CVE-2009-3555).",
     "Set it to false, or leave it out.", "KB980436 (MS10-049)"},
    {Rule::key_too_long, "key-too-long", warning, "clients want longer keys than most servers have",
     "Handshakes with servers whose Diffie-Hellman group or RSA key is shorter fail: nearly all have 2048 bits.",
     "Use 2048 for clients.", "KB3061518 (MS15-055); RFC 7919"},
    {Rule::key_too_short, "key-too-short", warning, "keys are accepted or used that are too short",
     "Groups and keys of 512 bits are broken within hours (Logjam, CVE-2015-4000), those of 1024 bits are within reach of states; NIST SP 800-131A "
     "asks for 2048.",
     "Use 2048, or keep the exception to one machine and one reason.", "KB3061518 (MS15-055); NIST SP 800-131A"},
    {Rule::local_list_edited, "local-list-edited", note, "the list of the machine itself is changed",
     "Microsoft does not support edits of it, and servicing may restore what was removed.",
     "Use the policy list ([cipher_suites.policy]).", manage_tls, "F18"},
    {Rule::local_list_joined, "local-list-joined", warning, "names are joined by commas in the list of the machine",
     "Real machines hold one name a string there; the comma form is that of the policy. Exchange's page shows it nevertheless.",
     "Write one name a string.", "microsoft/CSS-Exchange captures; Microsoft Exchange Server TLS configuration best practices"},
    {Rule::lookalike_character, "lookalike-character", error, "a name holds a character that only looks right",
     "Windows compares characters, not pictures: `AES 128∕128` with U+2215 is a key that nothing reads. Some tools write it because "
     "PowerShell splits paths at a slash.",
     "Remove the key and write the name in ASCII.", "FriedrichWeinmann/TlsConfig", "F15"},
    {Rule::message_limit, "message-limit", warning, "the limit for handshake messages is implausible",
     "It is the size in bytes up to which fragmented handshake messages are put together; 0 refuses all of them. Certificates with their chains are sent in "
     "such messages.",
     "Remove the value: the default is 32768 for clients and 16384 for servers.", tls_registry},
    {Rule::near_miss_key, "near-miss-key", warning, "a key or value that is nearly one that Windows reads",
     "Windows reads nothing there, so that what is written has no effect: the default goes on.",
     "Write it to the key that is named, and remove this one.", schancfg_rules},
    {Rule::needs_update, "needs-update", warning, "the release reads this value only with an update",
     "Without the update it does nothing.", "Install the update, and name it.", "KB3140245; KB3174644"},
    {Rule::no_default_protocol, "no-default-protocol", error, "a role has no TLS version by default",
     "Each version is off or on request only. Programs that leave the choice to Schannel, and that is nearly all of them, cannot connect.",
     "Set TLS 1.2 to enabled: Enabled = 1 and DisabledByDefault = 0.", "KB245030; MicrosoftDocs/windowsserverdocs: security/tls/tls-registry-settings.md"},
    {Rule::no_forward_secrecy, "no-forward-secrecy", note, "suites without forward secrecy are in the list",
     "Recorded traffic can be read by anyone who gets the server's key later (RFC 9325).", "Leave them out when no peer needs them.",
     "RFC 9325, section 4.1"},
    {Rule::no_modern_peer, "no-modern-peer", error, "nothing is left that today's peers take",
     "Something can still be negotiated, but neither browsers nor servers of today offer it: they speak TLS 1.2 and 1.3 with AES and ChaCha20 only.",
     "Enable TLS 1.2 and list TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 and its kin.",
     "chromium/chromium: net/socket/ssl_client_socket_impl.cc; mozilla/ssl-config-generator: src/static/guidelines/5.7.json"},
    {Rule::no_protocol_left, "no-protocol-left", error, "a role is left without any TLS version",
     "Nothing can connect: AcquireCredentialsHandle fails, event 36871, state 10013. Remote administration may be lost with it.",
     "Enable TLS 1.2 for that role.", tls_registry},
    {Rule::no_suite_left, "no-suite-left", error, "a role is left without any cipher suite",
     "Nothing can connect, whatever the protocols say.", "List a suite that the release knows and nothing blocks.", suite_pages},
    {Rule::not_in_schannel, "not-in-schannel", warning, "a suite that Schannel does not have",
     "The name does nothing here; it belongs to OpenSSL or another stack.", "Remove it.", suite_pages},
    {Rule::nothing_left, "nothing-left", error, "of a list the release knows nothing",
     "The profile cannot be applied to that release.", "Name something that it knows.", schancfg_rules},
    {Rule::null_cipher, "null-cipher", error, "NULL encryption is allowed",
     "Programs that ask for it exchange everything in clear text, with the look of TLS.", "Set Ciphers\\NULL to disabled.", kb245030, "F10"},
    {Rule::only_ecdsa_suites, "only-ecdsa-suites", warning, "only certificates with ECDSA can be used with TLS 1.2",
     "A server with an RSA certificate has no suite in common with any TLS 1.2 client: alert 40, event 36874.",
     "Add TLS_ECDHE_RSA suites, unless every server has an ECDSA certificate.", "RFC 5246, section 7.4.2", "F13"},
    {Rule::only_rsa_suites, "only-rsa-suites", warning, "no cipher suite for an ECDSA certificate is left",
     "A server whose certificate has an ECDSA key cannot be reached, and can serve nobody. Servers with RSA certificates do not notice.",
     "Add TLS_ECDHE_ECDSA suites.", "RFC 8422, section 2"},
    {Rule::only_tls13_suites, "only-tls13-suites", error, "only suites of TLS 1.3 are listed, and TLS 1.3 is not on",
     "No suite is left for TLS 1.2: nothing can connect.", "Add suites of TLS 1.2, or enable TLS 1.3 where Windows has it.",
     "Harvester57/Security-ADMX", "F12"},
    {Rule::overridden, "overridden", note, "one extended profile overrides another",
     "Of several profiles in `extends` the later one wins; the earlier one alone misleads its readers.", "None, if intentional.", schancfg_rules},
    {Rule::pkcs_off, "pkcs-off", warning, "the RSA key exchange is turned off by its switch",
     "KB245030 calls PKCS key exchange and authentication: at its time all suites with RSA were gone. What it does to ECDHE_RSA since Vista is "
     "written nowhere.",
     "Leave TLS_RSA suites out of the list instead.", kb245030, "F24"},
    {Rule::policy_copies_default, "policy-copies-default", warning, "the default list of the release is copied into the policy, where it does not fit",
     "Up to Windows 10 1607 and Server 2016 the default lists have more than 1,023 characters. Names behind the limit are lost.",
     "Leave out what is not needed, the weakest at the end first.", prioritizing, "F31"},
    {Rule::policy_list_blanks, "policy-list-blanks", warning, "the policy list holds blanks or empty places",
     "The format is names and commas and nothing else; a name with a blank before it is another name.", "Write NAME,NAME,NAME.", manage_tls, "F3"},
    {Rule::policy_list_semicolons, "policy-list-semicolons", warning, "names are separated by semicolons",
     "Group policy wants commas; semicolons belong to mobile device management. The whole list is one unknown name.", "Write commas.",
     "MicrosoftDocs/windows-itpro-docs: policy-csp-cryptography.md; CipherSuiteOrder.admx", "F27"},
    {Rule::policy_list_set, "policy-list-set", note, "the policy list rules",
     "While it is there the cmdlets Enable-TlsCipherSuite and Disable-TlsCipherSuite change nothing that is used.",
     "None, if intentional.", exchange, "F34"},
    {Rule::policy_list_too_long, "policy-list-too-long", warning, "the policy list has more than 1,023 characters",
     "Names behind the limit are lost. How Windows cuts is not documented.", "Leave out what is not needed.", prioritizing, "F2"},
    {Rule::policy_shadows_local, "policy-shadows-local", warning, "a list of the machine is set, and a policy list rules instead",
     "The policy replaces the list of the machine, they are not merged: what is set locally does nothing.",
     "Set one of them; \"default\" removes the policy list.", manage_tls},
    {Rule::protocol_key_without_role, "protocol-key-without-role", warning, "a value on the protocol's key instead of Client or Server",
     "Windows reads the subkeys Client and Server only. The value does nothing, and the protocol keeps its default.",
     "Write it below \\Client and \\Server.", "KB245030; wrong .reg files on the web", "F9"},
    {Rule::protocol_one_role, "protocol-one-role", note, "a protocol is set for one role only",
     "The other role keeps its default. Exchange's HealthChecker calls such a protocol misconfigured; half disabled, for it, "
     "is a role whose Enabled and DisabledByDefault contradict each other.",
     "Set both, unless one is meant.", "microsoft/CSS-Exchange; MicrosoftDocs/windowsserverdocs: tls-registry-settings.md", "F8"},
    {Rule::protocol_one_value, "protocol-one-value", warning, "only one of Enabled and DisabledByDefault is set",
     "`DisabledByDefault` = 1 alone leaves the protocol to every program that names it. `Enabled` = 0 alone is enough for Windows; older "
     "documentation and checkers want both.",
     "Write both: off is 0 and 1, on is 1 and 0.", "KB245030; microsoft/CSS-Exchange", "F8"},
    {Rule::protocol_unsupported, "protocol-unsupported", warning, "a protocol is turned on that the release does not have",
     "Nothing happens: the code is not there.", "Remove it.", protocols_page},
    {Rule::raw_only_value, "raw-only-value", note, "a value that was only observed, or that third parties report",
     "No documentation of Microsoft's says what it does.", "Test it on each release before relying on it.", schancfg_rules},
    {Rule::rc4_partly_off, "rc4-partly-off", warning, "some of the RC4 switches are off and others are not",
     "Each switch is a key length of its own: RC4 128/128, 56/128 and 40/128. One alone leaves the others on.",
     "Turn off all three.", "KB2868725", "F14"},
    {Rule::rdp_lock_out, "rdp-lock-out", error, "remote desktop can no longer be reached",
     "The remote desktop service speaks TLS by Schannel's server side, and not all that Schannel has: on Server 2022 and Windows 11 21H2 it ends "
     "at TLS 1.2, on Windows 7 and Server 2008 R2 without KB3080079 at TLS 1.0. With nothing of that left, nobody can log on from elsewhere.",
     "Keep TLS 1.2 for servers; on 7 and 2008 R2 install KB3080079 first.",
     "KB3080079; captures of remote desktop (builds 20348, 22000 and 22621); MS-RDPBCGR 5.4.5", "F4"},
    {Rule::release_outside, "release-outside", warning, "the profile is not meant for that release",
     "`apply` refuses it unless it is forced.", "Change the condition `windows`, or use another profile.", schancfg_rules},
    {Rule::renegotiation_off, "renegotiation-off", warning, "the server refuses renegotiation",
     "IIS asks for client certificates of single folders by renegotiation; such pages fail (403.7, or a reset connection).",
     "Remove DisableRenegoOnServer; AllowInsecureRenegoClients = 0 closes CVE-2009-3555 without this.", "KB977377", "F19"},
    {Rule::renegotiation_strict, "renegotiation-strict", note, "servers without secure renegotiation are refused",
     "Connections to servers that never got RFC 5746 (2010) fail.", "None, if intentional.", "KB980436 (MS10-049)", "F20"},
    {Rule::service_lock_out, "service-lock-out", warning, "what is left is not documented for a service",
     "Some services do not take all that Schannel has: of TLS 1.3 in LDAP over TLS on Server 2022, in AD FS and its proxy, in the SMTP of older "
     "Exchange Servers and in EAP nothing is documented, or it is documented not to work. With TLS 1.3 alone they may have nothing left.",
     "Keep TLS 1.2 on a machine that runs one of them.",
     "windowsserverdocs whats-new-windows-server-2025.md; Manage-SSL-Protocols-in-AD-FS.md; Microsoft Exchange TLS best practices (2025-04-25)"},
    {Rule::service_tls13, "service-tls13", note, "TLS 1.3 is on where a service has trouble with it",
     "HTTP.sys asks for client certificates after the handshake, and clients refuse that in TLS 1.3; the proxy trust of AD FS fails while TLS 1.3 is on "
     "for clients; Exchange Server 2019 CU12 to CU14 do not support it.",
     "None, unless the machine runs one of these. Then turn TLS 1.3 off for that role, or do what the page of the service says.",
     "MicrosoftDocs/windowsserverdocs#6342; lithnet/access-manager#227; Microsoft Exchange TLS best practices (2025-04-25)"},
    {Rule::session_cache_off, "session-cache-off", warning, "the session cache is turned off",
     "Every connection costs a full handshake; busy servers feel it at once.", "Leave the value out: 10 hours, 20,000 entries.", tls_registry,
     "F30"},
    {Rule::session_cache_too_long, "session-cache-too-long", warning, "sessions are kept for more than 7 days",
     "The lifetime of session tickets follows ServerCacheTime. TLS allows a week at most (RFC 8446, section 4.6.1), and clients of Windows 11 end connections "
     "when a ticket promises more.",
     "Use at most 604800000 (milliseconds), or remove the value: the default is 10 hours.", "dotnet/runtime#112326; RFC 8446, section 4.6.1"},
    {Rule::setting_ignored, "setting-ignored", warning, "the release ignores this setting",
     "It looks as if something were protected, and nothing happens.", "Leave it out for that release.", tls_registry},
    {Rule::sha512_certificates, "sha512-certificates", note, "SHA-512 signatures are not offered here",
     "A certificate signed with SHA-512 breaks TLS 1.2 on Windows 8.1, Server 2012 R2 and older without KB2973337, while TLS 1.0 works.",
     "Install KB2973337, or use certificates signed with SHA-256.", "KB2973337 (its text is not available; two blogs)", "F22"},
    {Rule::split_at_slash, "split-at-slash", error, "the name of a cipher was split at its slash",
     "PowerShell's New-Item and some tools take the slash in `RC4 128/128` for a path separator and make two keys. Windows reads neither: nothing is off.",
     "Remove both keys and write the one with the slash in its name: reg.exe and .NET's registry classes do.",
     "dsccommunity/xPSDesiredStateConfiguration#285; ansible/ansible#20308", "F15"},
    {Rule::suite_blocked, "suite-blocked", warning, "a switch takes away suites that the list names",
     "The list and the switch contradict each other. CIS turns off AES 128/128 and lists four suites with AES-128 in the next breath.",
     "Take the suites out of the list, or remove the switch.", "CIS Microsoft IIS 10 Benchmark 7.10 and 7.12", "F7"},
    {Rule::suite_name_dead, "suite-name-dead", warning, "names with a curve may be dead on this release",
     "Since Windows 10 and Server 2016 the curve is not part of the name. A captured Server 2016 keeps such names in its list with id 0, no "
     "cipher and no protocol: the suite is lost in silence. Microsoft's suite pages say that the curve list overrides the suffix, so it is not certain.",
     "Write the name without the suffix, and the curve into the curve list.", capture_2016, "F1"},
    {Rule::suite_name_unknown, "suite-name-unknown", warning, "a suite that the release does not know",
     "The name does nothing. Names that Microsoft's own product lists hold and no suite page knows are among them (Exchange: ECDHE_ECDSA with "
     "AES-256 and P256; Skype for Business: ECDHE_RSA with GCM and a curve).",
     "Remove it, or use the name of the release's page.", suite_pages, "F32"},
    {Rule::tls12_off, "tls12-off", warning, "TLS 1.2 is off or on request only",
     "Nearly all peers speak it, and many nothing newer. Where it is the newest version that is on, nearly nothing can connect.",
     "Enable TLS 1.2 for both roles, unless every peer is known to have TLS 1.3.", "Microsoft Exchange Server TLS configuration best practices"},
    {Rule::tls13_off, "tls13-off", note, "TLS 1.3 is off where it would be on by default",
     "Connections use TLS 1.2 instead. That is needed for some programs, and forgotten afterwards.",
     "Leave it at its default, unless something that runs there cannot use it.", protocols_page},
    {Rule::tls13_unsupported, "tls13-unsupported", warning, "TLS 1.3 is switched on a release that does not support it",
     "Microsoft calls this unsafe before Windows 11 and Server 2022. Third parties report a broken Schannel until the key is removed.",
     "Remove the key.", protocols_page, "F11"},
    {Rule::tls13_without_suite, "tls13-without-suite", warning, "TLS 1.3 is on, and no suite of it is left",
     "Schannel prefers the highest version that is on. Whether connections then use TLS 1.2 or fail is documented nowhere: Microsoft's pages speak for "
     "failing, practice for TLS 1.2, and one report of a Server 2022 saw connections fail.",
     "Add TLS_AES_256_GCM_SHA384 and TLS_AES_128_GCM_SHA256 to the list, or turn TLS 1.3 off.", "win32: SecAuthN/cipher-suites-in-schannel.md; diyan/pywinrm#363"},
    {Rule::unknown_to_release, "unknown-to-release", note, "names are left out because the release does not know them",
     "Nothing: what the release does not know is not written.", "None, if intentional.", schancfg_rules},
    {Rule::unsupported_by_microsoft, "unsupported-by-microsoft", note, "switches of ciphers, hashes and key exchanges are not supported by Microsoft",
     "The AD FS page calls them unsupported apart from key sizes, the TLS page sends readers to the list of suites; Exchange prescribes them. "
     "They work as documented in KB245030 for Windows 2003.",
     "Prefer the list of suites.", "MicrosoftDocs/windowsserverdocs: Manage-SSL-Protocols-in-AD-FS.md, tls-registry-settings.md; KB245030; "
     "Microsoft Exchange Server TLS configuration best practices"},
    {Rule::value_unknown, "value-unknown", note, "a value below SCHANNEL that no source knows",
     "What it does, if anything, is written nowhere.", "Remove it, unless another product needs it.", tls_registry},
    {Rule::value_wrong_type, "value-wrong-type", warning, "a value has a type or length that Windows does not expect",
     "What Windows does with it is not documented; it may be ignored, and the default rule.", "Write the type that is documented.", reg_reading,
     "F28"},
    {Rule::weak_cipher, "weak-cipher", warning, "a weak cipher is enabled",
     "RC4 (RFC 7465), DES, RC2 and Triple DES (SWEET32, CVE-2016-2183) can be broken in practice.", "Disable it, or leave it out.",
     "RFC 7465; RFC 9325; CVE-2016-2183"},
    {Rule::weak_cipher_suite, "weak-cipher-suite", warning, "the list holds weak suites",
     "Suites with RC4, DES, Triple DES, export keys or no encryption can be broken in practice or protect nothing.", "Remove them.",
     "RFC 7465; RFC 9325; CVE-2016-2183"},
    {Rule::weak_default, "weak-default", note, "what Windows does here by default is weak",
     "Nobody has set it; the release comes like this.", "See `schancfg diff best-practices`.", "RFC 8996; RFC 9325"},
    {Rule::weak_protocol, "weak-protocol", warning, "an old protocol is enabled",
     "SSL 2.0, SSL 3.0 (POODLE), TLS 1.0 and TLS 1.1 are forbidden by RFC 6176, RFC 7568 and RFC 8996.",
     "Disable it, or keep the exception to one role and one reason.", "RFC 6176; RFC 7568; RFC 8996"},
    {Rule::winhttp_nothing_left, "winhttp-nothing-left", error, "WinHTTP offers nothing that works",
     "Programs that choose no protocol offer what the mask of WinHTTP says, and none of it is on for clients on this release: every connection that they "
     "open fails.",
     "Add TLS 1.2 to the mask (0x800), or remove the value.", "KB3140245"},
    {Rule::winhttp_refused, "winhttp-refused", warning, "WinHTTP is to offer a protocol that Schannel refuses",
     "The mask of WinHTTP cannot revive what Schannel turns off.", "Enable the protocol for clients, or take it out of the mask.", "KB3140245",
     "F17"},
    {Rule::wow64_twin, "wow64-twin", warning, "only one of the 64-bit and the 32-bit view is set",
     "HKLM\\SOFTWARE is kept twice: 32-bit programs read the value below Wow6432Node and go on with their default.", "Set both.",
     "MicrosoftDocs/win32: WinHttp/option-flags.md; dotnet/docs: framework/network-programming/tls.md", "F16"},
};

// In the order of the enumeration, so that a rule's row is found by its number.
static_assert(std::ranges::all_of(table, [](const LintRule& row) { return &row == &table[std::to_underlying(row.rule)]; }));

}  // namespace

std::span<const LintRule> lint_rules() { return table; }

const LintRule& lint_rule(Rule rule) {
    const auto at = static_cast<std::size_t>(rule);
    return at < std::size(table) ? table[at] : file_rules()[at - std::size(table)];
}

const LintRule* find_lint_rule(std::string_view id) {
    for (const std::span<const LintRule> rules : {lint_rules(), file_rules()}) {
        const auto found = std::ranges::find(rules, id, &LintRule::id);
        if (found != rules.end()) return &*found;
    }
    return nullptr;
}

bool is_of_files(const LintRule& rule) { return static_cast<std::size_t>(rule.rule) >= std::size(table); }

bool needs_release(const LintRule& rule) {
    switch (rule.rule) {
        case Rule::curve_list_dead:
        case Rule::curve_list_tls13_only:
        case Rule::curve_needs_build:
        case Rule::curve_unknown:
        case Rule::default_unknown:
        case Rule::dhe_leading_zero:
        case Rule::dotnet_nothing_left:
        case Rule::fips_curve25519:
        case Rule::forward_secrecy_lost:
        case Rule::hash_takes_suites:
        case Rule::http2_blocklisted_first:
        case Rule::needs_update:
        case Rule::no_default_protocol:
        case Rule::no_modern_peer:
        case Rule::no_suite_left:
        case Rule::nothing_left:
        case Rule::only_ecdsa_suites:
        case Rule::only_rsa_suites:
        case Rule::only_tls13_suites:
        case Rule::policy_copies_default:
        case Rule::protocol_unsupported:
        case Rule::release_outside:
        case Rule::service_lock_out:
        case Rule::service_tls13:
        case Rule::setting_ignored:
        case Rule::sha512_certificates:
        case Rule::suite_name_dead:
        case Rule::tls13_unsupported:
        case Rule::tls13_without_suite:
        case Rule::unknown_to_release:
        case Rule::weak_default:
        case Rule::winhttp_nothing_left: return true;
        default: return false;
    }
}

bool is_background(const LintRule& rule) { return rule.rule == Rule::unsupported_by_microsoft || rule.rule == Rule::policy_list_set; }

std::string_view severity_name(Severity severity) {
    switch (severity) {
        case Severity::note: return "note";
        case Severity::warning: return "warning";
        case Severity::error: return "error";
    }
    return "error";
}

}  // namespace schancfg::lint
