#include <algorithm>
#include <set>
#include <string>

#include "catch.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/facts/codes.hpp"
#include "schancfg/facts/conflicts.hpp"
#include "schancfg/facts/installed_values.hpp"
#include "schancfg/facts/registry_values.hpp"
#include "schancfg/facts/updates.hpp"

using namespace schancfg::facts;

TEST_CASE("registry values are named once each and have a source", "[facts]") {
    std::set<std::string> seen;
    for (const RegistryValue& row : registry_values()) {
        const std::string id = std::string(row.hive) + '\\' + std::string(row.key) + ':' + std::string(row.name);
        INFO(id);
        CHECK(seen.insert(id).second);
        CHECK_FALSE(row.section.empty());
        CHECK_FALSE(row.source.empty());
        CHECK((row.hive == "HKLM" || row.hive == "HKCU" || row.hive == "CSP"));
        CHECK_FALSE(row.key.ends_with('\\'));
    }
}

TEST_CASE("a registry value has its type, range, default and releases", "[facts]") {
    const auto row = std::ranges::find_if(registry_values(), [](const RegistryValue& each) {
        return each.name == "ClientMinKeyBitLength" && each.key.ends_with("\\KeyExchangeAlgorithms\\Diffie-Hellman");
    });
    REQUIRE(row != registry_values().end());
    CHECK(row->key ==
          "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman");
    CHECK(row->section == "kex");
    CHECK(row->type == "REG_DWORD");
    CHECK(row->allowed == "bits");
    CHECK(row->default_when_absent == "1024");
    CHECK(row->applies_to == "Windows 10 1507 / Server 2016+ (older with KB3174644)");
    CHECK(row->confidence == Confidence::documented);
    CHECK(row->notes == "KB3061518 (MS15-055) raised an earlier 512-bit limit; text not obtainable");
}

namespace {
std::set<std::string_view> names(std::span<const Algorithm> rows) {
    std::set<std::string_view> out;
    for (const Algorithm& row : rows) out.insert(row.name);
    return out;
}
}  // namespace

TEST_CASE("algorithms are the keys of Ciphers, Hashes and KeyExchangeAlgorithms", "[facts]") {
    // Of KB245030 and the page of TLS registry settings, and what is found in the registry beside them.
    CHECK(names(ciphers()) == std::set<std::string_view>{"AES 128/128", "AES 256/256", "DES 56/56", "NULL", "RC2 128/128", "RC2 40/128", "RC2 56/128", "RC2 56/56", "RC4 128/128",
                                                         "RC4 40/128", "RC4 56/128", "RC4 64/128", "Triple DES 168", "Triple DES 168/168", "DES 56"});
    CHECK(names(hashes()) == std::set<std::string_view>{"MD5", "SHA", "SHA256", "SHA384", "SHA512"});
    CHECK(names(key_exchanges()) == std::set<std::string_view>{"Diffie-Hellman", "ECDH", "PKCS"});
    CHECK(find_algorithm(ciphers(), "aes 128/128")->name == "AES 128/128");
    CHECK(find_algorithm(ciphers(), "RC2 56/56")->confidence == Confidence::folklore);
    CHECK(find_algorithm(ciphers(), "AES 128\xE2\x88\x95""128") == nullptr);
    CHECK(find_algorithm(hashes(), "sha256")->confidence == Confidence::secondary);
    CHECK(find_algorithm(key_exchanges(), "diffie-hellman")->name == "Diffie-Hellman");
    for (const auto& among : {ciphers(), hashes(), key_exchanges()}) {
        for (const Algorithm& row : among) CHECK_FALSE(row.source.empty());
    }
}

TEST_CASE("codes are found by number, HRESULT and name", "[facts]") {
    for (const Code& row : codes()) {
        INFO(row.name);
        CHECK_FALSE(row.source.empty());
        CHECK_FALSE(row.meaning.empty());
        if (row.kind != CodeKind::event) CHECK(find_code(row.name) == &row);
        if (row.number != no_number) CHECK(find_code(row.kind, row.number) == &row);
    }
    CHECK(find_code(CodeKind::tls_alert, 40)->name == "handshake_failure");
    CHECK(find_code(CodeKind::tls_alert, 47)->status == 0x80090326);
    CHECK(find_code(CodeKind::tls_alert, 99)->name == "any other alert");
    CHECK(find_code(CodeKind::tls_alert, 256) == nullptr);
    CHECK(find_code("sec_e_algorithm_mismatch")->number == 0x80090331);
    CHECK(find_code(CodeKind::sspi_status, 0x00090366) == find_code(CodeKind::sspi_status, 0x80090366));
    CHECK(find_code(CodeKind::winhttp_error, 0x80072F8F)->number == 12175);
    CHECK(find_code(CodeKind::event, 36887)->meaning == "fatal alert received from peer");
    CHECK(find_code(CodeKind::event, 1) == nullptr);
    CHECK(find_code("Schannel event") == nullptr);
}

