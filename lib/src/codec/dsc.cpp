#include "schancfg/codec/dsc.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

#include "schancfg/ascii.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"
#include "codec/write_rank.hpp"
#include "value_json.hpp"

namespace schancfg::codec {
namespace {

using Json = nlohmann::ordered_json;
using registry::Value;
using registry::WantedValue;

constexpr std::string_view document_schema = "https://aka.ms/dsc/schemas/v3/bundled/config/document.json";
constexpr std::string_view resource_type = "Microsoft.Windows/Registry";

std::string visible(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = utf::next_code_point(text, at);
        utf::append_utf8(out, is_unprintable(point) ? U' ' : point);
    }
    return out;
}

bool is_unicode(std::string_view text) { return utf::find_invalid_utf8(text) == std::string_view::npos && text.find('\0') == std::string_view::npos; }

// "DSC Configuration document functions reference": text in square brackets is a function that the engine carries out. How such text is written as itself is not documented.
bool may_be_function(std::string_view text) { return text.starts_with('['); }

bool may_be_function(const Json& data) {
    if (data.is_string()) return may_be_function(std::string_view(data.get_ref<const std::string&>()));
    return data.is_structured() && std::ranges::any_of(data, [](const Json& each) { return may_be_function(each); });
}

// The one member of valueData; null: it has none that gives the same bytes.
Json data_of(const Value& value) {
    if (const auto number = value.as_dword()) return {{"DWord", *number}};
    if (const auto number = value.as_qword()) return {{"QWord", *number}};
    if (const auto text = value.as_string(); text && is_unicode(*text)) {
        if (Value::sz(*text) == value) return {{"String", *text}};
        if (Value::expand_sz(*text) == value) return {{"ExpandString", *text}};
    }
    if (const auto texts = value.as_strings(); texts && std::ranges::all_of(*texts, is_unicode) && Value::multi_sz(*texts) == value) return {{"MultiString", *texts}};
    if (value.type == registry::reg_binary) {
        Json bytes = Json::array();
        for (const char each : value.bytes) bytes.push_back(static_cast<unsigned char>(each));
        return {{"Binary", bytes}};
    }
    return nullptr;
}

// Letters, digits and spaces alone (the schemas of 3.0 and 3.1): the end of the key and the value. Names are unique in a document.
std::string name_of(const WantedValue& item, std::set<std::string>& taken) {
    const auto parts = item.key.components();
    std::string words;
    for (std::size_t i = parts.size() < 3 ? 0 : parts.size() - 3; i < parts.size(); ++i) words.append(parts[i]).append(" ");
    words += item.name.empty() ? "default value" : item.name;
    std::string name;
    for (const char c : words) {
        const bool plain = ascii::is_alphanumeric(c);
        if (plain) name += c;
        else if (!name.empty() && name.back() != ' ') name += ' ';
    }
    while (name.ends_with(' ')) name.pop_back();
    if (name.empty()) name = "value";
    const std::string first = name;
    for (std::size_t number = 2; !taken.insert(name).second; ++number) name = first + " " + std::to_string(number);
    return name;
}

std::string file_of(const std::vector<const facts::Release*>& releases) {
    std::string out = "tls-settings";
    if (!releases.empty()) out += "." + std::string(releases.front()->id);
    return out + ".dsc.config.json";
}

}  // namespace

Result<Carried> encode_dsc(const CarrierInput& input) {
    Carried out;
    const auto leave_out = [&](const registry::KeyPath& key, const std::string& value, std::string reason) {
        const bool known = std::ranges::any_of(out.gaps, [&](const CarrierGap& gap) { return gap.key == key && utf::equal_no_case(gap.value, value); });
        if (!known) out.gaps.push_back({key, value, std::move(reason)});
    };
    out.one_a_release = input.variants.size() > 1;
    for (const auto& [meant, wanted] : one_a_release(input.variants)) {
        Json document{{"$schema", document_schema}};
        Json& metadata = document["metadata"];
        metadata["name"] = visible(input.name);
        if (!input.description.empty()) metadata["description"] = visible(input.description);
        metadata["removal"] = input.removal;
        Json& releases = metadata["releases"] = Json::array();
        for (const facts::Release* release : meant) releases.push_back(release->id);
        Json& resources = document["resources"] = Json::array();
        for (const registry::WantedKey& key : wanted.keys) {
            if (!key.present || key.clear_values) leave_out(key.key, {}, "a key that is to go takes what else is in it along");
        }
        std::set<std::string> taken;
        std::vector<const WantedValue*> items;
        for (const WantedValue& each : wanted.values) items.push_back(&each);
        std::ranges::stable_sort(items, {}, [](const WantedValue* each) { return write_rank(*each); });
        for (const WantedValue* item : items) {
            Json properties{{"keyPath", item->key.to_string()}, {"valueName", item->name}};
            if (!is_unicode(item->key.to_string()) || !is_unicode(item->name)) {
                leave_out(item->key, item->name, "a name that is not Unicode cannot be said in JSON");
                continue;
            }
            if (may_be_function(std::string_view(item->name)) || (item->value && may_be_function(data_of(*item->value)))) {
                leave_out(item->key, item->name, "DSC takes text that begins with [ for a function");
                continue;
            }
            if (item->value) {
                properties["valueData"] = data_of(*item->value);
                if (properties["valueData"].is_null()) {
                    leave_out(item->key, item->name, "Microsoft.Windows/Registry has no member for " + registry::type_name(item->value->type) + " with these bytes");
                    continue;
                }
                if (const std::string_view condition = condition_of(*item); !condition.empty() || item->absent_meets) {
                    leave_out(item->key, item->name, (condition.empty() ? "absence meets it as well" : std::string(condition)) + ", and Microsoft.Windows/Registry compares for equality alone");
                    continue;
                }
            } else {
                properties["_exist"] = false;
            }
            resources.push_back({{"name", name_of(*item, taken)}, {"type", resource_type}, {"properties", std::move(properties)}});
        }
        if (!resources.empty()) out.files.push_back({file_of(meant), json_text(document) + "\n"});
    }
    std::ranges::sort(out.gaps, [](const CarrierGap& a, const CarrierGap& b) {
        if (const auto order = a.key <=> b.key; order != 0) return order < 0;
        return utf::compare_no_case(a.value, b.value) < 0;
    });
    return out;
}

}  // namespace schancfg::codec
