#include "schancfg/journal/state_folder.hpp"

#include "backend/folder.hpp"
#include "catch.hpp"
#include "schancfg/files/held.hpp"

using namespace schancfg;
using namespace schancfg::journal;

constexpr std::string_view id = "20261121T074500Z-3f9c02d4a1b7c6e5";

TEST_CASE("the files of a run are called by its id", "[journal]") {
    const Folder folder;
    const StateFolder place{folder.path().string(), {}};
    CHECK(place.record_file(id) == folder / (std::string(id) + ".json"));
    CHECK(place.marker_file(id) == folder / (std::string(id) + ".marker"));
    CHECK(place.watchdog_file(id) == folder / (std::string(id) + ".watchdog"));
}

TEST_CASE("a run is watched as long as a process holds the file of the watchdog, by its name of today or of version 0.1", "[journal]") {
    const Folder folder;
    const StateFolder place{folder.path().string(), {}};
    CHECK(place.is_watched(id) == false);
    for (const std::string ending : {".watchdog", ".waiter"}) {
        auto held = files::HeldFile::take(folder / (std::string(id) + ending));
        REQUIRE(held);
        CHECK(place.is_watched(id) == true);
        REQUIRE(held->remove());
        CHECK(place.is_watched(id) == false);
    }
}
