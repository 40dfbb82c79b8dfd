// Services that a profile leaves without a protocol, and TLS 1.3 where a service has trouble with it.
#include "lint/subject.hpp"

using namespace lint_subject;
using schancfg::Severity;

namespace {

constexpr std::string_view only_13 =
    "[protocols]\n"
    "\"TLS 1.0\" = { server = \"disabled\" }\n"
    "\"TLS 1.1\" = { server = \"disabled\" }\n"
    "\"TLS 1.2\" = { server = \"disabled\" }\n"
    "\"TLS 1.3\" = { server = \"enabled\" }\n";

std::string message(const Findings& findings, std::string_view rule) {
    const auto found = std::ranges::find(findings, rule, [](const auto& finding) { return finding.rule->id; });
    return found == findings.end() ? std::string() : found->message;
}

}  // namespace

TEST_CASE("With TLS 1.3 alone remote desktop of Server 2022 and Windows 11 21H2 is lost, and from 22H2 on it is not", "[services]") {
    for (const char* release : {"2022", "11-21h2"}) {
        INFO(release);
        CHECK(has(of_profile(only_13, release), "rdp-lock-out", Severity::error));
    }
    CHECK(message(of_profile(only_13, "2022"), "rdp-lock-out") == "remote desktop here speaks nothing newer than TLS 1.2, and what is left for servers is TLS 1.3");
    for (const char* release : {"11-22h2", "11-24h2", "2025"}) {
        INFO(release);
        CHECK_FALSE(has(of_profile(only_13, release), "rdp-lock-out"));
    }
}

TEST_CASE("With TLS 1.3 alone services of which nothing is documented are named in one warning", "[services]") {
    const Findings on_2022 = of_profile(only_13, "2022");
    CHECK(has(on_2022, "service-lock-out", Severity::warning));
    CHECK_FALSE(has(on_2022, "service-lock-out", Severity::error));
    CHECK(message(on_2022, "service-lock-out").ends_with("LDAP over TLS, AD FS, SMTP of Exchange and EAP of NPS"));
    CHECK(message(of_profile(only_13, "2025"), "service-lock-out").ends_with("not documented: AD FS, SMTP of Exchange and EAP of NPS"));
    CHECK_FALSE(has(of_profile(only_13, "11-24h2"), "service-lock-out"));  // a client release runs none of them
    CHECK_FALSE(has(of_profile("[protocols]\n\"TLS 1.0\" = \"disabled\"\n", "2022"), "service-lock-out"));
}

TEST_CASE("TLS 1.3 that a profile asks for on a server release is a note about the services that it can break", "[services]") {
    const Findings server = of_profile("[protocols]\n\"TLS 1.3\" = { server = \"enabled\" }\n", "2022");
    CHECK(message(server, "service-tls13").find("client certificates") != std::string::npos);
    CHECK(message(server, "service-tls13").find("CU12 to CU14") != std::string::npos);
    const Findings client = of_profile("[protocols]\n\"TLS 1.3\" = { client = \"enabled\" }\n", "2022");
    CHECK(message(client, "service-tls13").find("AD FS proxy trust") != std::string::npos);
    CHECK_FALSE(has(client, "service-tls13", Severity::warning));
    CHECK_FALSE(has(of_profile("[protocols]\n\"TLS 1.3\" = \"enabled\"\n", "11-24h2"), "service-tls13"));
    CHECK_FALSE(has(of_profile("[protocols]\n\"TLS 1.3\" = \"disabled\"\n", "2022"), "service-tls13"));
    CHECK_FALSE(has(of_profile("[protocols]\n\"TLS 1.2\" = \"enabled\"\n", "2022"), "service-tls13"));  // what Windows does anyway
    CHECK(has(of_untouched("2022"), "service-tls13"));
    CHECK_FALSE(has(of_untouched("2019"), "service-tls13"));
}

TEST_CASE("Remote desktop of 2008 R2 without TLS 1.0 depends on an update", "[services]") {
    constexpr std::string_view no_10 = "[protocols]\n\"TLS 1.0\" = { server = \"disabled\" }\n\"TLS 1.2\" = { server = \"enabled\" }\n";
    CHECK(message(of_profile(no_10, "2008-r2"), "rdp-lock-out") ==
          "remote desktop speaks TLS 1.0 alone here unless KB3080079 is installed, and what is left for servers is TLS 1.2");
    CHECK_FALSE(has(of_profile(no_10, "2008-r2"), "rdp-lock-out", Severity::error));
    CHECK_FALSE(has(of_profile(no_10, "2008-r2", "KB3080079"), "rdp-lock-out"));
    // Known not to be installed, it is an error, and the message says what remote desktop speaks without it.
    auto without = options_for("2008-r2");
    without.circumstances.updates_complete = true;
    const Findings found = lint_profile(decode("format = 1\n" + std::string(no_10), "p.toml"), without);
    CHECK(message(found, "rdp-lock-out") == "remote desktop here speaks nothing newer than TLS 1.0, and what is left for servers is TLS 1.2");
    CHECK(has(found, "rdp-lock-out", Severity::error));
}

TEST_CASE("TLS 1.3 for servers alone is told for servers", "[services]") {
    const Findings found = of_profile("[protocols]\n\"TLS 1.3\" = { client = \"disabled\", server = \"enabled\" }\n", "2022");
    CHECK(message(found, "service-tls13").starts_with("TLS 1.3 is on for servers"));
}
