// Registry values that an untouched installation holds, besides the lists of suites and curves.
//
// A row says that the value is there, not what Windows does when it is absent; for that see registry_values.hpp and
// protocols.hpp. The lists follow from suites_of and curves_of. Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schancfg/facts/protocols.hpp"

namespace schancfg::facts {

enum class InstalledOn : std::uint8_t { everywhere, clients };

struct InstalledValue {
    std::string_view from, to;  ///< ids of the first and last release that hold it, by build; empty: no limit
    std::string_view key;       ///< below HKLM
    std::string_view name;
    std::uint32_t number = 0;                   ///< of a REG_DWORD, when `strings` is empty
    std::span<const std::string_view> strings;  ///< of a REG_MULTI_SZ
    Confidence confidence;
    std::string_view source;
    InstalledOn on = InstalledOn::everywhere;  ///< clients: seen on clients alone; what servers hold is not known
};

[[nodiscard]] std::span<const InstalledValue> installed_values();
/// Does an untouched installation of that release hold it?
[[nodiscard]] bool holds(const Release& release, const InstalledValue& value);

}  // namespace schancfg::facts
