#include "apply/change_text.hpp"

#include "schancfg/utf.hpp"

namespace schancfg::apply {
namespace {

constexpr std::size_t longest = 120;

}  // namespace

std::string printable_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const char32_t code = utf::next_code_point(text, at);
        // Controls, lone surrogates, line separators and what turns the direction of writing round.
        const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0xD800 && code < 0xE000) ||
                             code == 0x2028 || code == 0x2029 || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        if (control) {
            out += '?';
        } else if (code == 0xFFFD) {
            utf::append_utf8(out, code);
        } else {
            out += text.substr(start, at - start);
        }
    }
    return out;
}

namespace {

std::string quoted(std::string_view text) {
    const bool cut = text.size() > longest;
    return '"' + printable_text(text.substr(0, longest)) + (cut ? "..." : "") + '"';
}

}  // namespace

std::string place_text(const plan::Change& change) {
    std::string text = printable_text(change.key.to_string());
    if (change.value_name) text += change.value_name->empty() ? ": (default value)" : ": " + printable_text(*change.value_name);
    return text;
}

std::string value_text(const std::optional<registry::Value>& value) {
    if (!value) return "absent";
    const std::string text = registry::type_name(value->type) + ' ';
    if (const auto number = value->as_dword()) return text + std::to_string(*number);
    if (const auto number = value->as_qword()) return text + std::to_string(*number);
    if (const auto string = value->as_string()) return text + quoted(*string);
    if (const auto strings = value->as_strings()) {
        std::string joined;
        for (const std::string& one : *strings) {
            if (!joined.empty()) joined += ' ';
            joined += one;
            if (joined.size() > longest) break;
        }
        return text + quoted(joined);
    }
    const std::string_view bytes = value->bytes;
    return text + (bytes.empty() ? "(empty)" : registry::to_hex(bytes.substr(0, longest / 2)) + (bytes.size() > longest / 2 ? "..." : ""));
}

}  // namespace schancfg::apply
