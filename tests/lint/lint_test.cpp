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

TEST_CASE("each line that a later one repeats is told of, not the first alone", "[lint]") {
    const std::string key = "[~\\Protocols\\TLS 1.0\\Server]\n";
    const auto told = [](const Findings& findings) { return std::ranges::count_if(findings, [](const auto& finding) { return finding.rule->id == "duplicate-value"; }); };
    const std::string off = "\"Enabled\"=dword:0\n", on = "\"Enabled\"=dword:1\n";
    CHECK(told(of_reg(key + off + off + off)) == 2);
    CHECK(told(of_reg(key + off + on + off)) == 2);
}

TEST_CASE("a state with a list of its own is told of what is weak beside the list", "[lint]") {
    const auto options = options_for("2019");
    registry::Tree tree = schannel::untouched(*options.releases.front());
    tree.set_value(registry::KeyPath(registry::Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002"), "Functions",
                   registry::Value::sz("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_CBC_SHA"));
    const Lines said = lines(lint_state(tree, "machine", options));
    const auto tells = [&](std::string_view text) { return std::ranges::any_of(said, [&](const std::string& line) { return line.find("weak-default: " + std::string(text)) != std::string::npos; }); };
    CHECK(tells("renegotiation"));
    CHECK_FALSE(tells("RSA key exchange"));
}

TEST_CASE("a machine's list that Windows came with is not edited, in whichever form it is written", "[lint]") {
    const auto options = options_for("2019");
    const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
    registry::Tree tree = schannel::untouched(*options.releases.front());
    std::vector<std::string> names = tree.find_value(key, "Functions")->as_strings().value();
    const auto linted = [&](registry::Value list) {
        tree.set_value(key, "Functions", std::move(list));
        return lint_state(tree, "machine", options);
    };
    std::string joined;
    for (const std::string& name : names) joined.append(joined.empty() ? "" : ",").append(name);
    const Findings of_one_string = linted(registry::Value::multi_sz({joined}));
    CHECK(has(of_one_string, "local-list-joined"));
    CHECK_FALSE(has(of_one_string, "local-list-edited"));
    std::ranges::reverse(names);
    CHECK(has(linted(registry::Value::multi_sz(names)), "local-list-edited"));
    // Beside a policy as well, which has the list that Windows came with.
    tree.set_value(registry::KeyPath(registry::Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002"), "Functions", registry::Value::sz(joined));
    CHECK(has(linted(registry::Value::multi_sz(names)), "local-list-edited"));
}

TEST_CASE("a suite that the release does not have is a warning, and one of TLS 1.3 in a machine's list a note", "[lint]") {
    const auto listed = [](std::string_view names) {
        return "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\n\"Functions\"=\"" + std::string(names) + "\"\n";
    };
    CHECK(has(of_reg(listed("TLS_RSA_WITH_AES_128_CBC_SHA,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"), "2012-r2"), "suite-name-unknown", Severity::warning));
    const Findings newer = of_reg(listed("TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), "2016");
    CHECK(has(newer, "suite-name-unknown"));
    CHECK_FALSE(has(newer, "suite-name-unknown", Severity::warning));
}

TEST_CASE("a rule is found by its number, whether it is of settings or of files", "[lint]") {
    for (const std::span<const lint::LintRule> rules : {lint::lint_rules(), lint::file_rules()}) {
        for (const lint::LintRule& rule : rules) {
            INFO(rule.id);
            CHECK(&lint::lint_rule(rule.rule) == &rule);
            CHECK(lint::is_of_files(rule) == (rules.data() == lint::file_rules().data()));
        }
    }
}

TEST_CASE("of a list the first thousand names are looked at, and no place without a name", "[lint]") {
    std::string names;
    for (int at = 0; at < 1003; ++at) names.append(",TLS_X").append(std::to_string(at));
    const std::string key = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\n";
    const Lines found = lines(of_reg(key + "\"Functions\"=\"" + names + "\"\n", "2019"));
    CHECK(std::ranges::find(found, "3:1 warning suite-name-unknown: no release knows TLS_X0, TLS_X1 and 998 more") != found.end());
    CHECK(has(of_reg(key + "\"Functions\"=dword:1\n", "2019"), "value-wrong-type"));
}

TEST_CASE("a character that looks like another is named by its code point", "[lint]") {
    const auto message = [](std::string_view character) {
        const Lines found = lines(of_reg(std::string("[~\\Ciphers\\AES 128").append(character).append("128]\n\"Enabled\"=dword:0\n")));
        return found.empty() ? std::string() : found.front();
    };
    CHECK(message("\u2215").ends_with("holds U+2215: Windows reads no such key"));
    CHECK(message("\u00A0").ends_with("holds U+00A0: Windows reads no such key"));
    CHECK(message("\U0001D7D9").ends_with("holds U+1D7D9: Windows reads no such key"));
    CHECK(message("\x7F").ends_with("holds U+007F: Windows reads no such key"));
    CHECK(message("~").find("holds U+") == std::string::npos);
}

TEST_CASE("a value is judged by the key that it stands in, whatever stands around it", "[lint]") {
    // Before and behind the switch on the protocol's own key.
    const Findings own = of_reg("[~\\Ciphers\\AES 128/128]\n\"Enabled\"=dword:0\n[~\\Protocols\\TLS 1.2]\n\"A\"=dword:0\n\"Enabled\"=dword:0\n\"F\"=dword:0\n", "2019");
    CHECK(std::ranges::count(own, "protocol-key-without-role", [](const auto& each) { return each.rule->id; }) == 1);
    CHECK_FALSE(has(own, "folklore-value"));
    const std::string fips = "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy]\n\"Enabled\"=dword:1\n";
    CHECK(has(of_reg(fips + "[~\\Ciphers\\AES 128/128]\n\"Enabled\"=dword:2\n"), "data-not-documented"));
    // Of SCHANNEL's own values only a release says whether it reads them.
    CHECK_FALSE(has(of_reg("[~]\n\"ClientCacheTime\"=dword:1\n"), "setting-ignored"));
    CHECK(has(of_reg("[~]\n\"EnableOcspStaplingForSni\"=dword:1\n", "2008"), "setting-ignored"));
    CHECK_FALSE(has(of_reg("[~\\Messaging]\n\"EnableOcspStaplingForSni\"=dword:1\n", "2008"), "setting-ignored"));
    CHECK_FALSE(has(of_reg("[~\\Messaging]\n\"ServerCacheTime\"=dword:0\n"), "session-cache-off"));
    CHECK_FALSE(has(of_reg("[~\\Messaging]\n\"MessageLimitClient\"=hex:00\n"), "message-limit"));
    CHECK_FALSE(has(of_reg("[~]\n\"ClientCacheTime\"=dword:240c8400\n\"ServerCacheTime\"=dword:240c8400\n"), "session-cache-too-long"));
    const Lines raw = lines(of_profile("[registry.'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy']\nMDMEnabled = 1\n"));
    CHECK(std::ranges::any_of(raw, [](const std::string& line) { return line.contains("\"MDMEnabled\" is not documented by Microsoft: ") && !line.ends_with(": "); }));
    const std::string dh = "[~\\KeyExchangeAlgorithms\\Diffie-Hellman]\n\"ClientMinKeyBitLength\"=dword:800\n\"ClientMaxKeyBitLength\"=dword:";
    CHECK(has(of_reg(dh + "7ff\n"), "contradictory-values"));
    CHECK_FALSE(has(of_reg(dh + "800\n"), "contradictory-values"));
}

TEST_CASE("a profile that is not for a release is told for each of them, and what it asks of one that lacks it is as severe as there", "[lint]") {
    const Findings outside = of_profile("windows = \">= windows-server-2022\"\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n", "2022 2019 2016");
    const auto found = std::ranges::find(outside, "release-outside", [](const auto& each) { return each.rule->id; });
    REQUIRE(found != outside.end());
    CHECK(found->releases.size() == 2);
    CHECK(has(of_profile("[cipher_suites.policy]\norder = [\"TLS_AES_256_GCM_SHA384\"]\n", "2019"), "nothing-left", Severity::error));
}

TEST_CASE("what is found of one key or list does not hide what is found of the next", "[lint]") {
    const std::string local = "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002]\n",
                      policy = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\n";
    CHECK(has(of_reg(policy + "\"Functions\"=dword:1\n" + local + "\"Functions\"=\"TLS_X\"\n"), "suite-name-unknown"));
    CHECK(has(of_reg(policy + "\"Functions\"=\"" + std::string(1024, 'X') + "\"\n"), "policy-list-too-long"));
    const std::string winhttp = "Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp]\n\"DefaultSecureProtocols\"=dword:800\n";
    const Findings views = of_reg("[HKEY_LOCAL_MACHINE\\SOFTWARE\\" + winhttp + "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\" + winhttp, "7");
    CHECK(std::ranges::count(views, "needs-update", [](const auto& each) { return each.rule->id; }) == 2);
    // A switch of before Vista beside that of today, and a copy of the control set beside the current one.
    CHECK(has(of_reg("[~\\Ciphers\\Triple DES 168]\n\"Enabled\"=dword:0\n[~\\Ciphers\\Triple DES 168/168]\n\"Enabled\"=dword:0\n[~\\Hashes\\SHA1]\n\"Enabled\"=dword:0\n"), "near-miss-key"));
    CHECK(has(of_reg("[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\SecurityProviders\\SCHANNEL\\Hashes\\SHA]\n\"Enabled\"=dword:0\n[~\\Hashes\\SHA1]\n\"Enabled\"=dword:0\n"), "near-miss-key"));
    // What cannot be read for a character is not unknown as well.
    CHECK_FALSE(has(of_reg("[~\\Ciphers\\AES 128\u2215128]\n\"Enabled\"=dword:0\n"), "value-unknown"));
    CHECK_FALSE(has(of_reg("[~\\Ciphers\\AES 128/128]\n\"En\u0430bled\"=dword:0\n"), "value-unknown"));
    CHECK(std::ranges::all_of(of_untouched("2022"), [](const auto& each) { return each.releases.size() == 1; }));
}
