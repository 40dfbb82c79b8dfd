// Protocols that SCHANNEL\Protocols can name, and what each Windows release does with each by default. Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schancfg/facts/releases.hpp"

namespace schancfg::facts {

enum class Role : std::uint8_t { client, server };
[[nodiscard]] std::string_view role_name(Role role);   ///< `client`
[[nodiscard]] std::string_view role_key(Role role);    ///< `Client`, the registry key

struct Protocol {
    std::string_view name;         ///< Windows' spelling, also the key: `TLS 1.2`
    std::uint32_t client_bit = 0;  ///< SP_PROT_*_CLIENT; 0 where there is none
    std::uint32_t server_bit = 0;
    std::string_view source;
};

/// In the order oldest to newest, DTLS last, then Multi-Protocol Unified Hello.
[[nodiscard]] std::span<const Protocol> protocols();
[[nodiscard]] const Protocol* find_protocol(std::string_view name);  ///< without case

enum class DefaultState : std::uint8_t { on, on_request, off, not_supported, uncertain };
/// `on`, `on-request`, `off`, `not-supported`, `uncertain`.
[[nodiscard]] std::string_view state_name(DefaultState state);
enum class Confidence : std::uint8_t {
    documented,
    secondary,
    observed,
    folklore,
    negative,
    third_party_only,
    conflict,
    derived,
    inferred_from_neighbour,
    undocumented,
};
[[nodiscard]] std::string_view confidence_name(Confidence confidence);

/// Stands for every release in `ProtocolDefault::release`.
inline constexpr std::string_view every_release = "all";

struct ProtocolDefault {
    std::string_view release;   ///< id, or `every_release`
    Role role;
    std::string_view protocol;  ///< name
    DefaultState state;         ///< the best supported answer
    Confidence confidence;
    std::string_view change;    ///< update that changed it, or what to note; may be empty
    std::string_view alternative;         ///< what the other source says, as a state's name; empty where none does
    std::string_view alternative_source;
    std::string_view source;
    /// What `source` itself says; differs from `state` where neighbours fill a gap or sources conflict.
    DefaultState stated;
};

/// nullptr when the tables have no row.
[[nodiscard]] const ProtocolDefault* protocol_default(const Release& release, Role role, std::string_view protocol);
[[nodiscard]] std::span<const ProtocolDefault> protocol_defaults();

}  // namespace schancfg::facts
