#include "catch.hpp"
#include "scan_text.hpp"

using scan_text::Lines;
using scan_text::peers;
using scan_text::said;
using scan_text::show;

namespace {

std::string run(const std::string& hosts, const std::string& version = "7.94", const std::string& arguments = "nmap --script ssl-enum-ciphers") {
    return "<?xml version=\"1.0\"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner=\"nmap\" args=\"" + arguments + "\" startstr=\"Tue Mar  4 10:00:00 2025\" version=\"" +
           version + "\">\n" + hosts + "<runstats><finished exit=\"success\"/></runstats>\n</nmaprun>\n";
}

std::string host(const std::string& scripts, const std::string& port = "443", const std::string& state = "open") {
    return "<host><status state=\"up\"/><address addr=\"192.0.2.7\" addrtype=\"ipv4\"/><address addr=\"00:00:5E:00:53:01\" addrtype=\"mac\"/>"
           "<hostnames><hostname name=\"ptr.example\" type=\"PTR\"/><hostname name=\"printer.example\" type=\"user\"/></hostnames>\n"
           "<ports><port protocol=\"tcp\" portid=\"" + port + "\"><state state=\"" + state + "\"/>" + scripts + "</port></ports></host>\n";
}

std::string enumerated(const std::string& tables) { return "<script id=\"ssl-enum-ciphers\" output=\"\">" + tables + "</script>"; }

std::string suite(const std::string& name, const std::string& exchange = {}) {
    return "<table><elem key=\"strength\">A</elem><elem key=\"name\">" + name + "</elem>" +
           (exchange.empty() ? "" : "<elem key=\"kex_info\">" + exchange + "</elem>") + "</table>";
}

std::string protocol(const std::string& key, const std::string& suites, const std::string& more = {}) {
    return "<table key=\"" + key + "\"><table key=\"ciphers\">" + suites + "</table><table key=\"compressors\"><elem>NULL</elem></table>" + more + "</table>";
}

}  // namespace

TEST_CASE("nmap's tables say protocols, suites, their order and one group each", "[codec]") {
    const std::string text = run(host(enumerated(
        protocol("TLSv1.2", suite("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "secp256r1") + suite("TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "dh 1024") +
                                suite("TLS_RSA_WITH_AES_128_CBC_SHA", "rsa 2048"), "<elem key=\"cipher preference\">server</elem>") +
        protocol("TLSv1.3", suite("TLS_AKE_WITH_AES_128_GCM_SHA256", "ecdh_x25519") + suite("TLS_AKE_WITH_AES_256_GCM_SHA384", "ecdh_x25519"),
                 "<elem key=\"cipher preference\">client</elem>"))));
    CHECK(show(text) == Lines{"printer.example:443 (192.0.2.7)", "SSL 3.0 no", "TLS 1.0 no", "TLS 1.1 no",
                              "TLS 1.2 yes, server's order, all: C02F secp256r1, 0033 1024, 002F", "TLS 1.3 yes, client's order, all: 1301 x25519, 1302 x25519",
                              "groups: secp256r1 x25519", "DH: 1024 to 1024", "certificate: RSA 2048"});
    const auto all = peers(text);
    REQUIRE(all.size() == 1);
    CHECK(all[0].tool == "nmap");
    CHECK(all[0].tool_version == "7.94");
    CHECK(all[0].time == "Tue Mar  4 10:00:00 2025");
    CHECK(all[0].suites[3].name == "TLS_AES_128_GCM_SHA256");
    CHECK(all[0].not_tested == Lines{"SSL 2.0: nmap tries it with the script sslv2", "groups: nmap offers five and sees one for each suite, not all that are taken"});
    CHECK(said(text).empty());
}

