#include "schancfg/effect/management.hpp"

#include "catch.hpp"

using namespace schancfg;

TEST_CASE("From Windows 11 24H2 on five policies of device management may overrule the registry", "[effect]") {
    const auto policies = effect::management_policies(*facts::find_release("windows-11-24h2"));
    std::vector<std::string_view> names;
    for (const auto& each : policies) {
        names.push_back(each.name);
        CHECK(each.row->source.find("policy-csp-cryptography.md") != std::string_view::npos);
    }
    CHECK(names == std::vector<std::string_view>{"ConfigureEllipticCurveCryptography", "OverrideMinimumEnabledTLSVersionClient", "OverrideMinimumEnabledTLSVersionServer",
                                                 "OverrideMinimumEnabledDTLSVersionClient", "OverrideMinimumEnabledDTLSVersionServer"});
}

TEST_CASE("Older releases and servers have none of them", "[effect]") {
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        const bool has = !release.server && release.build >= facts::Build{10, 0, 26100};
        CHECK(effect::management_policies(release).empty() == !has);
    }
}
