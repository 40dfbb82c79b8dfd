#include "render/settings_json.hpp"

#include <nlohmann/json.hpp>

#include "schancfg/codec/plan_json.hpp"
#include "schancfg/schannel/settings.hpp"

namespace schancfg::cli {

using Json = nlohmann::ordered_json;

Json setting_json(const registry::KeyPath& key, std::string_view value_name, const std::optional<registry::Value>& value) {
    const schannel::Setting* setting = schannel::find_setting(key, value_name);
    Json row{{"key", key.to_string()}, {"value", value_name}};
    row["name"] = setting ? Json(setting->name()) : Json(nullptr);
    if (value) row.update(Json::parse(codec::encode_value(*value)));
    else row["data"] = nullptr;
    return row;
}

Json place_json(const Span& place) {
    if (place.file.empty()) return nullptr;
    return {{"file", place.file}, {"line", place.line}, {"column", place.column}};
}

}  // namespace schancfg::cli
