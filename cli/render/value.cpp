#include "render/value.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "render/escape.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

using registry::Value;

std::string show_number(std::uint64_t number) {
    if (number < 10) return std::to_string(number);
    char hex[32];
    std::snprintf(hex, sizeof hex, "0x%llx", static_cast<unsigned long long>(number));
    // All ones is a switch and no count.
    return number == 0xFFFFFFFF ? std::string(hex) : std::string(hex) + " (" + std::to_string(number) + ')';
}

std::string show_bytes(const Value& value) {
    constexpr std::size_t most = 32;
    std::string out = registry::type_name(value.type);
    for (const char byte : std::string_view(value.bytes).substr(0, most)) {
        char hex[4];
        std::snprintf(hex, sizeof hex, " %02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
        out += hex;
    }
    if (value.bytes.size() > most) out += " ...";
    if (value.bytes.size() > most || value.bytes.empty()) out += " (" + std::to_string(value.bytes.size()) + " bytes)";
    return out;
}

// What is stored as a text usually is.
std::optional<std::string> text_of(const Value& value) {
    auto text = value.as_string();
    if (!text) return std::nullopt;
    const bool is_plain = value.type == registry::reg_sz ? Value::sz(*text) == value : value.type == registry::reg_expand_sz && Value::expand_sz(*text) == value;
    return is_plain ? std::optional(std::move(*text)) : std::nullopt;
}

std::size_t first_difference(std::string_view one, std::string_view other) {
    return static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
}

// The start of the character that `at` lies in.
std::size_t start_of_character(std::string_view text, std::size_t at) {
    at = std::min(at, text.size());
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return at;
}

std::string text_around(std::string_view text, std::size_t at) {
    constexpr std::size_t lead = 20, most = 60;
    const std::size_t start = start_of_character(text, at > lead ? at - lead : 0);
    const std::size_t end = start_of_character(text, start + most);
    std::string out = start == 0 ? "" : "…";
    out.append(1, '"').append(escape(text.substr(start, end - start))).append(1, '"').append(end == text.size() ? "" : "…");
    return out + " (of " + std::to_string(text.size()) + " characters)";
}

std::string bytes_from(const Value& value, std::size_t at) {
    constexpr std::size_t lead = 4, most = 16;
    const std::size_t start = at > lead ? at - lead : 0;
    return registry::type_name(value.type) + " … " + registry::to_hex(std::string_view(value.bytes).substr(start, most)) + " … (from byte " + std::to_string(start) + " of " +
           std::to_string(value.bytes.size()) + ')';
}

std::string in_quotes(std::string_view text) { return '"' + escape(text) + '"'; }

}  // namespace

std::string show_value(const std::optional<Value>& value) {
    if (!value) return "absent";
    switch (value->type) {
        case registry::reg_dword:
            if (const auto number = value->as_dword()) return show_number(*number);
            break;
        case registry::reg_qword:
            if (const auto number = value->as_qword()) return show_number(*number);
            break;
        // A string that is not stored as one usually is (no NUL, more behind it) is shown as its bytes: the text would hide what differs.
        case registry::reg_sz:
            if (const auto text = value->as_string(); text && Value::sz(*text) == *value) return in_quotes(*text);
            break;
        case registry::reg_expand_sz:
            if (const auto text = value->as_string(); text && Value::expand_sz(*text) == *value) return "REG_EXPAND_SZ " + in_quotes(*text);
            break;
        case registry::reg_multi_sz:
            if (const auto texts = value->as_strings(); texts && Value::multi_sz(*texts) == *value) {
                std::string out;
                for (const std::string& text : *texts) (out += out.empty() ? "" : ", ") += in_quotes(text);
                return '[' + out + ']';
            }
            break;
        default: break;
    }
    return show_bytes(*value);
}

std::string show_typed_value(const Value& value) {
    const std::string type = registry::type_name(value.type) + ' ';
    const std::string shown = show_value(value);
    return shown.starts_with(type) ? shown : type + shown;
}

ShownChange show_change(const std::optional<Value>& before, const std::optional<Value>& after) {
    constexpr std::size_t longest_text = 100, longest_bytes = 32;
    ShownChange whole{show_value(before), show_value(after)};
    if (!before || !after || before->type != after->type) return whole;
    if (const auto one = text_of(*before), other = text_of(*after); one && other) {
        if (one->size() <= longest_text && other->size() <= longest_text) return whole;
        const std::size_t at = first_difference(*one, *other);
        return {text_around(*one, at), text_around(*other, at)};
    }
    if (whole.before.starts_with("REG_") && before->bytes.size() > longest_bytes && after->bytes.size() > longest_bytes) {
        const std::size_t at = first_difference(before->bytes, after->bytes);
        if (at >= longest_bytes) return {bytes_from(*before, at), bytes_from(*after, at)};
    }
    return whole;
}

std::string show_name(std::string_view value_name) { return value_name.empty() ? "(default value)" : escape(value_name); }

std::optional<std::vector<std::string>> list_of(std::string_view value_name, const Value& value) {
    if (value.type == registry::reg_multi_sz) {
        if (const auto texts = value.as_strings(); texts && Value::multi_sz(*texts) == value) return *texts;
    }
    if (value.type == registry::reg_sz && utf::equal_no_case(value_name, "Functions")) {
        const auto text = value.as_string();
        if (!text || Value::sz(*text) != value) return std::nullopt;
        std::vector<std::string> names;
        for (std::size_t start = 0; start <= text->size();) {
            const std::size_t end = std::min(text->find(',', start), text->size());
            names.push_back(text->substr(start, end - start));
            start = end + 1;
        }
        return names;
    }
    return std::nullopt;
}

std::vector<std::string> names_of(std::string_view value_name, const std::optional<Value>& value) {
    return value ? list_of(value_name, *value).value_or(std::vector<std::string>{}) : std::vector<std::string>{};
}

std::vector<ListLine> list_difference(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    const std::size_t rows = before.size() + 1;
    const std::size_t columns = after.size() + 1;
    std::vector<ListLine> out;
    // The lists of Windows have some dozens of names; of longer ones the table would cost more than the answer is worth.
    constexpr std::size_t most_cells = 1u << 20;
    if (rows * columns > most_cells) {
        for (const std::string& name : before) out.push_back({'-', name});
        for (const std::string& name : after) out.push_back({'+', name});
        return out;
    }
    std::vector<std::uint32_t> common(rows * columns);
    for (std::size_t i = before.size(); i-- > 0;) {
        for (std::size_t j = after.size(); j-- > 0;) {
            common[i * columns + j] = before[i] == after[j]
                                          ? common[(i + 1) * columns + j + 1] + 1
                                          : std::max(common[(i + 1) * columns + j], common[i * columns + j + 1]);
        }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() || j < after.size()) {
        if (i < before.size() && j < after.size() && before[i] == after[j]) {
            out.push_back({' ', before[i++]});
            ++j;
        } else if (j == after.size() || (i < before.size() && common[(i + 1) * columns + j] >= common[i * columns + j + 1])) {
            out.push_back({'-', before[i++]});
        } else {
            out.push_back({'+', after[j++]});
        }
    }
    return out;
}

}  // namespace schancfg::cli
