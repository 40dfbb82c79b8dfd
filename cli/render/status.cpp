#include "render/status.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

#include "console/columns.hpp"
#include "render/effect.hpp"
#include "render/escape.hpp"
#include "render/json_text.hpp"
#include "render/page.hpp"
#include "render/settings_json.hpp"
#include "render/table.hpp"
#include "render/value.hpp"
#include "schancfg/schannel/state.hpp"

namespace schancfg::cli {
namespace {

// A row of the state with the words that it is shown by.
struct Row {
    registry::KeyPath key;
    std::string value_name;
    std::string name;     // in profiles; empty: it has none
    std::string section;  // the first word of the name
    std::optional<registry::Value> value;
};

std::vector<Row> status_rows(const registry::Tree& state) {
    std::vector<Row> out;
    for (schannel::StateRow& row : schannel::state_rows(state)) {
        std::string name = row.setting ? row.setting->name() : std::string{};
        std::string section = row.setting ? std::string(row.setting->path().front()) : std::string{};
        out.push_back({std::move(row.key), std::move(row.value_name), std::move(name), std::move(section), std::move(row.value)});
    }
    return out;
}

constexpr std::size_t longest_inline_list = 3;

std::optional<std::vector<std::string>> long_list(const Row& row) {
    if (!row.value) return std::nullopt;
    auto names = list_of(row.value_name, *row.value);
    return names && names->size() > longest_inline_list ? names : std::nullopt;
}

std::string shown(const Row& row) {
    if (const auto names = long_list(row)) return std::to_string(names->size()) + " names";
    return show_value(row.value);
}

std::string title_of(const Row& row) {
    if (row.name.empty()) return escape(row.key.to_string()) + ": " + show_name(row.value_name);
    // The section stands above it.
    return escape(std::string_view(row.name).substr(std::min(row.name.size(), row.section.size() + 1)));
}

// The rows from `start` that share its name: both values of a protocol switch.
std::size_t same_name(const std::vector<Row>& rows, std::size_t start) {
    std::size_t end = start + 1;
    while (!rows[start].name.empty() && end < rows.size() && rows[end].name == rows[start].name) ++end;
    return end;
}

std::string values_of(const std::vector<Row>& rows, std::size_t start, std::size_t end, const Paint& paint) {
    if (std::all_of(rows.begin() + static_cast<std::ptrdiff_t>(start), rows.begin() + static_cast<std::ptrdiff_t>(end),
                    [](const Row& row) { return !row.value; })) {
        return paint.dim("absent");
    }
    // A protocol switch is two values, so one that is left alone says which it is.
    if (end == start + 1 && rows[start].section != "protocols") return shown(rows[start]);
    std::string out;
    for (; start < end; ++start) out += (out.empty() ? "" : ", ") + show_name(rows[start].value_name) + ' ' + shown(rows[start]);
    return out;
}

// A key is copied as a whole; what it holds goes below where there is no room beside it.
std::vector<std::string> by_key(const std::vector<std::vector<std::string>>& cells, std::size_t width) {
    std::vector<std::string> out;
    for (const std::vector<std::string>& row : cells) {
        const std::string title = "  " + row.front();
        const bool fits = columns_of(title) + 2 + columns_of(row.back()) <= width;
        out.push_back(fits ? title + "  " + row.back() + '\n' : title + '\n' + paragraph("      ", row.back(), width));
    }
    return out;
}

std::string heading_of(const Row& row) { return row.section.empty() ? "other values" : row.section; }

bool is_policy(const registry::KeyPath& key) {
    return key.is_within(registry::KeyPath(registry::Root::local_machine, "SOFTWARE\\Policies"));
}

std::string names_only(const std::vector<Row>& rows) {
    std::string out;
    for (const Row& row : rows) {
        if (row.value) out += escape(row.key.to_string()) + ": " + show_name(row.value_name) + '\n';
    }
    return out;
}

}  // namespace

std::string status_text(const StatusView& view, const Sheet& sheet, bool all) {
    std::string out = sheet.paint.strong(escape(view.label)) + (view.release ? " (" + std::string(view.release->name) + ')' : std::string{}) + '\n';
    std::vector<Row> rows = status_rows(view.state);
    if (view.effect) {
        out += '\n' + effect_text(*view.effect, sheet, all);
        // Beside the effect, absent values say nothing more.
        if (!all) std::erase_if(rows, [](const Row& row) { return !row.value; });
        out += '\n' + sheet.paint.strong("values in the registry") + (rows.empty() ? ": none\n" : "\n");
    }
    for (std::size_t start = 0; start < rows.size();) {
        out += '\n' + sheet.paint.strong(heading_of(rows[start])) + '\n';
        const std::size_t section = start;
        std::size_t section_end = start;
        while (section_end < rows.size() && rows[section_end].section == rows[section].section) ++section_end;
        std::vector<std::vector<std::string>> cells;
        for (std::size_t at = section; at < section_end; at = same_name(rows, at)) {
            cells.push_back({title_of(rows[at]), values_of(rows, at, same_name(rows, at), sheet.paint)});
        }
        for (const std::string& line : rows[section].name.empty() ? by_key(cells, sheet.columns) : table_rows(cells, sheet.columns, 2)) {
            const std::size_t shown = std::exchange(start, same_name(rows, start));
            out += line;
            if (view.effect && !all) continue;  // the effect has the list, in order
            for (const std::string& name : long_list(rows[shown]).value_or(std::vector<std::string>{})) out += "      " + escape(name) + '\n';
        }
    }
    return out;
}

std::string status_markdown(const StatusView& view) {
    std::string out = "### TLS settings of " + markdown_code(view.label) + "\n\n";
    if (view.release) out += markdown_text(view.release->name) + ".\n\n";
    if (view.effect) out += effect_markdown(*view.effect) + '\n';
    out += "| Setting | Value |\n| --- | --- |\n";
    for (const Row& row : status_rows(view.state)) {
        const std::string title = row.name.empty() ? row.key.to_string() + ": " + show_name(row.value_name)
                                  : row.section == "protocols" ? row.name + " " + row.value_name : row.name;
        out += "| " + markdown_code(title) + " | " + (row.value ? markdown_code(show_value(row.value)) : "absent") + " |\n";
    }
    return out;
}

std::string status_html(const StatusView& view) {
    std::string body = "<h1>TLS settings of " + html_code(view.label) + "</h1>\n" + html_paragraph(view.release ? view.release->name : std::string_view("The release is not known."), "faint");
    if (view.effect) body += effect_html(*view.effect);
    std::vector<std::vector<std::string>> rows, absent;
    for (const Row& row : status_rows(view.state)) {
        const std::string title = row.name.empty() ? row.key.to_string() + ": " + show_name(row.value_name) : row.section == "protocols" ? row.name + " " + row.value_name : row.name;
        std::string value = row.value ? html_code(show_value(row.value)) : std::string("absent");
        if (const auto names = long_list(row)) {
            std::string lines;
            for (const std::string& name : *names) lines += (lines.empty() ? "" : "<br>") + html_text(name);
            value = html_folded(std::to_string(names->size()) + " names", lines);
        }
        (row.value ? rows : absent).push_back({html_code(title), std::move(value)});
    }
    body += html_heading("Values in the registry") + (rows.empty() ? html_paragraph("None.") : html_table({"Setting", "Value"}, rows));
    if (!absent.empty()) body += html_folded(std::to_string(absent.size()) + " settings are absent", html_table({"Setting", "Value"}, absent));
    return html_page("TLS settings of " + view.label, body);
}

std::string status_json(const StatusView& view) {
    using Json = nlohmann::ordered_json;
    Json object{{"format_version", "1.0"}, {"command", "status"}};
    object["os"] = view.release ? Json(view.release->id) : Json(nullptr);
    object["source"] = view.label;
    Json& list = object["settings"] = Json::array();
    for (const Row& row : status_rows(view.state)) {
        Json item = setting_json(row.key, row.value_name, row.value);
        item["origin"] = !row.value ? Json(nullptr) : Json(is_policy(row.key) ? "policy" : "registry");
        list.push_back(std::move(item));
    }
    if (view.effect) add_effect(object, *view.effect);
    return json_text(object);
}

std::string show_status(const StatusView& view, const Options& options) {
    if (options.has("name-only")) return names_only(status_rows(view.state));
    const std::string format = options.format();
    if (format == "json") return status_json(view);
    if (format == "markdown") return status_markdown(view);
    if (format == "html") return status_html(view);
    return status_text(view, sheet_for(options), options.has("all"));
}

}  // namespace schancfg::cli
