#include "schancfg/effect/basis_rules.hpp"

#include <set>
#include <string>

#include "catch.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using effect::BasisRule;

TEST_CASE("The ids of rules stay what programs have read in the JSON", "[effect]") {
    CHECK(effect::basis_rule_id(BasisRule::none).empty());
    CHECK(effect::basis_rule_id(BasisRule::protocol_enabled_zero) == "protocol-enabled-zero");
    CHECK(effect::basis_rule_id(BasisRule::suite_list_policy) == "suite-list-policy");
    CHECK(effect::basis_rule_id(BasisRule::sha512_signatures_default) == "sha512-signatures-default");
    CHECK(effect::basis_rule_id(BasisRule::wininet_secure_protocols) == "wininet-secure-protocols");
}

TEST_CASE("Every rule has an id of its own, and every answer of an effect a rule", "[effect]") {
    std::set<std::string_view> ids;
    for (int number = 0; number <= static_cast<int>(BasisRule::wininet_secure_protocols); ++number) CHECK(ids.insert(effect::basis_rule_id(static_cast<BasisRule>(number))).second);
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        const effect::Effect found = effect::evaluate(schannel::untouched(release), release);
        for (const effect::ProtocolEffect& protocol : found.protocols) {
            for (const facts::Role role : {facts::Role::client, facts::Role::server}) {
                INFO(protocol.name);
                CHECK(protocol.of(role).basis.rule != BasisRule::none);
            }
        }
        for (const effect::SuiteEffect& suite : found.cipher_suites.listed) CHECK(suite.basis.rule == BasisRule::suite_listed);
        CHECK(found.cipher_suites.basis.rule != BasisRule::none);
    }
}
