#include "schancfg/backend/hive_files.hpp"

#include <filesystem>

#include "../hives.hpp"
#include "catch.hpp"
#include "folder.hpp"

using namespace schancfg::backend;
namespace fs = std::filesystem;

TEST_CASE("a folder holds hives, an image or nothing", "[backend]") {
    const Folder folder;
    fs::create_directories(folder / "image/windows/SYSTEM32/config");
    fs::create_directories(folder / "plain");
    CHECK(holds_hives(folder / "image") == Holds::nothing);
    folder.write("image/windows/SYSTEM32/config/Software", hives::software());
    CHECK(holds_hives(folder / "image") == Holds::image);
    CHECK(holds_hives(folder / "image/windows") == Holds::image);
    CHECK(holds_hives(folder / "image/windows/SYSTEM32/config") == Holds::hives);
    // A file of that name may be anything.
    folder.write("plain/system", "[options]\n");
    CHECK(holds_hives(folder / "plain") == Holds::nothing);
    CHECK(holds_hives(folder / "nothing") == Holds::nothing);
}

TEST_CASE("a comma may be part of a name", "[backend]") {
    const Folder folder;
    const std::string odd = folder.write("a,b", "");
    const std::string other = folder.write("c", "");
    CHECK(find_hives(odd)->files == std::vector{odd});
    CHECK(find_hives(odd + "," + other)->files == std::vector{odd, other});
}

TEST_CASE("logs lie beside their hive, in any case", "[backend]") {
    const Folder folder;
    const std::string hive = folder.write("system", "");
    const std::string one = folder.write("SYSTEM.log1", "");
    const std::string old = folder.write("System.LOG", "");
    folder.write("SOFTWARE.LOG1", "");
    CHECK(*logs_of(hive) == std::vector{old, one});
}

#ifndef _WIN32
TEST_CASE("two hives by names that differ in case alone are refused by both names, and links to one are one", "[backend]") {
    const Folder folder;
    for (const char* root : {"Windows", "WINDOWS"}) fs::create_directories(folder / std::string("image/") + root + "/System32/config");
    folder.write("image/WINDOWS/System32/config/SYSTEM", hives::system());
    // One of the two is empty.
    CHECK(find_hives(folder / "image")->folder == folder / "image/WINDOWS/System32/config");
    folder.write("image/Windows/System32/config/SOFTWARE", hives::software());
    const auto twice = find_hives(folder / "image");
    REQUIRE_FALSE(twice);
    CHECK(twice.error().code == schancfg::ErrorCode::malformed);
    CHECK(twice.error().message == (folder / "image") + " holds a hive twice, " + (folder / "image/Windows/System32/config") + " and " + (folder / "image/WINDOWS/System32/config") +
                                       ", whose names differ in case alone; name one of them");
    CHECK(holds_hives(folder / "image") == Holds::image);
    CHECK(find_hives(folder / "image/Windows")->files == std::vector{folder / "image/Windows/System32/config/SOFTWARE"});

    fs::create_directories(folder / "linked/windows/system32/config");
    folder.write("linked/windows/system32/config/system", hives::system());
    fs::create_directory_symlink("windows", folder / "linked/Windows");
    CHECK(find_hives(folder / "linked")->files.size() == 1);
    // A file beside it that is no hive is not meant.
    folder.write("linked/windows/system32/config/System", "[options]\n");
    CHECK(find_hives(folder / "linked/windows")->files == std::vector{folder / "linked/windows/system32/config/system"});
    folder.write("linked/windows/system32/config/SYSTEM", hives::system());
    CHECK_FALSE(find_hives(folder / "linked"));
}

TEST_CASE("what belongs to a hive behind a link lies beside the link or beside the file", "[backend]") {
    const Folder folder;
    fs::create_directories(folder / "image/Windows/System32");
    fs::create_directories(folder / "store");
    const std::string hive = folder.write("store/SYSTEM", hives::system());
    const std::string log = folder.write("store/SYSTEM.LOG1", "");
    fs::create_directory_symlink(folder / "store", folder / "image/Windows/System32/config");
    CHECK(logs_of(folder / "image/Windows/System32/config/SYSTEM")->size() == 1);
    CHECK(*hibernation_of(folder / "image/Windows/System32/config/SYSTEM") == std::nullopt);
    const std::string asleep = folder.write("image/hiberfil.sys", "HIBR");
    CHECK(*hibernation_of(folder / "image/Windows/System32/config/SYSTEM") == asleep);

    fs::create_directories(folder / "other/config");
    fs::create_symlink(hive, folder / "other/config/SYSTEM");
    const std::string beside = folder.write("other/config/SYSTEM.LOG2", "");
    CHECK(*logs_of(folder / "other/config/SYSTEM") == std::vector{beside, log});
}
#endif
