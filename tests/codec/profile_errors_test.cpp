#include "catch.hpp"
#include "profile_text.hpp"

using profile_text::errors;
using profile_text::Files;
using profile_text::Lines;

namespace {

struct Case {
    std::string text;   // after `format = 1` and a line end
    std::string error;  // from the line on
};

void check(const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        INFO(each.text);
        CHECK(errors("format = 1\n" + each.text) == Lines{"p.toml:" + each.error});
    }
}

const std::string schannel_key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

// One raw value of TLS 1.2, server.
Case raw(const std::string& line, const std::string& error) {
    return {"[registry.'" + schannel_key + "\\Protocols\\TLS 1.2\\Server']\n" + line, error};
}
const std::string raw_key = schannel_key + "\\Protocols\\TLS 1.2\\Server";
const std::string raw_right =
    "write a number (REG_DWORD), a string (REG_SZ), a list of strings (REG_MULTI_SZ), \"default\", \"unmanaged\", or "
    "{ type = \"...\", data = ... } or { type = \"...\", hex = \"...\" }";

}  // namespace

TEST_CASE("What a profile says of itself is checked", "[codec]") {
    check({
        {"nam = \"x\"", "2:1: profile-unknown-name: unknown key \"nam\" | did you mean \"name\"?"},
        {"name = 3", "2:8: profile-wrong-type: name is a number | write a string"},
        {"name = \"a\\u001B[2Jb\"",
         "2:8: profile-control-character: name \"a\\x1B[2Jb\" holds a control character or one that cannot be seen | "
         "use printable characters"},
        {"name = \"a\\u202Eb\"",
         "2:8: profile-control-character: name \"a\\u{202E}b\" holds a control character or one that cannot be seen | "
         "use printable characters"},
        {"description = \"\"\"\ntwo\nlines\\u0007\"\"\"",
         "2:15: profile-control-character: description \"two\\x0Alines\\x07\" holds a control character or one that cannot "
         "be seen | use printable characters, tabs and line ends"},
        {"windows = 10", "2:11: profile-wrong-type: windows is a number | write a condition such as \">= windows-server-2016\", "
                         "\"client\" or \"server\", or a list"},
        {"windows = \"windows-server-2016\"",
         "2:11: profile-windows: \"windows-server-2016\" is not a condition | write \"= windows-server-2016\""},
        {"windows = \"~ 2016\"", "2:11: profile-windows: \"~ 2016\" is not a condition | write \"= windows-server-2016\""},
        {"windows = \">= windows-server-2017\"",
         "2:11: profile-windows: unknown Windows release \"windows-server-2017\" | did you mean \"windows-server-2016\"?"},
        {"windows = [\"client\", \"< plan 9 from outer space\"]",
         "2:22: profile-windows: unknown Windows release \"plan 9 from outer space\" | `schancfg releases` lists them"},
        {"windows = []", "2:11: profile-empty-list: windows is an empty list | write a condition such as "
                         "\">= windows-server-2016\", \"client\" or \"server\", or a list"},
        {"extends = \"strict\"",
         "2:11: profile-wrong-type: extends is a string | write a list of profiles: extends = [\"best-practices\"]"},
        {"extends = [1]", "2:12: profile-wrong-type: an item of extends is a number | write strings only"},
        {"extends = [\"\"]",
         "2:12: profile-extends: \"\" is not the name of a profile | write a list of profiles: extends = [\"best-practices\"]"},
    });
    CHECK(errors("") == Lines{"p.toml:1:1: profile-format: format is missing | begin the file with: format = 1"});
    CHECK(errors("format = \"1\"") ==
          Lines{"p.toml:1:10: profile-wrong-type: format is a string | begin the file with: format = 1"});
    CHECK(errors("\nformat = 2\nfuture = true") ==
          Lines{"p.toml:2:10: profile-format: format is 2 | this program reads format 1"});
}

