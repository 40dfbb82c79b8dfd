#include <chrono>

#include "catch.hpp"
#include "profile_text.hpp"

using profile_text::errors;
using profile_text::Lines;
using profile_text::wanted;

namespace {

std::string suites(std::string_view body) { return "format = 1\n[cipher_suites.policy]\n" + std::string(body); }
std::string curves(std::string_view body) { return "format = 1\n[elliptic_curves.policy]\n" + std::string(body); }
constexpr const char* policy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002 ";

}  // namespace

TEST_CASE("A computed list is the release's own, less some and reordered", "[codec]") {
    CHECK(wanted(suites("without = [\"TLS_RSA_*\", \"TLS_DHE_*\", \"*_CBC_*\", \"TLS_PSK_*\"]\n"), "2022") ==
          Lines{std::string(policy) + "Functions = \"TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,"
                                      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,"
                                      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\""});
    CHECK(wanted(curves("first = [\"NistP384\"]\nwithout = [\"curve25519\"]\n"), "2022") == Lines{std::string(policy) + "EccCurves = [NistP384|NistP256]"});
}

TEST_CASE("The policy list of the machine is never read for a computed list, and another file replaces it whole", "[codec]") {
    const profile_text::Files files{{"./base.toml", suites("order = [\"TLS_RSA_WITH_AES_128_CBC_SHA\"]\n")}};
    const std::string head = "format = 1\nextends = [\"./base.toml\"]\n[cipher_suites.policy]\n";
    CHECK(wanted(head + "without = [\"TLS_RSA_*\"]\n", "2022", files) == wanted(suites("without = [\"TLS_RSA_*\"]\n"), "2022"));
}

TEST_CASE("A computed list needs a release", "[codec]") {
    CHECK(wanted(suites("without = [\"TLS_RSA_*\"]\n")) ==
          Lines{"p.toml:3:1: default-needs-release: this list is computed from the list of the release, and the release is not known | "
                "name the release"});
    CHECK(wanted(curves("without = [\"curve25519\"]\n"), "2012-r2") ==
          Lines{"p.toml:3:1: unknown-to-release: the list of elliptic curves is left out: Windows Server 2012 R2 has none"});
}

TEST_CASE("A pattern without a match is an error where no release has one, and a note where this one has none", "[codec]") {
    CHECK(wanted(suites("without = [\"TLS_DHE_DSS_*\", \"*_RC4_*\", \"TLS_RSA_*\"]\n"), "2022").front() ==
          "p.toml:3:12: unknown-to-release: Windows Server 2022 has no cipher suite in its list that matches \"TLS_DHE_DSS_*\", \"*_RC4_*\"");
    CHECK(errors(suites("without = [\"TLS_RSB_*\"]\n")) ==
          Lines{"p.toml:3:12: profile-unknown-name: no release has a cipher suite that matches \"TLS_RSB_*\" | write names of Windows, or "
                "patterns such as \"TLS_RSA_*\""});
    CHECK(errors(suites("first = [\"TLS_AES_256_GCM_SHA385\"]\n")) ==
          Lines{"p.toml:3:10: profile-unknown-name: unknown cipher suite \"TLS_AES_256_GCM_SHA385\" | did you mean \"TLS_AES_256_GCM_SHA384\"?"});
    CHECK(errors(curves("without = [\"curve*19\", \"NistP25\"]\n")) ==
          Lines{"p.toml:3:24: profile-unknown-name: unknown elliptic curve \"NistP25\" | did you mean \"NistP256\"?"});
    CHECK(wanted(suites("without = [\"*\"]\n"), "2022") ==
          Lines{"p.toml:3:1: nothing-left: nothing is left of the list of Windows Server 2022 | take less out"});
}

TEST_CASE("A computed list excludes an order, and does not take out what it puts first", "[codec]") {
    CHECK(errors(suites("without = [\"TLS_RSA_*\"]\norder = \"default\"\n")) ==
          Lines{"p.toml:4:1: profile-duplicate: cipher_suites.policy has both order and without | keep order, or compute the list with without "
                "and first"});
    CHECK(errors(suites("without = [\"*_CBC_*\"]\nfirst = [\"TLS_RSA_WITH_AES_128_CBC_SHA\"]\n")) ==
          Lines{"p.toml:4:10: profile-duplicate: \"TLS_RSA_WITH_AES_128_CBC_SHA\" is in first, and \"*_CBC_*\" in line 3 takes it out | keep "
                "one of them"});
    CHECK(errors(suites("without = [\"*_CBC_*\"]\n[registry.'HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002']\n"
                        "Functions = \"TLS_AES_128_GCM_SHA256\"\n"))
              .size() == 1);
}

TEST_CASE("Patterns are a list of texts, not empty, not too many and not too long", "[codec]") {
    CHECK(errors(suites("without = \"default\"\n")) ==
          Lines{"p.toml:3:11: profile-wrong-type: cipher_suites.policy.without is a string | write a list of names and patterns such as "
                "\"TLS_RSA_*\""});
    CHECK(errors(suites("first = []\n")).front().starts_with("p.toml:3:9: profile-empty-list: cipher_suites.policy.first is an empty list"));
    CHECK(errors(suites("first = [1]\n")).front().starts_with("p.toml:3:10: profile-wrong-type: an item of cipher_suites.policy.first is"));
    std::string many = "without = [";
    for (int i = 0; i < 101; ++i) many += "\"TLS_*" + std::string(static_cast<std::size_t>(i % 7), '*') + std::to_string(i) + "\",";
    CHECK(errors(suites(many + "]\n")) ==
          Lines{"p.toml:3:11: profile-out-of-range: cipher_suites.policy.without has 101 items | write at most 100"});
    CHECK(errors(suites("without = [\"" + std::string(65, '*') + "\"]\n")).size() == 1);
    CHECK(errors("format = 1\n[signature_algorithms.local]\nwithout = [\"RSA/*\"]\n").front().starts_with(
        "p.toml:3:1: profile-unknown-name: signature_algorithms.local has no key \"without\""));
    CHECK(errors(suites("witout = [\"TLS_RSA_*\"]\n")) ==
          Lines{"p.toml:3:1: profile-unknown-name: cipher_suites.policy has no key \"witout\" | did you mean \"without\"?"});
}

TEST_CASE("A hundred patterns that are slow to match are judged at once", "[codec]") {
    std::string text = "without = [";
    for (int i = 0; i < 100; ++i) text += "\"" + std::string(20, '*') + "?*T*L*S*_*_*_*_*_*_*" + std::to_string(i) + "\",";
    const auto start = std::chrono::steady_clock::now();
    const Lines found = errors(suites(text + "]\n"));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    CHECK(found.size() > 50);
}
