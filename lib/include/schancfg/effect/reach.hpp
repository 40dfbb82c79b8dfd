// Reach: what each protocol comes to for each role when everything that can take it away has been counted: its switch, the
// suite list, the gates of ciphers, hashes and key exchanges, FIPS mode, the curve list, signature algorithms and key lengths.
//
// Computed once with the effect. Anyone who says that a protocol is on, that a suite is left or that nothing can connect asks
// here and nowhere else. Pure data, safe to read from several threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/basis.hpp"
#include "schancfg/effect/cipher_suites.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/schannel/peer.hpp"

namespace schancfg::effect {

/// no: for sure. yes: for sure. unknown: sources disagree, say nothing, or the state was not read there.
using Answer = schannel::Answer;

enum class ReachState : std::uint8_t {
    on,             ///< offered or taken by itself
    on_request,     ///< only for an application that names the protocol, or (SSL 2.0) its suites
    no_suite,       ///< on or on request by its switch, but no suite of it is left: nothing can be negotiated
    off,
    not_supported,
    uncertain,      ///< nobody says what the release does
};
/// `on`, `on-request`, `no-suite`, `off`, `not-supported`, `uncertain`.
[[nodiscard]] std::string_view reach_state_name(ReachState state);

/// What the gates of a suite in the list leave of it for one role. Its protocols do not count: each of them is judged by itself.
struct Passage {
    Answer answer = Answer::yes;  ///< for who needs not ask for it
    Answer read = Answer::yes;    ///< the same with all that was not read taken as installed
    bool asked_for = false;       ///< on explicit request alone
    std::vector<const Gate*> closing;   ///< that close it for sure, explicit request among them; in the order of the entry, which owns them
    std::vector<const Gate*> doubtful;  ///< that perhaps do
};
[[nodiscard]] Passage passage(const SuiteEffect& entry, facts::Role role);
/// Is it a suite of that version? unknown: sources disagree (3DES in SSL 3.0), or no table knows the name.
[[nodiscard]] Answer carries(const SuiteEffect& entry, std::string_view version);

/// A suite that works in a protocol without being asked for. `answer` is yes or unknown.
struct UsableSuite {
    std::size_t at = 0;  ///< in CipherSuitesEffect::listed
    Answer answer = Answer::yes;
    bool operator==(const UsableSuite&) const = default;
};

/// A group (IANA's name, or as the list spells a curve that no table knows) that a protocol can use. `answer` is yes or unknown.
struct UsableGroup {
    std::string name;
    Answer answer = Answer::yes;
    bool operator==(const UsableGroup&) const = default;
};

struct ProtocolReach {
    std::string_view name;    ///< Windows' spelling
    ReachState state = ReachState::uncertain;
    /// Why, and how sure: as certain as the weakest premise. Its rule is the switch's, or `reach-no-suite`, `reach-suites-uncertain`.
    Basis basis;
    std::vector<std::string_view> sources;  ///< of every premise, without doubles; the deciding one first
    /// Does the join know the suites of the protocol at all? false for PCT 1.0 and the unified hello, which have the switch's answer.
    bool joined = false;
    /// By its switch alone, for an application that names it, and for one that leaves the choice to Schannel. Where the sources of a switch disagree and
    /// come to the same, that; unknown of a switch that was not read.
    Answer named = Answer::unknown, unnamed = Answer::unknown;
    bool asked_for = false;  ///< what is left of its suites works on explicit request alone
    std::vector<UsableSuite> suites;  ///< in the order of the list. Those that work on explicit request alone (NULL, SSL 2.0 kinds) never count
    Answer any_suite = Answer::unknown;
    /// Is a suite left for a server with a certificate of that kind? DSS suites count for neither. Of the client role: for a server that has it.
    Answer rsa = Answer::unknown, ecdsa = Answer::unknown;
    std::vector<UsableGroup> groups;  ///< in the order of the curve list; before Windows 10 those that suites carry in their names
    Answer any_group = Answer::unknown;  ///< of elliptic curves and ML-KEM; RSA and DHE suites need none

    /// Can a handshake in it succeed for an application that names it? Switch and suites together.
    [[nodiscard]] Answer usable() const;
    /// The same for one that leaves the choice to Schannel.
    [[nodiscard]] Answer by_default() const;

private:
    [[nodiscard]] Answer with_suites(Answer by_switch) const;
};

struct RoleReach {
    std::vector<ProtocolReach> protocols;  ///< in the order of facts::protocols()
    /// Of SSL 3.0 to TLS 1.3: does any work without being asked for; does any work at all?
    Answer by_default = Answer::unknown, at_all = Answer::unknown;
    /// The same by default, with a certificate of that kind.
    Answer rsa = Answer::unknown, ecdsa = Answer::unknown;
    /// The newest TLS version, if it is on and has no suite while an older one works: whether connections then use the older version
    /// or fail is not certain (conflict C31). Empty: there is no such hole.
    std::string_view hole;

    [[nodiscard]] const ProtocolReach* find(std::string_view name) const;  ///< without case; nullptr: no such protocol
};

/// By facts::Role.
using Reaches = std::array<RoleReach, 2>;

/// no < unknown < yes.
[[nodiscard]] Answer weaker(Answer a, Answer b);
[[nodiscard]] Answer stronger(Answer a, Answer b);

}  // namespace schancfg::effect
