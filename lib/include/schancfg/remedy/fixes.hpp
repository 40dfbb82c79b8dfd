// Fixes: for a disagreement the smallest changes that fix it, side by side with their price.
//
// What is honest comes first: a new certificate, an update, an upgrade of the other end. Registry changes come as a Wanted, which
// codec::encode_profile turns into TOML. Each fix with values, updates or protocols can be tried: with it, asking again gives `agree`. Use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/handshake/agreement.hpp"
#include "schancfg/handshake/symptoms.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::remedy {

enum class FixKind : std::uint8_t {
    advice,       ///< something to do elsewhere: `demand` where the end is one whose offers are known, else it cannot be tried here
    update,       ///< install `updates`
    application,  ///< the application's own protocols: `protocols`
    certificate,  ///< a certificate like `certificate`
    profile,      ///< registry values: `wanted`, and `updates` that they need
    release,      ///< a newer Windows: `release` is the first that would do
};
[[nodiscard]] std::string_view fix_kind_name(FixKind kind);  ///< `advice`, `update`, `application`, `certificate`, `profile`, `release`

/// What an end that is not a Windows machine is asked to take (a client) or to give (a server) besides what it does now. With a
/// certificate: what it has to take along with that.
struct Demand {
    std::string protocol;             ///< `TLS 1.2`; empty: none
    std::vector<std::string> suites;  ///< IANA's names, best first; one of them is enough
    std::vector<std::string> groups;  ///< IANA's names, in the order of the end that has them; one of them is enough
    int dh_bits = 0;                  ///< finite-field groups of that length, in bits; 0: nothing about them
    int rsa_bits = 0;                 ///< RSA keys of that length, in bits; 0: nothing about them
    std::string signature_hash;       ///< a hash that it is to verify, `SHA512`; empty: none
    bool secure_renegotiation = false;
    [[nodiscard]] bool empty() const;
};

/// What is not known of an end and has to be so for a fix to help.
enum class ConditionKind : std::uint8_t {
    certificate_key,  ///< the certificate of that end has a key of the type `names.front()`
    groups,           ///< it takes one of the groups `names`
    protocol,         ///< it speaks the protocol `names.front()`
    suites,           ///< it takes one of the suites `names`
    dh_bits,          ///< its TLS_DHE groups have (a server), or may have (a client), `bits`
};
struct Condition {
    ConditionKind kind = ConditionKind::certificate_key;
    handshake::Side side = handshake::Side::server;
    std::vector<std::string> names;
    int bits = 0;
    bool operator==(const Condition&) const = default;
};
/// `the server's certificate has an RSA key`: a clause for after "if", without a full stop. Names come from the ends: escape it.
[[nodiscard]] std::string condition_text(const Condition& condition);

struct Fix {
    FixKind kind = FixKind::advice;
    handshake::Side side = handshake::Side::client;       ///< where it is to be done; both: the same on both ends, which are machines then
    const handshake::Reason* reason = nullptr; ///< what it fixes
    std::string title;              ///< one line without a full stop: `Enable TLS 1.2 for connections of this machine`
    std::string text;               ///< what to do, in sentences; may be empty
    std::string risk;               ///< in plain words; empty: none beyond that of any change
    registry::Wanted wanted;        ///< profile
    std::string_view builtin;       ///< the shipped profile that asks for the same, or for more where `text` says so; may be empty
    std::vector<std::string> updates;    ///< `KB2973337`
    std::vector<std::string> protocols;  ///< application: what it should name
    schannel::PeerCertificate certificate;
    Demand demand;                  ///< advice, certificate: of an end that is not a Windows machine
    const facts::Release* release = nullptr;  ///< release: the first that would do
    std::vector<Condition> conditions;        ///< it helps if all of these hold; empty: in any case
    bool weakens = false;           ///< it lets the machine take something weaker than before, from everybody
    bool restart = false;           ///< the computer, or at least the services that hold credentials
};

/// A machine that can be changed: what the values of a fix are computed from.
struct Machine {
    registry::Tree state;
    const facts::Release* release = nullptr;
    effect::Circumstances circumstances;
    handshake::EndOptions options;
};
/// The machine's end, as make_end(effect(...)).
[[nodiscard]] handshake::End make_end(const Machine& machine, facts::Role role);

/// The two ends of a diagnosis. A machine pointer is null where the end is not Windows machine.
struct Ends {
    const handshake::End* client = nullptr;
    const handshake::End* server = nullptr;
    const Machine* client_machine = nullptr;
    const Machine* server_machine = nullptr;
};

/// Best first: what weakens nobody, then what weakens least; what needs no condition before what does. Empty with `agree`.
///
/// Each is computed from the two ends and tried: nothing is proposed that an end has already or that its release can never have.
[[nodiscard]] std::vector<Fix> fixes(const handshake::Diagnosis& diagnosis, const Ends& ends);

/// The machine as it is with the fix; with another release, that one untouched. Advice changes nothing.
[[nodiscard]] Machine with_fix(const Machine& machine, const Fix& fix);
/// The other end with a new certificate and what is asked of it; any other kind changes nothing.
[[nodiscard]] schannel::Peer with_fix(const schannel::Peer& peer, const Fix& fix);

/// Without that fix and with it, what becomes of the other peers that are known.
struct FixImpact {
    std::size_t peers = 0;      ///< that were judged: with the role opposite to the machine's
    std::size_t exposed = 0;    ///< that agree with the fix and without, where it weakens what the machine takes from everybody
    std::size_t weakened = 0;   ///< agree on something weaker than before
    std::size_t cut_off = 0;    ///< agreed, and no longer do
    std::size_t reached = 0;    ///< did not agree, and now do
};
/// `role` of the machine. Linear in the peers.
[[nodiscard]] FixImpact impact(const Machine& machine, facts::Role role, const Fix& fix, std::span<const schannel::Peer> peers);

}  // namespace schancfg::remedy
