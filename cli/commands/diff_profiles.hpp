// `diff OLD NEW`: two profiles compared, instruction by instruction, for every release that both are for.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "context.hpp"

namespace schancfg::cli {

/// Both words name profiles; reads them, compares them, writes the result. 0: nothing differs (with `--fail-on weaker`: nothing gets weaker), 1 otherwise.
[[nodiscard]] Outcome<ExitCode> diff_profiles(const Context& context, const std::string& older, const std::string& newer);

/// The profiles of `--from profile:A --to profile:B`, where they are that and no state: both are profiles, neither or both of one release. With that
/// release, if they name one.
struct ProfilePair {
    std::string older, newer;
    const facts::Release* release = nullptr;
};
[[nodiscard]] std::optional<ProfilePair> profile_pair(const std::string& from, const std::string& to);
/// The same for the release that the pair names.
[[nodiscard]] Outcome<ExitCode> diff_profiles(const Context& context, const ProfilePair& pair);

}  // namespace schancfg::cli
