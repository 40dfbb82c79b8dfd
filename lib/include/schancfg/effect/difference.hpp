// What a change does: the answers in which two effects differ, as values of their types. How they are worded is up to who shows them.
//
// Pure functions; safe from several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schancfg/effect/effect.hpp"

namespace schancfg::effect {

/// What an answer is about. In the order in which differences are listed.
enum class Aspect : std::uint8_t {
    protocol,           ///< ReachState, a role
    suite,              ///< Standing, a role
    suite_order,        ///< ListPlace
    algorithm,          ///< GateState
    limit,              ///< KeyLength, a role
    curve,              ///< Standing
    curve_order,        ///< ListPlace
    winhttp, dotnet,    ///< ProtocolNames, of clients
    dotnet_weak_suites, ///< bool: offered, of clients
    fips,               ///< bool: on
    remote_desktop,     ///< bool: reachable by TLS
    renegotiation,      ///< RenegotiationAnswer, a role
    sha512_signatures,  ///< bool: offered
    setting,            ///< SettingNumber, or std::monostate where the release has no such setting
};

/// Which of the three lengths of a key exchange.
enum class LengthEnd : std::uint8_t { client_min, client_max, server_min };

struct EffectSubject {
    Aspect aspect = Aspect::protocol;
    /// Of a protocol, suite, algorithm, key exchange, curve or single setting; of WinHTTP and the rest: empty.
    std::string name;
    LengthEnd end = LengthEnd::client_min;  ///< of `limit`
    View view = View::bits64;               ///< of `winhttp` and the two of .NET
    std::string_view version, target;       ///< of the two of .NET: DotnetEffect::version, DotnetCase::target
    bool operator==(const EffectSubject&) const = default;
};

/// Of a suite or a curve. Curves are never on_request.
enum class Standing : std::uint8_t { not_listed, blocked, on_request, usable };

/// The first name of an order that is another on the other side, among those that both sides use.
struct ListPlace {
    std::size_t position = 0;  ///< from 1
    std::string name;
    bool operator==(const ListPlace&) const = default;
};

struct KeyLength {
    std::optional<std::uint32_t> bits;
    bool documented = true;  ///< without bits: there is no limit; false: none is known
    bool operator==(const KeyLength&) const = default;
};

/// Oldest first; empty: nothing.
struct ProtocolNames {
    std::vector<std::string_view> names;
    bool operator==(const ProtocolNames&) const = default;
};

struct RenegotiationAnswer {
    bool allowed = true;
    Renegotiation mode = Renegotiation::compatible;  ///< means nothing where it is not allowed
    bool operator==(const RenegotiationAnswer& other) const { return allowed == other.allowed && (!allowed || mode == other.mode); }
};

struct SettingNumber {
    std::optional<std::uint32_t> number;
    SettingUnit unit = SettingUnit::number;
    /// Equal also where the difference has no meaning: of yes and no 1 and 2, of events the bits that are not documented.
    bool operator==(const SettingNumber& other) const;
};

using EffectValue = std::variant<std::monostate, ReachState, Standing, ListPlace, GateState, KeyLength, ProtocolNames, bool, RenegotiationAnswer, SettingNumber>;

struct EffectDifference {
    EffectSubject subject;
    std::optional<facts::Role> role;  ///< nullopt: both, or no matter of a role
    EffectValue before, after;        ///< of the type that Aspect names; never equal
    Surety surety;                    ///< as sure as both answers, with the sources of what leaves them open
    bool operator==(const EffectDifference&) const = default;
};

/// Only what differs, in the order of Aspect, and within it in the order of the tables and lists. Equal effects: empty.
[[nodiscard]] std::vector<EffectDifference> difference(const Effect& before, const Effect& after);

/// Does the answer say that something can be used by itself: on, usable, reachable, offered?
[[nodiscard]] bool is_open(const EffectValue& value);

}  // namespace schancfg::effect
