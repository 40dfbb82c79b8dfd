#include "schancfg/facts/suite_names.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "catch.hpp"

using namespace schancfg::facts;

namespace {

struct Names {
    std::string_view windows, iana, openssl, gnutls;
};

// As `openssl ciphers -stdname ALL` of OpenSSL 3.0 and `gnutls-cli --list` of GnuTLS 3.7 print them; what newer versions dropped, as
// ciphers(1) of OpenSSL 1.0.2 and GnuTLS 2.12 have it.
constexpr Names names[] = {
    {"TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"},
    {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
     "TLS_ECDHE_RSA_AES_128_GCM_SHA256"},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384",
     "TLS_ECDHE_ECDSA_AES_256_GCM_SHA384"},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE-RSA-AES128-SHA256",
     "TLS_ECDHE_RSA_AES_128_CBC_SHA256"},
    {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA", "AES128-SHA", "TLS_RSA_AES_128_CBC_SHA1"},
    {"TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "DES-CBC3-SHA", "TLS_RSA_3DES_EDE_CBC_SHA1"},
    {"TLS_RSA_WITH_RC4_128_MD5", "TLS_RSA_WITH_RC4_128_MD5", "RC4-MD5", "TLS_RSA_ARCFOUR_128_MD5"},
    {"TLS_RSA_WITH_NULL_SHA256", "TLS_RSA_WITH_NULL_SHA256", "NULL-SHA256", "TLS_RSA_NULL_SHA256"},
    {"TLS_RSA_WITH_DES_CBC_SHA", "TLS_RSA_WITH_DES_CBC_SHA", "DES-CBC-SHA", ""},
    {"TLS_RSA_EXPORT_WITH_RC4_40_MD5", "TLS_RSA_EXPORT_WITH_RC4_40_MD5", "EXP-RC4-MD5", ""},
    {"TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA", "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA", "EXP1024-DES-CBC-SHA", ""},
    {"TLS_DHE_DSS_WITH_AES_256_CBC_SHA", "TLS_DHE_DSS_WITH_AES_256_CBC_SHA", "DHE-DSS-AES256-SHA", "TLS_DHE_DSS_AES_256_CBC_SHA1"},
    {"TLS_PSK_WITH_AES_128_CBC_SHA256", "TLS_PSK_WITH_AES_128_CBC_SHA256", "PSK-AES128-CBC-SHA256", "TLS_PSK_AES_128_CBC_SHA256"},
    {"TLS_PSK_WITH_AES_128_GCM_SHA256", "TLS_PSK_WITH_AES_128_GCM_SHA256", "PSK-AES128-GCM-SHA256", "TLS_PSK_AES_128_GCM_SHA256"},
    {"TLS_PSK_WITH_NULL_SHA384", "TLS_PSK_WITH_NULL_SHA384", "PSK-NULL-SHA384", "TLS_PSK_NULL_SHA384"},
    {"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305",
     "TLS_ECDHE_RSA_CHACHA20_POLY1305"},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "ECDHE-ECDSA-AES128-CCM", "TLS_ECDHE_ECDSA_AES_128_CCM"},
    {"TLS_RSA_WITH_CAMELLIA_128_CBC_SHA", "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA", "CAMELLIA128-SHA", "TLS_RSA_CAMELLIA_128_CBC_SHA1"},
    {"SSL_CK_RC4_128_WITH_MD5", "SSL_CK_RC4_128_WITH_MD5", "", ""},
};

}  // namespace

TEST_CASE("suites have the names that other programs print", "[facts]") {
    for (const Names& each : names) {
        INFO(each.windows);
        const CipherSuite* suite = find_cipher_suite(each.windows);
        REQUIRE(suite != nullptr);
        CHECK(iana_name(*suite) == each.iana);
        CHECK(openssl_name(*suite) == each.openssl);
        CHECK(gnutls_name(*suite) == each.gnutls);
    }
}

TEST_CASE("every suite since TLS 1.0 is found by each of its names", "[facts]") {
    for (const CipherSuite& suite : cipher_suites()) {
        for (const std::string& name : {std::string(suite.name), std::string(iana_name(suite)), openssl_name(suite), gnutls_name(suite)}) {
            if (name.empty()) continue;
            INFO(suite.name << " by " << name);
            const auto found = find_suites(name);
            CHECK(std::ranges::find(found, &suite) != found.end());
            // One name never means two suites; rows without an id are names that no page has.
            std::set<std::uint32_t> ids;
            for (const CipherSuite* each : found) {
                if (each->id != 0) ids.insert(each->id);
            }
            CHECK(ids.size() <= 1);
        }
        if (suite.name.starts_with("TLS_")) CHECK(!openssl_name(suite).empty());
    }
}

TEST_CASE("suites are found by id, old spelling and in any case", "[facts]") {
    const auto first = [](std::string_view word) {
        const auto found = find_suites(word);
        return found.empty() ? std::string_view{} : iana_name(*found.front());
    };
    CHECK(first("0xC02F") == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    CHECK(first("0xc0,0x2f") == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    CHECK(first("ecdhe-rsa-aes128-gcm-sha256") == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    CHECK(first("EDH-RSA-DES-CBC3-SHA") == "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA");
    CHECK(find_suites("ECDHE-RSA-AES128-SHA256").size() == 4);  // without a curve, and with each of three
    CHECK(find_suites("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256").size() == 1);
    CHECK(find_suites("").empty());
    CHECK(find_suites("0xFFFF").empty());
    CHECK(find_suites("0x0000").empty());
    CHECK(!parse_suite_id("0xC0,0x2F,0x00"));
    CHECK(!parse_suite_id("0x1FF,0x2F"));
    CHECK(!parse_suite_id("C02F"));
    CHECK(!parse_suite_id("0x80090331"));
}
