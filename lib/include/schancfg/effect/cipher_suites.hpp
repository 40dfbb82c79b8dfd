// The cipher suites that a state leaves, in the order in which Schannel prefers them, and what blocks each of the others.
//
// Schannel's net set is modelled as the intersection of independent filters; no source states their internal order. Use from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/basis.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/protocols.hpp"

namespace schancfg::effect {

/// on_request: only for an application that asks for it, or for its protocol. Pre-shared-key suites count as `no`.
enum class SuiteUse : std::uint8_t { yes, on_request, no };
[[nodiscard]] std::string_view suite_use_name(SuiteUse use);  ///< `yes`, `on-request`, `no`

enum class GateKind : std::uint8_t {
    unknown_name,      ///< the release knows no such suite
    dead_name,         ///< a name with a curve suffix on a release that has a curve list
    list_limit,        ///< behind the 1,023rd character of the policy list
    bad_spelling,      ///< blanks, or another case, in a list whose format is strict
    protocol,          ///< none of its protocols is on for the role
    cipher, hash, key_exchange, authentication,  ///< `Enabled` = 0 below Ciphers, Hashes, KeyExchangeAlgorithms
    curve,             ///< no usable curve in the curve list
    fips,
    explicit_request,  ///< never offered by itself (NULL encryption, SSL 2.0 kinds)
    assumed,           ///< a switch that could take it away is not in what was read, and is taken as installed
    strong_crypto,     ///< the program sets SCH_USE_STRONG_CRYPTO; never in SuiteEffect
    pre_shared_key,    ///< only for applications that set SCH_USE_PRESHAREDKEY_ONLY, and nothing else for them
};
/// `unknown-name`, `dead-name`, `list-limit`, `bad-spelling`, `protocol`, `cipher`, `hash`, `key-exchange`, ...
[[nodiscard]] std::string_view gate_kind_name(GateKind kind);

struct Gate {
    GateKind kind = GateKind::unknown_name;
    bool client = true, server = true;  ///< the roles that it concerns
    std::string detail;      ///< what it is about: `AES 128/128`, `TLS 1.3`, `SHA384`; may be empty
    bool request_helps = false;  ///< an application that asks for it gets it nevertheless
    bool certain = true;
    bool assumed = false;    ///< not certain for no other reason than that a part was not read
    bool unread = false;     ///< a part was not read, whatever else is disputed
    std::string_view source;
    std::string_view alternative_source;  ///< of who says that it does not block
    bool operator==(const Gate&) const = default;

    /// `cipher AES 128/128`, `protocol TLS 1.3 (server)`, `explicit-request`: the kind by its id.
    [[nodiscard]] std::string to_string() const;
    /// The same in words: `explicit request`, `FIPS mode`.
    [[nodiscard]] std::string words() const;
};

struct SuiteEffect {
    std::string name;              ///< as the list spells it
    const facts::CipherSuite* suite = nullptr;          ///< nullptr: no table knows the name
    const facts::ReleaseSuite* of_release = nullptr;    ///< nullptr: the release's page does not
    std::array<SuiteUse, 2> uses{SuiteUse::no, SuiteUse::no};  ///< by facts::Role
    std::vector<Gate> blocked_by;  ///< what takes it away from a role, wholly (use no) or from all who don't ask (on_request)
    std::vector<Gate> doubts;      ///< what perhaps does: sources disagree, or say nothing
    Basis basis;                   ///< of its being in the list
    Basis use_basis;               ///< of `uses`: of its being in the list, and of every gate that leaves them open

    [[nodiscard]] SuiteUse use(facts::Role role) const { return uses[static_cast<std::size_t>(role)]; }
    /// The better of both roles.
    [[nodiscard]] SuiteUse use() const { return uses[0] < uses[1] ? uses[0] : uses[1]; }
    [[nodiscard]] bool usable() const { return use() != SuiteUse::no; }
};

/// The protocols that can carry it, oldest first: those of the release's page, else the range of the suite itself. Empty: nobody says.
[[nodiscard]] std::vector<std::string_view> protocols_of(const SuiteEffect& entry);

inline constexpr std::size_t max_listed = 1000;

/// A suite that the release knows and the list does not hold, so that it is not used.
struct UnlistedSuite {
    const facts::ReleaseSuite* suite = nullptr;
    [[nodiscard]] bool default_on() const { return suite->list == facts::SuiteList::enabled; }  ///< the list dropped it
};

struct CipherSuitesEffect {
    Basis basis;                       ///< which list rules: policy, local, or the release's own
    std::vector<SuiteEffect> listed;   ///< in the order of the list that rules
    std::vector<UnlistedSuite> unlisted;  ///< in the order of the release's page
    bool local_shadowed = false;       ///< a local list is there and the policy list rules instead
    bool is_default = false;           ///< the list holds what the release's page holds, in its order
    std::size_t left_out = 0;          ///< names behind the first `max_listed`, which are not judged
    std::size_t characters = 0;        ///< length of the list joined by commas

    /// By name, without case; nullptr: not in the list.
    [[nodiscard]] const SuiteEffect* find(std::string_view name) const;
};

}  // namespace schancfg::effect
