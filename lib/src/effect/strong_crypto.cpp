#include "schancfg/effect/strong_crypto.hpp"

namespace schancfg::effect {

facts::StrongCrypto under_strong_crypto(const SuiteEffect& entry) {
    if (entry.of_release != nullptr) return facts::under_strong_crypto(*entry.of_release);
    facts::ReleaseSuite by_name;
    by_name.suite = entry.suite != nullptr ? entry.suite->name : std::string_view(entry.name);
    return facts::under_strong_crypto(by_name);
}

std::vector<std::string_view> filtered_suites(const CipherSuitesEffect& suites) {
    std::vector<std::string_view> names;
    for (const SuiteEffect& entry : suites.listed) {
        if (entry.use(facts::Role::client) == SuiteUse::yes && under_strong_crypto(entry) == facts::StrongCrypto::filtered) names.emplace_back(entry.name);
    }
    return names;
}

}  // namespace schancfg::effect