TEST_CASE("What nmap says of a key exchange is read in every form it has", "[codec]") {
    const auto exchange = [](const std::string& text) { return run(host(enumerated(protocol("TLSv1.3", suite("TLS_AKE_WITH_AES_128_GCM_SHA256", text))))); };
    const auto last = [](const std::string& text) { return show(text)[5]; };
    CHECK(last(exchange("")) == "TLS 1.3 yes, all: 1301");
    CHECK(last(exchange("secp384r1")) == "TLS 1.3 yes, all: 1301 secp384r1");
    CHECK(last(exchange("ecdh_x448")) == "TLS 1.3 yes, all: 1301 x448");
    CHECK(last(exchange("ffdhe3072")) == "TLS 1.3 yes, all: 1301 ffdhe3072 3072");
    CHECK(last(exchange("X25519MLKEM768")) == "TLS 1.3 yes, all: 1301 X25519MLKEM768");
    CHECK(last(exchange("frodo 640")) == "TLS 1.3 yes, all: 1301");
    CHECK(said(exchange("frodo 640")) == Lines{"s:4:1: scan-unknown-name: \"printer.example:443\": ssl-enum-ciphers names a key exchange \"frodo 640\", which nobody "
                                               "knows; the suite is read without it"});
    CHECK(show(run(host(enumerated(protocol("SSLv3", suite("TLS_RSA_WITH_RC4_128_SHA", "rsa 1024")))))).back() == "certificate: RSA 1024");
    CHECK(show(run(host(enumerated(protocol("TLSv1.0", suite("TLS_DHE_DSS_WITH_AES_128_CBC_SHA", "dh 512")))))).back() == "DH: 512 to 512");
}

TEST_CASE("The order of nmap's suites counts only where nmap found it", "[codec]") {
    const auto with = [](const std::string& more) { return show(run(host(enumerated(protocol("TLSv1.2", suite("TLS_RSA_WITH_AES_128_CBC_SHA"), more)))))[4]; };
    CHECK(with("<elem key=\"cipher preference\">indeterminate</elem><elem key=\"cipher preference error\">Too few ciphers supported</elem>") ==
          "TLS 1.2 yes, all: 002F");
    CHECK(with("<elem key=\"cipher preference\">server</elem><elem key=\"cipher preference error\">Network error</elem>") == "TLS 1.2 yes, all: 002F");
    CHECK(with("") == "TLS 1.2 yes, all: 002F");
}

TEST_CASE("TLS 1.3 that an old nmap did not list is unknown", "[codec]") {
    const std::string tables = host(enumerated(protocol("TLSv1.2", suite("TLS_RSA_WITH_AES_128_CBC_SHA"))));
    CHECK(peers(run(tables, "7.92"))[0].protocol("TLS 1.3")->offered == scan_text::Answer::no);
    for (const char* version : {"7.91", "7.80", "6.40", "", "new"}) {
        CAPTURE(version);
        CHECK(peers(run(tables, version))[0].protocol("TLS 1.3")->offered == scan_text::Answer::unknown);
    }
    CHECK(peers(run(tables, "7.94SVN"))[0].protocol("TLS 1.3")->offered == scan_text::Answer::no);
    CHECK(peers(run(tables, "8.10"))[0].protocol("TLS 1.3")->offered == scan_text::Answer::no);
}

