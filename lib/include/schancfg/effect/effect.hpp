// Effect: what Schannel does with a state on a given Windows release, with the reason for each answer.
//
// Pure: registry in, answers out. Nothing is guessed: where the sources disagree or are silent, the answer that is better
// supported is given, marked, with both sources. What may be harmful is said by lint, what changed by effect_difference. Use from any thread.
#pragma once

#include <string_view>
#include <vector>

#include "schancfg/effect/algorithms.hpp"
#include "schancfg/effect/areas.hpp"
#include "schancfg/effect/basis.hpp"
#include "schancfg/effect/cipher_suites.hpp"
#include "schancfg/effect/circumstances.hpp"
#include "schancfg/effect/curves.hpp"
#include "schancfg/effect/layers.hpp"
#include "schancfg/effect/protocols.hpp"
#include "schancfg/effect/reach.hpp"
#include "schancfg/effect/services.hpp"
#include "schancfg/effect/settings.hpp"
#include "schancfg/effect/signatures.hpp"
#include "schancfg/effect/strong_crypto.hpp"
#include "schancfg/effect/weakness.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::effect {

struct Effect {
    const facts::Release* release = nullptr;
    std::vector<ProtocolEffect> protocols;  ///< what the switches say, in the order of facts::protocols(); what comes of it is `reaches`
    std::vector<ProtocolEffect> other_protocols;  ///< those that the tables speak of and Schannel has no name for: DTLS 1.1, DTLS 1.3
    std::vector<AlgorithmEffect> ciphers, hashes;
    std::vector<KeyExchangeEffect> key_exchanges;
    CurvesEffect curves;
    CipherSuitesEffect cipher_suites;
    Reaches reaches;                        ///< by facts::Role: what each protocol comes to when all of the above is counted
    std::vector<WinHttpEffect> winhttp;     ///< 64-bit view, then 32-bit
    std::vector<DotnetEffect> dotnet;       ///< v2.0.50727 and v4.0.30319, 64-bit before 32-bit
    std::vector<ServiceEffect> services;    ///< in the order of facts::services(), without those that the release does not run
    Switch fips;
    SignaturesEffect signatures;
    RenegotiationEffect renegotiation;
    std::vector<SettingEffect> settings;    ///< caches, extended master secret, logging, limits, ...
    Switch dhe_fault;                       ///< on: about one TLS_DHE handshake in 256 fails here (KB4557473)
    std::vector<WeakPoint> weak;
    std::vector<Area> assumed;              ///< what the state does not speak for, taken as installed; empty: it speaks for everything

    [[nodiscard]] const ProtocolEffect* protocol(std::string_view name) const;  ///< without case
    [[nodiscard]] const ServiceEffect* service(facts::ServiceId id) const;      ///< nullptr: the release does not run it
    [[nodiscard]] const RoleReach& reach(facts::Role role) const { return reaches[static_cast<std::size_t>(role)]; }
};

/// What `state` (the managed keys; nothing but them is read) does on `release`.
[[nodiscard]] Effect evaluate(const registry::Tree& state, const facts::Release& release, const Circumstances& circumstances = {});

/// One protocol by any name, also one that facts::protocols() does not list; unknown names are uncertain.
[[nodiscard]] ProtocolAnswer protocol_effect(const registry::Tree& state, const facts::Release& release, facts::Role role,
                                             std::string_view protocol, const Circumstances& circumstances = {});

}  // namespace schancfg::effect
