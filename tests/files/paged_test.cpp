#include "schancfg/files/paged.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "backend/folder.hpp"
#include "catch.hpp"

using namespace schancfg;

TEST_CASE("what is brought of a file is what it holds, across pages and at its end", "[files]") {
    const Folder folder;
    for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{4096}, std::size_t{300001}}) {
        std::string bytes(size, 'x');
        for (std::size_t i = 0; i < size; i += 97) bytes[i] = static_cast<char>(i);
        const std::string path = folder.write("file" + std::to_string(size), bytes);
        auto opened = files::PagedFile::open(path, size);
        REQUIRE(opened);
        files::PagedFile file = std::move(*opened);
        CHECK(file.bytes().size() == size);
        CHECK(file.bring(0, 0));
        CHECK_FALSE(file.bring(0, size + 1));
        CHECK_FALSE(file.bring(size + 1, 0));
        for (std::size_t at = 0; at < size; at += 70001) {
            const std::size_t length = std::min<std::size_t>(9000, size - at);
            REQUIRE(file.bring(at, length));
            CHECK((file.bytes().substr(at, length) == bytes.substr(at, length)));
        }
        CHECK(file.bring(0, size));
        CHECK((file.bytes() == bytes));
        CHECK(file.check(path));
        if (size > 0) CHECK(files::PagedFile::open(path, size - 1).error().code == ErrorCode::malformed);
    }
    CHECK(files::PagedFile::open(folder / "none", 10).error().code == ErrorCode::not_found);
    CHECK_FALSE(files::PagedFile::open(folder.path().string(), 10));
}

#ifndef _WIN32
TEST_CASE("a file that is shortened while its pages are read is an error of that file", "[files]") {
    const Folder folder;
    const std::string path = folder.write("hive", std::string(100000, 'x'));
    auto opened = files::PagedFile::open(path, 100000);
    REQUIRE(opened);
    CHECK(opened->bring(0, 10));
    std::filesystem::resize_file(path, 5000);
    CHECK(opened->bring(0, 4096));
    CHECK(opened->check("SYSTEM"));
    CHECK_FALSE(opened->bring(90000, 10));
    const auto whole = opened->check("SYSTEM");
    REQUIRE_FALSE(whole);
    CHECK(whole.error().code == ErrorCode::conflict);
    CHECK(whole.error().message == "SYSTEM was changed while it was read: it has become shorter");
}
#endif

#ifdef __linux__
TEST_CASE("what is not asked for of a file does not come into memory", "[files]") {
    const Folder folder;
    constexpr std::size_t size = std::size_t{8} << 20;
    auto opened = files::PagedFile::open(folder.write("hive", std::string(size, 'x')), size);
    REQUIRE(opened);
    CHECK((opened->bring(5, 1) && opened->bring(size / 2, 1)));
    CHECK((opened->bytes()[5] == 'x' && opened->bytes()[size / 2] == 'x'));
    std::ostringstream at;
    at << std::hex << reinterpret_cast<std::uintptr_t>(opened->bytes().data()) << '-';
    std::ifstream maps("/proc/self/smaps");
    std::size_t kib = 0;
    bool is_ours = false;
    for (std::string line; std::getline(maps, line);) {
        if (line.starts_with(at.str())) is_ours = true;
        if (is_ours && line.starts_with("Rss:")) {
            kib = std::stoul(line.substr(4));
            break;
        }
    }
    CHECK(is_ours);
    CHECK(kib > 0);
    CHECK(kib <= 16);
}
#endif
