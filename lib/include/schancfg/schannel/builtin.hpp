// The profiles that ship inside the program. Their text is that of profiles/*.toml. Use from any thread.
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
/// Without separator and extension, or one of ours (`cnsa-1.0`): a word that means a shipped profile, so that no local file can take its place.
[[nodiscard]] bool is_builtin_name(std::string_view word);
/// nullptr: there is none of that name.
[[nodiscard]] const BuiltinProfile* find_builtin_profile(std::string_view name);

}  // namespace schancfg::schannel
