#include <nlohmann/json.hpp>

#include "commands/commands.hpp"
#include "console/output.hpp"
#include "render/json_text.hpp"
#include "render/table.hpp"
#include "schancfg/facts/releases.hpp"

namespace schancfg::cli {
namespace {

std::string build_of(const facts::Release& release) {
    return std::to_string(release.build.major) + '.' + std::to_string(release.build.minor) + '.' + std::to_string(release.build.number);
}

std::string as_text(const Sheet& sheet) {
    std::vector<std::vector<std::string>> rows{{"ID", "BUILD", "NAME", "ALIASES"}};
    for (const facts::Release& release : facts::releases()) {
        std::string aliases;
        for (const std::string_view alias : release.aliases) (aliases += aliases.empty() ? "" : ", ") += alias;
        rows.push_back({std::string(release.id), build_of(release), std::string(release.name), aliases});
    }
    return text_table(rows, sheet.columns) + "\nThe facts reach until " + std::string(facts::facts_reach()) + ".\n";
}

std::string as_names() {
    std::string out;
    for (const facts::Release& release : facts::releases()) (out += release.id) += '\n';
    return out;
}

std::string as_json() {
    nlohmann::ordered_json object{{"format_version", "1.0"}, {"command", "releases"}, {"os", nullptr}, {"facts_until", facts::facts_reach()}};
    auto& list = object["releases"] = nlohmann::ordered_json::array();
    for (const facts::Release& release : facts::releases()) {
        nlohmann::ordered_json aliases = nlohmann::ordered_json::array();
        for (const std::string_view alias : release.aliases) aliases.push_back(alias);
        list.push_back({{"id", release.id}, {"name", release.name}, {"build", build_of(release)}, {"aliases", std::move(aliases)}});
    }
    return json_text(object);
}

}  // namespace

Outcome<ExitCode> run_releases(const Context& context) {
    const bool json = context.options.format() == "json";
    if (json && context.options.has("name-only")) return usage("--name-only and --format json exclude each other");
    const std::string text = json ? as_json() : context.options.has("name-only") ? as_names() : as_text(sheet_for(context.options));
    if (auto written = write_result(context.options, text); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
