// The single switches and numbers of Schannel: renegotiation, caches, extended master secret, logging, message limits. Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "schancfg/effect/basis.hpp"

namespace schancfg::effect {

enum class Renegotiation : std::uint8_t { compatible, strict };
[[nodiscard]] std::string_view renegotiation_name(Renegotiation mode);

struct RenegotiationEffect {
    /// Client role: does it accept servers without RFC 5746 (AllowInsecureRenegoServers)?
    Renegotiation client = Renegotiation::compatible;
    /// Server role: does it accept clients without RFC 5746 (AllowInsecureRenegoClients)?
    Renegotiation server = Renegotiation::compatible;
    bool client_allowed = true, server_allowed = true;  ///< DisableRenegoOnClient, DisableRenegoOnServer
    Basis client_basis, server_basis, client_allowed_basis, server_allowed_basis;
};

/// What the number of a setting counts.
enum class SettingUnit : std::uint8_t {
    number,
    milliseconds,            ///< 0: off
    bytes,                   ///< of a message limit; 0: no fragmented messages
    elements,
    yes_no,                  ///< 0: no
    extended_master_secret,  ///< 0: on
    events,                  ///< bits: 1 errors, 2 warnings, 4 information
    hex,                     ///< bits
};

struct SettingEffect {
    std::string_view name;   ///< as profiles spell it: `client_cache_time`
    std::string_view value;  ///< the registry value: `ClientCacheTime`
    std::optional<std::uint32_t> number;  ///< nullopt: not set, and no default is documented
    SettingUnit unit = SettingUnit::number;
    Basis basis;
};

}  // namespace schancfg::effect
