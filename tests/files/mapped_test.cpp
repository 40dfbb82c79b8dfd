#include "schancfg/files/mapped.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "catch.hpp"

using namespace schancfg;

TEST_CASE("a file is the same bytes whether it is small enough to be read or large enough to be mapped", "[files]") {
    const auto path = std::filesystem::temp_directory_path() / "schancfg-mapped-test.bin";
    for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{1} << 20, (std::size_t{3} << 20) + 1}) {
        std::string bytes(size, 'x');
        for (std::size_t i = 0; i < size; i += 97) bytes[i] = static_cast<char>(i);
        std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(size));
        auto opened = files::MappedFile::open(path.string(), size);
        REQUIRE(opened);
        const files::MappedFile moved = std::move(*opened);
        CHECK((moved.bytes() == bytes));
        if (size > 0) CHECK(files::MappedFile::open(path.string(), size - 1).error().code == ErrorCode::malformed);
    }
    std::filesystem::remove(path);
    CHECK(files::MappedFile::open(path.string(), 10).error().code == ErrorCode::not_found);
    CHECK_FALSE(files::MappedFile::open(std::filesystem::temp_directory_path().string(), 10));
}
