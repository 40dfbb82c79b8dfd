// End: one of two ends, with what it offers or takes, and for a Windows machine also where each answer comes from.
//
// Made from a Peer (a scan, a file by hand) or from the effect of a state. Pure data; agreement puts two of them together. Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/effect.hpp"
#include "schancfg/schannel/peer.hpp"

namespace schancfg::handshake {

/// What asks Schannel for a connection. Layers above it choose protocols for themselves.
struct Application {
    std::string_view id;    ///< `schannel`, `schannel-cred`, `winhttp`, `wininet`, `dotnet`, `dotnet-4.7`, `dotnet-4.6.1`
    std::string_view name;  ///< `.NET Framework 4.7`
    /// For .NET: the registry version (`v4.0.30319`) and the DotnetCase::target that hold for it; else empty.
    std::string_view dotnet_version, dotnet_target;
    std::string_view source;
    std::string_view newest = {};   ///< it knows no newer protocol: `TLS 1.2` of SCHANNEL_CRED; may be empty
    bool strong_crypto = false;     ///< it sets SCH_USE_STRONG_CRYPTO whatever the registry says
};
/// `schannel` first.
[[nodiscard]] std::span<const Application> applications();
/// Without case; `dotnet-8` and `dotnet-8.0` are `dotnet`, for 5 to 10. nullptr: unknown.
[[nodiscard]] const Application* find_application(std::string_view id);

enum class EndKind : std::uint8_t {
    windows,    ///< the state of a Windows machine: what it does is computed
    seen,       ///< as a scanner saw it: it has taken these suites with the certificate that it has
    described,  ///< a file by hand
};

/// Something that an end does not have, or perhaps does not have. What it perhaps has stands in `End::peer` as well, in its place.
struct Missing {
    enum class Kind : std::uint8_t { protocol, suite, group, signature_hash };
    Kind kind = Kind::protocol;
    std::string name;           ///< `TLS 1.2`, Windows' name of the suite, `secp521r1`, `SHA512`
    std::uint32_t id = 0;       ///< of a suite
    std::string group;          ///< of a suite that carries its curve in its name: IANA's name of it
    std::string protocol;       ///< of a suite: it is perhaps missing in that one alone; empty: in all
    bool sure = true;           ///< false: sources disagree or say nothing; the answer is unknown
    bool by_service = false;    ///< Schannel has it, the service does not speak it, or nobody says so
    bool assumed = false;       ///< not sure since the state does not speak for it
    bool by_layer = false;      ///< Schannel has it, the layer above (WinHTTP, .NET) does not ask for it
    std::vector<effect::Gate> gates;    ///< of a suite: what blocks it; empty: it is not in the list
    std::vector<effect::Origin> origins;  ///< of what takes it away, one a gate (the list's where there is none)
    std::string_view note;      ///< may be empty
    std::string_view source, alternative_source;
};

/// A limit in bits: what is below `refused_below` is refused, what is at least `taken_from` is taken, between them nobody knows.
struct BitsTaken {
    int refused_below = 0;
    int taken_from = 0;  ///< 0: all are taken
    bool read = true;    ///< false: the state does not speak for the limit, so that any length may be refused
    effect::Origin origin;
    std::string_view note, source;
    bool longest_sure = true;  ///< false: whether lengths above the peer's longest (of any length, where it names none) are refused is not documented
    [[nodiscard]] schannel::Answer takes(int bits) const;  ///< 0 bits: unknown, unless all are taken
};

struct End {
    /// For when the dates of its certificates are judged, in seconds since 1970; nullopt: they are not. The library never asks a clock.
    std::optional<std::int64_t> looked_at;
    std::string label;   ///< for people: `windows-server-2022`, `printer:443`, the file's name. Hostile text: escape it
    EndKind kind = EndKind::described;
    schannel::Peer peer; ///< what it offers or takes; with kind `windows` in the order of its own list

    // Only with kind `windows`:
    const facts::Release* release = nullptr;
    const Application* application = nullptr;
    const facts::Service* service = nullptr;    ///< nullptr: not known which, so Schannel decides
    bool application_known = false;     ///< somebody said what connects; else the choice of protocols is taken to be Schannel's
    effect::View view = effect::View::bits64;
    std::vector<Missing> missing;       ///< protocols, suites, groups, hashes; each kind in the order of its table
    std::vector<effect::LayerProtocol> asked;   ///< what the layer asks for; empty with `schannel`
    effect::Basis asked_basis;                  ///< why it asks for these
    BitsTaken dh, rsa;                  ///< of the client role: what it takes from a server
    effect::Basis suite_list, curve_list;       ///< which lists rule
    effect::Renegotiation renegotiation = effect::Renegotiation::compatible;  ///< strict: refuses ends without RFC 5746
    effect::Basis renegotiation_basis;
    effect::Basis extended_master_secret_basis;
    std::optional<std::uint32_t> ticket_lifetime_ms;   ///< of the server role: how long its session tickets live (ServerCacheTime); nullopt: not known
    /// TLS 1.3 is switched on in the registry of a release that does not have it: whether connections that could use it fail is not known.
    bool early_tls13 = false;
    std::vector<effect::Area> assumed;  ///< what its state does not speak for; empty: it is whole
    bool dhe_fault = false;             ///< about one TLS_DHE handshake in 256 fails here

    [[nodiscard]] facts::Role role() const { return peer.role; }
    [[nodiscard]] const Missing* find_missing(Missing::Kind kind, std::string_view name) const;
};

struct EndOptions {
    std::string label;                          ///< empty: the release's id
    const Application* application = nullptr;   ///< nullptr: `schannel`. Servers have none above Schannel
    effect::View view = effect::View::bits64;                   ///< of the application
    /// Protocols that the application names in its code: then these and no others. Empty: it leaves the choice to the layer.
    std::vector<std::string> named_protocols;
    const facts::Service* service = nullptr;    ///< for the role that it has, else it counts for nothing
    std::vector<schannel::PeerCertificate> certificates;  ///< its own: no registry says which
};

/// What the machine with that effect offers (client) or takes (server).
[[nodiscard]] End make_end(const effect::Effect& effect, facts::Role role, const EndOptions& options = {});
/// A peer as it is. A peer that names the tool that saw it is `seen`, any other `described`.
[[nodiscard]] End make_end(schannel::Peer peer, std::string label = {});

}  // namespace schancfg::handshake
