#include "schancfg/backend/profiles.hpp"

#include <filesystem>
#include <fstream>

#include "catch.hpp"

using namespace schancfg;

namespace {

struct Files {
    Files() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    ~Files() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(folder / name, std::ios::binary) << text;
        return (folder / name).string();
    }
    std::filesystem::path folder = std::filesystem::temp_directory_path() / "schancfg-profiles-test";
};

constexpr const char* dh_reg =
    "Windows Registry Editor Version 5.00\r\n\r\n"
    "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman]\r\n"
    "\"ClientMinKeyBitLength\"=dword:00000200\r\n";

}  // namespace

TEST_CASE("A name without separator and extension is a shipped profile, whatever lies in the folder", "[backend]") {
    const auto opened = backend::open_profile("strict", {});
    REQUIRE(opened);
    CHECK(opened->label == "profile:strict");
    CHECK(opened->profile.has_value());
    CHECK(opened->texts.empty());
    CHECK(opened->sha256.size() == 64);
    const auto again = backend::open_profile("profile:strict", {});
    REQUIRE(again);
    CHECK(again->sha256 == opened->sha256);
}

TEST_CASE("A misspelt name is the caller's mistake: the nearest is named, or the shipped ones can be listed", "[backend]") {
    const auto opened = backend::open_profile("stritc", {});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().usage);
    CHECK(opened.error().error.message.find("strict") != std::string::npos);
    const auto far_off = backend::open_profile("zzzzzzzz", {});
    REQUIRE_FALSE(far_off);
    CHECK(far_off.error().remedy == backend::Remedy::list_profiles);
}

TEST_CASE("A .reg file is a profile of raw lines, behind profile: too, and what may not be written is counted", "[backend]") {
    const Files files;
    const std::string path = files.write("dh.reg", std::string(dh_reg) + "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run]\r\n\"x\"=\"y\"\r\n");
    for (const std::string& word : {path, "reg:" + path, "profile:" + path}) {
        INFO(word);
        const auto opened = backend::open_profile(word, {});
        REQUIRE(opened);
        CHECK_FALSE(opened->profile);
        REQUIRE(opened->lines.values.size() == 1);
        CHECK(opened->lines.values[0].name == "ClientMinKeyBitLength");
        CHECK(opened->left_out == 1);
        CHECK(backend::left_out_note(*opened));
    }
}

TEST_CASE("Standard input is TOML or a .reg file, as it begins", "[backend]") {
    const auto toml = backend::open_profile("-", {.standard_input = "format = 1\nname = \"x\"\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n"});
    REQUIRE(toml);
    CHECK(toml->profile);
    const auto reg = backend::open_profile("-", {.standard_input = dh_reg});
    REQUIRE(reg);
    CHECK_FALSE(reg->profile);
    CHECK_FALSE(backend::left_out_note(*reg));
}

TEST_CASE("A profile's digest changes with what it extends", "[backend]") {
    const Files files;
    files.write("base.toml", "format = 1\nname = \"base\"\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n");
    const std::string path = files.write("mine.toml", "format = 1\nname = \"mine\"\nextends = [\"base.toml\"]\n");
    const auto before = backend::open_profile(path, {});
    REQUIRE(before);
    CHECK(before->texts.size() == 2);
    files.write("base.toml", "format = 1\nname = \"base\"\n[protocols]\n\"TLS 1.0\" = \"enabled\"\n");
    const auto after = backend::open_profile(path, {});
    REQUIRE(after);
    CHECK(before->sha256 != after->sha256);
}
