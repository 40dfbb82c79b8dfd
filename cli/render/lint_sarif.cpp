#include <nlohmann/json.hpp>

#include <map>

#include "console/remedies.hpp"
#include "render/lint.hpp"
#include "render/sarif.hpp"
#include "schancfg/codec/sha256.hpp"

namespace schancfg::cli {
namespace {

using lint::Finding;
using lint::LintRule;
using nlohmann::ordered_json;

ordered_json rule_of(const LintRule& rule) {
    return {{"id", rule.id},
            {"shortDescription", sarif_text(rule.title)},
            {"fullDescription", sarif_text(rule.breaks)},
            {"help", sarif_text(with_option(rule.id, rule.fix) + " Sources: " + std::string(rule.sources))},
            {"defaultConfiguration", {{"level", lint::severity_name(rule.severity)}}}};
}

ordered_json physical_of(const Span& place) {
    ordered_json physical{{"artifactLocation", sarif_artifact(place.file)}};
    if (place.line != 0) {
        auto& region = physical["region"] = {{"startLine", place.line}};
        if (place.column != 0) region["startColumn"] = place.column;
    }
    return physical;
}

std::string line_of(const Span& place) { return place.file + (place.line == 0 ? "" : ':' + std::to_string(place.line)); }

// Where GitHub shows it: a line of the user's. A finding in a shipped profile stands at the line that extends it, and is related to the shipped one.
void add_locations(ordered_json& result, const Finding& finding, const Span& at) {
    ordered_json location;
    if (is_sarif_file(at.file)) location["physicalLocation"] = physical_of(at);
    auto& logical = location["logicalLocations"] = ordered_json::array();
    if (!finding.key.empty()) logical.push_back({{"fullyQualifiedName", finding.key + ": " + finding.value}});
    else if (!is_sarif_file(at.file)) logical.push_back({{"fullyQualifiedName", line_of(finding.place)}});
    if (logical.empty()) location.erase("logicalLocations");
    result["locations"] = ordered_json::array({std::move(location)});
    if (at == finding.place) return;
    result["relatedLocations"] = ordered_json::array({{{"id", 1},
                                                       {"message", sarif_text("line " + std::to_string(finding.place.line) + " of the shipped profile")},
                                                       {"logicalLocations", ordered_json::array({{{"fullyQualifiedName", line_of(finding.place)}}})}}});
}

// The same as long as the finding is, whatever is written above it in the file: by rule, file and value, numbered where several are alike.
class Fingerprints {
public:
    std::string of(const Finding& finding) {
        std::string text;
        for (const std::string_view part : {std::string_view(finding.rule->id), std::string_view(finding.place.file), std::string_view(finding.key), std::string_view(finding.value)}) {
            (text += part) += '\0';
        }
        text += std::to_string(seen_[text]++);
        codec::Sha256 sha256;
        sha256.update(text);
        return sha256.finish();
    }

private:
    std::map<std::string, std::size_t> seen_;
};

}  // namespace

std::string lint_sarif(const LintView& view) {
    // All rules of lint in their order, and of those of files the ones that are found.
    ordered_json listed = ordered_json::array();
    std::map<const LintRule*, std::size_t> index;
    const auto list = [&](const LintRule& rule) {
        const auto [at, added] = index.emplace(&rule, listed.size());
        if (added) listed.push_back(rule_of(rule));
        return at->second;
    };
    for (const LintRule& rule : lint::lint_rules()) list(rule);
    ordered_json results = ordered_json::array();
    Fingerprints fingerprints;
    for (std::size_t i = 0; i < view.findings.size(); ++i) {
        const Finding& finding = view.findings[i];
        const std::string releases = lint_releases(finding, view.judged[i]);
        std::string message = finding.message + (releases.empty() ? "" : " (" + releases + ")") + ".";
        if (!finding.fix.empty()) message += " " + with_option(finding.rule->id, finding.fix);
        ordered_json& result = results.emplace_back(ordered_json{{"ruleId", finding.rule->id},
                                                                 {"ruleIndex", list(*finding.rule)},
                                                                 {"level", lint::severity_name(finding.severity)},
                                                                 {"message", sarif_text(message)}});
        add_locations(result, finding, view.shown_at[i]);
        result["partialFingerprints"] = {{"schancfg/v1", fingerprints.of(finding)}};
    }
    return sarif_log(std::move(listed), std::move(results));
}

}  // namespace schancfg::cli
