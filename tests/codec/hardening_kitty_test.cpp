#include "schancfg/codec/hardening_kitty.hpp"

#include "catch.hpp"
#include "schancfg/registry/tree.hpp"

using namespace schancfg;

namespace {

const std::string header = "ID,Category,Name,Method,MethodArgument,RegistryPath,RegistryItem,DefaultValue,RecommendedValue,Operator,Severity\r\n";
const std::string schannel_key = "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\";

std::string row(const std::string& path, const std::string& item, const std::string& initial, const std::string& recommended, const std::string& operation = "=", const std::string& method = "Registry") {
    return "1,c,n," + method + ",," + path + "," + item + "," + initial + "," + recommended + "," + operation + ",High\r\n";
}

Decoded<codec::HardeningKittyList> read(const std::string& rows, bool strict = false) { return codec::decode_hardening_kitty(header + rows, {.file = "l.csv", .strict = strict}); }

registry::WantedValue one(const std::string& text) {
    const auto list = read(text);
    REQUIRE(list);
    REQUIRE(list.value->rows.size() == 1);
    return list.value->rows[0].wanted;
}

std::string said(const std::string& rows) {
    const auto list = read(rows);
    REQUIRE(list.diagnostics.size() == 1);
    const Diagnostic& first = list.diagnostics[0];
    return std::to_string(first.span.line) + " " + first.message + (first.fix.empty() ? "" : "; " + first.fix);
}

}  // namespace

TEST_CASE("A cipher's path is read with its slash", "[codec]") {
    const auto wanted = one(row(schannel_key + "Ciphers\\AES 128/128", "Enabled", "", "1"));
    CHECK(wanted.key.name() == "AES 128/128");
    CHECK(wanted.value == registry::Value::dword(1));
    CHECK(wanted.origin.line == 2);
}

TEST_CASE("= is met by the data alone, >= by any number that is not smaller", "[codec]") {
    const auto exact = one(row(schannel_key + "Hashes\\SHA256", "Enabled", "", "4294967295"));
    const auto value = registry::Value::dword(0xFFFFFFFF), other = registry::Value::dword(1);
    CHECK(exact.is_met_by(&value));
    CHECK_FALSE(exact.is_met_by(&other));
    CHECK_FALSE(exact.is_met_by(nullptr));
    const auto least = one(row(schannel_key + "KeyExchangeAlgorithms\\PKCS", "ClientMinKeyBitLength", "", "2048", ">="));
    for (const std::uint32_t bits : {2048u, 3072u}) {
        const auto held = registry::Value::dword(bits);
        CHECK(least.is_met_by(&held));
    }
    const auto small = registry::Value::dword(2047), text = registry::Value::sz("4096");
    CHECK_FALSE(least.is_met_by(&small));
    CHECK_FALSE(least.is_met_by(&text));
    CHECK_FALSE(least.is_met_by(nullptr));
}

TEST_CASE("A default that meets the row makes absence meet it", "[codec]") {
    CHECK(one(row(schannel_key + "Hashes\\MD5", "Enabled", "0", "0")).is_met_by(nullptr));
    CHECK_FALSE(one(row(schannel_key + "Hashes\\MD5", "Enabled", "1", "0")).is_met_by(nullptr));
    CHECK(one(row(schannel_key + "KeyExchangeAlgorithms\\PKCS", "ClientMinKeyBitLength", "3072", "2048", ">=")).is_met_by(nullptr));
}

TEST_CASE("Quoted fields hold commas, line ends and doubled quotation marks", "[codec]") {
    const auto list = read("\r\n\"1\",\"c, d\",\"two\nlines \"\"x\"\"\",Registry,," + schannel_key + "Hashes\\MD5,Enabled,,0,=,High\r\n" + row(schannel_key + "Hashes\\SHA", "Enabled", "", "0"));
    REQUIRE(list);
    REQUIRE(list.value->rows.size() == 2);
    CHECK(list.value->rows[0].category == "c, d");
    CHECK(list.value->rows[0].name == "two\nlines \"x\"");
    CHECK(list.value->rows[0].wanted.origin.line == 3);
    CHECK(list.value->rows[1].wanted.origin.line == 5);
}

TEST_CASE("Lines are counted whichever way they end", "[codec]") {
    for (const std::string end : {"\r\n", "\n", "\r"}) {
        std::string text = header + row(schannel_key + "Ciphers\\NULL", "Enabled", "", "0") + row(schannel_key + "Hashes\\MD5", "Enabled", "", "0");
        for (std::size_t at = 0; (at = text.find("\r\n", at)) != std::string::npos; at += end.size()) text.replace(at, 2, end);
        const auto list = codec::decode_hardening_kitty(text, {.file = "l.csv"});
        REQUIRE(list);
        REQUIRE(list.value->rows.size() == 2);
        CHECK(list.value->rows[0].wanted.origin.line == 2);
        CHECK(list.value->rows[1].wanted.origin.line == 3);
    }
}

