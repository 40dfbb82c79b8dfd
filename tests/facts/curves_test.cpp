#include "schancfg/facts/curves.hpp"

#include <set>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace schancfg::facts;

namespace {
std::vector<std::string> default_list(std::string_view id) {
    std::vector<std::string> names;
    for (const ReleaseCurve& row : curves_of(*find_release(id))) {
        if (row.order > 0) names.emplace_back(row.curve);
    }
    return names;
}
}  // namespace

TEST_CASE("curve names are unique without case and have a group and a source", "[facts]") {
    for (const Curve& curve : curves()) {
        INFO(curve.name);
        CHECK(find_curve(curve.name) == &curve);
        CHECK(curve.group != 0);
        CHECK_FALSE(curve.source.empty());
    }
    CHECK(find_curve("nistp256")->name == "NistP256");
    CHECK(find_curve("CURVE25519")->iana_name == "x25519");
    CHECK_FALSE(find_curve("curve25519")->fips);
    CHECK(find_curve("NistP384")->fips);
    CHECK(find_curve("x25519_mlkem768")->group == 0x11EC);
    CHECK(find_curve("secp256r1") == find_curve("secP256r1"));
    CHECK(find_curve("P-256") == nullptr);
}

TEST_CASE("default curve lists are those of Microsoft's pages", "[facts]") {
    CHECK(default_list("windows-10-1507") == std::vector<std::string>{"NistP256", "NistP384"});
    CHECK(default_list("windows-server-2016") == std::vector<std::string>{"curve25519", "NistP256", "NistP384"});
    CHECK(default_list("windows-11-24h2") == std::vector<std::string>{"curve25519", "NistP256", "NistP384"});
    CHECK(default_list("windows-8.1").empty());
    CHECK_FALSE(has_curve_list(*find_release("windows-server-2012-r2")));
    CHECK(has_curve_list(*find_release("windows-10-1507")));
}

TEST_CASE("each release's curves are known, default list first and gapless", "[facts]") {
    for (const Release& release : releases()) {
        int last = 0;
        bool in_default = true;
        std::set<std::string_view> seen;
        for (const ReleaseCurve& row : curves_of(release)) {
            INFO(release.id << ' ' << row.curve);
            REQUIRE(find_curve(row.curve) != nullptr);
            CHECK(find_curve(row.curve)->name == row.curve);
            CHECK(seen.insert(row.curve).second);
            CHECK_FALSE(row.source.empty());
            if (row.order == 0) in_default = false;
            if (row.order != 0) CHECK((in_default && row.order == ++last));
            CHECK(row.enabled_by_default == (row.order != 0));
            // A list that two machines can share is made of these (remedy).
            if (row.enabled_by_default) {
                CHECK(find_curve(row.curve)->protocols != "TLS 1.3");
                CHECK(std::set<std::string_view>{"x25519", "secp256r1", "secp384r1", "secp521r1"}.contains(find_curve(row.curve)->iana_name));
            }
        }
    }
}

TEST_CASE("a release knows the curves of its page only", "[facts]") {
    CHECK(knows_curve(*find_release("windows-11-24h2"), "x25519_mlkem768"));
    CHECK(knows_curve(*find_release("windows-server-2025"), "NISTP521"));
    CHECK_FALSE(knows_curve(*find_release("windows-server-2022"), "x25519_mlkem768"));
    CHECK_FALSE(knows_curve(*find_release("windows-10-1511"), "curve25519"));
    CHECK_FALSE(knows_curve(*find_release("windows-7"), "NistP256"));
}
