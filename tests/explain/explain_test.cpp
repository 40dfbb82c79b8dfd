#include "schancfg/explain/explain.hpp"

#include <algorithm>

#include "catch.hpp"
#include "schancfg/lint/rules.hpp"

using namespace schancfg;
using explain::explain;
using explain::Explanation;

namespace {

/// `kind name` of each answer.
std::vector<std::string> answers(std::string_view word) {
    std::vector<std::string> all;
    for (const Explanation& each : explain::explain(word)) all.push_back(std::string(each.kind) + " " + each.name);
    return all;
}

std::string detail(const Explanation& of, std::string_view label) {
    const auto found = std::ranges::find(of.details, label, &explain::Detail::label);
    return found == of.details.end() ? std::string{} : found->text;
}

using Answers = std::vector<std::string>;

}  // namespace

TEST_CASE("a word is explained in each of its spellings", "[explain]") {
    for (const std::string_view word : {"TLS 1.2", "tls 1.2", "TLS1.2", "TLSv1.2", "tls12"}) {
        INFO(word);
        CHECK(answers(word) == Answers{"protocol TLS 1.2"});
    }
    for (const std::string_view word : {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
                                        "TLS_ECDHE_RSA_AES_128_GCM_SHA256"}) {
        INFO(word);
        const auto found = answers(word);
        REQUIRE(!found.empty());
        CHECK(std::ranges::find(found, "cipher suite TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256") != found.end());
    }
    CHECK(answers("0xC02C").front() == "cipher suite TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384");
    CHECK(answers("RC4 128/128") == Answers{"cipher RC4 128/128"});
    CHECK(answers("RC4") == Answers{"cipher RC4 40/128", "cipher RC4 56/128", "cipher RC4 64/128", "cipher RC4 128/128"});
    CHECK(answers("sha256") == Answers{"hash SHA256"});
    CHECK(answers("pkcs") == Answers{"key exchange PKCS"});
    CHECK(answers("x25519") == Answers{"curve curve25519"});
    CHECK(answers("36888") == Answers{"event event 36888"});
    CHECK(answers("event 36888") == Answers{"event event 36888"});
    for (const std::string_view word : {"SEC_E_ALGORITHM_MISMATCH", "0x80090331", "2148074289", "-2146893007"}) {
        INFO(word);
        CHECK(answers(word) == Answers{"code SEC_E_ALGORITHM_MISMATCH"});
    }
    CHECK(answers("handshake_failure") == Answers{"alert handshake_failure"});
    CHECK(answers("alert 40") == Answers{"alert handshake_failure"});
    CHECK(answers("alert 112") == Answers{"alert unrecognized_name"});
    CHECK(answers("alert 99") == Answers{"alert any other alert"});
    CHECK(answers("KB3080079") == Answers{"update KB3080079"});
    CHECK(answers("3080079") == Answers{"update KB3080079"});
    CHECK(answers("rdp-lock-out") == Answers{"rule rdp-lock-out"});
    CHECK(answers("F4") == Answers{"rule rdp-lock-out"});
    CHECK(answers("dh-too-short") == Answers{"reason dh-too-short"});
    CHECK(answers("No-Protocol-Left") == Answers{"rule no-protocol-left", "reason no-protocol-left"});
    CHECK(answers("C8") == Answers{"conflict C8"});
    CHECK(answers("2022") == Answers{"release windows-server-2022"});
    CHECK(answers("EventLogging") == Answers{"value EventLogging"});
    CHECK(answers("schannel.event_logging") == Answers{"value EventLogging"});
    CHECK(answers("event_logging") == Answers{"value EventLogging"});
    CHECK(answers("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL: EventLogging") == Answers{"value EventLogging"});
    CHECK(answers("Enabled") == Answers{"value Enabled"});
}

TEST_CASE("a protocol is explained with its defaults and traps", "[explain]") {
    const auto found = explain::explain("TLS 1.3");
    REQUIRE(found.size() == 1);
    const Explanation& tls13 = found.front();
    CHECK(detail(tls13, "bits") == "client 0x2000, server 0x1000");
    const auto server = std::ranges::find_if(tls13.defaults, [](const auto& run) { return run.role == "server" && run.from == "windows-server-2022"; });
    REQUIRE(server != tls13.defaults.end());
    CHECK(server->text == "on");
    CHECK(tls13.gates == std::vector<std::string>{"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"});
    CHECK(std::ranges::find(tls13.traps, "tls13-unsupported") != tls13.traps.end());
    CHECK(!tls13.sources.empty());
}

TEST_CASE("a status code is explained in every form in which it is printed", "[explain]") {
    const auto found = explain::explain("SEC_E_ALGORITHM_MISMATCH");
    REQUIRE(found.size() == 1);
    CHECK(detail(found.front(), "hexadecimal") == "0x80090331");
    CHECK(detail(found.front(), "signed") == "-2146893007");
    CHECK(found.front().gates == std::vector<std::string>{"alert 71 insufficient_security"});
}

