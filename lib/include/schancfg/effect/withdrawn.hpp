// Withdrawn: what a role offers before a change and does not offer after it. A connection that is open may be one that rests on it.
//
// Asks the joined effect (reach.hpp). Pure; safe from several threads.
#pragma once

#include <string>
#include <vector>

#include "schancfg/effect/effect.hpp"

namespace schancfg::effect {

/// `TLS 1.2`; of what the remaining versions have: a cipher suite by name (more than three: `5 cipher suites`), a group by IANA's name, and
/// `Diffie-Hellman groups below 2048 bits`, `RSA keys below 2048 bits`. In this order; empty: nothing.
[[nodiscard]] std::vector<std::string> withdrawn(const Effect& before, const Effect& after, facts::Role role);

}  // namespace schancfg::effect
