// The truth table of the protocol switches: what `Enabled` and `DisabledByDefault` of one protocol and role come to.
//
// Pure: two values and the release's default in, a state and the rule that decided out. It does not know lists, gates or
// masks of other layers (effect/effect does), nor what is advisable (lint does). Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schancfg/facts/protocols.hpp"
#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/value.hpp"

namespace schancfg::schannel {

using ProtocolState = facts::DefaultState;

/// Which row of the table decided.
enum class ProtocolRule : std::uint8_t {
    release_default,              ///< neither value is there
    release_lacks_it,             ///< the release does not have the protocol, whatever the values say
    enabled_zero,                 ///< `Enabled` = 0 refuses it even to an application that names it
    enabled_nonzero,              ///< `Enabled` other than 0, `DisabledByDefault` absent or 0
    disabled_by_default,          ///< `DisabledByDefault` other than 0 and `Enabled` not 0: only for who names it
    not_disabled_by_default,      ///< `Enabled` absent, `DisabledByDefault` = 0
    unreadable_enabled,           ///< `Enabled` is not a 4-byte REG_DWORD: what Windows does then is not documented
    unreadable_disabled_by_default,
};

struct ProtocolJudgement {
    ProtocolState state = ProtocolState::uncertain;
    ProtocolRule rule = ProtocolRule::release_default;
    bool operator==(const ProtocolJudgement&) const = default;
};

/// nullptr: the value is absent.
[[nodiscard]] ProtocolJudgement judge(const registry::Value* enabled, const registry::Value* disabled_by_default,
                                      ProtocolState release_default);

/// The default of that release. Release unknown (nullptr): on for TLS 1.0 to 1.2, uncertain for the other known protocols.
/// not_supported for a name that is not a protocol.
[[nodiscard]] ProtocolState default_state(const facts::Release* release, facts::Role role, std::string_view protocol);

/// The order of usefulness: off and not supported, uncertain, on request, on.
[[nodiscard]] int usefulness(ProtocolState state);

/// One key `SCHANNEL\Protocols\<protocol>\Client` or `\Server`.
struct ProtocolSwitch {
    std::string_view protocol;  ///< as the key spells it; points into the KeyPath that was asked about
    facts::Role role = facts::Role::client;
};
[[nodiscard]] std::optional<ProtocolSwitch> protocol_switch(const registry::KeyPath& key);

}  // namespace schancfg::schannel
