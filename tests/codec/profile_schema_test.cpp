// The JSON Schema of profiles is made here from the settings and compared with the shipped one; SCHANCFG_APPROVE=1 rewrites it.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/settings.hpp"

using namespace schancfg;
using Json = nlohmann::ordered_json;
using schannel::Form;
using schannel::PathNode;
using schannel::Setting;

namespace {

Json reference(const std::string& name) { return {{"$ref", "#/definitions/" + name}}; }

Json list_of(Json items) {
    return {{"type", "array"}, {"items", std::move(items)}, {"minItems", 1}, {"uniqueItems", true}};
}

Json words_of(const Setting& setting, bool zero) {
    Json words = Json::array();
    for (const schannel::Word& word : setting.words) {
        if (setting.form == Form::word || (word.number == 0) == zero) words.push_back(word.word);
    }
    return words;
}

Json value_schema(const Setting& setting) {
    Json choices = Json::array();
    switch (setting.form) {
        case Form::word: choices.push_back({{"enum", words_of(setting, false)}}); break;
        case Form::boolean: choices.push_back({{"type", "boolean"}}); break;
        case Form::number:
            choices.push_back({{"type", "integer"}, {"minimum", setting.minimum}, {"maximum", setting.maximum}});
            break;
        case Form::flags:
            choices.push_back(list_of({{"enum", words_of(setting, false)}}));
            if (const Json alone = words_of(setting, true); !alone.empty()) choices.push_back({{"enum", alone}});
            break;
        case Form::protocols: choices.push_back(list_of({{"enum", words_of(setting, false)}})); break;
        case Form::suites: choices.push_back(list_of(reference("cipher_suite"))); break;
        case Form::curves: choices.push_back(list_of(reference("elliptic_curve"))); break;
        case Form::signatures:
            choices.push_back(list_of({{"type", "string"}, {"pattern", "^[A-Za-z0-9-]+/[A-Za-z0-9-]+$"}}));
            break;
    }
    choices.push_back(reference("always"));
    return choices;
}

// What the value is, and what it means to Windows.
std::string description_of(const PathNode& node) {
    std::string text;
    for (const Setting* setting : node.settings) {
        if (text.find(setting->label) == std::string::npos) text += (text.empty() ? "" : "; ") + setting->label;
    }
    const facts::RegistryValue* row = nullptr;
    const Setting& first = *node.settings.front();
    (void)schannel::permission(first.key, first.value_name, &row);
    if (row != nullptr && first.protocol.empty()) text += ": " + std::string(row->meaning);
    return text;
}

Json node_schema(const PathNode& node) {
    Json table{{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
    for (const PathNode& child : node.children) table["properties"][std::string(child.word)] = node_schema(child);
    if (const PathNode* order = node.find("order")) {
        const Form form = order->settings.front()->form;
        if (form == Form::suites || form == Form::curves) {
            const Json patterns{{"type", "array"}, {"items", {{"type", "string"}, {"minLength", 1}, {"maxLength", 64}}}, {"minItems", 1}, {"maxItems", 100}, {"uniqueItems", true}};
            table["properties"]["without"] = patterns;
            table["properties"]["without"]["description"] = "Names and patterns (* and ?) that are taken out of the list of each release; what is left keeps its order.";
            table["properties"]["first"] = patterns;
            table["properties"]["first"]["description"] = "Names and patterns that are moved to the front of the list of each release; a name also where the release leaves it off by default.";
            table["dependencies"] = {{"order", {{"not", {{"anyOf", {{{"required", {"without"}}}, {{"required", {"first"}}}}}}}}}};
        }
    }
    if (node.settings.empty()) return table;
    Json schema{{"description", description_of(node)}, {"anyOf", value_schema(*node.settings.front())}};
    if (!node.children.empty()) schema["anyOf"].push_back(std::move(table));
    return schema;
}

// What does not come from the settings. `properties` and `definitions` are completed below.
constexpr const char* frame = R"({
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "https://github.com/schancfg/schancfg/lib/docs/schemas/profile.schema.json",
    "title": "schancfg profile, format 1",
    "description": "What the TLS settings of a Windows machine should be. Names are those of Windows; profiles take them in any case, this schema in Windows' spelling.",
    "type": "object",
    "additionalProperties": false,
    "required": ["format"],
    "properties": {
        "format": { "const": 1, "description": "The version of this format." },
        "name": { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$", "description": "One line for people." },
        "description": { "type": "string", "description": "For whom the profile is and what it does." },
        "exact": { "type": "boolean", "description": "true: met by the written data alone, for benchmarks and scanners that compare data." },
        "extends": {
            "type": "array", "items": { "type": "string", "minLength": 1 }, "uniqueItems": true,
            "description": "Shipped profiles by name, others by a path relative to this file. Later over earlier, this file over all."
        },
        "windows": {
            "description": "Whom the profile is for: \">= windows-server-2016\", \"client\", \"server\"; of a list all must hold.",
            "anyOf": [
                { "$ref": "#/definitions/condition" },
                { "type": "array", "items": { "$ref": "#/definitions/condition" }, "minItems": 1, "uniqueItems": true }
            ]
        }
    },
    "definitions": {
        "always": {
            "enum": ["default", "unmanaged"],
            "description": "default: as Windows came; unmanaged: what was inherited is dropped, the machine keeps its own"
        },
        "condition": { "type": "string", "pattern": "^ *(client|server|(=|<|<=|>|>=) *[^ ].*) *$" }
    }
})";

constexpr const char* registry_frame = R"({
    "description": "Raw values by key and name. Only managed keys. A number is a REG_DWORD, a string a REG_SZ, a list of strings a REG_MULTI_SZ, \"default\" removes.",
    "type": "object",
    "propertyNames": { "pattern": "^([Hh][Kk][Ll][Mm]|[Hh][Kk][Ee][Yy]_[Ll][Oo][Cc][Aa][Ll]_[Mm][Aa][Cc][Hh][Ii][Nn][Ee])\\\\" },
    "additionalProperties": {
        "type": "object",
        "additionalProperties": {
            "anyOf": [
                { "type": "integer", "minimum": 0, "maximum": 4294967295 },
                { "type": "string" },
                { "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1 },
                {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["type"],
                    "oneOf": [{ "required": ["data"] }, { "required": ["hex"] }],
                    "properties": {
                        "type": { "type": "string", "pattern": "^[Rr][Ee][Gg]_[A-Za-z0-9_]+$" },
                        "data": {
                            "anyOf": [
                                { "type": "integer", "minimum": 0 },
                                { "type": "string" },
                                { "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1 }
                            ]
                        },
                        "hex": { "type": "string", "pattern": "^([0-9A-Fa-f]{2})*$" }
                    }
                }
            ]
        }
    }
})";

Json make_schema() {
    Json schema = Json::parse(frame);
    Json& properties = schema["properties"];
    for (const PathNode& section : schannel::setting_paths().children) {
        properties[std::string(section.word)] = node_schema(section);
    }
    properties["registry"] = Json::parse(registry_frame);
    Json suites = Json::array();
    for (const facts::CipherSuite& suite : facts::cipher_suites()) {
        if (suite.in_schannel) suites.push_back(suite.name);
    }
    schema["definitions"]["cipher_suite"]["enum"] = std::move(suites);
    Json curves = Json::array();
    for (const facts::Curve& curve : facts::curves()) curves.push_back(curve.name);
    schema["definitions"]["elliptic_curve"]["enum"] = std::move(curves);
    return schema;
}

}  // namespace

TEST_CASE("The shipped JSON Schema knows every name that profiles know", "[codec]") {
    const std::string path = SCHANCFG_SOURCE_DIR "/lib/docs/schemas/profile.schema.json";
    const std::string made = make_schema().dump(1, '\t') + "\n";
    if (std::getenv("SCHANCFG_APPROVE") != nullptr) std::ofstream(path, std::ios::binary) << made;
    std::ifstream file(path, std::ios::binary);
    const std::string shipped{std::istreambuf_iterator<char>(file), {}};
    INFO("SCHANCFG_APPROVE=1 rewrites " << path);
    CHECK((shipped == made));
}

TEST_CASE("Each setting stands in the JSON Schema at each of its paths", "[codec]") {
    std::ifstream file(SCHANCFG_SOURCE_DIR "/lib/docs/schemas/profile.schema.json");
    const Json schema = Json::parse(file);
    for (const Setting& setting : schannel::settings()) {
        for (const auto& path : setting.paths) {
            INFO(setting.name());
            const Json* at = &schema;
            for (const std::string_view word : path) {
                // A table stands alone, or as one of several forms.
                if (!at->contains("properties")) at = &at->at("anyOf").back();
                REQUIRE(at->at("properties").contains(std::string(word)));
                at = &at->at("properties").at(std::string(word));
            }
            CHECK(at->contains("anyOf"));
            CHECK(at->at("description").get<std::string>().find(setting.label) != std::string::npos);
        }
    }
}
