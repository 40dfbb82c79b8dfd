// The shipped profiles that a test goes through.
#pragma once

#include <cstddef>
#include <vector>

#include "schancfg/schannel/builtin.hpp"

namespace schancfg::test {

/// All of them; under the sanitizers, which look at memory and take ten times as long, every fourth. The other builds look at what holds.
inline std::vector<schannel::BuiltinProfile> shipped_profiles() {
#ifdef __SANITIZE_ADDRESS__
    constexpr std::size_t step = 4;
#else
    constexpr std::size_t step = 1;
#endif
    std::vector<schannel::BuiltinProfile> out;
    const auto& all = schannel::builtin_profiles();
    for (std::size_t i = 0; i < all.size(); i += step) out.push_back(all[i]);
    return out;
}

}  // namespace schancfg::test
