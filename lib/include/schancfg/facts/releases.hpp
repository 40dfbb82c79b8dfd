// Windows releases: the names that people and profiles use for them, and their order. Constant tables; use from any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace schancfg::facts {

struct Build {
    std::uint16_t major = 0, minor = 0;
    std::uint32_t number = 0;
    auto operator<=>(const Build&) const = default;
};

struct Release {
    std::string_view id;    ///< `windows-server-2022`; stable
    std::string_view name;  ///< `Windows Server 2022`
    Build build;            ///< the first build that carries this name
    bool server = false;
    std::span<const std::string_view> aliases;
    std::string_view source;
    /// Id of the release whose tables of protocols, suites and curves hold here: the same code under another name. Empty: it has its own.
    std::string_view same_as = {};

    /// Id under which the tables have their rows.
    [[nodiscard]] constexpr std::string_view tables() const { return same_as.empty() ? id : same_as; }
};

/// The day up to which the facts were brought up to date, as `2026-08-21`. What Microsoft changed or published later is not in them.
[[nodiscard]] std::string_view facts_reach();

/// Every release the facts know, by build number, clients before servers of the same build.
[[nodiscard]] std::span<const Release> releases();

/// By id, alias or full name, without case, or by any usual way of writing one of these: `Windows Server 2019 Datacenter`,
/// `Win 10 version 22H2`, `10.0.17763` where a build has one release. nullptr: unknown, or it could be several.
[[nodiscard]] const Release* find_release(std::string_view word);

/// The id nearest to `word`, for "did you mean"; empty when nothing is near.
[[nodiscard]] std::string_view nearest_release(std::string_view word);
/// `windows-10-1507, windows-10-1511, ...` where a word such as `Windows 10` or `22H2` stands for several; else empty.
[[nodiscard]] std::string releases_called(std::string_view word);

}  // namespace schancfg::facts
