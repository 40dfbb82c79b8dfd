#include "schancfg/effect/policy.hpp"

#include "catch.hpp"

using namespace schancfg;
using effect::PolicyOwner;
using registry::KeyPath;
using registry::Root;
using registry::Value;

namespace {

constexpr std::string_view suites = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";

plan::Change change(std::string_view key, std::optional<std::string> value) {
    plan::Change made;
    made.key = KeyPath(Root::local_machine, std::string(key));
    made.value_name = std::move(value);
    if (made.value_name) made.after = Value::dword(1);
    return made;
}

}  // namespace

TEST_CASE("The values of Group Policy's suite and curve lists and of FIPS mode may be put back by it", "[effect]") {
    const std::vector<plan::Change> changes = {change(suites, std::nullopt), change(suites, "functions"), change(suites, "EccCurves"),
                                               change("SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy", "Enabled")};
    const auto owners = effect::policy_owners(changes);
    REQUIRE(owners.size() == 3);
    CHECK(owners[0].setting == "SSL Cipher Suite Order");
    CHECK(owners[0].key == "HKLM\\" + std::string(suites));
    CHECK(owners[1].setting == "ECC Curve Order");
    CHECK(owners[2].value == "Enabled");
    CHECK(owners[0].to_string().find("\"SSL Cipher Suite Order\" manages Functions of HKLM\\SOFTWARE\\Policies") != std::string::npos);
}

TEST_CASE("A local list, a value beside the policy's own and a key alone belong to no policy", "[effect]") {
    const std::vector<plan::Change> changes = {
        change("SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002", "Functions"),
        change(suites, "Other"), change(suites, std::nullopt), change("SYSTEM\\CurrentControlSet\\Control\\Lsa", "FipsAlgorithmPolicy")};
    CHECK(effect::policy_owners(changes).empty());
}