TEST_CASE("Unknown names are reported with the nearest known one", "[codec]") {
    check({
        {"[protocol]", "2:2: profile-unknown-name: unknown key \"protocol\" | did you mean \"protocols\"?"},
        {"[protocols]\n\"TLS 1.4\" = \"enabled\"",
         "3:1: profile-unknown-name: unknown protocol \"TLS 1.4\" | did you mean \"TLS 1.3\"?"},
        {"[protocols]\n\"DTLS 1.1\" = \"enabled\"",
         "3:1: profile-unknown-name: there is no \"DTLS 1.1\" | DTLS 1.0 is TLS 1.1 over datagrams, DTLS 1.2 is TLS 1.2; "
         "write \"DTLS 1.0\" or \"DTLS 1.2\""},
        {"[protocols]\n\"DTLS 1.3\" = \"enabled\"",
         "3:1: profile-unknown-name: no document of Microsoft's knows \"DTLS 1.3\" | if you must, write it as a raw value in "
         "[registry]"},
        {"[protocols]\n\"TLS 1.2\" = { clients = \"enabled\" }",
         "3:15: profile-unknown-name: protocols.\"TLS 1.2\" has no key \"clients\" | did you mean \"client\"?"},
        {"[protocols]\n\"TLS 1.2\" = \"Enabled\"",
         "3:13: profile-unknown-name: protocols.\"TLS 1.2\" cannot be \"Enabled\" | did you mean \"enabled\"?"},
        {"[protocols]\n\"TLS 1.2\" = \"yes\"",
         "3:13: profile-unknown-name: protocols.\"TLS 1.2\" cannot be \"yes\" | write \"enabled\", \"disabled\", "
         "\"on-request\", \"default\" or \"unmanaged\", or a table with \"client\" or \"server\""},
        {"[ciphers]\n\"RC4 128\" = \"disabled\"",
         "3:1: profile-unknown-name: unknown cipher \"RC4 128\" | known here: \"NULL\", \"DES 56/56\", \"RC2 40/128\", \"RC2 56/128\", \"RC2 128/128\", \"RC4 40/128\", "
         "\"RC4 56/128\", \"RC4 64/128\", \"RC4 128/128\", \"Triple DES 168\", \"Triple DES 168/168\", \"AES 128/128\" or "
         "\"AES 256/256\""},
        {"[ciphers]\n\"RC4-128/128\" = \"disabled\"",
         "3:1: profile-unknown-name: unknown cipher \"RC4-128/128\" | did you mean \"RC4 128/128\"?"},
        {"[ciphers]\n\"RC2 56/56\" = \"disabled\"",
         "3:1: profile-unknown-name: Windows does not know \"RC2 56/56\" | it can only be removed: write \"default\" for its "
         "values in [registry]"},
        {"[ciphers]\n\"AES 128/128\" = \"on-request\"",
         "3:17: profile-unknown-name: ciphers.\"AES 128/128\" cannot be \"on-request\" | that is for protocols; write "
         "\"enabled\", \"disabled\", \"default\" or \"unmanaged\""},
        {"[hashes]\nSHA3 = \"enabled\"", "3:1: profile-unknown-name: unknown hash \"SHA3\" | did you mean \"SHA\"?"},
        {"[key_exchange_algorithms]\nDH = \"enabled\"",
         "3:1: profile-unknown-name: unknown key exchange algorithm \"DH\" | known here: \"Diffie-Hellman\", \"PKCS\" or \"ECDH\""},
        {"[key_exchange_algorithms]\nECDH = { client_min_bits = 256 }",
         "3:10: profile-unknown-name: key_exchange_algorithms.ECDH has no key \"client_min_bits\" | its place is "
         "key_exchange_algorithms.Diffie-Hellman.client_min_bits"},
        {"[cipher_suites.polcy]\norder = \"default\"",
         "2:16: profile-unknown-name: cipher_suites has no key \"polcy\" | did you mean \"policy\"?"},
        {"[cipher_suites.policy]\norder = [\"TLS_AES_256_GCM_SHA385\"]",
         "3:10: profile-unknown-name: unknown cipher suite \"TLS_AES_256_GCM_SHA385\" | did you mean \"TLS_AES_256_GCM_SHA384\"?"},
        {"[cipher_suites.policy]\norder = [\"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256\"]",
         "3:10: profile-unknown-name: Schannel has no cipher suite \"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256\" | leave it "
         "out: only other TLS libraries have it"},
        {"[elliptic_curves.local]\norder = [\"P-256\"]",
         "3:10: profile-unknown-name: unknown elliptic curve \"P-256\" | Windows calls it \"NistP256\""},
        {"[signature_algorithms.local]\norder = [\"RSA SHA256\"]",
         "3:10: profile-unknown-name: \"RSA SHA256\" is not a signature algorithm | they are written like \"RSAE-PSS/SHA256\""},
        {"[schannel]\nevent_logging = [\"error\"]",
         "3:18: profile-unknown-name: schannel.event_logging cannot hold \"error\" | did you mean \"errors\"?"},
        {"[schannel]\nevent_logging = \"all of them\"",
         "3:17: profile-unknown-name: schannel.event_logging cannot be \"all of them\" | write a list of \"errors\", "
         "\"warnings\" or \"informational\", \"none\", \"default\" or \"unmanaged\""},
        {"[schannel]\nmessage_limit_client = 1",
         "3:1: profile-unknown-name: schannel has no key \"message_limit_client\" | its place is "
         "schannel.messaging.message_limit_client"},
        {"[schannel]\nsend_trusted_issuer_list = \"yes\"",
         "3:28: profile-unknown-name: schannel.send_trusted_issuer_list cannot be \"yes\" | write true, false, \"default\" or "
         "\"unmanaged\""},
        {"[winhttp]\ndefault_secure_protocols = [\"DTLS 1.2\"]",
         "3:29: profile-unknown-name: unknown protocol of WinHTTP \"DTLS 1.2\" | did you mean \"TLS 1.2\"?"},
        {"[dotnet.\"v4.0\".view64]\nstrong_crypto = true",
         "2:9: profile-unknown-name: dotnet has no key \"v4.0\" | known here: \"strong_crypto\", \"v4.0.30319\", "
         "\"system_default_tls_versions\" or \"v2.0.50727\""},
        {"[fips]\nenabled = \"defualt\"", "3:11: profile-unknown-name: fips.enabled cannot be \"defualt\" | did you mean \"default\"?"},
    });
}

