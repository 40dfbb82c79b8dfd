// The registry values of fixes, spelled as profiles spell them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/facts/protocols.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::remedy {

/// Each adds to `wanted`; what it already asks for is replaced.
void want_protocol(registry::Wanted& wanted, std::string_view protocol, facts::Role role, bool enabled = true);
/// The values that `state` holds of that protocol, away.
void want_no_protocol(registry::Wanted& wanted, const registry::Tree& state, std::string_view protocol, facts::Role role);
/// `parent`: Ciphers, Hashes or KeyExchangeAlgorithms.
void want_algorithm(registry::Wanted& wanted, std::string_view parent, std::string_view name, bool enabled);
/// `exchange`: Diffie-Hellman or PKCS; `value`: ClientMinKeyBitLength, ...
void want_bits(registry::Wanted& wanted, std::string_view exchange, std::string_view value, std::uint32_t bits);
void want_no_bits(registry::Wanted& wanted, std::string_view exchange, std::string_view value);  ///< the limit removed
/// A value of the SCHANNEL key itself.
void want_number(registry::Wanted& wanted, std::string_view value, std::uint32_t number);
/// The policy list: of the local one Microsoft supports changes by its cmdlets alone (manage-tls.md). Replaces the local list as a whole.
void want_suites(registry::Wanted& wanted, const std::vector<std::string>& names);
void want_curves(registry::Wanted& wanted, const std::vector<std::string>& names);
void want_signatures(registry::Wanted& wanted, const std::vector<std::string>& names);
/// Both views.
void want_winhttp(registry::Wanted& wanted, std::uint32_t mask);
/// `version`: v2.0.50727 or v4.0.30319; both values, both views.
void want_dotnet(registry::Wanted& wanted, std::string_view version);

/// Everything that `more` asks for, in addition.
void add(registry::Wanted& wanted, const registry::Wanted& more);

/// Is it a list of names, of suites, curves or signatures?
[[nodiscard]] bool is_list(const registry::WantedValue& value);
/// Each value that is asked for, and each name of a list by itself, as text, sorted: what comes to the same is equal, in whatever order it was found.
[[nodiscard]] std::vector<std::string> spelled(const registry::Wanted& wanted);

}  // namespace schancfg::remedy
