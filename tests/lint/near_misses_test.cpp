// Keys that are nearly right: what is said names the key that is wrong and the one that was meant.
#include <array>

#include "subject.hpp"

using namespace schancfg;
using namespace lint_subject;

namespace {

const lint::Finding* finding_of(const Findings& findings, std::string_view rule) {
    const auto found = std::ranges::find(findings, rule, [](const lint::Finding& finding) { return finding.rule->id; });
    return found == findings.end() ? nullptr : &*found;
}

std::string reported(const std::string& key, const std::string& value = "\"Enabled\"=dword:0", std::string_view rule = "near-miss-key") {
    const Findings findings = of_reg("[" + key + "]\n" + value + "\n");
    const lint::Finding* found = finding_of(findings, rule);
    CHECK(finding_of(findings, "value-unknown") == nullptr);
    return found == nullptr ? "nothing" : found->message;
}


}  // namespace

TEST_CASE("a key that is nearly right is reported with the nearest right one", "[lint]") {
    struct {
        const char *written, *meant;
    } const all[]{
        {"~\\Protocols\\TLS1.0\\Server", "Protocols\\TLS 1.0\\Server"},
        {"~\\Protocols\\TLS 1.0\\Servr", "Protocols\\TLS 1.0\\Server"},
        {"~\\Protocol\\TLS 1.0\\Server", "Protocols\\TLS 1.0\\Server"},
        {"~\\Hashes\\SHA1", "Hashes\\SHA"},
        {"~\\Hashes\\SHA-256", "Hashes\\SHA256"},
        {"~\\Ciphers\\AES128/128", "Ciphers\\AES 128/128"},
        {"~\\Ciphers\\3DES", "Ciphers\\Triple DES 168"},
        {"~\\KeyExchangeAlgorithms\\DH", "KeyExchangeAlgorithms\\Diffie-Hellman"},
        {"~\\KeyExchangeAlgorithms\\RSA", "KeyExchangeAlgorithms\\PKCS"},
        {"HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\Schanel\\Protocols\\TLS 1.0\\Server", "Protocols\\TLS 1.0\\Server"},
    };
    for (const auto& each : all) {
        CAPTURE(each.written);
        const std::string message = reported(each.written);
        CHECK(message.starts_with("Windows reads nothing in "));
        CHECK(message.ends_with(std::string("SCHANNEL\\") + each.meant + "\"?"));
    }
}

TEST_CASE("a misspelt value is reported in every key that holds settings, wherever it stands among others", "[lint]") {
    struct {
        const char *key, *written, *meant;
    } const all[]{
        {"~", "EventLoging", "EventLogging"},
        {"HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002", "Function", "Functions"},
        {"HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002", "EccCurve", "EccCurves"},
        {"HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319", "SchUseStrongCrypt", "SchUseStrongCrypto"},
        {"HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp", "DefaultSecureProtocol", "DefaultSecureProtocols"},
    };
    for (const auto& each : all) {
        CAPTURE(each.key, each.written);
        const Findings findings = of_reg(std::string("[") + each.key + "]\n\"Another\"=dword:1\n\"" + each.written + "\"=dword:1\n");
        const lint::Finding* found = finding_of(findings, "near-miss-key");
        REQUIRE(found != nullptr);
        CHECK(found->message.ends_with(std::string("did you mean \"") + each.meant + "\"?"));
        CHECK(found->place.line == 4);
    }
    // What other components keep there is not judged.
    CHECK(finding_of(of_reg("[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy]\n\"MDMEnabled\"=dword:0\n"), "near-miss-key") == nullptr);
    CHECK(finding_of(of_reg("[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy]\n\"Enable\"=dword:0\n"), "near-miss-key") == nullptr);
    CHECK(finding_of(of_reg("[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest]\n\"UseLogonCredential\"=dword:0\n"), "near-miss-key") == nullptr);
}

TEST_CASE("near misses outside SCHANNEL are reported as well", "[lint]") {
    struct {
        const char *written, *meant;
    } const all[]{
        {"HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\0010002",
         "HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002"},
        {"HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Microsoft.NETFramework\\v2.0.50727",
         "HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v2.0.50727"},
        {"HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v3.0", "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727"},
        {"HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NET Framework\\v4.0.30319", "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319"},
        {"HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0", "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319"},
        {"HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server",
         "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server"},
        {"HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProvider\\SCHANNEL\\Protocols\\TLS 1.0\\Server",
         "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server"},
    };
    for (const auto& each : all) {
        CAPTURE(each.written);
        CHECK(reported(each.written, "\"X\"=dword:0").ends_with(std::string("did you mean \"") + each.meant + "\"?"));
    }
}

