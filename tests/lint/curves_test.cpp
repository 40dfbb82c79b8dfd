#include "subject.hpp"

using namespace schancfg;
using namespace lint_subject;

namespace {

std::string curves(std::string_view names) { return "[elliptic_curves.policy]\norder = [" + std::string(names) + "]\n"; }

}  // namespace

TEST_CASE("ML-KEM groups say which builds have them, each at its place", "[lint]") {
    const Findings findings = of_profile(curves("\"x25519_mlkem768\", \"secp384r1_mlkem1024\", \"NistP256\""), "windows-11-24h2");
    const Lines said = lines(findings);
    CHECK(std::ranges::count_if(said, [](const std::string& line) { return line.find("curve-needs-build") != std::string::npos; }) == 2);
    CHECK(std::ranges::any_of(said, [](const std::string& line) { return line.find("26100.8514") != std::string::npos; }));
    CHECK_FALSE(has(findings, "curve-list-tls13-only"));
    CHECK_FALSE(has(of_profile(curves("\"curve25519\", \"NistP256\""), "windows-11-24h2"), "curve-needs-build"));
    // With TLS 1.3 off they are of no use on any build.
    CHECK_FALSE(has(of_profile(curves("\"x25519_mlkem768\", \"NistP256\"") + "[protocols]\n\"TLS 1.3\" = \"disabled\"\n", "windows-11-24h2"), "curve-needs-build"));
}

TEST_CASE("A curve that is listed twice is found in either list, and a release without such lists ignores both", "[lint]") {
    for (const char* key : {"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002",
                            "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002"}) {
        INFO(key);
        const std::string twice = "[HKEY_LOCAL_MACHINE\\" + std::string(key) + "]\n\"EccCurves\"=hex(7):41,00,00,00,41,00,00,00,00,00\n";
        CHECK(has(of_reg(twice), "duplicate-name"));
        CHECK(has(of_reg(twice, "2012-r2"), "setting-ignored"));
    }
}

TEST_CASE("A list with ML-KEM groups alone takes ECDHE from TLS 1.2", "[lint]") {
    for (const char* release : {"windows-server-2025", "windows-11-25h2"}) {
        CHECK(has(of_profile(curves("\"x25519_mlkem768\", \"secp384r1_mlkem1024\""), release), "curve-list-tls13-only", Severity::warning));
        CHECK_FALSE(has(of_profile(curves("\"x25519_mlkem768\", \"NistP384\""), release), "curve-list-tls13-only"));
    }
}

TEST_CASE("AES that is off is said without a list and without a release", "[lint]") {
    const std::string off = "[~\\Ciphers\\AES 128/128]\n\"Enabled\"=dword:0\n[~\\Ciphers\\AES 256/256]\n\"Enabled\"=dword:0\n";
    CHECK(has(of_reg(off), "aes-off", Severity::warning));
    CHECK_FALSE(has(of_reg("[~\\Ciphers\\AES 256/256]\n\"Enabled\"=dword:0\n"), "aes-off"));
    CHECK_FALSE(has(of_reg("[~\\Ciphers\\AES 128/128]\n\"Enabled\"=dword:ffffffff\n[~\\Ciphers\\AES 256/256]\n\"Enabled\"=dword:0\n"), "aes-off"));
    const Findings of_release = of_profile("[ciphers]\n\"AES 128/128\" = \"disabled\"\n\"AES 256/256\" = \"disabled\"\n", "windows-server-2025");
    CHECK(has(of_release, "aes-off"));
    CHECK(has(of_release, "no-suite-left", Severity::error));
}

TEST_CASE("A list of curves is looked at whether it is the local one or the policy's", "[lint]") {
    const std::string list = "\"EccCurves\"=hex(7):4e,00,69,00,73,00,74,00,50,00,32,00,35,00,37,00,00,00,00,00\n";  // NistP257
    const std::string local = "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002]\n" + list;
    const std::string policy = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\n" + list;
    const auto unknown = [](const Findings& findings) { return std::ranges::count_if(lines(findings), [](const std::string& line) { return line.find("curve-unknown") != std::string::npos; }); };
    CHECK(unknown(of_reg(local, "2019")) == 1);
    CHECK(unknown(of_reg(policy, "2019")) == 1);
}