TEST_CASE("an event leads to the rules about what causes it, and to no other", "[explain]") {
    const auto rules = [](std::string_view word) {
        const auto found = explain::explain(word);
        REQUIRE(found.size() == 1);
        return std::vector<std::string_view>(found.front().traps.begin(), found.front().traps.end());
    };
    using Rules = std::vector<std::string_view>;
    CHECK(rules("36870").empty());
    CHECK(rules("36871") == Rules{"no-protocol-left"});
    CHECK(rules("36874") == Rules{"no-suite-left", "only-ecdsa-suites"});
    CHECK(rules("36887") == Rules{"ems-off"});
    CHECK(rules("36888") == Rules{"dhe-leading-zero"});
    CHECK(rules("ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY") == Rules{"http2-blocklisted-first"});
}

TEST_CASE("a code has the number that is printed where it is met", "[explain]") {
    const auto number = [](std::string_view word) {
        const auto found = explain::explain(word);
        REQUIRE(found.size() == 1);
        return detail(found.front(), "number") + " " + detail(found.front(), "hexadecimal");
    };
    CHECK(number("alert 40") == "40 ");
    CHECK(number("ERR_SSL_VERSION_OR_CIPHER_MISMATCH") == "-113 ");
    CHECK(number("SSL_ERROR_NO_CYPHER_OVERLAP") == " ");
    CHECK(number("0x904") == "2308 (0x904) ");
    CHECK(number("12175") == "12175 0x80072F8F");
    CHECK(number("SEC_E_ALGORITHM_MISMATCH") == " 0x80090331");
    CHECK(number("36888") == " ");
}

TEST_CASE("every listed word is explained, and every trap is a rule", "[explain]") {
    CHECK(std::ranges::is_sorted(explain::word_kinds()));
    for (const std::string_view kind : explain::word_kinds()) {
        const auto words = explain::words_of(kind);
        REQUIRE(words);
        CHECK(!words->empty());
        for (const std::string& word : *words) {
            INFO(kind << ": " << word);
            const auto found = explain::explain(word);
            CHECK(!found.empty());
            for (const Explanation& each : found) {
                CHECK(!each.summary.empty());
                CHECK(!each.sources.empty());
                for (const std::string_view trap : each.traps) CHECK(lint::find_lint_rule(trap) != nullptr);
            }
        }
    }
    CHECK(!explain::words_of("nothing"));
}

TEST_CASE("an unknown word has a nearest one, if any is near", "[explain]") {
    CHECK(explain::explain("TSL 1.2").empty());
    CHECK(explain::nearest_word("TSL 1.2") == "TLS 1.2");
    CHECK(explain::nearest_word("EventLoging") == "EventLogging");
    CHECK(explain::nearest_word("ECDHE-RSA-AES128-GMC-SHA256") == "ECDHE-RSA-AES128-GCM-SHA256");
    CHECK(explain::nearest_word("rdp-lockout") == "rdp-lock-out");
    CHECK(explain::nearest_word("entirely different") == "");
    CHECK(explain::explain("").empty());
    CHECK(explain::explain(std::string(100000, 'x')).empty());
}

TEST_CASE("a word is known as constants, bytes, ports, builds and code write it", "[explain]") {
    for (const std::string_view word : {"TLSv1_2", "tlsv1_2", "TLS1_2_VERSION", "PROTOCOL_TLSv1_2", "TLSv1_2_method", "SP_PROT_TLS1_2_CLIENT", "SslProtocols.Tls12", "SecurityProtocolType.Tls12"}) {
        INFO(word);
        CHECK(answers(word) == Answers{"protocol TLS 1.2"});
    }
    CHECK(answers("DTLS") == Answers{"protocol DTLS"});
    CHECK(explain::explain("DTLS").front().summary == "stands for DTLS 1.0, DTLS 1.2; name one");
    for (const std::string_view word : {"0xC02F", "C0,2F", "0xC0,0x2F", "{0xC0, 0x2F}", "C0 2F"}) {
        INFO(word);
        REQUIRE(!answers(word).empty());
        CHECK(answers(word) == answers("0xC02F"));
    }
    CHECK(answers("C0,2F,30").empty());
    CHECK(answers("event 40").empty());
    CHECK(answers("alert 36888") != answers("36888"));
    CHECK(answers("alert 255") == answers("alert 99"));
    CHECK(answers("alert 256").empty());
    CHECK(answers("3389") == Answers{"service rdp"});
    CHECK(answers("port 5986") == Answers{"service winrm"});
    CHECK(answers("443") == Answers{"service http", "service adfs", "service adfs-proxy"});
    CHECK(answers("20348") == Answers{"release windows-server-2022"});
    CHECK(answers("build 20348") == Answers{"release windows-server-2022"});
    CHECK(explain::explain("10.0.26100").front().summary == "stands for windows-11-24h2, windows-server-2025; name one");
    CHECK(explain::explain("10.0.26100.2033").front().summary == "stands for windows-11-24h2, windows-server-2025; name one");
    CHECK(answers("extended master secret") == answers("extended-master-secret"));
    CHECK(answers("rdp lock out") == Answers{"rule rdp-lock-out"});
    CHECK(answers("handshake failure").front() == "alert handshake_failure");
    CHECK(answers("HKLM:\\\\SOFTWARE\\\\Policies\\\\Microsoft\\\\Cryptography\\\\Configuration\\\\SSL\\\\00010002") ==
          answers("HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002"));
    CHECK(answers("mutual TLS") == answers("client-certificate"));
    CHECK(answers("PFS") == Answers{"term forward secrecy"});
    CHECK(answers("WinShock") == Answers{"attack WinShock"});
}

