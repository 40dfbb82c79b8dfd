#include "console/columns.hpp"
#include "console/remedies.hpp"
#include "render/lint.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/escape.hpp"
#include "render/json_text.hpp"
#include "render/table.hpp"

namespace schancfg::cli {
namespace {

using lint::Finding;
using lint::LintRule;
using nlohmann::ordered_json;

std::string counted(std::size_t count, std::string_view one) {
    return std::to_string(count).append(1, ' ').append(one).append(count == 1 ? "" : "s");
}

std::size_t count_of(const LintView& view, Severity severity) {
    return static_cast<std::size_t>(std::ranges::count(view.findings, severity, &Finding::severity));
}

std::string place_of(const Span& place) {
    std::string text = escape(place.file);
    if (place.line != 0) text += ':' + std::to_string(place.line);
    if (place.line != 0 && place.column != 0) text += ':' + std::to_string(place.column);
    return text;
}

std::string key_of(const Finding& finding) {
    if (finding.key.empty()) return {};
    return escape(finding.key) + ": " + (finding.value.empty() ? "(default)" : escape(finding.value));
}

// Workflow commands end at a line end; properties besides at a comma (actions/toolkit: packages/core/src/command.ts).
std::string github_data(std::string_view text, bool property) {
    std::string out;
    for (const char c : escape(text)) {
        switch (c) {
            case '%': out += "%25"; break;
            case ':': out += property ? "%3A" : ":"; break;
            case ',': out += property ? "%2C" : ","; break;
            default: out += c;
        }
    }
    return out;
}

std::string_view github_command(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: break;
    }
    return "notice";
}

std::string with_releases(const LintView& view, std::size_t at) {
    const Finding& finding = view.findings[at];
    const std::string releases = lint_releases(finding, view.judged[at]);
    return finding.message + (releases.empty() ? "" : " (" + releases + ")");
}

}  // namespace

std::string lint_releases(const Finding& finding, std::size_t judged) {
    constexpr std::size_t shown = 3;
    const auto& releases = finding.releases;
    if (releases.empty() || releases.size() == judged) return {};
    std::string text;
    for (std::size_t i = 0; i < releases.size() && i < shown; ++i) {
        if (i > 0) text += i + 1 == releases.size() ? " and " : ", ";
        text += releases[i]->name;
    }
    if (releases.size() > shown) text += " and " + std::to_string(releases.size() - shown) + " more";
    return text;
}

namespace {

bool is_hidden(const LintView& view, const Finding& finding) {
    return !view.all && finding.severity == Severity::note && lint::is_background(*finding.rule);
}

std::string not_run_sentence(const LintView& view, const Sheet& sheet) {
    if (!view.without_release) return {};
    const auto count = static_cast<std::size_t>(std::ranges::count_if(lint::lint_rules(), lint::needs_release));
    return paragraph({}, counted(count, "rule") + " need the Windows release and did not run: name it with --os.", sheet.columns);
}

}  // namespace

std::string lint_text(const LintView& view, const Sheet& sheet) {
    std::string out;
    for (std::size_t i = 0; i < view.findings.size(); ++i) {
        const Finding& finding = view.findings[i];
        if (is_hidden(view, finding)) continue;
        const std::string_view severity = lint::severity_name(finding.severity);
        const std::string painted = finding.severity == Severity::error     ? sheet.paint.removed(severity)
                                    : finding.severity == Severity::warning ? sheet.paint.changed(severity)
                                                                            : sheet.paint.dim(severity);
        // Below the place, so that it can be found and copied; it is as long as it is.
        out += hanging(place_of(finding.place) + ": " + painted + ": ", escape(finding.message) + " " + sheet.paint.dim("[" + std::string(finding.rule->id) + "]"), 4, sheet.columns);
        if (finding.place.line == 0 && !finding.key.empty()) out += "    at   " + key_of(finding) + '\n';
        if (const std::string releases = lint_releases(finding, view.judged[i]); !releases.empty()) out += paragraph("    on   ", releases, sheet.columns);
        if (!finding.fix.empty()) out += paragraph("    fix  ", escape(with_option(finding.rule->id, finding.fix)), sheet.columns);
    }
    const auto hidden = static_cast<std::size_t>(std::ranges::count_if(view.findings, [&](const Finding& finding) { return is_hidden(view, finding); }));
    const std::string not_run = not_run_sentence(view, sheet);
    if (view.findings.empty()) return "Nothing found.\n" + not_run;
    return out + (out.empty() ? "" : "\n") +
           paragraph({}, counted(count_of(view, Severity::error), "error") + ", " + counted(count_of(view, Severity::warning), "warning") + ", " +
                             counted(count_of(view, Severity::note), "note") + (hidden == 0 ? "" : " (" + std::to_string(hidden) + " for information, with -v)") +
                             ". `schancfg explain RULE` says more about a rule.", sheet.columns) +
           not_run;
}

