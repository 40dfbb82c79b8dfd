// Real templates from public repositories: <corpus>/ictpl. Each item of a file is found again in what is asked for, or said to be left out.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "catch.hpp"
#include "schancfg/codec/iis_crypto.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/schannel/translate.hpp"

using namespace schancfg;

TEST_CASE("Every item of the real templates is accounted for", "[corpus]") {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(SCHANCFG_CORPUS) / "ictpl")) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        INFO(entry.path().filename().string());
        ++files;
        CHECK(codec::is_iis_crypto(bytes));
        const auto decoded = codec::decode_iis_crypto(bytes, {.file = "t"});
        REQUIRE(decoded);
        CHECK(std::ranges::none_of(decoded.diagnostics, [](const Diagnostic& each) { return each.severity != Severity::note; }));
        // Counted by their own words: two values a protocol, one any other, one list.
        const auto count = [&](const char* pattern) {
            const std::regex expression(pattern);
            return std::distance(std::sregex_iterator(bytes.begin(), bytes.end(), expression), std::sregex_iterator());
        };
        const auto protocols = count("<(schannelItem|templateItem) name=\"(TLS|SSL|PCT|Multi)[^\"]*\" (value|state)=");
        const auto others = count("<(schannelItem|templateItem) name=\"(NULL|DES|RC|Triple|AES|MD5|SHA|Diffie|PKCS|ECDH|DHE|FIPS)[^\"]*\" (value|state)=");
        const auto suites = count("state=\"Enabled\"[^>]*/>") > 0 ? count("<cipherSuiteItem name=\"[^\"]*\" state=\"Enabled\"") : count(",TLS_") + count("value=\"TLS_");
        const std::vector<schannel::Entry>& entries = decoded.value->profile.layers.back().entries;
        CHECK(std::ssize(entries) == 2 * protocols + others + 1);
        const auto* list = std::get_if<schannel::WriteList>(&entries.back().what);
        REQUIRE(list != nullptr);
        CHECK(std::ssize(list->names) == suites);
    }
    CHECK(files == 4);
}

TEST_CASE("A real template as a profile asks for the same on every release", "[corpus]") {
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(SCHANCFG_CORPUS) / "ictpl")) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        const auto decoded = codec::decode_iis_crypto(bytes, {.file = "t"});
        REQUIRE(decoded);
        for (const char* os : {"2012-r2", "2016", "2019", "2022", "2025", "windows-11-24h2"}) {
            INFO(entry.path().filename().string() << " on " << os);
            const facts::Release* release = facts::find_release(os);
            const auto wanted = schannel::translate(decoded.value->profile, {.release = release});
            REQUIRE(wanted);
            const auto text = codec::encode_profile(*wanted.value, release, "moved");
            REQUIRE(text);
            const auto moved = codec::decode_profile(*text, "moved.toml", [](std::string_view, std::string_view) -> Result<codec::LoadedText> { return fail(ErrorCode::not_found, "none"); });
            REQUIRE(moved);
            const auto again = schannel::translate(*moved.value, {.release = release});
            REQUIRE(again);
            REQUIRE(again.value->values.size() == wanted.value->values.size());
            for (std::size_t i = 0; i < wanted.value->values.size(); ++i) CHECK(again.value->values[i].is_met_by(&*wanted.value->values[i].value));
        }
    }
}
