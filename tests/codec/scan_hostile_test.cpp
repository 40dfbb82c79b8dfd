// Scans that were made to do harm, or that broke on the way: one error with its place, soon.
#include "catch.hpp"
#include "scan_text.hpp"

using scan_text::Lines;
using scan_text::peers;
using scan_text::said;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

const std::string host = "<host><address addr=\"192.0.2.7\" addrtype=\"ipv4\"/><ports><port protocol=\"tcp\" portid=\"443\"><script id=\"ssl-enum-ciphers\"><table key=\"TLSv1.2\">"
                         "<table key=\"ciphers\"><table><elem key=\"name\">TLS_RSA_WITH_AES_128_CBC_SHA</elem></table></table></table></script></port></ports></host>\n";
constexpr const char* xml_cut = "the XML ends before it is complete: the scan was interrupted, or the file was cut | let the scan run to its end";
constexpr const char* json_cut = "the JSON ends before it is complete: the scan was interrupted, or the file was cut | let the scan run to its end";

}  // namespace

TEST_CASE("XML that ends too early is incomplete, wherever it ends", "[codec]") {
    const std::string whole = "<?xml version=\"1.0\"?>\n<!DOCTYPE nmaprun>\n<!-- c -->\n<nmaprun version=\"7.94\">\n" + host + "</nmaprun>";
    REQUIRE(peers(whole).size() == 1);
    for (std::size_t cut = 1; cut < whole.size(); ++cut) {
        CAPTURE(cut);
        const Lines lines = said(whole.substr(0, cut));
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].find(": scan-truncated: ") != std::string::npos);
    }
    CHECK(said(whole.substr(0, 90)) == Lines{"s:5:14: scan-truncated: " + std::string(xml_cut)});
    CHECK(said("") == Lines{"s: scan-truncated: the file is empty | let the scan run to its end"});
    CHECK(said(" \n ") == Lines{"s: scan-truncated: the file is empty | let the scan run to its end"});
}

TEST_CASE("JSON that ends too early is incomplete, wherever it ends", "[codec]") {
    const std::string whole = "[\n{\"id\": \"TLS1\", \"ip\": \"a\\\"/b\", \"port\": \"1\", \"finding\": \"offered\"}\n]";
    REQUIRE(peers(whole).size() == 1);
    for (std::size_t cut = 1; cut < whole.size(); ++cut) {
        CAPTURE(cut);
        const Lines lines = said(whole.substr(0, cut));
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].find(": scan-truncated: ") != std::string::npos);
    }
    CHECK(said(whole.substr(0, 20)) == Lines{"s:2:19: scan-truncated: " + std::string(json_cut)});
}

TEST_CASE("Entities are neither declared nor fetched", "[codec]") {
    const std::string bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n<!ENTITY lol \"lol\">\n<!ENTITY lol2 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">\n]>\n<nmaprun>&lol2;</nmaprun>";
    const std::string external = "\n<!DOCTYPE nmaprun [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<nmaprun version=\"&x;\"/>";
    const std::string refused = ":1: scan-entities: the document type declares entities, which no scanner does | remove what stands in brackets in it";
    CHECK(said(bomb) == Lines{"s:2" + refused});
    CHECK(said(external) == Lines{"s:2" + refused});
    // A reference to an entity that nobody declared stays what it is.
    const auto all = peers("<!DOCTYPE nmaprun SYSTEM \"http://192.0.2.1/nmap.dtd\">\n<nmaprun version=\"&x;\">" + host + "</nmaprun>");
    REQUIRE(all.size() == 1);
    CHECK(all[0].tool_version == "&x;");
}

