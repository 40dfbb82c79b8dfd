#include "handshake/symptoms_tables.hpp"

#include <algorithm>
#include <iterator>

#include "schancfg/handshake/symptoms.hpp"

namespace schancfg::handshake {
namespace {

// What a code stands for is in facts::codes() with its source. Which reasons it can have follows from RFC 5246 (7.2.2) and RFC 8446
// (6.2) for alerts; the order is that of experience, the ends then sort it.
constexpr std::string_view mismatch =
    "no-common-suite certificate-type no-common-curve no-common-signature dh-too-short no-common-protocol strict-renegotiation client-certificate";
constexpr std::string_view any_handshake =
    "no-common-protocol app-protocols no-common-suite certificate-type no-common-curve dh-too-short certificate-key-too-short "
    "certificate-signature-hash no-common-signature strict-renegotiation client-certificate closed-by-peer";
constexpr std::string_view closed =
    "closed-by-peer no-common-protocol app-protocols no-common-suite dh-too-short certificate-signature-hash version-intolerance not-tls interception";
constexpr std::string_view wrong_mac = "version-intolerance broken-dh extended-master-secret interception";
constexpr std::string_view versions = "no-common-protocol app-protocols version-hole no-protocol-left";
constexpr std::string_view rejected =
    "certificate-rejected certificate-signature-hash certificate-key-too-short certificate-key-too-long certificate-type certificate-not-trusted "
    "certificate-name";
constexpr std::string_view broken_exchange = "broken-dh dhe-leading-zero version-intolerance certificate-signature-hash no-common-signature";
constexpr std::string_view short_dh = "dh-too-short", weak_hash = "certificate-signature-hash", short_key = "certificate-key-too-short";
constexpr std::string_view untrusted = "certificate-not-trusted", not_valid = "certificate-not-valid", revoked = "certificate-revoked",
                           wrong_name = "certificate-name", client_cert = "client-certificate", key = "private-key", plain = "not-tls interception",
                           strict = "strict-renegotiation", suites = "no-common-suite certificate-type no-common-curve",
                           internal = "no-common-suite private-key dhe-leading-zero version-intolerance interception";

struct OfAlert {
    std::uint32_t number;
    std::string_view causes;
};
constexpr OfAlert of_alerts[] = {
    {10, "interception version-intolerance not-tls"}, {20, wrong_mac}, {21, wrong_mac}, {22, plain}, {30, wrong_mac}, {40, mismatch},
    {41, client_cert}, {42, rejected}, {43, "certificate-type certificate-signature-hash certificate-key-too-long certificate-rejected"},
    {44, revoked}, {45, not_valid}, {46, rejected}, {47, "no-common-curve broken-dh dh-too-long version-intolerance"}, {48, untrusted},
    {49, "access-denied"}, {50, "broken-dh version-intolerance"}, {51, broken_exchange}, {60, suites}, {70, versions},
    {71, "no-common-suite dh-too-short certificate-key-too-short"}, {80, internal}, {86, "version-intolerance interception"}, {100, strict},
    {110, "version-intolerance"}, {112, wrong_name}, {116, client_cert}, {120, "no-application-protocol"},
};

struct OfEvent {
    std::uint32_t id;
    std::string_view causes;
};
constexpr OfEvent of_events[] = {
    {36869, key}, {36870, key}, {36871, "no-protocol-left private-key"}, {36872, key}, {36873, "no-common-suite app-protocols"},
    {36874, "no-common-suite certificate-type no-common-curve no-common-protocol"}, {36875, client_cert}, {36876, rejected}, {36877, rejected},
    {36878, client_cert}, {36879, client_cert}, {36881, not_valid}, {36882, untrusted}, {36883, revoked}, {36884, wrong_name}, {36886, key},
    {36887, mismatch}, {36888, mismatch},
};

struct OfName {
    std::string_view name, causes;
};
constexpr OfName of_names[] = {
    {"SEC_E_UNSUPPORTED_FUNCTION", versions},
    {"SEC_E_INTERNAL_ERROR", internal},
    {"SEC_E_INVALID_TOKEN", "not-tls no-common-protocol dh-too-short interception"},
    {"SEC_E_LOGON_DENIED", "access-denied"},
    {"SEC_E_UNKNOWN_CREDENTIALS", key},
    {"SEC_E_NO_CREDENTIALS", "no-protocol-left private-key client-certificate"},
    {"SEC_E_MESSAGE_ALTERED", wrong_mac},
    {"SEC_E_OUT_OF_SEQUENCE", "interception"},
    {"SEC_E_INCOMPLETE_CREDENTIALS", client_cert},
    {"SEC_I_INCOMPLETE_CREDENTIALS", client_cert},
    {"SEC_E_WRONG_PRINCIPAL", wrong_name},
    {"SEC_E_TIME_SKEW", not_valid},
    {"SEC_E_UNTRUSTED_ROOT", untrusted},
    {"SEC_E_ILLEGAL_MESSAGE", any_handshake},
    {"SEC_E_CERT_UNKNOWN", rejected},
    {"SEC_E_CERT_EXPIRED", not_valid},
    {"SEC_E_DECRYPT_FAILURE", broken_exchange},
    {"SEC_E_ENCRYPT_FAILURE", "broken-dh"},
    {"SEC_E_ALGORITHM_MISMATCH", "no-common-suite no-common-protocol app-protocols certificate-type no-common-curve no-common-signature"},
    {"SEC_E_CRYPTO_SYSTEM_INVALID", "fips-mode"},
    {"SEC_E_STRONG_CRYPTO_NOT_SUPPORTED", "no-common-suite"},
    {"SEC_E_CERT_WRONG_USAGE", not_valid},
    {"SEC_E_DOWNGRADE_DETECTED", "interception version-intolerance"},
    {"SEC_E_INVALID_PARAMETER", "no-protocol-left"},
    {"SEC_I_NO_RENEGOTIATION", strict},
    {"SEC_E_MUTUAL_AUTH_FAILED", client_cert},
    {"SEC_E_APPLICATION_PROTOCOL_MISMATCH", "no-application-protocol"},
    {"CRYPT_E_REVOKED", revoked},
    {"ERROR_WINHTTP_SECURE_FAILURE", "certificate-not-trusted certificate-name certificate-not-valid app-protocols no-common-protocol certificate-signature-hash"},
    {"ERROR_WINHTTP_SECURE_CHANNEL_ERROR", any_handshake},
    {"ERR_SPDY_INADEQUATE_TRANSPORT_SECURITY", "http2-suite-order"},
    {"ERR_SSL_PROTOCOL_ERROR", "not-tls version-intolerance interception no-common-protocol"},
    {"ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "no-common-protocol no-common-suite certificate-type no-common-curve"},
    {"ERR_NO_SSL_VERSIONS_ENABLED", "no-protocol-left"},
    {"ERR_SSL_OBSOLETE_VERSION", "no-common-protocol"},
    {"ERR_SSL_WEAK_SERVER_EPHEMERAL_DH_KEY", short_dh},
    {"ERR_SSL_BAD_RECORD_MAC_ALERT", wrong_mac},
    {"ERR_SSL_DECRYPT_ERROR_ALERT", broken_exchange},
    {"ERR_SSL_UNSAFE_NEGOTIATION", strict},
    {"ERR_SSL_SERVER_CERT_BAD_FORMAT", "certificate-rejected"},
    {"ERR_SSL_CLIENT_AUTH_CERT_NEEDED", client_cert},
    {"ERR_BAD_SSL_CLIENT_AUTH_CERT", client_cert},
    {"ERR_CERT_COMMON_NAME_INVALID", wrong_name},
    {"ERR_CERT_DATE_INVALID", not_valid},
    {"ERR_CERT_AUTHORITY_INVALID", untrusted},
    {"ERR_CERT_REVOKED", revoked},
    {"ERR_CERT_WEAK_SIGNATURE_ALGORITHM", weak_hash},
    {"ERR_CERT_WEAK_KEY", short_key},
    {"ERR_CONNECTION_CLOSED", closed},
    {"ERR_CONNECTION_RESET", closed},
    {"SSL_ERROR_NO_CYPHER_OVERLAP", suites},
    {"SSL_ERROR_UNSUPPORTED_VERSION", "no-common-protocol"},
    {"SSL_ERROR_PROTOCOL_VERSION_ALERT", versions},
    {"SSL_ERROR_SSL2_DISABLED", "no-common-protocol"},
    {"SSL_ERROR_SSL_DISABLED", "no-protocol-left"},
    {"SSL_ERROR_HANDSHAKE_FAILURE_ALERT", mismatch},
    {"SSL_ERROR_INSUFFICIENT_SECURITY_ALERT", "no-common-suite dh-too-short certificate-key-too-short"},
    {"SSL_ERROR_ILLEGAL_PARAMETER_ALERT", "no-common-curve broken-dh dh-too-long version-intolerance"},
    {"SSL_ERROR_INTERNAL_ERROR_ALERT", internal},
    {"SSL_ERROR_DECRYPT_ERROR_ALERT", broken_exchange},
    {"SSL_ERROR_BAD_MAC_ALERT", wrong_mac},
    {"SSL_ERROR_BAD_MAC_READ", wrong_mac},
    {"SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY", short_dh},
    {"SSL_ERROR_WEAK_SERVER_CERT_KEY", short_key},
    {"SSL_ERROR_RX_MALFORMED_SERVER_KEY_EXCH", "broken-dh"},
    {"SSL_ERROR_RX_RECORD_TOO_LONG", plain},
    {"SSL_ERROR_UNSAFE_NEGOTIATION", strict},
    {"SSL_ERROR_RENEGOTIATION_NOT_ALLOWED", strict},
    {"SSL_ERROR_UNSUPPORTED_CERT_ALERT", "certificate-type certificate-signature-hash certificate-key-too-long"},
    {"SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT", rejected},
    {"SSL_ERROR_BAD_CERT_ALERT", rejected},
    {"SSL_ERROR_BAD_CERT_DOMAIN", wrong_name},
    {"SEC_ERROR_UNKNOWN_ISSUER", untrusted},
    {"SEC_ERROR_EXPIRED_CERTIFICATE", not_valid},
    {"SEC_ERROR_REVOKED_CERTIFICATE", revoked},
    {"SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED", weak_hash},
    {"MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE", short_key},
    {"PR_END_OF_FILE_ERROR", closed},
    {"PR_CONNECT_RESET_ERROR", closed},
};

constexpr std::string_view net = ".NET Framework", sspi = "SSPI", winhttp = "WinHTTP", nmap = "nmap", openssl = "OpenSSL", java = "Java";

// Texts as the programs print them, in English; what SSPI texts stand for: MicrosoftDocs/win32:desktop-src/com/com-error-codes-4.md. The
// more telling ones come first.
constexpr KnownMessage messages[] = {
    {"do not possess a common algorithm", sspi, "SEC_E_ALGORITHM_MISMATCH", {}},
    {"message received was unexpected or badly formatted", sspi, "SEC_E_ILLEGAL_MESSAGE", {}},
    {"function requested is not supported", sspi, "SEC_E_UNSUPPORTED_FUNCTION", {}},
    {"token supplied to the function is invalid", sspi, "SEC_E_INVALID_TOKEN", {}},
    {"Local Security Authority cannot be contacted", sspi, "SEC_E_INTERNAL_ERROR", {}},
    {"message or signature supplied for verification has been altered", sspi, "SEC_E_MESSAGE_ALTERED", {}},
    {"specified data could not be decrypted", sspi, "SEC_E_DECRYPT_FAILURE", {}},
    {"certificate chain was issued by an authority that is not trusted", sspi, "SEC_E_UNTRUSTED_ROOT", {}},
    {"target principal name is incorrect", sspi, "SEC_E_WRONG_PRINCIPAL", {}},
    {"received certificate has expired", sspi, "SEC_E_CERT_EXPIRED", {}},
    {"unknown error occurred while processing the certificate", sspi, "SEC_E_CERT_UNKNOWN", {}},
    {"credentials supplied to the package were not recognized", sspi, "SEC_E_UNKNOWN_CREDENTIALS", {}},
    {"No credentials are available in the security package", sspi, "SEC_E_NO_CREDENTIALS", {}},
    {"FIPS validated cryptographic algorithms", net, {}, "fips-mode"},
    {"remote certificate is invalid", net, {}, "certificate-not-trusted certificate-name certificate-not-valid"},
    {"handshake failed due to an unexpected packet format", net, {}, plain},
    {"remote party has closed the transport stream", net, {}, closed},
    {"unexpected EOF or 0 bytes from the transport stream", net, {}, closed},
    {"forcibly closed by the remote host", net, {}, closed},
    {"A call to SSPI failed", net, {}, "certificate-key-too-short app-protocols no-common-protocol no-common-suite dh-too-short certificate-signature-hash closed-by-peer"},
    {"Could not create SSL/TLS secure channel", net, {}, any_handshake},
    {"Could not establish trust relationship", net, {}, "certificate-not-trusted certificate-name certificate-not-valid"},
    {"unexpected error occurred on a send", net, {}, closed},
    {"unexpected error occurred on a receive", net, {}, closed},
    {"An error occurred in the secure channel support", winhttp, "ERROR_WINHTTP_SECURE_CHANNEL_ERROR", {}},
    {"A security error occurred", winhttp, "ERROR_WINHTTP_SECURE_FAILURE", {}},
    {"dh key too small", openssl, {}, short_dh},
    {"ee key too small", openssl, {}, short_key},
    {"ca md too weak", openssl, {}, weak_hash},
    {"unsafe legacy renegotiation disabled", openssl, {}, strict},
    {"no shared cipher", openssl, {}, suites},
    {"no suitable signature algorithm", openssl, {}, "no-common-signature certificate-signature-hash certificate-key-too-short"},
    {"unsupported protocol", openssl, {}, versions},
    {"wrong version number", openssl, {}, plain},
    {"alert handshake failure", openssl, "handshake_failure", {}},
    {"alert protocol version", openssl, "protocol_version", {}},
    {"alert bad record mac", openssl, "bad_record_mac", {}},
    {"decryption failed or bad record mac", openssl, "bad_record_mac", {}},
    {"alert insufficient security", openssl, "insufficient_security", {}},
    {"alert illegal parameter", openssl, "illegal_parameter", {}},
    {"alert unknown ca", openssl, "unknown_ca", {}},
    {"DH ServerKeyExchange does not comply", java, {}, short_dh},
    {"Prime size must be multiple of 64", java, {}, "dh-too-long"},
    {"No appropriate protocol", java, {}, "no-protocol-left no-common-protocol"},
    {"closed connection during handshake", java, {}, closed},
    {"Export key exchange", nmap, {}, short_dh},
    {"of lower strength than certificate key", nmap, {}, short_dh},
    {"Insecure certificate signature", nmap, {}, weak_hash},
    {"Certificate RSA exponent is 1", nmap, {}, "certificate-rejected"},
    {"vulnerable to SWEET32", nmap, {}, "no-common-suite"},
    {"Broken cipher RC4", nmap, {}, "no-common-suite"},
    {"CBC-mode cipher in SSLv3", nmap, {}, "no-common-protocol"},
    {"Ciphersuite uses MD5", nmap, {}, "no-common-suite"},
    {"Forward Secrecy not supported by any cipher", nmap, {}, "no-common-suite"},
    {"Anonymous key exchange", nmap, {}, "no-common-suite certificate-rejected"},
};

}  // namespace

std::span<const KnownMessage> known_messages() { return messages; }

std::string_view causes_of_alert(std::uint32_t number) {
    const auto* found = std::ranges::find(of_alerts, number, &OfAlert::number);
    return found == std::end(of_alerts) ? std::string_view{} : found->causes;
}

std::string_view causes_of(const facts::Code& code) {
    if (code.kind == facts::CodeKind::tls_alert) return causes_of_alert(code.number);
    if (code.kind == facts::CodeKind::event) {
        const auto* found = std::ranges::find(of_events, code.number, &OfEvent::id);
        return found == std::end(of_events) ? std::string_view{} : found->causes;
    }
    const auto* found = std::ranges::find(of_names, code.name, &OfName::name);
    return found == std::end(of_names) ? std::string_view{} : found->causes;
}

}  // namespace schancfg::handshake