TEST_CASE("a key is known with what regedit and PowerShell put around it", "[explain]") {
    const std::string schannel = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
    CHECK(answers("[HKEY_LOCAL_MACHINE\\" + schannel + "\\Ciphers\\RC4 128/128]") == Answers{"cipher RC4 128/128"});
    CHECK(answers("Registry::HKLM\\" + schannel + "\\Protocols\\TLS 1.2\\Server\\") == Answers{"protocol TLS 1.2"});
    CHECK(answers("HKLM:\\" + schannel + "\\Hashes\\MD5") == Answers{"hash MD5"});
    for (const std::string_view word : {"", "\\", "Registry::", "[]", "[TLS 1.2", "TLS 1.2]", "[TLS 1.2)", "(TLS 1.2]"}) {
        INFO(word);
        CHECK(answers(word).empty());
    }
}

TEST_CASE("what is too long for a name or a message is not looked for", "[explain]") {
    CHECK(answers("C0" + std::string(96, ' ') + "2F") == answers("0xC02F"));
    CHECK(answers("C0" + std::string(97, ' ') + "2F").empty());
    CHECK_FALSE(answers("36888" + std::string(4091, ' ')).empty());
    CHECK(answers("36888" + std::string(4092, ' ')).empty());
}

TEST_CASE("people's terms are explained, with what to check", "[explain]") {
    for (const char* word : {"AES-GCM", "gcm", "AEAD"}) CHECK(answers(word) == Answers{"term GCM"});
    CHECK(answers("CBC") == Answers{"term CBC"});
    CHECK(answers("NLA") == Answers{"term CredSSP"});
    CHECK(answers("SNI") == Answers{"term SNI"});
}

TEST_CASE("codes of Windows are explained by number and name in every spelling", "[explain]") {
    for (const std::string_view word : {"0xC000005E", "0xc000005e", "C000005E", "0xD000005E", "-1073741730", "3221225566", "STATUS_NO_LOGON_SERVERS", "NTSTATUS 0xC000005E", "error 0xC000005E"}) {
        INFO(word);
        CHECK(answers(word) == Answers{"code STATUS_NO_LOGON_SERVERS"});
    }
    CHECK(detail(explain::explain("0xC000005E").front(), "likely cause").find("not TLS") != std::string::npos);
    CHECK(answers("0xC0000225") == Answers{"code STATUS_NOT_FOUND"});
    for (const std::string_view word : {"0x80090016", "-2146893802", "NTE_BAD_KEYSET", "80090016h", "0xFFFFFFFF80090016"}) {
        INFO(word);
        CHECK(answers(word) == Answers{"code NTE_BAD_KEYSET"});
    }
    CHECK(answers("0x80070520") == Answers{"code ERROR_NO_SUCH_LOGON_SESSION"});
    CHECK(answers("Win32 error 1312") == Answers{"code ERROR_NO_SUCH_LOGON_SESSION"});
    CHECK(answers("0x904") == Answers{"code disconnectReasonAtClientWinsockFDCLOSE"});
    CHECK(answers("-113") == Answers{"code ERR_SSL_VERSION_OR_CIPHER_MISMATCH"});
    CHECK(answers("curl (60)") == Answers{"message curl: (60)"});
    CHECK(answers("0x907") == Answers{"message error code 0x907"});
    CHECK(answers("error state 105") == Answers{"term internal error state"});
    CHECK(answers("c02f") == answers("0xC02F"));
    CHECK(answers("close_notify") == Answers{"alert close_notify"});
    CHECK(answers("event ID 36871") == Answers{"event event 36871"});
    CHECK(explain::explain("0xC0009999").empty());
}