TEST_CASE("A character that only looks right is named", "[codec]") {
    check({
        {"[ciphers]\n\"RC4 128\xE2\x88\x95" "128\" = \"disabled\"",
         "3:1: profile-lookalike: \"RC4 128\xE2\x88\x95" "128\" holds U+2215 (division slash) | write \"RC4 128/128\" in ASCII characters"},
        {"[ciphers]\n\"RC4 128\xE2\x81\x84" "128\" = \"disabled\"",
         "3:1: profile-lookalike: \"RC4 128\xE2\x81\x84" "128\" holds U+2044 (fraction slash) | write \"RC4 128/128\" in ASCII characters"},
        {"[protocols]\n\"TLS\\u00A01.2\" = \"enabled\"",
         "3:1: profile-lookalike: \"TLS\\u{A0}1.2\" holds U+00A0 (no-break space) | write \"TLS 1.2\" in ASCII characters"},
        {"[protocols]\n\"\\uFF34LS 1.2\" = \"enabled\"",
         "3:1: profile-lookalike: \"\xEF\xBC\xB4LS 1.2\" holds U+FF34 (a fullwidth form) | write \"TLS 1.2\" in ASCII characters"},
        {"[hashes]\n\"\\u041CD5\" = \"disabled\"",
         "3:1: profile-lookalike: \"\xD0\x9C" "D5\" holds U+041C (Cyrillic capital em) | write \"MD5\" in ASCII characters"},
        {"[hashes]\n\"MD5\\u200B\" = \"disabled\"",
         "3:1: profile-lookalike: \"MD5\\u{200B}\" holds U+200B (zero width space) | write \"MD5\" in ASCII characters"},
        {"[hashes]\n\"\\u4E2D\" = \"disabled\"",
         "3:1: profile-lookalike: \"\xE4\xB8\xAD\" holds U+4E2D | names hold ASCII characters only"},
        {"[protocols]\n\"TLS 1.2\" = \"en\\u0430bled\"",
         "3:13: profile-lookalike: \"en\xD0\xB0" "bled\" holds U+0430 (Cyrillic small a) | write \"enabled\" in ASCII characters"},
        {"[cipher_suites.local]\norder = [\"TLS_AES_256_G\\u0421M_SHA384\"]",
         "3:10: profile-lookalike: \"TLS_AES_256_G\xD0\xA1M_SHA384\" holds U+0421 (Cyrillic capital es) | write "
         "\"TLS_AES_256_GCM_SHA384\" in ASCII characters"},
        {"[registry.'" + schannel_key + "\\Ciphers\\RC4 128\xE2\x88\x95" "128']\nEnabled = 0",
         "3:1: profile-lookalike: " + schannel_key + "\\Ciphers\\RC4 128\xE2\x88\x95" "128 \"Enabled\" holds U+2215 (division slash) | "
         "the names that Windows reads are ASCII; \"default\" removes this one"},
    });
}

