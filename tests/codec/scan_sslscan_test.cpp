#include "catch.hpp"
#include "scan_text.hpp"

using scan_text::Lines;
using scan_text::peers;
using scan_text::said;
using scan_text::show;

namespace {

std::string document(const std::string& tests, const std::string& version = "2.1.3") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document title=\"SSLScan Results\" version=\"" + version + "\" web=\"http://github.com/rbsec/sslscan\">\n" +
           tests + "</document>\n";
}

std::string test(const std::string& inner, const std::string& host = "mail.example", const std::string& sni = "mail.example") {
    return " <ssltest host=\"" + host + "\" sniname=\"" + sni + "\" port=\"993\">\n" + inner + " </ssltest>\n";
}

const std::string protocols =
    "<protocol type=\"ssl\" version=\"2\" enabled=\"0\" /><protocol type=\"ssl\" version=\"3\" enabled=\"0\" /><protocol type=\"tls\" version=\"1.0\" enabled=\"1\" />"
    "<protocol type=\"tls\" version=\"1.1\" enabled=\"0\" /><protocol type=\"tls\" version=\"1.2\" enabled=\"1\" /><protocol type=\"tls\" version=\"1.3\" enabled=\"0\" />\n";

std::string cipher(const std::string& id, const std::string& more, const std::string& status = "accepted", const std::string& version = "TLSv1.2") {
    return "<cipher status=\"" + status + "\" sslversion=\"" + version + "\" bits=\"128\" cipher=\"AES128-SHA\" id=\"" + id + "\" strength=\"strong\" " + more + "/>\n";
}

}  // namespace

