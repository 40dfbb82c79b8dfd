#include "schancfg/effect/settings.hpp"

#include <algorithm>

#include "catch.hpp"
#include "schancfg/effect/effect.hpp"

using namespace schancfg;
using effect::Effect;
using effect::Renegotiation;
using effect::SettingEffect;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath schannel_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

Effect on(std::string_view release, const Tree& tree, effect::Circumstances circumstances = {}) {
    return effect::evaluate(tree, *facts::find_release(release), circumstances);
}

Tree with(std::string_view name, Value value, std::string_view below = {}) {
    Tree tree;
    tree.set_value(below.empty() ? schannel_key : schannel_key.below(below), name, std::move(value));
    return tree;
}

const SettingEffect* find(const Effect& effect, std::string_view name) {
    const auto found = std::ranges::find(effect.settings, name, &SettingEffect::name);
    return found == effect.settings.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("AllowInsecureRenegoServers is the client's question, AllowInsecureRenegoClients the server's", "[effect]") {
    // KB980436: 0 is strict; absent or any other number is compatible.
    CHECK(on("2019", {}).renegotiation.client == Renegotiation::compatible);
    CHECK(on("2019", {}).renegotiation.server == Renegotiation::compatible);
    const Effect client = on("2019", with("AllowInsecureRenegoServers", Value::dword(0)));
    CHECK(client.renegotiation.client == Renegotiation::strict);
    CHECK(client.renegotiation.server == Renegotiation::compatible);
    const Effect server = on("2019", with("AllowInsecureRenegoClients", Value::dword(0)));
    CHECK(server.renegotiation.client == Renegotiation::compatible);
    CHECK(server.renegotiation.server == Renegotiation::strict);
    CHECK(on("2019", with("AllowInsecureRenegoClients", Value::dword(7))).renegotiation.server == Renegotiation::compatible);
}

TEST_CASE("DisableRenegoOnClient and DisableRenegoOnServer turn renegotiation off for their own role", "[effect]") {
    const Effect client = on("2019", with("DisableRenegoOnClient", Value::dword(1)));
    CHECK_FALSE(client.renegotiation.client_allowed);
    CHECK(client.renegotiation.server_allowed);
    const Effect server = on("2019", with("DisableRenegoOnServer", Value::dword(1)));
    CHECK(server.renegotiation.client_allowed);
    CHECK_FALSE(server.renegotiation.server_allowed);
    CHECK(on("2019", with("DisableRenegoOnServer", Value::dword(0))).renegotiation.server_allowed);
}

TEST_CASE("A value of another type leaves the default, and that is not certain", "[effect]") {
    const Effect effect = on("2019", with("AllowInsecureRenegoClients", Value::sz("0")));
    CHECK(effect.renegotiation.server == Renegotiation::compatible);
    CHECK_FALSE(effect.renegotiation.server_basis.certain);
    const Effect cache = on("2019", with("ServerCacheTime", Value::sz("5")));
    CHECK(find(cache, "server_cache_time")->number == 36000000);
    CHECK_FALSE(find(cache, "server_cache_time")->basis.certain);
}

TEST_CASE("Numbers have the documented default where they are absent, and their own where they are set", "[effect]") {
    const Effect untouched = on("2019", {});
    CHECK(find(untouched, "client_cache_time")->number == 10 * 60 * 60 * 1000);  // ten hours
    CHECK(find(untouched, "maximum_cache_size")->number == 20000);
    CHECK(find(untouched, "message_limit_server")->number == 16384);
    CHECK(find(untouched, "message_limit_client")->number == 32768);
    CHECK(find(on("2019", with("MessageLimitServer", Value::dword(0), "Messaging")), "message_limit_server")->number == 0);
    // Not the place where it is read.
    CHECK(find(on("2019", with("MessageLimitServer", Value::dword(0))), "message_limit_server")->number == 16384);
}

TEST_CASE("A setting is there on the releases that read it alone", "[effect]") {
    CHECK(find(on("7", {}), "send_extra_record") != nullptr);
    CHECK(find(on("2012", {}), "send_extra_record") == nullptr);
    CHECK(find(on("7", {}), "send_trusted_issuer_list")->number == 1);
    CHECK(find(on("2012", {}), "send_trusted_issuer_list")->number == 0);
    CHECK(find(on("7", {}), "client_auth_trust_mode") == nullptr);
}

TEST_CASE("Certificate mapping before the updates of May 2022 is not certain until they are known", "[effect]") {
    CHECK_FALSE(find(on("2019", {}), "certificate_mapping_methods")->basis.certain);
    effect::Circumstances updated;
    updated.updates = {"KB5014754"};
    CHECK(find(on("2019", {}, updated), "certificate_mapping_methods")->basis.certain);
    CHECK(find(on("11-24h2", {}), "certificate_mapping_methods")->basis.certain);
    CHECK(find(on("11-24h2", {}), "certificate_mapping_methods")->number == 0x18);
}
