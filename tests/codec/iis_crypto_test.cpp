#include "schancfg/codec/iis_crypto.hpp"

#include <algorithm>

#include "catch.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

namespace {

constexpr const char* schannel_key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\";

std::string v3(const std::string& inside) { return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<iisCryptoTemplate version=\"3\">\n" + inside + "\n</iisCryptoTemplate>"; }

Decoded<codec::IisCryptoTemplate> read(std::string_view text, bool strict = false) { return codec::decode_iis_crypto(text, {.file = "a.ictpl", .strict = strict}); }

/// What it asks of that release, a line a value without the key's beginning.
std::vector<std::string> asked(std::string_view text, const char* os = nullptr) {
    const auto decoded = read(text);
    REQUIRE(decoded);
    const auto wanted = schannel::translate(decoded.value->profile, {.release = os == nullptr ? nullptr : facts::find_release(os)});
    REQUIRE(wanted);
    std::vector<std::string> out;
    for (const registry::WantedValue& each : wanted.value->values) {
        std::string key = each.key.to_string();
        if (key.starts_with(schannel_key)) key.erase(0, std::string_view(schannel_key).size());
        const auto number = each.value->as_dword();
        out.push_back(key + ": " + each.name + " = " + (number ? std::to_string(*number) : each.value->as_string().value_or("?")));
    }
    return out;
}

/// `line:column message; fix` of each, errors behind `!`.
std::vector<std::string> said(std::string_view text, bool strict = false) {
    std::vector<std::string> out;
    for (const Diagnostic& each : read(text, strict).diagnostics) {
        out.push_back((each.severity == Severity::error ? "!" : "") + std::to_string(each.span.line) + ":" + std::to_string(each.span.column) + " " + each.message + (each.fix.empty() ? "" : "; " + each.fix));
    }
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("A protocol of a template is both values of its role's switch", "[codec]") {
    const std::string text = v3("<schannel><clientProtocols><templateItem name=\"TLS 1.0\" value=\"0\"/></clientProtocols>"
                                "<serverProtocols><templateItem name=\"tls 1.2\" value=\"-1\"/><templateItem name=\"TLS 1.1\" value=\"1\"/></serverProtocols></schannel>");
    CHECK(asked(text) == Lines{"Protocols\\TLS 1.0\\Client: DisabledByDefault = 1", "Protocols\\TLS 1.0\\Client: Enabled = 0", "Protocols\\TLS 1.1\\Server: DisabledByDefault = 0",
                               "Protocols\\TLS 1.1\\Server: Enabled = 1", "Protocols\\TLS 1.2\\Server: DisabledByDefault = 0", "Protocols\\TLS 1.2\\Server: Enabled = 4294967295"});
}

TEST_CASE("A cipher keeps its slash, and a hash loses its blank", "[codec]") {
    const std::string text = v3("<schannel><ciphers><templateItem name=\"AES 128/128\" value=\"-1\"/></ciphers><hashes><templateItem name=\"SHA 256\" value=\"0\"/></hashes>"
                                "<keyExchanges><templateItem name=\"PKCS\" value=\"1\"/></keyExchanges></schannel>");
    CHECK(asked(text) == Lines{"Ciphers\\AES 128/128: Enabled = 4294967295", "Hashes\\SHA256: Enabled = 0", "KeyExchangeAlgorithms\\PKCS: Enabled = 1"});
}

TEST_CASE("An item that is not set asks for nothing, and is no mistake", "[codec]") {
    const std::string text = v3("<schannel><hashes><templateItem name=\"MD5\"/></hashes></schannel><advanced><templateItem name=\"Enable HTTP3\" minimumOSVersion=\"Windows2022\"/></advanced>");
    CHECK(asked(text).empty());
    CHECK(said(text).empty());
}

TEST_CASE("Earlier releases than minimumOSVersion leave an item out", "[codec]") {
    const std::string text = v3("<schannel><hashes><templateItem name=\"MD5\" value=\"0\" minimumOSVersion=\"Windows2016\"/><templateItem name=\"SHA\" value=\"0\" minimumOSVersion=\"Windows2008R2\"/></hashes></schannel>");
    CHECK(asked(text, "2012-r2") == Lines{"Hashes\\SHA: Enabled = 0"});
    CHECK(asked(text, "2016") == Lines{"Hashes\\MD5: Enabled = 0", "Hashes\\SHA: Enabled = 0"});
    CHECK(asked(text, "windows-11-24h2").size() == 2);
    CHECK(asked(text).size() == 2);
}

TEST_CASE("Suites go to the policy list: in version 3 one item, in version 0 an item each", "[codec]") {
    CHECK(asked(v3("<cipherSuites><templateItem name=\"Configured Cipher Suites\" value=\"TLS_AES_256_GCM_SHA384, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"/></cipherSuites>")) ==
          Lines{"HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002: Functions = TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
    const std::string zero = "<?xml version=\"1.0\" encoding=\"utf-16\"?><iisCryptoTemplate version=\"0\"><cipherSuites>"
                             "<cipherSuiteItem name=\"TLS_RSA_WITH_AES_256_CBC_SHA\" state=\"Enabled\"/><cipherSuiteItem name=\"TLS_RSA_WITH_RC4_128_SHA\" state=\"Disabled\"/>"
                             "<cipherSuiteItem name=\"TLS_RSA_WITH_AES_128_CBC_SHA\" state=\"Enabled\" minimumOSVersion=\"Windows2016\"/></cipherSuites></iisCryptoTemplate>";
    const std::string key = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002: Functions = ";
    CHECK(asked(zero, "2022") == Lines{key + "TLS_RSA_WITH_AES_256_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA"});
    CHECK(asked(zero, "2012-r2") == Lines{key + "TLS_RSA_WITH_AES_256_CBC_SHA"});
}

TEST_CASE("A list that is for later releases alone is left out of earlier ones, and no mistake", "[codec]") {
    CHECK(asked(v3("<cipherSuites><templateItem name=\"Configured Cipher Suites\" value=\"TLS_AES_256_GCM_SHA384\" minimumOSVersion=\"Windows2022\"/></cipherSuites>"), "2012-r2").empty());
}

TEST_CASE("What only the tool knows is said, and what schancfg does not write is refused", "[codec]") {
    const std::string text = v3("<advanced>\n<templateItem name=\"Override Enabled\" value=\"0\"/>\n<templateItem name=\"DHE Minimum Key Length\" value=\"3072\"/>\n"
                                "<templateItem name=\"FIPS Algorithm Policy\" value=\"1\"/>\n<templateItem name=\"Enable HTTP3\" value=\"1\"/></advanced>");
    CHECK(asked(text) == Lines{"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy: Enabled = 1", "KeyExchangeAlgorithms\\Diffie-Hellman: ServerMinKeyBitLength = 3072"});
    CHECK(said(text) == Lines{"4:1 \"Override Enabled\" is an option of IIS Crypto itself and asks for nothing",
                              "5:1 \"DHE Minimum Key Length\" is read as ServerMinKeyBitLength of Diffie-Hellman (assumed, not verified)"});
    const auto decoded = read(text);
    REQUIRE(decoded.value->refused.size() == 1);
    CHECK(decoded.value->refused[0].message == "\"Enable HTTP3\" is HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters \"EnableHttp3\", which schancfg does not write");
}

TEST_CASE("Whatever is not known is named with its place, and with --strict an error", "[codec]") {
    const std::string text = v3("<extra/>\n<schannel new=\"1\"><hashes><templateItem name=\"MD6\" value=\"0\"/>\n<templateItem name=\"MD5\" value=\"2\"/><odd/>text</hashes></schannel>\n"
                                "<cipherSuites><templateItem name=\"Configured Cipher Suites\" value=\"TLS_AES_256_GCM_SHA383\"/></cipherSuites>");
    const Lines lines{"3:1 the element \"extra\" in iisCryptoTemplate is not known and is left out; expected one of: header, schannel, advanced, cipherSuites",
                      "4:1 the attribute \"new\" of \"schannel\" is not known and is left out",
                      "4:27 \"MD6\" in hashes is not known and is left out; did you mean \"MD5\"?",
                      "5:1 \"MD5\" is \"2\", which is not known; the item is left out; expected one of: 0, 1, -1",
                      "5:37 the element \"odd\" in hashes is not known and is left out; expected one of: templateItem, schannelItem, cipherSuiteItem",
                      "5:43 there is text in hashes, which is left out",
                      "6:15 Windows knows no cipher suite \"TLS_AES_256_GCM_SHA383\"; it is left out; did you mean \"TLS_AES_256_GCM_SHA384\"?"};
    CHECK(said(text) == lines);
    CHECK(read(text));
    CHECK_FALSE(read(text, true));
    CHECK(said(text, true).front() == "!" + lines.front());
    CHECK(said("<iisCryptoTemplate version=\"9\"/>") == Lines{"1:1 templates of version \"9\" are not known; it is read as one of version 3; versions 0 and 3 are known"});
    CHECK(said(v3("<schannel><serverProtocols><templateItem name=\"TLS 1.0\" value=\"0\"/><templateItem name=\"TLS 1.0\" value=\"1\"/></serverProtocols></schannel>")) == Lines{"3:68 \"TLS 1.0\" stands here a second time; this one counts"});
    CHECK(said(v3("<schannel><hashes><templateItem name=\"MD5\" value=\"0\"/><templateItem name=\"MD5\" value=\"-1\"/></hashes></schannel>")) == Lines{"3:55 \"MD5\" stands here a second time; this one counts"});
    CHECK(asked(v3("<schannel><hashes><templateItem name=\"MD5\" value=\"0\"/><templateItem name=\"MD5\" value=\"-1\"/></hashes></schannel>")) == Lines{"Hashes\\MD5: Enabled = 4294967295"});
}

TEST_CASE("setClientProtocols decides whether clients are asked for anything", "[codec]") {
    const auto text = [](const std::string& word) {
        return "<iisCryptoTemplate version=\"0\"><schannel setClientProtocols=\"" + word + "\"><clientProtocols><schannelItem name=\"TLS 1.0\" state=\"Disabled\"/></clientProtocols></schannel></iisCryptoTemplate>";
    };
    CHECK(asked(text("true")).size() == 2);
    CHECK(asked(text("false")).empty());
    CHECK(said(text("false")) == Lines{"1:69 the protocols of clients are left alone: setClientProtocols is false"});
}

TEST_CASE("The bytes say the encoding, not the declaration", "[codec]") {
    const std::string text = "<?xml version=\"1.0\" encoding=\"utf-16\"?><iisCryptoTemplate version=\"0\"><header><name>B\xC3\xBCro</name></header></iisCryptoTemplate>";
    const std::string wide = utf::to_utf16le(text);
    std::string big = wide;
    for (std::size_t at = 0; at + 1 < big.size(); at += 2) std::swap(big[at], big[at + 1]);
    for (const std::string& bytes : {text, "\xEF\xBB\xBF" + text, "\xFF\xFE" + wide, wide, "\xFE\xFF" + big}) {
        CHECK(codec::is_iis_crypto(bytes));
        const auto decoded = read(bytes);
        REQUIRE(decoded);
        CHECK(decoded.value->profile.name == "B\xC3\xBCro");
    }
    CHECK_FALSE(codec::is_iis_crypto("<nmaprun/>"));
    CHECK_FALSE(codec::is_iis_crypto("# <iisCryptoTemplate"));
}

TEST_CASE("Hostile XML is refused in one line with its place", "[codec]") {
    CHECK(said("<!DOCTYPE iisCryptoTemplate [<!ENTITY a \"b\">]><iisCryptoTemplate version=\"3\"/>") ==
          Lines{"!1:1 a document type or an entity is declared here, which no template does; remove the declaration"});
    CHECK(said("<iisCryptoTemplate version=\"3\">\n<header>") == Lines{"!2:8 this is not XML: start-end tags mismatch"});
    CHECK(said("<other/>") == Lines{"!1:1 the root element is \"other\" and not iisCryptoTemplate; take a file that IIS Crypto has saved"});
    CHECK(said("") == Lines{"!1:1 this is not XML: no document element found"});
    CHECK(said("<iisCryptoTemplate>\n \x80</iisCryptoTemplate>") == Lines{"!2:2 this is not UTF-8; save the template again"});
    CHECK(said(std::string("<iisCryptoTemplate>\0</iisCryptoTemplate>", 40)) == Lines{"!1:20 there is a NUL character here; save the template again"});
    CHECK(said("<iisCryptoTemplate><!-- </iisCryptoTemplate>") == Lines{"!1:20 what begins here does not end"});
    std::string deep;
    for (int i = 0; i < 9000; ++i) deep += "<a>";
    for (int i = 0; i < 9000; ++i) deep += "</a>";
    CHECK(read(v3(deep)));
    CHECK(said(v3(deep + deep)) == Lines{"!3:68998 there are more than 20,000 tags; a template has some hundred"});
    const auto large = read(std::string(codec::iis_crypto_max_size + 1, ' '));
    CHECK(large.diagnostics.front().message == "the file is larger than 1 MiB");
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "<x/>";
    const auto flooded = read(v3(many));
    REQUIRE(flooded);
    CHECK(flooded.diagnostics.size() == 1001);
    CHECK(flooded.diagnostics.back().message == "4000 more of this kind are left out");
}
