// What the services of a machine get: what each protocol comes to in Schannel (see reach.hpp), narrowed by what the service itself speaks.
//
// One answer for `status`, alarms, lint and doctor. A service of which nothing is documented neither has TLS 1.3 nor lacks it. Use from any thread.
#pragma once

#include <string_view>
#include <vector>

#include "schancfg/effect/basis.hpp"
#include "schancfg/effect/reach.hpp"
#include "schancfg/facts/services.hpp"

namespace schancfg::effect {

/// One TLS version, as a service gets it.
struct ServiceProtocol {
    std::string_view name;                      ///< `TLS 1.2`
    facts::Speaks service = facts::Speaks::yes; ///< as far as the service goes
    bool service_sure = true;                   ///< false: `service` is the answer without an update that may be there
    Answer works = Answer::no;                  ///< Schannel and the service together
    bool likely = false;                        ///< the best supported answer is that it works
    bool on_request = false;                    ///< unknown since Schannel has it on request only, and nobody says whether the service names it
    bool assumed = false;                       ///< unknown for no other reason than that a part was not read
    bool operator==(const ServiceProtocol&) const = default;
};

struct ServiceEffect {
    const facts::Service* service = nullptr;
    const facts::ServiceReach* row = nullptr;   ///< what is known of it on the release
    std::vector<ServiceProtocol> protocols;     ///< TLS 1.0 to 1.3, oldest first
    Answer left = Answer::no;                   ///< does any work?
    bool reachable = true;                      ///< the best supported answer to that; `basis` says how sure
    Basis basis;

    [[nodiscard]] const ServiceProtocol* find(std::string_view protocol) const;  ///< nullptr: not of TLS 1.0 to 1.3
};
/// What the service itself speaks, updates counted: `has_update` yes, no, or unknown. Where that is not known the second is false, and the
/// first is the answer without it.
[[nodiscard]] facts::Speaks spoken(const facts::ServiceReach& row, std::string_view protocol, Answer has_update, bool& sure);

}  // namespace schancfg::effect