TEST_CASE("sslscan says yes and no to each protocol, and its suites go by id", "[codec]") {
    const std::string text = document(test(
        protocols + "<renegotiation supported=\"1\" secure=\"1\" />" + cipher("0xC02F", "curve=\"P-256\" ecdhebits=\"256\"", "preferred") +
        cipher("0x009e", "dhebits=\"1024\"") + cipher("0x002F", "") + cipher("0x002F", "", "preferred", "TLSv1.0")));
    CHECK(show(text) == Lines{"mail.example:993", "SSL 2.0 no", "SSL 3.0 no", "TLS 1.0 yes, all: 002F", "TLS 1.1 no",
                              "TLS 1.2 yes, all: C02F secp256r1, 009E 1024, 002F", "TLS 1.3 no", "groups: secp256r1", "DH: 1024 to 1024", "secure renegotiation: yes"});
    CHECK(peers(text)[0].suites[1].name == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    CHECK(peers(text)[0].tool_version == "2.1.3");
    CHECK(said(text).empty());
}

TEST_CASE("A suite of sslscan without a name and a proper id is left out, and reported", "[codec]") {
    const std::string text = document(test("<cipher status=\"accepted\" sslversion=\"TLSv1.2\" id=\"0x+F\"/>"));
    REQUIRE(peers(text).size() == 1);
    CHECK(peers(text)[0].suites.empty());
    CHECK(peers(text)[0].protocol("TLS 1.2")->offered == scan_text::Answer::yes);
    REQUIRE(said(text).size() == 1);
    CHECK(said(text)[0].find("has no name and no proper id; it is left out") != std::string::npos);
}

TEST_CASE("The groups that sslscan lists are all of them, each once", "[codec]") {
    const std::string groups = "<group sslversion=\"TLSv1.3\" bits=\"128\" name=\"secp256r1 (NIST P-256)\" id=\"0x0017\" />"
                               "<group sslversion=\"TLSv1.3\" bits=\"128\" name=\"x25519\" id=\"0x001d\" /><group sslversion=\"TLSv1.3\" bits=\"112\" name=\"ffdhe2048\" id=\"0x0100\" />"
                               "<group sslversion=\"TLSv1.2\" bits=\"128\" name=\"secp256r1 (NIST P-256)\" id=\"0x0017\" /><group sslversion=\"TLSv1.2\" name=\"odd\" id=\"0xFF00\" />";
    const std::string text = document(test(protocols + cipher("0xC02F", "curve=\"25519\" ecdhebits=\"253\"") + groups));
    CHECK(show(text).back() == "groups: x25519 secp256r1 ffdhe2048, all");
    CHECK(said(text) == Lines{"s:3:2: scan-unknown-name: sslscan names a group \"odd\", which nobody knows; it is left out"});
}

TEST_CASE("The certificates of sslscan are read from both of its places and forms", "[codec]") {
    const std::string rsa = "<certificate type=\"short\"><signature-algorithm>sha1WithRSAEncryption</signature-algorithm><pk error=\"false\" type=\"RSA\" bits=\"1024\" />"
                            "<subject><![CDATA[a<b>&c]]></subject></certificate>";
    const std::string ec = "<certificate type=\"short\"><signature-algorithm>ecdsa-with-SHA256</signature-algorithm><pk error=\"false\" type=\"EC\" curve_name=\"prime256v1\" "
                           "bits=\"256\" /><subject><![CDATA[b]]></subject></certificate>";
    const std::string suite = cipher("0x002F", "");
    CHECK(show(document(test(protocols + suite + "<certificates>" + rsa + ec + rsa + "</certificates>"))) ==
          Lines{"mail.example:993", "SSL 2.0 no", "SSL 3.0 no", "TLS 1.0 yes", "TLS 1.1 no", "TLS 1.2 yes, all: 002F", "TLS 1.3 no", "certificate: RSA 1024 RSA SHA1 a<b>&c",
                "certificate: ECDSA 256 secp256r1 ECDSA SHA256 b"});
    CHECK(show(document(test(suite + rsa), "1.11.13")) == Lines{"mail.example:993", "TLS 1.2 yes: 002F", "certificate: RSA 1024 RSA SHA1 a<b>&c"});
    const std::string dated = "<certificate><pk error=\"false\" type=\"RSA\" bits=\"2048\" /><not-valid-before>Jan  1 00:00:00 2025 GMT</not-valid-before>"
                              "<not-valid-after>Jan  1 00:00:01 2026 GMT</not-valid-after></certificate>";
    CHECK(show(document(test(suite + dated))).back() == "certificate: RSA 2048 from 1735689600 until 1767225601");
    CHECK(show(document(test(suite + "<certificate><pk error=\"true\" /></certificate>"))) == Lines{"mail.example:993", "TLS 1.2 yes: 002F"});
}

TEST_CASE("What the server signs with is read from sslscan, but not that it signs with anything", "[codec]") {
    const std::string signatures = "<connection-signature-algorithm sslversion=\"TLSv1.2\" name=\"rsa_pkcs1_sha1\" id=\"0x0201\" />"
                                   "<connection-signature-algorithm sslversion=\"TLSv1.2\" name=\"rsa_pss_rsae_sha256\" id=\"0x0804\" />"
                                   "<connection-signature-algorithm sslversion=\"TLSv1.2\" name=\"ecdsa_secp384r1_sha384\" id=\"0x0503\" />";
    CHECK(show(document(test(cipher("0x002F", "") + signatures))).back() == "signs with: RSA+SHA1 RSA-PSS+SHA256 ECDSA+SHA384");
    CHECK(show(document(test(cipher("0x002F", "") + "<connection-signature-algorithm sslversion=\"TLSv1.2\" name=\"ANY\" id=\"0xfdff\" />"))).back() == "TLS 1.2 yes: 002F");
}

TEST_CASE("Version 1 of sslscan leaves open what it does not list, and short ids count", "[codec]") {
    CHECK(show(document(test(cipher("0xA", "") + cipher("0x9F", "dhebits=\"2048\"") + cipher("0x6B", "", "not accepted")), "1.11.13")) ==
          Lines{"mail.example:993", "TLS 1.2 yes: 000A, 009F 2048", "DH: 2048 to 2048"});
}

TEST_CASE("Several targets of sslscan are several peers; the name asked for is the host", "[codec]") {
    const auto all = peers(document(test(protocols + cipher("0x002F", ""), "192.0.2.9", "www.example") + test(protocols + cipher("0xC013", ""), "192.0.2.10", "192.0.2.10")));
    REQUIRE(all.size() == 2);
    CHECK(all[0].address() == "www.example:993");
    CHECK(all[0].ip == "192.0.2.9");
    CHECK(all[1].address() == "192.0.2.10:993");
}

TEST_CASE("What sslscan saw before an error is kept, and not taken for all", "[codec]") {
    const std::string text = document(test(protocols + cipher("0x002F", "") + "<error><![CDATA[connection reset]]></error>"));
    REQUIRE(peers(text).size() == 1);
    CHECK(peers(text)[0].tls_answered);
    CHECK_FALSE(peers(text)[0].complete);
    CHECK(peers(text)[0].suites.size() == 1);
}

TEST_CASE("A target that sslscan did not reach, or that has no protocol, gives no answer", "[codec]") {
    CHECK(show(document(test("<error><![CDATA[connection refused]]></error>"))) == Lines{"mail.example:993", "no answer: sslscan could not connect"});
    std::string none = protocols;
    for (std::size_t at; (at = none.find("enabled=\"1\"")) != std::string::npos;) none.replace(at, 11, "enabled=\"0\"");
    CHECK(show(document(test(none))) == Lines{"mail.example:993", "no answer: sslscan saw no protocol at all"});
}
