// Scans are distinguished by what is in them, and what is none says what it is.
#include "catch.hpp"
#include "scan_text.hpp"
#include "schancfg/utf.hpp"

using scan_text::Lines;
using scan_text::peers;
using scan_text::said;
using scan_text::show;

namespace {

constexpr const char* reads = " | schancfg reads the XML of nmap (-oX) and sslscan (--xml), the JSON of testssl.sh, sslyze (version 3 and later) and SSL Labs, and testssl.sh's CSV";

// One server with TLS 1.2 and two suites, and the same words in each scanner's form.
const std::string by_nmap =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nmaprun>\n<?xml-stylesheet href=\"file:///usr/share/nmap/nmap.xsl\" type=\"text/xsl\"?>\n"
    "<!-- Nmap 7.94 scan initiated as: nmap -&#45;script ssl-enum-ciphers -->\n<nmaprun version=\"7.94\"><host><address addr=\"192.0.2.7\" addrtype=\"ipv4\"/><ports>"
    "<port protocol=\"tcp\" portid=\"443\"><state state=\"open\"/><script id=\"ssl-enum-ciphers\"><table key=\"TLSv1.2\"><table key=\"ciphers\">"
    "<table><elem key=\"name\">TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256</elem><elem key=\"kex_info\">secp256r1</elem></table>"
    "<table><elem key=\"name\">TLS_DHE_RSA_WITH_AES_128_CBC_SHA</elem><elem key=\"kex_info\">dh 1024</elem></table></table></table></script></port></ports></host></nmaprun>\n";
const std::string by_sslscan =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document title=\"SSLScan Results\" version=\"2.1.3\"><ssltest host=\"192.0.2.7\" sniname=\"192.0.2.7\" port=\"443\">"
    "<protocol type=\"tls\" version=\"1.2\" enabled=\"1\"/><cipher status=\"preferred\" sslversion=\"TLSv1.2\" cipher=\"ECDHE-RSA-AES128-GCM-SHA256\" id=\"0xC02F\" curve=\"P-256\"/>"
    "<cipher status=\"accepted\" sslversion=\"TLSv1.2\" cipher=\"DHE-RSA-AES128-SHA\" id=\"0x0033\" dhebits=\"1024\"/></ssltest></document>\n";
const std::string by_testssl_flat =
    R"([{"id": "cipher-tls1_2_xc02f", "ip": "192.0.2.7/192.0.2.7", "port": "443", "finding": "TLSv1.2 xc02f ECDHE-RSA-AES128-GCM-SHA256 ECDH 256 AESGCM 128 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
{"id": "cipher-tls1_2_x33", "ip": "192.0.2.7/192.0.2.7", "port": "443", "finding": "TLSv1.2 x33 DHE-RSA-AES128-SHA DH 1024 AES 128 TLS_DHE_RSA_WITH_AES_128_CBC_SHA"},
{"id": "FS_ECDHE_curves", "ip": "192.0.2.7/192.0.2.7", "port": "443", "finding": "prime256v1"}])";
const std::string by_testssl_pretty =
    R"({"version": "3.2", "scanResult": [{"targetHost": "192.0.2.7", "ip": "192.0.2.7", "port": "443", "ciphers": [
{"id": "cipher-tls1_2_xc02f", "finding": "TLSv1.2 xc02f ECDHE-RSA-AES128-GCM-SHA256 ECDH 256 AESGCM 128 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}],
"fs": [{"id": "cipher-tls1_2_x33", "finding": "TLSv1.2 x33 DHE-RSA-AES128-SHA DH 1024 AES 128 TLS_DHE_RSA_WITH_AES_128_CBC_SHA"}, {"id": "FS_ECDHE_curves", "finding": "prime256v1"}]}]})";
const std::string by_sslyze =
    R"({"sslyze_version": "6.2.0", "server_scan_results": [{"scan_status": "COMPLETED", "server_location": {"hostname": "192.0.2.7", "ip_address": "192.0.2.7", "port": 443},
"scan_result": {"tls_1_2_cipher_suites": {"status": "COMPLETED", "result": {"is_tls_version_supported": true, "accepted_cipher_suites": [
{"cipher_suite": {"name": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}, "ephemeral_key": {"type_name": "ECDH", "size": 256, "curve_name": "prime256v1"}},
{"cipher_suite": {"name": "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"}, "ephemeral_key": {"type_name": "DH", "size": 1024}}]}}}}]})";

const std::string by_testssl_csv =
    "\"id\",\"fqdn/ip\",\"port\",\"severity\",\"finding\",\"cve\",\"cwe\"\n"
    "\"cipher-tls1_2_xc02f\",\"192.0.2.7/192.0.2.7\",\"443\",\"OK\",\"TLSv1.2 xc02f ECDHE-RSA-AES128-GCM-SHA256 ECDH 256 AESGCM 128 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\",\"\",\"\"\n"
    "\"cipher-tls1_2_x33\",\"192.0.2.7/192.0.2.7\",\"443\",\"LOW\",\"TLSv1.2 x33 DHE-RSA-AES128-SHA DH 1024 AES 128 TLS_DHE_RSA_WITH_AES_128_CBC_SHA\",\"\",\"\"\n"
    "\"FS_ECDHE_curves\",\"192.0.2.7/192.0.2.7\",\"443\",\"OK\",\"prime256v1\",\"\",\"\"\n";
