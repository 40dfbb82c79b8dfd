#pragma once

namespace schancfg::test {

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
