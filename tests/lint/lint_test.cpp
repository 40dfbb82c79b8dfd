#include "schancfg/lint/lint.hpp"

#include "schancfg/lint/allow.hpp"

#include "subject.hpp"

using namespace schancfg;
using namespace lint_subject;

TEST_CASE("the rules are sorted by id, and each has a page", "[lint]") {
    const auto rules = lint::lint_rules();
    CHECK(std::ranges::is_sorted(rules, {}, &lint::LintRule::id));
    for (const lint::LintRule& rule : rules) {
        INFO(rule.id);
        CHECK(lint::find_lint_rule(rule.id) == &rule);
        CHECK(!rule.title.empty());
        CHECK(!rule.title.ends_with('.'));
        CHECK(!rule.breaks.empty());
        CHECK(rule.breaks.ends_with('.'));
        CHECK(!rule.fix.empty());
        CHECK(rule.fix.ends_with('.'));
        CHECK(!rule.sources.empty());
        CHECK(rule.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
    }
    CHECK(lint::find_lint_rule("suite-name") == nullptr);
}

TEST_CASE("the shipped profiles for machines of today lint without warning", "[lint]") {
    for (const std::string_view name : {"strict", "best-practices"}) {
        const schannel::BuiltinProfile* shipped = schannel::find_builtin_profile(name);
        REQUIRE(shipped != nullptr);
        const auto profile = decode(shipped->text, "built-in:" + std::string(name));
        lint::LintOptions options;
        for (const facts::Release& release : facts::releases()) {
            if (release.build >= facts::Build{10, 0, 0}) options.releases.push_back(&release);
        }
        REQUIRE(options.releases.size() > 15);
        lint::Findings findings = lint_profile(profile, options);
        for (const std::string_view each : {"strict", "best-practices"}) {
            lint::apply_allow_comments(findings, "built-in:" + std::string(each), schannel::find_builtin_profile(each)->text, lint::CommentSyntax::toml);
        }
        for (const lint::Finding& finding : findings) {
            CAPTURE(name, finding.rule->id, finding.place.line, finding.message, finding.releases.front()->id, finding.releases.size());
            CHECK(finding.severity == Severity::note);
        }
    }
}

TEST_CASE("an untouched installation has notes alone", "[lint]") {
    for (const facts::Release& release : facts::releases()) {
        const Findings findings = of_untouched(release.id);
        CAPTURE(release.id, lines(findings));
        CHECK(std::ranges::all_of(findings, [](const auto& finding) { return finding.severity == Severity::note; }));
    }
}

TEST_CASE("a finding is there once, with the releases that it is for", "[lint]") {
    const Findings findings = of_reg("[~\\Protocols\\TLS 1.3\\Client]\n\"Enabled\"=dword:1\n\"DisabledByDefault\"=dword:0\n", "2016 2019 2022");
    const auto found = std::ranges::find(findings, "tls13-unsupported", [](const auto& finding) { return finding.rule->id; });
    REQUIRE(found != findings.end());
    REQUIRE(found->releases.size() == 2);
    CHECK(found->releases[0]->id == "windows-server-2016");
    CHECK(found->releases[1]->id == "windows-server-2019");
    CHECK(std::ranges::count(findings, "tls13-unsupported", [](const auto& finding) { return finding.rule->id; }) == 1);
    CHECK(found->key == "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.3\\Client");
    CHECK(found->value == "Enabled");
    CHECK(found->place.file == "p.reg");
}
