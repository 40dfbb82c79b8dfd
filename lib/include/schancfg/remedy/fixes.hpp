// Fixes: for a disagreement the smallest changes that fix it, side by side with their price.
//
// What is honest comes first: a new certificate, an update, an upgrade of the other end. Registry changes come as a Wanted, which
// codec::encode_profile turns into TOML. Each fix with values, updates or protocols can be tried: with it, asking again gives `agree`.
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
    advice,       ///< something to do elsewhere: it cannot be tried here
    update,       ///< install `updates`
    application,  ///< the application's own protocols: `protocols`
    certificate,  ///< a certificate like `certificate`
    profile,      ///< registry values: `wanted`, and `updates` that they need
};
[[nodiscard]] std::string_view fix_kind_name(FixKind kind);  ///< `advice`, `update`, `application`, `certificate`, `profile`

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

/// Best first: what weakens nobody, then what weakens least. Empty with `agree`.
[[nodiscard]] std::vector<Fix> fixes(const handshake::Diagnosis& diagnosis, const Ends& ends);

/// The machine as it is with the fix (of the kinds update, application, certificate, profile). Advice changes nothing.
[[nodiscard]] Machine with_fix(const Machine& machine, const Fix& fix);
/// The other end with a new certificate; any other kind changes nothing.
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
