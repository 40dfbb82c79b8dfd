// The signature algorithms that TLS 1.2 offers; SHA-512 is the one that depends on release and updates. Use from any thread.
#pragma once

#include <string>
#include <vector>

#include "schancfg/effect/layers.hpp"

namespace schancfg::effect {

struct SignaturesEffect {
    std::vector<std::string> listed;  ///< as the local list has them; empty where there is none
    Switch sha512;                    ///< off: a certificate signed with SHA-512 breaks TLS 1.2 there
};

}  // namespace schancfg::effect
