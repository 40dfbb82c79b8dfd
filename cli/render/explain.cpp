#include "render/explain.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/columns.hpp"
#include "render/json_text.hpp"
#include "schancfg/lint/rules.hpp"

namespace schancfg::cli {
namespace {

using explain::DefaultRun;
using explain::Explanation;
using nlohmann::ordered_json;

constexpr std::size_t width = text_width;

/// Appends `text` behind a label of the given width, wrapped and indented below itself.
void add_labelled(std::string& out, std::string_view label, std::string_view text, std::size_t label_width) {
    const std::size_t indent = 2 + label_width + 2;
    std::string line = "  " + std::string(label);
    line.resize(indent, ' ');
    std::size_t column = indent;
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = text.find(' ');
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (!first && column + 1 + word.size() > width) {
            out += line + '\n';
            line.assign(indent, ' ');
            column = indent;
            first = true;
        }
        if (!first) {
            line += ' ';
            ++column;
        }
        line += word;
        column += word.size();
        first = false;
    }
    out += line + '\n';
}

std::string run_of(const DefaultRun& run) { return run.from == run.to ? run.from : run.from + " to " + run.to; }

void add_text(std::string& out, const Explanation& each, const Paint& paint) {
    out += paint.strong(each.name) + "  " + paint.dim(each.kind) + '\n';
    add_labelled(out, "", each.summary, 0);
    std::size_t label_width = 0;
    for (const explain::Detail& detail : each.details) label_width = std::max(label_width, detail.label.size());
    if (!each.details.empty()) out += '\n';
    for (const explain::Detail& detail : each.details) {
        std::string label(detail.label);
        label.resize(label_width, ' ');
        // A key is copied as a whole.
        if (detail.label == "key") out += "  " + label + "  " + detail.text + '\n';
        else add_labelled(out, detail.label, detail.text, label_width);
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
            out += "  " + std::string(run.role.empty() ? "" : "  ") + line + "  " + run.text + '\n';
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
        for (const std::string_view id : each.traps) add_labelled(out, id, lint::find_lint_rule(id)->title, id_width);
    }
    if (!each.sources.empty()) {
        out += "\nSources\n";
        for (const std::string& source : each.sources) out += "  " + source + '\n';
    }
}

}  // namespace

std::string explain_text(const std::vector<Explanation>& all, const Paint& paint) {
    std::string out;
    for (const Explanation& each : all) {
        if (!out.empty()) out += '\n';
        add_text(out, each, paint);
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