TEST_CASE("Values of a wrong type or out of range are reported with what would be right", "[codec]") {
    check({
        {"protocols = 3", "2:13: profile-wrong-type: protocols is a number | write a table"},
        {"[[protocols]]", "2:1: profile-wrong-type: protocols is a list | write a table"},
        {"cipher_suites = \"default\"",
         "2:17: profile-wrong-type: cipher_suites is a string | write a table with \"local\" or \"policy\""},
        {"[protocols]\n\"TLS 1.2\" = true",
         "3:13: profile-wrong-type: protocols.\"TLS 1.2\" is a boolean | write \"enabled\", \"disabled\", \"on-request\", "
         "\"default\" or \"unmanaged\", or a table with \"client\" or \"server\""},
        {"[ciphers]\n\"NULL\" = { state = \"disabled\" }",
         "3:10: profile-wrong-type: ciphers.NULL is a table | write \"enabled\", \"disabled\", \"default\" or \"unmanaged\""},
        {"[key_exchange_algorithms]\nPKCS = { client_min_bits = 511 }",
         "3:28: profile-out-of-range: key_exchange_algorithms.PKCS.client_min_bits is 511 | write a number from 512 to 16384, "
         "\"default\" or \"unmanaged\""},
        {"[key_exchange_algorithms]\nPKCS = { client_min_bits = 2048.0 }",
         "3:28: profile-wrong-type: key_exchange_algorithms.PKCS.client_min_bits is a decimal number, date or time | write a "
         "number from 512 to 16384, \"default\" or \"unmanaged\""},
        {"[cipher_suites.policy]\norder = []",
         "3:9: profile-empty-list: cipher_suites.policy.order is an empty list | name at least one, or write \"default\""},
        {"[cipher_suites.policy]\norder = \"TLS_AES_256_GCM_SHA384\"",
         "3:9: profile-unknown-name: cipher_suites.policy.order cannot be \"TLS_AES_256_GCM_SHA384\" | write a list of cipher "
         "suites, \"default\" or \"unmanaged\""},
        {"[elliptic_curves.policy]\norder = [25519]",
         "3:10: profile-wrong-type: an item of elliptic_curves.policy.order is a number | write strings only"},
        {"[schannel]\nmachine_id = 4294967295",
         "3:14: profile-out-of-range: schannel.machine_id is 4294967295 | write a number from 0 to 4294967294, \"default\" or "
         "\"unmanaged\""},
        {"[schannel]\nclient_cache_time = -1",
         "3:21: profile-out-of-range: schannel.client_cache_time is -1 | write a number from 0 to 4294967295, \"default\" or "
         "\"unmanaged\""},
        {"[schannel]\nevent_logging = 7",
         "3:17: profile-wrong-type: schannel.event_logging is a number | write a list of \"errors\", \"warnings\" or "
         "\"informational\", \"none\", \"default\" or \"unmanaged\""},
        {"[schannel]\nevent_logging = []",
         "3:17: profile-empty-list: schannel.event_logging is an empty list | name at least one, or write \"default\""},
        {"[schannel]\nsend_trusted_issuer_list = 1",
         "3:28: profile-wrong-type: schannel.send_trusted_issuer_list is a number | write true, false, \"default\" or "
         "\"unmanaged\""},
        {"[schannel.messaging]\nmessage_limit_server = 16777216",
         "3:24: profile-out-of-range: schannel.messaging.message_limit_server is 16777216 | write a number from 0 to 16777215, "
         "\"default\" or \"unmanaged\""},
        {"[signature_algorithms.local]\norder = 1",
         "3:9: profile-wrong-type: signature_algorithms.local.order is a number | write a list of signature algorithms such as "
         "\"RSAE-PSS/SHA256\", \"default\" or \"unmanaged\""},
    });
}

TEST_CASE("A value given twice is an error, however it is spelled", "[codec]") {
    check({
        {"[protocols]\n\"TLS 1.2\" = \"enabled\"\n\"tls 1.2\" = { client = \"enabled\" }",
         "4:1: profile-duplicate: \"tls 1.2\" is given twice, in line 3 as \"TLS 1.2\" | keep one of them"},
        {"[protocols]\n\"TLS 1.2\" = { server = \"enabled\" }\n[registry.'" + raw_key + "']\nenabled = 1",
         "5:1: profile-duplicate: " + raw_key + " \"enabled\" is given twice, first in line 3 | keep one of them"},
        {"[registry.'" + raw_key + "']\nEnabled = 1\n[registry.'HKEY_LOCAL_MACHINE" + raw_key.substr(4) + "']\nEnabled = 1",
         "5:1: profile-duplicate: " + raw_key + " \"Enabled\" is given twice, first in line 3 | keep one of them"},
        {"[registry.'" + raw_key + "']\nEnabled = 1\nENABLED = 0",
         "4:1: profile-duplicate: " + raw_key + " \"ENABLED\" is given twice, first in line 3 | keep one of them"},
        {"[registry.'HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319']\nSchUseStrongCrypto = 1\n[dotnet]\nstrong_crypto = true",
         "5:1: profile-duplicate: HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319 \"SchUseStrongCrypto\" is given twice, "
         "first in line 3 | keep one of them"},
        {"[cipher_suites.local]\norder = [\"TLS_AES_256_GCM_SHA384\",\n\"tls_aes_256_gcm_sha384\"]",
         "4:1: profile-duplicate: \"tls_aes_256_gcm_sha384\" is listed twice, first in line 3 | name it once"},
        {"[schannel]\nevent_logging = [\"errors\", \"errors\"]",
         "3:28: profile-duplicate: \"errors\" is listed twice, first in line 3 | name it once"},
        {"[protocols]\n\"TLS 1.2\" = \"enabled\"\n\"TLS 1.2\" = \"enabled\"",
         "4:13: profile-syntax: a key or table is given twice | a name may stand once in a table, and a table once in a file"},
    });
}

