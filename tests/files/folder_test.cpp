#include "schancfg/files/folder.hpp"

#include <chrono>

#include "backend/folder.hpp"
#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::files;
namespace fs = std::filesystem;

TEST_CASE("a folder of one's own is made with its parents, and taken again", "[files]") {
    const Folder folder;
    const std::string path = folder / "state";
    REQUIRE(make_private_folder(path));
    CHECK(is_folder(path));
    CHECK(make_private_folder(path));
    CHECK(check_private_folder(path));
    CHECK_FALSE(check_private_folder(folder.write("file", "")));
}

TEST_CASE("a sweep removes what is old and half written, and nothing that anybody else made", "[files]") {
    const Folder folder;
    const auto make = [&](const std::string& name, std::chrono::hours age) {
        const std::string path = folder.write(name, "x");
        fs::last_write_time(path, fs::file_time_type::clock::now() - age);
        return path;
    };
    const std::string old = make("20261121T074500Z-3f9c.json.1234-0.tmp", std::chrono::hours(3));
    const std::string young = make("20261121T074500Z-3f9c.json.1234-1.tmp", std::chrono::hours(0));
    const std::string theirs = make("holiday.tmp", std::chrono::hours(100));
    const std::string record = make("20261121T074500Z-3f9c.json", std::chrono::hours(100));
    sweep(folder.path().string(), std::chrono::hours(1));
    CHECK_FALSE(fs::exists(old));
    CHECK(fs::exists(young));
    CHECK(fs::exists(theirs));
    CHECK(fs::exists(record));
}

TEST_CASE("files of a folder are listed by name, folders left out, up to a limit", "[files]") {
    const Folder folder;
    for (const std::string name : {"c", "a", "b"}) folder.write(name, "");
    fs::create_directory(folder.path() / "d");
    CHECK(list_files(folder.path().string(), 4) == std::vector{folder / "a", folder / "b", folder / "c"});
    CHECK(list_files(folder.path().string(), 3).error().code == ErrorCode::malformed);
    CHECK(list_files(folder / "none", 3).error().code == ErrorCode::not_found);
    CHECK_FALSE(exists(folder / "none"));
    CHECK(exists(folder / "a"));
}
