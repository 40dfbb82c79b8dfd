#include "../../lib/src/codec/scan_dates.hpp"

#include "catch.hpp"

using schancfg::codec::scan::seconds_of;

TEST_CASE("Dates are read as every scanner writes them", "[codec]") {
    CHECK(seconds_of("1970-01-01") == 0);
    CHECK(seconds_of("2026-03-03") == 1772496000);
    CHECK(seconds_of("2026-03-03 12:00") == 1772496000 + 43200);
    CHECK(seconds_of("2026-03-03T12:00:07") == 1772496000 + 43207);
    CHECK(seconds_of("2026-03-03T12:00:07.250Z") == 1772496000 + 43207);
    CHECK(seconds_of("2026-03-03T12:00:07+01:30") == 1772496000 + 43207 - 5400);
    CHECK(seconds_of("2026-03-03T12:00:07-0100") == 1772496000 + 43207 + 3600);
    CHECK(seconds_of("Mar  3 12:00:07 2026 GMT") == 1772496000 + 43207);
    CHECK(seconds_of("Tue Mar  3 12:00:07 2026") == 1772496000 + 43207);
    CHECK(seconds_of("1772539207") == 1772539207);
    CHECK(seconds_of("2024-02-29") == 1709164800);
    CHECK(seconds_of("2050-12-31T23:59:59Z ") == 2556143999);
}

TEST_CASE("What is not a date is none", "[codec]") {
    for (const char* text : {"", "2026", "2026-13-01", "2025-02-29", "2026-03-03T", "2026-03-03T25:00", "2026-03-03T12:60", "2026-03-03 12:00 CET", "2026-03-03T12:00:00+1", "Foo 3 12:00:07 2026",
                             "Mar 3 12:00:07", "Mar 32 12:00:07 2026 GMT", "Mar 3 12:00:07 99999 GMT", "Mar 3 12:00:07x 2026", "177253920", "-177253920", "soon"}) {
        INFO(text);
        CHECK(!seconds_of(text));
    }
}
