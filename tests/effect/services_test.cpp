#include "schancfg/effect/services.hpp"

#include "catch.hpp"
#include "schancfg/effect/effect.hpp"

using namespace schancfg;
using effect::Answer;
using effect::Circumstances;
using effect::Effect;
using effect::ServiceEffect;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath protocols_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols");

Tree off(std::initializer_list<std::string_view> names, std::string_view role = "Server") {
    Tree tree;
    for (const std::string_view name : names) {
        tree.set_value(protocols_key.child(name).child(role), "Enabled", Value::dword(0));
        tree.set_value(protocols_key.child(name).child(role), "DisabledByDefault", Value::dword(1));
    }
    return tree;
}

Effect effect_on(std::string_view id, const Tree& tree = {}, const Circumstances& known = {}) {
    const facts::Release* release = facts::find_release(id);
    REQUIRE(release != nullptr);
    return effect::evaluate(tree, *release, known);
}

/// `1.0 1.1 1.2 1.3?`: what works, perhaps with a question mark; then whether it can be reached.
std::string of(const Effect& effect, std::string_view service) {
    const ServiceEffect* found = effect.service(facts::find_service(service)->id);
    if (found == nullptr) return "not run";
    std::string text;
    for (const effect::ServiceProtocol& each : found->protocols) {
        if (each.works == Answer::no) continue;
        text.append(each.name.substr(4)).append(each.works == Answer::unknown ? "? " : " ");
    }
    return text + (found->reachable ? "reachable" : "lost") + (found->basis.certain ? "" : "?");
}

const Tree only_13 = off({"TLS 1.0", "TLS 1.1", "TLS 1.2"});

}  // namespace

TEST_CASE("Remote desktop of 7 and 2008 R2 needs TLS 1.0, or KB3080079 and a later version", "[effect]") {
    Tree tree;
    tree.set_value(protocols_key.child("TLS 1.0").child("Server"), "Enabled", Value::dword(0));
    tree.set_value(protocols_key.child("TLS 1.2").child("Server"), "DisabledByDefault", Value::dword(0));
    tree.set_value(protocols_key.child("TLS 1.2").child("Server"), "Enabled", Value::dword(1));
    CHECK(of(effect_on("2008-r2"), "rdp") == "1.0 1.1? 1.2? reachable");
    CHECK(of(effect_on("2008-r2", tree), "rdp") == "1.1? 1.2? lost?");
    CHECK(of(effect_on("2008-r2", tree, {.updates = {"KB3080079"}}), "rdp") == "1.1? 1.2 reachable");
    CHECK(of(effect_on("2008-r2", tree, {.updates = {}, .updates_complete = true}), "rdp") == "lost");
    CHECK(of(effect_on("2012-r2", tree), "rdp") == "1.1 1.2 reachable");
    CHECK(of(effect_on("2012-r2", only_13), "rdp") == "lost");
}

TEST_CASE("Remote desktop of Server 2022 and Windows 11 21H2 does not speak TLS 1.3, whatever Schannel has", "[effect]") {
    CHECK(of(effect_on("2022"), "rdp") == "1.0 1.1 1.2 reachable");
    for (const char* release : {"2022", "11-21h2"}) CHECK(of(effect_on(release, only_13), "rdp") == "lost");
    for (const char* release : {"11-22h2", "11-23h2", "11-24h2", "2025"}) CHECK(of(effect_on(release, only_13), "rdp") == "1.3 reachable");
}

TEST_CASE("A service of which nothing is documented neither has TLS 1.3 nor lacks it", "[effect]") {
    CHECK(of(effect_on("2022"), "ldaps") == "1.0 1.1 1.2 1.3? reachable");
    CHECK(of(effect_on("2022", only_13), "ldaps") == "1.3? lost?");
    CHECK(effect_on("2022", only_13).service(facts::ServiceId::ldaps)->left == Answer::unknown);
    CHECK(of(effect_on("2025", only_13), "ldaps") == "1.3 reachable");
    CHECK(of(effect_on("2022", only_13), "iis") == "1.3 reachable");
}

TEST_CASE("What is on request only is perhaps enough for a service: nobody says whether it names its protocols", "[effect]") {
    Tree tree;
    for (const char* name : {"TLS 1.0", "TLS 1.1", "TLS 1.2"}) {
        tree.set_value(protocols_key.child(name).child("Server"), "Enabled", Value::dword(1));
        tree.set_value(protocols_key.child(name).child("Server"), "DisabledByDefault", Value::dword(1));
    }
    CHECK(of(effect_on("2019", tree), "rdp") == "1.0? 1.1? 1.2? lost?");
    CHECK(effect_on("2019", tree).service(facts::find_service("rdp")->id)->basis.note.find("on request only") != std::string_view::npos);
    CHECK(of(effect_on("2019", tree), "adfs-proxy") == "1.0 1.1 1.2 reachable");
}

TEST_CASE("A client release has the services that run there", "[effect]") {
    CHECK(of(effect_on("11-24h2"), "ldaps") == "not run");
    CHECK(of(effect_on("11-24h2"), "rdp").starts_with("1.0"));
}

TEST_CASE("No service ever has what Schannel does not have", "[effect]") {
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        for (const Effect& effect : {effect::evaluate({}, release), effect::evaluate(only_13, release), effect::evaluate(off({"TLS 1.2"}, "Client"), release)}) {
            for (const ServiceEffect& service : effect.services) {
                Answer any = Answer::no;
                for (const effect::ServiceProtocol& each : service.protocols) {
                    INFO(service.service->word << ' ' << each.name);
                    const effect::ProtocolReach* reach = effect.reach(service.service->role).find(each.name);
                    any = effect::stronger(any, each.works);
                    if (each.works == Answer::yes) CHECK(reach->by_default() == Answer::yes);
                    if (reach->usable() == Answer::no) CHECK(each.works == Answer::no);
                    if (facts::speaks(*service.row, each.name) == facts::Speaks::no) CHECK(each.works == Answer::no);
                }
                CHECK(any == service.left);
                if (service.left == Answer::yes) CHECK(service.reachable);
                if (service.left == Answer::no) CHECK_FALSE(service.reachable);
            }
        }
    }
}
