#include "schancfg/facts/advance_names.hpp"

#include "catch.hpp"

using namespace schancfg::facts;

TEST_CASE("Names of TLS 1.3 suites stand in lists before TLS 1.3, for sure only where one was read", "[facts]") {
    const auto of = [](std::string_view id) { return advance_names(*find_release(id)); };
    for (const std::string_view id : {"2016", "win10-1607", "2022", "win11-21h2", "2012-r2"}) {
        INFO(id);
        CHECK(of(id).names.empty());
    }
    for (const std::string_view id : {"win10-1709", "win10-2004", "win10-21h1"}) {
        INFO(id);
        CHECK(of(id).names.size() == 2);
        CHECK(of(id).confidence == Confidence::observed);
        CHECK(of(id).certain);
        CHECK(of(id).source.starts_with("SYSTEM hive"));
    }
    for (const std::string_view id : {"win10-1703", "win10-1803", "2019", "win10-1909"}) {
        INFO(id);
        CHECK_FALSE(of(id).certain);
        CHECK(of(id).alternative_source.starts_with("nabla-c0d3/sslyze#463"));
    }
    CHECK(of("win10-22h2").certain);
    CHECK(of("win10-22h2").confidence == Confidence::inferred_from_neighbour);
}
