// Which protocols a state leaves on, for clients and for servers. Use from any thread.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "schancfg/effect/basis.hpp"
#include "schancfg/facts/protocols.hpp"

namespace schancfg::effect {

/// on: offered by itself. on_request: an application that names it gets it. uncertain: nobody knows what the release does.
/// Names for printing: facts::state_name.
using ProtocolState = facts::DefaultState;

struct ProtocolAnswer {
    ProtocolState state = ProtocolState::uncertain;
    Basis basis;
    [[nodiscard]] bool usable() const { return state == ProtocolState::on || state == ProtocolState::on_request; }
    bool operator==(const ProtocolAnswer&) const = default;
};

struct ProtocolEffect {
    std::string_view name;  ///< Windows' spelling
    std::array<ProtocolAnswer, 2> roles;
    [[nodiscard]] const ProtocolAnswer& of(facts::Role role) const { return roles[static_cast<std::size_t>(role)]; }
    [[nodiscard]] const ProtocolAnswer& client() const { return of(facts::Role::client); }
    [[nodiscard]] const ProtocolAnswer& server() const { return of(facts::Role::server); }
};

}  // namespace schancfg::effect
