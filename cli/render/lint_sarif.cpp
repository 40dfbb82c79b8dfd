#include <nlohmann/json.hpp>

#include "render/json_text.hpp"
#include "render/lint.hpp"

namespace schancfg::cli {
namespace {

using lint::Finding;
using lint::LintRule;
using nlohmann::ordered_json;

// A path as a URI reference (RFC 3986): relative paths stay relative, `C:\x` is file:///C:/x, `built-in:strict` is a URI already.
std::string uri_of(std::string_view file) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const bool drive = file.size() > 2 && is_letter(file[0]) && file[1] == ':' && (file[2] == '\\' || file[2] == '/');
    const bool built_in = file.starts_with("built-in:");
    std::string out = drive ? "file:///" : "";
    for (std::size_t i = 0; i < file.size(); ++i) {
        const char c = file[i];
        if (c == '\\') {
            out += '/';
        } else if (plain.find(c) != std::string_view::npos || (c == ':' && ((drive && i == 1) || (built_in && i == 8)))) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.append(1, '%').append(1, hex[byte >> 4]).append(1, hex[byte & 0xF]);
        }
    }
    return out;
}

ordered_json text_of(std::string_view text) { return {{"text", text}}; }

ordered_json rule_of(const LintRule& rule) {
    return {{"id", rule.id},
            {"shortDescription", text_of(rule.title)},
            {"fullDescription", text_of(rule.breaks)},
            {"help", text_of(std::string(rule.mend) + " Sources: " + std::string(rule.sources))},
            {"defaultConfiguration", {{"level", lint::severity_name(rule.severity)}}}};
}

ordered_json location_of(const Finding& finding) {
    ordered_json physical{{"artifactLocation", {{"uri", uri_of(finding.place.file)}}}};
    if (finding.place.line != 0) {
        auto& region = physical["region"] = {{"startLine", finding.place.line}};
        if (finding.place.column != 0) region["startColumn"] = finding.place.column;
    }
    ordered_json location{{"physicalLocation", std::move(physical)}};
    if (!finding.key.empty()) {
        location["logicalLocations"] = ordered_json::array({{{"fullyQualifiedName", finding.key + ": " + finding.value}}});
    }
    return location;
}

}  // namespace

std::string lint_sarif(const LintView& view) {
    const auto rules = lint::lint_rules();
    ordered_json listed = ordered_json::array();
    for (const LintRule& rule : rules) listed.push_back(rule_of(rule));
    ordered_json results = ordered_json::array();
    for (std::size_t i = 0; i < view.findings.size(); ++i) {
        const Finding& finding = view.findings[i];
        const std::string releases = lint_releases(finding, view.judged[i]);
        std::string message = finding.message + (releases.empty() ? "" : " (" + releases + ")") + ".";
        if (!finding.fix.empty()) message += " " + finding.fix;
        results.push_back({{"ruleId", finding.rule->id},
                           {"ruleIndex", finding.rule - rules.data()},
                           {"level", lint::severity_name(finding.severity)},
                           {"message", text_of(message)},
                           {"locations", ordered_json::array({location_of(finding)})}});
    }
    ordered_json driver{{"name", "schancfg"}, {"version", SCHANCFG_VERSION}, {"rules", std::move(listed)}};
    ordered_json run;
    run["tool"]["driver"] = std::move(driver);
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = std::move(results);
    ordered_json object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
    object["runs"] = ordered_json::array({std::move(run)});
    return json_text(object);
}

}  // namespace schancfg::cli