TEST_CASE("The policy lists get the type that Windows reads", "[codec]") {
    const std::string policy = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
    CHECK(one(row(policy, "Functions", "", "\"TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256\"")).value == registry::Value::sz("TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256"));
    CHECK(one(row(policy, "EccCurves", "", "NISTP384;Curve25519")).value == registry::Value::multi_sz({"NistP384", "curve25519"}));
}

TEST_CASE("-NODATA- asks for the value to be absent", "[codec]") {
    const auto wanted = one(row(schannel_key + "Hashes\\MD5", "Enabled", "", "-NODATA-"));
    CHECK(wanted.is_met_by(nullptr));
    const auto held = registry::Value::dword(0);
    CHECK_FALSE(wanted.is_met_by(&held));
}

TEST_CASE("Other methods and other keys are counted, and rows about TLS that can't be read are named", "[codec]") {
    const auto list = read(row("", "", "", "1", "=", "secedit") + row("HKLM:\\SOFTWARE\\Example", "A", "", "1") + row("HKCU:\\SOFTWARE\\Example", "A", "", "x", "<="));
    REQUIRE(list);
    CHECK(list.value->rows.empty());
    CHECK(list.value->others.size() == 1);
    CHECK(list.value->elsewhere.size() == 2);
    CHECK(said(row(schannel_key + "Hashes\\MD5", "Enabled", "", "0", "<=")) == "2 the row is left out: the operator \"<=\" is not read; expected one of: =, >=");
    CHECK(said(row(schannel_key + "Hashes\\MD5", "Enabled", "", "off")) == "2 the row is left out: \"off\" is not a number, which \"Enabled\" is; expected a number from 0 to 4294967295");
    CHECK(said(row("Somewhere", "Enabled", "", "0")) == "2 the row is left out: \"Somewhere\" is not the path of a key; expected such as HKLM:\\SYSTEM\\CurrentControlSet");
    CHECK(said(row(schannel_key + "Hashes\\MD5", "Enabled", "", "")) == "2 the row is left out: nothing is recommended for \"Enabled\"");
    CHECK_FALSE(read(row(schannel_key + "Hashes\\MD5", "Enabled", "", "0", "<="), true));
}

TEST_CASE("Of two rows about a value the last is asked for, and both are judged", "[codec]") {
    const auto list = read(row(schannel_key + "Hashes\\MD5", "Enabled", "", "0") + row(schannel_key + "Hashes\\md5", "enabled", "", "4294967295"));
    REQUIRE(list);
    CHECK(list.value->rows.size() == 2);
    const auto wanted = list.value->wanted();
    REQUIRE(wanted.values.size() == 1);
    CHECK(wanted.values[0].value == registry::Value::dword(0xFFFFFFFF));
    CHECK(wanted.values[0].overridden.size() == 1);
}

TEST_CASE("A file that is no finding list says which column is missing", "[codec]") {
    CHECK(codec::is_hardening_kitty(header));
    CHECK(codec::is_hardening_kitty("\xEF\xBB\xBF" + header));
    CHECK_FALSE(codec::is_hardening_kitty("id,fqdn/ip,port,severity,finding"));
    const auto error = [](const std::string& text) {
        const auto list = codec::decode_hardening_kitty(text, {.file = "l.csv"});
        REQUIRE_FALSE(list);
        return std::to_string(list.diagnostics.back().span.line) + " " + list.diagnostics.back().message;
    };
    CHECK(error("ID;Method;RegistryPath\n") == "1 the columns are separated by semicolons");
    CHECK(error("ID\tMethod\tRegistryPath\n") == "1 the columns are separated by tabs");
    CHECK(error("a,b\n") == "1 the first line has no column \"Method\"");
    CHECK(error("") == "1 the file is empty");
    CHECK(error(header + "\n\n\"x") == "4 the file ends within a field in quotation marks");
    CHECK(error(header + "a,\"b\"c\n") == "2 text follows the quotation mark that ends a field");
    CHECK(error(header + std::string(64, ',') + "\n") == "2 the line has more than 64 fields");
    CHECK(error(header + std::string(codec::hardening_kitty_max_field + 1, 'x')) == "2 a field is longer than 64 KiB");
    CHECK(error(header + "\xFF") == "2 this is not UTF-8");
    CHECK(error(std::string(codec::hardening_kitty_max_size + 1, ' ')) == "0 the file is larger than 8 MiB");
    std::string rows;
    for (std::size_t i = 0; i <= codec::hardening_kitty_max_rows; ++i) rows += "1\n";
    CHECK(error(header + rows) == "50002 there are more than 50,000 rows");
}