TEST_CASE("TLS 1.3 that nmap did not list is unknown where it cannot take the signature of the certificate", "[codec]") {
    const auto answer = [](const std::string& name, const std::string& bits) {
        const std::string certificate = bits.empty() ? "" : "<script id=\"ssl-cert\"><table key=\"pubkey\"><elem key=\"type\">ec</elem><elem key=\"bits\">" + bits + "</elem></table></script>";
        const auto all = peers(run(host(enumerated(protocol("TLSv1.2", suite(name))) + certificate)));
        return answer_name(all.at(0).protocol("TLS 1.3")->offered);
    };
    CHECK(answer("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "384") == "unknown");
    CHECK(answer("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "") == "unknown");
    CHECK(answer("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "256") == "no");
    CHECK(answer("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "") == "no");
}

TEST_CASE("ssl-cert gives the certificate, with kind, size, curve, hash and name", "[codec]") {
    const auto certificate = [](const std::string& key, const std::string& algorithm) {
        const std::string script = "<script id=\"ssl-cert\" output=\"\"><table key=\"subject\"><elem key=\"commonName\">printer</elem></table><table key=\"pubkey\">" +
                                   key + "</table><elem key=\"sig_algo\">" + algorithm + "</elem></script>";
        return show(run(host(enumerated(protocol("TLSv1.2", suite("TLS_RSA_WITH_AES_128_CBC_SHA", "rsa 4096"))) + script))).back();
    };
    CHECK(certificate("<elem key=\"type\">rsa</elem><elem key=\"bits\">512</elem>", "md5WithRSAEncryption") == "certificate: RSA 512 RSA MD5 printer");
    CHECK(certificate("<elem key=\"bits\">384</elem><elem key=\"type\">ec</elem><table key=\"ecdhparams\"><table key=\"curve_params\"><elem key=\"curve\">secp384r1"
                      "</elem></table></table>", "ecdsa-with-SHA384") == "certificate: ECDSA 384 secp384r1 ECDSA SHA384 printer");
    CHECK(certificate("<elem key=\"type\">dsa</elem><elem key=\"bits\">1024</elem>", "dsaWithSHA1") == "certificate: DSA 1024 DSA SHA1 printer");
    CHECK(certificate("<elem key=\"type\">rsa</elem><elem key=\"bits\">2048</elem>", "rsassaPss") == "certificate: RSA 2048 RSA-PSS printer");
    CHECK(certificate("<elem key=\"type\">rsa</elem><elem key=\"bits\">2048</elem></table><table key=\"validity\"><elem key=\"notBefore\">2025-01-01T00:00:00</elem>"
                      "<elem key=\"notAfter\">2026-01-01T00:00:01</elem>", "sha256WithRSAEncryption") ==
          "certificate: RSA 2048 RSA SHA256 printer from 1735689600 until 1767225601");
    CHECK(peers(run(host(enumerated(protocol("TLSv1.2", suite("TLS_RSA_WITH_AES_128_CBC_SHA"))))))[0].seen_at == 1741082400);
}

TEST_CASE("Without ssl-cert a warning still tells the hash of the certificate", "[codec]") {
    CHECK(show(run(host(enumerated(protocol("TLSv1.0", suite("TLS_RSA_WITH_AES_128_CBC_SHA", "rsa 1024"),
                                            "<table key=\"warnings\"><elem>Insecure certificate signature (SHA1), score capped at F</elem></table>"))))).back() ==
          "certificate: RSA 1024 SHA1");
}

TEST_CASE("A host that is down and a port that does not speak TLS give no answer, neither yes nor no", "[codec]") {
    const std::string down = "<host><status state=\"down\"/><address addr=\"192.0.2.8\" addrtype=\"ipv4\"/></host>\n";
    const auto all = peers(run(host("", "22") + down + host("", "443", "filtered") + host(enumerated(protocol("TLSv1.2", suite("TLS_RSA_WITH_AES_128_CBC_SHA"))))));
    REQUIRE(all.size() == 4);
    CHECK(show(all[0]) == Lines{"printer.example:22 (192.0.2.7)", "no answer: the port is open, and no TLS handshake was seen"});
    CHECK(show(all[1]) == Lines{"192.0.2.8", "no answer: the host was down"});
    CHECK(show(all[2]) == Lines{"printer.example:443 (192.0.2.7)", "no answer: the port was filtered"});
    CHECK(all[3].tls_answered);
}

TEST_CASE("Several hosts, ports and addresses of a file are peers of their own, UDP is none", "[codec]") {
    const std::string tables = enumerated(protocol("TLSv1.2", suite("TLS_RSA_WITH_AES_128_CBC_SHA")));
    const auto all = peers(run("<host><status state=\"up\"/><address addr=\"2001:db8::7\" addrtype=\"ipv6\"/><hostnames></hostnames><ports>"
                               "<port protocol=\"udp\" portid=\"443\"><state state=\"open\"/></port>"
                               "<port protocol=\"tcp\" portid=\"443\"><state state=\"open\"/>" + tables + "</port>"
                               "<port protocol=\"tcp\" portid=\"8443\"><state state=\"open\"/>" + tables + "</port></ports></host>"));
    REQUIRE(all.size() == 2);
    CHECK(all[0].address() == "[2001:db8::7]:443");
    CHECK(all[1].address() == "[2001:db8::7]:8443");
    CHECK(all[0].ip.empty());
}

TEST_CASE("nmap's sslv2 shows SSL 2.0, also alone", "[codec]") {
    const std::string script = "<script id=\"sslv2\" output=\"&#xa;  SSLv2 supported&#xa;\"><elem>SSLv2 supported</elem><table key=\"ciphers\">"
                               "<elem>SSL2_RC4_128_WITH_MD5</elem><elem>SSL2_DES_192_EDE3_CBC_WITH_MD5</elem></table></script>";
    CHECK(show(run(host(script))) == Lines{"printer.example:443 (192.0.2.7)", "SSL 2.0 yes: 10080, 700C0"});
}

TEST_CASE("Suites that IANA does not know keep nmap's name; signalling values are none", "[codec]") {
    CHECK(show(run(host(enumerated(protocol("TLSv1.2", suite("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256-draft") + suite("TLS_FALLBACK_SCSV") +
                                                           suite("TLS_RSA_WITH_CAMELLIA_128_CBC_SHA"))))))[4] ==
          "TLS 1.2 yes, all: TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256-draft, 0041");
}

TEST_CASE("What nmap wrote before it wrote tables is read from its text", "[codec]") {
    const std::string script = "<script id=\"ssl-enum-ciphers\" output=\"&#xa;  SSLv3&#xa;    Ciphers (2)&#xa;      TLS_RSA_WITH_RC4_128_MD5 - unknown strength&#xa;"
                               "      TLS_RSA_WITH_3DES_EDE_CBC_SHA - strong&#xa;    Compressors (1)&#xa;      NULL&#xa;  TLSv1.0&#xa;    Ciphers (1)&#xa;"
                               "      TLS_RSA_WITH_AES_128_CBC_SHA - strong&#xa;    Compressors (1)&#xa;      NULL&#xa;  Least strength = unknown strength&#xa;\"/>";
    CHECK(show(run(host(script), "6.00")) ==
          Lines{"printer.example:443 (192.0.2.7)", "SSL 3.0 yes: 0004, 000A", "TLS 1.0 yes: 002F", "TLS 1.1 no", "TLS 1.2 no"});
}

TEST_CASE("An nmap scan without ssl-enum-ciphers is refused, one that found nothing with it is not", "[codec]") {
    const std::string plain = run(host(""), "7.94", "nmap -p 443 printer.example");
    CHECK(said(plain) == Lines{"s: scan-no-tls: this nmap scan ran without ssl-enum-ciphers and says nothing of TLS | scan with nmap -Pn -p PORT --script "
                               "ssl-enum-ciphers,ssl-cert -oX FILE HOST"});
    for (const char* arguments : {"nmap -&#45;script ssl-enum-ciphers x", "nmap --script ssl-* x", "nmap --script=intrusive x", "nmap --script all x"}) {
        CAPTURE(arguments);
        CHECK(peers(run(host(""), "7.94", arguments)).size() == 1);
    }
}

TEST_CASE("A scan that nmap gave up is incomplete", "[codec]") {
    std::string text = run(host(enumerated(protocol("TLSv1.2", suite("TLS_RSA_WITH_AES_128_CBC_SHA")))));
    text.replace(text.find("exit=\"success\""), 14, "exit=\"error\"");
    CHECK(show(text)[0] == "printer.example:443 (192.0.2.7), incomplete");
}

TEST_CASE("A port that is not a number is an error with its line", "[codec]") {
    CHECK(said(run(host("", "70000"))) == Lines{"s:4:1: scan-shape: \"70000\" is not a port | a port is a number from 0 to 65535"});
    CHECK(said(run(host("", ""))) == Lines{"s:4:1: scan-shape: \"\" is not a port | a port is a number from 0 to 65535"});
}

TEST_CASE("What nmap itself says of a scan that saw no host is passed on", "[codec]") {
    const auto ended = [](const std::string& attributes, const std::string& hosts) {
        return "<nmaprun version=\"7.94\" args=\"nmap --script ssl-enum-ciphers -oX s printer\"><runstats><finished " + attributes + "/><hosts " + hosts + "/></runstats></nmaprun>";
    };
    const std::string fix = " | check the name or address; scan with -Pn where the host drops pings";
    CHECK(said(ended(R"(exit="success" summary="Nmap done at Fri Nov 27 10:00:00 2026; 0 IP addresses (0 hosts up) scanned in 0.53 seconds")", R"(up="0" down="0" total="0")")) ==
          Lines{"s: scan-no-tls: nmap saw no host: 0 IP addresses (0 hosts up) scanned in 0.53 seconds" + fix});
    CHECK(said(ended(R"(exit="success" summary="Nmap done at Fri Nov 27 10:00:00 2026; 1 IP address (0 hosts up) scanned in 3.04 seconds")", R"(up="0" down="1" total="1")")) ==
          Lines{"s: scan-no-tls: nmap saw no host: 1 IP address (0 hosts up) scanned in 3.04 seconds" + fix});
    CHECK(said(ended(R"(exit="error" errormsg="dnet: Failed to open device eth0")", R"(up="0" down="0" total="0")")) ==
          Lines{"s: scan-no-tls: nmap saw no host: dnet: Failed to open device eth0" + fix});
    CHECK(said(ended(R"(exit="success")", R"(up="0" down="0" total="0")")) == Lines{"s: scan-no-tls: nmap saw no host: 0 hosts up" + fix});
}
