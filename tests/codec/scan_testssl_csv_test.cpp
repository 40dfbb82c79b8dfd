#include "catch.hpp"
#include "scan_text.hpp"

using scan_text::Lines;
using scan_text::peers;
using scan_text::said;
using scan_text::show;

namespace {

const std::string head = "\"id\",\"fqdn/ip\",\"port\",\"severity\",\"finding\",\"cve\",\"cwe\"\n";

std::string row(const std::string& id, const std::string& finding, const std::string& target = "a.example/192.0.2.7") {
    return "\"" + id + "\",\"" + target + "\",\"443\",\"INFO\",\"" + finding + "\",\"\",\"\"\n";
}

}  // namespace

TEST_CASE("Rows of testssl.sh's CSV are findings, of each target its own", "[codec]") {
    const std::string text = head + row("TLS1_2", "offered") + row("cipherorder_TLSv1_2", "AES128-SHA AES256-SHA") + row("TLS1_2", "not offered", "a.example/192.0.2.8") +
                             row("TLS1", "offered", "a.example/192.0.2.8");
    CHECK(said(text).empty());
    const auto all = peers(text);
    REQUIRE(all.size() == 2);
    CHECK(show(all[0]) == Lines{"a.example:443 (192.0.2.7)", "TLS 1.2 yes, all: 002F, 0035"});
    CHECK(show(all[1]) == Lines{"a.example:443 (192.0.2.8)", "TLS 1.0 yes", "TLS 1.2 no"});
}

TEST_CASE("Quotation marks within a field, empty lines, line ends and a second head change nothing", "[codec]") {
    const std::string text = head + "\n" + row("cert_commonName", "the \"best\" one") + row("cert_commonName <hostCert#2>", "a \"\"b\"\" c") + row("TLS1_2", "offered") + head;
    std::string crlf;
    for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(show(crlf) == show(text));
    const auto all = peers(text);
    REQUIRE(all.size() == 1);
    REQUIRE(all[0].certificates.size() == 2);
    CHECK(all[0].certificates[0].subject == "the \"best\" one");
    CHECK(all[0].certificates[1].subject == "a \"b\" c");
}

TEST_CASE("What is not such CSV is an error with its line", "[codec]") {
    CHECK(said(head) == Lines{"s: scan-no-tls: testssl.sh wrote no finding: it failed before the scan began | read what it said on the screen"});
    CHECK(said(head + "\"TLS1\",\"a\",\"443\"\n") == Lines{"s:2:1: scan-shape: the line has too few fields | a field a column"});
    CHECK(said(head + row("TLS1", "offered") + "\"TLS1_1\",\"a") ==
          Lines{"s:3:1: scan-truncated: the CSV ends within a field: the scan was interrupted, or the file was cut | let the scan run to its end"});
    CHECK(said(head + "\"TLS1\",\"a\",\"x\",\"\",\"\"\n") == Lines{"s:2:1: scan-shape: \"x\" is not a port | a port is a number from 0 to 65535"});
    CHECK(said("\"id\",\"fqdn/ip\",\"port\",\"finding\"\n") == Lines{"s: scan-shape: the CSV has no column \"severity\""});
    CHECK(said(head + "\"" + std::string(2u << 20, 'x') + "\"\n") == Lines{"s:2:1: scan-limit: a field is longer than 1 MiB | let the scan run to its end"});
}