TEST_CASE("Raw values are checked against what may be written", "[codec]") {
    check({
        {"registry = 1", "2:12: profile-wrong-type: registry is a number | write tables: [registry.'HKLM\\...']"},
        {"[registry]\n'HKLM\\SOFTWARE' = 1",
         "3:19: profile-wrong-type: \"HKLM\\SOFTWARE\" is a number | write a table of its values: [registry.'HKLM\\...']"},
        {"[registry.'SOFTWARE\\X']",
         "2:11: profile-bad-key: \"SOFTWARE\\X\" is not a registry key: a key path starts with a root such as HKLM or "
         "HKEY_LOCAL_MACHINE | write the whole path, such as 'HKLM\\SYSTEM\\CurrentControlSet\\...'"},
        {"[registry.'HKLM\\SOFTWARE\\Contoso']",
         "2:11: profile-not-managed: \"HKLM\\SOFTWARE\\Contoso\" is not a key that schancfg manages | profiles reach the SCHANNEL "
         "key and the other keys that `schancfg explain` lists"},
        {"[registry.'HKLM\\SYSTEM\\ControlSet001\\Control\\SecurityProviders\\SCHANNEL']",
         "2:11: profile-not-managed: \"HKLM\\SYSTEM\\ControlSet001\\Control\\SecurityProviders\\SCHANNEL\" is not a key that schancfg "
         "manages | write CurrentControlSet: which numbered set that is changes from start to start"},
        raw("Odd = 1", "3:1: profile-not-writable: no source knows " + raw_key + " \"Odd\" | leave it out, or write \"default\" "
                       "to have it removed"),
        {"[registry.'" + schannel_key + "']\nDisableCompression = 1",
         "3:1: profile-not-writable: " + schannel_key + " \"DisableCompression\" is folklore: Windows does not know it | leave it "
         "out, or write \"default\" to have it removed"},
        {"[registry.'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa']\nMaxAsyncWorkerThreadsPerCpu = \"default\"",
         "3:1: profile-not-writable: HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa \"MaxAsyncWorkerThreadsPerCpu\" is shown by "
         "schancfg and never written | leave it out"},
        {"[registry.'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa']\nLmCompatibilityLevel = 5",
         "3:1: profile-not-writable: HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa \"LmCompatibilityLevel\" is not a value that "
         "schancfg manages | leave it out"},
        raw("Enabled = -1", "3:11: profile-out-of-range: " + raw_key + " \"Enabled\" is -1 | a REG_DWORD is a number from 0 to "
                            "4294967295 (0xffffffff); a larger one is { type = \"REG_QWORD\", data = ... }"),
        raw("Enabled = 0x100000000",
            "3:11: profile-out-of-range: " + raw_key + " \"Enabled\" is 4294967296 | a REG_DWORD is a number from 0 to "
            "4294967295 (0xffffffff); a larger one is { type = \"REG_QWORD\", data = ... }"),
        raw("Enabled = true", "3:11: profile-wrong-type: " + raw_key + " \"Enabled\" is a boolean | " + raw_right),
        raw("Enabled = 1.5", "3:11: profile-wrong-type: " + raw_key + " \"Enabled\" is a decimal number, date or time | " + raw_right),
        raw("Enabled = []", "3:11: profile-empty-list: " + raw_key + " \"Enabled\" is an empty list | write \"default\" to have the "
                            "value removed, or { type = \"REG_MULTI_SZ\", hex = \"0000\" }"),
        raw("Enabled = [\"a\", \"\"]", "3:17: profile-bad-string: " + raw_key + " \"Enabled\" holds an empty string | an empty string "
                                       "would end the REG_MULTI_SZ: leave it out"),
        raw("Enabled = [1]", "3:12: profile-wrong-type: an item of " + raw_key + " \"Enabled\" is a number | a REG_MULTI_SZ holds "
                             "strings only"),
        raw("Enabled = \"a\\u0000b\"", "3:11: profile-bad-string: " + raw_key + " \"Enabled\" holds a NUL | write such bytes as "
                                       "{ type = \"...\", hex = \"...\" }"),
        raw("Enabled = { type = \"REG_SZ\" }",
            "3:11: profile-wrong-type: " + raw_key + " \"Enabled\" is a table without type and one of data and hex | " + raw_right),
        raw("Enabled = { type = \"REG_SZ\", bytes = 1 }",
            "3:30: profile-unknown-name: a raw value has no key \"bytes\" | known here: \"type\", \"data\" or \"hex\""),
        raw("Enabled = { type = 4, data = 1 }",
            "3:20: profile-wrong-type: the type of " + raw_key + " \"Enabled\" is a number | write a name such as \"REG_BINARY\""),
        raw("Enabled = { type = \"DWORD\", data = 1 }",
            "3:20: profile-unknown-name: unknown registry type \"DWORD\" | known here: \"REG_NONE\", \"REG_SZ\", "
            "\"REG_EXPAND_SZ\", \"REG_BINARY\", \"REG_DWORD\", \"REG_DWORD_BIG_ENDIAN\", \"REG_LINK\", \"REG_MULTI_SZ\", "
            "\"REG_RESOURCE_LIST\", \"REG_FULL_RESOURCE_DESCRIPTOR\", \"REG_RESOURCE_REQUIREMENTS_LIST\" or \"REG_QWORD\""),
        raw("Enabled = { type = \"REG_BINARY\", hex = 12 }",
            "3:40: profile-wrong-type: the hex of " + raw_key + " \"Enabled\" is a number | write the bytes as a string of hex digits"),
        raw("Enabled = { type = \"REG_BINARY\", hex = \"0\" }",
            "3:40: profile-bad-hex: the hex of " + raw_key + " \"Enabled\" has an odd number of hex digits | write two hex digits a "
            "byte and nothing between them"),
        raw("Enabled = { type = \"REG_BINARY\", hex = \"0g\" }",
            "3:40: profile-bad-hex: the hex of " + raw_key + " \"Enabled\" has a character that is not a hex digit | write two hex "
            "digits a byte and nothing between them"),
        raw("Enabled = { type = \"REG_QWORD\", data = -1 }",
            "3:40: profile-out-of-range: " + raw_key + " \"Enabled\" is -1 | a REG_QWORD is not negative; from 2^63 on write its "
            "bytes as hex"),
        raw("Enabled = { type = \"REG_SZ\", data = 1 }",
            "3:37: profile-wrong-type: the data of " + raw_key + " \"Enabled\" (REG_SZ) is a number | write a string"),
        raw("Enabled = { type = \"REG_MULTI_SZ\", data = \"a\" }",
            "3:43: profile-wrong-type: the data of " + raw_key + " \"Enabled\" (REG_MULTI_SZ) is a string | write a list of strings"),
        raw("Enabled = { type = \"REG_DWORD\", data = \"1\" }",
            "3:40: profile-wrong-type: the data of " + raw_key + " \"Enabled\" (REG_DWORD) is a string | write a number"),
        raw("Enabled = { type = \"REG_BINARY\", data = \"00\" }",
            "3:41: profile-wrong-type: the data of " + raw_key + " \"Enabled\" (REG_BINARY) is a string | write its bytes as hex"),
    });
    const auto named_nul = errors("format = 1\n[registry.'" + raw_key + "']\n\"Ena\\u0000bled\" = 1");
    CHECK(named_nul == Lines{"p.toml:3:1: profile-bad-value-name: a value cannot be called \"Ena\\x00bled\" | a name has at most "
                             "16,383 characters and no NUL"});
}

