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
    // Windows' own sentences in other languages: the numbers in them
    {"Es wurde eine schwerwiegende Warnung generiert und an den Remoteendpunkt gesendet. Der durch das TLS-Protokoll definierte Code f\xC3\xBCr den schwerwiegenden Fehler "
     "lautet 70. Der Windows-SChannel-Fehlerstatus lautet 105.", "no-common-protocol", "settings"},
    {"Une alerte fatale a \xC3\xA9t\xC3\xA9 re\xC3\xA7ue du point de terminaison distant. Le code d\xE2\x80\x99" "alerte fatale d\xC3\xA9" "fini par le protocole TLS est 46.", "certificate-rejected", "settings"},
    {"El c\xC3\xB3" "digo de alerta irrecuperable definido por el protocolo TLS es 48.", "certificate-not-trusted", "trust"},
    {"\xE4\xBB\x8E\xE8\xBF\x9C\xE7\xA8\x8B\xE7\xBB\x88\xE7\x82\xB9\xE6\x8E\xA5\xE6\x94\xB6\xE5\x88\xB0\xE4\xB8\x80\xE4\xB8\xAA\xE4\xB8\xA5\xE9\x87\x8D\xE8\xAD\xA6\xE5\x91\x8A\xE3\x80\x82TLS "
     "\xE5\x8D\x8F\xE8\xAE\xAE\xE6\x89\x80\xE5\xAE\x9A\xE4\xB9\x89\xE7\x9A\x84\xE4\xB8\xA5\xE9\x87\x8D\xE8\xAD\xA6\xE5\x91\x8A\xE4\xBB\xA3\xE7\xA0\x81\xE4\xB8\xBA 40\xE3\x80\x82",
     "no-common-suite", "settings"},
    {"Schwerwiegender Fehler beim Erstellen der Client-Anmeldeinformationen f\xC3\xBCr TLS. Der interne Fehlerstatus lautet 10013.", "app-protocols", "settings"},
    {"Eine TLS 1.2-Verbindungsanforderung wurde \xC3\xBC" "bermittelt, jedoch werden keine der von der Clientanwendung unterst\xC3\xBCtzten Verschl\xC3\xBCsselungssammlungen vom Server "
     "unterst\xC3\xBCtzt.", "no-common-suite", "settings"},
    {"Die zugrunde liegende Verbindung wurde geschlossen: Unerwarteter Fehler beim Senden.", "closed-by-peer", "settings"},
    // Events as XML and JSON
    {"<System><Provider Name=\"Schannel\"/><EventID>36887</EventID></System><EventData><Data Name=\"AlertDesc\">46</Data></EventData>", "certificate-rejected", "settings"},
    {"{\"EventID\":36888,\"Provider\":\"Schannel\",\"AlertDesc\":\"70\",\"ErrorState\":\"105\"}", "no-common-protocol", "settings"},
    // A code inside of what wraps it
    {"AuthenticationException (0x80131501): A call to SSPI failed ---> System.ComponentModel.Win32Exception (0x80090326)", "no-common-protocol", "settings"},
    {"HttpRequestException: The SSL connection could not be established\n ---> Win32Exception (0x80090331)\n   at Client.PostAsync(Uri uri) in C:\\src\\Client.cs:line 81", "no-common-suite", "settings"},
    {"InitializeSecurityContext(In-Buffers count=2, Out-Buffer length=0, returned code=AlgorithmMismatch).", "no-common-suite", "settings"},
    {"smtpsend TLS negotiation failed with error UnknownCredentials", "private-key", "key"},
    {"HRESULT = 0xFFFFFFFF80090322", "certificate-name", "trust"}, {"&H80090331", "no-common-suite", "settings"}, {"hr=80090331", "no-common-suite", "settings"},
    {"ssl_client(1): handshake failed; returned -1, SSL error code 1, net_error -113", "no-common-protocol", "settings"},
    {"received fatal alert: HandshakeFailure", "no-common-suite", "settings"},
    {"TCP Provider: Error code 0x2746", "closed-by-peer", "settings"},
    // A logon that fails is not TLS that fails
    {"80090308: LdapErr: DSID-0C09042F, comment: AcceptSecurityContext error, data 52e, v4563", "logon-refused", "logon"},
    {"STATUS_NO_LOGON_SERVERS", "logon-refused", "logon"}, {"0xC000005E", "logon-refused", "logon"}, {"-1073741730", "logon-refused", "logon"}, {"0xD000005E", "logon-refused", "logon"},
    {"Event 4625 Status: 0xC000006D Sub Status: 0xC0000064", "logon-refused", "logon"},
    {"Win32Exception (1396): The target account name is incorrect", "logon-refused", "logon"},
    {"The target principal name is incorrect.  Cannot generate SSPI context.", "logon-refused", "logon"},
    // Remote Desktop
    {"Remote Desktop can't connect. Error code: 0x904 Extended error code: 0x7", "closed-by-peer", "settings"},
    {"An authentication error has occurred. The Local Security Authority cannot be contacted. Remote computer: srv01", "logon-refused", "logon"},
    {"WindowsUpdate_80072F8F", "certificate-not-trusted", "trust"},
    {"Eine vorhandene Verbindung wurde vom Remotehost geschlossen.", "closed-by-peer", "settings"},
    {"error code 0x904", "closed-by-peer", "settings"}, {"Error code: 0x204", "no-connection", "network"}, {"Error code: 0x907, extended error code: 0x0", "closed-by-peer", "settings"},
    {"ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]", "no-common-protocol", "settings"},
    // Keys
    {"SSL Certificate add failed, Error: 1312\nA specified logon session does not exist.", "private-key", "key"}, {"0x80090016", "private-key", "key"},
    {"System.Security.Cryptography.CryptographicException: Invalid provider type specified.", "private-key", "key"}, {"NTE_NOT_SUPPORTED", "legacy-key-provider", "key"},
    {"LdapErr: DSID-0C09126C, comment: Error initializing SSL/TLS, data 0, v4563", "private-key", "key"},
    // Other programs
    {"schannel: CertGetCertificateChain trust error CERT_TRUST_REVOCATION_STATUS_UNKNOWN", "revocation-not-checked", "revocation"},
    {"javax.net.ssl.SSLHandshakeException: The server selected protocol version TLS10 is not accepted by client preferences [TLS13, TLS12]", "no-common-protocol", "settings"},
    {"tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-05-01T00:00:00Z", "certificate-not-valid", "trust"},
    {"The server was unable to initialize encryption because of a problem with a security library. The security library may be missing.", "no-common-protocol", "settings"},
    {"WARNING: Unable to resolve package source 'https://www.powershellgallery.com/api/v2'.", "app-protocols", "settings"},
    {"eap_tls: (TLS) EAP - Alert read:fatal:unknown CA", "certificate-not-trusted", "trust"},
    {"ORA-28860: Fatal SSL error", "no-common-protocol", "settings"}, {"HTTP Error 403.7 - Forbidden", "client-certificate", "settings"},
    {"CONNECTED(00000003) write:errno=104 SSL handshake has read 0 bytes and written 293 bytes", "closed-by-peer", "settings"},
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

