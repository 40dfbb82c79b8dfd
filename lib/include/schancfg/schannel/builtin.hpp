// The profiles that ship inside the program. Their text is that of profiles/*.toml.
#pragma once

#include <span>
#include <string_view>

namespace schancfg::schannel {

struct BuiltinProfile {
    std::string_view name;  ///< `best-practices`
    std::string_view text;  ///< TOML
};

/// Sorted by name.
[[nodiscard]] std::span<const BuiltinProfile> builtin_profiles();
[[nodiscard]] const BuiltinProfile* find_builtin_profile(std::string_view name);

}  // namespace schancfg::schannel
