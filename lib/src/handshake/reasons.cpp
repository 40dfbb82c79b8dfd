#include "schancfg/handshake/reasons.hpp"

#include <algorithm>
#include <utility>

#include "schancfg/utf.hpp"

namespace schancfg::handshake {
namespace {

using enum Stage;

constexpr std::string_view alerts = "MicrosoftDocs/win32:desktop-src/SecAuthN/schannel-error-codes-for-tls-and-ssl-alerts.md";
constexpr std::string_view events = "TechNet dn786445 (Schannel events)";
constexpr std::string_view com_errors = "MicrosoftDocs/win32:desktop-src/com/com-error-codes-4.md";

// Columns: id, its text, stage, title, meaning, remedy, source.
constexpr Reason table[] = {
    {ReasonId::no_connection, "no-connection", reach, "no connection was made",
     "Nothing answered at that address and port, or a filter on the way refused it. TLS did not begin.",
     "Check name, port, firewall and proxy.", "MicrosoftDocs/win32:desktop-src/WinSock/windows-sockets-error-codes-2.md"},
    {ReasonId::no_answer, "no-answer", reach, "no TLS handshake was seen at that port",
     "The scan reached the port and got no answer to any ClientHello: another service, a filter on the way, or a handshake that needs "
     "something first (STARTTLS, a client certificate, a server name).",
     "Scan again with the right port and server name, from the network of the client.", "RFC 8446; RFC 3207"},
    {ReasonId::not_tls, "not-tls", reach, "the other end does not speak TLS there",
     "What came back is not a TLS record: plain HTTP, SMTP or the page of a proxy.",
     "Check port and scheme, and what stands between the two.", com_errors},

    {ReasonId::no_protocol_left, "no-protocol-left", credential, "an end has no protocol left that it could offer",
     "The registry and the application together leave no protocol: AcquireCredentialsHandle fails before anything is sent (event 36871, "
     "internal state 10013).",
     "Enable TLS 1.2 for that role, or let the application leave the choice to the system.",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); TechNet dn786445 (Schannel events)"},
    {ReasonId::private_key, "private-key", credential, "the private key of a certificate cannot be used",
     "The certificate has no private key, or the account of the service may not read it (events 36869, 36870).",
     "Import the certificate with its key again, or give the account the right to read the key.", events},
    {ReasonId::access_denied, "access-denied", credential, "the other end refuses access",
     "The handshake was understood and refused: no, or another, client certificate was expected (alert 49).",
     "Ask the other end which clients it lets in.", alerts},

    {ReasonId::app_protocols, "app-protocols", protocol, "the application does not ask for a protocol that the other end speaks",
     "Schannel would speak it, but the layer above chooses for itself: WinHTTP by DefaultSecureProtocols, .NET by the version that a "
     "program is built for, SchUseStrongCrypto and SystemDefaultTlsVersions.",
     "Build the program for a newer .NET, or let it leave the choice to Windows, else set the layer's values in both views.",
     "dotnet/docs:docs/framework/network-programming/tls.md; MicrosoftDocs/win32:desktop-src/WinHttp/option-flags.md; KB3140245"},
    {ReasonId::no_common_protocol, "no-common-protocol", protocol, "there is no protocol that both ends speak",
     "Each protocol is off, unknown or switched off on one of the two (alert 70, SEC_E_UNSUPPORTED_FUNCTION).",
     "Bring the older end to TLS 1.2; only where it cannot, enable an old protocol on the newer one, for the role that needs it.",
     "RFC 5246, E.1; MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)"},
    {ReasonId::early_tls13, "early-tls13", protocol, "TLS 1.3 is switched on in the registry of a Windows that does not have it",
     "Before Windows 11 and Server 2022 Microsoft supports no TLS 1.3 in Schannel. Server 2019 with the key set was seen to reset connections of clients "
     "that offer it; Windows 10 from 1903 on was seen to negotiate it, and to fail with 0x80090304 where the program names it.",
     "Remove the values below Protocols\\TLS 1.3 for that role.", "FreeRDP/FreeRDP#7986; dotnet/runtime#53537; MicrosoftDocs/sql-docs#9474"},
    {ReasonId::version_hole, "version-hole", protocol, "the client speaks an older and a newer protocol than the server answers with",
     "Up to TLS 1.2 a client says only its newest version, and the server answers with its own newest up to that. If the client has just "
     "that one switched off, it hangs up, although an older one is common.",
     "Enable the version between, or switch the older ones off as well.", "RFC 5246, E.1"},

    {ReasonId::no_common_suite, "no-common-suite", suite, "there is no cipher suite that both ends take",
     "In the protocol that both would speak, the lists, or the ciphers, hashes and key exchanges that are switched off, leave nothing in common "
     "(alert 40, event 36874, SEC_E_ALGORITHM_MISMATCH).",
     "Turn on again what is switched off on one end; best a suite with ECDHE and AES-GCM.",
     "RFC 5246, 7.4.1; TechNet dn786445 (Schannel events)"},
    {ReasonId::certificate_type, "certificate-type", suite, "no common cipher suite fits the server's certificate",
     "A suite with ECDSA needs a certificate with an ECDSA key, one with RSA an RSA key; the common ones are all of the other kind.",
     "Give the server a certificate of the kind that the client's suites need, or list suites of the certificate's kind.",
     "RFC 5246, 7.4.2; RFC 8422, 5.3"},

    {ReasonId::no_common_curve, "no-common-curve", key_exchange, "there is no elliptic curve that both ends take",
     "The suites that are common need a curve, for the key exchange or for the certificate, that the other end does not have in its list.",
     "Add NistP256 to the curve list of the end that lacks it.", "RFC 8422, 5.1; MicrosoftDocs/win32: tls-elliptic-curves pages"},
    {ReasonId::dh_too_short, "dh-too-short", key_exchange, "the server's Diffie-Hellman group is too short for the client",
     "The server picks a TLS_DHE suite and a group with fewer bits than the client takes. Windows takes 1024 bits and more since MS15-055 "
     "(KB3061518), 512 before; the client ends the handshake and tries no other suite.",
     "Give the server a group of 2048 bits. Else do not offer TLS_DHE where the server has any other suite. Last, and for every outbound "
     "connection, take shorter groups.",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); KB3061518 (MS15-055)"},
    {ReasonId::dh_too_long, "dh-too-long", key_exchange, "the server's Diffie-Hellman group is too long for the client",
     "Old clients (Java before 7u101 takes 1024 bits at most) cannot compute with longer groups, and fail when a TLS_DHE suite is picked.",
     "Update the client. Else take TLS_DHE off the server, or out of the client's offers.",
     "Oracle: Java 7u101 release notes; MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)"},

    {ReasonId::certificate_key_too_short, "certificate-key-too-short", certificate, "the key of the certificate is too short for the other end",
     "Schannel takes RSA keys of 1024 bits and more from servers (Windows 10 and Server 2016 on), and certificate chains block shorter ones "
     "since KB2661254. .NET says `A call to SSPI failed`.",
     "Make a new certificate with 2048 bits; no registry value is a good answer to this.",
     "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text); KB2661254"},
    {ReasonId::certificate_key_too_long, "certificate-key-too-long", certificate, "the key of the certificate is too long for the other end",
     "Old devices verify RSA keys up to 1024 or 2048 bits only. No Schannel setting is about this.",
     "Update the device's firmware, or give it a listener of its own with a certificate that it can take.", "RFC 5246, 7.4.2"},
    {ReasonId::certificate_signature_hash, "certificate-signature-hash", certificate, "the other end cannot verify the hash that the certificate is signed with",
     "Windows 8.1, Server 2012 R2 and older offer no SHA-512 signatures in TLS 1.2 before KB2973337; old devices know no SHA-256. With TLS 1.0 "
     "and 1.1 hashes are not negotiated, so Windows itself fails in TLS 1.2 only.",
     "Install the update on Windows, or give the server a certificate signed with SHA-256.",
     "KB2973337, as two blogs tell it; MicrosoftDocs/windowsserverdocs: tls-schannel-ssp-changes-in-windows-10-and-windows-server.md; RFC 5246, 7.4.1.4.1"},
    {ReasonId::no_common_signature, "no-common-signature", certificate, "there is no signature that the server can make and the client can verify",
     "From TLS 1.2 on the client says which pairs of key and hash it verifies; the server signs the key exchange with none of them.",
     "Put a common one back into the list of signature algorithms of the end that lacks it.", "RFC 5246, 7.4.1.4.1; RFC 8446, 4.2.3"},
    {ReasonId::certificate_not_trusted, "certificate-not-trusted", certificate, "the certificate's issuer is not trusted",
     "The chain ends in a root that this end does not know (alert 48, event 36882). TLS settings do not matter here.",
     "Install the root, or the missing intermediate on the server.", alerts},
    {ReasonId::certificate_not_valid, "certificate-not-valid", certificate, "the certificate has expired, is not valid yet, or cannot be used for this",
     "A clock that is wrong looks the same (alert 45, event 36881).", "Renew the certificate; check both clocks.", alerts},
    {ReasonId::certificate_revoked, "certificate-revoked", certificate, "the certificate has been revoked",
     "The issuer has withdrawn it (alert 44, event 36883).", "Get a new one.", alerts},
    {ReasonId::revocation_not_checked, "revocation-not-checked", certificate, "whether the certificate is revoked could not be checked",
     "The list or responder that the certificate names cannot be reached, or it names none. TLS settings do not matter here.",
     "Let this machine reach the addresses in the certificate (CRL distribution points, OCSP), through the proxy of the account that connects.",
     com_errors},
    {ReasonId::legacy_key_provider, "legacy-key-provider", certificate, "the key of the client certificate is in a provider that signs SHA-1 alone",
     "A key in a provider of the old CryptoAPI cannot sign with SHA-256, which TLS 1.2 asks for; the client fails before it sends anything.",
     "Import the certificate again into a CNG provider, or into Microsoft Enhanced RSA and AES Cryptographic Provider.",
     "Azure/azure-c-shared-utility#699"},
    {ReasonId::certificate_name, "certificate-name", certificate, "the certificate is for another name",
     "The name that the client asked for is not in the certificate (event 36884, SEC_E_WRONG_PRINCIPAL).",
     "Use the name that is in it, or a certificate with that name.", events},
    {ReasonId::certificate_rejected, "certificate-rejected", certificate, "the other end does not accept the certificate",
     "It was read and refused, without saying more (alerts 42, 43 and 46; events 36876, 36877).",
     "Look at its key type, key length, signature hash and purpose, in that order.", alerts},
    {ReasonId::client_certificate, "client-certificate", certificate, "the server wants a client certificate that the client does not send",
     "None fits the issuers that the server names, its private key cannot be used, or the server cannot map it to an account (events "
     "36875, 36878, 36879).",
     "Give the client a certificate from an issuer that the server names, for client authentication.",
     "TechNet dn786445 (Schannel events); KB5014754"},

    {ReasonId::strict_renegotiation, "strict-renegotiation", extension, "one end insists on secure renegotiation and the other does not have it",
     "With AllowInsecureRenegoServers (client) or AllowInsecureRenegoClients (server) at 0, ends without RFC 5746 are refused.",
     "Update the other end, which is open to CVE-2009-3555; only where that cannot be, go back to compatible mode.", "KB980436 (MS10-049); RFC 5746"},

    {ReasonId::extended_master_secret, "extended-master-secret", later, "a resumed session fails because one end has no extended master secret",
     "Since October 2019 Windows insists on it when a session is resumed. Full handshakes succeed, resumed ones fail now and then (alert "
     "20, event 36887, 0x8009030F).",
     "Update the other end to RFC 7627; till then the extension can be switched off on Windows.", "KB4528489; RFC 7627"},
    {ReasonId::version_intolerance, "version-intolerance", later, "the other end claims a protocol version and breaks it",
     "The handshake agrees on the version, and the first protected record fails with bad_record_mac or a closed connection: a fault of the "
     "device, often with TLS 1.2 of old firmware, that no scan of offers shows.",
     "Update the device. Till then restrict the protocols of the application that talks to it, not those of the machine.",
     "RFC 5246, 7.2.2; MicrosoftDocs/sdk-api: SCHANNEL_CRED"},
    {ReasonId::broken_dh, "broken-dh", later, "the other end's Diffie-Hellman is broken",
     "Its TLS_DHE handshakes fail although the group is long enough: a fault of the device.",
     "Update the device. Till then do not offer TLS_DHE; what has no other suite is then lost.", "RFC 5246, 7.4.3; KB4557473"},
    {ReasonId::dhe_leading_zero, "dhe-leading-zero", later, "one TLS_DHE handshake in 256 fails on this Windows",
     "A leading zero of the shared secret is dropped (event 36888). Fixed in 1511 and later, in 1607 and Server 2016 by KB4537806 or KB4540670.",
     "Install the update, or take the TLS_DHE suites away.", "KB4557473"},
    {ReasonId::october_2022_update, "october-2022-update", later, "an update of October 2022 broke TLS on this Windows",
     "KB5018410, KB5018418, KB5018419 and KB5018421 made some connections fail with SEC_E_ILLEGAL_MESSAGE.",
     "Install KB5020435, KB5020387, KB5020438 or KB5020436, or any later cumulative update.",
     "known issue of KB5018410; git-for-windows/git#4115; getsentry/sentry-cli#1400"},
    {ReasonId::ticket_lifetime, "ticket-lifetime", later, "the server's session tickets live longer than the client allows",
     "ServerCacheTime above 7 days breaks clients of Windows 11 (RFC 8446 allows 7 days).", "Set ServerCacheTime to 604800000 milliseconds or less.",
     "dotnet/runtime#112326; RFC 8446, 4.6.1"},
    {ReasonId::credssp_update, "credssp-update", later, "one end lacks the CredSSP update of 2018",
     "The client refuses an unpatched server, or the other way round (CVE-2018-0886). TLS settings do not matter here.",
     "Install the updates on the older end; AllowEncryptionOracle is for reaching it once.", "KB4093492"},
    {ReasonId::logon_refused, "logon-refused", later, "the logon was refused, not the TLS connection",
     "The account, its password, or the way to a domain controller. It comes after TLS, or has nothing to do with it.",
     "Look for the failed logon in the Security log of the server and of a domain controller (event 4625), and check the clocks of both.",
     "MicrosoftDocs/windows-itpro-docs: event-4625; MS-ERREF 2.3.1"},
    {ReasonId::http2_suite_order, "http2-suite-order", later, "the suite that was picked is forbidden for HTTP/2",
     "A suite of RFC 7540's blocklist stands above those that HTTP/2 allows, and the browser refuses the session.",
     "Put the suites with ECDHE and AES-GCM first.", "MicrosoftDocs/SupportArticles-docs: deploy-custom-cipher-suite-ordering.md (KB4032720)"},
    {ReasonId::no_application_protocol, "no-application-protocol", later, "there is no application protocol (ALPN) that both ends speak",
     "TLS itself agreed (alert 120).", "Look at the settings of the application, such as EnableHttp2Tls.", alerts},
    {ReasonId::fips_mode, "fips-mode", later, "FIPS mode does not allow what is asked for",
     "The system's policy for FIPS algorithms refuses a cipher, hash or provider of the application.",
     "Use approved algorithms, or switch FIPS mode off: Microsoft no longer recommends it.",
     "MicrosoftDocs/windows-itpro-docs: system-cryptography-use-fips-compliant-algorithms-for-encryption-hashing-and-signing.md"},
    {ReasonId::interception, "interception", later, "something on the way changes or closes the connection",
     "A firewall, proxy or scanner that takes TLS apart, or that lets only some versions through.",
     "Try from the server's own network; ask who inspects TLS.", "RFC 8446, 9.3"},
    {ReasonId::closed_by_peer, "closed-by-peer", later, "the other end closed the connection without an alert",
     "Old servers close it where newer ones send an alert: any refusal can look like this.",
     "Look into the other end's log, and compare what both offer.", "RFC 5246, 7.2.1"},
};

// reason_of() takes the row by the number of its enumerator.
static_assert(std::ranges::all_of(table, [](const Reason& row) { return &row == &table[std::to_underlying(row.code)]; }));
static_assert(std::ranges::equal(table, reason_ids, {}, &Reason::id));

}  // namespace

std::string_view stage_name(Stage stage) {
    switch (stage) {
        case reach: return "reach";
        case credential: return "credential";
        case protocol: return "protocol";
        case suite: return "suite";
        case key_exchange: return "key exchange";
        case certificate: return "certificate";
        case extension: return "extension";
        case later: break;
    }
    return "later";
}

std::span<const Reason> reasons() { return table; }

const Reason& reason_of(ReasonId id) { return table[static_cast<std::size_t>(id)]; }

const Reason* find_reason(std::string_view id) {
    const auto* found = std::ranges::find_if(table, [&](const Reason& row) { return utf::equal_no_case(row.id, id); });
    return found == std::end(table) ? nullptr : found;
}

}  // namespace schancfg::handshake
