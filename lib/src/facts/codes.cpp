#include "schancfg/facts/codes.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

using enum CodeKind;

constexpr std::string_view alerts_page =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/schannel-error-codes-for-tls-and-ssl-alerts.md";
constexpr std::string_view com_errors_page = "MicrosoftDocs/win32:desktop-src/com/com-error-codes-4.md";
constexpr std::string_view chromium_errors = "Chromium: net/base/net_error_list.h";
constexpr std::string_view mozilla_errors = "Mozilla NSS and PSM: SSLerrs.h, SECerrs.h, nsNSSErrors";
constexpr std::string_view events_page = "TechNet dn786445 (Schannel events); event ID lists in public detection wiki";
constexpr std::string_view event_note =
    "System log, source Schannel; shown only when EventLogging mask covers the event level";
constexpr std::string_view schannel_event = "Schannel event";

// Columns: kind, number, name, SSPI status of an alert, HRESULT, meaning, likely cause, source, notes.
constexpr Code table[] = {
    {tls_alert, 10, "unexpected_message", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "message out of order", {}, alerts_page,
     {}},
    {tls_alert, 20, "bad_record_mac", "SEC_E_MESSAGE_ALTERED", 0x8009030F, "integrity check failed",
     "seen with 2019 EMS resumption change (KB4528489), event 36887", alerts_page, {}},
    {tls_alert, 21, "decryption_failed", "SEC_E_DECRYPT_FAILURE", 0x80090330, "cannot decrypt", {}, alerts_page, {}},
    {tls_alert, 22, "record_overflow", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "record too large", {}, alerts_page, {}},
    {tls_alert, 30, "decompression_failure", "SEC_E_MESSAGE_ALTERED", 0x8009030F, "bad compressed data", {},
     alerts_page, {}},
    {tls_alert, 40, "handshake_failure", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "no acceptable parameters",
     "no common suite, curve, or signature algorithm", alerts_page, {}},
    {tls_alert, 42, "bad_certificate", "SEC_E_CERT_UNKNOWN", 0x80090327, "peer certificate corrupt", {}, alerts_page,
     {}},
    {tls_alert, 43, "unsupported_certificate", "SEC_E_CERT_UNKNOWN", 0x80090327, "certificate type not usable", {},
     alerts_page, {}},
    {tls_alert, 44, "certificate_revoked", "CRYPT_E_REVOKED", 0x80092010, "certificate revoked", {}, alerts_page, {}},
    {tls_alert, 45, "certificate_expired", "SEC_E_CERT_EXPIRED", 0x80090328, "certificate expired", {}, alerts_page,
     {}},
    {tls_alert, 46, "certificate_unknown", "SEC_E_CERT_UNKNOWN", 0x80090327, "certificate rejected", {}, alerts_page,
     {}},
    {tls_alert, 47, "illegal_parameter", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "field out of range", {}, alerts_page,
     "Microsoft page omits the number 47"},
    {tls_alert, 48, "unknown_ca", "SEC_E_UNTRUSTED_ROOT", 0x80090325, "issuer not trusted", {}, alerts_page, {}},
    {tls_alert, 49, "access_denied", "SEC_E_LOGON_DENIED", 0x8009030C, "peer refuses access", {}, alerts_page, {}},
    {tls_alert, 50, "decode_error", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "message cannot be parsed", {}, alerts_page,
     {}},
    {tls_alert, 51, "decrypt_error", "SEC_E_DECRYPT_FAILURE", 0x80090330, "signature or finished check failed", {},
     alerts_page, {}},
    {tls_alert, 60, "export_restriction", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "export limits", {}, alerts_page, {}},
    {tls_alert, 70, "protocol_version", "SEC_E_UNSUPPORTED_FUNCTION", 0x80090302, "no common protocol version",
     "version disabled on one side", alerts_page, {}},
    {tls_alert, 71, "insufficient_security", "SEC_E_ALGORITHM_MISMATCH", 0x80090331, "peer wants stronger algorithms",
     {}, alerts_page, {}},
    {tls_alert, 80, "internal_error", "SEC_E_INTERNAL_ERROR", 0x80090304, "internal failure", {}, alerts_page, {}},
    {tls_alert, 90, "user_canceled", "SEC_E_UNFINISHED_CONTEXT_DELETED", 0x80090333, "handshake cancelled", {},
     alerts_page, {}},
    {tls_alert, 100, "no_renegotiation", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "renegotiation refused", {}, alerts_page,
     {}},
    {tls_alert, 110, "unsupported_extension", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "unexpected extension", {},
     alerts_page, {}},
    {tls_alert, 115, "unknown_psk_identity", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "PSK identity unknown", {},
     alerts_page, {}},
    {tls_alert, 120, "no_application_protocol", "SEC_E_APPLICATION_PROTOCOL_MISMATCH", 0x80090367,
     "no common ALPN protocol", {}, alerts_page, "page prints the name SEC_E_ILLEGAL_MESSAGE beside value 0x80090367"},
    {tls_alert, no_number, "any other alert", "SEC_E_ILLEGAL_MESSAGE", 0x80090326, "fallback mapping", {}, alerts_page,
     {}},

    {sspi_status, 0x80090302, "SEC_E_UNSUPPORTED_FUNCTION", {}, 0x80090302, "operation or protocol not available",
     "protocol version turned off; alert 70", com_errors_page, {}},
    {sspi_status, 0x80090304, "SEC_E_INTERNAL_ERROR", {}, 0x80090304, "LSA cannot be reached or failed",
     "broken configuration, e.g. contradictory suite list; alert 80", com_errors_page, {}},
    {sspi_status, 0x80090305, "SEC_E_SECPKG_NOT_FOUND", {}, 0x80090305, "security package missing",
     "Schannel not loaded", com_errors_page, {}},
    {sspi_status, 0x80090308, "SEC_E_INVALID_TOKEN", {}, 0x80090308, "token malformed",
     "peer sent plain text or another protocol", com_errors_page, {}},
    {sspi_status, 0x8009030A, "SEC_E_QOP_NOT_SUPPORTED", {}, 0x8009030A, "quality of protection unavailable", {},
     com_errors_page, {}},
    {sspi_status, 0x8009030C, "SEC_E_LOGON_DENIED", {}, 0x8009030C, "access refused",
     "client certificate not accepted; alert 49", com_errors_page, {}},
    {sspi_status, 0x8009030D, "SEC_E_UNKNOWN_CREDENTIALS", {}, 0x8009030D, "credentials not recognised",
     "private key not accessible to the account", com_errors_page, {}},
    {sspi_status, 0x8009030E, "SEC_E_NO_CREDENTIALS", {}, 0x8009030E, "no usable credentials",
     "no matching certificate or no enabled protocol for the credential (event 36871)", com_errors_page, {}},
    {sspi_status, 0x8009030F, "SEC_E_MESSAGE_ALTERED", {}, 0x8009030F, "message failed integrity",
     "alert 20; EMS resumption mismatch", com_errors_page, {}},
    {sspi_status, 0x80090310, "SEC_E_OUT_OF_SEQUENCE", {}, 0x80090310, "message order wrong", {}, com_errors_page, {}},
    {sspi_status, 0x00090312, "SEC_I_CONTINUE_NEEDED", {}, 0x00090312, "more handshake messages needed", "normal",
     com_errors_page, {}},
    {sspi_status, 0x80090317, "SEC_E_CONTEXT_EXPIRED", {}, 0x80090317, "context no longer valid", {}, com_errors_page,
     {}},
    {sspi_status, 0x00090317, "SEC_I_CONTEXT_EXPIRED", {}, 0x00090317, "peer closed the session (close_notify)",
     "normal", com_errors_page, {}},
    {sspi_status, 0x80090318, "SEC_E_INCOMPLETE_MESSAGE", {}, 0x80090318, "need more bytes", "normal", com_errors_page,
     {}},
    {sspi_status, 0x80090320, "SEC_E_INCOMPLETE_CREDENTIALS", {}, 0x80090320, "credential incomplete",
     "client certificate required", com_errors_page, {}},
    {sspi_status, 0x00090320, "SEC_I_INCOMPLETE_CREDENTIALS", {}, 0x00090320, "server asks for a client certificate",
     "supply a certificate or continue without", com_errors_page, {}},
    {sspi_status, 0x80090321, "SEC_E_BUFFER_TOO_SMALL", {}, 0x80090321, "buffer too small", {}, com_errors_page, {}},
    {sspi_status, 0x00090321, "SEC_I_RENEGOTIATE", {}, 0x00090321,
     "peer asks for renegotiation or sent post-handshake data", "TLS 1.3 tickets and key update surface this way",
     com_errors_page, {}},
    {sspi_status, 0x80090322, "SEC_E_WRONG_PRINCIPAL", {}, 0x80090322, "name does not match certificate", "event 36884",
     com_errors_page, {}},
    {sspi_status, 0x80090324, "SEC_E_TIME_SKEW", {}, 0x80090324, "clocks differ", {}, com_errors_page, {}},
    {sspi_status, 0x80090325, "SEC_E_UNTRUSTED_ROOT", {}, 0x80090325, "chain ends in untrusted root",
     "event 36882; alert 48", com_errors_page, {}},
    {sspi_status, 0x80090326, "SEC_E_ILLEGAL_MESSAGE", {}, 0x80090326, "message unexpected or badly formed",
     "most handshake failures; alert 40", com_errors_page, {}},
    {sspi_status, 0x80090327, "SEC_E_CERT_UNKNOWN", {}, 0x80090327, "unknown certificate error", "alerts 42, 43, 46",
     com_errors_page, {}},
    {sspi_status, 0x80090328, "SEC_E_CERT_EXPIRED", {}, 0x80090328, "certificate expired", "event 36881; alert 45",
     com_errors_page, {}},
    {sspi_status, 0x80090329, "SEC_E_ENCRYPT_FAILURE", {}, 0x80090329, "encryption failed", {}, com_errors_page, {}},
    {sspi_status, 0x80090330, "SEC_E_DECRYPT_FAILURE", {}, 0x80090330, "decryption failed", "alerts 21, 51",
     com_errors_page, {}},
    {sspi_status, 0x80090331, "SEC_E_ALGORITHM_MISMATCH", {}, 0x80090331, "no common algorithm",
     "no shared suite after registry, policy and application filters; alert 71", com_errors_page, {}},
    {sspi_status, 0x80090333, "SEC_E_UNFINISHED_CONTEXT_DELETED", {}, 0x80090333,
     "context deleted before handshake end", "alert 90", com_errors_page, {}},
    {sspi_status, 0x80090336, "SEC_E_WRONG_CREDENTIAL_HANDLE", {}, 0x80090336, "handle not the one used earlier", {},
     com_errors_page, {}},
    {sspi_status, 0x80090337, "SEC_E_CRYPTO_SYSTEM_INVALID", {}, 0x80090337,
     "crypto system or checksum function invalid", "FIPS mode without allowed algorithm", com_errors_page, {}},
    {sspi_status, 0x8009033A, "SEC_E_STRONG_CRYPTO_NOT_SUPPORTED", {}, 0x8009033A, "strong crypto missing", {},
     com_errors_page, {}},
    {sspi_status, 0x80090349, "SEC_E_CERT_WRONG_USAGE", {}, 0x80090349, "certificate purpose wrong", "EKU mismatch",
     com_errors_page, {}},
    {sspi_status, 0x80090350, "SEC_E_DOWNGRADE_DETECTED", {}, 0x80090350, "downgrade detected", {}, com_errors_page,
     {}},
    {sspi_status, 0x8009035D, "SEC_E_INVALID_PARAMETER", {}, 0x8009035D, "bad parameter",
     "unsupported protocol bits or structure version in credential", com_errors_page, {}},
    {sspi_status, 0x00090360, "SEC_I_NO_RENEGOTIATION", {}, 0x00090360, "peer refused renegotiation", {},
     com_errors_page, {}},
    {sspi_status, 0x00090364, "SEC_I_MESSAGE_FRAGMENT", {}, 0x00090364, "DTLS handshake fragment", {}, com_errors_page,
     {}},
    {sspi_status, 0x80090363, "SEC_E_MUTUAL_AUTH_FAILED", {}, 0x80090363, "mutual authentication failed", {},
     com_errors_page, {}},
    {sspi_status, 0x80090366, "SEC_I_CONTINUE_NEEDED_MESSAGE_OK", {}, 0x00090366, "continue with extra token", {},
     com_errors_page, "page prints 0x80090366 although SEC_I_ codes have severity 0"},
    {sspi_status, 0x80090367, "SEC_E_APPLICATION_PROTOCOL_MISMATCH", {}, 0x80090367, "no common ALPN protocol",
     "alert 120", alerts_page, "name not on the COM error page; taken from Windows headers"},
    {sspi_status, 0x80092010, "CRYPT_E_REVOKED", {}, 0x80092010, "certificate revoked", "alert 44; event 36883",
     com_errors_page, {}},

    {winhttp_error, 12175, "ERROR_WINHTTP_SECURE_FAILURE", {}, 0x80072F8F, "certificate or channel security problem",
     "no common protocol after KB5017811; DefaultSecureProtocols excludes what server needs",
     "MicrosoftDocs/win32:desktop-src/WinHttp/error-messages.md; KB5017811", {}},
    {winhttp_error, 12157, "ERROR_WINHTTP_SECURE_CHANNEL_ERROR", {}, 0x80072F7D, "secure channel failed",
     "covers most Schannel handshake errors", "MicrosoftDocs/win32:desktop-src/WinHttp/error-messages.md", {}},

    {browser_error, no_number, "ERR_SPDY_INADEQUATE_TRANSPORT_SECURITY", {}, 0, "browser refuses HTTP/2 session",
     "an RFC 7540 blocklisted suite was ordered above HTTP/2 suites",
     "MicrosoftDocs/SupportArticles-docs: deploy-custom-cipher-suite-ordering.md (KB4032720)",
     "HTTP/2 INADEQUATE_SECURITY"},
    {browser_error, no_number, "ERR_SSL_PROTOCOL_ERROR", {}, 0,
     "the server broke the protocol, or spoke none", "no TLS at that port; a fault of the server", chromium_errors, "-107"},
    {browser_error, no_number, "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", {}, 0,
     "no common protocol version or cipher suite", "alert 40 or 70 received", chromium_errors, "-113"},
    {browser_error, no_number, "ERR_NO_SSL_VERSIONS_ENABLED", {}, 0,
     "no protocol version is enabled in the browser", {}, chromium_errors, "-112"},
    {browser_error, no_number, "ERR_SSL_OBSOLETE_VERSION", {}, 0, "the server speaks TLS 1.0 or 1.1 only", {}, chromium_errors, "-218"},
    {browser_error, no_number, "ERR_SSL_WEAK_SERVER_EPHEMERAL_DH_KEY", {}, 0,
     "the server's ephemeral Diffie-Hellman key is too short", "512-bit or 768-bit group", chromium_errors, "-129"},
    {browser_error, no_number, "ERR_SSL_BAD_RECORD_MAC_ALERT", {}, 0,
     "alert 20 received", "a server that breaks the version it claims", chromium_errors, "-126"},
    {browser_error, no_number, "ERR_SSL_DECRYPT_ERROR_ALERT", {}, 0, "alert 51 received", {}, chromium_errors, "-153"},
    {browser_error, no_number, "ERR_SSL_UNSAFE_NEGOTIATION", {}, 0,
     "the server lacks the renegotiation extension", {}, chromium_errors, "-128"},
    {browser_error, no_number, "ERR_SSL_SERVER_CERT_BAD_FORMAT", {}, 0,
     "the server's certificate cannot be parsed", {}, chromium_errors, "-167"},
    {browser_error, no_number, "ERR_SSL_CLIENT_AUTH_CERT_NEEDED", {}, 0,
     "the server asks for a client certificate", {}, chromium_errors, "-110"},
    {browser_error, no_number, "ERR_BAD_SSL_CLIENT_AUTH_CERT", {}, 0,
     "the client certificate was refused, or there was none", {}, chromium_errors, "-117"},
    {browser_error, no_number, "ERR_CERT_COMMON_NAME_INVALID", {}, 0, "the certificate is for another name", {}, chromium_errors, "-200"},
    {browser_error, no_number, "ERR_CERT_DATE_INVALID", {}, 0,
     "the certificate has expired or is not valid yet", "a wrong clock", chromium_errors, "-201"},
    {browser_error, no_number, "ERR_CERT_AUTHORITY_INVALID", {}, 0, "the certificate's issuer is not trusted", {}, chromium_errors, "-202"},
    {browser_error, no_number, "ERR_CERT_REVOKED", {}, 0, "the certificate is revoked", {}, chromium_errors, "-206"},
    {browser_error, no_number, "ERR_CERT_WEAK_SIGNATURE_ALGORITHM", {}, 0,
     "the certificate is signed with a weak algorithm", "SHA-1 or MD5", chromium_errors, "-208"},
    {browser_error, no_number, "ERR_CERT_WEAK_KEY", {}, 0,
     "the certificate's key is too short", "an RSA key below 1024 bits", chromium_errors, "-211"},
    {browser_error, no_number, "ERR_CONNECTION_CLOSED", {}, 0, "the other end closed the connection", {}, chromium_errors, "-100"},
    {browser_error, no_number, "ERR_CONNECTION_RESET", {}, 0,
     "the connection was reset", "a server that closes it instead of sending an alert", chromium_errors, "-101"},
    {browser_error, no_number, "SSL_ERROR_NO_CYPHER_OVERLAP", {}, 0, "no common cipher suite", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_UNSUPPORTED_VERSION", {}, 0,
     "the server's protocol version is not enabled", "the server speaks TLS 1.0 or 1.1 only", mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_PROTOCOL_VERSION_ALERT", {}, 0, "alert 70 received", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_SSL2_DISABLED", {}, 0, "the server speaks SSL 2.0 only", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_SSL_DISABLED", {}, 0, "no protocol version is enabled in the browser", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_HANDSHAKE_FAILURE_ALERT", {}, 0,
     "alert 40 received", "no common suite, curve or signature", mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_INSUFFICIENT_SECURITY_ALERT", {}, 0, "alert 71 received", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_ILLEGAL_PARAMETER_ALERT", {}, 0, "alert 47 received", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_INTERNAL_ERROR_ALERT", {}, 0, "alert 80 received", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_DECRYPT_ERROR_ALERT", {}, 0, "alert 51 received", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_BAD_MAC_ALERT", {}, 0,
     "alert 20 received", "a server that breaks the version it claims", mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_BAD_MAC_READ", {}, 0,
     "a record with a wrong authentication code", "a server that breaks the version it claims", mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY", {}, 0,
     "the server's ephemeral Diffie-Hellman key is too short", "512-bit or 768-bit group", mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_WEAK_SERVER_CERT_KEY", {}, 0, "the certificate's key is too short", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_RX_MALFORMED_SERVER_KEY_EXCH", {}, 0,
     "the server's key exchange message is malformed", "broken Diffie-Hellman", mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_RX_RECORD_TOO_LONG", {}, 0,
     "a record longer than TLS allows", "plain text: no TLS at that port", mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_UNSAFE_NEGOTIATION", {}, 0,
     "the server lacks the renegotiation extension", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_RENEGOTIATION_NOT_ALLOWED", {}, 0, "renegotiation refused", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_UNSUPPORTED_CERT_ALERT", {}, 0, "alert 43 received", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT", {}, 0, "alert 46 received", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_BAD_CERT_ALERT", {}, 0, "alert 42 received", {}, mozilla_errors, {}},
    {browser_error, no_number, "SSL_ERROR_BAD_CERT_DOMAIN", {}, 0, "the certificate is for another name", {}, mozilla_errors, {}},
    {browser_error, no_number, "SEC_ERROR_UNKNOWN_ISSUER", {}, 0, "the certificate's issuer is not known", {}, mozilla_errors, {}},
    {browser_error, no_number, "SEC_ERROR_EXPIRED_CERTIFICATE", {}, 0, "the certificate has expired", "a wrong clock", mozilla_errors, {}},
    {browser_error, no_number, "SEC_ERROR_REVOKED_CERTIFICATE", {}, 0, "the certificate is revoked", {}, mozilla_errors, {}},
    {browser_error, no_number, "SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED", {}, 0,
     "the certificate is signed with an algorithm that is switched off", "SHA-1 or MD5", mozilla_errors, {}},
    {browser_error, no_number, "MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE", {}, 0,
     "the certificate's key is too short", {}, mozilla_errors, {}},
    {browser_error, no_number, "PR_END_OF_FILE_ERROR", {}, 0,
     "the other end closed the connection", "a server that closes it instead of sending an alert", mozilla_errors, {}},
    {browser_error, no_number, "PR_CONNECT_RESET_ERROR", {}, 0,
     "the connection was reset", "a server that closes it instead of sending an alert", mozilla_errors, {}},

    {event, 36864, schannel_event, {}, 0, "Schannel package loaded", {}, events_page, event_note},
    {event, 36865, schannel_event, {}, 0, "cryptographic module could not be opened", {}, events_page, event_note},
    {event, 36866, schannel_event, {}, 0, "Schannel package failed to load", {}, events_page, event_note},
    {event, 36867, schannel_event, {}, 0, "credential being created (client or server)", {}, events_page, event_note},
    {event, 36868, schannel_event, {}, 0, "private key properties of the credential", {}, events_page, event_note},
    {event, 36869, schannel_event, {}, 0, "certificate has no private key link", "re-import certificate with key",
     events_page, event_note},
    {event, 36870, schannel_event, {}, 0, "private key cannot be accessed",
     "ACL on key, wrong provider; text carries error and internal state", events_page, event_note},
    {event, 36871, schannel_event, {}, 0, "credential could not be created",
     "internal error state 10013 = no usable protocol for the request, e.g. app asks only TLS 1.0 after it was "
     "disabled", events_page, event_note},
    {event, 36872, schannel_event, {}, 0, "no suitable default server credential",
     "newer text: certificate chain not retrieved", events_page, event_note},
    {event, 36873, schannel_event, {}, 0, "no supported suite while initiating",
     "suite list and application filter leave nothing", events_page, event_note},
    {event, 36874, schannel_event, {}, 0, "client offers no suite the server supports",
     "suite order, certificate type, curve or hash gate", events_page, event_note},
    {event, 36875, schannel_event, {}, 0, "server asked for client certificate, none suitable", {}, events_page,
     event_note},
    {event, 36876, schannel_event, {}, 0, "server certificate did not validate", {}, events_page, event_note},
    {event, 36877, schannel_event, {}, 0, "client certificate did not validate", {}, events_page, event_note},
    {event, 36878, schannel_event, {}, 0, "client certificate unsuitable", {}, events_page, event_note},
    {event, 36879, schannel_event, {}, 0, "client certificate not mapped to account",
     "CertificateMappingMethods, strong mapping KB5014754", events_page, event_note},
    {event, 36880, schannel_event, {}, 0, "handshake completed",
     "logged only with EventLogging bit 4; gives protocol, suite, exchange strength", events_page, event_note},
    {event, 36881, schannel_event, {}, 0, "certificate expired", {}, events_page, event_note},
    {event, 36882, schannel_event, {}, 0, "certificate issued by untrusted authority", {}, events_page, event_note},
    {event, 36883, schannel_event, {}, 0, "certificate revoked", {}, events_page, event_note},
    {event, 36884, schannel_event, {}, 0, "name mismatch", {}, events_page, event_note},
    {event, 36885, schannel_event, {}, 0, "trusted issuer list too long, truncated",
     "limit 16 KB; SendTrustedIssuerList", events_page, event_note},
    {event, 36886, schannel_event, {}, 0, "no default server credential",
     "usual for LDAPS on domain controllers without certificate", events_page, event_note},
    {event, 36887, schannel_event, {}, 0, "fatal alert received from peer", "alert number in text", events_page,
     event_note},
    {event, 36888, schannel_event, {}, 0, "fatal alert generated locally", "alert number plus internal error state",
     events_page, event_note},
};

}  // namespace

std::string_view code_kind_name(CodeKind kind) {
    switch (kind) {
        case tls_alert: return "TLS alert";
        case sspi_status: return "SSPI status";
        case winhttp_error: return "WinHTTP error";
        case browser_error: return "browser error";
        case event: break;
    }
    return "Schannel event";
}

std::span<const Code> codes() { return table; }

const Code* find_code(CodeKind kind, std::uint32_t number) {
    const Code* others = nullptr;
    for (const Code& row : table) {
        if (row.kind != kind) continue;
        if (row.number == number && number != no_number) return &row;
        if (row.status == number && kind != tls_alert && number != 0) return &row;
        if (row.number == no_number && kind == tls_alert) others = &row;
    }
    return number <= 0xFF ? others : nullptr;
}

const Code* find_code(std::string_view name) {
    const auto* found = std::ranges::find_if(
        table, [&](const Code& row) { return row.kind != event && utf::equal_no_case(row.name, name); });
    return found == std::end(table) ? nullptr : found;
}

}  // namespace schancfg::facts
