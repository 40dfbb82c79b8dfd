#include "schancfg/facts/releases.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "catch.hpp"

using namespace schancfg::facts;

namespace {
std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}
}  // namespace

TEST_CASE("releases are ordered by build, clients before servers of one build", "[facts]") {
    // By the builds of Microsoft's release information.
    for (const std::uint32_t build : {2600U, 3790U, 6000U, 6001U, 7600U, 9200U, 9600U, 10240U, 10586U, 14393U, 15063U, 16299U, 17134U, 17763U, 18362U, 18363U, 19041U, 19042U,
                                      19043U, 19044U, 19045U, 20348U, 22000U, 22621U, 22631U, 25398U, 26100U, 26200U}) {
        INFO(build);
        CHECK(std::ranges::any_of(releases(), [build](const Release& each) { return each.build.number == build; }));
    }
    CHECK(std::ranges::is_sorted(releases(), [](const Release& a, const Release& b) {
        return a.build != b.build ? a.build < b.build : a.server < b.server;
    }));
    CHECK(find_release("windows-server-2022")->build < find_release("windows-11-21h2")->build);
    CHECK(find_release("windows-server-2022")->build > find_release("windows-10-22h2")->build);
}

TEST_CASE("every word for a release means one release, and every row has a source", "[facts]") {
    std::set<std::string> words;
    for (const Release& release : releases()) {
        INFO(release.id);
        CHECK_FALSE(release.source.empty());
        CHECK(words.insert(lower(release.id)).second);
        CHECK(words.insert(lower(release.name)).second);
        CHECK(find_release(release.id) == &release);
        CHECK(find_release(release.name) == &release);
        for (const std::string_view alias : release.aliases) {
            INFO(alias);
            CHECK(words.insert(lower(alias)).second);
            CHECK(find_release(alias) == &release);
        }
    }
}

TEST_CASE("releases are found by id, alias and name without case", "[facts]") {
    const auto id = [](std::string_view word) {
        const Release* found = find_release(word);
        return found == nullptr ? std::string_view{} : found->id;
    };
    CHECK(id("2022") == "windows-server-2022");
    CHECK(id("WS2022") == "windows-server-2022");
    CHECK(id("win11-24h2") == "windows-11-24h2");
    CHECK(id("11-24H2") == "windows-11-24h2");
    CHECK(id("win10-1607") == "windows-10-1607");
    CHECK(id("win8.1") == "windows-8.1");
    CHECK(id("2012r2") == "windows-server-2012-r2");
    CHECK(id("2012-R2") == "windows-server-2012-r2");
    CHECK(id("windows server 2008 sp2") == "windows-server-2008-sp2");
    CHECK(id("windows-server-version-23h2") == "windows-server-23h2");
    CHECK(id("xp") == "windows-xp");
    CHECK(id("").empty());
    CHECK(id("windows-11").empty());
    CHECK(id("Windows Server 2019 Datacenter") == "windows-server-2019");
    CHECK(id("Windows 10 Pro, version 22H2") == "windows-10-22h2");
    CHECK(id("win 11 24H2") == "windows-11-24h2");
    CHECK(id("Windows 2016") == "windows-server-2016");
    CHECK(id("Server 2012 R2 Standard") == "windows-server-2012-r2");
    CHECK(id("Windows 10 IoT Enterprise LTSC 2021") == "windows-10-21h2");
    CHECK(id("LTSB 2016") == "windows-10-1607");
    CHECK(id("2k8r2") == "windows-server-2008-r2");
    CHECK(id("Win2k12 R2") == "windows-server-2012-r2");
    CHECK(id("w2k19") == "windows-server-2019");
    CHECK(id("2k").empty());
    CHECK(id("Windows Server, version 20H2") == "windows-server-20h2");
    CHECK(id("Windows Server version 1809") == "windows-server-2019");
    CHECK(id("10.0.20348") == "windows-server-2022");
    CHECK(id("10.0.20348.2700") == "windows-server-2022");
    CHECK(id("10.0.19045.3803") == "windows-10-22h2");
    for (const char* word : {"10.0.17763", "Windows 10", "windows", "server", "10.0", "10.0.20348.", "2004", "----", "\xFF"}) {
        INFO(word);
        CHECK(id(word).empty());
    }
    CHECK(id(std::string(1U << 20U, '2')).empty());
}

TEST_CASE("a misspelt release has a nearest id", "[facts]") {
    CHECK(nearest_release("windows-server-2021") == "windows-server-2022");
    CHECK(nearest_release("widnows-10-1607") == "windows-10-1607");
    CHECK(nearest_release("server2O22") == "windows-server-2022");
    CHECK(nearest_release("beos").empty());
}

TEST_CASE("builds are those of the first build that carries the name", "[facts]") {
    CHECK(find_release("windows-7")->build == Build{6, 1, 7600});
    CHECK(find_release("windows-server-2016")->build == Build{10, 0, 14393});
    CHECK(find_release("windows-server-2025")->build == Build{10, 0, 26100});
    CHECK(find_release("windows-11-25h2")->build == Build{10, 0, 26200});
    CHECK(find_release("windows-11-26h2")->build == Build{10, 0, 26300});
    CHECK(find_release("windows-11-26h1")->build == Build{10, 0, 28000});
    CHECK(find_release("windows-server-1709")->build == find_release("windows-10-1709")->build);
}

TEST_CASE("a release that is another under a new name says which, and that one has tables of its own", "[facts]") {
    for (const Release& release : releases()) {
        if (release.same_as.empty()) continue;
        INFO(release.id);
        const Release* other = find_release(release.same_as);
        REQUIRE(other != nullptr);
        CHECK(other->same_as.empty());
    }
    CHECK(find_release("windows-11-25h2")->tables() == "windows-11-24h2");
    CHECK(find_release("windows-server-2022")->tables() == "windows-server-2022");
}

TEST_CASE("A name that several releases go by lists them", "[facts]") {
    CHECK(schancfg::facts::releases_called("Windows 10").starts_with("windows-10-1507, windows-10-1511"));
    CHECK(schancfg::facts::releases_called("win11") == schancfg::facts::releases_called("windows-11"));
    CHECK(schancfg::facts::releases_called("server").find("windows-server-2022") != std::string::npos);
    CHECK(schancfg::facts::releases_called("22H2") == "windows-10-22h2, windows-11-22h2");
    CHECK(schancfg::facts::releases_called("1809").find("windows-10-1809") != std::string::npos);
    CHECK(schancfg::facts::releases_called("windows-12").empty());
    CHECK(schancfg::facts::releases_called("").empty());
}
