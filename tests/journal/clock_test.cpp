#include "schancfg/journal/clock.hpp"

#include "catch.hpp"
#include "schancfg/codec/plan_json.hpp"

using namespace schancfg;
using namespace schancfg::journal;
using namespace std::chrono_literals;

TEST_CASE("times are read as they are written, and only so", "[journal]") {
    const Moment moment{std::chrono::sys_days(std::chrono::year{2024} / 2 / 29) + 23h + 59min + 58s};
    CHECK(time_text(moment) == "2024-02-29T23:59:58Z");
    CHECK(time_of("2024-02-29T23:59:58Z") == moment);
    for (const std::string wrong : {"2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z", "2024-01-01 00:00:00Z", "", "now"}) {
        CAPTURE(wrong);
        CHECK_FALSE(time_of(wrong));
    }
}

TEST_CASE("ids sort by time, within a second too", "[journal]") {
    const auto base = std::chrono::system_clock::time_point(Moment{std::chrono::sys_days(std::chrono::year{2026} / 11 / 21)});
    std::string before;
    for (int i = 0; i < 100; ++i) {
        const std::string id = new_id(base + i * 37ms);
        CHECK(codec::is_record_id(id));
        CHECK(before < id);
        before = id;
    }
}
