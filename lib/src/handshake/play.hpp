// The handshake between two offers, played through: every outcome that what is known leaves open.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "handshake/offer.hpp"
#include "schancfg/handshake/agreement.hpp"

namespace schancfg::handshake {

/// What an unknown outcome hangs on; agreement_questions says how to find it out.
enum class Doubt : std::uint8_t { none, protocols, suites, groups, dh_length, certificate_kind, certificate_length, signature_hash, version_hole, renegotiation };

struct VersionOutcome {
    Verdict verdict = Verdict::agree;
    const Reason* reason = nullptr;
    Side at_fault = Side::both;
    Doubt doubt = Doubt::none;
    Handshake handshake;
    std::size_t version = tls_versions.size();
    Authentication authentication = Authentication::any;  ///< of the certificate that was supposed, where the server's is not known
    int bits = 0, limit = 0;      ///< of a length that is refused, and the least (or most) that is taken
    std::string word;             ///< a hash, a curve, a version
    bool nothing_sure = false;    ///< it stands for the case that of all that is perhaps common nothing is
};

struct Played {
    std::vector<VersionOutcome> outcomes;  ///< newest protocol first, within it likelier first; never empty
    bool contested_version = false;  ///< it is not sure that the newest of the versions is spoken
    bool by_standard = false;       ///< of TLS 1.3 only what RFC 8446, 9.1 demands of everybody is known
    bool supposed_certificate = false;  ///< outcomes differ by the kind of the server's certificate
    bool supposed_ecdsa = false;    ///< the server's suites are for an ECDSA key alone, and nothing says that it has one
    bool supposed_rsa = false;      ///< with an ECDSA key they would not agree, and outcomes that say so are left out
};

[[nodiscard]] Played play(const Offer& client, const Offer& server);
/// The outcome that the verdict rests on; outcomes.end() where all agree.
[[nodiscard]] std::vector<VersionOutcome>::const_iterator decisive(const Played& played);
/// agree or disagree where all outcomes do, else unknown.
[[nodiscard]] Agreement conclude(const Played& played);

/// A length in bits that the server would give for TLS_DHE with that suite; both 0: unknown.
struct DhLength {
    int least = 0, most = 0;
};
[[nodiscard]] DhLength dh_length(const Offer& server, const OfferedSuite& suite);

/// The groups that both ends take.
struct CommonGroup {
    Answer answer = Answer::no;
    std::string_view name;   ///< where only one can come out
    bool by_standard = false;
};
[[nodiscard]] CommonGroup common_group(const Offer& client, const Offer& server, std::size_t version, const OfferedSuite& of_server);

/// What the client (or the server) finds in the other's certificate and extensions once the suite is picked: `outcome` as it comes in is
/// agree; the first thing that does not hold is put into it.
void check_length(const Offer& client, const Offer& server, const OfferedSuite& suite, VersionOutcome& outcome);
void check_certificate(const Offer& client, const Offer& server, const OfferedSuite& suite, VersionOutcome& outcome);
void check_extensions(const Offer& client, const Offer& server, VersionOutcome& outcome);
/// IANA's name of the curve of an ECDSA key; empty: unknown, or another kind of key.
[[nodiscard]] std::string_view certificate_curve(const schannel::PeerCertificate& certificate);
/// Is it a certificate that serves suites with that authentication?
[[nodiscard]] bool serves(const schannel::PeerCertificate& certificate, Authentication authentication);

}  // namespace schancfg::handshake
