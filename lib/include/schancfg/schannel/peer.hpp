// Peer: what the other end of a connection offers or accepts, as a scan, a vendor's manual or its own settings say it.
//
// Nothing is filled in: what was not tested is unknown, and stays so. Names are Windows' for protocols, IANA's for suites and groups. Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/facts/protocols.hpp"

namespace schancfg::schannel {

enum class Answer : std::uint8_t { no, yes, unknown };
[[nodiscard]] std::string_view answer_name(Answer answer);  ///< `no`, `yes`, `unknown`

/// Who picks the suite among the common ones.
enum class Preference : std::uint8_t { unknown, server, client };

struct PeerProtocol {
    std::string name;  ///< `TLS 1.2`
    Answer offered = Answer::unknown;
    Preference preference = Preference::unknown;
    /// Are `Peer::suites` of this protocol all that the end takes? no: others may be taken too.
    bool suites_complete = false;
};

struct PeerSuite {
    std::string protocol;    ///< `TLS 1.2`; empty: any protocol that can carry the suite
    std::uint32_t id = 0;    ///< IANA id; SSL 2.0 kinds have 24 bits; 0: the name is unknown to us
    std::string name;        ///< IANA's, or, where that is not known, as the file spells it
    std::string group;       ///< the group of the handshake that was seen, `secp256r1`, `ffdhe2048`; empty: none seen, or custom DH
    int dh_bits = 0;         ///< size of the finite-field group that was seen, in bits; 0: none or not known
};

struct PeerCertificate {
    std::string key_type;        ///< `RSA`, `ECDSA`, `DSA`; empty: unknown
    int key_bits = 0;            ///< 0: unknown
    std::string curve;           ///< IANA's name; empty: none or unknown
    std::string signature_hash;  ///< `SHA512`, `SHA256`, `SHA1`, `MD5`; empty: unknown
    std::string signature_key;   ///< `RSA`, `RSA-PSS`, `ECDSA`, `DSA`: the issuer's; empty: unknown
    std::string subject;         ///< as the file says it: hostile text; may be empty
    std::optional<std::int64_t> valid_from = {}, valid_until = {};  ///< seconds since 1970 in UTC; nullopt: unknown
};

struct Peer {
    facts::Role role = facts::Role::server;
    std::string host;                       ///< name or address; hostile text
    std::string ip;                         ///< the address behind `host`, where the file says both
    std::optional<std::uint16_t> port;
    std::string tool, tool_version, time;   ///< `nmap`, `7.93`, as the file says; empty: none
    std::optional<std::int64_t> seen_at;    ///< `time` in seconds since 1970, as UTC; nullopt: none, or in a form that nobody knows
    bool tls_answered = true;               ///< false: the port was looked at and no handshake was seen: neither yes nor no
    bool complete = true;                   ///< false: the scan was interrupted
    std::vector<PeerProtocol> protocols;    ///< SSL 2.0 to TLS 1.3, each once, oldest first
    std::vector<PeerSuite> suites;          ///< by protocol, oldest first; in preference order where somebody prefers
    std::vector<std::string> groups;        ///< named groups it is known to take, in preference order where it has one
    bool groups_complete = false;           ///< `groups` is all that it takes
    /// For TLS_DHE: the sizes it takes (a client) or gives (a server), in bits; 0: unknown.
    int dh_min_bits = 0, dh_max_bits = 0;
    /// RSA keys of the other end's certificate that it takes, in bits; 0: unknown.
    int rsa_min_bits = 0, rsa_max_bits = 0;
    std::vector<PeerCertificate> certificates;   ///< its own
    /// Hashes of certificate and handshake signatures that it can verify; with `signature_hashes_complete`, no others.
    std::vector<std::string> signature_hashes;
    bool signature_hashes_complete = false;
    /// What it can sign a handshake with: `RSA+SHA256`, `RSA-PSS+SHA256`, `ECDSA+SHA384`, `DSA+SHA1`, `ED25519`; empty: unknown.
    std::vector<std::string> handshake_signatures;
    bool handshake_signatures_complete = false;  ///< `handshake_signatures` is all of them
    Answer secure_renegotiation = Answer::unknown;
    Answer extended_master_secret = Answer::unknown;
    std::string notes;                      ///< what the writer of a peer file adds; hostile text
    std::vector<std::string> not_tested;    ///< in words: what the file does not say and a verdict may need

    [[nodiscard]] const PeerProtocol* protocol(std::string_view name) const;  ///< without case
    [[nodiscard]] std::string address() const;  ///< `host:port`, `[::1]:443`, `host`; unescaped
};

/// A peer of which nothing is known: all protocols unknown.
[[nodiscard]] Peer unknown_peer(facts::Role role);

}  // namespace schancfg::schannel