TEST_CASE("Huge attributes, strings, hosts and files end with an error", "[codec]") {
    const std::string big = std::string(10u << 20, 'x');
    CHECK(said("<nmaprun>\n<host a=\"" + big + "\"/></nmaprun>") == Lines{"s:2:1: scan-limit: a tag is longer than 1 MiB | no scanner writes such a one"});
    CHECK(said("<" + big) == Lines{"s:1:1: scan-limit: a tag is longer than 1 MiB | no scanner writes such a one"});
    CHECK(said("[{\"id\":\n\"" + big + "\"}]") == Lines{"s:2:1: scan-limit: a string is longer than 1 MiB | no scanner writes such a one"});
    CHECK(said("<nmaprun><host>" + std::string(schancfg::codec::scan_max_item, 'x') + "</host></nmaprun>") == Lines{"s:1:10: scan-limit: one host takes more than 32 MiB | no scanner writes as much"});
    CHECK(said("<nmaprun><host>" + repeated("<a/>", 500000) + "</host></nmaprun>") ==
          Lines{"s:1:2000012: scan-limit: one host takes more than 500,000 elements | no scanner writes as many"});
    CHECK(said("[{\"id\": \"\", \"finding\": \"\", \"x\": [" + repeated("0,", 500000) + "0]}]") ==
          Lines{"s:1:2: scan-limit: one host takes more than 32 MiB or 500,000 values | no scanner writes as much"});
    CHECK(said("{\"server_scan_results\": [" + repeated("{},", 200000) + "{}], \"sslyze_version\": \"5\"}") ==
          Lines{"s:1:26: scan-shape: server_scan_results[0]: \"server_location\" is not an object"});
    CHECK(said(std::string(schancfg::codec::scan_max_size + 1, ' ')) == Lines{"s: scan-limit: the file is larger than 128 MiB"});
}

TEST_CASE("Deep nesting ends with an error at its limit", "[codec]") {
    CHECK(said("<nmaprun>" + repeated("<a>", 63) + repeated("</a>", 63) + "</nmaprun>")[0].find("scan-no-tls") != std::string::npos);
    CHECK(said("<nmaprun>" + repeated("<a>", 1000000)) == Lines{"s:1:199: scan-limit: elements are nested deeper than 64 levels | no scanner needs ten"});
    CHECK(said(repeated("[", 64) + repeated("]", 64))[0].find("scan-format") != std::string::npos);
    CHECK(said(repeated("[", 1000000)) == Lines{"s:1:65: scan-limit: objects and arrays are nested deeper than 64 levels | no scanner needs twenty"});
    CHECK(said(repeated("{\"a\":", 1000000)) == Lines{"s:1:321: scan-limit: objects and arrays are nested deeper than 64 levels | no scanner needs twenty"});
}

TEST_CASE("A list of a million and more empty entries ends before it is kept", "[codec]") {
    for (const char* entry : {"\"\",", "{},", "0,"}) {
        const std::string text = "[" + repeated(entry, 1500000) + "0]";
        const std::size_t at = 2 + 1000000 * std::string(entry).size();
        CHECK(said(text) == Lines{"s:1:" + std::to_string(at) + ": scan-limit: a list or object has more than 1,000,000 entries | no scanner writes as many"});
    }
}

TEST_CASE("As many peers as the limit says are read, and no more", "[codec]") {
    const std::string down = "<host><status state=\"down\"/></host>";
    CHECK(peers("<nmaprun args=\"--script ssl-enum-ciphers\">" + repeated(down, 2000) + "</nmaprun>").size() == 2000);
    CHECK(said("<nmaprun>\n" + repeated(down, schancfg::codec::scan_max_peers + 1) + "</nmaprun>") ==
          Lines{"s:2:3500001: scan-limit: the file has more than 100,000 hosts and ports"});
}