const std::string by_ssllabs =
    R"([{"host": "192.0.2.7", "port": 443, "engineVersion": "2.1.8", "endpoints": [{"ipAddress": "192.0.2.7", "details": {
"protocols": [{"id": 771, "name": "TLS", "version": "1.2"}], "suites": [{"protocol": 771, "list": [
{"id": 49199, "name": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "kxType": "ECDH", "namedGroupId": 23, "namedGroupName": "secp256r1"},
{"id": 51, "name": "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "kxType": "DH", "kxStrength": 1024, "dhP": 128}]}],
"namedGroups": {"list": [{"id": 23, "name": "secp256r1", "bits": 256}]}}}]}])";
const std::string by_sslyze_3 =
    R"({"sslyze_version": "3.1.0", "server_scan_results": [{"server_info": {"server_location": {"hostname": "192.0.2.7", "ip_address": "192.0.2.7", "port": 443}},
"scan_commands_results": {"tls_1_2_cipher_suites": {"accepted_cipher_suites": [
{"cipher_suite": {"name": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}, "ephemeral_key": {"type_name": "ECDH", "size": 256, "curve_name": "prime256v1"}},
{"cipher_suite": {"name": "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"}, "ephemeral_key": {"type_name": "DH", "size": 1024}}]}}}]})";

}  // namespace

TEST_CASE("One server is the same peer whichever scanner saw it", "[codec]") {
    for (const std::string& text : {by_nmap, by_sslscan, by_testssl_flat, by_testssl_pretty, by_testssl_csv, by_sslyze, by_sslyze_3, by_ssllabs}) {
        CAPTURE(text.substr(0, 200));
        CHECK(said(text).empty());
        const auto all = peers(text);
        REQUIRE(all.size() == 1);
        CHECK(all[0].address() == "192.0.2.7:443");
        CHECK(all[0].protocol("TLS 1.2")->offered == scan_text::Answer::yes);
        CHECK(all[0].protocol("TLS 1.2")->suites_complete);
        REQUIRE(all[0].suites.size() == 2);
        CHECK(all[0].suites[0].id == 0xC02F);
        CHECK(all[0].suites[0].name == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        CHECK(all[0].suites[0].group == "secp256r1");
        CHECK(all[0].suites[1].id == 0x0033);
        CHECK(all[0].suites[1].dh_bits == 1024);
        CHECK(all[0].groups == Lines{"secp256r1"});
        CHECK(all[0].dh_min_bits == 1024);
    }
}

TEST_CASE("A byte order mark, leading blanks and PowerShell's UTF-16 change nothing", "[codec]") {
    for (const std::string& text : {by_nmap, by_sslscan, by_testssl_flat, by_testssl_pretty, by_testssl_csv, by_sslyze, by_sslyze_3, by_ssllabs}) {
        const Lines expected = show(text);
        CHECK(show("\xEF\xBB\xBF" + text) == expected);
        CHECK(show("\xFF\xFE" + schancfg::utf::to_utf16le(text)) == expected);
        if (text[0] != '<') CHECK(show("\r\n\t " + text) == expected);
    }
}

TEST_CASE("Other formats and versions are refused by name", "[codec]") {
    CHECK(said("<document title=\"SSLyze Scan Results\" SSLyzeVersion=\"1.4.3\"></document>") ==
          Lines{"s: scan-format: this is XML of sslyze, which only its versions before 2.0 wrote | scan with sslyze 3 or later, and --json_out"});
    for (const char* text : {"# Nmap 7.94 scan initiated\nHost: 192.0.2.7 ()\n", "Starting Nmap 7.94 ( https://nmap.org )\n", "Nmap scan report for a\n"}) {
        CHECK(said(text) == Lines{"s: scan-format: this is nmap's output for people or for grep | scan with nmap -oX FILE"});
    }
    CHECK(said("Version: 2.1.3\nOpenSSL 3.0\n\nTesting SSL server a on port 443\n") == Lines{"s: scan-format: this is sslscan's output for people | scan with sslscan --xml=FILE"});
    CHECK(said("#####\ntestssl.sh 3.2 from https://testssl.sh/\n") == Lines{"s: scan-format: this is testssl.sh's output for people | scan with testssl.sh --jsonfile FILE"});
    CHECK(said("<!DOCTYPE html>\n<html></html>") == Lines{std::string("s: scan-format: this is a page of HTML, no scan") + reads});
    CHECK(said("<niktoscan/>") == Lines{std::string("s: scan-format: this is XML of another kind, its root is \"niktoscan\"") + reads});
    CHECK(said(R"({"targetHost": "a", "ip": "b"})") == Lines{"s: scan-format: this is one target cut out of JSON of testssl.sh | give the whole file"});
    CHECK(said(R"({"format_version": "1.0", "os": null, "keys": []})") == Lines{"s: scan-format: this is a registry in JSON, no scan | give it as memory:FILE"});
    CHECK(said("{}") == Lines{std::string("s: scan-format: this is JSON of another kind") + reads});
    CHECK(said("[1]") == Lines{std::string("s: scan-format: this is JSON of another kind") + reads});
    CHECK(said("hello") == Lines{std::string("s: scan-format: this is not a scan") + reads});
    CHECK(said(std::string("MZ\0\1", 4)) == Lines{std::string("s: scan-format: this is not text") + reads});
}
