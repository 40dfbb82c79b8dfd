// The cipher suites that both ends have in one version, or perhaps have, in the order in which the server picks.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "handshake/play.hpp"

namespace schancfg::handshake {

/// One suite that both ends list, as the server sees it.
struct Choice {
    const OfferedSuite* server = nullptr;
    Answer possible = Answer::yes;
    enum class Obstacle : std::uint8_t { none, certificate, group } obstacle = Obstacle::none;
    CommonGroup group;
};

struct Choices {
    std::vector<Choice> all;    ///< in the order in which the server picks
    std::deque<OfferedSuite> untested;  ///< what `all` points at where the server's list does not hold it
    bool ordered = false;       ///< that order is known
    bool open = false;          ///< suites of which nothing is known may be common as well
};

[[nodiscard]] Choices choices(const Offer& client, const Offer& server, std::size_t version);

}  // namespace schancfg::handshake