TEST_CASE("All errors of a file are reported, in the order of the text", "[codec]") {
    CHECK(errors("name = 1\n[registry.X]\n[ciphers]\nA = \"disabled\"\n[protocols]\n\"TLS 1.9\" = { client = 1 }\n") ==
          Lines{"p.toml:1:1: profile-format: format is missing | begin the file with: format = 1",
                "p.toml:1:8: profile-wrong-type: name is a number | write a string",
                "p.toml:2:11: profile-bad-key: \"X\" is not a registry key: a key path starts with a root such as HKLM or "
                "HKEY_LOCAL_MACHINE | write the whole path, such as 'HKLM\\SYSTEM\\CurrentControlSet\\...'",
                "p.toml:4:1: profile-unknown-name: unknown cipher \"A\" | known here: \"NULL\", \"DES 56/56\", \"RC2 40/128\", \"RC2 56/128\", \"RC2 128/128\", \"RC4 40/128\", "
         "\"RC4 56/128\", \"RC4 64/128\", \"RC4 128/128\", \"Triple DES 168\", \"Triple DES 168/168\", \"AES 128/128\" or "
         "\"AES 256/256\"",
                "p.toml:6:1: profile-unknown-name: unknown protocol \"TLS 1.9\" | did you mean \"TLS 1.3\"?"});
    std::string many = "format = 1\n";
    for (int i = 0; i < 5000; ++i) many += "x" + std::to_string(i) + " = 1\n";
    const Lines lines = errors(many);
    REQUIRE(lines.size() == 101);
    CHECK(lines.back() == "p.toml:101:1: profile-too-many-errors: there are more errors than these 100 | fix these first");
}

