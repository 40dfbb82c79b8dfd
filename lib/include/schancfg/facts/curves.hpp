// Named groups of the elliptic curve lists, by Windows' names, and the list of each release. Constant tables; use from any thread.
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

/// A build, and the revision (UBR) of it that first has something.
struct Revision {
    std::uint32_t build = 0, revision = 0;
};

struct ReleaseCurve {
    std::string_view curve;
    int order = 0;                ///< from 1 within the default list; 0: not in it
    bool enabled_by_default = false;
    std::string_view source, notes;
    std::string_view protocols;   ///< as the page lists them
    std::span<const Revision> since = {};  ///< came with an update: its first revision of each client build; empty: there from the start
};

/// Default list first, in order, then what may be added. Empty: before Windows 10 there is no curve list.
[[nodiscard]] std::span<const ReleaseCurve> curves_of(const Release& release);
/// Is a curve of that release on a machine of that revision?
enum class Presence : std::uint8_t { there, not_there, not_known };
/// `revision`: the fourth part of the version (UBR); 0: not known. A server, and a build that the page does not name, is never sure.
[[nodiscard]] Presence presence(const Release& release, const ReleaseCurve& curve, std::uint32_t revision);
[[nodiscard]] bool knows_curve(const Release& release, std::string_view name);
/// Has that release a curve list in the registry at all (Windows 10 / Server 2016 on)?
[[nodiscard]] bool has_curve_list(const Release& release);

}  // namespace schancfg::facts
