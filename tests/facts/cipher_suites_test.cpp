#include "schancfg/facts/cipher_suites.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "catch.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/protocols.hpp"

using namespace schancfg::facts;

namespace {
const Release& release(std::string_view id) { return *find_release(id); }
}  // namespace

TEST_CASE("suite names are unique, and every suite has a source and known gates", "[facts]") {
    std::set<std::string_view> names;
    for (const CipherSuite& suite : cipher_suites()) {
        INFO(suite.name);
        CHECK(names.insert(suite.name).second);
        CHECK(find_cipher_suite(suite.name) == &suite);
        CHECK_FALSE(suite.source.empty());
        CHECK_FALSE(suite.gate_evidence.empty());
        CHECK((suite.ciphers_key.empty() || find_algorithm(ciphers(), suite.ciphers_key) != nullptr));
        CHECK((suite.hashes_key.empty() || find_algorithm(hashes(), suite.hashes_key) != nullptr));
        CHECK((suite.kex_key.empty() || find_algorithm(key_exchanges(), suite.kex_key) != nullptr));
        CHECK((suite.auth_kex_key.empty() || find_algorithm(key_exchanges(), suite.auth_kex_key) != nullptr));
        CHECK((suite.curve_suffix.empty() || find_curve(suite.curve_suffix) != nullptr));
        CHECK((suite.min_protocol.empty() || find_protocol(suite.min_protocol) != nullptr));
        CHECK((suite.max_protocol.empty() || find_protocol(suite.max_protocol) != nullptr));
        CHECK((!suite.hashes_key_contested || !suite.hashes_key.empty()));
    }
}

TEST_CASE("every suite that a release's page names is one of Schannel's, and names with a curve have the number of the plain one", "[facts]") {
    for (const Release& each : releases()) {
        for (const ReleaseSuite& row : suites_of(each)) {
            INFO(each.id << ' ' << row.suite);
            const CipherSuite* suite = find_cipher_suite(row.suite);
            REQUIRE(suite != nullptr);
            CHECK(suite->in_schannel);
        }
    }
    for (const CipherSuite& suite : cipher_suites()) {
        INFO(suite.name);
        // A name with a curve is the suite that it is short for, with its number.
        if (const CipherSuite* whole = suite.alias_of.empty() ? nullptr : find_cipher_suite(suite.alias_of)) CHECK(whole->id == suite.id);
    }
}

TEST_CASE("a suite has its id, algorithms and gates", "[facts]") {
    const CipherSuite& suite = *find_cipher_suite("tls_ecdhe_rsa_with_aes_256_gcm_sha384");
    CHECK(suite.name == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    CHECK(suite.id == 0xC030);
    CHECK(suite.in_schannel);
    CHECK(suite.key_exchange == "ECDHE");
    CHECK(suite.authentication == "RSA");
    CHECK(suite.key_bits == 256);
    CHECK(suite.ciphers_key == "AES 256/256");
    CHECK(suite.kex_key == "ECDH");
    CHECK(suite.auth_kex_key == "PKCS");
    CHECK(suite.hashes_key == "SHA384");
    CHECK(suite.hashes_key_contested);
    CHECK(suite.forward_secrecy);
    CHECK(suite.aead);
    CHECK_FALSE(suite.http2_blocklisted);

    const CipherSuite& suffixed = *find_cipher_suite("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256");
    CHECK(suffixed.alias_of == "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
    CHECK(suffixed.curve_suffix == "NistP256");
    CHECK(find_cipher_suite("SSL_CK_RC4_128_WITH_MD5")->id == 0x010080);
    CHECK(find_cipher_suite("TLS_RSA_WITH_AES_256_CBC_SHA")->http2_blocklisted);
}

TEST_CASE("suites that Schannel lacks are known as such", "[facts]") {
    CHECK_FALSE(find_cipher_suite("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")->in_schannel);
    CHECK_FALSE(find_cipher_suite("TLS_AES_128_CCM_SHA256")->in_schannel);
    CHECK(find_cipher_suite("TLS_CHACHA20_POLY1305_SHA256")->in_schannel);
    CHECK(find_cipher_suite("TLS_NOT_A_SUITE") == nullptr);
}

TEST_CASE("lists of releases name known suites of Schannel in gapless order", "[facts]") {
    for (const Release& each : releases()) {
        std::map<SuiteList, int> last;
        std::set<std::pair<SuiteList, std::string_view>> seen;
        for (const ReleaseSuite& row : suites_of(each)) {
            INFO(each.id << ' ' << row.suite);
            const CipherSuite* suite = find_cipher_suite(row.suite);
            REQUIRE(suite != nullptr);
            CHECK(suite->in_schannel);
            CHECK_FALSE(row.source.empty());
            CHECK(seen.emplace(row.list, row.suite).second);
            CHECK(knows_suite(each, row.suite));
            if (row.list == SuiteList::available) {
                CHECK(row.position == 0);
            } else {
                CHECK(row.position == ++last[row.list]);
            }
        }
        INFO(each.id);
        const bool has_page = each.build >= release("windows-vista").build;
        CHECK(suites_of(each).empty() == !has_page);
    }
}

TEST_CASE("lists are those of Microsoft's pages", "[facts]") {
    const auto count = [](std::string_view id, SuiteList list) {
        return std::ranges::count(suites_of(release(id)), list, &ReleaseSuite::list);
    };
    CHECK(count("windows-server-2022", SuiteList::enabled) == 25);
    CHECK(count("windows-server-2022", SuiteList::available) == 17);
    CHECK(count("windows-server-2022", SuiteList::psk) == 6);
    CHECK(count("windows-10-22h2", SuiteList::enabled) == 20);
    CHECK(count("windows-7", SuiteList::enabled) == 40);
    CHECK(suites_of(release("windows-server-2022"))[0].suite == "TLS_AES_256_GCM_SHA384");
    CHECK(suites_of(release("windows-server-2016")).data() == suites_of(release("windows-10-1607")).data());
    CHECK(suites_of(release("windows-server-2019")).data() == suites_of(release("windows-10-1809")).data());
    CHECK(suites_of(release("windows-11-25h2")).data() == suites_of(release("windows-11-22h2")).data());
    CHECK(knows_suite(release("windows-server-2022"), "tls_chacha20_poly1305_sha256"));
    CHECK_FALSE(knows_suite(release("windows-server-2019"), "TLS_AES_256_GCM_SHA384"));
    CHECK_FALSE(knows_suite(release("windows-server-2016"), "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256"));
    CHECK(suites_of(release("windows-vista"))[0].fips == "yes");
}
