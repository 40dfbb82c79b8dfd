#include "schancfg/facts/weak.hpp"

#include "catch.hpp"
#include "schancfg/facts/protocols.hpp"

using namespace schancfg;

TEST_CASE("What is older than TLS 1.2 is weak, and whatever has fewer than 112 bits", "[facts]") {
    std::string weak;
    for (const facts::Protocol& protocol : facts::protocols()) {
        if (facts::is_weak_protocol(protocol.name)) weak.append(protocol.name).append(";");
    }
    CHECK(weak == "PCT 1.0;SSL 2.0;SSL 3.0;TLS 1.0;TLS 1.1;DTLS 1.0;");
    for (const facts::CipherSuite& suite : facts::cipher_suites()) {
        INFO(suite.name);
        if (suite.bulk_cipher == "AES" || suite.bulk_cipher == "ChaCha20-Poly1305" || suite.name.find("CAMELLIA") != std::string_view::npos) {
            CHECK_FALSE(facts::is_weak_suite(suite));
        } else {
            CHECK(facts::is_weak_suite(suite));
        }
    }
}
