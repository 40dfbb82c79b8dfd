#include "schancfg/nearest.hpp"

#include <array>
#include <string>

#include "catch.hpp"

using schancfg::nearest;

namespace {
constexpr std::array<std::string_view, 5> protocols{"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};
constexpr std::array<std::string_view, 3> ciphers{"AES 128/128", "AES 256/256", "RC4 128/128"};
}  // namespace

TEST_CASE("a misspelt name finds the nearest one without case", "[ground]") {
    CHECK(nearest("tls1.2", protocols) == "TLS 1.2");
    CHECK(nearest("TLS 1,1", protocols) == "TLS 1.1");
    CHECK(nearest("TSL 1.3", protocols) == "TLS 1.3");
    CHECK(nearest("AES128/128", ciphers) == "AES 128/128");
}

TEST_CASE("of equally near names the longer common start and then the nearer character wins", "[ground]") {
    CHECK(nearest("TLS 1.4", protocols) == "TLS 1.3");
    CHECK(nearest("TLS 1./", protocols) == "TLS 1.0");
}

TEST_CASE("a lookalike character is one edit", "[ground]") {
    CHECK(nearest("AES 128\xE2\x88\x95""128", ciphers) == "AES 128/128");
    CHECK(nearest("\xD0\xA2LS 1.2", protocols) == "TLS 1.2");
}

TEST_CASE("nothing is near to a word of another kind, of one character, or of any length beyond a name's", "[ground]") {
    CHECK(nearest("quantum", protocols).empty());
    CHECK(nearest("", protocols).empty());
    CHECK(nearest("T", protocols).empty());
    CHECK(nearest("TLS 1.2" + std::string(1'000'000, '2'), protocols).empty());
}

TEST_CASE("an alias that wins gives what it stands for", "[ground]") {
    schancfg::Nearest search("ws2o22");
    search.offer("ws2022", "windows-server-2022");
    search.offer("ws2019", "windows-server-2019");
    CHECK(search.best() == "windows-server-2022");
}
