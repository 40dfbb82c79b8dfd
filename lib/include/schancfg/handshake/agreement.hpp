// Agreement: whether a client and a server come to a TLS connection, on what, or which is the first thing that they cannot agree on.
//
// The handshake is played through as TLS does it: the highest common protocol; then the suite that the server picks, by its own order
// or the client's; then group and length, certificate, extensions. Nothing is guessed: an answer that would need to know more is
// `unknown` and says what to find out. Use from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/handshake/end.hpp"
#include "schancfg/handshake/reasons.hpp"

namespace schancfg::handshake {

enum class Verdict : std::uint8_t { agree, disagree, unknown };
[[nodiscard]] std::string_view verdict_name(Verdict verdict);  ///< `agree`, `disagree`, `unknown`

/// What no offer shows and nobody looked at: a connection can fail of it although the two agree.
enum class Unchecked : std::uint8_t { trust, name, dates, revocation, program };
[[nodiscard]] std::string_view unchecked_name(Unchecked what);  ///< `trust`, `name`, `dates`, `revocation`, `program`

enum class Side : std::uint8_t { client, server, both };
[[nodiscard]] std::string_view side_name(Side side);  ///< `client`, `server`, `both`

/// What the handshake comes to. Empty or 0: not known, or (group with static RSA) there is none.
struct Handshake {
    std::string protocol;      ///< `TLS 1.2`
    std::uint32_t suite = 0;   ///< IANA id; 0: more than one is possible, see `Agreement::candidates`
    std::string suite_name;    ///< IANA's
    std::string windows_name;  ///< Windows' where it is not IANA's (`..._P256`); else empty
    std::string group;         ///< IANA's name; empty also where several are possible
    int bits = 0;              ///< of the group or of the DH prime
    std::string signature;     ///< of the key exchange: `RSA`, `ECDSA`, with ` with SHA256` where only one hash is possible
    bool operator==(const Handshake&) const = default;
};

/// One aspect, as each end has it.
struct Evidence {
    std::string aspect;          ///< `protocols`, `cipher suites of TLS 1.2`, `Diffie-Hellman`, `certificate`, ...
    std::string client, server;  ///< what it has; hostile text where the end comes from a file
    std::string client_origin, server_origin;  ///< which value, policy or default says so; empty where nothing is to blame
    bool decides = false;        ///< the reason rests on this line
};

/// What has to be known before there is an answer.
struct Question {
    Side side = Side::server;
    std::string text;     ///< one sentence
    std::string command;  ///< that answers it, for a POSIX shell or cmd; empty: there is none
};

/// One thing on one end that takes away what the other end has: a protocol, a gate, a name that a list does not hold.
struct Blocker {
    Side side = Side::client;
    Missing missing;      ///< what is missing there; of a suite with the one gate, or none where it is not listed
    std::vector<std::string> suites;  ///< all the suites that this takes away and the other end has, best first
    bool alone = false;   ///< were this not in the way, the two would agree
};

struct Agreement {
    Verdict verdict = Verdict::unknown;
    Handshake handshake;                 ///< as far as the handshake got
    std::vector<Handshake> candidates;   ///< where the server's order, or its certificate, is not known: all that are possible, likelier first
    const Reason* reason = nullptr;      ///< disagree: why; unknown: what perhaps fails. nullptr with agree
    std::string message;                 ///< one line without a full stop; hostile names escaped
    Side at_fault = Side::both;          ///< the end that lacks it, where one does
    std::vector<Evidence> evidence;      ///< in the order of the handshake
    std::vector<Blocker> blockers;       ///< of Windows machines: nearest to a solution first; empty with agree
    std::vector<Question> questions;     ///< of `unknown`; else empty
    /// What nobody looked at and was taken to be no obstacle: `the server's certificate is not known`.
    std::vector<std::string> provided;
    std::vector<effect::Area> assumed;   ///< of `diagnose_partly`: what the states do not speak for, in the order of the enumeration
    std::vector<Unchecked> not_checked;  ///< in their order; empty with disagree
    /// They agree, but not every time: `extended-master-secret`, `dhe-leading-zero`.
    std::vector<const Reason*> now_and_then;
};

/// `client` must have the role client and `server` the role server.
[[nodiscard]] Agreement agree(const End& client, const End& server);

/// The answer alone, without evidence, blockers, questions and message: for many peers.
[[nodiscard]] Agreement agree_briefly(const End& client, const End& server);

}  // namespace schancfg::handshake