TEST_CASE("a code is read in every spelling that logs, debuggers and scripts have", "[facts]") {
    for (const std::string_view word : {"0x80090331", "0X80090331", "80090331", "80090331h", "0x80090331L", "&H80090331", "-2146893007", "2148074289", "0xFFFFFFFF80090331", "18446744071562658609"}) {
        INFO(word);
        CHECK(code_number(word) == 0x80090331U);
    }
    CHECK(code_number("c000005e") == 0xC000005EU);
    CHECK(code_number("36888") == 36888U);
    CHECK(code_number("12345678") == 12345678U);
    for (const std::string_view word : {"", "-", "0x", "h", "L", "each", "0x1FFFFFFFF", "4294967296", "-2147483649", "99999999999999999999999", "1.2"}) {
        INFO(word);
        CHECK_FALSE(code_number(word));
    }
    CHECK(find_code(CodeKind::nt_status, 0xD000005E)->name == "STATUS_NO_LOGON_SERVERS");
    CHECK(find_code(CodeKind::win32_error, 0x80070520)->number == 1312);
    CHECK(find_code(CodeKind::browser_error, *code_number("-113"))->name == "ERR_SSL_VERSION_OR_CIPHER_MISMATCH");
    CHECK(find_code(CodeKind::browser_error, no_number) == nullptr);
    CHECK(find_code(CodeKind::remote_desktop_error, 0x904)->meaning == "the connection was closed");
}

TEST_CASE("updates name known releases and are found with and without KB", "[facts]") {
    std::set<std::string_view> ids;
    for (const Update& row : updates()) {
        INFO(row.id);
        CHECK(ids.insert(row.id).second);
        CHECK_FALSE(row.source.empty());
        CHECK_FALSE(row.changes.empty());
        CHECK_FALSE(row.applies_to.empty());
        CHECK(find_update(row.id) == &row);
        for (const std::string_view id : row.releases) CHECK(find_release(id) != nullptr);
    }
    CHECK(find_update("3080079") == find_update("kb3080079"));
    CHECK(find_update("MS15-055")->id == "KB3061518");
    CHECK(is_for(*find_update("KB3080079"), *find_release("windows-server-2008-r2")));
    CHECK_FALSE(is_for(*find_update("KB3080079"), *find_release("windows-8")));
    CHECK(find_update("KB4537806")->build == "14393.3542");
    CHECK(find_update("KB0") == nullptr);
    CHECK(find_update("") == nullptr);
}

TEST_CASE("each conflict keeps two answers and the sources of both", "[facts]") {
    CHECK(find_conflict("C10")->weighed.starts_with("off"));
    CHECK(find_conflict("C8")->weighed.empty());
    int number = 0;
    for (const Conflict& row : conflicts()) {
        INFO(row.id);
        CHECK(row.id == "C" + std::to_string(++number));
        CHECK_FALSE(row.one_source.empty());
        CHECK_FALSE(row.other_source.empty());
        CHECK(row.one != row.other);
        CHECK(find_conflict(row.id) == &row);
    }
    CHECK(find_conflict("c8")->topic == "TLS 1.0 and 1.1 on Server 2025");
}

TEST_CASE("values of untouched installations are limited to known releases", "[facts]") {
    for (const InstalledValue& row : installed_values()) {
        INFO(row.key << ':' << row.name);
        CHECK_FALSE(row.source.empty());
        CHECK((row.from.empty() || find_release(row.from) != nullptr));
        CHECK((row.to.empty() || find_release(row.to) != nullptr));
    }
    const auto ssl2 = std::ranges::find(installed_values(), "DisabledByDefault", &InstalledValue::name);
    REQUIRE(ssl2 != installed_values().end());
    CHECK_FALSE(holds(*find_release("windows-xp"), *ssl2));
    CHECK(holds(*find_release("windows-server-2012-r2"), *ssl2));
    CHECK_FALSE(holds(*find_release("windows-10-1607"), *ssl2));
}
