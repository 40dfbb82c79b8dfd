#include "schancfg/facts/early_suites.hpp"

#include <algorithm>

#include "catch.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"

using namespace schancfg::facts;

TEST_CASE("Windows 7 and 8.1 had shorter lists before their updates, of suites that the page knows", "[facts]") {
    const EarlySuites* seven = early_suites(*find_release("7"));
    REQUIRE(seven != nullptr);
    CHECK(seven == early_suites(*find_release("2008-r2")));
    CHECK(seven->suites.size() == 30);
    CHECK(seven->suites.front() == "TLS_RSA_WITH_AES_128_CBC_SHA256");
    const EarlySuites* eight = early_suites(*find_release("2012-r2"));
    REQUIRE(eight != nullptr);
    CHECK(eight->suites.size() == 38);
    CHECK_FALSE(eight->lists("TLS_DHE_RSA_WITH_AES_256_CBC_SHA"));
    CHECK(eight->lists("TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"));
    for (const char* id : {"7", "8.1"}) {
        const Release& release = *find_release(id);
        for (const std::string_view suite : early_suites(release)->suites) {
            INFO(suite);
            CHECK(knows_suite(release, suite));
        }
    }
    CHECK(early_suites(*find_release("2019")) == nullptr);
}

TEST_CASE("The updates that are known decide which list holds", "[facts]") {
    const EarlySuites& seven = *early_suites(*find_release("7"));
    const EarlySuites& eight = *early_suites(*find_release("8.1"));
    using Words = std::vector<std::string>;
    CHECK(suite_updates(seven, Words{}, true) == SuiteUpdates::none);
    CHECK(suite_updates(seven, Words{}, false) == SuiteUpdates::not_known);
    CHECK(suite_updates(seven, Words{"3161639"}, true) == SuiteUpdates::not_known);
    CHECK(suite_updates(seven, Words{"KB2992611", "kb3042058", "3161639"}, false) == SuiteUpdates::all);
    CHECK(suite_updates(eight, Words{"KB3161639"}, false) == SuiteUpdates::all);
    CHECK(suite_updates(eight, Words{}, true) == SuiteUpdates::before_all);
    CHECK(suite_updates(eight, Words{"KB2919355"}, true) == SuiteUpdates::none);
}

TEST_CASE("An ML-KEM group is there from a revision of its build on, and not certain elsewhere", "[facts]") {
    const auto at = [](std::string_view release, std::uint32_t revision) {
        const auto curves = curves_of(*find_release(release));
        const auto row = std::ranges::find(curves, "x25519_mlkem768", &ReleaseCurve::curve);
        return presence(*find_release(release), *row, revision);
    };
    CHECK(at("11-24h2", 8513) == Presence::not_there);
    CHECK(at("11-24h2", 8514) == Presence::there);
    CHECK(at("11-25h2", 8514) == Presence::there);
    CHECK(at("11-26h1", 2172) == Presence::not_there);
    CHECK(at("11-24h2", 0) == Presence::not_known);
    CHECK(at("11-26h2", 9999) == Presence::not_known);
    CHECK(at("2025", 9999) == Presence::not_known);
    const Release& release = *find_release("11-24h2");
    CHECK(presence(release, curves_of(release).front(), 0) == Presence::there);
}

TEST_CASE("Strong crypto leaves out RC4, NULL, DES and export suites on every release", "[facts]") {
    for (const Release& release : releases()) {
        for (const ReleaseSuite& row : suites_of(release)) {
            INFO(release.id << ' ' << row.suite);
            const bool weak = row.suite.find("_RC4_") != std::string_view::npos || row.suite.find("_NULL_") != std::string_view::npos ||
                              row.suite.find("EXPORT") != std::string_view::npos || row.suite.find("_DES_CBC") != std::string_view::npos;
            if (weak) CHECK(under_strong_crypto(row) == StrongCrypto::filtered);
            if (row.suite == "TLS_RSA_WITH_AES_128_CBC_SHA") CHECK(under_strong_crypto(row) != StrongCrypto::filtered);
        }
    }
}