TEST_CASE("what is not about Schannel says so, and where it is set", "[explain]") {
    for (const std::string_view word : {"HSTS", "NTLM", "Kerberos", "EnableQuic", "Zerologon", "CVE-2020-1472", "SMB", "KB4490628", "4490628", "IPsec", "PrintNightmare"}) {
        INFO(word);
        const auto found = explain::explain(word);
        REQUIRE(found.size() == 1);
        CHECK(found.front().kind == "not a Schannel setting");
        CHECK_FALSE(detail(found.front(), "check first").empty());
    }
    CHECK(answers("OCSP stapling") == Answers{"term OCSP stapling"});
    CHECK(detail(explain::explain("OCSP stapling").front(), "look up") == "EnableOcspStaplingForSni");
    CHECK(answers("IIS Crypto") == Answers{"tool IIS Crypto"});
    CHECK(answers("KB3018238") == Answers{"update KB3018238"});
    CHECK(answers("KB 3080079") == Answers{"update KB3080079"});
}

TEST_CASE("programs are known with a version behind their name", "[explain]") {
    CHECK(answers("Exchange Server 2013") == Answers{"program Exchange Server"});
    CHECK(answers("SQL Server 2008 R2") == Answers{"service sql"});
    CHECK(answers(".NET Framework 4.8") == Answers{"program .NET Framework"});
    CHECK(answers("Java 8") == Answers{"program Java"});
    CHECK(answers("Java 1.8.0_191") == Answers{"program Java"});
    CHECK(answers("OpenSSL 1.0.2k") == Answers{"program OpenSSL"});
    CHECK(answers("PowerShell 5.1") == Answers{"program PowerShell"});
    CHECK(explain::explain("TLS 1.4").empty());
    CHECK(explain::explain("SSL 4.0").empty());
}

TEST_CASE("each name of a term leads to it, and what it says to look up is known", "[explain]") {
    const auto words = explain::words_of("words");
    REQUIRE(words);
    for (const std::string& word : *words) {
        INFO(word);
        for (const Explanation& each : explain::explain(word)) {
            for (std::string rest = detail(each, "look up"); !rest.empty();) {
                const std::size_t comma = std::min(rest.find(", "), rest.size());
                INFO(rest.substr(0, comma));
                CHECK_FALSE(explain::explain(rest.substr(0, comma)).empty());
                rest.erase(0, comma + 2);
            }
        }
    }
}

TEST_CASE("a message names the program that prints it, and a switch the traps that are its own", "[explain]") {
    CHECK(detail(explain::explain("PKIX path building failed").front(), "by") == "Java");
    CHECK(detail(explain::explain("next InitializeSecurityContext failed").front(), "by") == "curl");
    const auto warns = [](std::string_view word, std::string_view trap) {
        const auto found = explain::explain(word);
        return std::ranges::find(found.front().traps, trap) != found.front().traps.end();
    };
    for (const char* hash : {"SHA256", "SHA384", "SHA512"}) CHECK(warns(hash, "hash-off"));
    for (const char* hash : {"MD5", "SHA"}) CHECK_FALSE(warns(hash, "hash-off"));
    CHECK(warns("TLS 1.1", "weak-protocol"));
    CHECK_FALSE(warns("TLS 1.2", "weak-protocol"));
    CHECK(warns("TLS_RSA_WITH_3DES_EDE_CBC_SHA", "weak-cipher-suite"));
    CHECK_FALSE(warns("TLS_RSA_WITH_AES_128_CBC_SHA", "weak-cipher-suite"));
    CHECK(warns("RC4 128/128", "weak-cipher"));
    CHECK_FALSE(warns("AES 128/128", "weak-cipher"));
    CHECK(warns("PKCS", "pkcs-off"));
    CHECK(warns("Diffie-Hellman", "dhe-leading-zero"));
    CHECK(warns("Diffie-Hellman", "key-too-short"));
    CHECK_FALSE(warns("ECDH", "key-too-short"));
}

TEST_CASE("a suite is told with its parts, what does not apply left out", "[explain]") {
    const Explanation gcm = explain::explain("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384").front();
    CHECK(detail(gcm, "encryption") == "AES GCM, 256 bits");
    CHECK(detail(gcm, "protocols") == "TLS 1.2");
    CHECK(detail(gcm, "key exchange") == "ECDHE");
    CHECK(detail(gcm, "forward secrecy") == "yes");
    CHECK(detail(gcm, "HTTP/2") == "allowed");
    const Explanation cbc = explain::explain("AES128-SHA").front();
    CHECK(detail(cbc, "encryption") == "AES CBC, 128 bits");
    CHECK(detail(cbc, "forward secrecy") == "no");
    CHECK(detail(cbc, "HTTP/2") == "forbidden (RFC 9113)");
    CHECK(detail(cbc, "protocols").find(" to TLS 1.2") != std::string::npos);
    CHECK(detail(explain::explain("TLS_RSA_WITH_NULL_SHA").front(), "encryption").find("bits") == std::string::npos);
}
