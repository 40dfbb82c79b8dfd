#include "schancfg/facts/releases.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "schancfg/ascii.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

// Where the build numbers come from.
constexpr std::string_view version_page = "MicrosoftDocs/win32:desktop-src/SysInfo/operating-system-version.md";
constexpr std::string_view windows10_page = "learn.microsoft.com/windows/release-health/release-information";
constexpr std::string_view windows11_page = "learn.microsoft.com/windows/release-health/windows11-release-information";
constexpr std::string_view server_page = "learn.microsoft.com/windows/release-health/windows-server-release-info";

constexpr std::string_view win_xp_words[] = {"xp", "winxp"};
constexpr std::string_view server_2003_words[] = {"2003", "server-2003", "server2003", "ws2003", "windows-2003"};
constexpr std::string_view win_vista_words[] = {"vista", "winvista"};
constexpr std::string_view server_2008_words[] = {"2008", "server-2008", "server2008", "ws2008", "windows-2008"};
constexpr std::string_view server_2008_sp2_words[] = {"2008-sp2", "2008sp2", "server-2008-sp2", "server2008sp2",
    "ws2008sp2", "windows-2008-sp2"};
constexpr std::string_view win_7_words[] = {"7", "win7"};
constexpr std::string_view server_2008_r2_words[] = {"2008-r2", "2008r2", "server-2008-r2", "server2008r2", "ws2008r2",
    "windows-2008-r2"};
constexpr std::string_view win_8_words[] = {"8", "win8"};
constexpr std::string_view server_2012_words[] = {"2012", "server-2012", "server2012", "ws2012", "windows-2012"};
constexpr std::string_view win_8_1_words[] = {"8.1", "win8.1", "win81"};
constexpr std::string_view server_2012_r2_words[] = {"2012-r2", "2012r2", "server-2012-r2", "server2012r2", "ws2012r2",
    "windows-2012-r2"};
constexpr std::string_view win_10_1507_words[] = {"10-1507", "win10-1507", "w10-1507", "ltsb-2015", "10-ltsb-2015", "windows-10-ltsb-2015"};
constexpr std::string_view win_10_1511_words[] = {"10-1511", "win10-1511", "w10-1511"};
constexpr std::string_view win_10_1607_words[] = {"10-1607", "win10-1607", "w10-1607", "ltsb-2016", "10-ltsb-2016", "windows-10-ltsb-2016"};
constexpr std::string_view server_2016_words[] = {"2016", "server-2016", "server2016", "ws2016", "windows-2016"};
constexpr std::string_view win_10_1703_words[] = {"10-1703", "win10-1703", "w10-1703"};
constexpr std::string_view win_10_1709_words[] = {"10-1709", "win10-1709", "w10-1709"};
constexpr std::string_view win_10_1803_words[] = {"10-1803", "win10-1803", "w10-1803"};
constexpr std::string_view win_10_1809_words[] = {"10-1809", "win10-1809", "w10-1809", "ltsc-2019", "10-ltsc-2019", "windows-10-ltsc-2019"};
constexpr std::string_view server_2019_words[] = {"2019", "server-2019", "server2019", "ws2019", "windows-2019", "server-1809", "windows-server-1809"};
constexpr std::string_view win_10_1903_words[] = {"10-1903", "win10-1903", "w10-1903"};
constexpr std::string_view win_10_1909_words[] = {"10-1909", "win10-1909", "w10-1909"};
constexpr std::string_view win_10_2004_words[] = {"10-2004", "win10-2004", "w10-2004"};
constexpr std::string_view win_10_20h2_words[] = {"10-20h2", "win10-20h2", "w10-20h2"};
constexpr std::string_view win_10_21h1_words[] = {"10-21h1", "win10-21h1", "w10-21h1"};
constexpr std::string_view win_10_21h2_words[] = {"10-21h2", "win10-21h2", "w10-21h2", "ltsc-2021", "10-ltsc-2021", "windows-10-ltsc-2021"};
constexpr std::string_view win_10_22h2_words[] = {"10-22h2", "win10-22h2", "w10-22h2"};
constexpr std::string_view server_1709_words[] = {"windows-server-version-1709", "server-1709", "server1709", "ws1709"};
constexpr std::string_view server_1803_words[] = {"windows-server-version-1803", "server-1803", "server1803", "ws1803"};
constexpr std::string_view server_1903_words[] = {"windows-server-version-1903", "server-1903", "server1903", "ws1903"};
constexpr std::string_view server_1909_words[] = {"windows-server-version-1909", "server-1909", "server1909", "ws1909"};
constexpr std::string_view server_2004_words[] = {"windows-server-version-2004", "server-2004", "server2004", "ws2004"};
constexpr std::string_view server_20h2_words[] = {"windows-server-version-20h2", "server-20h2", "server20h2", "ws20h2"};
constexpr std::string_view server_2022_words[] = {"2022", "server-2022", "server2022", "ws2022", "windows-2022"};
constexpr std::string_view win_11_21h2_words[] = {"11-21h2", "win11-21h2", "w11-21h2"};
constexpr std::string_view win_11_22h2_words[] = {"11-22h2", "win11-22h2", "w11-22h2"};
constexpr std::string_view win_11_23h2_words[] = {"11-23h2", "win11-23h2", "w11-23h2"};
constexpr std::string_view server_23h2_words[] = {"windows-server-version-23h2", "server-23h2", "server23h2", "ws23h2"};
constexpr std::string_view win_11_24h2_words[] = {"11-24h2", "win11-24h2", "w11-24h2", "ltsc-2024", "11-ltsc-2024", "windows-11-ltsc-2024"};
constexpr std::string_view server_2025_words[] = {"2025", "server-2025", "server2025", "ws2025", "windows-2025"};
constexpr std::string_view win_11_25h2_words[] = {"11-25h2", "win11-25h2", "w11-25h2"};
constexpr std::string_view win_11_26h2_words[] = {"11-26h2", "win11-26h2", "w11-26h2"};
constexpr std::string_view win_11_26h1_words[] = {"11-26h1", "win11-26h1", "w11-26h1"};

