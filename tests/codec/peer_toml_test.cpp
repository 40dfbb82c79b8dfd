#include "schancfg/codec/peer_toml.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "scan_text.hpp"

using namespace schancfg;
using scan_text::Answer;
using scan_text::Lines;

namespace {

Lines said(std::string_view text) {
    Lines lines;
    for (const auto& d : codec::decode_peer(text, "p.toml").diagnostics) lines.push_back(scan_text::line(d));
    return lines;
}

schannel::Peer peer(std::string_view text) {
    const auto decoded = codec::decode_peer(text, "p.toml");
    for (const auto& d : decoded.diagnostics) UNSCOPED_INFO(scan_text::line(d));
    REQUIRE(decoded.value);
    return *decoded.value;
}

Lines show(std::string_view text) { return scan_text::show(peer(text)); }

/// The error of a line below `[peer]`.
std::string error(const std::string& line) {
    const Lines lines = said("[peer]\n" + line + "\n");
    return lines.size() == 1 ? lines[0] : std::to_string(lines.size()) + " errors";
}

}  // namespace

TEST_CASE("A peer file says what a manual says", "[codec]") {
    const char* text = R"(# LaserJet, from its manual
format = 1
[peer]
role = "server"
name = "printer on floor 2"
host = "printer.example"
port = 443
notes = "firmware of 2012"
protocols = ["SSL 3.0", "TLS 1.0"]
cipher_suites = ["TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "DES-CBC3-SHA", "0x0004"]
cipher_order = "server"
dh_bits = 512
rsa_max_bits = 1024
certificate = { key = "RSA", bits = 512, signature_hash = "MD5", signature_key = "RSA", subject = "CN=printer" }
signature_hashes = ["SHA1", "MD5"]
secure_renegotiation = false
)";
    CHECK(show(text) == Lines{"printer.example:443", "SSL 2.0 no", "SSL 3.0 yes, server's order, all", "TLS 1.0 yes, server's order, all", "TLS 1.1 no", "TLS 1.2 no",
                              "TLS 1.3 no", "some protocol: 0033, 000A, 0004", "DH: 512 to 512", "certificate: RSA 512 RSA MD5 CN=printer", "secure renegotiation: no"});
    const schannel::Peer made = peer(text);
    CHECK(made.role == facts::Role::server);
    CHECK(made.suites[1].name == "TLS_RSA_WITH_3DES_EDE_CBC_SHA");
    CHECK(made.rsa_max_bits == 1024);
    CHECK(made.rsa_min_bits == 0);
    CHECK(made.signature_hashes == Lines{"SHA1", "MD5"});
    CHECK(made.signature_hashes_complete);
    CHECK(made.notes == "printer on floor 2: firmware of 2012");
    CHECK(made.tool.empty());
    CHECK(made.complete);
}

TEST_CASE("What a peer file does not say is unknown", "[codec]") {
    const schannel::Peer made = peer("[peer]\nname = \"box\"\n");
    CHECK(made.host == "box");
    CHECK_FALSE(made.port);
    CHECK(made.role == facts::Role::server);
    for (const auto& protocol : made.protocols) {
        CHECK(protocol.offered == Answer::unknown);
        CHECK_FALSE(protocol.suites_complete);
    }
    CHECK(made.secure_renegotiation == Answer::unknown);
    CHECK(made.extended_master_secret == Answer::unknown);
    CHECK(made.dh_max_bits == 0);
    CHECK_FALSE(made.groups_complete);
    CHECK_FALSE(made.signature_hashes_complete);
}

TEST_CASE("Lists are all there is, unless the file says that they are not complete", "[codec]") {
    const std::string lists = "protocols = [\"TLS 1.2\"]\ngroups = [\"P-256\", \"X25519\"]\ncipher_suites = [\"AES128-SHA\"]\nsignature_hashes = [\"sha256\"]\n";
    CHECK(show("[peer]\n" + lists) == Lines{"", "SSL 2.0 no", "SSL 3.0 no", "TLS 1.0 no", "TLS 1.1 no", "TLS 1.2 yes, all", "TLS 1.3 no", "some protocol: 002F",
                                            "groups: secp256r1 x25519, all"});
    CHECK(show("[peer]\n" + lists + "complete = false") == Lines{"", "TLS 1.2 yes", "some protocol: 002F", "groups: secp256r1 x25519"});
    CHECK(peer("[peer]\n" + lists).signature_hashes_complete);
    CHECK_FALSE(peer("[peer]\ncomplete = false\n" + lists).signature_hashes_complete);
}

