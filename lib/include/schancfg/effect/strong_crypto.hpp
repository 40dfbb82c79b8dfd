// SCH_USE_STRONG_CRYPTO: what a program that sets it, as .NET does, leaves out of the suites that the machine has. Use from any thread.
#pragma once

#include <string_view>
#include <vector>

#include "schancfg/effect/cipher_suites.hpp"

namespace schancfg::effect {

/// By the page of the release; a suite that it does not know, by its name: RC4, DES, export and NULL suites are filtered everywhere.
[[nodiscard]] facts::StrongCrypto under_strong_crypto(const SuiteEffect& entry);
/// Names of the suites that clients of the machine use by themselves and such a program does not, in the order of the list.
[[nodiscard]] std::vector<std::string_view> filtered_suites(const CipherSuitesEffect& suites);

}  // namespace schancfg::effect
