#include "render/explain.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "console/columns.hpp"
#include "render/json_text.hpp"
#include "schancfg/lint/rules.hpp"

namespace schancfg::cli {
namespace {

using explain::DefaultRun;
using explain::Explanation;
using nlohmann::ordered_json;

/// `text` behind a label of the given width, wrapped and indented below itself.
std::string labelled(std::string_view label, std::string_view text, std::size_t label_width, const Sheet& sheet) {
    std::string lead = "  " + std::string(label);
    lead.resize(2 + label_width + 2, ' ');
    return paragraph(lead, text, sheet.columns);
}

std::string run_of(const DefaultRun& run) { return run.from == run.to ? run.from : run.from + " to " + run.to; }

void add_text(std::string& out, const Explanation& each, const Sheet& sheet) {
    out += sheet.paint.strong(each.name) + "  " + sheet.paint.dim(each.kind) + '\n';
    out += labelled("", each.summary, 0, sheet);
    std::size_t label_width = 0;
    for (const explain::Detail& detail : each.details) label_width = std::max(label_width, detail.label.size());
    if (!each.details.empty()) out += '\n';
    for (const explain::Detail& detail : each.details) {
        std::string label(detail.label);
        label.resize(label_width, ' ');
        // A key is copied as a whole.
        if (detail.label == "key") out += "  " + label + "  " + detail.text + '\n';
        else out += labelled(detail.label, detail.text, label_width, sheet);
    }
    if (!each.defaults.empty()) {
        out += "\nDefaults\n";
        std::size_t run_width = 0;
        for (const DefaultRun& run : each.defaults) run_width = std::max(run_width, run_of(run).size());
        std::string_view role;
        for (const DefaultRun& run : each.defaults) {
            if (run.role != role) out.append("  ").append(role = run.role).append("\n");
            std::string line = run_of(run);
            line.resize(run_width, ' ');
            out += paragraph((run.role.empty() ? "  " : "    ") + line + "  ", run.text, sheet.columns);
        }
    }
    if (!each.gates.empty()) {
        out += each.kind == "code" ? "\nStands for\n" : each.kind == "value" ? "\nKeys\n" : "\nSuites\n";
        for (const std::string& name : each.gates) out += "  " + name + '\n';
    }
    if (!each.traps.empty()) {
        out += "\nTraps\n";
        std::size_t id_width = 0;
        for (const std::string_view id : each.traps) id_width = std::max(id_width, id.size());
        for (const std::string_view id : each.traps) out += labelled(id, lint::find_lint_rule(id)->title, id_width, sheet);
    }
    if (!each.sources.empty()) {
        out += "\nSources\n";
        for (const std::string& source : each.sources) out += "  " + source + '\n';
    }
}

}  // namespace

std::string explain_text(const std::vector<Explanation>& all, const Sheet& sheet) {
    std::string out;
    for (const Explanation& each : all) {
        if (!out.empty()) out += '\n';
        add_text(out, each, sheet);
    }
    return out;
}

std::string explain_json(const std::vector<Explanation>& all) {
    ordered_json object{{"format_version", "1.0"}, {"command", "explain"}, {"os", nullptr}};
    auto& list = object["explanations"] = ordered_json::array();
    for (const Explanation& each : all) {
        ordered_json item{{"kind", each.kind}, {"name", each.name}, {"summary", each.summary}};
        auto& details = item["details"] = ordered_json::array();
        for (const explain::Detail& detail : each.details) details.push_back({{"label", detail.label}, {"text", detail.text}});
        auto& defaults = item["defaults"] = ordered_json::array();
        for (const DefaultRun& run : each.defaults) {
            defaults.push_back({{"role", run.role.empty() ? ordered_json(nullptr) : ordered_json(run.role)},
                                {"from", run.from},
                                {"to", run.to},
                                {"default", run.text}});
        }
        item["gates"] = each.gates;
        item["traps"] = each.traps;
        item["sources"] = each.sources;
        list.push_back(std::move(item));
    }
    return json_text(object);
}

}  // namespace schancfg::cli