// By build number; clients before servers of the same build. Microsoft's pages of suites and protocols name the clients: the servers of the
// semi-annual channel are the same build, 25H2 is 24H2 with the same servicing. Of 26H1 and 26H2 no page speaks; see protocol_defaults.cpp.
constexpr Release table[] = {
    {"windows-xp", "Windows XP", {5, 1, 2600}, false, win_xp_words, version_page},
    {"windows-server-2003", "Windows Server 2003", {5, 2, 3790}, true, server_2003_words, version_page},
    {"windows-vista", "Windows Vista", {6, 0, 6000}, false, win_vista_words, version_page},
    {"windows-server-2008", "Windows Server 2008", {6, 0, 6001}, true, server_2008_words, version_page},
    {"windows-server-2008-sp2", "Windows Server 2008 SP2", {6, 0, 6002}, true, server_2008_sp2_words, version_page},
    {"windows-7", "Windows 7", {6, 1, 7600}, false, win_7_words, version_page},
    {"windows-server-2008-r2", "Windows Server 2008 R2", {6, 1, 7600}, true, server_2008_r2_words, version_page},
    {"windows-8", "Windows 8", {6, 2, 9200}, false, win_8_words, version_page},
    {"windows-server-2012", "Windows Server 2012", {6, 2, 9200}, true, server_2012_words, version_page},
    {"windows-8.1", "Windows 8.1", {6, 3, 9600}, false, win_8_1_words, version_page},
    {"windows-server-2012-r2", "Windows Server 2012 R2", {6, 3, 9600}, true, server_2012_r2_words, version_page},
    {"windows-10-1507", "Windows 10 1507", {10, 0, 10240}, false, win_10_1507_words, windows10_page},
    {"windows-10-1511", "Windows 10 1511", {10, 0, 10586}, false, win_10_1511_words, windows10_page},
    {"windows-10-1607", "Windows 10 1607", {10, 0, 14393}, false, win_10_1607_words, windows10_page},
    {"windows-server-2016", "Windows Server 2016", {10, 0, 14393}, true, server_2016_words, server_page},
    {"windows-10-1703", "Windows 10 1703", {10, 0, 15063}, false, win_10_1703_words, windows10_page},
    {"windows-10-1709", "Windows 10 1709", {10, 0, 16299}, false, win_10_1709_words, windows10_page},
    {"windows-server-1709", "Windows Server version 1709", {10, 0, 16299}, true, server_1709_words, server_page, "windows-10-1709"},
    {"windows-10-1803", "Windows 10 1803", {10, 0, 17134}, false, win_10_1803_words, windows10_page},
    {"windows-server-1803", "Windows Server version 1803", {10, 0, 17134}, true, server_1803_words, server_page, "windows-10-1803"},
    {"windows-10-1809", "Windows 10 1809", {10, 0, 17763}, false, win_10_1809_words, windows10_page},
    {"windows-server-2019", "Windows Server 2019", {10, 0, 17763}, true, server_2019_words, server_page},
    {"windows-10-1903", "Windows 10 1903", {10, 0, 18362}, false, win_10_1903_words, windows10_page},
    {"windows-server-1903", "Windows Server version 1903", {10, 0, 18362}, true, server_1903_words, server_page, "windows-10-1903"},
    {"windows-10-1909", "Windows 10 1909", {10, 0, 18363}, false, win_10_1909_words, windows10_page},
    {"windows-server-1909", "Windows Server version 1909", {10, 0, 18363}, true, server_1909_words, server_page, "windows-10-1909"},
    {"windows-10-2004", "Windows 10 2004", {10, 0, 19041}, false, win_10_2004_words, windows10_page},
    {"windows-server-2004", "Windows Server version 2004", {10, 0, 19041}, true, server_2004_words, server_page, "windows-10-2004"},
    {"windows-10-20h2", "Windows 10 20H2", {10, 0, 19042}, false, win_10_20h2_words, windows10_page},
    {"windows-server-20h2", "Windows Server version 20H2", {10, 0, 19042}, true, server_20h2_words, server_page, "windows-10-20h2"},
    {"windows-10-21h1", "Windows 10 21H1", {10, 0, 19043}, false, win_10_21h1_words, windows10_page},
    {"windows-10-21h2", "Windows 10 21H2", {10, 0, 19044}, false, win_10_21h2_words, windows10_page},
    {"windows-10-22h2", "Windows 10 22H2", {10, 0, 19045}, false, win_10_22h2_words, windows10_page},
    {"windows-server-2022", "Windows Server 2022", {10, 0, 20348}, true, server_2022_words, server_page},
    {"windows-11-21h2", "Windows 11 21H2", {10, 0, 22000}, false, win_11_21h2_words, windows11_page},
    {"windows-11-22h2", "Windows 11 22H2", {10, 0, 22621}, false, win_11_22h2_words, windows11_page},
    {"windows-11-23h2", "Windows 11 23H2", {10, 0, 22631}, false, win_11_23h2_words, windows11_page},
    {"windows-server-23h2", "Windows Server version 23H2", {10, 0, 25398}, true, server_23h2_words, server_page},
    {"windows-11-24h2", "Windows 11 24H2", {10, 0, 26100}, false, win_11_24h2_words, windows11_page},
    {"windows-server-2025", "Windows Server 2025", {10, 0, 26100}, true, server_2025_words, server_page},
    {"windows-11-25h2", "Windows 11 25H2", {10, 0, 26200}, false, win_11_25h2_words, windows11_page, "windows-11-24h2"},
    {"windows-11-26h2", "Windows 11 26H2", {10, 0, 26300}, false, win_11_26h2_words, windows11_page, "windows-11-26h1"},
    {"windows-11-26h1", "Windows 11 26H1", {10, 0, 28000}, false, win_11_26h1_words, windows11_page},
};

}  // namespace

