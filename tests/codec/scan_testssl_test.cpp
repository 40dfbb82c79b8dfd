#include "catch.hpp"
#include "scan_text.hpp"

using scan_text::Lines;
using scan_text::peers;
using scan_text::said;
using scan_text::show;

namespace {

struct Finding {
    std::string id, finding, severity = "INFO";
};

std::string flat(const std::vector<Finding>& findings, const std::string& ip = "shop.example/192.0.2.7", const std::string& port = "443") {
    std::string text;
    for (const Finding& each : findings) {
        text += std::string(text.empty() ? "" : ",\n") + R"({"id": ")" + each.id + R"(", "ip": ")" + ip + R"(", "port": ")" + port + R"(", "severity": ")" + each.severity +
                R"(", "finding": ")" + each.finding + R"("})";
    }
    return "[\n" + text + "\n]\n";
}

std::string pretty(const std::vector<Finding>& findings, const std::string& time = "46") {
    std::string text;
    for (const Finding& each : findings) {
        text += std::string(text.empty() ? "" : ",\n") + R"({"id": ")" + each.id + R"(", "severity": ")" + each.severity + R"(", "finding": ")" + each.finding + R"("})";
    }
    return R"({"clientProblem1": [{"id": "engine_problem", "severity": "WARN", "finding": "no engine"}], "Invocation": "testssl.sh", "version": "3.2", "scanResult": [
{"targetHost": "shop.example", "ip": "192.0.2.7", "port": "443", "rDNS": "", "service": "HTTP", "protocols": [)" + text + "]}], \"scanTime\": " + time + "}\n";
}

const std::vector<Finding> one{
    {"SSLv2", "not offered", "OK"},
    {"SSLv3", "not offered"},
    {"TLS1", "not offered, and downgraded to a weaker protocol", "CRITICAL"},
    {"TLS1_1", "offered (deprecated)", "LOW"},
    {"TLS1_2", "offered", "OK"},
    {"TLS1_3", "offered with final", "OK"},
    {"cipher_order-tls1_1", "NOT a cipher order configured"},
    {"cipher-tls1_1_x33", "TLSv1.1   x33     DHE-RSA-AES128-SHA                DH 1024    AES         128      TLS_DHE_RSA_WITH_AES_128_CBC_SHA"},
    {"supportedciphers_TLSv1_1", "DHE-RSA-AES128-SHA"},
    {"cipher_order-tls1_2", "server"},
    {"cipher-tls1_2_xc030", "TLSv1.2   xc030   ECDHE-RSA-AES256-GCM-SHA384       ECDH 253   AESGCM      256      TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"},
    {"cipher-tls1_2_x9f", "TLSv1.2   x9f     DHE-RSA-AES256-GCM-SHA384         DH 2048    AESGCM      256      TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"},
    {"cipher-tls1_2_x2f", "TLSv1.2   x2f     AES128-SHA                        RSA        AES         128      TLS_RSA_WITH_AES_128_CBC_SHA"},
    {"cipherorder_TLSv1_2", "AES128-SHA ECDHE-RSA-AES256-GCM-SHA384 DHE-RSA-AES256-GCM-SHA384"},
    {"cipher-tls1_3_x1302", "TLSv1.3   x1302   TLS_AES_256_GCM_SHA384            ECDH 253   AESGCM      256      TLS_AES_256_GCM_SHA384"},
    {"FS_ECDHE_curves", "prime256v1 X25519"},
    {"FS_KEMs", "X25519MLKEM768", "OK"},
    {"DH_groups", "Unknown DH group (1024 bits)"},
    {"FS_TLS12_sig_algs", "RSA-PSS-RSAE+SHA256 RSA+SHA512 RSA+SHA1"},
    {"cert_keySize", "RSA 2048 bits (exponent is 65537)"},
    {"cert_signatureAlgorithm", "SHA256 with RSA"},
    {"cert_commonName", "shop.example"},
    {"secure_renego", "supported"},
    {"TLS_extensions", "'renegotiation info/#65281' 'extended master secret/#23'"},
};
const Lines one_peer{"shop.example:443 (192.0.2.7)",
                     "SSL 2.0 no",
                     "SSL 3.0 no",
                     "TLS 1.0 no",
                     "TLS 1.1 yes, client's order, all: 0033 1024",
                     "TLS 1.2 yes, server's order, all: 002F, C030 x25519, 009F 2048",
                     "TLS 1.3 yes, all: 1302 x25519",
                     "groups: secp256r1 x25519 X25519MLKEM768, all",
                     "DH: 1024 to 2048",
                     "certificate: RSA 2048 RSA SHA256 shop.example",
                     "signs with: RSA-PSS+SHA256 RSA+SHA512 RSA+SHA1",
                     "secure renegotiation: yes",
                     "extended master secret: yes"};

}  // namespace

