#include "schancfg/schannel/defaults.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "schancfg/schannel/managed.hpp"

using namespace schancfg;

namespace {

const std::string local_suites =
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002";
const std::string schannel_key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

const registry::Value* held(const registry::Tree& tree, const std::string& key, std::string_view name) {
    return tree.find_value(registry::KeyPath::parse(key).value(), name);
}
registry::Tree tree_of(std::string_view id) { return schannel::untouched(*facts::find_release(id)); }
std::vector<std::string> suites(std::string_view id) {
    const registry::Tree tree = tree_of(id);
    const registry::Value* value = held(tree, local_suites, "Functions");
    return value == nullptr ? std::vector<std::string>{} : value->as_strings().value();
}

}  // namespace

TEST_CASE("Windows 10 1709 holds the lists that SYSTEM hives of real machines hold", "[schannel]") {
    CHECK(suites("windows-10-1709") ==
          std::vector<std::string>{
              "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
              "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
              "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
              "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
              "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
              "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
              "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
              "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_GCM_SHA384",
              "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_CBC_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA256",
              "TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
              "TLS_RSA_WITH_NULL_SHA256", "TLS_RSA_WITH_NULL_SHA", "TLS_PSK_WITH_AES_256_GCM_SHA384",
              "TLS_PSK_WITH_AES_128_GCM_SHA256", "TLS_PSK_WITH_AES_256_CBC_SHA384", "TLS_PSK_WITH_AES_128_CBC_SHA256",
              "TLS_PSK_WITH_NULL_SHA384", "TLS_PSK_WITH_NULL_SHA256"});
    const registry::Tree tree = tree_of("windows-10-1709");
    CHECK(held(tree, local_suites, "EccCurves")->as_strings().value() ==
          std::vector<std::string>{"curve25519", "NistP256", "NistP384"});
    CHECK(held(tree, schannel_key, "EventLogging")->as_dword().value() == 1);
    CHECK(held(tree, schannel_key + "\\Protocols\\SSL 2.0\\Client", "DisabledByDefault") == nullptr);
}

TEST_CASE("Windows 7 and 8 hold the SSL 2.0 client's switch and a signature list, and no curves", "[schannel]") {
    for (const std::string_view id : {"windows-7", "windows-server-2008-r2", "windows-8", "windows-server-2012"}) {
        INFO(id);
        const registry::Tree tree = tree_of(id);
        CHECK(held(tree, schannel_key, "EventLogging")->as_dword().value() == 1);
        CHECK(held(tree, schannel_key + "\\Protocols\\SSL 2.0\\Client", "DisabledByDefault")->as_dword().value() == 1);
        CHECK(held(tree, local_suites, "EccCurves") == nullptr);
        CHECK(held(tree, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010003",
                   "Functions")
                  ->as_strings()
                  .value() == std::vector<std::string>{"RSA/SHA256", "RSA/SHA384", "RSA/SHA1", "ECDSA/SHA256",
                                                       "ECDSA/SHA384", "ECDSA/SHA1", "DSA/SHA1"});
    }
    CHECK(suites("windows-7").size() == 40);
    CHECK(suites("windows-8").size() == 38);
}

TEST_CASE("the TLS 1.3 names stand once and first, the PSK names last", "[schannel]") {
    for (const std::string_view id : {"windows-10-22h2", "windows-server-2019", "windows-server-2022",
                                      "windows-11-24h2", "windows-server-2025", "windows-server-23h2"}) {
        INFO(id);
        const auto names = suites(id);
        REQUIRE(names.size() > 10);
        CHECK(names[0] == "TLS_AES_256_GCM_SHA384");
        CHECK(names[1] == "TLS_AES_128_GCM_SHA256");
        CHECK(names[2].starts_with("TLS_ECDHE_ECDSA"));
        CHECK(names.back() == "TLS_PSK_WITH_NULL_SHA256");
        CHECK(std::ranges::count(names, "TLS_AES_256_GCM_SHA384") == 1);
    }
    CHECK(suites("windows-server-2016").front() == "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    CHECK(suites("windows-server-2016").back() == "TLS_PSK_WITH_NULL_SHA256");
    CHECK(suites("windows-10-1507").front() == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    CHECK(suites("windows-10-1507").back() == "SSL_CK_DES_192_EDE3_CBC_WITH_MD5");
}

TEST_CASE("a release without a page of cipher suites holds no list", "[schannel]") {
    CHECK(suites("windows-xp").empty());
    CHECK(suites("windows-server-2003").empty());
    CHECK(held(tree_of("windows-xp"), schannel_key, "EventLogging") != nullptr);
}

TEST_CASE("everything that an untouched installation holds is part of the state", "[schannel]") {
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        const registry::Tree tree = schannel::untouched(release);
        CHECK(schannel::managed_part(tree).same_content(tree));
        CHECK(schannel::untouched(release).same_content(tree));
    }
}
