#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "catch.hpp"
#include "profile_text.hpp"
#include "schancfg/codec/peer_toml.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/settings.hpp"

using namespace schancfg;

namespace {

std::string readme() {
    std::ifstream file(SCHANCFG_SOURCE_DIR "/profiles/README.md", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool is_peer(const std::string& block) { return block.find("[peer]") != std::string::npos; }

std::vector<std::string> examples() {
    const std::string text = readme();
    std::vector<std::string> blocks;
    const std::string opening = "\n```toml\n";
    for (std::size_t at = text.find(opening); at != std::string::npos; at = text.find(opening, at)) {
        at += opening.size();
        const std::size_t end = text.find("\n```\n", at);
        REQUIRE(end != std::string::npos);
        blocks.push_back(text.substr(at, end + 1 - at));
    }
    return blocks;
}

}  // namespace

TEST_CASE("Every example of the manual of profiles is a profile, or a peer", "[codec]") {
    const auto blocks = examples();
    CHECK(blocks.size() >= 8);
    for (const std::string& block : blocks) {
        INFO(block);
        if (is_peer(block)) {
            const auto peer = codec::decode_peer(block, "README.md");
            for (const auto& d : peer.diagnostics) UNSCOPED_INFO(profile_text::line(d));
            CHECK(peer);
            CHECK(codec::looks_like_peer(block));
            continue;
        }
        const auto decoded = codec::decode_profile(block, "README.md", {});
        for (const auto& d : decoded.diagnostics) UNSCOPED_INFO(profile_text::line(d));
        CHECK(decoded);
    }
}

TEST_CASE("The manual of profiles shows every section and every word of ours", "[codec]") {
    std::string all;
    for (const std::string& block : examples()) all += block;
    for (const schannel::Setting& setting : schannel::settings()) {
        INFO(setting.name());
        CHECK(all.find("[" + std::string(setting.path().front())) != std::string::npos);
        // Names of Windows and the two lengths that are seldom needed are in the schema.
        const std::string word(setting.path().back());
        const bool own = setting.protocol.empty() && setting.path().front() != "ciphers" && setting.path().front() != "hashes";
        if (own && word != "client_max_bits" && word != "ephem_key_reuse_time") CHECK(all.find(word) != std::string::npos);
    }
    const std::string text = readme();
    for (const schannel::BuiltinProfile& profile : schannel::builtin_profiles()) {
        CHECK(text.find("`" + std::string(profile.name) + "`") != std::string::npos);
    }
}

TEST_CASE("The manual of profiles explains every rule that the reader and the translation know", "[codec]") {
    const std::string manual = readme();
    const std::regex rule("\"(profile-[a-z-]+|unknown-to-release|nothing-left|default-[a-z]+(?:-[a-z]+)?)\"");
    std::set<std::string> rules;
    for (const char* room : {"codec", "schannel"}) {
        for (const auto& entry : std::filesystem::directory_iterator(std::string(SCHANCFG_SOURCE_DIR "/lib/src/") + room)) {
            const std::string name = entry.path().filename().string();
            if (!name.starts_with("profile") && name != "translate.cpp") continue;
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string source{std::istreambuf_iterator<char>(file), {}};
            for (std::sregex_iterator at(source.begin(), source.end(), rule), end; at != end; ++at) rules.insert((*at)[1]);
        }
    }
    CHECK(rules.size() >= 20);
    for (const std::string& each : rules) {
        INFO(each);
        CHECK(manual.find("| `" + each + "` |") != std::string::npos);
    }
}
