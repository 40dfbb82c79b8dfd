#include <random>

#include "catch.hpp"
#include "profile_text.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/registry_values.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/settings.hpp"

using namespace schancfg;
using registry::KeyPath;
using registry::Root;
using registry::Value;

namespace {

KeyPath schannel_key(const std::string& below) {
    const KeyPath base(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    return base.below(below);
}

// Decoded and translated for the same release, the text asks for every value of the tree that may be written, and is met.
void check_met(const registry::Tree& tree, const facts::Release* release) {
    const std::string text = codec::encode_profile(tree, release, "a machine");
    INFO(text);
    const auto profile = codec::decode_profile(text, "p.toml", {});
    for (const auto& d : profile.diagnostics) UNSCOPED_INFO(profile_text::line(d));
    REQUIRE(profile);
    const auto wanted = schannel::translate(*profile.value, {.release = release});
    for (const auto& d : wanted.diagnostics) UNSCOPED_INFO(profile_text::line(d));
    REQUIRE(wanted);
    CHECK(wanted.diagnostics.empty());
    std::size_t writable = 0;
    tree.for_each([&](const KeyPath& path, const registry::Key& key) {
        for (const registry::NamedValue& value : key.values) {
            const auto permission = schannel::permission(path, value.name);
            if (permission != schannel::Permission::named && permission != schannel::Permission::raw_only) continue;
            ++writable;
            const registry::WantedValue* item = wanted.value->find(path, value.name);
            INFO(path.to_string() << " " << value.name);
            REQUIRE(item != nullptr);
            CHECK(item->is_met_by(&value.value));
        }
    });
    CHECK(wanted.value->values.size() == writable);
}

class Random {
public:
    explicit Random(unsigned seed) : engine_(seed) {}
    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(engine_); }
    template <class Range>
    const auto& one_of(const Range& range) {
        return range[below(range.size())];
    }

    std::string text() {
        static const std::vector<std::string> pieces{"a", "\"", "\\", "'", "é", "\n", "\x1b", "default", "U+2028: \u2028", " ", "#"};
        std::string out;
        for (std::size_t i = below(4) + 1; i > 0; --i) out += one_of(pieces);
        return out;
    }
    std::string suites(const char* separator) {
        std::string out;
        for (std::size_t i = below(6) + 1; i > 0; --i) {
            out += (out.empty() ? "" : separator) + std::string(one_of(facts::cipher_suites()).name);
        }
        return out;
    }
    Value value(const schannel::Setting* setting) {
        static const std::vector<std::uint32_t> numbers{0, 1, 2, 3, 5, 7, 9, 24, 512, 2048, 0x800, 0x2800, 0xAA0, 0xFFFFFFFF};
        std::size_t kind = below(12);
        if (setting != nullptr && kind < 9) kind = setting->form < schannel::Form::suites ? 0 : 100 + below(3);
        switch (kind) {
            case 100: return Value::sz(suites(","));
            case 101: return Value::multi_sz({"curve25519", "NistP256", std::string(one_of(facts::curves()).name)});
            case 102: {
                std::vector<std::string> names;
                for (const auto& suite : facts::cipher_suites()) {
                    if (below(8) == 0) names.emplace_back(suite.name);
                }
                return Value::multi_sz(names);
            }
            case 9: return Value::sz(below(4) == 0 ? "default" : text());
            case 10: return Value::multi_sz({text(), text()});
            case 11: return {static_cast<std::uint32_t>(below(14)), std::string(below(9), static_cast<char>(below(256)))};
            default: return Value::dword(one_of(numbers));
        }
    }

private:
    std::mt19937 engine_;
};

}  // namespace

