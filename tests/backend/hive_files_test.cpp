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