TEST_CASE("keys that are right, or that no name is near to, are not near misses", "[lint]") {
    for (const char* key : {"~\\Protocols\\TLS 1.0\\Server", "~\\Ciphers\\RC4 128/128", "~\\Hashes\\SHA", "~\\KeyExchangeAlgorithms\\PKCS",
                            "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319",
                            "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\\Defaults\\Provider", "HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Services\\Tcpip"}) {
        CAPTURE(key);
        const Findings findings = of_reg("[" + std::string(key) + "]\n\"Enabled\"=dword:0\n");
        CHECK(finding_of(findings, "near-miss-key") == nullptr);
        CHECK(finding_of(findings, "split-at-slash") == nullptr);
    }
    // A key that somebody names is known, though nobody has seen Windows read it, and though another one differs by a digit.
    const Findings named = of_reg("[~\\Protocols\\DTLS 1.3\\Client]\n\"DisabledByDefault\"=dword:1\n\"Enabled\"=dword:0\n");
    CHECK(finding_of(named, "near-miss-key") == nullptr);
    CHECK(finding_of(named, "raw-only-value") != nullptr);
}

TEST_CASE("a cipher that was split at its slash is an error that names it", "[lint]") {
    const std::string message = reported("~\\Ciphers\\RC4 128\\128", "\"Enabled\"=dword:0", "split-at-slash");
    CHECK(message.find("\"RC4 128/128\" was split at its slash") != std::string::npos);
    CHECK(message.ends_with("SCHANNEL\\Ciphers\\RC4 128/128\""));
}

TEST_CASE("a value that is nearly right is reported with the nearest right one", "[lint]") {
    CHECK(reported("~", "\"EventLoging\"=dword:1").ends_with("did you mean \"EventLogging\"?"));
    CHECK(reported("~\\Protocols\\TLS 1.0\\Server", "\"Enable\"=dword:1").ends_with("did you mean \"Enabled\"?"));
}