TEST_CASE("Text that is not TOML is reported by its place and never quoted", "[codec]") {
    const std::string secret = "root:$6$secret:19000:0:99999:7:::\n";
    CHECK(errors(secret) == Lines{"p.toml:1:5: profile-syntax: the line has no equals sign | write key = value, or # in front of a comment"});
    check({
        {"a = \"x", "2:7: profile-syntax: the text ends in the middle of something | close what is open"},
        {"a = [1,", "2:8: profile-syntax: the text ends in the middle of something | close what is open"},
        {"a = 99999999999999999999", "2:25: profile-syntax: the number is too large | a registry number has at most 64 bits"},
        {"a = 1\n[a]", "3:1: profile-syntax: a key or table is given twice | a name may stand once in a table, and a table once "
                       "in a file"},
        {"\xC3\xA4 = 1", "2:1: profile-syntax: this is not TOML | characters outside of ASCII stand in quotes or comments"},
        // Each of these breaks an assertion of toml++ 3.3.
        {"name = 'x'\na = [}\nb = 1", "3:1: profile-syntax: a comma or the closing bracket of the list is missing | part names by commas and close the list: ]"},
        {"a = 1979-05-27 0\n", "2:1: profile-syntax: the value is not one of TOML | text in quotes, a number, true, false or a list [\"a\", \"b\"]"},
        {"a = [1979-05-27 0,\n1]", "2:1: profile-syntax: a comma or the closing bracket of the list is missing | part names by commas and close the list: ]"},
        {"a\xC2\xA0= 1", "2:2: profile-syntax: this is not TOML | characters outside of ASCII stand in quotes or comments"},
        {"name = \"\"\"\\\xC3\xA4\"\"\"",
         "2:12: profile-syntax: a backslash is followed by a character outside of ASCII | write that character as \\u and four hex "
         "digits"},
        {"name = \"\"\"\\\n\n \xC3\xA4\"\"\"",
         "4:2: profile-syntax: a backslash is followed by a character outside of ASCII | write that character as \\u and four hex "
         "digits"},
    });
}

TEST_CASE("Text that the TOML parser must not see is refused before it", "[codec]") {
    using namespace std::string_literals;
    CHECK(errors("[\x01\x00"s) == Lines{"p.toml:1:2: profile-text: found the control character U+0001 | TOML allows none but tabs "
                                        "and line ends; in a string write them as \\u001b"});
    CHECK(errors("# \xC3\xA4\xC3\xA4\x7F") == Lines{"p.toml:1:5: profile-text: found the control character U+007F | TOML allows "
                                                    "none but tabs and line ends; in a string write them as \\u001b"});
    CHECK(errors("a = 1\rb = 2") == Lines{"p.toml:1:6: profile-text: found the control character U+000D | TOML allows none but "
                                          "tabs and line ends; in a string write them as \\u001b"});
    CHECK(errors("name = \"\n\xFF\"") == Lines{"p.toml:2:1: profile-text: this is not valid UTF-8 | save the file as UTF-8"});
    CHECK(errors("\xFF\xFE" "f\0"s) == Lines{"p.toml:1:1: profile-text: this is not valid UTF-8 | save the file as UTF-8"});
    CHECK(errors(std::string((1u << 20) + 1, '\n')) ==
          Lines{"p.toml:1:1: profile-text: the file is larger than 1 MB | a profile has at most 1,048,576 bytes"});
    const auto no_name = [](const std::string& place) {
        return Lines{"p.toml:" + place + ": profile-syntax: this is not TOML | a table is named between its brackets"};
    };
    CHECK(errors("[# x") == no_name("1:2"));
    CHECK(errors("a = [\n[1]]\n \t[ \t\n") == no_name("3:6"));
    CHECK(errors("\xEF\xBB\xBF[\xC3\xA4]") == no_name("1:2"));
    CHECK(errors("[[[") == no_name("1:3"));
    CHECK(errors(std::string(100000, '[')) == no_name("1:3"));
    const std::string too_deep = ": profile-text: nested deeper than 32 levels | a profile needs five at most";
    CHECK(errors("a = " + std::string(100000, '[')) == Lines{"p.toml:1:37" + too_deep});
    CHECK(errors("a = " + std::string(100000, '{')) == Lines{"p.toml:1:37" + too_deep});
    std::string dotted = "a";
    for (int i = 0; i < 300000; ++i) dotted += ".a";
    CHECK(errors(dotted + " = 1") == Lines{"p.toml:1:66: profile-text: nested deeper than 32 levels | a profile needs five at most"});
    CHECK(errors("format = 1 # \xC3\xA4\n'name' = \"\xC3\xA4\"\ndescription = \"\"\"\\\n a \xC3\xA4\"\"\"").empty());
    // Brackets and points in strings and comments are not nesting.
    const std::string brackets(40, '[');
    CHECK(errors("format = 1 # " + brackets + "\nname = '" + brackets + "'\ndescription = \"\"\"\n\\\"" + brackets +
                 " \"\"....................................................\"\"\"\"\n").empty());
}

TEST_CASE("More keys and items than any profile has are refused at once", "[codec]") {
    const std::string error = ": profile-text: more than 10,000 keys and list items | no profile needs that many";
    std::string items = "format = 1\n[cipher_suites.local]\norder = [";
    for (int i = 0; i < 500000; ++i) items += "1,";
    CHECK(errors(items + "]") == Lines{"p.toml:3:20003" + error});
    std::string keys = "format = 1\n";
    for (int i = 0; i < 60000; ++i) keys += "k" + std::to_string(i) + ".a=1\n";
    CHECK(errors(keys) == Lines{"p.toml:10001:8" + error});
    // One long word is reported and cut.
    CHECK(errors("format = 1\n[cipher_suites.local]\norder = [\"" + std::string(1u << 19, 'x') + "\"]") ==
          Lines{"p.toml:3:10: profile-unknown-name: unknown cipher suite \"" + std::string(300, 'x') + " …\" | known here are 96 "
                "names such as \"TLS_RSA_WITH_AES_128_CBC_SHA\""});
}

