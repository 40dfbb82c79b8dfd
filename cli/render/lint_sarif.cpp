#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <map>

#include "render/json_text.hpp"
#include "console/remedies.hpp"
#include "render/lint.hpp"
#include "schancfg/codec/sha256.hpp"

namespace schancfg::cli {
namespace {

using lint::Finding;
using lint::LintRule;
using nlohmann::ordered_json;

bool is_drive_path(std::string_view file) {
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    return file.size() > 2 && is_letter(file[0]) && file[1] == ':' && (file[2] == '\\' || file[2] == '/');
}

// What a finding is in that no file of the user's holds: a shipped profile (`built-in:strict`), a state (`os:windows-server-2022`).
bool is_file(std::string_view place) {
    if (place.empty()) return false;
    const std::size_t colon = place.find(':');
    return colon == std::string_view::npos || is_drive_path(place) || place.find_first_of("/\\") < colon;
}

// `/` between the parts; `.` and `..` taken out as far as they can be.
std::string normal(std::string_view file) {
    std::string path(file);
    std::ranges::replace(path, '\\', '/');
    const std::filesystem::path whole(std::u8string(path.begin(), path.end()));
    const std::u8string text = whole.lexically_normal().generic_u8string();
    return {text.begin(), text.end()};
}

std::string absolute(const std::string& path) {
    std::error_code error;
    const std::u8string text = std::filesystem::absolute(std::u8string(path.begin(), path.end()), error).lexically_normal().generic_u8string();
    return error ? path : std::string(text.begin(), text.end());
}

// A path as SARIF wants it (3.4.3): relative to the root of the sources where it lies below it, else a URI with the scheme `file`: GitHub takes no other.
ordered_json artifact_of(std::string_view file) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    std::string path = normal(file);
    if (path == ".." || path.starts_with("../")) path = absolute(path);
    const bool drive = is_drive_path(path);
    const bool share = path.starts_with("//");
    std::string uri = drive ? "file:///" : share ? "file:" : path.starts_with('/') ? "file://" : "";
    const bool relative = uri.empty();
    for (std::size_t i = 0; i < path.size(); ++i) {
        const char c = path[i];
        if (plain.find(c) != std::string_view::npos || (c == ':' && drive && i == 1)) {
            uri += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            uri.append(1, '%').append(1, hex[byte >> 4]).append(1, hex[byte & 0xF]);
        }
    }
    ordered_json out{{"uri", uri}};
    if (relative) out["uriBaseId"] = "%SRCROOT%";
    return out;
}

ordered_json text_of(std::string_view text) { return {{"text", text}}; }

ordered_json rule_of(const LintRule& rule) {
    return {{"id", rule.id},
            {"shortDescription", text_of(rule.title)},
            {"fullDescription", text_of(rule.breaks)},
            {"help", text_of(with_option(rule.id, rule.fix) + " Sources: " + std::string(rule.sources))},
            {"defaultConfiguration", {{"level", lint::severity_name(rule.severity)}}}};
}

ordered_json physical_of(const Span& place) {
    ordered_json physical{{"artifactLocation", artifact_of(place.file)}};
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
    if (is_file(at.file)) location["physicalLocation"] = physical_of(at);
    auto& logical = location["logicalLocations"] = ordered_json::array();
    if (!finding.key.empty()) logical.push_back({{"fullyQualifiedName", finding.key + ": " + finding.value}});
    else if (!is_file(at.file)) logical.push_back({{"fullyQualifiedName", line_of(finding.place)}});
    if (logical.empty()) location.erase("logicalLocations");
    result["locations"] = ordered_json::array({std::move(location)});
    if (at == finding.place) return;
    result["relatedLocations"] = ordered_json::array({{{"id", 1},
                                                       {"message", text_of("line " + std::to_string(finding.place.line) + " of the shipped profile")},
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
                                                                 {"message", text_of(message)}});
        add_locations(result, finding, view.shown_at[i]);
        result["partialFingerprints"] = {{"schancfg/v1", fingerprints.of(finding)}};
    }
    ordered_json driver{{"name", "schancfg"}, {"version", SCHANCFG_VERSION}, {"informationUri", "https://github.com/schancfg/schancfg"}, {"rules", std::move(listed)}};
    ordered_json run;
    run["tool"]["driver"] = std::move(driver);
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = std::move(results);
    ordered_json object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
    object["runs"] = ordered_json::array({std::move(run)});
    return json_text(object);
}

}  // namespace schancfg::cli
