#include "catch.hpp"
#include "profile_text.hpp"
#include "schancfg/registry/wanted.hpp"

using profile_text::Lines;
using profile_text::wanted;
using namespace schancfg;

TEST_CASE("Protocol words write both values of the roles they name", "[codec]") {
    CHECK(wanted(R"(format = 1
[protocols]
"SSL 3.0" = "disabled"
"TLS 1.1" = { client = "on-request", server = "disabled" }
"tls 1.2" = "enabled"
"TLS 1.3" = "default"
)") == Lines{
        R"(~\Protocols\SSL 3.0\Client DisabledByDefault = 1)", R"(~\Protocols\SSL 3.0\Client Enabled = 0)",
        R"(~\Protocols\SSL 3.0\Server DisabledByDefault = 1)", R"(~\Protocols\SSL 3.0\Server Enabled = 0)",
        R"(~\Protocols\TLS 1.1\Client DisabledByDefault = 1)", R"(~\Protocols\TLS 1.1\Client Enabled = 1)",
        R"(~\Protocols\TLS 1.1\Server DisabledByDefault = 1)", R"(~\Protocols\TLS 1.1\Server Enabled = 0)",
        R"(~\Protocols\TLS 1.2\Client DisabledByDefault = 0)", R"(~\Protocols\TLS 1.2\Client Enabled = 1)",
        R"(~\Protocols\TLS 1.2\Server DisabledByDefault = 0)", R"(~\Protocols\TLS 1.2\Server Enabled = 1)",
        R"(~\Protocols\TLS 1.3\Client DisabledByDefault = absent)", R"(~\Protocols\TLS 1.3\Client Enabled = absent)",
        R"(~\Protocols\TLS 1.3\Server DisabledByDefault = absent)", R"(~\Protocols\TLS 1.3\Server Enabled = absent)"});
}

TEST_CASE("Ciphers, hashes and key exchanges are switched with 0xffffffff and 0", "[codec]") {
    CHECK(wanted(R"(format = 1
[ciphers]
"RC4 128/128" = "disabled"
"aes 256/256" = "enabled"
[hashes]
MD5 = "disabled"
[key_exchange_algorithms]
Diffie-Hellman = { state = "enabled", client_min_bits = 1024, server_min_bits = 2048 }
PKCS = { client_min_bits = 2048 }
ECDH = "disabled"
)") == Lines{R"(~\Ciphers\AES 256/256 Enabled = 4294967295)", R"(~\Ciphers\RC4 128/128 Enabled = 0)",
             R"(~\Hashes\MD5 Enabled = 0)",
             R"(~\KeyExchangeAlgorithms\Diffie-Hellman ClientMinKeyBitLength = 1024)",
             R"(~\KeyExchangeAlgorithms\Diffie-Hellman Enabled = 4294967295)",
             R"(~\KeyExchangeAlgorithms\Diffie-Hellman ServerMinKeyBitLength = 2048)",
             R"(~\KeyExchangeAlgorithms\ECDH Enabled = 0)",
             R"(~\KeyExchangeAlgorithms\PKCS ClientMinKeyBitLength = 2048)"});
}

TEST_CASE("A vendor's one value comes out as exactly that", "[codec]") {
    CHECK(wanted("format = 1\nkey_exchange_algorithms.Diffie-Hellman.client_min_bits = 512\n") ==
          Lines{R"(~\KeyExchangeAlgorithms\Diffie-Hellman ClientMinKeyBitLength = 512)"});
}

TEST_CASE("Lists are written in Windows' spelling, strings in the local list and commas in the policy", "[codec]") {
    const std::string text = R"(format = 1
[cipher_suites.local]
order = ["tls_aes_256_gcm_sha384", "TLS_AES_128_GCM_SHA256"]
[cipher_suites.policy]
order = ["tls_aes_256_gcm_sha384", "TLS_AES_128_GCM_SHA256"]
[elliptic_curves.local]
order = ["Curve25519", "nistP256"]
[elliptic_curves.policy]
order = ["x25519_mlkem768", "NistP384"]
[signature_algorithms.local]
order = ["RSAE-PSS/SHA256", "ECDSA/SHA384"]
)";
    const std::string local = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\";
    const std::string policy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002 ";
    CHECK(wanted(text) == Lines{policy + "EccCurves = [x25519_mlkem768|NistP384]",
                                policy + "Functions = \"TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256\"",
                                local + "00010002 EccCurves = [curve25519|NistP256]",
                                local + "00010002 Functions = [TLS_AES_256_GCM_SHA384|TLS_AES_128_GCM_SHA256]",
                                local + "00010003 Functions = [RSAE-PSS/SHA256|ECDSA/SHA384]"});
}