std::string lint_json(const LintView& view) {
    ordered_json object{{"format_version", "1.0"}, {"command", "lint"}, {"os", nullptr}};
    if (view.release != nullptr) object["os"] = view.release->id;
    auto& findings = object["findings"] = ordered_json::array();
    for (const Finding& finding : view.findings) {
        ordered_json item{{"rule", finding.rule->id}, {"severity", lint::severity_name(finding.severity)}, {"file", finding.place.file}};
        item["line"] = finding.place.line != 0 ? ordered_json(finding.place.line) : ordered_json(nullptr);
        item["column"] = finding.place.column != 0 ? ordered_json(finding.place.column) : ordered_json(nullptr);
        item["key"] = finding.key.empty() ? ordered_json(nullptr) : ordered_json(finding.key);
        item["value"] = finding.key.empty() ? ordered_json(nullptr) : ordered_json(finding.value);
        item["message"] = finding.message;
        item["fix"] = with_option(finding.rule->id, finding.fix);
        auto& releases = item["releases"] = ordered_json::array();
        for (const facts::Release* release : finding.releases) releases.push_back(release->id);
        findings.push_back(std::move(item));
    }
    object["summary"] = {{"error", count_of(view, Severity::error)},
                         {"warning", count_of(view, Severity::warning)},
                         {"note", count_of(view, Severity::note)}};
    return json_text(object);
}

std::string lint_github(const LintView& view) {
    std::string out;
    for (std::size_t i = 0; i < view.findings.size(); ++i) {
        const Finding& finding = view.findings[i];
        const Span& at = view.shown_at[i];
        out.append("::").append(github_command(finding.severity)).append(" file=").append(github_data(at.file, true));
        if (at.line != 0) out += ",line=" + std::to_string(at.line);
        if (at.line != 0 && at.column != 0) out += ",col=" + std::to_string(at.column);
        out.append(",title=").append(github_data("schancfg: " + std::string(finding.rule->id), true)).append("::");
        out += github_data(with_releases(view, i), false) + (finding.fix.empty() ? "" : "%0A" + github_data(with_option(finding.rule->id, finding.fix), false)) + '\n';
    }
    return out;
}

std::string lint_rules_text(const Sheet& sheet) {
    std::vector<std::vector<std::string>> rows{{"RULE", "SEVERITY", "TITLE"}};
    for (const auto all : {lint::lint_rules(), lint::file_rules()}) {
        for (const LintRule& rule : all) rows.push_back({std::string(rule.id), std::string(lint::severity_name(rule.severity)), std::string(rule.title)});
    }
    return text_table(rows, sheet.columns);
}

std::string lint_rules_json() {
    ordered_json object{{"format_version", "1.0"}, {"command", "lint"}, {"os", nullptr}};
    auto& rules = object["rules"] = ordered_json::array();
    for (const auto all : {lint::lint_rules(), lint::file_rules()}) {
        for (const LintRule& rule : all) {
            rules.push_back({{"id", rule.id},
                             {"severity", lint::severity_name(rule.severity)},
                             {"title", rule.title},
                             {"breaks", rule.breaks},
                             {"fix", with_option(rule.id, rule.fix)},
                             {"sources", rule.sources}});
        }
    }
    return json_text(object);
}

}  // namespace schancfg::cli
