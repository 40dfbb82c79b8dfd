#include "schancfg/files/file.hpp"

#include <set>

#include "backend/folder.hpp"
#include "catch.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"

using namespace schancfg;
using namespace schancfg::files;

TEST_CASE("a file is read whole, up to its limit and no byte further", "[files]") {
    const Folder folder;
    const std::string path = folder.write("a.txt", std::string(2048, 'x'));
    CHECK(read_file(path, 2048) == std::string(2048, 'x'));
    const auto larger = read_file(path, 2047);
    REQUIRE_FALSE(larger);
    CHECK(larger.error().code == ErrorCode::malformed);
    CHECK(larger.error().message == path + " is larger than 1 KiB");
}

TEST_CASE("what is not a regular file is neither read nor acted upon", "[files]") {
    const Folder folder;
    const std::string name = folder.path().string();
    CHECK(read_file(name, 100).error().message == name + " is not a regular file");
    CHECK(read_trusted_file(name, 100).error().message == name + " is not a regular file");
    CHECK(read_file(folder / "absent", 100).error().code == ErrorCode::not_found);
    CHECK(read_file(std::string("a\0b", 3), 100).error().message == "a file name holds a NUL");
    CHECK(write_file(std::string("a\0b", 3), "x").error().message == "a file name holds a NUL");
    CHECK_FALSE(write_file(name, "x"));
}

TEST_CASE("a file that is written over leaves nothing else behind", "[files]") {
    const Folder folder;
    const std::string path = folder / "a.json";
    for (const auto readers : {Readers::usual, Readers::owner, Readers::everyone}) {
        for (const std::string& text : {std::string("short"), std::string(1u << 20, 'y'), std::string{}}) {
            REQUIRE(write_file(path, text, readers));
            CHECK(Folder::read(path) == text);
            CHECK(folder.files() == 1);
        }
    }
}

TEST_CASE("a new file never replaces one that is there", "[files]") {
    const Folder folder;
    const std::string path = folder / "record.json";
    REQUIRE(write_new_file(path, "first", Readers::owner));
    const auto second = write_new_file(path, "second", Readers::owner);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::conflict);
    CHECK(Folder::read(path) == "first");
    CHECK(folder.files() == 1);
    CHECK(read_trusted_file(path, 100) == "first");
}

TEST_CASE("removing a file twice is not an error", "[files]") {
    const Folder folder;
    const std::string path = folder.write("a", "x");
    CHECK(remove_file(path));
    CHECK(folder.files() == 0);
    CHECK(remove_file(path));
}

TEST_CASE("a file in a folder that is not there cannot be made, and says so", "[files]") {
    const Folder folder;
    const auto written = write_file(folder / "none/a.json", "x");
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::not_found);
    CHECK(written.error().message.starts_with(folder / "none/a.json" + " cannot be made: "));
}

TEST_CASE("names that hold letters of any script are names like others", "[files]") {
    const Folder folder;
    const std::string path = join(folder.path().string(), "\xC3\xA4\xE6\x97\xA5\xF0\x9F\x94\x92.json");
    REQUIRE(write_file(path, "x"));
    CHECK(read_file(path, 10) == "x");
    const auto all = list_files(folder.path().string(), 10);
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    CHECK(is_same_file(all->front(), path));
    CHECK(full_path(path).ends_with("\xF0\x9F\x94\x92.json"));
}

#ifndef _WIN32
TEST_CASE("a program that others could replace, by itself or by any folder above it, is not one to run for the system", "[files]") {
    const Folder folder;
    namespace fs = std::filesystem;
    const fs::path above = folder.path() / "above";
    fs::create_directories(above / "bin");
    const std::string program = folder.write("above/bin/schancfg", "x");
    fs::permissions(program, fs::perms(0755));
    for (const fs::path& each : {folder.path(), above, above / "bin"}) fs::permissions(each, fs::perms(0755));
    CHECK(check_trusted_program(program));
    for (const fs::path& each : {fs::path(program), above / "bin", above}) {
        CAPTURE(each.string());
        fs::permissions(each, fs::perms(0777));
        CHECK(check_trusted_program(program).error().code == ErrorCode::access_denied);
        fs::permissions(each, fs::perms(0755));
    }
    // By a link it is what the link leads to that counts.
    fs::create_directory(folder.path() / "open");
    fs::permissions(folder.path() / "open", fs::perms(0777));
    fs::create_symlink(program, folder.path() / "open" / "link");
    CHECK(check_trusted_program((folder.path() / "open" / "link").string()));
    CHECK_FALSE(check_trusted_program(folder / "none"));
}
#endif
