// What people paste: texts of programs and logs, with the cause that leads and what it is about.
#include <string>

#include "catch.hpp"
#include "schancfg/handshake/collect.hpp"
#include "schancfg/handshake/symptoms.hpp"

using namespace schancfg;

namespace {

struct Pasted {
    const char* text;
    const char* cause;  ///< that leads
    const char* about;  ///< its class
};

constexpr Pasted pasted[] = {
    // Schannel's events, in the old wording and the new
    {"An SSL connection request was received from a remote client application, but none of the cipher suites supported by the client application are "
     "supported by the server. The SSL connection request has failed.", "no-common-suite", "settings"},
    {"An TLS 1.2 connection request was received from a remote client application, but none of the cipher suites supported by the client application are "
     "supported by the server. The TLS connection request has failed.", "no-common-suite", "settings"},
    {"The following fatal alert was received: 40.", "no-common-suite", "settings"},
    {"A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 70.", "no-common-protocol", "settings"},
    {"The following fatal alert was generated: 10. The internal error state is 1203.", "not-tls", "network"},
    {"A fatal alert was generated and sent to the remote endpoint. This may result in termination of the connection. The TLS protocol defined fatal error "
     "code is 70. The Windows SChannel error state is 105.", "no-common-protocol", "settings"},
    {"A fatal error occurred when attempting to access the SSL server credential private key. The error code returned from the cryptographic module is "
     "0x8009030D. The internal error state is 10001.", "private-key", "key"},
    {"A fatal error occurred when attempting to access the TLS client credential private key.", "private-key", "key"},
    {"A fatal error occurred while creating a TLS client credential. The internal error state is 10013.", "app-protocols", "settings"},
    {"A fatal error occurred while creating an SSL client credential. The internal error state is 10013.", "app-protocols", "settings"},
    {"36871 10013", "app-protocols", "settings"},
    {"No suitable default server credential exists on this system.", "private-key", "key"},
    {"The certificate received from the remote server was issued by an untrusted certificate authority.", "certificate-not-trusted", "trust"},
    {"Event ID: 36886", "private-key", "key"},
    // Names of constants, and programs beside the usual ones
    {"code: 'ERR_SSL_UNSUPPORTED_PROTOCOL'", "no-common-protocol", "settings"},
    {"ssl.SSLError: [SSL: DH_KEY_TOO_SMALL]", "dh-too-short", "settings"},
    {"code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'", "certificate-not-trusted", "trust"},
    {"Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames", "certificate-name", "trust"},
    {"Client network socket disconnected before secure TLS connection was established", "closed-by-peer", "settings"},
    {"GNUTLS_E_DH_PRIME_UNACCEPTABLE", "dh-too-short", "settings"},
    {"curl: (35) gnutls_handshake() failed: Handshake failed", "no-common-protocol", "settings"},
    {"ERROR_INTERNET_SECURITY_CHANNEL_ERROR", "no-common-protocol", "settings"},
    {"ERROR_INTERNET_SEC_CERT_DATE_INVALID", "certificate-not-valid", "trust"},
    {"DLG_FLAGS_INVALID_CA", "certificate-not-trusted", "trust"},
    {"Safari can\xE2\x80\x99t establish a secure connection to the server \xE2\x80\x9Cold.example\xE2\x80\x9D.", "no-common-protocol", "settings"},
    {"The driver could not establish a secure connection to SQL Server by using Secure Sockets Layer (SSL) encryption.", "no-common-protocol", "settings"},
    {"psql: error: server does not support SSL, but SSL was required", "not-tls", "network"},
    {"Your server does not support the connection encryption type you have specified.", "not-tls", "network"},
    {"An error occurred while using SSL configuration for endpoint 0.0.0.0:443.", "private-key", "key"},
    {"The SSL certificate is signed by an unknown certificate authority.", "certificate-not-trusted", "trust"},
    {"The remote certificate was rejected by the provided RemoteCertificateValidationCallback.", "certificate-not-trusted", "trust"},
    {"java.security.cert.CertificateException: Certificates do not conform to algorithm constraints", "certificate-signature-hash", "settings"},
    {"tls: server selected unsupported protocol version 301", "no-common-protocol", "settings"},
    // .NET and .NET Framework
    {"System.Net.WebException: The request was aborted: Could not create SSL/TLS secure channel.", "no-common-protocol", "settings"},
    {"System.Net.WebException: Die Anfrage wurde abgebrochen: Es konnte kein gesch\xC3\xBCtzter SSL/TLS-Kanal erstellt werden.", "no-common-protocol", "settings"},
    {"System.ComponentModel.Win32Exception (0x80090331): Der Client und der Server k\xC3\xB6nnen nicht kommunizieren", "no-common-suite", "settings"},
    {"System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.", "no-common-protocol", "settings"},
    {"Authentication failed because the remote party sent a TLS alert: 'HandshakeFailure'.", "no-common-suite", "settings"},
    {"Authentication failed because the remote party sent a TLS alert: 'ProtocolVersion'.", "no-common-protocol", "settings"},
    {"Authentication failed because the remote party has closed the transport stream.", "closed-by-peer", "settings"},
    {"The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch", "certificate-name", "trust"},
    {"The remote certificate is invalid because of errors in the certificate chain: PartialChain", "certificate-not-trusted", "trust"},
    {"The remote certificate is invalid because of errors in the certificate chain: RevocationStatusUnknown", "revocation-not-checked", "revocation"},
    {"The underlying connection was closed: An unexpected error occurred on a send.", "closed-by-peer", "settings"},
    // Java
    {"javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure", "no-common-suite", "settings"},
    {"javax.net.ssl.SSLHandshakeException: Received fatal alert: protocol_version", "no-common-protocol", "settings"},
    {"java.lang.RuntimeException: Could not generate DH keypair", "dh-too-long", "settings"},
    {"sun.security.validator.ValidatorException: PKIX path building failed", "certificate-not-trusted", "trust"},
    {"javax.net.ssl.SSLHandshakeException: No appropriate protocol (protocol is disabled or cipher suites are inappropriate)", "no-protocol-left", "settings"},
    {"javax.net.ssl.SSLException: Unsupported or unrecognized SSL message", "not-tls", "network"},
    {"java.net.SocketException: Connection reset", "closed-by-peer", "settings"},
    // Go
    {"remote error: tls: handshake failure", "no-common-suite", "settings"},
    {"remote error: tls: protocol version not supported", "no-common-protocol", "settings"},
    {"tls: server selected unsupported protocol version 301", "no-common-protocol", "settings"},
    {"x509: certificate signed by unknown authority", "certificate-not-trusted", "trust"},
    {"tls: first record does not look like a TLS handshake", "not-tls", "network"},
    {"read tcp 192.0.2.1:5000->192.0.2.2:443: read: connection reset by peer", "closed-by-peer", "settings"},
    // OpenSSL and what is built on it
    {"error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:SSL alert number 70", "no-common-protocol", "settings"},
    {"[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert handshake failure (_ssl.c:1007)", "no-common-suite", "settings"},
    {"[SSL: UNSAFE_LEGACY_RENEGOTIATION_DISABLED] unsafe legacy renegotiation disabled", "strict-renegotiation", "settings"},
    {"error:0A00018A:SSL routines::dh key too small", "dh-too-short", "settings"},
    {"error:0A0000BF:SSL routines::no protocols available", "no-protocol-left", "settings"},
    {"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate", "certificate-not-trusted", "trust"},
    {"write EPROTO 1408F10B:SSL routines:ssl3_get_record:wrong version number", "not-tls", "network"},
    {"Error: read ECONNRESET", "closed-by-peer", "settings"},
    {"Error: socket hang up", "closed-by-peer", "settings"},
    {"('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))", "closed-by-peer", "settings"},
    {"Error: connect ECONNREFUSED 192.0.2.1:443", "no-connection", "network"},
    // curl
    {"curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE (0x80090326) - This error usually occurs when a fatal SSL/TLS alert "
     "is received (e.g. handshake failed).", "no-common-protocol", "settings"},
    {"curl: (35) schannel: AcquireCredentialsHandle failed: SEC_E_ALGORITHM_MISMATCH (0x80090331)", "no-common-suite", "settings"},
    {"curl: (35) schannel: next InitializeSecurityContext failed: Unknown error (0x80092012) - The revocation function was unable to check revocation for the "
     "certificate.", "revocation-not-checked", "revocation"},
    {"schannel: failed to receive handshake, SSL/TLS connection failed", "closed-by-peer", "settings"},
    {"OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to host:443", "closed-by-peer", "settings"},
    // GnuTLS
    {"*** Received alert [40]: Handshake failed", "no-common-suite", "settings"},
    {"Could not negotiate a supported cipher suite.", "no-common-suite", "settings"},
    // SQL Server
    {"A connection was successfully established with the server, but then an error occurred during the login process. (provider: SSL Provider, error: 0 - The "
     "client and server cannot communicate, because they do not possess a common algorithm.) (Microsoft SQL Server, Error: -2146893007)", "no-common-suite", "settings"},
    {"A connection was successfully established with the server, but then an error occurred during the pre-login handshake.", "closed-by-peer", "settings"},
    // WinHTTP, WinINet, Internet Explorer
    {"WinHttpSendRequest: 12175: A security error occurred", "certificate-not-trusted", "trust"},
    {"ERROR_WINHTTP_SECURE_FAILURE", "certificate-not-trusted", "trust"},
    {"12030", "closed-by-peer", "settings"}, {"12152", "closed-by-peer", "settings"},
    {"12002", "no-connection", "network"}, {"12029", "no-connection", "network"}, {"0x80072efe", "closed-by-peer", "settings"},
    {"0x80072f8f", "certificate-not-trusted", "trust"}, {"0x80092013", "revocation-not-checked", "revocation"},
    {"INET_E_SECURITY_PROBLEM", "no-common-protocol", "settings"},
    {"Turn on TLS 1.0, TLS 1.1, and TLS 1.2 in Advanced settings and try connecting again.", "no-common-protocol", "settings"},
    // Browsers, present names and former ones
    {"ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY", "http2-suite-order", "settings"}, {"ERR_SPDY_INADEQUATE_TRANSPORT_SECURITY", "http2-suite-order", "settings"},
    {"ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED", "legacy-key-provider", "key"},
    {"ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS", "client-certificate", "settings"},
    {"The client and server don't support a common SSL protocol version or cipher suite.", "no-common-protocol", "settings"},
    {"ERR_CERT_UNABLE_TO_CHECK_REVOCATION", "revocation-not-checked", "revocation"},
    {"SSL_ERROR_NO_CYPHER_OVERLAP", "no-common-suite", "settings"}, {"MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "certificate-not-trusted", "trust"},
    {"net::ERR_CONNECTION_RESET", "closed-by-peer", "settings"},
    // Others
    {"This could be due to CredSSP encryption oracle remediation.", "credssp-update", "settings"},
    {"SEC_E_UNTRUSTED_ROOT (0x80090325)", "certificate-not-trusted", "trust"},
    {"An existing connection was forcibly closed by the remote host", "closed-by-peer", "settings"},
    {"WSAECONNRESET", "closed-by-peer", "settings"}, {"10054", "closed-by-peer", "settings"},
};

}  // namespace

TEST_CASE("Each text that people paste leads to its cause, and trust and revocation are distinguished from settings", "[handshake]") {
    for (const Pasted& each : pasted) {
        INFO(each.text);
        const auto symptom = handshake::read_symptom(each.text);
        REQUIRE(symptom);
        REQUIRE_FALSE(symptom->causes.empty());
        CHECK(symptom->causes.front()->id == each.cause);
        CHECK(handshake::cause_class_name(handshake::cause_class(*symptom->causes.front())) == each.about);
        CHECK_FALSE(handshake::to_collect(&*symptom).empty());
    }
}

TEST_CASE("Alert names are read in any spelling, where the text speaks of an alert", "[handshake]") {
    const auto alert = [](std::string_view text) {
        const auto symptom = handshake::read_symptom(text);
        return symptom && symptom->alert_number ? static_cast<int>(*symptom->alert_number) : -1;
    };
    CHECK(alert("TLS alert: 'HandshakeFailure'") == 40);
    CHECK(alert("TLSV1_ALERT_PROTOCOL_VERSION") == 70);
    CHECK(alert("tlsv1 ALERT Unknown CA") == 48);
    CHECK(alert("remote error: tls: bad certificate") == 42);
    CHECK(alert("The TLS protocol defined fatal error code is 20.") == 20);
    CHECK(alert("the handshake failure was reported by the user") == -1);
    CHECK(alert("This error usually occurs when a fatal SSL/TLS alert is received (e.g. handshake failed).") == -1);
}

TEST_CASE("What to collect begins with what tells the causes apart", "[handshake]") {
    using handshake::Collect;
    const auto first = [](std::string_view text) {
        const auto symptom = handshake::read_symptom(text);
        return handshake::to_collect(symptom ? &*symptom : nullptr).front();
    };
    CHECK(first("36871 10013") == Collect::program);
    CHECK(first("0x80092013") == Collect::revocation_addresses);
    CHECK(first("SEC_E_UNTRUSTED_ROOT") == Collect::certificate_chain);
    CHECK(first("36870") == Collect::private_key);
    CHECK(first("12029") == Collect::reachability);
    CHECK(first("SEC_E_ALGORITHM_MISMATCH") == Collect::server_scan);
    CHECK(first("it does not work") == Collect::event_log);
}
