#include "value_json.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::Value;
using Json = nlohmann::ordered_json;

constexpr std::size_t max_items = 8u << 20;
constexpr std::size_t max_members = 64;

bool is_text(const std::string& text) { return utf::find_invalid_utf8(text) == std::string_view::npos; }

// The readable form, null where there is none that gives the same bytes.
Json readable(const Value& value) {
    switch (value.type) {
        case registry::reg_dword:
            if (const auto number = value.as_dword()) return *number;
            break;
        case registry::reg_qword:
            if (const auto number = value.as_qword()) return *number;
            break;
        case registry::reg_sz:
        case registry::reg_expand_sz:
            if (const auto text = value.as_string(); text && is_text(*text)) {
                const Value again = value.type == registry::reg_sz ? Value::sz(*text) : Value::expand_sz(*text);
                if (again == value) return *text;
            }
            break;
        case registry::reg_multi_sz:
            if (const auto texts = value.as_strings(); texts && std::ranges::all_of(*texts, is_text)) {
                if (Value::multi_sz(*texts) == value) return *texts;
            }
            break;
        default: break;
    }
    return nullptr;
}

Span place(std::string_view text, std::string_view file, std::size_t at) {
    Span span{std::string(file), 1, 1};
    for (std::size_t i = 0; i < at && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++span.line;
            span.column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
            ++span.column;
        }
    }
    return span;
}

// Depth and number of items, counted before the parser builds anything of them.
Result<void> check_shape(std::string_view text, std::string_view file, int max_depth) {
    bool in_string = false;
    int depth = 0;
    std::size_t items = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_string) {
            if (c == '\\') ++at;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            ++items;
            if (++depth > max_depth) {
                return fail(ErrorCode::malformed, "the JSON is nested deeper than " + std::to_string(max_depth) + " levels",
                            place(text, file, at));
            }
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ',' && ++items > max_items) {
            return fail(ErrorCode::malformed, "the JSON has more than 8388608 items", place(text, file, at));
        }
    }
    return {};
}

// Says whether a text is JSON, and where not, without building anything of it and without an exception: a build may have none.
class Syntax : public nlohmann::json_sax<Json> {
public:
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool end_object() override { return true; }
    bool key(string_t&) override { return true; }
    bool parse_error(std::size_t byte, const std::string&, const nlohmann::json::exception& error) override {
        constexpr int number_out_of_range = 406;
        // The parser counts from 1 and points behind the offending token.
        fault_ = {byte == 0 ? 0 : byte - 1, error.id == number_out_of_range};
        return false;
    }

    [[nodiscard]] const std::optional<JsonFault>& fault() const { return fault_; }

private:
    std::optional<JsonFault> fault_;
};

// JSON leaves open what a member given twice means; here it means that somebody made a mistake. An ordered object is searched
// member by member, so one with a million of them would take hours: ours have a dozen. This is a pass of its own because the
// parser's callbacks make it quadratic: after each object it looks through the whole array around it for discarded items.
class Members : public Syntax {
public:
    bool start_object(std::size_t) override {
        open_.emplace_back();
        return true;
    }
    bool end_object() override {
        open_.pop_back();
        return true;
    }
    bool key(string_t& name) override {
        std::vector<std::string>& names = open_.back();
        if (std::ranges::find(names, name) != names.end()) {
            mistake_ = "the JSON gives a member twice in one object";
        } else if (names.size() == max_members) {
            mistake_ = "the JSON has an object of more than " + std::to_string(max_members) + " members";
        }
        names.push_back(name);
        return mistake_.empty();
    }

    [[nodiscard]] const std::string& mistake() const { return mistake_; }

private:
    std::vector<std::vector<std::string>> open_;
    std::string mistake_;
};

}  // namespace

void put_value(Json& object, const Value& value) {
    object["type"] = registry::type_name(value.type);
    if (Json data = readable(value); !data.is_null()) {
        object["data"] = std::move(data);
    } else {
        object["hex"] = registry::to_hex(value.bytes);
    }
}

