#include "schancfg/backend/peers.hpp"

#include "catch.hpp"
#include "folder.hpp"

using namespace schancfg;
using backend::open_peer;
using backend::open_peers;

namespace {

std::string test(const std::string& host, const std::string& port, const std::string& sni = {}) {
    return "<ssltest host=\"" + host + "\" sniname=\"" + (sni.empty() ? host : sni) + "\" port=\"" + port +
           "\"><cipher status=\"accepted\" sslversion=\"TLSv1.2\" cipher=\"AES128-SHA\" id=\"0x002F\"/></ssltest>\n";
}
std::string silent(const std::string& host) { return "<ssltest host=\"" + host + "\" sniname=\"" + host + "\" port=\"443\"></ssltest>\n"; }
std::string scan(const std::string& tests) { return "<document title=\"SSLScan Results\" version=\"2.1.3\">\n" + tests + "</document>\n"; }

std::string one(const std::string& spelling) {
    const auto opened = open_peer(spelling);
    return opened ? opened->peer.address() : "error: " + opened.error().error.message;
}

std::string usage(const std::string& spelling) {
    const auto opened = open_peers(spelling);
    if (opened) return std::to_string(opened->peers.size()) + " peers";
    CHECK(opened.error().usage);
    return opened.error().error.message;
}

}  // namespace

TEST_CASE("The only peer of a scan needs no name", "[backend]") {
    const Folder folder;
    const std::string file = folder.write("a.xml", scan(test("printer.example", "443")));
    CHECK(one("scan:" + file) == "printer.example:443");
    CHECK(one(file) == "printer.example:443");
    CHECK(open_peer("scan:" + file)->label == "scan:" + file);
    CHECK(open_peer(file + "#printer.example:443")->label == "scan:" + file + "#printer.example:443");
}

TEST_CASE("One peer of several is named by host, address and port", "[backend]") {
    const Folder folder;
    const std::string file = folder.write("many.xml", scan(test("a.example", "443") + test("a.example", "8443") + test("192.0.2.9", "443", "b.example") + test("2001:db8::7", "443") +
                                                            silent("c.example")));
    CHECK(one("scan:" + file + "#a.example:8443") == "a.example:8443");
    CHECK(one("scan:" + file + "#A.EXAMPLE:443") == "a.example:443");
    CHECK(one("scan:" + file + "#b.example") == "b.example:443");
    CHECK(one("scan:" + file + "#192.0.2.9:443") == "b.example:443");
    CHECK(one("scan:" + file + "#[2001:db8::7]:443") == "[2001:db8::7]:443");
    CHECK(one("scan:" + file + "#[2001:DB8::7]") == "[2001:db8::7]:443");
    CHECK(one("scan:" + file + "#2001:db8::7") == "[2001:db8::7]:443");
    CHECK(open_peers("scan:" + file)->peers.size() == 5);
    CHECK(open_peers("scan:" + file + "#a.example")->peers.size() == 2);
}

TEST_CASE("Several peers and none named is an error that lists some", "[backend]") {
    const Folder folder;
    std::string tests;
    for (const char* port : {"1", "2", "3", "4", "5", "6", "7"}) tests += test("a.example", port);
    const std::string file = folder.write("many.xml", scan(tests));
    const auto opened = open_peer("scan:" + file);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().usage);
    CHECK(opened.error().error.message == file + " holds 7 peers: a.example:1, a.example:2, a.example:3, a.example:4, a.example:5, ...; name one: scan:" + file + "#a.example:1");
    CHECK(one("scan:" + file + "#a.example").find("holds 7 peers") != std::string::npos);
    CHECK(usage("scan:" + file + "#z.example") == file + " holds no z.example; it holds a.example:1, a.example:2, a.example:3, a.example:4, a.example:5, ...");
    CHECK(usage("scan:" + file + "#[::1") == "'[::1' is not a host; expected HOST, HOST:PORT or [ADDRESS]:PORT");
    CHECK(usage("scan:" + file + "#a.example:99999") == "'a.example:99999' is not a host; expected HOST, HOST:PORT or [ADDRESS]:PORT");
    CHECK(usage("scan:" + file + "#:443") == "':443' is not a host; expected HOST, HOST:PORT or [ADDRESS]:PORT");
}

TEST_CASE("Peers that gave no answer are read and not picked", "[backend]") {
    const Folder folder;
    const std::string mixed = folder.write("mixed.xml", scan(silent("c.example") + test("a.example", "443")));
    CHECK(one(mixed) == "a.example:443");
    CHECK(one(mixed + "#c.example") == "error: " + mixed + ": c.example:443 gave no answer: sslscan could not connect");
    const std::string none = folder.write("none.xml", scan(""));
    CHECK(one(none) == "error: " + none + " holds no host");
}

TEST_CASE("A peer written by hand is opened by its content or its extension", "[backend]") {
    const Folder folder;
    CHECK(one(folder.write("printer.toml", "[peer]\nhost = \"printer\"\nprotocols = [\"TLS 1.0\"]\n")) == "printer");
    CHECK(one("scan:" + folder.write("printer.txt", "# by hand\n[peer]\nhost = \"printer\"\n")) == "printer");
    const auto opened = open_peer(folder.write("profile.toml", "format = 1\n[protocols]\n\"TLS 1.2\" = \"enabled\"\n"));
    REQUIRE_FALSE(opened);
    CHECK(opened.error().usage);
    CHECK(opened.error().error.message == "this is not a peer file: there is no table [peer]");
    CHECK(opened.error().error.where->line == 1);
}