TEST_CASE("What is not XML or JSON says where it stops being one", "[codec]") {
    CHECK(said("<nmaprun>\n<host></hosts>\n</nmaprun>") == Lines{"s:2:9: scan-syntax: this is not XML: Start-end tags mismatch"});
    CHECK(said("<nmaprun></nmaprun></nmaprun>") == Lines{"s:1:20: scan-syntax: this is not XML: an element ends that did not begin"});
    CHECK(said("<nmaprun></nmaprun>\n<nmaprun/>") == Lines{"s:2:1: scan-syntax: this is not XML: there is a second root element"});
    CHECK(said("<nmaprun></nmaprun>\nmore") == Lines{"s:2:1: scan-syntax: this is not XML: there is text outside of the root element"});
    CHECK(said("<nmaprun><host <a/></nmaprun>") == Lines{"s:1:16: scan-syntax: this is not XML: a tag begins within another"});
    CHECK(said("< nmaprun/>") == Lines{"s:1:1: scan-syntax: this is not XML: a tag without a name"});
    CHECK(said("<![CDATA[x]]>") == Lines{"s:1:1: scan-syntax: this is not XML"});
    CHECK(said("<nmaprun><!ELEMENT a></nmaprun>") == Lines{"s:1:10: scan-syntax: this is not XML"});
    CHECK(said("<nmaprun a></nmaprun>")[0].find("s:1:12: scan-syntax: this is not XML: ") == 0);
    CHECK(said("[\n{\"id\": \"\", \"finding\": x}]") == Lines{"s:2:23: scan-syntax: this is not JSON"});
    CHECK(said("[{\"id\": \"\", \"finding\": \"\"}\n{}]") == Lines{"s:2:1: scan-syntax: this is not JSON"});
    CHECK(said("[{\"id\": \"\", \"finding\": \"\"},\n]") == Lines{"s:2:1: scan-syntax: this is not JSON"});
    CHECK(said("{\"scanResult\" []}") == Lines{"s:1:15: scan-syntax: this is not JSON"});
    CHECK(said("{scanResult: []}") == Lines{"s:1:2: scan-syntax: this is not JSON"});
    CHECK(said("[{\"id\": \"\", \"finding\": [}]}") == Lines{"s:1:27: scan-syntax: this is not JSON"});
    CHECK(said("[]\n[]") == Lines{"s:2:1: scan-syntax: there is more text behind the end of the JSON"});
    CHECK(said("{\"scanResult\": [], \"a\": 1e999}") == Lines{"s:1:25: scan-syntax: this is not JSON"});
    CHECK(said("[1)") == Lines{"s:1:4: scan-truncated: " + std::string(json_cut)});
    CHECK(said("<nmaprun>\n\xFF</nmaprun>") == Lines{"s:2:1: scan-syntax: this is not valid UTF-8 | no scanner writes anything else"});
}

TEST_CASE("Comments, CDATA and attributes may hold what looks like tags", "[codec]") {
    const std::string tricks = "<!-- </nmaprun> <host> --><![CDATA[</nmaprun><host>]]><?pi </nmaprun> ?><x a='</nmaprun>' b=\"&lt;/nmaprun>\"/>";
    CHECK(peers("<nmaprun>" + tricks + host + tricks + "</nmaprun>").size() == 1);
}

TEST_CASE("Thousands of doubtful words give twenty warnings and a number", "[codec]") {
    const std::string odd = "<ssltest host=\"a\" port=\"1\">" + repeated("<group name=\"odd\"/>", 1000) + "</ssltest>";
    const Lines lines = said("<document title=\"SSLScan Results\">" + odd + "</document>");
    REQUIRE(lines.size() == 21);
    CHECK(lines.back() == "s: scan-more: 980 more warnings are left out");
}

TEST_CASE("Names that a scan makes up are kept as they are", "[codec]") {
    const auto all = peers("<nmaprun args=\"--script ssl-enum-ciphers\"><host><hostnames><hostname name=\"&#27;[2Jevil&#10;host\"/></hostnames><ports>"
                           "<port protocol=\"tcp\" portid=\"1\"/></ports></host></nmaprun>");
    REQUIRE(all.size() == 1);
    CHECK(all[0].host == "\x1B[2Jevil\nhost");
}
