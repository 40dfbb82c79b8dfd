// The elliptic curves that a state leaves, in order. Use from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/basis.hpp"
#include "schancfg/facts/curves.hpp"

namespace schancfg::effect {

struct CurveEffect {
    std::string name;                    ///< as the list spells it
    const facts::Curve* curve = nullptr; ///< nullptr: no table knows the name (perhaps a custom one)
    bool usable = true;
    Basis basis;                         ///< rule `curve-listed`, `curve-unknown`, `curve-fips` or `curve-protocol`
};

struct CurvesEffect {
    bool has_list = true;                ///< false: before Windows 10, each suite's name carries its curve; `listed` is empty
    Basis basis;                         ///< which list rules
    std::vector<CurveEffect> listed;
    std::vector<std::string_view> unlisted;  ///< curves of the release that the list does not hold
    bool local_shadowed = false;

    /// Is any curve of the list usable? True where there is no list.
    [[nodiscard]] bool any_usable() const;
};

}  // namespace schancfg::effect