TEST_CASE("testssl.sh's flat and pretty JSON say the same", "[codec]") {
    CHECK(show(flat(one)) == one_peer);
    CHECK(show(pretty(one)) == one_peer);
    CHECK(said(flat(one)).empty());
    CHECK(peers(pretty(one))[0].tool_version == "3.2");
    CHECK(peers(flat(one))[0].tool == "testssl.sh");
}

TEST_CASE("A finding that says neither yes nor no leaves the protocol unknown", "[codec]") {
    const auto answer = [](const std::string& finding) {
        return answer_name(peers(flat({{"TLS1_2", "offered"}, {"TLS1", finding}}))[0].protocol("TLS 1.0")->offered);
    };
    CHECK(answer("offered (deprecated)") == "yes");
    CHECK(answer("not offered") == "no");
    CHECK(answer("is not offered") == "no");
    for (const char* finding : {"likely not offered", "couldn't be tested, socket problem", "connection failed rather than downgrading to TLSv1.2", "unexpected results", ""}) {
        CAPTURE(finding);
        CHECK(answer(finding) == "unknown");
    }
    CHECK(show(flat({{"SSLv2", "vulnerable with 3 ciphers", "CRITICAL"}})) == Lines{"shop.example:443 (192.0.2.7)", "SSL 2.0 yes"});
}

TEST_CASE("Suites of testssl.sh go by the hex code in their id, with a protocol or without", "[codec]") {
    CHECK(show(flat({{"cipher_xc030", "xc030   ECDHE-RSA-AES256-GCM-SHA384       ECDH 521   AESGCM      256      TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"},
                     {"cipher_x0a", "x0a     DES-CBC3-SHA                      RSA        3DES        168      TLS_RSA_WITH_3DES_EDE_CBC_SHA"}})) ==
          Lines{"shop.example:443 (192.0.2.7)", "some protocol: C030 secp521r1, 000A", "groups: secp521r1"});
    CHECK(show(flat({{"cipher-ssl2_x010080", "SSLv2     x010080  RC4-MD5   RSA   RC4   128   SSL_CK_RC4_128_WITH_MD5"}})) ==
          Lines{"shop.example:443 (192.0.2.7)", "SSL 2.0 yes, all: 10080"});
    for (const char* id : {"cipher-tls1_2_", "cipher-tls1_2_x", "cipher-tls1_2_xzz", "cipher-tls9_xc030", "cipher-", "cipher_x", "cipher_x123456789"}) {
        CAPTURE(id);
        CHECK(show(flat({{"TLS1_2", "offered"}, {id, ""}})) == Lines{"shop.example:443 (192.0.2.7)", "TLS 1.2 yes"});
    }
}