TEST_CASE("Suites say nothing of protocols that cannot carry them", "[codec]") {
    const auto complete = [](const std::string& suites) {
        std::string protocols;
        for (const auto& protocol : peer("[peer]\ncipher_suites = [" + suites + "]").protocols) {
            if (protocol.suites_complete) protocols += protocol.name.substr(4) + " ";
        }
        return protocols;
    };
    CHECK(complete("\"AES128-SHA\"") == "3.0 1.0 1.1 1.2 ");
    CHECK(complete("\"TLS_AES_128_GCM_SHA256\"") == "1.3 ");
    CHECK(complete("\"SSL_CK_RC4_128_WITH_MD5\"") == "2.0 ");
    CHECK(complete("\"AES128-SHA\", \"TLS_AES_128_GCM_SHA256\"") == "3.0 1.0 1.1 1.2 1.3 ");
}

TEST_CASE("A client has lengths that it takes, and a list in its order", "[codec]") {
    const schannel::Peer made = peer("[peer]\nrole = \"Client\"\ndh_min_bits = 1024\nrsa_min_bits = 2048\nrsa_max_bits = 4096\nextended_master_secret = true\n"
                                     "handshake_signatures = [\"RSA+SHA256\", \"RSA-PSS+SHA384\", \"ed25519\"]\n");
    CHECK(made.role == facts::Role::client);
    CHECK(made.dh_min_bits == 1024);
    CHECK(made.dh_max_bits == 0);
    CHECK(made.rsa_min_bits == 2048);
    CHECK(made.rsa_max_bits == 4096);
    CHECK(made.extended_master_secret == Answer::yes);
    CHECK(made.handshake_signatures == Lines{"RSA+SHA256", "RSA-PSS+SHA384", "ED25519"});
    CHECK(made.handshake_signatures_complete);
    CHECK(error("role = \"client\"\ncipher_order = \"server\"") ==
          "p.toml:3:16: profile-wrong-type: cipher_order is a matter of servers, and this peer is a client | remove it; the order of cipher_suites is the client's");
}

TEST_CASE("Suites, groups and protocols are named in anybody's spelling", "[codec]") {
    const schannel::Peer made = peer("[peer]\nprotocols = [\"TLSv1.2\", \"tls 1.3\"]\n"
                                     "cipher_suites = [\"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256\", \"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P384\", \"ECDHE-RSA-AES128-GCM-SHA256\",\n"
                                     "  \"TLS_RSA_AES_128_CBC_SHA1\", \"0x00,0x0A\", \"ECDHE-ARIA128-GCM-SHA256\"]\n"
                                     "groups = [\"NistP384\", \"prime256v1\", \"curve25519\", \"0x0100\"]\n");
    CHECK(scan_text::show(made)[7] == "some protocol: C027 secp256r1, C027 secp384r1, C02F, 002F, 000A, C060");
    CHECK(made.groups == Lines{"secp384r1", "secp256r1", "x25519", "ffdhe2048"});
    CHECK(made.protocol("TLS 1.3")->offered == Answer::yes);
}

TEST_CASE("Several certificates are a list", "[codec]") {
    CHECK(show("[peer]\ncertificate = [{ key = \"rsa\", bits = 2048 }, { key = \"ECDSA\", curve = \"P-384\", signature_hash = \"SHA-384\" }]") ==
          Lines{"", "certificate: RSA 2048", "certificate: ECDSA 0 secp384r1 SHA384"});
    CHECK(show("[peer]\ncertificate = { key = \"RSA\", valid_from = \"2025-01-01\", valid_until = \"2026-01-01T00:00:01Z\" }") ==
          Lines{"", "certificate: RSA 0 from 1735689600 until 1767225601"});
    CHECK(show("[peer]\n[[peer.certificate]]\nkey = \"DSA\"\nbits = 1024\n") == Lines{"", "certificate: DSA 1024"});
}

