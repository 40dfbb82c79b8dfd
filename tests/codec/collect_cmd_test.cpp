#include "schancfg/codec/collect_cmd.hpp"

#include <algorithm>

#include "catch.hpp"
#include "schancfg/schannel/managed.hpp"

using namespace schancfg;
using registry::Area;
using registry::KeyPath;
using registry::Root;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("The collector is plain ASCII with CRLF, as old cmd.exe wants it", "[codec]") {
    const std::string text = codec::encode_collector(schannel::managed_keys());
    CHECK(std::ranges::all_of(text, [](char c) { return c == '\r' || c == '\n' || (c >= ' ' && c <= '~'); }));
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) CHECK(text[at - 1] == '\r');
    CHECK(text.starts_with("@echo off\r\n"));
}

TEST_CASE("Every managed key of the machine is read once, by its parent and its name", "[codec]") {
    const std::string text = codec::encode_collector(schannel::managed_keys());
    for (const Area& area : schannel::managed_keys()) {
        if (area.key.root() != Root::local_machine) {
            CHECK_FALSE(has(text, area.key.to_string()));
            continue;
        }
        INFO(area.key.to_string());
        const std::string take = "call :take \"" + area.key.parent().to_string() + "\" \"" + std::string(area.key.name()) + '"';
        const bool below = std::ranges::any_of(schannel::managed_keys(), [&](const Area& other) {
            return !(other.key == area.key) && area.key.is_within(other.key) && has(text, "\"" + other.key.parent().to_string() + "\" \"" + std::string(other.key.name()) + '"');
        });
        CHECK((has(text, take) || below || has(text, "call :key \"" + area.key.to_long_string() + '"')));
    }
    CHECK(has(text, "call :text \"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\" CurrentBuildNumber"));
}

TEST_CASE("A key below another that is read with all below it is not read again", "[codec]") {
    const std::vector<Area> areas = {{KeyPath(Root::local_machine, "SYSTEM\\A")}, {KeyPath(Root::local_machine, "SYSTEM\\A\\B")}};
    const std::string text = codec::encode_collector(areas);
    CHECK(has(text, "call :take \"HKLM\\SYSTEM\" \"A\""));
    CHECK_FALSE(has(text, "\"HKLM\\SYSTEM\\A\" \"B\""));
}
