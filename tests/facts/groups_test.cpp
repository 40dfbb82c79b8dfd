#include "schancfg/facts/groups.hpp"

#include <algorithm>
#include <string>

#include "catch.hpp"
#include "schancfg/facts/curves.hpp"

using namespace schancfg::facts;

namespace {

std::string name_of(std::string_view word) {
    const Group* group = find_group(word);
    return group == nullptr ? "" : std::string(group->name);
}

}  // namespace

TEST_CASE("A group goes by the name that each program gives it", "[facts]") {
    for (const char* word : {"secp256r1", "prime256v1", "P-256", "NistP256", "nistp256", "secP256r1", "0x0017"}) {
        CAPTURE(word);
        CHECK(name_of(word) == "secp256r1");
    }
    for (const char* word : {"x25519", "X25519", "curve25519", "25519", "ecdh_x25519", "0x001d", "0x001D"}) {
        CAPTURE(word);
        CHECK(name_of(word) == "x25519");
    }
    CHECK(name_of("448") == "x448");
    CHECK(name_of("x25519_mlkem768") == "X25519MLKEM768");
    CHECK(name_of("X25519MLKEM768") == "X25519MLKEM768");
    CHECK(find_group("ffdhe3072")->dh_bits == 3072);
    CHECK(find_group("secp384r1")->dh_bits == 0);
}

TEST_CASE("A word that is not a group is none", "[facts]") {
    for (const char* word : {"", " ", "secp256", "0x", "0xFFFF", "0x10017", "secp256r1 (NIST P-256)", "P-257"}) {
        CAPTURE(word);
        CHECK(name_of(word).empty());
    }
    CHECK(find_group(std::string(1000000, 'P')) == nullptr);
}

TEST_CASE("Groups are sorted by id, and each curve of Windows is one of them", "[facts]") {
    CHECK(std::ranges::adjacent_find(groups(), std::ranges::greater_equal{}, &Group::id) == groups().end());
    for (const Curve& curve : curves()) {
        CAPTURE(std::string(curve.name));
        const Group* group = find_group(curve.name);
        REQUIRE(group != nullptr);
        CHECK(group->id == curve.group);
        CHECK(group->name == curve.iana_name);
    }
}
