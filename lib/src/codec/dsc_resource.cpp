#include "schancfg/codec/dsc_resource.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

#include "schancfg/nearest.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"
#include "value_json.hpp"

namespace schancfg::codec {
namespace {

using Json = nlohmann::ordered_json;

constexpr int max_depth = 32;

constexpr std::array<std::string_view, 10> members{"target", "profile", "settings", "values", "allowLockOut", "_exist", "_inDesiredState", "_restartRequired", "differs", "$schema"};

std::unexpected<Error> refuse(std::string what) { return fail(ErrorCode::malformed, "desired state: " + std::move(what)); }

// TOML says the same with inline tables. JSON's null has no counterpart there.
Result<std::string> toml_of(const Json& json, const std::string& where) {
    if (json.is_string()) return schannel::toml_string(json.get_ref<const std::string&>());
    if (json.is_boolean()) return std::string(json.get<bool>() ? "true" : "false");
    if (json.is_number_integer()) return json.dump();
    if (json.is_array() || json.is_object()) {
        std::string out(1, json.is_array() ? '[' : '{');
        for (const auto& [name, member] : json.items()) {
            auto text = toml_of(member, where + (json.is_array() ? "[" + name + "]" : "." + name));
            if (!text) return text;
            if (out.size() > 1) out += ", ";
            if (json.is_object()) out += schannel::toml_key(name) + " = ";
            out += *text;
        }
        return out + (json.is_array() ? ']' : '}');
    }
    return refuse(quote(where) + " is neither a text, a number, true, false, an array nor an object");
}

class SettingsReader {
public:
    Result<DscDesired> read(const Json& json) {
        if (!json.is_object()) return refuse("it is not an object");
        for (const auto& [name, member] : json.items()) {
            if (std::ranges::find(members, std::string_view(name)) != members.end()) continue;
            const std::string_view near = nearest(name, members);
            return refuse("the property " + quote(name) + " is unknown" + (near.empty() ? "; known are target, profile, settings, values, allowLockOut, _exist" : "; did you mean " + quote(near) + "?"));
        }
        for (const auto& [name, to] : {std::pair{"target", &out_.target}, std::pair{"profile", &out_.profile}}) {
            if (auto taken = take_text(json, name, *to); !taken) return std::unexpected(std::move(taken.error()));
        }
        for (const auto& [name, to] : {std::pair{"_exist", &out_.exist}, std::pair{"allowLockOut", &out_.allow_lock_out}}) {
            const auto found = json.find(name);
            if (found == json.end()) continue;
            if (!found->is_boolean()) return refuse(quote(name) + " is true or false");
            *to = found->get<bool>();
        }
        if (auto taken = take_settings(json); !taken) return std::unexpected(std::move(taken.error()));
        if (auto taken = take_values(json); !taken) return std::unexpected(std::move(taken.error()));
        out_.whole = out_.profile.empty() && out_.settings.empty() && !json.contains("values");
        return std::move(out_);
    }

private:
    static Result<void> take_text(const Json& json, const char* name, std::string& to) {
        const auto found = json.find(name);
        if (found == json.end()) return {};
        if (!found->is_string() || found->get_ref<const std::string&>().empty()) return refuse(quote(name) + " is a text that is not empty");
        to = found->get<std::string>();
        return {};
    }

    Result<void> take_settings(const Json& json) {
        const auto found = json.find("settings");
        if (found == json.end()) return {};
        if (!found->is_object()) return refuse("\"settings\" is an object with the sections of a profile");
        out_.settings = "format = 1\n";
        for (const auto& [name, member] : found->items()) {
            if (name == "extends" || name == "format") return refuse("\"settings\" has no " + quote(name) + "; name what it rests on in \"profile\"");
            auto text = toml_of(member, "settings." + name);
            if (!text) return std::unexpected(std::move(text.error()));
            out_.settings += schannel::toml_key(name) + " = " + *text + "\n";
        }
        return {};
    }

    Result<void> take_values(const Json& json) {
        const auto found = json.find("values");
        if (found == json.end()) return {};
        if (!found->is_array()) return refuse("\"values\" is an array");
        std::set<std::string> seen;
        for (std::size_t i = 0; i < found->size(); ++i) {
            const std::string where = "values[" + std::to_string(i) + "]";
            auto value = take_row((*found)[i]);
            if (!value) return refuse(where + ": " + value.error().message);
            if (!seen.insert(utf::fold_case(value->key.to_string()) + '\n' + utf::fold_case(value->name)).second) return refuse(where + ": the value is given twice");
            out_.values.values.push_back(std::move(*value));
        }
        out_.values.sort();
        return {};
    }

