// Peers: the other ends that --peers names, and what becomes of the connections with them.
#pragma once

#include <optional>

#include "inputs/circumstances.hpp"
#include "context.hpp"
#include "failure.hpp"
#include "render/peers.hpp"

namespace schancfg::cli {

/// All of --peers, in the order given; `changes` is left empty. nullopt: there is no such option. A file that can't be read ends it, since a
/// peer that is not seen would be cut off unseen.
[[nodiscard]] Outcome<std::optional<PeersView>> read_peers(const Context& context);

/// The same with what becomes of them. 2 also when no release is known.
[[nodiscard]] Outcome<std::optional<PeersView>> changed_peers(const Context& context, const Transition& transition);

}  // namespace schancfg::cli
