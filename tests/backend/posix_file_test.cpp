#if !defined(_WIN32)

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "catch.hpp"
#include "folder.hpp"
#include "schancfg/backend/open.hpp"

using namespace schancfg;
using namespace schancfg::backend;
namespace fs = std::filesystem;

namespace {

const std::string nothing = "REGEDIT4\n\n";
const registry::KeyPath key(registry::Root::local_machine, "SOFTWARE\\Test");

void change(const std::string& spelling) {
    auto opened = open_target(spelling, {});
    REQUIRE(opened);
    REQUIRE(opened->target->create(key));
    REQUIRE(opened->target->commit());
}

}  // namespace

TEST_CASE("what is not a regular file is refused without waiting for it", "[backend]") {
    const Folder folder;
    const std::string pipe = folder / "pipe.reg";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const auto start = std::chrono::steady_clock::now();
    for (const std::string& path : {pipe, std::string("/dev/zero"), folder.path().string()}) {
        INFO(path);
        const auto source = open_source("reg:" + path, {});
        REQUIRE_FALSE(source);
        CHECK(source.error().usage);
        CHECK(source.error().error.message == path + " is not a regular file");
        const auto target = open_target("reg:" + path, {});
        REQUIRE_FALSE(target);
        CHECK(target.error().error.message == path + " is not a regular file");
        CHECK(read_profile_text(path).error().message == path + " is not a regular file");
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("a file of a gigabyte without content is refused by its size", "[backend]") {
    const Folder folder;
    const std::string path = folder.write("sparse.reg", "");
    fs::resize_file(path, 1u << 30);
    CHECK(open_source(path, {}).error().error.message == path + " is larger than 512 MiB");
    CHECK(open_target(path, {}).error().error.message == path + " is larger than 512 MiB");
    CHECK(open_source("memory:" + path, {}).error().error.message == path + " is larger than 64 MiB");
    CHECK(read_profile_text(path).error().message == path + " is larger than 1 MiB");
}

TEST_CASE("a file of /proc, which says that it is empty, is read to its end", "[backend]") {
    const auto text = read_profile_text("/proc/self/status");
    REQUIRE(text);
    CHECK(text->starts_with("Name:"));
    CHECK(text->ends_with("\n"));
}

TEST_CASE("a link is rewritten where it leads to, and stays a link", "[backend]") {
    const Folder folder;
    fs::create_directory(folder / "elsewhere");
    const std::string real = folder.write("elsewhere/real.reg", nothing);
    fs::create_symlink("elsewhere/real.reg", folder / "link.reg");
    change(folder / "link.reg");
    CHECK(fs::is_symlink(folder / "link.reg"));
    CHECK(Folder::read(real) != nothing);
    CHECK(open_target(folder / "link.reg", {})->machine == real);
    fs::create_symlink("nowhere.json", folder / "dangling.json");
    auto dangling = open_target("memory:" + folder / "dangling.json", {.os = facts::find_release("2022"), .create = true});
    REQUIRE_FALSE(dangling);
    CHECK(dangling.error().error.message == folder / "dangling.json" + " is a link to a file that does not exist");
}

TEST_CASE("a rewritten file keeps its mode, a new one has that of the umask", "[backend]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", nothing);
    for (const auto mode : {fs::perms(0640), fs::perms(0600), fs::perms(0666)}) {
        fs::permissions(path, mode);
        change(path);
        CHECK(fs::status(path).permissions() == mode);
        folder.write("a.reg", nothing);
    }
    const mode_t before = ::umask(027);
    auto opened = open_target("memory:" + folder / "new.json", {.os = facts::find_release("2022"), .create = true});
    REQUIRE(opened);
    REQUIRE(opened->target->commit());
    ::umask(before);
    CHECK(fs::status(folder / "new.json").permissions() == fs::perms(0640));
}

TEST_CASE("a new file that somebody else makes in the meantime is left alone", "[backend]") {
    const Folder folder;
    const std::string path = folder / "new.json";
    auto opened = open_target("memory:" + path, {.os = facts::find_release("2022"), .create = true});
    REQUIRE(opened);
    folder.write("new.json", "theirs");
    const auto refused = opened->target->commit();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK(refused.error().message == path + " was made by another program in the meantime");
    CHECK(Folder::read(path) == "theirs");
    CHECK(folder.files() == 1);
}

TEST_CASE("a target that may not be written is refused before anything is done", "[backend]") {
    // Root may write everything.
    if (::geteuid() == 0) {
        REQUIRE(::seteuid(65534) == 0);
        struct Back {
            ~Back() { (void)!::seteuid(0); }
        } back;
        const auto refused = open_target("reg:/etc/hostname", {});
        REQUIRE_FALSE(refused);
        CHECK_FALSE(refused.error().usage);
        CHECK(refused.error().error.code == ErrorCode::access_denied);
        CHECK(refused.error().error.message == "/etc/hostname cannot be opened for writing: Permission denied");
        return;
    }
    const Folder folder;
    const std::string path = folder.write("a.reg", nothing);
    fs::permissions(path, fs::perms(0400));
    CHECK(open_target(path, {}).error().error.message == path + " cannot be opened for writing: Permission denied");
    fs::permissions(path, fs::perms(0600));
    fs::permissions(folder.path(), fs::perms(0500));
    CHECK(open_target(path, {}).error().error.code == ErrorCode::access_denied);
    fs::permissions(folder.path(), fs::perms(0700));
}

TEST_CASE("the live registry is not there on this system, whichever way it is spelled", "[backend]") {
    const auto here = open_source("live", {});
    REQUIRE_FALSE(here);
    CHECK(here.error().usage);
    CHECK(here.error().error.message == "`live` is the registry of this machine, which is not a Windows machine");
    CHECK(open_target("live:web01", {}).error().error.message == "`live:HOST` needs Windows on this side as well");
}

#endif