    static Result<registry::WantedValue> take_row(const Json& row) {
        if (!row.is_object()) return fail(ErrorCode::malformed, "it is not an object");
        for (const auto& [name, member] : row.items()) {
            constexpr std::array<std::string_view, 7> known{"key", "value", "type", "data", "hex", "_exist", "name"};
            if (std::ranges::find(known, std::string_view(name)) == known.end()) return fail(ErrorCode::malformed, "the property " + quote(name) + " is unknown");
        }
        for (const char* name : {"key", "value"}) {
            if (!row.contains(name) || !row[name].is_string()) return fail(ErrorCode::malformed, quote(name) + " is a text");
        }
        const auto key = registry::KeyPath::parse(row["key"].get_ref<const std::string&>());
        if (!key) return fail(ErrorCode::malformed, key.error().message);
        registry::WantedValue out{.key = registry::canonical(*key), .name = row["value"].get<std::string>(), .value = {}, .origin = {}, .overridden = {}};
        const auto exist = row.find("_exist");
        if (exist != row.end() && !exist->is_boolean()) return fail(ErrorCode::malformed, "\"_exist\" is true or false");
        if (exist != row.end() && !exist->get<bool>()) return out;
        auto value = take_value(row);
        if (!value) return fail(ErrorCode::malformed, value.error().message);
        out.value = std::move(*value);
        if (out.value->type == registry::reg_multi_sz || out.value->type == registry::reg_sz) out.meets = registry::Meets::same_strings;
        return out;
    }

    DscDesired out_;
};

Json property(std::string_view type, std::string_view description) { return {{"type", type}, {"description", description}}; }

}  // namespace

Result<DscDesired> decode_dsc_desired(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return DscDesired{.target = {}, .profile = {}, .settings = {}, .values = {}, .whole = true};
    const auto json = parse_json(text, "desired state", dsc_max_size, max_depth);
    if (!json) return std::unexpected(json.error());
    return SettingsReader().read(*json);
}

std::string encode_dsc_state(const DscState& state) {
    Json json{{"target", state.target}};
    if (!state.profile.empty()) json["profile"] = state.profile;
    Json& values = json["values"] = Json::array();
    for (const registry::WantedValue& each : state.values) {
        Json row{{"key", each.key.to_string()}, {"value", each.name}};
        if (each.value) put_value(row, *each.value);
        else row["_exist"] = false;
        values.push_back(std::move(row));
    }
    json["_exist"] = state.exist;
    if (state.in_desired_state) {
        json["differs"] = state.differs;
        json["_inDesiredState"] = *state.in_desired_state;
    }
    if (!state.restart.empty()) json["_restartRequired"] = Json::array({Json{{"system", state.restart}}});
    return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::string dsc_schema() {
    Json json{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"$id", "https://github.com/schancfg/schancfg/lib/docs/schemas/dsc.schema.json"},
              {"title", "TLS settings of Windows, as a DSC resource"},
              {"description", "What a machine should hold: a profile, settings as a profile's sections, raw values, or several of these. What it holds has the same shape."},
              {"type", "object"},
              {"additionalProperties", false}};
    Json& properties = json["properties"];
    properties["target"] = property("string", "The registry that is meant, such as live (when it is left out), memory:FILE.json or reg:FILE; may end in @RELEASE.");
    properties["profile"] = property("string", "A shipped profile by its name, or the path of a profile.");
    properties["settings"] = property("object", "The sections of a profile: protocols, ciphers, cipher_suites and the others. With a shipped profile they win over it.");
    properties["values"] = property("array", "Registry values. What a machine holds stands here.");
    properties["values"]["items"] = {{"type", "object"}, {"additionalProperties", false}, {"required", {"key", "value"}}};
    Json& row = properties["values"]["items"]["properties"];
    row["key"] = property("string", "Such as HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL.");
    row["value"] = property("string", "The name of the value; empty for the default value.");
    row["name"] = {{"type", {"string", "null"}}, {"description", "How a profile names it; ignored."}};
    row["type"] = property("string", "Such as REG_DWORD.");
    row["data"] = {{"type", {"string", "integer", "array"}}, {"items", {{"type", "string"}}}, {"description", "A number, a text, or a list of texts, as the type is."}};
    row["hex"] = property("string", "Its bytes, where data would not give the same ones back.");
    row["_exist"] = {{"type", "boolean"}, {"default", true}, {"description", "false: the value is absent."}};
    properties["allowLockOut"] = {{"type", "boolean"}, {"default", false}, {"description", "Set it although nothing could connect any more."}};
    properties["differs"] = {{"type", "array"}, {"items", {{"type", "string"}}}, {"readOnly", true}, {"description", "The values that are not as desired."}};
    properties["_exist"] = {{"type", "boolean"}, {"default", true}, {"description", "false: the values are to be as on an untouched installation."}};
    properties["_inDesiredState"] = {{"type", {"boolean", "null"}}, {"default", nullptr}, {"readOnly", true}};
    properties["_restartRequired"] = {{"type", "array"}, {"readOnly", true}, {"items", {{"type", "object"}, {"properties", {{"system", {{"type", "string"}}}}}}}};
    properties["$schema"] = property("string", "Ignored.");
    return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

}  // namespace schancfg::codec
