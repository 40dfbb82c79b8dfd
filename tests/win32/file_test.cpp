#include <windows.h>

#include "catch.hpp"
#include "backend/folder.hpp"
#include "schancfg/backend/open.hpp"

using namespace schancfg;
using namespace schancfg::backend;

namespace {
const std::string nothing = "REGEDIT4\r\n\r\n";
const registry::KeyPath key(registry::Root::local_machine, "SOFTWARE\\Test");
}

TEST_CASE("devices and folders are not files, whatever they are called", "[win32]") {
    const Folder folder;
    for (const std::string& path : {std::string("NUL"), std::string("nul.reg"), std::string("CON"), folder / "NUL", std::string("COM1"),
                                    std::string("\\\\.\\NUL"), std::string("\\\\.\\PhysicalDrive0"), folder.path().string()}) {
        INFO(path);
        const auto source = open_source("reg:" + path, {});
        REQUIRE_FALSE(source);
        // `nul.reg` is an ordinary name on newer systems.
        if (source.error().error.code == ErrorCode::not_found) {
            CHECK(path == "nul.reg");
            continue;
        }
        CHECK(source.error().usage);
        CHECK(source.error().error.message == path + " is not a regular file");
    }
}

TEST_CASE("a path with a drive letter is a path", "[win32]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", nothing);
    CHECK(path[1] == ':');
    CHECK(open_source(path, {})->label == "reg:" + path);
    CHECK(open_source("reg:" + path + "@2022", {})->machine == path);
}

TEST_CASE("a read-only file is not a target, and a file that another program holds is a conflict", "[win32]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", nothing);
    const std::wstring wide(path.begin(), path.end());
    REQUIRE(::SetFileAttributesW(wide.c_str(), FILE_ATTRIBUTE_READONLY) != 0);
    const auto read_only = open_target(path, {});
    REQUIRE_FALSE(read_only);
    CHECK(read_only.error().error.code == ErrorCode::access_denied);
    CHECK(read_only.error().error.message == path + " is read-only");
    REQUIRE(::SetFileAttributesW(wide.c_str(), FILE_ATTRIBUTE_NORMAL) != 0);
    const HANDLE held = ::CreateFileW(wide.c_str(), GENERIC_READ, 0, nullptr, OPEN_EXISTING, 0, nullptr);
    REQUIRE(held != INVALID_HANDLE_VALUE);
    CHECK(open_target(path, {}).error().error.code == ErrorCode::conflict);
    CHECK(open_source(path, {}).error().error.code == ErrorCode::conflict);
    ::CloseHandle(held);
    CHECK(open_target(path, {}));
}

TEST_CASE("the lock stands beside the file while the target lives, and no longer", "[win32]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", nothing);
    {
        auto opened = open_target(path, {});
        REQUIRE(opened);
        CHECK(std::filesystem::exists(path + ".lock"));
        REQUIRE(opened->target->create(key));
        REQUIRE(opened->target->commit());
        CHECK(std::filesystem::exists(path + ".lock"));
    }
    CHECK_FALSE(std::filesystem::exists(path + ".lock"));
    CHECK(folder.files() == 1);
    CHECK(open_source(path, {})->source->read(key));
}