TEST_CASE("Values of the SCHANNEL key are booleans, numbers, words and lists of words", "[codec]") {
    CHECK(wanted(R"(format = 1
[schannel]
event_logging = ["informational", "errors"]
certificate_mapping_methods = ["s4u2self", "s4u2self-explicit"]
client_auth_trust_mode = "exclusive-ca"
client_cache_time = 0
allow_insecure_reneg_clients = false
disable_reneg_on_server = true
send_extra_record = "off"
machine_id = 4294967294
messaging = { message_limit_client = 16777215 }
)") == Lines{"~ AllowInsecureRenegoClients = 0", "~ CertificateMappingMethods = 24", "~ ClientAuthTrustMode = 2",
             "~ ClientCacheTime = 0", "~ DisableRenegoOnServer = 1", "~ EventLogging = 5", "~ MachineID = 4294967294",
             "~ SendExtraRecord = 2", "~\\Messaging MessageLimitClient = 16777215"});
    CHECK(wanted("format = 1\nschannel.event_logging = \"none\"") == Lines{"~ EventLogging = 0"});
}

TEST_CASE("A detail wins over what is general, whichever comes first", "[codec]") {
    const std::string detail = "[dotnet.\"v4.0.30319\".view64]\nstrong_crypto = false\n";
    const std::string version = "[dotnet.\"V2.0.50727\"]\nstrong_crypto = \"default\"\n";
    const std::string general = "[dotnet]\nstrong_crypto = true\n";
    const Lines lines{"HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727 SchUseStrongCrypto = absent",
                      "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319 SchUseStrongCrypto = 0",
                      "HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v2.0.50727 SchUseStrongCrypto = absent",
                      "HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319 SchUseStrongCrypto = 1"};
    CHECK(wanted("format = 1\n" + general + version + detail) == lines);
    CHECK(wanted("format = 1\n" + detail + version + general) == lines);
    const std::string winhttp = "Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp DefaultSecureProtocols = ";
    CHECK(wanted("format = 1\n[winhttp.view32]\ndefault_secure_protocols = [\"TLS 1.2\"]\n"
                 "[winhttp]\ndefault_secure_protocols = [\"TLS 1.3\", \"tls 1.2\"]\n") ==
          Lines{"HKLM\\SOFTWARE\\Microsoft\\" + winhttp.substr(10) + "10240",
                "HKLM\\SOFTWARE\\Wow6432Node\\" + winhttp + "2048"});
}

TEST_CASE("Raw values have every type, and their bytes alone meet them", "[codec]") {
    const std::string text = R"(format = 1
[registry.'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Server']
Enabled = 0xffffffff
DisabledByDefault = { type = "reg_qword", data = 1 }
[registry.'HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Client\']
Enabled = "a text"
DisabledByDefault = { type = "REG_SZ", data = "default" }
Folklore = "default"
[registry.'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\DTLS 1.3\Client']
Enabled = ["one", "two"]
DisabledByDefault = { type = "REG_BINARY", hex = "00Ff" }
[registry.'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\DTLS 1.3\Server']
Enabled = { type = "REG_TYPE_0x20", hex = "" }
DisabledByDefault = { type = "REG_EXPAND_SZ", data = "%x%" }
)";
    CHECK(wanted(text) == Lines{"~\\Protocols\\DTLS 1.3\\Client DisabledByDefault = REG_BINARY:00ff",
                                "~\\Protocols\\DTLS 1.3\\Client Enabled = [one|two]",
                                "~\\Protocols\\DTLS 1.3\\Server DisabledByDefault = REG_EXPAND_SZ:25007800250000" "00",
                                "~\\Protocols\\DTLS 1.3\\Server Enabled = REG_TYPE_0x20:",
                                "~\\Protocols\\TLS 1.0\\Client DisabledByDefault = \"default\"",
                                "~\\Protocols\\TLS 1.0\\Client Enabled = \"a text\"",
                                "~\\Protocols\\TLS 1.0\\Client Folklore = absent",
                                "~\\Protocols\\TLS 1.0\\Server DisabledByDefault = REG_QWORD:0100000000000000",
                                "~\\Protocols\\TLS 1.0\\Server Enabled = 4294967295"});
    const auto decoded = codec::decode_profile(text, "p.toml", {});
    REQUIRE(decoded);
    for (const schannel::Entry& entry : decoded.value->layers.at(0).entries) {
        CHECK(entry.raw);
        if (const auto* write = std::get_if<schannel::Write>(&entry.what)) CHECK(write->meets == registry::Meets::exact);
    }
}

