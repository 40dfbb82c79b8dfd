// Numbers and names that Schannel and its neighbours report: TLS alerts, SSPI, certificate, key storage and NTSTATUS codes, errors of WinHTTP,
// Win32, sockets and Remote Desktop, browsers' error names, Schannel events.
//
// `likely_cause` is a hint drawn from experience, not text of the source. Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace schancfg::facts {

enum class CodeKind : std::uint8_t {
    tls_alert,
    sspi_status,
    certificate_status,
    key_status,            ///< of a certificate's key and its provider (NTE_*)
    nt_status,
    winhttp_error,         ///< WinINet's have the same numbers
    win32_error,           ///< and HRESULTs that any program returns
    socket_error,
    remote_desktop_error,  ///< why the client was disconnected
    browser_error,
    event
};
[[nodiscard]] std::string_view code_kind_name(CodeKind kind);  ///< `TLS alert`, `SSPI status`, ...

/// `Code::number` of a row that has none: a browser's error name, or every alert that has no row of its own.
inline constexpr std::uint32_t no_number = 0xFFFFFFFF;

struct Code {
    CodeKind kind;
    std::uint32_t number;       ///< alert, status, Win32 error, event id or Chromium's negative number, or `no_number`
    std::string_view name;      ///< `handshake_failure`, `SEC_E_ALGORITHM_MISMATCH`; every event has the same
    std::string_view maps_to;   ///< the SSPI status that an alert becomes
    std::uint32_t status;       ///< the HRESULT; 0 where there is none
    std::string_view meaning, likely_cause, source, notes;
};

/// Alerts by number, then the kinds in the order of CodeKind.
[[nodiscard]] std::span<const Code> codes();
/// Whether `number` is one of the row's: its own, its HRESULT, an NTSTATUS made an HRESULT. An alert has its number alone.
[[nodiscard]] bool stands_for(const Code& code, std::uint32_t number);
/// By number or HRESULT. nullptr: unknown. Alerts without a row of their own get the row of all others.
[[nodiscard]] const Code* find_code(CodeKind kind, std::uint32_t number);
/// A number as logs and debuggers write it: `36888`, `0x80090331`, `0x80090331L`, `&H80090331`, `80090331h`, `80090331`, `-2146893007`,
/// `0xFFFFFFFF80090331`. Eight digits that begin as an HRESULT or NTSTATUS does are hexadecimal. Nothing: no number of 32 bits.
[[nodiscard]] std::optional<std::uint32_t> code_number(std::string_view word);
/// By name, without case; not for events, which share one.
[[nodiscard]] const Code* find_code(std::string_view name);

}  // namespace schancfg::facts