TEST_CASE("A curve is named by its size only where no other that is taken has it", "[codec]") {
    const auto suite = [](const std::string& exchange, const std::string& curves) {
        std::vector<Finding> findings{{"cipher-tls1_2_xc030", "TLSv1.2 xc030 ECDHE-RSA-AES256-GCM-SHA384 " + exchange + " AESGCM 256 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}};
        if (!curves.empty()) findings.push_back({"FS_ECDHE_curves", curves});
        return show(flat(findings))[1];
    };
    CHECK(suite("ECDH 253", "") == "TLS 1.2 yes, all: C030 x25519");
    CHECK(suite("ECDH 448", "") == "TLS 1.2 yes, all: C030 x448");
    CHECK(suite("ECDH 256", "prime256v1 X25519") == "TLS 1.2 yes, all: C030 secp256r1");
    CHECK(suite("ECDH 256", "prime256v1 brainpoolP256r1") == "TLS 1.2 yes, all: C030");
    CHECK(suite("ECDH 256", "") == "TLS 1.2 yes, all: C030");
    CHECK(suite("ECDH", "prime256v1") == "TLS 1.2 yes, all: C030");
}

TEST_CASE("Version 2.9 of testssl.sh lists suites by protocol apart from their details", "[codec]") {
    CHECK(show(flat({{"TLS1", "offered"},
                     {"TLS1_2", "offered"},
                     {"cipher_order", "server"},
                     {"cipherorder_TLSv1", "AES128-SHA DES-CBC3-SHA"},
                     {"cipherorder_TLSv1_2", "ECDHE-RSA-AES128-GCM-SHA256 AES128-SHA"},
                     {"ECDHE_curves", "prime256v1"},
                     {"cipher_xc02f", "xc02f   ECDHE-RSA-AES128-GCM-SHA256       ECDH 256   AESGCM      128      TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
                     {"cipher_x2f", "x2f     AES128-SHA                        RSA        AES         128      TLS_RSA_WITH_AES_128_CBC_SHA"}})) ==
          Lines{"shop.example:443 (192.0.2.7)", "TLS 1.0 yes, server's order, all: 002F, 000A", "TLS 1.2 yes, server's order, all: C02F secp256r1, 002F",
                "groups: secp256r1, all"});
}

TEST_CASE("Whose order counts can differ for TLS 1.3", "[codec]") {
    const auto orders = [](const std::string& finding) {
        return show(flat({{"cipher_order", finding}, {"cipherorder_TLSv1_2", "AES128-SHA"}, {"cipherorder_TLSv1_3", "TLS_AES_128_GCM_SHA256"}}));
    };
    const auto expect = [](const std::string& older, const std::string& tls13) {
        return Lines{"shop.example:443 (192.0.2.7)", "TLS 1.2 yes, " + older + "'s order, all: 002F", "TLS 1.3 yes, " + tls13 + "'s order, all: 1301"};
    };
    CHECK(orders("server") == expect("server", "server"));
    CHECK(orders("server -- TLS 1.3 client determined") == expect("server", "client"));
    CHECK(orders("server -- < TLS 1.3 client determined") == expect("client", "server"));
    CHECK(orders("NOT a cipher order configured") == expect("client", "client"));
}

TEST_CASE("Findings of two addresses are two peers, also in turns", "[codec]") {
    const std::string a = flat({{"TLS1_2", "offered"}}, "shop.example/192.0.2.7");
    const std::string b = flat({{"TLS1_2", "not offered"}, {"TLS1_3", "offered with final"}}, "shop.example/2001:db8::7");
    const std::string c = flat({{"TLS1_3", "not offered"}}, "shop.example/192.0.2.7");
    const auto body = [](const std::string& text) { return text.substr(1, text.rfind(']') - 1); };
    const auto all = peers("[" + body(a) + "," + body(b) + "," + body(c) + "]");
    REQUIRE(all.size() == 2);
    CHECK(show(all[0]) == Lines{"shop.example:443 (192.0.2.7)", "TLS 1.2 yes", "TLS 1.3 no"});
    CHECK(show(all[1]) == Lines{"shop.example:443 (2001:db8::7)", "TLS 1.2 no", "TLS 1.3 yes"});
}

TEST_CASE("A server with two certificates has two", "[codec]") {
    CHECK(show(flat({{"TLS1_2", "offered"},
                     {"cert_signatureAlgorithm <hostCert#1>", "SHA256 with RSA"},
                     {"cert_keySize <hostCert#1>", "RSA 4096 bits (exponent is 65537)"},
                     {"cert_signatureAlgorithm <hostCert#2>", "ECDSA with SHA384"},
                     {"cert_keySize <hostCert#2>", "EC 256 bits (curve P-256)"}})) ==
          Lines{"shop.example:443 (192.0.2.7)", "TLS 1.2 yes", "certificate: RSA 4096 RSA SHA256", "certificate: ECDSA 256 secp256r1 ECDSA SHA384"});
    CHECK(show(flat({{"TLS1_2", "offered"}, {"cert_keySize", "1024 bits"}, {"cert_signatureAlgorithm", "MD5"}})).back() == "certificate:  1024 MD5");
    CHECK(show(flat({{"TLS1_2", "offered"}, {"cert_keySize", "2048 bits"}, {"cert_notBefore", "2025-01-01 00:00"}, {"cert_notAfter", "2026-01-01 00:00", "OK"}})).back() ==
          "certificate:  2048 from 1735689600 until 1767225600");
    CHECK(show(flat({{"TLS1_2", "offered"}, {"cert_keySize", "EdDSA Ed25519"}, {"cert_signatureAlgorithm", "Ed25519"}})).back() == "certificate: ED25519 0 ED25519");
}

TEST_CASE("Scans that testssl.sh did not finish are incomplete", "[codec]") {
    CHECK(show(flat({{"TLS1_2", "offered"}, {"scanTime", "Scan interrupted", "WARN"}}))[0] == "shop.example:443 (192.0.2.7), incomplete");
    CHECK(show(pretty({{"TLS1_2", "offered"}}, "\"Scan interrupted\""))[0] == "shop.example:443 (192.0.2.7), incomplete");
    CHECK(show(flat({{"scanProblem", "Can't connect", "FATAL"}})) ==
          Lines{"shop.example:443 (192.0.2.7), incomplete", "no answer: testssl.sh could not scan it"});
    CHECK(said("[]") == Lines{"s: scan-no-tls: testssl.sh wrote no finding: it failed before the scan began | read what it said on the screen"});
    CHECK(said(R"({"version": "3.2", "scanResult": []})") ==
          Lines{"s: scan-no-tls: testssl.sh wrote no result: it failed before the scan began | read what it said on the screen"});
}

TEST_CASE("Members of another type than testssl.sh writes are errors with their line", "[codec]") {
    CHECK(said("[\n{\"id\": \"TLS1\", \"ip\": \"a/b\", \"port\": 443, \"finding\": \"offered\"}]") == Lines{"s:2:1: scan-shape: finding 1: \"port\" is not a string"});
    CHECK(said("[\n{\"id\": \"TLS1\", \"ip\": \"a/b\", \"port\": \"443\", \"finding\": [\"offered\"]}]") == Lines{"s:2:1: scan-shape: finding 1: \"finding\" is not a string"});
    CHECK(said("[{\"id\": \"TLS1\", \"finding\": \"\"},\n7]") == Lines{"s:2:1: scan-shape: finding 2: \"\" is not an object"});
    CHECK(said("[{\"id\": \"TLS1\", \"finding\": \"\", \"ip\": \"a\", \"port\": \"65536\"}]") == Lines{"s:1:2: scan-shape: \"65536\" is not a port | a port is a number from 0 to 65535"});
    CHECK(said("{\"scanResult\": [\n7]}") == Lines{"s:2:1: scan-shape: scanResult[0]: \"\" is not an object"});
}

TEST_CASE("testssl.sh 2.8 names the protocol in its finding as well", "[codec]") {
    const auto finding = [](const std::string& id, const std::string& text) {
        return R"({"id": ")" + id + R"(", "ip": "old.example/192.0.2.7", "port": "443", "severity": "OK", "finding": ")" + text + "\"}";
    };
    const std::string text = "[" + finding("sslv2", "SSLv2 not offered (OK)") + "," + finding("sslv3", "SSLv3 is not offered (OK)") + "," +
                             finding("tls1", "TLSv1.0 is offered") + "," + finding("tls1_1", "TLSv1.1 is not offered") + "," +
                             finding("tls1_2", "TLSv1.2 is offered (OK)") + "]";
    CHECK(show(text) == Lines{"old.example:443 (192.0.2.7)", "SSL 2.0 no", "SSL 3.0 no", "TLS 1.0 yes", "TLS 1.1 no", "TLS 1.2 yes"});
}
