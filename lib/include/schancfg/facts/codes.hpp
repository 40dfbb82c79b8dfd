// Numbers and names that Schannel and its neighbours report: TLS alerts, SSPI and certificate status codes, WinHTTP and socket errors,
// browsers' error names, Schannel events.
//
// `likely_cause` is a hint drawn from experience, not text of the source. Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace schancfg::facts {

enum class CodeKind : std::uint8_t { tls_alert, sspi_status, certificate_status, winhttp_error, socket_error, browser_error, event };
[[nodiscard]] std::string_view code_kind_name(CodeKind kind);  ///< `TLS alert`, `SSPI status`, ...

/// `Code::number` of a row that has none: a browser's error name, or every alert that has no row of its own.
inline constexpr std::uint32_t no_number = 0xFFFFFFFF;

struct Code {
    CodeKind kind;
    std::uint32_t number;       ///< alert, status, Win32 error or event id, or `no_number`
    std::string_view name;      ///< `handshake_failure`, `SEC_E_ALGORITHM_MISMATCH`; every event has the same
    std::string_view maps_to;   ///< the SSPI status that an alert becomes
    std::uint32_t status;       ///< the HRESULT; 0 where there is none
    std::string_view meaning, likely_cause, source, notes;
};

/// Alerts by number, then statuses, certificate statuses, WinHTTP errors, socket errors, browser errors, events.
[[nodiscard]] std::span<const Code> codes();
/// By number or HRESULT. nullptr: unknown. Alerts without a row of their own get the row of all others.
[[nodiscard]] const Code* find_code(CodeKind kind, std::uint32_t number);
/// By name, without case; not for events, which share one.
[[nodiscard]] const Code* find_code(std::string_view name);

}  // namespace schancfg::facts