TEST_CASE("the same data twice is a note, and none where one key is spelled in two ways", "[lint]") {
    const std::string policies = "Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\n\"Functions\"=\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"\n";
    const Findings alias = of_reg("[HKEY_LOCAL_MACHINE\\SOFTWARE\\" + policies + "[HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\" + policies);
    CHECK(finding_of(alias, "duplicate-value") == nullptr);
    const Findings twice = of_reg("[~]\n\"EventLogging\"=dword:1\n\"EventLogging\"=dword:1\n");
    REQUIRE(finding_of(twice, "duplicate-value") != nullptr);
    CHECK(finding_of(twice, "duplicate-value")->severity == Severity::note);
    const Findings differing = of_reg("[~]\n\"EventLogging\"=dword:1\n\"EventLogging\"=dword:7\n");
    REQUIRE(finding_of(differing, "duplicate-value") != nullptr);
    CHECK(finding_of(differing, "duplicate-value")->severity == Severity::warning);
    // Removed between the two it stands there in vain as well.
    const Findings again = of_reg("[~]\n\"EventLogging\"=dword:1\n\"EventLogging\"=-\n\"EventLogging\"=dword:1\n");
    CHECK(lines(again).at(0) == "3:1 note duplicate-value: \"EventLogging\" of \"SCHANNEL\" is set to the same again by p.reg:5");
    const Findings others = of_reg("[HKEY_LOCAL_MACHINE\\SOFTWARE\\Vendor]\n\"X\"=dword:1\n\"X\"=dword:2\n");
    CHECK(others.empty());
}

TEST_CASE("TLS 1.2 off is a warning where nothing newer is on, and a note else", "[lint]") {
    const std::string off = "[protocols]\n\"TLS 1.2\" = \"disabled\"\n";
    REQUIRE(finding_of(of_profile(off, "2019"), "tls12-off") != nullptr);
    CHECK(finding_of(of_profile(off, "2019"), "tls12-off")->severity == Severity::warning);
    REQUIRE(finding_of(of_profile(off, "2022"), "tls12-off") != nullptr);
    CHECK(finding_of(of_profile(off, "2022"), "tls12-off")->severity == Severity::note);
}

TEST_CASE("That TLS 1.3 is all that is left is said only where it is, and works", "[lint]") {
    const auto said = [](const std::string& profile) {
        const Findings found = of_profile(profile, "2022");
        const lint::Finding* finding = finding_of(found, "tls12-off");
        REQUIRE(finding != nullptr);
        return finding->message.find("only peers with TLS 1.3") != std::string::npos;
    };
    const std::string off = "[protocols]\n\"TLS 1.2\" = { client = \"disabled\" }\n";
    const std::string older_off = off + "\"SSL 3.0\" = \"disabled\"\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.1\" = \"disabled\"\n";
    CHECK(said(older_off));
    CHECK(!said(off));  // TLS 1.0 and 1.1 are on there
    CHECK(!said(older_off + "[cipher_suites.policy]\norder = [\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"]\n"));
}

TEST_CASE("an off for what the release does not have is not a finding", "[lint]") {
    CHECK(of_reg("[~\\Protocols\\SSL 2.0\\Client]\n\"DisabledByDefault\"=dword:1\n", "2019").empty());
    CHECK(of_reg("[~\\Protocols\\TLS 1.3\\Client]\n\"Enabled\"=dword:0\n\"DisabledByDefault\"=dword:1\n", "2019").empty());
}

TEST_CASE("names that Windows never read, or not since Vista, are told with the one that it reads, once and without a release", "[lint]") {
    constexpr std::array<std::array<std::string_view, 2>, 4> names{{{"Ciphers\\DES 56", "Ciphers\\DES 56/56"},
                                                                   {"Ciphers\\RC2 56/56", "Ciphers\\RC2 56/128"},
                                                                   {"Ciphers\\Triple DES 168/168", "Ciphers\\Triple DES 168"},
                                                                   {"Protocols\\DTLS 1.1\\Client", "Protocols\\DTLS 1.0\\Client"}}};
    for (const auto& [wrong, right] : names) {
        for (const char* release : {"", "2019"}) {
            CAPTURE(wrong, release);
            Findings findings = of_reg("[~\\" + std::string(wrong) + "]\n\"Enabled\"=dword:0\n", release);
            std::erase_if(findings, [](const auto& each) { return each.rule->rule == lint::Rule::unsupported_by_microsoft; });
            REQUIRE(findings.size() == 1);
            CHECK(findings.front().rule->rule == lint::Rule::near_miss_key);
            CHECK(findings.front().severity == Severity::warning);
            CHECK(findings.front().message.ends_with("SCHANNEL\\" + std::string(right) + "\"?"));
        }
    }
    // Switches of Server 2003 that nothing has taken the place of, and the old name beside the new one, do no harm.
    CHECK(!has(of_reg("[~\\Ciphers\\RC2 40/128]\n\"Enabled\"=dword:0\n"), "near-miss-key"));
    CHECK(!has(of_reg("[~\\Ciphers\\Triple DES 168/168]\n\"Enabled\"=dword:0\n[~\\Ciphers\\Triple DES 168]\n\"Enabled\"=dword:0\n"), "near-miss-key"));
    CHECK(has(of_reg("[~\\Ciphers\\Triple DES 168/168]\n\"Enabled\"=dword:0\n[~\\Ciphers\\Triple DES 168]\n\"Enabled\"=dword:0xffffffff\n"), "near-miss-key"));
}

TEST_CASE("three characters are a slip, in the machine's half of the registry", "[lint]") {
    const auto near = [](std::string key) { return has(of_reg("[" + key + "]\n\"X\"=dword:0\n"), "near-miss-key"); };
    const std::string control = "\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders";
    CHECK(near("HKEY_LOCAL_MACHINE" + control + "\\SCHANNELabc\\Protocols\\TLS 1.0\\Server"));
    CHECK_FALSE(near("HKEY_LOCAL_MACHINE" + control + "\\SCHANNELabcd\\Protocols\\TLS 1.0\\Server"));
    CHECK(near("HKEY_LOCAL_MACHINE" + control + "\\SCHAN\\Protocols\\TLS 1.0\\Server"));
    CHECK_FALSE(near("HKEY_LOCAL_MACHINE" + control + "\\SCHA\\Protocols\\TLS 1.0\\Server"));
    CHECK_FALSE(near("HKEY_CURRENT_USER" + control + "\\SCHANEL\\Protocols\\TLS 1.0\\Server"));
    CHECK_FALSE(near("HKEY_LOCAL_MACHINE" + control + "\\SCHANNEL\\Fonts"));
}

TEST_CASE("lines about what is none of Windows' settings are taken out, each with its place, and near misses stay", "[lint]") {
    const std::string local = "HKEY_LOCAL_MACHINE\\SOFTWARE\\", schannel = "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
    auto patch = codec::decode_reg("Windows Registry Editor Version 5.00\n[" + local + "Contoso]\n\"A\"=dword:1\n\"B\"=-\n[-" + local + "Contoso\\Old]\n[" + schannel +
                                   "\\Ciphers\\NULL]\n\"Enabled\"=dword:0\n[-" + schannel + "\\Ciphers\\AES 128/128]\n[" + local +
                                   "Microsoft\\.NETFramework\\v4.0.30319]\n\"SchUseStrongCrypt\"=dword:1\n\"SchUseStrongCrypt\"=-\n\"Other\"=dword:1\n", {.file = "p.reg"});
    REQUIRE(patch);
    const std::size_t keys = 2;  // that lines open, of those that are managed
    std::vector<std::uint32_t> outside;
    for (const Span& place : lint::take_lines_outside(*patch.value)) outside.push_back(place.line);
    CHECK(outside == std::vector<std::uint32_t>{3, 4, 5, 11, 12});
    std::vector<std::string> left;
    for (const auto& operation : patch.value->operations) {
        if (operation.op != registry::Op::create_key) left.push_back(operation.name);
    }
    CHECK(left == std::vector<std::string>{"Enabled", "", "SchUseStrongCrypt"});
    CHECK(patch.value->operations.size() == keys + left.size());
}
