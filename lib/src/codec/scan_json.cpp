#include "scan_json.hpp"

#include <algorithm>
#include <limits>

#include "schancfg/codec/scan.hpp"

namespace schancfg::codec::scan {
namespace {

using Json = nlohmann::json;

// Of one host: a value of nlohmann/json takes 16 bytes and its allocation, one of text two.
constexpr std::size_t max_values = 500000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Behind the string that begins at `at`; the size of the text where it does not end.
std::size_t behind_string(std::string_view text, std::size_t at) {
    for (++at; at < text.size(); ++at) {
        at = text.find_first_of("\"\\", at);
        if (at == std::string_view::npos) return text.size();
        if (text[at] == '"') return at + 1;
        ++at;  // what is escaped
    }
    return text.size();
}

// Depth, ends and lengths, before a parser builds anything of the text. `end` becomes the place behind the value.
bool check_shape(std::string_view text, std::size_t& end, Report& report) {
    std::string open;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            const std::size_t behind = behind_string(text, at);
            if (behind - at > scan_max_text) {
                return report.error(at, "scan-limit", "a string is longer than 1 MiB", "no scanner writes such a one");
            }
            if (behind == text.size()) break;
            at = behind;
            continue;
        }
        if (c == '[' || c == '{') {
            if (open.size() == scan_max_depth) {
                return report.error(at, "scan-limit", "objects and arrays are nested deeper than 64 levels", "no scanner needs twenty");
            }
            open += c;
        } else if ((c == ']' || c == '}') && !open.empty()) {
            open.pop_back();
            end = at + 1;
            if (open.empty()) return true;
        }
        ++at;
    }
    return report.error(text.size(), "scan-truncated", "the JSON ends before it is complete: the scan was interrupted, or the file was cut",
                        "let the scan run to its end");
}

// Builds nothing; keeps where the text stops being JSON.
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
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override {
        at_ = position == 0 ? 0 : position - 1;
        return false;
    }
    [[nodiscard]] std::size_t at() const { return at_; }

private:
    std::size_t at_ = 0;
};

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

/// Behind the value that begins at `at`.
std::size_t behind_value(std::string_view text, std::size_t at) {
    int depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = behind_string(text, at);
            if (depth == 0) return at;
            continue;
        }
        if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            if (depth == 0) return at;  // of what the value is in
            if (--depth == 0) return at + 1;
        } else if (depth == 0 && (c == ',' || is_blank(c))) {
            return at;
        }
        ++at;
    }
    return at;
}

}  // namespace

std::string shorten_numbers(std::string_view text) {
    constexpr std::size_t longest = 300;  // a double has 308
    std::string shorter;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '"') {
            at = behind_string(text, at);
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        const bool is_whole = at == text.size() || (text[at] != '.' && text[at] != 'e' && text[at] != 'E');
        if (at - begin > longest && is_whole) {
            if (shorter.empty()) shorter = text;
            std::fill(shorter.begin() + static_cast<std::ptrdiff_t>(begin + 1), shorter.begin() + static_cast<std::ptrdiff_t>(at), ' ');
        }
        if (at == begin) ++at;
    }
    return shorter;
}

bool check_json(std::string_view text, Report& report) {
    std::size_t end = 0;
    if (!check_shape(text, end, report)) return false;
    Syntax syntax;
    if (Json::sax_parse(text, &syntax)) return true;
    return report.error(syntax.at(), "scan-syntax", syntax.at() < end ? "this is no JSON" : "there is more text behind the end of the JSON");
}

std::vector<JsonPart> json_parts(std::string_view text, Extent extent) {
    std::vector<JsonPart> parts;
    std::size_t at = skip_blanks(text, extent.begin);
    if (at >= extent.end || (text[at] != '[' && text[at] != '{')) return parts;
    const bool is_object = text[at] == '{';
    at = skip_blanks(text, at + 1);
    while (at < extent.end && text[at] != ']' && text[at] != '}') {
        JsonPart part;
        if (is_object) {
            const std::size_t end = behind_string(text, at);
            part.key = text.substr(at + 1, end - at - 2);
            at = skip_blanks(text, skip_blanks(text, end) + 1);  // the colon
        }
        part.extent = {at, behind_value(text, at)};
        parts.push_back(part);
        at = skip_blanks(text, part.extent.end);
        if (at < extent.end && text[at] == ',') at = skip_blanks(text, at + 1);
    }
    return parts;
}

const JsonPart* find_part(const std::vector<JsonPart>& parts, std::string_view key) {
    const auto found = std::ranges::find(parts.rbegin(), parts.rend(), key, &JsonPart::key);
    return found == parts.rend() ? nullptr : &*found;
}

bool parse_part(std::string_view text, Extent extent, Json& value, Report& report) {
    const std::string_view part = text.substr(extent.begin, extent.end - extent.begin);
    const auto values = static_cast<std::size_t>(std::ranges::count_if(part, [](char c) { return c == ',' || c == '[' || c == '{'; }));
    if (part.size() > scan_max_item || values > max_values) {
        return report.error(extent.begin, "scan-limit", "one host takes more than 32 MiB or 500,000 values", "no scanner writes as much");
    }
    try {
        value = Json::parse(part);
        return true;
    } catch (const Json::exception&) {  // a number beyond a double
        return report.error(extent.begin, "scan-syntax", "this is no JSON");
    }
}

const Json* JsonReader::get(const Json& from, const char* name, Type type) {
    if (!ok_ || !from.is_object()) return nullptr;
    const auto found = from.find(name);
    if (found == from.end() || found->is_null()) return nullptr;
    bool right = false;
    const char* wanted = "";
    switch (type) {
        case Type::object: right = found->is_object(), wanted = "an object"; break;
        case Type::array: right = found->is_array(), wanted = "an array"; break;
        case Type::string: right = found->is_string(), wanted = "a string"; break;
        case Type::number: right = found->is_number_integer(), wanted = "a whole number"; break;
        case Type::boolean: right = found->is_boolean(), wanted = "true or false"; break;
    }
    if (right) return &*found;
    error(name, wanted);
    return nullptr;
}

bool JsonReader::error(std::string_view name, std::string_view wanted) {
    if (ok_) report_.error(offset_, "scan-shape", what_ + ": \"" + std::string(name) + "\" is not " + std::string(wanted));
    ok_ = false;
    return false;
}

bool JsonReader::has(const Json& from, const char* name) const {
    if (!from.is_object()) return false;
    const auto found = from.find(name);
    return found != from.end() && !found->is_null();
}

std::string_view JsonReader::string(const Json& from, const char* name) {
    const Json* found = get(from, name, Type::string);
    return found == nullptr ? std::string_view() : std::string_view(found->get_ref<const std::string&>());
}

int JsonReader::number(const Json& from, const char* name) {
    const Json* found = get(from, name, Type::number);
    if (found == nullptr) return 0;
    // Those beyond 64 bits became floating and are refused as such.
    if (found->is_number_unsigned()) {
        const auto number = found->get<std::uint64_t>();
        return number <= static_cast<std::uint64_t>(std::numeric_limits<int>::max()) ? static_cast<int>(number) : 0;
    }
    return 0;
}

bool JsonReader::boolean(const Json& from, const char* name, bool absent) {
    const Json* found = get(from, name, Type::boolean);
    return found == nullptr ? absent : found->get<bool>();
}

}  // namespace schancfg::codec::scan
