// Layers that choose protocols for themselves before Schannel has its say: WinHTTP, .NET Framework, FIPS mode. Use from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/basis.hpp"
#include "schancfg/effect/protocols.hpp"
#include "schancfg/effect/reach.hpp"

namespace schancfg::effect {

enum class View : std::uint8_t { bits64, bits32 };
[[nodiscard]] std::string_view view_name(View view);  ///< `view64`, `view32`, as profiles spell them

/// One protocol that a layer asks Schannel for, and what becomes of it in Schannel's client role, suites and all.
struct LayerProtocol {
    std::string_view name;
    ProtocolState schannel = ProtocolState::uncertain;  ///< by the switches alone
    Answer works = Answer::unknown;  ///< for who names it, as a layer does; unknown also where the best supported answer is yes
    bool suites = true;              ///< false: the switch has it on and no suite of it is left
    Basis basis = {};                ///< of what becomes of it
    /// The best supported answer.
    [[nodiscard]] bool usable() const { return suites && (schannel == ProtocolState::on || schannel == ProtocolState::on_request); }
    bool operator==(const LayerProtocol&) const = default;
};

/// What WinHTTP offers for applications that do not choose: the mask, and of it what Schannel lets through.
struct WinHttpEffect {
    View view = View::bits64;
    std::uint32_t mask = 0;
    std::vector<LayerProtocol> protocols;  ///< of the mask, oldest first
    Basis basis;  ///< of the mask; whether Schannel has its protocols is said by each of them
};

struct Switch {
    bool on = false;
    Basis basis;
    bool operator==(const Switch&) const = default;
};

/// What a client application gets that does not choose protocols in its code.
struct DotnetCase {
    std::string_view target;  ///< `4.7 and later`, `4.6 to 4.6.2`, `before 4.6`; for 2.0.50727 `3.5`
    Switch strong_crypto, system_default_tls_versions;
    std::vector<LayerProtocol> protocols;
    /// Suites that such a program offers, and that SCH_USE_STRONG_CRYPTO would take away (effect/strong_crypto.hpp). Empty with strong crypto.
    std::vector<std::string> weak_suites;
    Basis basis;              ///< of what it asks for; whether Schannel has it is said by each of `protocols`
};

/// What is left of them is as certain as what asks for them and each of them; with the sources of both.
[[nodiscard]] Basis joined(Basis asked, const std::vector<LayerProtocol>& protocols);
/// Is SCH_USE_STRONG_CRYPTO set by such a program? 3.5 sets it only where its code names TLS versions.
[[nodiscard]] bool uses_strong_crypto(const DotnetCase& each);
/// Does any of them work? unknown: none for sure, and at least one perhaps.
[[nodiscard]] Answer any_works(const std::vector<LayerProtocol>& protocols);

/// Client side only; a protocol named in code wins over both values.
struct DotnetEffect {
    std::string_view version;  ///< `v2.0.50727`, `v4.0.30319`
    View view = View::bits64;
    /// The value where the registry holds one; else what depends on the application (see `cases`) is given as the default off.
    Switch strong_crypto, system_default_tls_versions;
    std::vector<DotnetCase> cases;
};

}  // namespace schancfg::effect
