#include "schancfg/codec/ps1.hpp"

#include "carrier_golden.hpp"
#include "shipped_sample.hpp"

using namespace schancfg;
using namespace carrier_golden;

namespace {

const registry::KeyPath& schannel_key() {
    static const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    return key;
}

std::string script_of(const codec::CarrierInput& input) {
    const auto carried = codec::encode_ps1(input);
    REQUIRE(carried);
    REQUIRE(carried->files.size() == 1);
    return carried->files.front().bytes;
}

std::string line_of(const registry::Value& value) { return script_of(input_of_line(schannel_key(), "EventLogging", value)); }

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("A script is ASCII with CRLF and no byte order mark, and names no key to PowerShell's registry provider, for every shipped profile", "[codec]") {
    for (const schannel::BuiltinProfile& shipped : test::shipped_profiles()) {
        for (const bool removal : {false, true}) {
            INFO(shipped.name);
            const std::string text = script_of(input_of_shipped(shipped, {.removal = removal}));
            CHECK(std::ranges::all_of(text, [](char c) { return c == '\r' || c == '\n' || (c >= ' ' && c <= '~'); }));
            std::size_t lone = 0;
            for (std::size_t i = 0; i < text.size(); ++i) lone += (text[i] == '\n') != (i != 0 && text[i - 1] == '\r' && text[i] == '\n');
            CHECK(lone == 0);
            for (const std::string_view word : {"New-Item", "Set-ItemProperty", "Remove-Item", "Test-Path", "Get-ItemProperty", "HKLM:"}) CHECK_FALSE(has(text, word));
            CHECK(has(text, "OpenBaseKey('LocalMachine', 'Registry64')"));
        }
    }
}

TEST_CASE("Data is typed as .NET wants it", "[codec]") {
    CHECK(has(line_of(registry::Value::dword(0xFFFFFFFF)), "Kind = 'DWord'; Data = -1 }"));
    CHECK(has(line_of(registry::Value::dword(0x80000000)), "Kind = 'DWord'; Data = [int]::MinValue }"));
    CHECK(has(line_of(registry::Value::qword(0xFFFFFFFFFFFFFFFE)), "Kind = 'QWord'; Data = [long] -2 }"));
    CHECK(has(line_of(registry::Value::multi_sz({"a,b"})), "Data = [string[]] @(\r\n        'a,b'\r\n    ) }"));
    CHECK(has(line_of(registry::Value::multi_sz({})), "Kind = 'MultiString'; Data = [string[]] @() }"));
    CHECK(has(line_of(registry::Value::binary(std::string("\x00\xff", 2))), "Kind = 'Binary'; Data = [byte[]] @(0, 255) }"));
    CHECK(has(line_of(registry::Value::expand_sz("%windir%")), "Kind = 'ExpandString'; Data = '%windir%' }"));
}

TEST_CASE("Text of others stays text: quotes, what ends a string or a comment, and what is not ASCII", "[codec]") {
    const std::string text = line_of(registry::Value::sz("';exit 7;#\xE2\x80\x99;exit 8\n$(x)`"));
    CHECK(has(text, "Data = (''';exit 7;#' + [char] 0x2019 + ';exit 8' + [char] 0x000A + '$(x)`') }"));
    codec::CarrierInput input = input_of_line(schannel_key(), "x", registry::Value::dword(1));
    input.name = "#>\xE2\x80\xA8 Remove-Thing";
    input.description = "\nexit 9\r\n# SIG # Begin signature block";
    input.label = "'; exit 9";
    for (const std::string_view line : {"\r\nexit 9", "\r\n# SIG # Begin"}) CHECK_FALSE(has(script_of(input), line));
}

TEST_CASE("What .NET would write as other bytes is left out and named", "[codec]") {
    const auto carried = codec::encode_ps1(input_of_line(schannel_key(), "EventLogging", {registry::reg_dword, std::string("\x01\x02\x03", 3)}));
    REQUIRE(carried);
    REQUIRE(carried->gaps.size() == 1);
    CHECK(carried->gaps.front().reason == ".NET writes data of this type in its regular form alone");
    CHECK(has(carried->files.front().bytes, "# Not in this script:"));
}

TEST_CASE("What enables is written first and what disables last", "[codec]") {
    const std::string text = script_of(input_of_text("format = 1\n[protocols]\n\"SSL 3.0\" = { client = \"disabled\" }\n\"TLS 1.2\" = { client = \"enabled\" }\n[ciphers]\n\"NULL\" = \"disabled\"\n"
                                                     "[schannel]\nevent_logging = [\"errors\"]\n",
                                                     {.release = facts::find_release("windows-server-2022")}));
    const std::size_t enables = text.find("TLS 1.2\\Client'; Name = 'Enabled'"), other = text.find("Name = 'EventLogging'"), cipher = text.find("Ciphers\\NULL"),
                      disables = text.find("SSL 3.0\\Client'; Name = 'Enabled'");
    CHECK(enables < other);
    CHECK(other < cipher);
    CHECK(cipher < disables);
    CHECK(disables != std::string::npos);
}

TEST_CASE("A release that the profile is not for is known to the script, and service packs are their release", "[codec]") {
    const std::string text = script_of(input_of_text("format = 1\nwindows = \"client\"\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n"));
    CHECK(has(text, "@{ Build = 20348; Server = $true ; In = -1; Name = 'Windows Server 2022' }"));
    CHECK(has(text, "@{ Build = 7601; Server = $false; In = 0; Name = 'Windows 7' }"));
}

TEST_CASE("The script of each shipped profile is the one that was looked through", "[codec]") {
    for (const schannel::BuiltinProfile& shipped : schannel::builtin_profiles()) {
        // What is asked; the functions are the same in all of them.
        const std::string text = without_cr(script_of(input_of_shipped(shipped)));
        const std::size_t begin = text.find("$wanted = @("), end = text.find("# Which builds of Windows");
        look("ps1/" + std::string(shipped.name) + ".txt", text.substr(begin, end - begin));
    }
    look("ps1/no-dh.ps1.txt", without_cr(script_of(input_of_shipped(*schannel::find_builtin_profile("no-dh")))));
    look("ps1/digests.txt", sizes_and_digests(codec::encode_ps1));
}
