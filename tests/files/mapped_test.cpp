#include "schancfg/files/mapped.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "catch.hpp"

using namespace schancfg;

TEST_CASE("a file is the same bytes whether it is small enough to be read or large enough to be mapped", "[files]") {
    const auto path = std::filesystem::temp_directory_path() / "schancfg-mapped-test.bin";
    for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{1} << 20, (std::size_t{17} << 20) + 1}) {
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

#ifndef _WIN32
TEST_CASE("a file that is shortened while it is read is an error of that file, and ends nothing", "[files]") {
    const auto path = std::filesystem::temp_directory_path() / "schancfg-shortened-test.bin";
    const auto other_path = std::filesystem::temp_directory_path() / "schancfg-untouched-test.bin";
    constexpr std::size_t size = (std::size_t{17} << 20) + 5;
    for (const auto& each : {path, other_path}) std::ofstream(each, std::ios::binary) << std::string(size, 'x');
    const auto other = files::MappedFile::open(other_path.string(), size);
    for (int round = 0; round < 3; ++round) {
        std::filesystem::resize_file(path, size);
        const auto opened = files::MappedFile::open(path.string(), size);
        REQUIRE(opened);
        CHECK(opened->check("a.reg"));
        std::filesystem::resize_file(path, 5000);
        std::size_t zeros = 0;
        for (const char c : opened->bytes()) zeros += c == '\0' ? 1u : 0u;
        CHECK(zeros > (std::size_t{16} << 20));
        const auto whole = opened->check("a.reg");
        REQUIRE_FALSE(whole);
        CHECK(whole.error().code == ErrorCode::conflict);
        CHECK(whole.error().message == "a.reg was changed while it was read: it has become shorter");
    }
    REQUIRE(other);
    CHECK(other->check("b.reg"));
    CHECK((other->bytes() == std::string(size, 'x')));
    std::filesystem::remove(path);
    std::filesystem::remove(other_path);
}
#endif