TEST_CASE("Extended profiles come first and are overridden value by value, list by list", "[codec]") {
    const profile_text::Files files{
        {"a.toml", "format = 1\nname = \"A\"\nwindows = \"client\"\nextends = [\"sub/b.toml\"]\n[ciphers]\n\"NULL\" = \"disabled\"\n"
                   "[cipher_suites.local]\norder = [\"TLS_AES_256_GCM_SHA384\", \"TLS_AES_128_GCM_SHA256\"]\n"},
        {"sub/b.toml", "format = 1\n[ciphers]\n\"NULL\" = \"enabled\"\n[hashes]\nMD5 = \"disabled\"\nSHA = \"disabled\"\n"}};
    const std::string text = "format = 1\nextends = [\"a.toml\"]\n[hashes]\nMD5 = \"unmanaged\"\n"
                             "[cipher_suites.local]\norder = [\"TLS_AES_128_GCM_SHA256\"]\n";
    CHECK(wanted(text, {}, files) ==
          Lines{"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002 Functions = "
                "[TLS_AES_128_GCM_SHA256]",
                "~\\Ciphers\\NULL Enabled = 0", "~\\Hashes\\SHA Enabled = 0"});
    const auto decoded = codec::decode_profile(text, "p.toml", profile_text::loader(files));
    REQUIRE(decoded);
    REQUIRE(decoded.value->layers.size() == 3);
    CHECK(decoded.value->layers[0].file == "sub/b.toml");
    CHECK(decoded.value->layers[1].file == "a.toml");
    CHECK(decoded.value->layers[1].name == "A");
    CHECK(decoded.value->layers[2].file == "p.toml");
    CHECK(decoded.value->name.empty());
    CHECK(decoded.value->windows.empty());
    CHECK(decoded.value->layers[1].entries.at(0).origin == Span{"a.toml", 6, 1});
}

TEST_CASE("A file that is extended by two others counts where it comes in last", "[codec]") {
    const profile_text::Files files{{"base.toml", "format = 1\n[hashes]\nMD5 = \"enabled\"\nSHA = \"enabled\"\n"},
                                    {"left.toml", "format = 1\nextends = [\"base.toml\"]\n[hashes]\nMD5 = \"disabled\"\n"},
                                    {"right.toml", "format = 1\nextends = [\"base.toml\"]\n[hashes]\nSHA = \"disabled\"\n"}};
    CHECK(wanted("format = 1\nextends = [\"left.toml\", \"right.toml\"]\n", {}, files) ==
          Lines{"~\\Hashes\\MD5 Enabled = 4294967295", "~\\Hashes\\SHA Enabled = 0"});
    const auto decoded = codec::decode_profile("format = 1\nextends = [\"left.toml\", \"right.toml\"]\n", "p.toml",
                                               profile_text::loader(files));
    REQUIRE(decoded);
    std::string order;
    for (const schannel::Layer& layer : decoded.value->layers) order += layer.file + " ";
    CHECK(order == "left.toml base.toml right.toml p.toml ");
}

TEST_CASE("Built-in names are never looked for among files", "[codec]") {
    bool asked = false;
    const codec::Load load = [&](std::string_view, std::string_view) -> Result<codec::LoadedText> {
        asked = true;
        return fail(ErrorCode::not_found, "nothing here");
    };
    const auto decoded = codec::decode_profile("format = 1\nextends = [\"weak-dh-peer\"]\n", "p.toml", load);
    REQUIRE(decoded);
    CHECK_FALSE(asked);
    CHECK(decoded.value->layers.at(0).file == "built-in:weak-dh-peer");
}

TEST_CASE("Name, description and conditions are read as they stand", "[codec]") {
    const auto decoded = codec::decode_profile("\xEF\xBB\xBF" "format = 1\r\nname = \"Ä\"\r\ndescription = \"\"\"a\r\nb\"\"\"\r\n"
                                               "windows = [\">= 2016\", \" < Windows 11 22H2\", \"client\"]\r\n", "p.toml", {});
    REQUIRE(decoded);
    CHECK(decoded.value->name == "Ä");
    CHECK(decoded.value->windows.size() == 3);
    CHECK(decoded.value->windows[0].release == "windows-server-2016");
    CHECK(decoded.value->windows[1].release == "windows-11-22h2");
    CHECK(decoded.value->windows[1].kind == schannel::WindowsCondition::Kind::less);
    CHECK(decoded.value->windows[2].kind == schannel::WindowsCondition::Kind::client);
    CHECK(decoded.value->windows[2].origin == Span{"p.toml", 5, 45});
}