TEST_CASE("An exported profile names what has a name and writes the rest raw", "[codec]") {
    registry::Tree tree;
    tree.set_value(schannel_key("Protocols\\TLS 1.0\\Client"), "Enabled", Value::dword(0));
    tree.set_value(schannel_key("Protocols\\TLS 1.0\\Client"), "DisabledByDefault", Value::dword(1));
    tree.set_value(schannel_key("Protocols\\TLS 1.0\\Server"), "Enabled", Value::dword(0));
    tree.set_value(schannel_key("Protocols\\TLS 1.0\\Server"), "DisabledByDefault", Value::dword(1));
    tree.set_value(schannel_key("Protocols\\TLS 1.1\\Client"), "Enabled", Value::dword(0xFFFFFFFF));
    tree.set_value(schannel_key("Protocols\\TLS 1.1\\Client"), "DisabledByDefault", Value::dword(1));
    tree.set_value(schannel_key("Protocols\\TLS 1.1\\Server"), "Enabled", Value::dword(0));
    tree.set_value(schannel_key("Protocols\\TLS 1.2\\Server"), "Enabled", Value::sz("1"));
    tree.set_value(schannel_key("Protocols\\TLS 1.2\\Server"), "Odd\x1b[2J", Value::dword(1));
    tree.set_value(schannel_key("KeyExchangeAlgorithms\\PKCS"), "Enabled", Value::dword(0xFFFFFFFF));
    tree.set_value(schannel_key("KeyExchangeAlgorithms\\PKCS"), "ClientMinKeyBitLength", Value::dword(2048));
    tree.set_value(schannel_key("KeyExchangeAlgorithms\\ECDH"), "Enabled", Value::dword(0));
    tree.set_value(schannel_key(""), "EventLogging", Value::dword(3));
    const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
    tree.set_value(policy, "Functions", Value::sz("TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256"));
    for (const char* view : {"SOFTWARE\\", "SOFTWARE\\Wow6432Node\\"}) {
        for (const char* version : {"v2.0.50727", "v4.0.30319"}) {
            const KeyPath key(Root::local_machine, std::string(view) + "Microsoft\\.NETFramework\\" + version);
            tree.set_value(key, "SchUseStrongCrypto", Value::dword(1));
        }
    }
    CHECK(codec::encode_profile(tree, facts::find_release("2022"), "web\x07 server") == R"(format = 1
name = "web? server"
# Read on Windows Server 2022.

[protocols]
"TLS 1.0" = "disabled"

[protocols."TLS 1.1"]
client = "on-request"  # held as 0xffffffff, which is the same to Windows

[key_exchange_algorithms]
ECDH = "disabled"

[key_exchange_algorithms.PKCS]
state = "enabled"
client_min_bits = 2048

[cipher_suites.policy]
order = ["TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"]

[schannel]
event_logging = ["errors", "warnings"]

[dotnet]
strong_crypto = true

[registry.'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.1\Server']
Enabled = 0

[registry.'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Server']
Enabled = "1"

# Left out, because schancfg does not write it:
#   "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server" "Odd\u001B[2J"
)");
    check_met(tree, facts::find_release("2022"));
    check_met(tree, nullptr);
}

TEST_CASE("The profile of an untouched installation asks for what it holds", "[codec]") {
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        check_met(schannel::untouched(release), &release);
    }
}

TEST_CASE("Exported profiles of random trees are met by the trees", "[codec]") {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        registry::Tree tree;
        const facts::Release* release = random.below(4) == 0 ? nullptr : &random.one_of(facts::releases());
        for (const schannel::Setting& setting : schannel::settings()) {
            if (random.below(3) != 0) tree.set_value(setting.key, setting.value_name, random.value(&setting));
        }
        for (const facts::RegistryValue& row : facts::registry_values()) {
            if (random.below(4) != 0 || row.hive != "HKLM" || row.key.find_first_of("<{") != std::string_view::npos) continue;
            tree.set_value(KeyPath(Root::local_machine, std::string(row.key)), row.name, random.value(nullptr));
        }
        tree.set_value(schannel_key(random.text()), random.text(), random.value(nullptr));
        INFO("seed " << seed);
        check_met(tree, release);
    }
}

TEST_CASE("A profile of what is wanted asks for the same again, removals included", "[codec]") {
    const auto* release = facts::find_release("windows-server-2022");
    const std::string text = "format = 1\n"
                             "[protocols]\n"
                             "\"TLS 1.0\" = { client = \"default\", server = \"disabled\" }\n"
                             "[schannel]\n"
                             "event_logging = [\"warnings\"]\n"
                             "[registry.'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL']\n"
                             "SendExtraRecord = \"default\"\n";
    const auto wanted_of = [&](const std::string& profile_text) {
        const auto profile = codec::decode_profile(profile_text, "p.toml", {});
        REQUIRE(profile);
        auto wanted = schannel::translate(*profile.value, {.release = release});
        REQUIRE(wanted);
        return std::move(*wanted.value);
    };
    const registry::Wanted wanted = wanted_of(text);
    const auto encoded = codec::encode_profile(wanted, release, "flat");
    REQUIRE(encoded);
    INFO(*encoded);
    const registry::Wanted again = wanted_of(*encoded);
    REQUIRE(again.values.size() == wanted.values.size());
    for (std::size_t i = 0; i < wanted.values.size(); ++i) {
        CHECK(again.values[i].key == wanted.values[i].key);
        CHECK(again.values[i].name == wanted.values[i].name);
        CHECK(again.values[i].value == wanted.values[i].value);
    }
}

TEST_CASE("A key removed with all it holds has no place in a profile", "[codec]") {
    registry::Wanted wanted;
    wanted.keys = {{schannel_key("Protocols"), false, false, {"x.reg", 3, 1}}};
    const auto encoded = codec::encode_profile(wanted, nullptr, "");
    REQUIRE(!encoded);
    CHECK(encoded.error().message == "a profile can't say that HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\"
                                     "Protocols is removed with all it holds");
    CHECK(encoded.error().where == Span{"x.reg", 3, 1});
}