TEST_CASE("A folder gives the peers of its scans, by name of the file", "[backend]") {
    const Folder folder;
    folder.write("b.xml", scan(test("b.example", "443")));
    folder.write("a.JSON", R"([{"id": "TLS1_2", "ip": "a.example/192.0.2.1", "port": "443", "finding": "offered"}])");
    folder.write("c.toml", "[peer]\nhost = \"c.example\"\n");
    folder.write("notes.txt", "nothing");
    std::filesystem::create_directory(folder.path() / "more");
    const auto opened = open_peers(folder.path().string());
    REQUIRE(opened);
    REQUIRE(opened->peers.size() == 3);
    CHECK(opened->peers[0].host == "a.example");
    CHECK(opened->peers[1].host == "b.example");
    CHECK(opened->peers[2].host == "c.example");
    CHECK(open_peers(folder.path().string() + "#b.example")->peers.size() == 1);
    const Folder empty;
    CHECK(usage(empty.path().string()) == "the folder " + empty.path().string() + " holds no scan: no file that ends in .xml, .json, .csv or .toml");
}

TEST_CASE("An odd file in a folder is a warning that names it, and a peer of which nothing is known", "[backend]") {
    const Folder folder;
    folder.write("a.xml", scan(test("a.example", "443")));
    folder.write("odd.json", "{\"what\": 1}");
    folder.write("peer.toml", "[peer]\nrole = \"somebody\"\n");
    const auto opened = open_peers(folder.path().string());
    REQUIRE(opened);
    REQUIRE(opened->peers.size() == 3);
    CHECK(opened->peers[0].address() == "a.example:443");
    CHECK(opened->peers[1].host == "odd.json");
    CHECK_FALSE(opened->peers[1].tls_answered);
    CHECK(opened->peers[2].host == "peer.toml");
    std::size_t named = 0;
    for (const Diagnostic& each : opened->diagnostics) {
        CHECK(each.severity == Severity::warning);
        named += each.span.file.ends_with("odd.json") || each.span.file.ends_with("peer.toml") || each.message.find("odd.json") != std::string::npos;
    }
    CHECK(named == 2);
}

TEST_CASE("A file that is not a scan is the caller's mistake, one that is not there is not", "[backend]") {
    const Folder folder;
    const std::string file = folder.write("a.json", "{}");
    CHECK(usage(file) == "this is JSON of another kind");
    const auto missing = open_peers("scan:" + (folder / "missing.xml"));
    REQUIRE_FALSE(missing);
    CHECK_FALSE(missing.error().usage);
    CHECK(missing.error().error.code == ErrorCode::not_found);
    CHECK(usage("scan:") == "'scan:' needs a file after the colon");
    CHECK(usage("scan:" + file + "@2022") == "'scan:" + file + "@2022' names a release; a scan says what a peer does, whatever it runs");
}

TEST_CASE("A number sign can be part of a file's name", "[backend]") {
    const Folder folder;
    const std::string file = folder.write("a#b.xml", scan(test("a.example", "443") + test("b.example", "443")));
    CHECK(open_peers("scan:" + file)->peers.size() == 2);
    CHECK(one("scan:" + file + "#b.example") == "b.example:443");
}

TEST_CASE("Peers are reported from sources of state by their spelling", "[backend]") {
    const Folder folder;
    const std::string plain = folder.write("plain", scan(""));
    for (const std::string& spelling : {std::string("scan:x"), std::string("missing.xml"), std::string("x.JSON#a"), std::string("printer.toml"), plain, plain + "#a", folder.path().string()}) {
        CAPTURE(spelling);
        CHECK(backend::is_peer_spelling(spelling));
    }
    for (const char* spelling : {"live", "os:2022", "reg:x.xml", "a.reg", "memory:x.json", "profile:x.toml", "-", "nothing", "os2022"}) {
        CAPTURE(spelling);
        CHECK_FALSE(backend::is_peer_spelling(spelling));
    }
}

TEST_CASE("Peers behind one name are chosen by address, and what an error proposes is read back", "[backend]") {
    const Folder folder;
    const std::string two = folder.write("two.xml", scan(test("192.0.2.7", "443", "a.example") + test("2001:db8::7", "443", "a.example")));
    const std::string error = one(two);
    CHECK(error == "error: " + two + " holds 2 peers: 192.0.2.7:443, [2001:db8::7]:443; name one: scan:" + two + "#192.0.2.7:443");
    CHECK(one(error.substr(error.find("scan:"))) == "a.example:443");
    CHECK(open_peer(two + "#192.0.2.7:443")->peer.ip == "192.0.2.7");
    CHECK(open_peer(two + "#[2001:db8::7]:443")->peer.ip == "2001:db8::7");
    CHECK(open_peer(two + "#2001:db8::7")->peer.ip == "2001:db8::7");
    // Two names at one address, beside one that has an address of its own.
    const std::string mixed = folder.write("mixed.xml", scan(test("192.0.2.7", "443", "a.example") + test("192.0.2.7", "443", "b.example") + test("192.0.2.8", "443", "a.example")));
    const std::string proposed = one(mixed);
    CHECK(one(proposed.substr(proposed.find("scan:"))) == "b.example:443");
    // Nothing tells them apart: no spelling is proposed.
    const std::string same = folder.write("same.xml", scan(test("192.0.2.7", "443", "a.example") + test("192.0.2.7", "443", "a.example")));
    CHECK(one(same) == "error: " + same + " holds 2 peers: a.example:443; they have the same name, address and port: give a file with one of them");
}
