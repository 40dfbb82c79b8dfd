#include "schancfg/codec/memory_json.hpp"

#include <nlohmann/json.hpp>

#include "schancfg/text.hpp"

#include "schancfg/utf.hpp"
#include "value_json.hpp"

namespace schancfg::codec {
namespace {

using Json = nlohmann::ordered_json;
using registry::KeyPath;

constexpr std::size_t max_size = 64u << 20;
constexpr int max_depth = 8;  // the format itself needs 6
constexpr std::string_view version = "1.0";

class MemoryDocument {
public:
    explicit MemoryDocument(std::string_view file) : file_(file) {}

    Result<MemoryFile> read(const Json& json) {
        if (!json.is_object()) return refuse("the file is an object with \"format_version\", \"os\" and \"keys\"");
        for (const auto& [name, member] : json.items()) {
            if (name != "$schema" && name != "format_version" && name != "os" && name != "keys") {
                return refuse("the member " + quote(name) + " is unknown; known are \"format_version\", \"os\" and \"keys\"");
            }
        }
        const auto format = json.find("format_version");
        if (format == json.end() || !format->is_string() || !format->get_ref<const std::string&>().starts_with("1.")) {
            return refuse("\"format_version\" is to be \"1.0\"");
        }
        MemoryFile made;
        if (const auto os = json.find("os"); os != json.end() && !os->is_null()) {
            if (!os->is_string()) return refuse("\"os\" is a release id or null");
            made.os = os->get<std::string>();
        }
        const auto keys = json.find("keys");
        if (keys == json.end() || !keys->is_array()) return refuse("\"keys\" is an array");
        for (std::size_t i = 0; i < keys->size(); ++i) {
            where_ = "\"keys\"[" + std::to_string(i) + "]";
            if (auto taken = take_key((*keys)[i], made.tree); !taken) return std::unexpected(std::move(taken.error()));
        }
        return made;
    }

private:
    [[nodiscard]] std::unexpected<Error> refuse(const std::string& what) const {
        return fail(ErrorCode::malformed, where_.empty() ? what : where_ + ": " + what, Span{std::string(file_)});
    }

    Result<void> take_key(const Json& json, registry::Tree& tree) const {
        if (!json.is_object()) return refuse("a key is an object with \"key\" and \"values\"");
        for (const auto& [name, member] : json.items()) {
            if (name != "key" && name != "key_utf16" && name != "values") return refuse("a key has the unknown member " + quote(name));
        }
        const auto name = take_name(json, "key");
        if (!name) return refuse(name.error().message);
        const auto path = KeyPath::parse(*name);
        if (!path) return refuse(path.error().message);
        registry::Key& key = tree.create(*path);
        const auto values = json.find("values");
        if (values == json.end()) return {};
        if (!values->is_array()) return refuse("\"values\" is an array");
        for (const Json& item : *values) {
            if (!item.is_object()) return refuse("a value is an object with \"name\", \"type\" and \"data\" or \"hex\"");
            for (const auto& [member, given] : item.items()) {
                if (member != "name" && member != "name_utf16" && member != "type" && member != "data" && member != "hex") {
                    return refuse("a value has the unknown member " + quote(member));
                }
            }
            auto value_name = take_name(item, "name");
            if (!value_name) return refuse("a value: " + value_name.error().message);
            auto value = take_value(item);
            if (!value) return refuse(value.error().message);
            key.values.push_back({std::move(*value_name), std::move(*value)});
        }
        return check_doubles(key);
    }

    [[nodiscard]] Result<void> check_doubles(const registry::Key& key) const {
        std::vector<std::string> names;
        names.reserve(key.values.size());
        for (const auto& value : key.values) names.push_back(utf::fold_case(value.name));
        std::ranges::sort(names);
        if (std::ranges::adjacent_find(names) != names.end()) return refuse("a value of that key is given twice");
        return {};
    }

    std::string_view file_;
    std::string where_;
};

}  // namespace

std::string encode_memory(const MemoryFile& file) { return encode_memory(file.os, file.tree); }

std::string encode_memory(std::string_view os, const registry::Tree& tree) {
    Json json;
    json["format_version"] = version;
    json["os"] = os.empty() ? Json(nullptr) : Json(os);
    Json keys = Json::array();
    tree.for_each([&](const KeyPath& path, const registry::Key& key) {
        Json row;
        put_name(row, "key", path.to_string());
        Json values = Json::array();
        for (const auto& value : key.values) {
            Json item;
            put_name(item, "name", value.name);
            put_value(item, value.value);
            values.push_back(std::move(item));
        }
        row["values"] = std::move(values);
        keys.push_back(std::move(row));
    });
    json["keys"] = std::move(keys);
    return json_text(json) + "\n";
}

Result<MemoryFile> decode_memory(std::string_view text, std::string_view file) {
    auto json = parse_json(text, file, max_size, max_depth);
    if (!json) return std::unexpected(std::move(json.error()));
    return MemoryDocument(file).read(*json);
}

}  // namespace schancfg::codec
