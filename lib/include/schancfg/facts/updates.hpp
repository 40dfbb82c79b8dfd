// Updates and articles of Microsoft's knowledge base that change a default or a gate, or that the facts rest on. Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schancfg/facts/protocols.hpp"

namespace schancfg::facts {

struct Update {
    std::string_view id;          ///< `KB3080079`; `MS14-066` where only the bulletin is named
    std::string_view also;        ///< bulletin or other number; may be empty
    bool article = false;         ///< explains, and installs nothing
    std::string_view subject;     ///< protocols, cipher suites, ciphers, key exchange, winhttp, dotnet, rdp, ...
    std::span<const std::string_view> releases;  ///< ids it is for; empty: the sources name none
    std::string_view applies_to;  ///< as the sources say it
    std::string_view changes;
    std::string_view build;       ///< build and revision that carries it, `14393.3542`; empty: not known
    Confidence confidence;
    std::string_view source;
};

/// In the order of their numbers.
[[nodiscard]] std::span<const Update> updates();
/// By `id` or `also`, without case, with or without `KB`.
[[nodiscard]] const Update* find_update(std::string_view word);
[[nodiscard]] bool is_for(const Update& update, const Release& release);

}  // namespace schancfg::facts