TEST_CASE("A text is that of the program that prints it, as another stack has limits of its own", "[handshake]") {
    const auto stack = [](std::string_view text) {
        const auto symptom = handshake::read_symptom(text);
        return symptom ? std::string(handshake::foreign_stack(*symptom)) : std::string("not known");
    };
    CHECK(stack("Turn on TLS 1.0, TLS 1.1, and TLS 1.2 in Advanced settings. It is possible that this site uses an unsupported protocol").empty());
    CHECK(stack("intranet.example uses an unsupported protocol.") == "Chrome and Edge");
    CHECK(stack("SSL routines::unsupported protocol") == "OpenSSL");
}

TEST_CASE("A number is a code only where the text says so, or no other number looks like it", "[handshake]") {
    const auto code = [](std::string_view text) {
        const auto symptom = handshake::read_symptom(text);
        return symptom && symptom->code != nullptr ? std::string(symptom->code->name) : std::string{};
    };
    CHECK(code("error 1312 when binding").empty() == false);
    CHECK(code("the last error is 1312").empty() == false);
    CHECK(code("process 1312 said hello").empty());
    CHECK(code("2308 users").empty());
    CHECK(code("it is -113 degrees").empty());
    CHECK(code("each beach, reach and teach").empty());
    CHECK(code("IllegalMessage") == "SEC_E_ILLEGAL_MESSAGE");
    CHECK(code("Illegalmessage").empty());
    CHECK(code("0x80131501 and 0x80090331") == "SEC_E_ALGORITHM_MISMATCH");
    CHECK(code("0x80090331 and 0x80131501") == "SEC_E_ALGORITHM_MISMATCH");
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
