// Reasons: why two ends cannot agree, or agree and fail nevertheless. One row each, with what to do and who says so.
//
// Ids are stable: they are in the JSON of `doctor`, and `explain` knows them. Which of them holds is for agreement and symptoms. Use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace schancfg::handshake {

/// When a handshake ends for this reason, in the order in which a handshake gets there.
enum class Stage : std::uint8_t {
    reach,         ///< before TLS: nobody answers, or no TLS
    credential,    ///< before anything is sent
    protocol,
    suite,
    key_exchange,  ///< group, length
    certificate,
    extension,     ///< renegotiation, extended master secret
    later,         ///< what the offers of both ends do not show: faults of an implementation, of a resumed session, of the application
};
[[nodiscard]] std::string_view stage_name(Stage stage);  ///< `protocol`, `key exchange`

struct Reason {
    std::string_view id;       ///< `no-common-protocol`
    Stage stage = Stage::protocol;
    std::string_view title;    ///< one line without a full stop
    std::string_view meaning;  ///< what happens, and why
    std::string_view remedy;
    std::string_view source;   ///< may name several, separated by `; `
};

/// By stage, then as the handshake meets them.
[[nodiscard]] std::span<const Reason> reasons();
/// nullptr: unknown. Without case.
[[nodiscard]] const Reason* find_reason(std::string_view id);

}  // namespace schancfg::handshake
