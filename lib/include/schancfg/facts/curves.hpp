// Named groups of the elliptic curve lists, by Windows' names, and the list of each release.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schancfg/facts/releases.hpp"

namespace schancfg::facts {

struct Curve {
    std::string_view name;       ///< Windows' spelling: `NistP256`
    std::uint16_t group = 0;     ///< IANA supported group
    std::string_view iana_name;  ///< `secp256r1`
    bool fips = false;           ///< available in FIPS mode
    std::string_view protocols;
    std::string_view source;
};

[[nodiscard]] std::span<const Curve> curves();
[[nodiscard]] const Curve* find_curve(std::string_view name);  ///< by Windows' name, without case

struct ReleaseCurve {
    std::string_view curve;
    int order = 0;                ///< from 1 within the default list; 0: not in it
    bool enabled_by_default = false;
    std::string_view source, notes;
    std::string_view protocols;   ///< as the page lists them
};

/// Default list first, in order, then what may be added. Empty: before Windows 10 there is no curve list.
[[nodiscard]] std::span<const ReleaseCurve> curves_of(const Release& release);
[[nodiscard]] bool knows_curve(const Release& release, std::string_view name);
/// Has that release a curve list in the registry at all (Windows 10 / Server 2016 on)?
[[nodiscard]] bool has_curve_list(const Release& release);

}  // namespace schancfg::facts
