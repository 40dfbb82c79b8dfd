#include "scan_json.hpp"

#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

#include "schancfg/ascii.hpp"
#include "schancfg/codec/scan.hpp"
#include "value_json.hpp"

namespace schancfg::codec::scan {
namespace {

using Json = nlohmann::json;

// Of one host: a value of nlohmann/json takes 16 bytes and its allocation, one of text two.
constexpr std::size_t max_values = 500000;
// Of a list: a finding of testssl.sh takes more than 128 bytes, so that the largest file holds as many.
constexpr std::size_t max_parts = 1000000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Behind the string that begins at `at`; the size of the text where it does not end.
std::size_t behind_string(std::string_view text, std::size_t at) {
    for (++at; at < text.size(); ++at) {
        if (text[at] == '"') return at + 1;
        if (text[at] == '\\') ++at;
    }
    return text.size();
}

// Depth, ends and lengths, before a parser builds anything of the text. `end` becomes the place behind the value.
bool check_shape(std::string_view text, std::size_t& end, ScanErrors& report) {
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
        while (at < text.size() && ascii::is_digit(text[at])) ++at;
        const bool is_whole = at == text.size() || (text[at] != '.' && text[at] != 'e' && text[at] != 'E');
        if (at - begin > longest && is_whole) {
            if (shorter.empty()) shorter = text;
            std::fill(shorter.begin() + static_cast<std::ptrdiff_t>(begin + 1), shorter.begin() + static_cast<std::ptrdiff_t>(at), ' ');
        }
        if (at == begin) ++at;
    }
    return shorter;
}

bool check_json(std::string_view text, ScanErrors& report) {
    std::size_t end = 0;
    if (!check_shape(text, end, report)) return false;
    const std::size_t more = skip_blanks(text, end);
    return more == text.size() || report.error(more, "scan-syntax", "there is more text behind the end of the JSON");
}

// Brackets are even in number, and a parser sees to each part.
bool json_parts(std::string_view text, Extent extent, std::vector<JsonPart>& parts, ScanErrors& report) {
    const auto fail = [&](std::size_t at) { return report.error(at, "scan-syntax", "this is not JSON"); };
    std::size_t at = skip_blanks(text, extent.begin);
    if (at >= extent.end || (text[at] != '[' && text[at] != '{')) return true;
    const bool is_object = text[at] == '{';
    const char close = is_object ? '}' : ']';
    at = skip_blanks(text, at + 1);
    if (text[at] == close) return true;
    for (;; at = skip_blanks(text, at + 1)) {
        JsonPart part;
        if (is_object) {
            if (text[at] != '"') return fail(at);
            const std::size_t end = behind_string(text, at);
            part.key = text.substr(at + 1, end - at - 2);
            at = skip_blanks(text, end);
            if (text[at] != ':') return fail(at);
            at = skip_blanks(text, at + 1);
        }
        part.extent = {at, behind_value(text, at)};
        if (part.extent.end == at) return fail(at);
        if (parts.size() == max_parts) {
            return report.error(at, "scan-limit", "a list or object has more than 1,000,000 entries", "no scanner writes as many");
        }
        parts.push_back(part);
        at = skip_blanks(text, part.extent.end);
        if (at < extent.end && text[at] == close) return true;
        if (at >= extent.end || text[at] != ',') return fail(at);
    }
}

const JsonPart* find_part(const std::vector<JsonPart>& parts, std::string_view key) {
    const auto found = std::ranges::find(parts.rbegin(), parts.rend(), key, &JsonPart::key);
    return found == parts.rend() ? nullptr : &*found;
}

bool parse_part(std::string_view text, Extent extent, Json& value, ScanErrors& report) {
    const std::string_view part = text.substr(extent.begin, extent.end - extent.begin);
    const auto values = static_cast<std::size_t>(std::ranges::count_if(part, [](char c) { return c == ',' || c == '[' || c == '{'; }));
    if (part.size() > scan_max_item || values > max_values) {
        return report.error(extent.begin, "scan-limit", "one host takes more than 32 MiB or 500,000 values", "no scanner writes as much");
    }
    value = Json::parse(part, nullptr, false);
    if (!value.is_discarded()) return true;
    const auto fault = find_json_fault(part);
    return report.error(extent.begin + (fault && !fault->number_too_large ? fault->at : 0), "scan-syntax", "this is not JSON");
}

const Json* JsonReader::get(const Json& from, const char* name, Type type) {
    if (!ok_ || !from.is_object()) return nullptr;
    const auto found = from.find(name);
    if (found == from.end() || found->is_null()) return nullptr;
    const auto [right, wanted] = [&]() -> std::pair<bool, const char*> {
        switch (type) {
            case Type::object: return {found->is_object(), "an object"};
            case Type::array: return {found->is_array(), "an array"};
            case Type::string: return {found->is_string(), "a string"};
            case Type::number: return {found->is_number_integer(), "a whole number"};
            case Type::boolean: break;
        }
        return {found->is_boolean(), "true or false"};
    }();
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
