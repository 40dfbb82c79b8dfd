#include "render/wanted.hpp"

#include <nlohmann/json.hpp>

#include "console/columns.hpp"
#include "render/escape.hpp"
#include "render/json_text.hpp"
#include "render/place.hpp"
#include "render/settings_json.hpp"
#include "render/table.hpp"
#include "render/value.hpp"

namespace schancfg::cli {
namespace {

std::string overridden_by(const registry::WantedValue& item) {
    std::string out;
    for (const Span& place : item.overridden) (out += out.empty() ? " (over " : ", ") += show_place(place);
    return out.empty() ? out : out + ')';
}

std::string shown(const registry::WantedValue& item) {
    if (!item.value) return "removed";
    if (const auto names = list_of(item.name, *item.value); names && names->size() > 1) return std::to_string(names->size()) + " names";
    return show_value(item.value);
}

std::string names_below(const registry::WantedValue& item) {
    std::string out;
    if (!item.value) return out;
    const auto names = list_of(item.name, *item.value);
    if (!names || names->size() < 2) return out;
    for (const std::string& name : *names) out += "      " + escape(name) + '\n';
    return out;
}

}  // namespace

std::string wanted_text(const WantedView& view, const Sheet& sheet) {
    std::string out;
    if (view.profile != nullptr) {
        const schannel::Profile& profile = *view.profile;
        out += (profile.name.empty() ? escape(view.label) : escape(profile.name)) + '\n';
        if (!profile.description.empty()) out += paragraph({}, escape(profile.description), sheet.columns);
    } else {
        out += escape(view.label) + '\n';
    }
    for (const registry::WantedKey& key : view.wanted.keys) {
        const std::string what = !key.present ? "removed with all below it" : key.clear_values ? "its other values removed" : "made";
        out += '\n' + sheet.paint.strong(escape(key.key.to_string())) + "  (" + what + ")  " + sheet.paint.dim(show_place(key.origin)) + '\n';
    }
    const registry::KeyPath* last = nullptr;
    for (std::size_t start = 0; start < view.wanted.values.size();) {
        const registry::WantedValue& first = view.wanted.values[start];
        if (!last || *last != first.key) out += '\n' + sheet.paint.strong(escape(first.key.to_string())) + '\n';
        last = &first.key;
        std::vector<std::vector<std::string>> rows;
        std::size_t end = start;
        for (; end < view.wanted.values.size() && view.wanted.values[end].key == first.key; ++end) {
            const registry::WantedValue& item = view.wanted.values[end];
            rows.push_back({show_name(item.name), shown(item), sheet.paint.dim(show_place(item.origin) + overridden_by(item))});
        }
        for (const std::string& row : table_rows(rows, sheet.columns, 2)) out += row + names_below(view.wanted.values[start++]);
    }
    return out;
}

std::string wanted_names(const WantedView& view) {
    std::string out;
    for (const registry::WantedValue& item : view.wanted.values) out += escape(item.key.to_string()) + ": " + show_name(item.name) + '\n';
    return out;
}

std::string wanted_json(const WantedView& view) {
    using Json = nlohmann::ordered_json;
    Json object{{"format_version", "1.0"}, {"command", view.command}};
    object["os"] = view.release ? Json(view.release->id) : Json(nullptr);
    object["profile"] = view.label;
    Json& list = object["settings"] = Json::array();
    for (const registry::WantedValue& item : view.wanted.values) {
        Json row = setting_json(item.key, item.name, item.value);
        row["origin"] = place_json(item.origin);
        Json& overridden = row["overrides"] = Json::array();
        for (const Span& place : item.overridden) overridden.push_back(place_json(place));
        list.push_back(std::move(row));
    }
    // What a `.reg` file removes with all it holds; profiles ask for no such thing.
    Json& removed = object["removed_keys"] = Json::array();
    for (const registry::WantedKey& key : view.wanted.keys) {
        if (!key.present) removed.push_back({{"key", key.key.to_string()}, {"origin", place_json(key.origin)}});
    }
    return json_text(object);
}

}  // namespace schancfg::cli
