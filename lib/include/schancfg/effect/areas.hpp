// Areas: the parts of the managed keys that an effect reads, as people call them, and those that a source does not speak for.
//
// Pure functions; safe from several threads.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schancfg/registry/coverage.hpp"

namespace schancfg::effect {

enum class Area : std::uint8_t {
    protocols,       ///< SCHANNEL\Protocols
    algorithms,      ///< SCHANNEL\Ciphers, Hashes, KeyExchangeAlgorithms
    schannel_values, ///< the values of SCHANNEL itself
    local_lists,     ///< cipher suites, curves and signature algorithms below Local\SSL
    policy_lists,    ///< cipher suites and curves by policy
    winhttp,         ///< either view
    dotnet,          ///< any version and view
    fips,
};
/// `protocols`, `algorithms`, `schannel-values`, `local-lists`, `policy-lists`, `winhttp`, `dotnet`, `fips`.
[[nodiscard]] std::string_view area_id(Area area);
/// For people: `other protocols`, `.NET`, `WinHTTP`, ...
[[nodiscard]] std::string_view area_name(Area area);
/// Those of which a source with that coverage leaves anything out, in the order of the enumeration. Empty: it is whole.
[[nodiscard]] std::vector<Area> assumed_areas(const registry::Coverage& coverage);

}  // namespace schancfg::effect
