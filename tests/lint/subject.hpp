// What the tests of lint share: a text in, findings out, a line each.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "schancfg/lint/lint.hpp"
#include "schancfg/lint/allow.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/defaults.hpp"

namespace lint_subject {

using schancfg::lint::Findings;
using Lines = std::vector<std::string>;

inline schancfg::lint::LintOptions options_for(std::string_view releases, std::string_view update = {}) {
    schancfg::lint::LintOptions options;
    while (!releases.empty()) {
        const std::size_t end = releases.find(' ');
        const schancfg::facts::Release* release = schancfg::facts::find_release(releases.substr(0, end));
        REQUIRE(release != nullptr);
        options.releases.push_back(release);
        releases.remove_prefix(end == std::string_view::npos ? releases.size() : end + 1);
    }
    if (!update.empty()) options.circumstances.updates.emplace_back(update);
    return options;
}

inline schancfg::schannel::Profile decode(std::string_view text, std::string_view file) {
    const auto no_files = [](std::string_view, std::string_view) -> schancfg::Result<schancfg::codec::LoadedText> {
        return schancfg::fail(schancfg::ErrorCode::not_found, "there is no such file");
    };
    auto decoded = schancfg::codec::decode_profile(text, file, no_files);
    for (const auto& diagnostic : decoded.diagnostics) INFO(diagnostic.message);
    REQUIRE(decoded);
    return std::move(*decoded.value);
}

/// `body` follows `format = 1`, so that it starts on line 2.
inline Findings of_profile(std::string_view body, std::string_view releases = {}, std::string_view update = {}) {
    const std::string text = "format = 1\n" + std::string(body);
    Findings findings = lint_profile(decode(text, "p.toml"), options_for(releases, update));
    apply_allow_comments(findings, "p.toml", text, schancfg::lint::CommentSyntax::toml);
    return findings;
}

/// `body` follows the header and stands below SCHANNEL: `[~\Protocols\TLS 1.0\Client]` is its key. It starts on line 2.
inline Findings of_reg(std::string body, std::string_view releases = {}, std::string_view update = {}) {
    constexpr std::string_view schannel = "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
    for (std::size_t at = body.find("[~"); at != std::string::npos; at = body.find("[~")) body.replace(at, 2, schannel);
    const std::string text = "Windows Registry Editor Version 5.00\n" + body;
    const auto decoded = schancfg::codec::decode_reg(text, {.file = "p.reg"});
    REQUIRE(decoded);
    Findings findings = lint_patch(*decoded.value, options_for(releases, update));
    apply_allow_comments(findings, "p.reg", text, schancfg::lint::CommentSyntax::reg);
    return findings;
}

inline Findings of_untouched(std::string_view release, std::string_view update = {}) {
    const auto options = options_for(release, update);
    return lint_state(schancfg::schannel::untouched(*options.releases.front()), "machine", options);
}

/// `2:1 warning rule: message`.
inline Lines lines(const Findings& findings) {
    Lines all;
    for (const auto& finding : findings) {
        all.push_back(std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column) + " " +
                      std::string(schancfg::lint::severity_name(finding.severity)) + " " + std::string(finding.rule->id) + ": " +
                      finding.message);
    }
    return all;
}

inline bool has(const Findings& findings, std::string_view rule, schancfg::Severity at_least = schancfg::Severity::note) {
    return std::ranges::any_of(findings, [&](const auto& finding) { return finding.rule->id == rule && finding.severity >= at_least; });
}

}  // namespace lint_subject