TEST_CASE("A profile is known by the SHA-256 of its texts", "[codec]") {
    // Lengths around the ends of a block, where the padding changes its form.
    const std::vector<std::pair<std::size_t, std::string>> cases{
        {12, "87dbaac24c48d09696e99d0f21df0c2f3392716521bba2006bc3cc987b07f53c"},
        {55, "5f722f947638acbfdd2c2c2cc3aa2dbfba81ef604c1f65e028042058e4beffc4"},
        {56, "cc3d939e788f757e9f7d92106bb08e6e66905c0d334d3bcf6dc2165cfef5779a"},
        {63, "8f58c95041622a9b01e4ac03f6783a847be09b16b0eb8e62815707569dc9fba1"},
        {64, "c7d5e634e83657e8f7c1e7dcdb1b2a1a0c05b714fcfca19f85dbed4225dbbf31"},
        {65, "4666a6321109411c179449f0e0db2ee0b24bf4ce9b8501976d65f784c3d4694a"},
        {119, "2d2e50819aa7c3cce9877edac3842758dad6dd256e5f5c46ab0bcff4ad8a449e"},
        {120, "2532e97b4aefb935049b6dfaa96f307d81a11c5f76be8365ff03f8dfce026fc5"},
        {1000, "ae445d48462353609bcf30ffef11b053a1caef007ec338561664d2a092ebe06f"}};
    for (const auto& [size, digest] : cases) {
        const std::string text = "format = 1\n#" + std::string(size - 12, 'x');
        INFO(size);
        CHECK(codec::decode_profile(text, "p.toml", {}).value.value().sha256 == digest);
    }
    const profile_text::Files files{{"b.toml", "format = 1\n# base\n"}};
    CHECK(codec::decode_profile("format = 1\nextends = [\"b.toml\"]\n", "p.toml", profile_text::loader(files)).value.value().sha256 ==
          "ad31de9d2bbd9535440aef5447f03375110112bd6541682dad682e4ad84c1bd2");
}

TEST_CASE("The example of all sections means what it says", "[codec]") {
    CHECK(wanted(R"(format = 1
name = "TLS 1.2 and 1.3"                 # no control characters
description = "..."
windows = ">= windows-server-2016"       # whom it is for

[protocols]
"TLS 1.1" = { client = "on-request", server = "disabled" }
"TLS 1.3" = "default"
[ciphers]
"RC4 128/128" = "disabled"
[hashes]
MD5 = "disabled"
[key_exchange_algorithms]
PKCS = { client_min_bits = 2048 }        # only what is named is written
[cipher_suites.policy]
order = "default"                        # the policy list is removed
[schannel]                               # values of the SCHANNEL key itself, in snake_case
event_logging = ["errors", "warnings"]
[winhttp]
default_secure_protocols = ["TLS 1.2", "TLS 1.3"]        # both views; [winhttp.view32] names one
[fips]
enabled = false
)", "windows-server-2019") ==
          Lines{"p.toml:20:40: unknown-to-release: TLS 1.3 is left out: Windows Server 2019 does not know it",
                "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp DefaultSecureProtocols = 2048",
                "HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002 Functions = absent",
                "HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp DefaultSecureProtocols = 2048",
                "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy Enabled = 0", "~ EventLogging = 3",
                "~\\Ciphers\\RC4 128/128 Enabled = 0", "~\\Hashes\\MD5 Enabled = 0",
                "~\\KeyExchangeAlgorithms\\PKCS ClientMinKeyBitLength = 2048",
                "~\\Protocols\\TLS 1.1\\Client DisabledByDefault = 1", "~\\Protocols\\TLS 1.1\\Client Enabled = 1",
                "~\\Protocols\\TLS 1.1\\Server DisabledByDefault = 1", "~\\Protocols\\TLS 1.1\\Server Enabled = 0",
                "~\\Protocols\\TLS 1.3\\Client DisabledByDefault = absent", "~\\Protocols\\TLS 1.3\\Client Enabled = absent",
                "~\\Protocols\\TLS 1.3\\Server DisabledByDefault = absent", "~\\Protocols\\TLS 1.3\\Server Enabled = absent"});
}
