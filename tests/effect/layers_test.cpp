#include <algorithm>

#include "catch.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using effect::Circumstances;
using effect::Effect;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath root_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const KeyPath winhttp64(Root::local_machine, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp");
const KeyPath winhttp32(Root::local_machine, "SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp");
const KeyPath dotnet4(Root::local_machine, "SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319");
const KeyPath dotnet2_32(Root::local_machine, "SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v2.0.50727");
const KeyPath lsa(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa");

Effect effect_on(std::string_view id, const Tree& tree = {}, const Circumstances& known = {}) {
    const facts::Release* release = facts::find_release(id);
    REQUIRE(release != nullptr);
    return effect::evaluate(tree, *release, known);
}

std::string names(const std::vector<effect::LayerProtocol>& protocols) {
    std::string text;
    for (const effect::LayerProtocol& protocol : protocols) {
        if (!text.empty()) text.append(", ");
        text.append(protocol.name);
        if (protocol.schannel != effect::ProtocolState::on) text.append(" (").append(facts::state_name(protocol.schannel)).append(")");
    }
    return text;
}

std::string winhttp(const Effect& effect, std::size_t view = 0) {
    const effect::WinHttpEffect& found = effect.winhttp.at(view);
    return names(found.protocols) + (found.basis.certain ? "" : "?");
}

std::string dotnet(const Effect& effect, std::size_t at, std::size_t each) {
    const effect::DotnetCase& found = effect.dotnet.at(at).cases.at(each);
    return std::string(found.target) + ": " + names(found.protocols) + (effect::joined(found.basis, found.protocols).certain ? "" : "?");
}

Tree with(const KeyPath& key, std::string_view name, std::uint32_t number) {
    Tree tree;
    tree.set_value(key, name, Value::dword(number));
    return tree;
}

}  // namespace

TEST_CASE("WinHTTP offers what its release offers where nothing is written", "[effect]") {
    CHECK(winhttp(effect_on("windows-7")) == "SSL 3.0, TLS 1.0");
    CHECK(winhttp(effect_on("2012-r2")) == "SSL 3.0, TLS 1.0, TLS 1.1, TLS 1.2");
    CHECK(winhttp(effect_on("2016")) == "SSL 3.0 (on-request), TLS 1.0, TLS 1.1, TLS 1.2");
    CHECK(winhttp(effect_on("win11-24h2")) == "TLS 1.2, TLS 1.3");
    CHECK(winhttp(effect_on("2025")) == "TLS 1.2, TLS 1.3");
    CHECK(winhttp(effect_on("2022")) == "TLS 1.2, TLS 1.3?");
}

TEST_CASE("KB5017811 takes TLS 1.0 and 1.1 from WinHTTP's default", "[effect]") {
    CHECK(winhttp(effect_on("2019")) == "SSL 3.0 (on-request), TLS 1.0, TLS 1.1, TLS 1.2?");
    const Effect updated = effect_on("2019", {}, {.updates = {"KB5017811"}});
    CHECK(winhttp(updated) == "SSL 3.0 (on-request), TLS 1.2");
    CHECK(updated.winhttp[0].basis.origin.to_string() == "default of windows-server-2019 with KB5017811");
    CHECK(winhttp(effect_on("2016", {}, {.updates = {"KB5017811"}})) == "SSL 3.0 (on-request), TLS 1.0, TLS 1.1, TLS 1.2");
    CHECK(winhttp(effect_on("win10-22h2")) == "SSL 3.0 (on-request), TLS 1.2?");
}

TEST_CASE("WinHTTP's mask holds for its own view, and cannot revive what Schannel has off", "[effect]") {
    Tree tree = with(winhttp64, "DefaultSecureProtocols", 0x2A80);
    for (const std::string_view name : {"TLS 1.0", "TLS 1.1"}) {
        tree.set_value(root_key.child("Protocols").child(name).child("Client"), "Enabled", Value::dword(0));
    }
    const Effect effect = effect_on("2016", tree);
    CHECK(winhttp(effect, 0) == "TLS 1.0 (off), TLS 1.1 (off), TLS 1.2, TLS 1.3 (not-supported)");
    CHECK(winhttp(effect, 1) == "SSL 3.0 (on-request), TLS 1.0 (off), TLS 1.1 (off), TLS 1.2");
    CHECK(effect.winhttp[0].basis.origin.key == "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp");
    CHECK(effect.winhttp[1].view == effect::View::bits32);
    CHECK(winhttp(effect_on("2016", with(winhttp32, "DefaultSecureProtocols", 0x800)), 1) == "TLS 1.2");
}

TEST_CASE("What 32-bit programs read stands below Wow6432Node, and is called by the name that profiles have for it", "[effect]") {
    const Effect effect = effect_on("2016", with(winhttp32, "DefaultSecureProtocols", 0x800));
    for (const effect::WinHttpEffect& view : effect.winhttp) {
        INFO(view.basis.origin.to_string());
        const bool reads_it = view.basis.origin.kind == effect::OriginKind::registry_value;
        CHECK(effect::view_name(view.view) == (reads_it ? "view32" : "view64"));
    }
}

TEST_CASE("WinHTTP of 7 to 2012 reads its mask with KB3140245", "[effect]") {
    const Tree tree = with(winhttp64, "DefaultSecureProtocols", 0xA00);
    const Effect without = effect_on("2012", tree);
    CHECK(winhttp(without) == "SSL 3.0, TLS 1.0?");
    CHECK(without.winhttp[0].basis.rule == effect::BasisRule::winhttp_mask_needs_update);
    const Effect with_update = effect_on("2012", tree, {.updates = {"KB3140245"}});
    CHECK(winhttp(with_update) == "TLS 1.1, TLS 1.2");
    CHECK(with_update.winhttp[0].basis.origin.update == "KB3140245");
    CHECK(winhttp(effect_on("windows-7", tree, {.updates = {"KB3140245"}})) == "TLS 1.1 (on-request), TLS 1.2 (on-request)");
}

TEST_CASE(".NET's choice hangs on what the application targets where nothing is written", "[effect]") {
    const Effect effect = effect_on("2022");
    CHECK(effect.dotnet.size() == 4);
    CHECK(dotnet(effect, 0, 0) == "3.5: SSL 3.0 (on-request), TLS 1.0?");
    CHECK(dotnet(effect, 2, 0) == "4.7 and later: TLS 1.0, TLS 1.1, TLS 1.2, TLS 1.3");
    CHECK(dotnet(effect, 2, 1) == "4.6 to 4.6.2: TLS 1.0, TLS 1.1, TLS 1.2");
    CHECK(dotnet(effect, 2, 2) == "before 4.6: SSL 3.0 (on-request), TLS 1.0?");
}

TEST_CASE(".NET's values hold for one version and one view", "[effect]") {
    Tree tree = with(dotnet4, "SystemDefaultTlsVersions", 1);
    tree.set_value(dotnet2_32, "SchUseStrongCrypto", Value::dword(1));
    tree.set_value(root_key.below("Protocols\\TLS 1.0\\Client"), "Enabled", Value::dword(0));
    const Effect effect = effect_on("2016", tree);
    CHECK(dotnet(effect, 2, 2) == "before 4.6: TLS 1.1, TLS 1.2");
    CHECK(dotnet(effect, 3, 2) == "before 4.6: SSL 3.0 (on-request), TLS 1.0 (off)");
    CHECK(dotnet(effect, 1, 0) == "3.5: SSL 3.0 (on-request), TLS 1.0 (off)");
    CHECK(effect.dotnet[1].cases[0].basis.note == "3.5 honours strong crypto only where the code names TLS versions");
    CHECK(effect.dotnet[1].strong_crypto.on);
    CHECK(effect.dotnet[2].system_default_tls_versions.basis.origin.to_string() ==
          "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319: SystemDefaultTlsVersions");
    Tree off = with(dotnet4, "SystemDefaultTlsVersions", 0);
    off.set_value(dotnet4, "SchUseStrongCrypto", Value::dword(0));
    CHECK(dotnet(effect_on("2016", off), 2, 0) == "4.7 and later: SSL 3.0 (on-request), TLS 1.0");
}

TEST_CASE(".NET 3.5 of 7 and 2008 R2 reads SystemDefaultTlsVersions with KB3154518", "[effect]") {
    const Tree tree = with(dotnet2_32, "SystemDefaultTlsVersions", 1);
    CHECK(dotnet(effect_on("2008-r2", tree), 1, 0) == "3.5: SSL 3.0, TLS 1.0?");
    const Effect updated = effect_on("2008-r2", tree, {.updates = {"3154518"}});
    CHECK(dotnet(updated, 1, 0) == "3.5: SSL 3.0, TLS 1.0");
    CHECK(updated.dotnet[1].system_default_tls_versions.basis.origin.update == "KB3154518");
}

TEST_CASE("FIPS mode is read where the release reads it", "[effect]") {
    const auto fips = [](std::string_view on, const Tree& tree) {
        const effect::Switch found = effect_on(on, tree).fips;
        return std::string(found.on ? "on" : "off") + (found.basis.certain ? "" : "?");
    };
    const KeyPath key = lsa.child("FIPSAlgorithmPolicy");
    CHECK(fips("2019", {}) == "off");
    CHECK(fips("2019", with(key, "Enabled", 1)) == "on");
    CHECK(fips("2019", with(key, "Enabled", 0)) == "off");
    CHECK(fips("2019", with(lsa, "FipsAlgorithmPolicy", 1)) == "off");
    CHECK(fips("2003", with(lsa, "FipsAlgorithmPolicy", 1)) == "on");
    CHECK(fips("2003", with(key, "Enabled", 1)) == "off");
    CHECK(fips("2025", with(key, "MDMEnabled", 1)) == "on?");
    CHECK(fips("2019", with(key, "MDMEnabled", 1)) == "off");
    Tree text;
    text.set_value(key, "Enabled", Value::sz("1"));
    CHECK(fips("2019", text) == "off?");
}

TEST_CASE("Renegotiation is compatible by default, and strict or refused by its values", "[effect]") {
    Tree tree = with(root_key, "AllowInsecureRenegoClients", 0);
    effect::RenegotiationEffect found = effect_on("2019").renegotiation;
    CHECK(found.client == effect::Renegotiation::compatible);
    CHECK(found.server == effect::Renegotiation::compatible);
    CHECK(found.client_allowed);
    tree.set_value(root_key, "DisableRenegoOnServer", Value::dword(1));
    tree.set_value(root_key, "AllowInsecureRenegoServers", Value::sz("0"));
    found = effect_on("2019", tree).renegotiation;
    CHECK(found.server == effect::Renegotiation::strict);
    CHECK(found.server_basis.origin.value == "AllowInsecureRenegoClients");
    CHECK(found.client == effect::Renegotiation::compatible);
    CHECK_FALSE(found.client_basis.certain);
    CHECK_FALSE(found.server_allowed);
    CHECK(found.client_allowed);
}

TEST_CASE("SHA-512 signatures come with Windows 10, with KB2973337, or with the list", "[effect]") {
    const auto sha512 = [](std::string_view on, const Tree& tree, const Circumstances& known = {}) {
        const effect::Switch found = effect_on(on, tree, known).signatures.sha512;
        return std::string(found.on ? "on " : "off ") + (found.basis.certain ? "" : "? ") + found.basis.origin.to_string();
    };
    CHECK(sha512("2016", {}) == "on default of windows-server-2016");
    CHECK(sha512("2012-r2", {}) == "off ? default of windows-server-2012-r2");
    CHECK(sha512("2012-r2", {}, {.updates = {"KB2973337"}}) == "on default of windows-server-2012-r2 with KB2973337");
    const KeyPath list(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010003");
    Tree tree;
    tree.set_value(list, "Functions", Value::multi_sz({"RSA/SHA256", "RSA/SHA512"}));
    CHECK(sha512("2012-r2", tree) == "on " + list.to_string() + ": Functions");
    tree.set_value(list, "Functions", Value::multi_sz({"RSA/SHA256"}));
    CHECK(sha512("2016", tree) == "off " + list.to_string() + ": Functions");
    CHECK(sha512("windows-7", schannel::untouched(*facts::find_release("windows-7"))) == "off default of windows-7");
}

TEST_CASE("Settings are reported with their defaults, by release", "[effect]") {
    const auto setting = [](const Effect& effect, std::string_view name) -> std::string {
        const auto found = std::ranges::find(effect.settings, name, &effect::SettingEffect::name);
        if (found == effect.settings.end()) return "not there";
        return std::to_string(found->number.value()) + (found->basis.certain ? "" : "?");
    };
    const Effect modern = effect_on("2019");
    CHECK(setting(modern, "client_cache_time") == "36000000");
    CHECK(setting(modern, "issuer_cache_time") == "600000");
    CHECK(setting(modern, "event_logging") == "1");
    CHECK(setting(modern, "send_trusted_issuer_list") == "0");
    CHECK(setting(modern, "certificate_mapping_methods") == "24?");
    CHECK(setting(modern, "disable_server_extended_master_secret") == "0");
    CHECK(setting(modern, "message_limit_server") == "16384");
    CHECK(setting(modern, "send_extra_record") == "not there");
    const Effect old = effect_on("2008-r2");
    CHECK(setting(old, "send_trusted_issuer_list") == "1");
    CHECK(setting(old, "send_extra_record") == "0");
    CHECK(setting(old, "client_auth_trust_mode") == "not there");
    CHECK(setting(old, "disable_server_extended_master_secret") == "0?");
    CHECK(setting(effect_on("2008-r2", {}, {.updates = {"KB4528489"}}), "disable_server_extended_master_secret") ==
          "0");
    CHECK(setting(effect_on("2019", {}, {.updates = {"KB5014754"}}), "certificate_mapping_methods") == "24");
    CHECK(setting(effect_on("2025"), "certificate_mapping_methods") == "24");
    Tree tree = with(root_key, "EventLogging", 7);
    tree.set_value(root_key, "ServerCacheTime", Value::dword(0));
    tree.set_value(root_key, "ClientCacheTime", Value::dword(1500));
    tree.set_value(root_key.child("Messaging"), "MessageLimitClient", Value::dword(0));
    tree.set_value(root_key, "MaximumCacheSize", Value::sz("none"));
    const Effect written = effect_on("2019", tree);
    CHECK(setting(written, "event_logging") == "7");
    CHECK(setting(written, "server_cache_time") == "0");
    CHECK(setting(written, "client_cache_time") == "1500");
    CHECK(setting(written, "message_limit_client") == "0");
    CHECK(setting(written, "maximum_cache_size") == "20000?");
}

TEST_CASE("What a .NET target does by itself is told apart from a value that it cannot read", "[effect]") {
    const auto rule = [](const Tree& tree) { return effect_on("2019", tree).dotnet.at(2).cases.front().system_default_tls_versions.basis.rule; };
    CHECK(rule({}) == effect::BasisRule::dotnet_target_default);
    Tree text;
    text.set_value(dotnet4, "SystemDefaultTlsVersions", Value::sz("1"));
    CHECK(rule(text) == effect::BasisRule::dotnet_value_invalid);
}
