// Item-level targeting by release: what filters say of each release that is known, and the filters that mean some of them.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "schancfg/codec/gpp_xml.hpp"

namespace schancfg::codec::gpp {

enum class Meant : std::uint8_t { no, unknown, yes };

/// Of each of facts::releases(), in its order.
using MeantOn = std::vector<Meant>;

/// Whom an item is for, and the names of its filters that don't depend on the release alone, each once.
struct Targeting {
    MeantOn meant;
    std::vector<std::string> kinds;
    friend bool operator<(const Targeting& a, const Targeting& b) { return std::tie(a.meant, a.kinds) < std::tie(b.meant, b.kinds); }
};

[[nodiscard]] MeantOn all_releases();
[[nodiscard]] MeantOn both(const MeantOn& one, const MeantOn& other);
/// `filters`: an element `Filters` or `FilterCollection`. `kinds` receives, each once, the names of filters that don't depend on the release alone.
[[nodiscard]] MeantOn meant_by(const GppElement& filters, std::vector<std::string>& kinds);

/// The element `Filters` that means these releases and no other one that is known: ranges of builds, and clients or servers where that matters.
[[nodiscard]] GppElement filters_for(const std::vector<const facts::Release*>& releases);

}  // namespace schancfg::codec::gpp