TEST_CASE("Mistakes in a peer file are reported with place and nearest name", "[codec]") {
    CHECK(error("protocol = [\"TLS 1.2\"]") == "p.toml:2:1: profile-unknown-name: a peer has no key \"protocol\" | did you mean \"protocols\"?");
    CHECK(error("certificate = { valid_until = \"next year\" }") ==
          "p.toml:2:31: profile-wrong-type: certificate.valid_until is a string | write a date in quotes, \"2027-01-31\" or \"2027-01-31T23:59:59Z\"");
    CHECK(error("certificate = { valid_from = \"2027-01-02\", valid_until = \"2027-01-01\" }") ==
          "p.toml:2:44: profile-out-of-range: valid_until lies before valid_from | swap them");
    CHECK(error("protocols = [\"TLS 1.4\"]") == "p.toml:2:14: profile-unknown-name: unknown protocol \"TLS 1.4\" | did you mean \"TLS 1.3\"?");
    CHECK(error("protocols = [\"TLS 1.2\", \"TLSv1.2\"]") == "p.toml:2:25: profile-duplicate: \"TLSv1.2\" is given twice | keep one of them");
    CHECK(error("protocols = []") == "p.toml:2:13: profile-empty-list: protocols is an empty list | name at least one, or leave it out: then it is unknown");
    CHECK(error("protocols = \"TLS 1.2\"") == "p.toml:2:13: profile-wrong-type: protocols is a string | write a list of strings");
    CHECK(error("groups = [23]") == "p.toml:2:11: profile-wrong-type: groups is a number | write a list of strings");
    CHECK(error("cipher_suites = [\"TLS_RSA_WITH_AES_128_CBC_SHB\"]") ==
          "p.toml:2:18: profile-unknown-name: unknown cipher suite \"TLS_RSA_WITH_AES_128_CBC_SHB\" | did you mean \"TLS_RSA_WITH_AES_128_CBC_SHA\"?");
    CHECK(error("cipher_suites = [\"ECDHE-RSA-AES128-GCM-SHA265\"]") ==
          "p.toml:2:18: profile-unknown-name: unknown cipher suite \"ECDHE-RSA-AES128-GCM-SHA265\" | did you mean \"ECDHE-RSA-AES128-GCM-SHA256\"?");
    CHECK(error("cipher_suites = [\"HIGH\"]") == "p.toml:2:18: profile-unknown-name: unknown cipher suite \"HIGH\" | write the name of IANA, OpenSSL, GnuTLS or Windows, or "
                                                "the id: 0xC02F");
    CHECK(error("cipher_suites = [\"AES128-SHA\", \"0x002F\"]") == "p.toml:2:32: profile-duplicate: \"0x002F\" is given twice, perhaps by another name | keep one of them");
    CHECK(error("groups = [\"P-257\"]") == "p.toml:2:11: profile-unknown-name: unknown group \"P-257\" | did you mean \"P-256\"?");
    CHECK(error("groups = [\"P-256\", \"secp256r1\"]") == "p.toml:2:20: profile-duplicate: \"secp256r1\" is given twice | keep one of them");
    CHECK(error("dh_bits = 0") == "p.toml:2:11: profile-out-of-range: dh_bits is 0 | write a number from 1 to 65536");
    CHECK(error("dh_bits = \"1024\"") == "p.toml:2:11: profile-wrong-type: dh_bits is a string | write a number from 1 to 65536");
    CHECK(error("dh_bits = 1024\ndh_min_bits = 512") ==
          "p.toml:2:1: profile-duplicate: dh_bits stands beside dh_min_bits or dh_max_bits | write dh_bits for one size, the other two for a range");
    CHECK(error("rsa_max_bits = 512\nrsa_min_bits = 1024") == "p.toml:2:1: profile-out-of-range: rsa_max_bits is 512 | it is at least rsa_min_bits, 1024");
    CHECK(error("port = 65536") == "p.toml:2:8: profile-out-of-range: port is 65536 | write a number from 1 to 65535");
    CHECK(error("role = \"srever\"") == "p.toml:2:8: profile-unknown-name: role cannot be \"srever\" | did you mean \"server\"?");
    CHECK(error("cipher_order = \"mine\"") == "p.toml:2:16: profile-unknown-name: cipher_order cannot be \"mine\" | known here: \"client\" or \"server\"");
    CHECK(error("secure_renegotiation = \"yes\"") == "p.toml:2:24: profile-wrong-type: secure_renegotiation is a string | write true or false");
    CHECK(error("signature_hashes = [\"SHA3\"]") == "p.toml:2:21: profile-unknown-name: a hash cannot be \"SHA3\" | did you mean \"SHA1\"?");
    CHECK(error("handshake_signatures = [\"SHA256\"]") == "p.toml:2:25: profile-unknown-name: unknown signature \"SHA256\" | write key and hash: \"RSA+SHA256\", \"RSA-PSS+SHA256\", "
                                                         "\"ECDSA+SHA384\"");
    CHECK(error("certificate = 2048") == "p.toml:2:15: profile-wrong-type: certificate is a number | write a table, { key = \"RSA\", bits = 2048 }, or a list of such");
    CHECK(error("certificate = { size = 2048 }") == "p.toml:2:17: profile-unknown-name: a certificate has no key \"size\" | known here: \"key\", \"bits\", \"curve\", "
                                                    "\"signature_hash\", \"signature_key\", \"subject\", \"valid_from\" or \"valid_until\"");
    CHECK(error("certificate = { key = \"EC\" }") == "p.toml:2:23: profile-unknown-name: certificate.key cannot be \"EC\" | known here: \"RSA\", \"ECDSA\", \"DSA\", \"ED25519\" or \"ED448\"");
    CHECK(error("certificate = { curve = \"P-999\" }").find("p.toml:2:25: profile-unknown-name: unknown curve \"P-999\"") == 0);
    CHECK(error("name = \"a\\u001b[2J\"") == "p.toml:2:8: profile-control-character: name \"a\\x1B[2J\" holds a control character or one that cannot be seen | use printable characters");
    CHECK(error("notes = 3") == "p.toml:2:9: profile-wrong-type: notes is a number | write a string");
}

