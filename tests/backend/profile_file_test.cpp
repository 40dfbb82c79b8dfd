#include "catch.hpp"
#include "folder.hpp"
#include "schancfg/backend/open.hpp"

using namespace schancfg;
using namespace schancfg::backend;

namespace {
std::string refusal(std::string_view name, std::string_view from = "folder/base.toml") {
    const auto loaded = load_profile(name, from);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::malformed);
    return loaded.error().message;
}
}  // namespace

TEST_CASE("a profile that is extended is looked for in the folder of the one that extends it", "[backend]") {
    const Folder folder;
    std::filesystem::create_directory(folder / "sub");
    folder.write("top.toml", "top");
    folder.write("sub/base.toml", "base");
    const auto base = load_profile("sub/base.toml", folder / "top.toml");
    REQUIRE(base);
    CHECK(base->text == "base");
    CHECK(base->id == folder / "sub/base.toml");
    const auto same = load_profile(".\\sub\\.\\base.toml", folder / "top.toml");
    REQUIRE(same);
    CHECK(same->id == base->id);
    const auto top = load_profile("../top.toml", base->id);
    REQUIRE(top);
    CHECK(top->text == "top");
    CHECK(top->id == folder / "top.toml");
}

TEST_CASE("a profile that is found by going up and down again is the same profile", "[backend]") {
    const Folder folder;
    std::filesystem::create_directories(folder / "a/b");
    folder.write("top.toml", "top");
    folder.write("a/b/deep.toml", "deep");
    for (const char* name : {"a/../top.toml", "a/b/../../top.toml", "a/../a/../top.toml", "./a/b/../.././top.toml"}) {
        INFO(name);
        const auto loaded = load_profile(name, folder / "first.toml");
        REQUIRE(loaded);
        CHECK(loaded->id == folder / "top.toml");
    }
    CHECK(load_profile("../b/deep.toml", folder / "a/b/x.toml")->id == folder / "a/b/deep.toml");
    CHECK(load_profile("a/...toml", folder / "first.toml").error().code == ErrorCode::not_found);
}

TEST_CASE("a profile cannot extend what is not a file in its reach", "[backend]") {
    CHECK(refusal("/etc/shadow") == "'/etc/shadow' is an absolute path; expected a path relative to this file");
    CHECK(refusal("\\x.toml") == "'\\x.toml' is an absolute path; expected a path relative to this file");
    CHECK(refusal("\\\\host\\share\\x") == "'\\\\host\\share\\x' is a network or device path; expected a path relative to this file");
    CHECK(refusal("//host/share/x") == "'//host/share/x' is a network or device path; expected a path relative to this file");
    CHECK(refusal("\\\\.\\PhysicalDrive0") ==
          "'\\\\.\\PhysicalDrive0' is a network or device path; expected a path relative to this file");
    for (const std::string name : {"C:x.toml", "C:\\x.toml", "base.toml:stream", "a/b:c"}) {
        CHECK(refusal(name) == "'" + name + "' names a drive or a stream; expected a path relative to this file");
    }
    for (const std::string name : {"CON", "nul", "sub/NUL.toml", "com1.toml", "LPT9", "COM\xC2\xB9", "aux .toml", "CONIN$"}) {
        CHECK(refusal(name) == "'" + name + "' names a device; expected a path relative to this file");
    }
    CHECK(refusal("") == "an empty name is not a profile");
    CHECK(refusal("a\x1B[2Jb") == "'a\x1B[2Jb' has characters in it that no file name should have");
    CHECK(refusal("./mine.toml", "built-in:strict") == "'./mine.toml' is a path, and a built-in profile is in no folder");
    for (const char* name : {"COM", "COM10", "console.toml", "nul1"}) {
        CHECK(load_profile(name, "no/such/base.toml").error().code == ErrorCode::not_found);
    }
}

TEST_CASE("a profile that is not a regular file of at most 1 MB is refused at once", "[backend]") {
    const Folder folder;
    folder.write("big.toml", std::string((1u << 20) + 1, '#'));
    CHECK(refusal("big.toml", folder / "top.toml") == folder / "big.toml" + " is larger than 1 MiB");
    folder.write("largest.toml", std::string(1u << 20, '#'));
    CHECK(load_profile("largest.toml", folder / "top.toml")->text.size() == 1u << 20);
    std::filesystem::create_directory(folder / "sub.toml");
    CHECK(refusal("sub.toml", folder / "top.toml") == folder / "sub.toml" + " is not a regular file");
    CHECK(read_profile_text(folder / "none.toml").error().code == ErrorCode::not_found);
}

TEST_CASE("all files that a profile extends are known, also of one that cannot be read to its end", "[backend]") {
    const Folder folder;
    std::filesystem::create_directory(folder / "sub");
    folder.write("deep.toml", "format = 1\n");
    folder.write("sub/base.toml", "format = 1\nextends = ['../deep.toml']\n");
    folder.write("top.toml", "format = 1\nextends = ['sub/base.toml', 'strict']\n");
    folder.write("broken.toml", "format = 1\nextends = ['sub/base.toml', 'none.toml']\n");
    folder.write("machine.reg", "Windows Registry Editor Version 5.00\n");
    const std::vector<std::string> both{folder / "sub/base.toml", folder / "deep.toml"};
    CHECK_THAT(extended_files(folder / "top.toml"), Catch::Matchers::UnorderedEquals(both));
    CHECK_THAT(extended_files(folder / "broken.toml"), Catch::Matchers::UnorderedEquals(both));
    CHECK(extended_files(folder / "deep.toml").empty());
    CHECK(extended_files(folder / "machine.reg").empty());
    CHECK(extended_files(folder / "none.toml").empty());
}
