#include "schancfg/schannel/settings.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "catch.hpp"
#include "schancfg/facts/registry_values.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;
using schannel::Form;
using schannel::Permission;
using schannel::Setting;

TEST_CASE("Every setting is a value that may be written and has a name", "[schannel]") {
    for (const Setting& setting : schannel::settings()) {
        INFO(setting.name() << " " << setting.key.to_string() << " " << setting.value_name);
        const facts::RegistryValue* row = nullptr;
        CHECK(schannel::permission(setting.key, setting.value_name, &row) == Permission::named);
        REQUIRE(row != nullptr);
        CHECK(schannel::find_setting(setting.key, setting.value_name) == &setting);
        CHECK_FALSE(setting.label.empty());
        const std::string_view type = setting.form < Form::suites                                  ? "REG_DWORD"
                                      : setting.list_form == schannel::WriteList::Form::multi_sz ? "REG_MULTI_SZ"
                                                                                                    : "REG_SZ";
        CHECK(row->type == type);
    }
}

TEST_CASE("Every value that may be written by name is a setting", "[schannel]") {
    for (const facts::RegistryValue& row : facts::registry_values()) {
        // Parameters of custom curves are kept by certutil and have no words.
        if (row.hive != "HKLM" || row.key.find('<') != std::string_view::npos) continue;
        const registry::KeyPath key(registry::Root::local_machine, std::string(row.key));
        if (schannel::permission(key, row.name) != Permission::named) continue;
        INFO(row.key << " " << row.name);
        CHECK(schannel::find_setting(key, row.name) != nullptr);
    }
}

TEST_CASE("Values are found in any case and by the twin of a shared key", "[schannel]") {
    const auto find = [](std::string_view key, std::string_view name) {
        const Setting* found = schannel::find_setting(registry::KeyPath::parse(key).value(), name);
        return found == nullptr ? std::string("none") : found->name() + " | " + found->label;
    };
    CHECK(find("HKLM\\system\\currentcontrolset\\control\\securityproviders\\schannel\\protocols\\tls 1.0\\server", "ENABLED") ==
          "protocols.\"TLS 1.0\".server | TLS 1.0 (server)");
    CHECK(find("HKLM\\SOFTWARE\\Wow6432Node\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002", "Functions") ==
          "cipher_suites.policy.order | Cipher suite order (policy)");
    CHECK(find("HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319", "SchUseStrongCrypto") ==
          "dotnet.\"v4.0.30319\".view32.strong_crypto | .NET 4 strong cryptography (32-bit)");
    CHECK(find("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL", "DisableCompression") == "none");
}

TEST_CASE("No two settings are called the same but the halves of a protocol switch", "[schannel]") {
    std::multiset<std::string> names;
    for (const Setting& setting : schannel::settings()) names.insert(setting.name());
    for (const Setting& setting : schannel::settings()) {
        INFO(setting.name());
        CHECK(names.count(setting.name()) == (setting.protocol.empty() ? 1 : 2));
    }
}

TEST_CASE("What stands at one path takes the same words", "[schannel]") {
    const auto check = [](const schannel::PathNode& node, const auto& self) -> void {
        INFO(node.word);
        for (const Setting* setting : node.settings) {
            const Setting& first = *node.settings.front();
            CHECK(setting->form == first.form);
            CHECK(setting->minimum == first.minimum);
            CHECK(setting->maximum == first.maximum);
            CHECK(std::ranges::equal(setting->words, first.words, {}, &schannel::Word::word, &schannel::Word::word));
        }
        for (const schannel::PathNode& child : node.children) self(child, self);
    };
    check(schannel::setting_paths(), check);
    for (const Setting& setting : schannel::settings()) {
        CHECK(std::ranges::is_sorted(setting.paths, {}, &std::vector<std::string_view>::size));
        for (const auto& path : setting.paths) {
            const schannel::PathNode* node = &schannel::setting_paths();
            for (const std::string_view word : path) node = node == nullptr ? nullptr : node->find(word);
            REQUIRE(node != nullptr);
            CHECK(std::ranges::count(node->settings, &setting) == 1);
        }
    }
}

TEST_CASE("A number other than 0 stands for on only where Windows takes all of them alike", "[schannel]") {
    const auto write = [](std::string_view name, std::uint32_t number) {
        const auto rows = schannel::settings();
        const auto found = std::ranges::find(rows, name, &Setting::name);
        REQUIRE(found != rows.end());
        return found->write(number).meets;
    };
    CHECK(write("ciphers.NULL", 0xFFFFFFFF) == registry::Meets::exact);
    CHECK(write("protocols.\"TLS 1.2\".client", 1) == registry::Meets::dword_one_or_all);
    CHECK(write("ciphers.NULL", 0) == registry::Meets::exact);
    CHECK(write("schannel.disable_reneg_on_client", 1) == registry::Meets::dword_on);
    CHECK(write("schannel.send_trusted_issuer_list", 1) == registry::Meets::exact);
    CHECK(write("schannel.client_cache_time", 1) == registry::Meets::exact);
    CHECK(write("fips.enabled", 1) == registry::Meets::dword_on);
}

TEST_CASE("Texts are spelled so that nothing in them acts on a terminal or ends a string", "[schannel]") {
    CHECK(schannel::toml_key("client_min-bits") == "client_min-bits");
    CHECK(schannel::toml_key("") == "\"\"");
    CHECK(schannel::toml_key("RC4 128/128") == "\"RC4 128/128\"");
    CHECK(schannel::toml_string("a\"b\\c\x1b\n\xE2\x80\xAE\xC2\x85\xC3\xA4") == "\"a\\\"b\\\\c\\u001B\\u000A\\u202E\\u0085\xC3\xA4\"");
    CHECK(schannel::toml_string("\xF3\xA0\x81\x81") == "\"\\U000E0041\"");
    CHECK(schannel::toml_string("\xED\xA0\x80") == "\"\xEF\xBF\xBD\"");
}
