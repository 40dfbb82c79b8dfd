// How many states a law looks at.
#pragma once

#include <algorithm>
#include <cstdlib>

namespace schancfg::test {

/// SCHANCFG_LAW_STATES, else `otherwise`: of laws whose states take long to judge. `cmake/deep.sh laws` asks for 10,000.
inline int slow_law_states(int otherwise) {
    const char* wanted = std::getenv("SCHANCFG_LAW_STATES");
    return wanted == nullptr ? otherwise : std::max(otherwise, std::atoi(wanted));
}

/// SCHANCFG_LAW_STATES, else at least 10,000 in optimized builds, else `otherwise`.
inline int law_states(int otherwise) {
    if (const char* wanted = std::getenv("SCHANCFG_LAW_STATES")) return std::atoi(wanted);
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
    constexpr int in_optimized_builds = 10000;
    return std::max(otherwise, in_optimized_builds);
#else
    return otherwise;
#endif
}

/// How many of `all` rounds a law has: an eighth under the sanitizers, which look at memory and take ten times as long. The other builds look at what holds.
template <typename Number>
constexpr Number rounds(Number all) {
#ifdef __SANITIZE_ADDRESS__
    return (all + 7) / 8;
#else
    return all;
#endif
}

}  // namespace schancfg::test
