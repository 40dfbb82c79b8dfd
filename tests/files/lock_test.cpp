#include "schancfg/files/lock.hpp"

#include "backend/folder.hpp"
#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::files;

TEST_CASE("one process at a time has the lock, and reading goes on", "[files]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", "one");
    auto first = lock_file(path, false);
    REQUIRE(first);
    const auto second = lock_file(path, false);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::conflict);
    CHECK(second.error().message.find(" is locked by ") != std::string::npos);
    CHECK(Folder::read(path) == "one");
    first->reset();
    CHECK(lock_file(path, false));
}

TEST_CASE("the lock stays with the file that takes the place of the old one", "[files]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", "one");
    auto locked = lock_file(path, false);
    REQUIRE(locked);
    for (const std::string text : {"two", "three", ""}) {
        REQUIRE((*locked)->read(100));
        REQUIRE((*locked)->replace(text));
        CHECK(Folder::read(path) == text);
        CHECK_FALSE(lock_file(path, false));
        CHECK(folder.files() == 1);
    }
}

TEST_CASE("a file that another program changed since it was read is not replaced", "[files]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", "one");
    auto locked = lock_file(path, false);
    REQUIRE((*locked)->read(100));
    folder.write("a.reg", "theirs, and longer");
    const auto replaced = (*locked)->replace("ours");
    REQUIRE_FALSE(replaced);
    CHECK(replaced.error().code == ErrorCode::conflict);
    CHECK(Folder::read(path) == "theirs, and longer");
    CHECK(folder.files() == 1);
}

TEST_CASE("a file that is not there is locked only to be made", "[files]") {
    const Folder folder;
    const std::string path = folder / "new.json";
    CHECK(lock_file(path, false).error().code == ErrorCode::not_found);
    auto locked = lock_file(path, true);
    REQUIRE(locked);
    CHECK_FALSE((*locked)->exists());
    REQUIRE((*locked)->replace("made"));
    CHECK((*locked)->exists());
    CHECK(Folder::read(path) == "made");
}

TEST_CASE("anyone who has the lock removes what killed writers of that file left, and nothing else", "[files]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", "one");
    folder.write("a.reg.123-0.tmp", "half");
    for (const std::string name : {"a.reg.tmp", "a.reg.x-0.tmp", "a.reg.1-.tmp", "b.reg.123-0.tmp", "a.reg.123-0.tmpx"}) folder.write(name, "theirs");
    auto locked = lock_file(path, false);
    REQUIRE((*locked)->read(100));
    REQUIRE((*locked)->replace("two"));
    CHECK_FALSE(std::filesystem::exists(folder / "a.reg.123-0.tmp"));
    CHECK(folder.files() == 6);
}

TEST_CASE("a folder is not a file to lock", "[files]") {
    const Folder folder;
    CHECK(lock_file(folder.path().string(), false).error().message == folder.path().string() + " is not a regular file");
}
