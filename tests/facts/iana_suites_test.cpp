#include "schancfg/facts/iana_suites.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "catch.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/suite_names.hpp"

using namespace schancfg::facts;

namespace {

std::uint32_t id_of(std::string_view word) {
    const auto found = identify_suite(word);
    return found ? found->id : 0xFFFFFFFF;
}

}  // namespace

TEST_CASE("Suites are sorted by id, and no name is given twice", "[facts]") {
    CHECK(std::ranges::adjacent_find(iana_suites(), std::ranges::greater_equal{}, &IanaSuite::id) == iana_suites().end());
    std::set<std::string_view> names;
    for (const IanaSuite& suite : iana_suites()) CHECK(names.insert(suite.name).second);
    CHECK(iana_suites().size() > 360);
    CHECK(find_iana_suite(0xC02F)->name == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    CHECK(find_iana_suite(0xC0FF) == nullptr);
}

TEST_CASE("Signalling values and GREASE are not suites", "[facts]") {
    for (const std::uint32_t id : {0x00FFu, 0x5600u, 0x0A0Au, 0x1A1Au, 0xFAFAu}) {
        CHECK(is_signalling_value(id));
        CHECK(find_iana_suite(id) == nullptr);
    }
    for (const std::uint32_t id : {0x000Au, 0x0A1Au, 0xC02Fu, 0x010080u, 0x1301u}) CHECK_FALSE(is_signalling_value(id));
}

TEST_CASE("Each suite of Windows is found by each of its names and by its id", "[facts]") {
    for (const CipherSuite& suite : cipher_suites()) {
        if (suite.id == 0 && suite.name != "TLS_NULL_WITH_NULL_NULL") continue;
        CAPTURE(std::string(suite.name));
        CHECK(id_of(suite.name) == suite.id);
        CHECK(id_of(iana_name(suite)) == suite.id);
        if (const std::string name = openssl_name(suite); !name.empty()) CHECK(id_of(name) == suite.id);
        if (const std::string name = gnutls_name(suite); !name.empty()) CHECK(id_of(name) == suite.id);
        const IanaSuite* iana = find_iana_suite(suite.id);
        REQUIRE(iana != nullptr);
        CHECK(identify_suite(suite.name)->name == iana->name);
    }
}

TEST_CASE("Every suite is found by each name that a program gives it", "[facts]") {
    for (const IanaSuite& suite : iana_suites()) {
        CAPTURE(std::string(suite.name));
        CHECK(id_of(suite.name) == suite.id);
        if (const std::string name = gnutls_name(suite.name); !name.empty()) CHECK(id_of(name) == suite.id);
        if (suite.id > 0xFFFF) continue;
        if (const std::string name = openssl_name(suite.name); !name.empty()) CHECK(id_of(name) == suite.id);
    }
}

TEST_CASE("A suite is found in the spelling of every program", "[facts]") {
    for (const char* word : {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "tls_ecdhe_rsa_with_aes_128_gcm_sha256", "ECDHE-RSA-AES128-GCM-SHA256",
                             "TLS_ECDHE_RSA_AES_128_GCM_SHA256", "0xC02F", "0xc02f", "0xC0,0x2F"}) {
        CAPTURE(word);
        CHECK(id_of(word) == 0xC02F);
    }
    CHECK(id_of("TLS_AKE_WITH_AES_128_GCM_SHA256") == 0x1301);
    CHECK(id_of("SSL_DHE_RSA_WITH_3DES_EDE_CBC_SHA") == 0x0016);
    CHECK(id_of("EDH-RSA-DES-CBC3-SHA") == 0x0016);
    CHECK(id_of("EXP-EDH-DSS-DES-CBC-SHA") == 0x0011);
    CHECK(id_of("ECDHE-ARIA256-GCM-SHA384") == 0xC061);
    CHECK(id_of("PSK-AES128-CBC-SHA256") == 0x00AE);
    CHECK(id_of("SRP-RSA-3DES-EDE-CBC-SHA") == 0xC01B);
    CHECK(id_of("DHE-PSK-AES256-CCM8") == 0xC0AB);
    CHECK(id_of("AECDH-NULL-SHA") == 0xC015);
    CHECK(id_of("TLS_DH_ANON_AES_128_GCM_SHA256") == 0x00A6);
    CHECK(id_of("SSL_CK_RC4_128_WITH_MD5") == 0x010080);
    const auto suffixed = identify_suite("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P384");
    REQUIRE(suffixed);
    CHECK(suffixed->name == "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");
    CHECK(suffixed->group == "secp384r1");
}

TEST_CASE("A word that no program knows is not a suite", "[facts]") {
    for (const char* word : {"", "TLS_", "0xC0", "0xC0FF", "0x00FF", "TLS_FALLBACK_SCSV", "TLS_EMPTY_RENEGOTIATION_INFO_SCSV", "ECDHE", "EDH-"}) {
        CAPTURE(word);
        CHECK_FALSE(identify_suite(word));
    }
    CHECK_FALSE(identify_suite(std::string(10000000, 'A')));
}