Result<Value> take_value(const Json& object) {
    const auto type_member = object.find("type");
    if (type_member == object.end() || !type_member->is_string()) {
        return fail(ErrorCode::malformed, "a value needs a \"type\" such as \"REG_DWORD\"");
    }
    const auto type = registry::find_type(type_member->get_ref<const std::string&>());
    if (!type) return fail(ErrorCode::malformed, "a value has an unknown \"type\"; expected one such as \"REG_DWORD\"");
    const auto data = object.find("data");
    const auto hex = object.find("hex");
    if ((data == object.end()) == (hex == object.end())) {
        return fail(ErrorCode::malformed, "a value needs either \"data\" or \"hex\"");
    }
    if (hex != object.end()) {
        if (!hex->is_string()) return fail(ErrorCode::malformed, "\"hex\" is a string of hexadecimal digits");
        auto bytes = registry::from_hex(hex->get_ref<const std::string&>());
        if (!bytes) return fail(ErrorCode::malformed, "\"hex\" is a string of an even number of hexadecimal digits");
        return Value{*type, std::move(*bytes)};
    }
    const bool is_count = data->is_number_unsigned() || (data->is_number_integer() && data->get<std::int64_t>() >= 0);
    switch (*type) {
        case registry::reg_dword:
            if (!is_count || data->get<std::uint64_t>() > 0xFFFFFFFFu) {
                return fail(ErrorCode::malformed, "\"data\" of a REG_DWORD is a number from 0 to 4294967295");
            }
            return Value::dword(data->get<std::uint32_t>());
        case registry::reg_qword:
            if (!is_count) return fail(ErrorCode::malformed, "\"data\" of a REG_QWORD is a number from 0 to 18446744073709551615");
            return Value::qword(data->get<std::uint64_t>());
        case registry::reg_sz:
        case registry::reg_expand_sz:
            if (!data->is_string()) return fail(ErrorCode::malformed, "\"data\" of a REG_SZ or REG_EXPAND_SZ is a string");
            return *type == registry::reg_sz ? Value::sz(data->get_ref<const std::string&>())
                                             : Value::expand_sz(data->get_ref<const std::string&>());
        case registry::reg_multi_sz:
            if (!data->is_array() || !std::ranges::all_of(*data, [](const Json& item) { return item.is_string(); })) {
                return fail(ErrorCode::malformed, "\"data\" of a REG_MULTI_SZ is an array of strings");
            }
            return Value::multi_sz(data->get<std::vector<std::string>>());
        default:
            return fail(ErrorCode::malformed, "a value of type " + registry::type_name(*type) + " is given as \"hex\", not as \"data\"");
    }
}

void put_name(Json& object, const std::string& member, std::string_view name) {
    if (utf::find_invalid_utf8(name) == std::string_view::npos) {
        object[member] = name;
    } else {
        object[member + "_utf16"] = registry::to_hex(utf::to_utf16le(name));
    }
}

Result<std::string> take_name(const Json& object, const std::string& member) {
    const auto plain = object.find(member);
    const auto hex = object.find(member + "_utf16");
    if ((plain == object.end()) == (hex == object.end())) return fail(ErrorCode::malformed, "needs a \"" + member + "\"");
    const Json& given = plain != object.end() ? *plain : *hex;
    if (!given.is_string()) return fail(ErrorCode::malformed, "\"" + member + "\" is a string");
    if (plain != object.end()) return given.get<std::string>();
    const auto bytes = registry::from_hex(given.get_ref<const std::string&>());
    if (!bytes || bytes->size() % 2 != 0) return fail(ErrorCode::malformed, "\"" + member + "_utf16\" is the hexadecimal of UTF-16LE");
    return utf::from_utf16le(*bytes);
}

std::string json_text(const Json& json) { return json.dump(2, ' ', true, Json::error_handler_t::replace); }

Result<Json> parse_json(std::string_view text, std::string_view file, std::size_t max_size, int max_depth, std::span<const std::string_view> kept) {
    if (text.size() > max_size) {
        const std::string limit = max_size < (1u << 20) ? std::to_string(max_size >> 10) + " KiB" : std::to_string(max_size >> 20) + " MiB";
        return fail(ErrorCode::malformed, "the JSON is larger than " + limit, Span{std::string(file)});
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (const std::size_t at = utf::find_invalid_utf8(text); at != std::string_view::npos) {
        return fail(ErrorCode::malformed, "the JSON is not valid UTF-8", place(text, file, at));
    }
    if (auto shape = check_shape(text, file, max_depth); !shape) return std::unexpected(std::move(shape.error()));
    Members members;
    if (!Json::sax_parse(text, &members)) {
        if (!members.mistake().empty()) return fail(ErrorCode::malformed, members.mistake(), Span{std::string(file)});
        const JsonFault fault = members.fault().value_or(JsonFault{});
        if (fault.number_too_large) return fail(ErrorCode::malformed, "this is not JSON", Span{std::string(file)});
        return fail(ErrorCode::malformed, fault.at >= text.size() ? "the JSON ends too early" : "this is not JSON", place(text, file, fault.at));
    }
    if (kept.empty()) return Json::parse(text, nullptr, false);
    const auto is_kept = [&](int, Json::parse_event_t event, const Json& parsed) {
        return event != Json::parse_event_t::key || std::ranges::find(kept, *parsed.get_ptr<const std::string*>()) != kept.end();
    };
    return Json::parse(text, is_kept, false);
}

std::optional<JsonFault> find_json_fault(std::string_view text) {
    Syntax syntax;
    if (Json::sax_parse(text, &syntax)) return std::nullopt;
    return syntax.fault().value_or(JsonFault{});
}

}  // namespace schancfg::codec
