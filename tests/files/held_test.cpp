#include "schancfg/files/held.hpp"

#include "backend/folder.hpp"
#include "catch.hpp"
#include "schancfg/files/file.hpp"

using namespace schancfg;
using namespace schancfg::files;

TEST_CASE("a file is held as long as its holder lives, and says who that is", "[files]") {
    const Folder folder;
    const std::string path = folder / "machine.lock";
    CHECK(is_held(path) == false);
    {
        const auto held = HeldFile::take(path);
        REQUIRE(held);
        CHECK(is_held(path) == true);
        CHECK(holder_of(path) == own_process());
        const auto second = HeldFile::take(path);
        REQUIRE_FALSE(second);
        CHECK(second.error().code == ErrorCode::conflict);
    }
    CHECK(is_held(path) == false);
    CHECK(HeldFile::take(path));
}

TEST_CASE("a file of somebody else is neither taken nor changed", "[files]") {
    const Folder folder;
    for (const std::string text : {"notes of mine", "12 34", "123x", "99999999999999999999999999"}) {
        const std::string path = folder.write("machine.lock", text);
        const auto held = HeldFile::take(path);
        REQUIRE_FALSE(held);
        CHECK(held.error().code == ErrorCode::conflict);
        CHECK(held.error().message == path + " is not a lock of schancfg, so it is left alone");
        CHECK(Folder::read(path) == text);
    }
}

TEST_CASE("a file that is written held replaces the one that was there, and goes when it is removed", "[files]") {
    const Folder folder;
    const std::string path = folder.write("a.marker", "old");
    auto held = HeldFile::write(path, "new");
    REQUIRE(held);
    CHECK(is_held(path) == true);
    CHECK(read_file(path, 10) == "new");
    CHECK(folder.files() == 1);
    REQUIRE(held->remove());
    CHECK(is_held(path) == false);
    CHECK(folder.files() == 0);
}
