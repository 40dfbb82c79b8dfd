#include "schancfg/schannel/computed_list.hpp"

#include <algorithm>
#include <string>

#include "catch.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using schannel::ComputedList;
using schannel::matches;
using Kind = schannel::WriteList::Kind;
using Names = std::vector<std::string>;

namespace {

ComputedList list(std::vector<std::string> without, std::vector<std::string> first, Kind kind = Kind::cipher_suites) {
    ComputedList made{.kind = kind, .form = schannel::WriteList::Form::multi_sz, .without = {}, .first = {}};
    for (std::string& text : without) made.without.push_back({std::move(text), {}});
    for (std::string& text : first) made.first.push_back({std::move(text), {}});
    return made;
}

Names computed(const ComputedList& of, std::string_view release) {
    const auto found = schannel::compute(of, *facts::find_release(release));
    REQUIRE(found);
    return found->names;
}

}  // namespace

TEST_CASE("A pattern matches without case, a star any number of characters and a question mark one", "[schannel]") {
    CHECK(matches("TLS_RSA_*", "TLS_RSA_WITH_AES_128_CBC_SHA"));
    CHECK(matches("*_cbc_*", "TLS_RSA_WITH_AES_128_CBC_SHA"));
    CHECK(matches("*", ""));
    CHECK(matches("TLS_AES_???_GCM_*", "TLS_AES_128_GCM_SHA256"));
    CHECK(matches("*_P256*_P256", "TLS_P256_P256_P256"));
    CHECK_FALSE(matches("*_CBC", "TLS_RSA_WITH_AES_128_CBC_SHA"));
    CHECK_FALSE(matches("TLS_AES_????_GCM_*", "TLS_AES_128_GCM_SHA256"));
    CHECK_FALSE(matches("", "x"));
    CHECK_FALSE(matches("TLS_RSA", "TLS_RSA_WITH_AES_128_CBC_SHA"));
    CHECK_FALSE(matches("?", ""));
}

TEST_CASE("What is taken out is gone and the rest keeps its order, on every release", "[schannel]") {
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        const auto all = schannel::compute(list({"SSL_NO_SUCH"}, {}), release);
        const auto some = schannel::compute(list({"TLS_RSA_*", "*_CBC_*"}, {}), release);
        CHECK(all.has_value() == !facts::suites_of(release).empty());
        if (!some) continue;
        Names expected = all->names;
        std::erase_if(expected, [](const std::string& name) { return name.starts_with("TLS_RSA_") || name.find("_CBC_") != std::string::npos; });
        CHECK(some->names == expected);
        CHECK(all->unmatched.size() == 1);
        CHECK(std::ranges::all_of(all->names, [&](const std::string& name) { return facts::knows_suite(release, name); }));
    }
}

TEST_CASE("First moves to the front in its own order, and a pattern keeps the order of the release", "[schannel]") {
    const Names own = computed(list({"NONE"}, {}), "2022");
    const Names moved = computed(list({}, {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_*_GCM_*"}), "2022");
    REQUIRE(moved.size() == own.size());
    CHECK(Names(moved.begin(), moved.begin() + 3) ==
          Names{"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
    Names sorted = moved;
    Names same = own;
    std::ranges::sort(sorted);
    std::ranges::sort(same);
    CHECK(sorted == same);
}

TEST_CASE("A name in first brings in what the release knows and leaves off, a pattern does not", "[schannel]") {
    const Names own = computed(list({"NONE"}, {}, Kind::curves), "11-24h2");
    REQUIRE(std::ranges::find(own, "x25519_mlkem768") == own.end());
    Names expected = own;
    expected.insert(expected.begin(), "x25519_mlkem768");
    CHECK(computed(list({}, {"X25519_MLKEM768"}, Kind::curves), "11-24h2") == expected);
    CHECK(computed(list({}, {"x25519_mlkem*"}, Kind::curves), "11-24h2") == own);
    const ComputedList asked = list({}, {"x25519_mlkem768"}, Kind::curves);
    const auto older = schannel::compute(asked, *facts::find_release("2022"));
    REQUIRE(older);
    CHECK(older->unmatched == std::vector<const ComputedList::Pattern*>{asked.first.data()});
    CHECK_FALSE(schannel::compute(asked, *facts::find_release("2012-r2")));
}

TEST_CASE("A pattern of no release is known as such", "[schannel]") {
    CHECK(schannel::matches_any_release(Kind::cipher_suites, "tls_rsa_*"));
    CHECK(schannel::matches_any_release(Kind::curves, "brainpool*"));
    CHECK_FALSE(schannel::matches_any_release(Kind::curves, "tls_rsa_*"));
    CHECK_FALSE(schannel::matches_any_release(Kind::cipher_suites, "TLS_RSB_*"));
    // A suite of other libraries is not Schannel's.
    CHECK_FALSE(schannel::matches_any_release(Kind::cipher_suites, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"));
}
