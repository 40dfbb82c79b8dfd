// Under which conditions two ends agree, where not all is known of them.
#pragma once

#include <optional>
#include <vector>

#include "schancfg/remedy/fixes.hpp"

namespace schancfg::remedy {

/// The fewest answers to what is not known with which the two agree; empty: they agree in any case; nullopt: they do not.
[[nodiscard]] std::optional<std::vector<Condition>> conditions_of(const handshake::End& client, const handshake::End& server);

/// That end as it is if the conditions that are about it hold.
[[nodiscard]] handshake::End supposed(const handshake::End& end, const std::vector<Condition>& conditions);

}  // namespace schancfg::remedy