TEST_CASE("What extends cannot find is reported at the word that names it", "[codec]") {
    const Files files{{"./bad.toml", "format = 1\n[ciphers]\nX = \"disabled\"\n"},
                      {"a.toml", "format = 1\nextends = [\"b.toml\"]\n"},
                      {"b.toml", "format = 1\n\nextends = [\n  \"a.toml\"\n]\n"},
                      {"self.toml", "format = 1\nextends = [\"./self.toml\", \"self.toml\"]\n"}};
    CHECK(errors("format = 1\nextends = [\"best-practises\", \"what is that\"]", files) ==
          Lines{"p.toml:2:12: profile-extends: there is no built-in profile \"best-practises\" | did you mean \"best-practices\"?",
                "p.toml:2:30: profile-extends: there is no built-in profile \"what is that\" | a file is named with its extension: "
                "\"./mine.toml\""});
    CHECK(errors("format = 1\nextends = [\"/dev/zero\\u001b\"]", files) ==
          Lines{"p.toml:2:12: profile-extends: cannot extend \"/dev/zero\\x1B\": there is no such file | name a shipped profile, "
                "or a file relative to this one"});
    CHECK(errors("format = 1\nextends = [\"./bad.toml\"]\n[hashes]\nX = 1", files) ==
          Lines{"./bad.toml:3:1: profile-unknown-name: unknown cipher \"X\" | known here: \"NULL\", \"DES 56/56\", \"RC2 40/128\", \"RC2 56/128\", \"RC2 128/128\", \"RC4 40/128\", "
         "\"RC4 56/128\", \"RC4 64/128\", \"RC4 128/128\", \"Triple DES 168\", \"Triple DES 168/168\", \"AES 128/128\" or "
         "\"AES 256/256\"",
                "p.toml:4:1: profile-unknown-name: unknown hash \"X\" | known here: \"MD5\", \"SHA\", \"SHA256\", \"SHA384\" or "
                "\"SHA512\""});
    CHECK(errors("format = 1\nextends = [\"a.toml\"]", files) ==
          Lines{"b.toml:4:3: profile-extends: these profiles extend each other: a.toml -> b.toml -> a.toml | take one of them out "
                "of the circle"});
}

TEST_CASE("Profiles that extend too much end in one error", "[codec]") {
    Files files;
    for (int i = 0; i < 20; ++i) {
        files["l" + std::to_string(i) + ".toml"] = "format = 1\nextends = [\"l" + std::to_string(i + 1) + ".toml\"]\n";
    }
    std::string chain = "p.toml";
    for (int i = 0; i <= 16; ++i) chain += " -> l" + std::to_string(i) + ".toml";
    CHECK(errors("format = 1\nextends = [\"l0.toml\"]", files) ==
          Lines{"l15.toml:2:12: profile-extends: more than 16 levels extend each other: " + chain + " | extend fewer levels"});
    files["l16.toml"] = "format = 1\n";
    CHECK(errors("format = 1\nextends = [\"l1.toml\"]", files).empty());
    // l1 is known, from a place that is high enough, when it is met again too deep.
    CHECK(errors("format = 1\nextends = [\"l1.toml\", \"l0.toml\"]", files).size() == 1);

    Files fans;
    std::string all;
    for (int i = 0; i < 300; ++i) {
        fans["f" + std::to_string(i) + ".toml"] = "format = 1\n";
        all += "\"f" + std::to_string(i) + ".toml\",\n";
    }
    CHECK(errors("format = 1\nextends = [\n" + all + "]", fans) ==
          Lines{"p.toml:258:1: profile-extends: this is the 257th file to be read for one profile | extend fewer files"});

    // Sixteen levels, each extending the next one twice by two spellings of one file.
    Files diamonds;
    for (int i = 0; i < 16; ++i) {
        const std::string next = std::to_string(i + 1) + ".toml";
        diamonds["x" + std::to_string(i) + ".toml"] = "format = 1\nextends = [\"x" + next + "\", \"y" + next + "\"]\n";
        diamonds["y" + std::to_string(i) + ".toml"] = "format = 1\nextends = [\"x" + next + "\", \"y" + next + "\"]\n";
    }
    diamonds["x16.toml"] = diamonds["y16.toml"] = "format = 1\n";
    CHECK(errors("format = 1\nextends = [\"x1.toml\", \"y1.toml\"]", diamonds).empty());
}
