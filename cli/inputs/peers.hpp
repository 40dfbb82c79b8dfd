// Peers: the other ends that --peers names, and what becomes of the connections with them.
#pragma once

#include <optional>

#include "inputs/circumstances.hpp"
#include "context.hpp"
#include "failure.hpp"
#include "render/peers.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::cli {

/// All of --peers, in the order given; `changes` is left empty. nullopt: there is no such option. A file that can't be read ends it, since a
/// peer that is not seen would be cut off unseen.
[[nodiscard]] Outcome<std::optional<PeersView>> read_peers(const Context& context);

struct JudgedState {
    const registry::Tree& state;
    const facts::Release* release = nullptr;
    const effect::Circumstances& known;
};
/// The same with what becomes of them between two states. 2 also when neither release is known.
[[nodiscard]] Outcome<std::optional<PeersView>> changed_peers(const Context& context, const JudgedState& before, const JudgedState& after);

}  // namespace schancfg::cli
