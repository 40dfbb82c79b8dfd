// Windows releases: the names that people and profiles use for them, and their order.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
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
};

/// Every release the facts know, by build number, clients before servers of the same build.
[[nodiscard]] std::span<const Release> releases();

/// By id, alias or full name, without case. nullptr: unknown.
[[nodiscard]] const Release* find_release(std::string_view word);

/// The id nearest to `word`, for "did you mean"; empty when nothing is near.
[[nodiscard]] std::string_view nearest_release(std::string_view word);

}  // namespace schancfg::facts