TEST_CASE("All mistakes of a peer file are reported at once", "[codec]") {
    CHECK(said("[peer]\nport = 0\nprotocols = [\"TLS 9\"]\nhostt = \"a\"\n").size() == 3);
}

TEST_CASE("A file that is not a peer says so", "[codec]") {
    CHECK(said("format = 1\n[protocols]\n\"TLS 1.2\" = \"enabled\"\n") ==
          Lines{"p.toml:1:1: profile-format: this is not a peer file: there is no table [peer] | write [peer] and what is known of it below",
                "p.toml:2:2: profile-unknown-name: unknown key \"protocols\" | known here: \"format\" or \"peer\""});
    CHECK(said("peer = 3") == Lines{"p.toml:1:8: profile-wrong-type: peer is a number | write a table: [peer]"});
    CHECK(said("format = 2\n[peer]") == Lines{"p.toml:1:10: profile-format: format is not 1 | this program reads format 1"});
    CHECK(said("[peer") == Lines{"p.toml:1:6: profile-syntax: the text ends in the middle of something | close what is open"});
    CHECK(said(std::string(2u << 20, '#'))[0].find("profile-text: the file is larger than 1 MB") != std::string::npos);
    CHECK(said("[peer]\nname = \"\xFF\"")[0].find("p.toml:2:9: profile-text: this is not valid UTF-8") == 0);
    CHECK(said("\xEF\xBB\xBF[peer]\nname = 'a'").empty());
}

TEST_CASE("A peer file is reported from scans and profiles by its first line", "[codec]") {
    for (const char* text : {"[peer]", "# a\n\n  [ peer ]\r\n", "format = 1\n[peer]\n", "peer.name = 'a'", "peer = {}", "\xEF\xBB\xBF[peer]", "[[peer.certificate]]"}) {
        CAPTURE(text);
        CHECK(codec::looks_like_peer(text));
    }
    for (const char* text : {"", "# Nmap 7.94 scan initiated", "[\n{\"id\": 1}]", "{}", "<nmaprun/>", "format = 1\n[protocols]\n", "name = \"peer\""}) {
        CAPTURE(text);
        CHECK_FALSE(codec::looks_like_peer(text));
    }
}
