#include "handshake/symptoms_tables.hpp"

#include <algorithm>
#include <iterator>

#include "schancfg/handshake/symptoms.hpp"

namespace schancfg::handshake {
namespace {

using namespace causes;

// What a code stands for is in facts::codes() with its source. Which reasons it can have follows from RFC 5246 (7.2.2) and RFC 8446
// (6.2) for alerts; the order is that of experience, the ends then sort it.
constexpr ReasonList mismatch =
    "no-common-suite certificate-type no-common-curve no-common-signature dh-too-short no-common-protocol strict-renegotiation client-certificate";
constexpr ReasonList illegal =
    "no-common-protocol app-protocols no-common-suite certificate-type no-common-curve dh-too-short certificate-key-too-short "
    "certificate-signature-hash no-common-signature october-2022-update ticket-lifetime strict-renegotiation client-certificate closed-by-peer";
constexpr ReasonList rejected =
    "certificate-rejected certificate-signature-hash certificate-key-too-short certificate-key-too-long certificate-type certificate-not-trusted "
    "certificate-name";
constexpr ReasonList broken_exchange = "broken-dh dhe-leading-zero version-intolerance certificate-signature-hash no-common-signature";
constexpr ReasonList untrusted = "certificate-not-trusted", not_valid = "certificate-not-valid", revoked = "certificate-revoked",
                           wrong_name = "certificate-name", client_cert = "client-certificate", key = "private-key", unchecked = "revocation-not-checked",
                           no_way = "no-connection no-answer",
                           internal = "no-common-suite private-key dhe-leading-zero version-intolerance interception";

struct OfAlert {
    std::uint32_t number;
    ReasonList causes;
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
    ReasonList causes;
};
constexpr OfEvent of_events[] = {
    {36869, key}, {36870, key}, {36871, "app-protocols no-protocol-left private-key"}, {36872, key}, {36873, "no-common-suite app-protocols"},
    {36874, "no-common-suite certificate-type no-common-curve no-common-protocol"}, {36875, client_cert}, {36876, rejected}, {36877, rejected},
    {36878, client_cert}, {36879, client_cert}, {36881, not_valid}, {36882, untrusted}, {36883, revoked}, {36884, wrong_name}, {36886, key},
    {36887, mismatch}, {36888, mismatch},
};

struct OfName {
    std::string_view name;
    ReasonList causes;
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
    {"SEC_E_ILLEGAL_MESSAGE", illegal},
    {"SEC_E_CERT_UNKNOWN", rejected},
    {"SEC_E_CERT_EXPIRED", not_valid},
    {"SEC_E_DECRYPT_FAILURE", broken_exchange},
    {"SEC_E_ENCRYPT_FAILURE", "broken-dh"},
    {"SEC_E_ALGORITHM_MISMATCH", "no-common-suite no-common-protocol app-protocols certificate-type no-common-curve no-common-signature legacy-key-provider"},
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
    {"CRYPT_E_NO_REVOCATION_CHECK", unchecked},
    {"CRYPT_E_REVOCATION_OFFLINE", unchecked},
    {"CERT_E_EXPIRED", not_valid},
    {"CERT_E_UNTRUSTEDROOT", untrusted},
    {"CERT_E_CHAINING", untrusted},
    {"CERT_E_REVOKED", revoked},
    {"CERT_E_REVOCATION_FAILURE", unchecked},
    {"CERT_E_CN_NO_MATCH", wrong_name},
    {"CERT_E_WRONG_USAGE", not_valid},
    {"TRUST_E_CERT_SIGNATURE", weak_hash},
    {"ERROR_WINHTTP_TIMEOUT", no_way},
    {"ERROR_WINHTTP_CANNOT_CONNECT", no_way},
    {"ERROR_WINHTTP_CONNECTION_ERROR", closed},
    {"ERROR_WINHTTP_SECURE_CERT_DATE_INVALID", not_valid},
    {"ERROR_WINHTTP_SECURE_CERT_CN_INVALID", wrong_name},
    {"ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED", client_cert},
    {"ERROR_WINHTTP_SECURE_INVALID_CA", untrusted},
    {"ERROR_WINHTTP_SECURE_CERT_REV_FAILED", unchecked},
    {"ERROR_WINHTTP_INVALID_SERVER_RESPONSE", closed},
    {"ERROR_WINHTTP_SECURE_CERT_REVOKED", revoked},
    {"WSAECONNABORTED", closed},
    {"WSAECONNRESET", closed},
    {"WSAETIMEDOUT", no_way},
    {"WSAECONNREFUSED", no_way},
    {"ECONNRESET", closed},
    {"ECONNABORTED", closed},
    {"ECONNREFUSED", no_way},
    {"ETIMEDOUT", no_way},
    {"EPIPE", closed},
    {"INET_E_SECURITY_PROBLEM", any_handshake},
    {"INET_E_DOWNLOAD_FAILURE", closed},
    {"ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY", "http2-suite-order"},
    {"ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED", "legacy-key-provider client-certificate private-key"},
    {"ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS", "client-certificate legacy-key-provider no-common-signature"},
    {"ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY", key},
    {"ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED", key},
    {"ERR_SSL_UNRECOGNIZED_NAME_ALERT", wrong_name},
    {"ERR_SSL_KEY_USAGE_INCOMPATIBLE", "certificate-rejected certificate-type"},
    {"ERR_SSL_HANDSHAKE_NOT_COMPLETED", any_handshake},
    {"ERR_CERT_UNABLE_TO_CHECK_REVOCATION", unchecked},
    {"ERR_CERT_NO_REVOCATION_MECHANISM", unchecked},
    {"ERR_CERT_INVALID", rejected},
    {"ERR_CERT_VALIDITY_TOO_LONG", not_valid},
    {"ERR_CERTIFICATE_TRANSPARENCY_REQUIRED", untrusted},
    {"ERR_EMPTY_RESPONSE", closed},
    {"ERR_TIMED_OUT", no_way},
    {"ERR_CONNECTION_TIMED_OUT", no_way},
    {"ERR_CONNECTION_REFUSED", no_way},
    {"SSL_ERROR_NO_CIPHERS_SUPPORTED", suites},
    {"SSL_ERROR_UNKNOWN_CA_ALERT", untrusted},
    {"SSL_ERROR_EXPIRED_CERT_ALERT", not_valid},
    {"SSL_ERROR_REVOKED_CERT_ALERT", revoked},
    {"SSL_ERROR_ACCESS_DENIED_ALERT", "access-denied client-certificate"},
    {"SSL_ERROR_INAPPROPRIATE_FALLBACK_ALERT", "version-intolerance interception"},
    {"SSL_ERROR_UNRECOGNIZED_NAME_ALERT", wrong_name},
    {"SSL_ERROR_BAD_CERTIFICATE", rejected},
    {"SSL_ERROR_NO_CERTIFICATE", client_cert},
    {"SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT", client_cert},
    {"MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", untrusted},
    {"SEC_ERROR_OCSP_SERVER_ERROR", unchecked},
    {"SEC_ERROR_OCSP_UNKNOWN_CERT", unchecked},
    {"SEC_ERROR_UNTRUSTED_ISSUER", untrusted},
    {"SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE", not_valid},
    {"SEC_ERROR_CA_CERT_INVALID", untrusted},
    {"SEC_ERROR_INADEQUATE_KEY_USAGE", not_valid},
    {"PR_CONNECT_RESET_ERROR", closed},
};

}  // namespace

ReasonList causes_of_alert(std::uint32_t number) {
    const auto* found = std::ranges::find(of_alerts, number, &OfAlert::number);
    return found == std::end(of_alerts) ? ReasonList{} : found->causes;
}

ReasonList causes_of(const facts::Code& code) {
    if (code.kind == facts::CodeKind::tls_alert) return causes_of_alert(code.number);
    if (code.kind == facts::CodeKind::event) {
        const auto* found = std::ranges::find(of_events, code.number, &OfEvent::id);
        return found == std::end(of_events) ? ReasonList{} : found->causes;
    }
    const auto* found = std::ranges::find(of_names, code.name, &OfName::name);
    return found == std::end(of_names) ? ReasonList{} : found->causes;
}

}  // namespace schancfg::handshake
