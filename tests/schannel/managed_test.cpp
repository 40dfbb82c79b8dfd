#include "schancfg/schannel/managed.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "catch.hpp"

using namespace schancfg;
using schannel::Permission;

namespace {

const std::string schannel_key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

Permission ask(const std::string& key, std::string_view name) {
    return schannel::permission(registry::KeyPath::parse(key).value(), name);
}

// Section and confidence of contract and table, spelled out once more.
Permission expected(const facts::RegistryValue& row) {
    static const std::map<std::string_view, bool> writable{
        {"schannel-root", true}, {"schannel-messaging", true}, {"protocols", true}, {"ciphers", true},
        {"hashes", true},        {"kex", true},                {"cng-local", true}, {"cng-policy", true},
        {"winhttp", true},       {"dotnet", true},             {"fips", true},      {"lsa", false},
        {"wininet", false},      {"http", false},              {"quic", false},     {"rdp", false},
        {"eap", false},          {"chain-engine", false}};
    static const std::map<facts::Confidence, Permission> by_confidence{
        {facts::Confidence::documented, Permission::named},
        {facts::Confidence::secondary, Permission::named},
        {facts::Confidence::observed, Permission::raw_only},
        {facts::Confidence::third_party_only, Permission::raw_only},
        {facts::Confidence::folklore, Permission::remove_only},
        {facts::Confidence::negative, Permission::remove_only}};
    if (row.hive == "HKCU" || !writable.at(row.section)) return Permission::read_only;
    return by_confidence.at(row.confidence);
}

void replace(std::string& text, std::string_view what, std::string_view by) {
    if (const std::size_t at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("section and confidence of each row decide what may be done to its value", "[schannel]") {
    for (const facts::RegistryValue& row : facts::registry_values()) {
        if (row.hive != "HKLM" && row.hive != "HKCU") continue;
        std::string key = std::string(row.hive) + "\\" + std::string(row.key);
        replace(key, "<name>", "TLS 1.2");
        replace(key, "<curve>", "mine");
        replace(key, "<ip:port>", "0.0.0.0:443");
        replace(key, "{Client,Server}", "Server");
        std::string name(row.name.substr(0, row.name.find(" / ")));
        replace(name, "(curve parameters)", "Prime");
        INFO(key << " : " << name);
        const auto path = registry::KeyPath::parse(key).value();
        const facts::RegistryValue* decides = nullptr;
        CHECK(schannel::permission(path, name, &decides) == expected(row));
        CHECK(decides == &row);
        CHECK(schannel::is_managed(path));
        if (row.name.find(" / ") != std::string_view::npos) {
            CHECK(ask(key, row.name.substr(row.name.find(" / ") + 3)) == expected(row));
        }
    }
}

TEST_CASE("documented values may be set by name, in any case", "[schannel]") {
    CHECK(ask(schannel_key + "\\Protocols\\TLS 1.2\\Client", "Enabled") == Permission::named);
    CHECK(ask(schannel_key + "\\PROTOCOLS\\tls 1.2\\CLIENT", "disabledbydefault") == Permission::named);
    CHECK(ask(schannel_key + "\\Ciphers\\AES 128/128", "Enabled") == Permission::named);
    CHECK(ask(schannel_key + "\\KeyExchangeAlgorithms\\Diffie-Hellman", "ClientMinKeyBitLength") == Permission::named);
    CHECK(ask(schannel_key, "EventLogging") == Permission::named);
    CHECK(ask("HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002", "Functions") ==
          Permission::named);
    CHECK(ask("HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319", "SchUseStrongCrypto") ==
          Permission::named);
    CHECK(ask("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy", "Enabled") == Permission::named);
    CHECK(ask("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "FipsAlgorithmPolicy") == Permission::named);
}

TEST_CASE("third-party and observed values are raw only, folklore may only be removed", "[schannel]") {
    CHECK(ask(schannel_key + "\\Protocols\\DTLS 1.3\\Server", "Enabled") == Permission::raw_only);
    CHECK(ask("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy", "MDMEnabled") ==
          Permission::raw_only);
    CHECK(ask(schannel_key, "DisableCompression") == Permission::remove_only);
    CHECK(ask(schannel_key + "\\Ciphers\\RC2 56/56", "Enabled") == Permission::remove_only);
    CHECK(ask(schannel_key + "\\KeyExchangeAlgorithms\\PKCS", "ServerMinKeyBitLength") == Permission::remove_only);
    CHECK(ask(schannel_key + "\\Protocols\\TLS 1.2", "Enabled") == Permission::remove_only);
    CHECK(ask(schannel_key + "\\Protocols\\DTLS 1.1\\Client", "Enabled") == Permission::remove_only);
    CHECK(ask(schannel_key, "FipsAlgorithmPolicy") == Permission::remove_only);
}

TEST_CASE("values of other sections are read, never written", "[schannel]") {
    CHECK(ask("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services", "SecurityLayer") ==
          Permission::read_only);
    CHECK(ask("HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters", "EnableHttp2Tls") ==
          Permission::read_only);
    CHECK(ask("HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo\\0.0.0.0:443",
              "DefaultFlags") == Permission::read_only);
    CHECK(ask("HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings", "SecureProtocols") ==
          Permission::read_only);
}

TEST_CASE("what no row knows is unknown within SCHANNEL and outside elsewhere", "[schannel]") {
    const facts::RegistryValue* row = nullptr;
    const auto key = registry::KeyPath::parse(schannel_key + "\\Ciphers\\AES 128\xE2\x88\x95""128").value();
    CHECK(schannel::permission(key, "Enabled", &row) == Permission::unknown);
    CHECK(row == nullptr);
    CHECK(ask(schannel_key + "\\Protocols\\TLS 1.2\\Client", "") == Permission::unknown);
    CHECK(ask(schannel_key + "\\Protocols\\TLS 1.2\\Client\\Below", "Enabled") == Permission::unknown);
    CHECK(ask("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "Security Packages") == Permission::outside);
    CHECK(ask("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders", "SecurityProviders") ==
          Permission::outside);
    CHECK(ask("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL2", "EventLogging") ==
          Permission::outside);
    CHECK(ask("HKLM\\SYSTEM\\ControlSet001\\Control\\SecurityProviders\\SCHANNEL", "EventLogging") ==
          Permission::outside);
    CHECK(ask("HKCU\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL", "EventLogging") ==
          Permission::outside);
    CHECK(ask("HKLM", "") == Permission::outside);
}

TEST_CASE("the 32-bit spelling of the policy key is the same key", "[schannel]") {
    const std::string twin =
        "HKLM\\SOFTWARE\\WOW6432Node\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
    CHECK(ask(twin, "Functions") == Permission::named);
    CHECK(schannel::is_managed(registry::KeyPath::parse(twin).value()));
}

TEST_CASE("managed keys are the SCHANNEL subtree and the keys of the other rows, each once", "[schannel]") {
    const auto& areas = schannel::managed_keys();
    for (std::size_t i = 1; i < areas.size(); ++i) {
        INFO(areas[i].key.to_string());
        CHECK(areas[i - 1].key < areas[i].key);
        CHECK_FALSE((areas[i - 1].recursive && areas[i].key.is_within(areas[i - 1].key)));
    }
    const auto area = [&](const std::string& key) {
        return std::ranges::find(areas, registry::KeyPath::parse(key).value(), &registry::Area::key);
    };
    REQUIRE(area(schannel_key) != areas.end());
    CHECK(area(schannel_key)->recursive);
    CHECK(area(schannel_key + "\\Ciphers") == areas.end());
    CHECK(area("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\ECCParameters")->recursive);
    CHECK_FALSE(area("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa")->recursive);
    CHECK(area("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy") != areas.end());
    CHECK(schannel::is_managed(registry::KeyPath::parse(schannel_key + "\\Anything\\Below").value()));
    CHECK_FALSE(schannel::is_managed(registry::KeyPath::parse("HKLM\\SYSTEM\\CurrentControlSet\\Control").value()));
    CHECK_FALSE(schannel::is_managed(registry::KeyPath::parse("HKLM\\SOFTWARE").value()));
}

TEST_CASE("the managed part of a tree leaves other components' values and empty keys out", "[schannel]") {
    registry::Tree tree;
    const auto lsa = registry::KeyPath::parse("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa").value();
    const auto schannel = registry::KeyPath::parse(schannel_key).value();
    tree.set_value(lsa, "LmCompatibilityLevel", registry::Value::dword(5));
    tree.set_value(lsa.child("FIPSAlgorithmPolicy"), "Enabled", registry::Value::dword(1));
    tree.set_value(schannel, "Odd", registry::Value::binary("x"));
    tree.create(schannel.child("Ciphers"));
    tree.set_value(registry::KeyPath::parse("HKLM\\SOFTWARE\\Elsewhere").value(), "x", registry::Value::dword(1));

    registry::Tree expected;
    expected.set_value(lsa.child("FIPSAlgorithmPolicy"), "Enabled", registry::Value::dword(1));
    expected.set_value(schannel, "Odd", registry::Value::binary("x"));
    CHECK(schannel::managed_part(tree).same_content(expected));
}