std::span<const Release> releases() { return table; }

std::string_view facts_reach() { return "2026-08-21"; }

namespace {

/// Longer than any name of a release; what is longer is none.
constexpr std::size_t longest_word = 80;

/// What people write around the part that tells releases apart.
constexpr std::string_view fillers[] = {"microsoft", "windows", "win", "version", "ver", "v", "edition", "enterprise", "datacenter", "standard",
                                        "essentials", "pro", "professional", "home", "education", "iot", "azure", "core", "x64"};

/// `Windows Server 2019 Datacenter` and `server-2019` are both `server-2019`; `Windows 10 Pro 22H2` is `10-22h2`.
std::string normal_form(std::string_view word) {
    std::string out, token;
    const auto end_token = [&] {
        std::string_view rest = token;
        if (rest.starts_with("win") && rest.size() > 3 && ascii::is_digit(rest[3])) rest.remove_prefix(3);
        // `2k12r2`, `w2k8`: people's 2012r2 and 2008. Nobody writes Windows 2000 with a digit after it.
        std::string year;
        if (rest.starts_with("w2k")) rest.remove_prefix(1);
        if (rest.starts_with("2k") && rest.size() > 2 && ascii::is_digit(rest[2])) {
            const bool one_digit = rest.size() == 3 || rest[3] < '0' || rest[3] > '9';
            year = (one_digit ? "200" : "20") + std::string(rest.substr(2));
            rest = year;
        }
        if (!rest.empty() && std::ranges::find(fillers, rest) == std::end(fillers)) out.append(out.empty() ? "" : "-").append(rest);
        token.clear();
    };
    for (const char each : word) {
        const char c = ascii::to_lower(each);
        const bool part = ascii::is_lower(c) || ascii::is_digit(c) || c == '.';
        if (part) token += c;
        else end_token();
    }
    end_token();
    return out;
}

/// `10.0.17763`, `6.1.7601.24545`: the release of that build, where only one has it.
const Release* by_build(std::string_view word) {
    std::uint32_t parts[4] = {};
    std::size_t count = 0;
    const char* at = word.data();
    const char* const end = word.data() + word.size();
    while (count < std::size(parts)) {
        const auto [next, error] = std::from_chars(at, end, parts[count]);
        if (error != std::errc{}) return nullptr;
        ++count;
        at = next;
        if (at == end || *at != '.') break;
        ++at;
    }
    if (at != end || count < 3) return nullptr;
    const Release* found = nullptr;
    for (const Release& release : table) {
        if (release.build.major != parts[0] || release.build.minor != parts[1] || release.build.number != parts[2]) continue;
        if (found != nullptr) return nullptr;
        found = &release;
    }
    return found;
}

}  // namespace

