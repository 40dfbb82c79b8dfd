// Every TLS related registry value that a source names: type, range, default, releases, confidence, source.
//
// The row says what a value is. Whether a profile may set it is decided by schannel/managed.hpp from section and
// confidence. Rows keep the tables' wording; `key` may hold placeholders such as `<name>` or `{Client,Server}`. Constant tables; use from any thread.
#pragma once

#include <span>
#include <string_view>

#include "schancfg/facts/protocols.hpp"

namespace schancfg::facts {

struct RegistryValue {
    std::string_view section;  ///< schannel-root, schannel-messaging, protocols, ciphers, hashes, kex, cng-local, ...
    std::string_view hive;     ///< HKLM or HKCU
    std::string_view key;      ///< below the hive
    std::string_view name;     ///< value name, or several with ` / ` between
    std::string_view type;     ///< `REG_DWORD`, or empty
    std::string_view allowed, default_when_absent, meaning, applies_to;
    std::string_view requires_reboot;  ///< y, n, conflict, unknown, ...
    Confidence confidence;
    std::string_view source, notes;
};

[[nodiscard]] std::span<const RegistryValue> registry_values();

}  // namespace schancfg::facts