const Release* find_release(std::string_view word) {
    const auto same = [&](std::string_view name) {
        return name.size() == word.size() && utf::equal_no_case(name, word);
    };
    for (const Release& release : table) {
        if (same(release.id) || same(release.name)) return &release;
        if (std::ranges::any_of(release.aliases, same)) return &release;
    }
    if (word.empty() || word.size() > longest_word) return nullptr;
    if (const Release* release = by_build(word)) return release;
    const std::string wanted = normal_form(word);
    if (wanted.empty()) return nullptr;
    const auto alike = [&](std::string_view name) { return normal_form(name) == wanted; };
    const Release* found = nullptr;
    for (const Release& release : table) {
        if (!alike(release.id) && !alike(release.name) && std::ranges::none_of(release.aliases, alike)) continue;
        if (found != nullptr) return nullptr;
        found = &release;
    }
    return found;
}

std::string_view nearest_release(std::string_view word) {
    Nearest search(word);
    for (const Release& release : table) {
        search.offer(release.id);
        search.offer(release.name, release.id);
        for (const std::string_view alias : release.aliases) search.offer(alias, release.id);
    }
    return search.best();
}

std::string releases_called(std::string_view word) {
    std::string stem;
    for (const char c : word) stem += c == ' ' || c == '_' ? '-' : ascii::to_lower(c);
    if (stem.starts_with("win") && stem.size() > 3 && ascii::is_digit(stem[3])) stem.insert(3, "dows-");
    if (!stem.empty() && ascii::is_digit(stem.front())) stem.insert(0, "windows-");
    if (!stem.starts_with("windows-")) stem.insert(0, "windows-");
    // `1809`, `22H2`: a version without the Windows that it is of.
    const std::string version = stem.substr(stem.rfind('-'));
    const bool is_version = version.size() == 5 && stem == "windows" + version;
    stem += '-';
    // `26100`, `10.0.26100`, and with the revision `10.0.26100.2033`: a build that several releases have, or without its version.
    const auto is_build = [word](const Release& release) {
        const std::string number = std::to_string(release.build.number);
        const std::string full = std::to_string(release.build.major) + "." + std::to_string(release.build.minor) + "." + number;
        return word == number || word == full || (word.starts_with(full) && word.size() > full.size() && word[full.size()] == '.');
    };
    std::string all;
    for (const Release& release : table) {
        if (release.id.starts_with(stem) || (is_version && release.id.ends_with(version)) || is_build(release)) all.append(all.empty() ? "" : ", ").append(release.id);
    }
    return all;
}

}  // namespace schancfg::facts
