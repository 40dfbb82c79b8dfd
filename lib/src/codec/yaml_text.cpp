#include "codec/yaml_text.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "schancfg/ascii.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

constexpr std::size_t longest = 96;

bool is_template(std::string_view text) {
    return text.find("{{") != std::string_view::npos || text.find("{%") != std::string_view::npos || text.find("{#") != std::string_view::npos;
}

// YAML 1.2, 7.3.1: JSON's strings are double-quoted scalars; a backslash at the end of a line continues it without a blank, and one before a blank keeps that.
std::string double_quoted(std::string_view text, std::size_t indent) {
    const std::string json = nlohmann::json(std::string(text)).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    const std::string_view inside = std::string_view(json).substr(1, json.size() - 2);
    std::string out = "\"";
    std::size_t width = 0;
    for (std::size_t at = 0; at < inside.size();) {
        const std::size_t size = inside[at] != '\\' ? 1 : inside[at + 1] == 'u' ? 6 : 2;
        if (width + size > longest) {
            out.append("\\\n").append(indent, ' ');
            if (inside[at] == ' ') out += '\\';
            width = 0;
        }
        out.append(inside.substr(at, size));
        width += size;
        at += size;
    }
    return out + "\"";
}

}  // namespace

std::string yaml_text(std::string_view text, std::size_t indent) {
    const std::string mark = is_template(text) ? "!unsafe " : "";
    const bool plain = text.size() <= longest && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
    if (!plain) return mark + double_quoted(text, indent);
    std::string out = "'";
    for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
    return mark + out + "'";
}

std::string plain_words(std::string_view text) {
    constexpr std::string_view allowed = " .,:;()+/_-\\=";
    std::string out;
    const std::string shown = shorten(text);
    for (std::size_t at = 0; at < shown.size();) {
        const char32_t point = utf::next_code_point(shown, at);
        const bool letter = ascii::is_alphanumeric(point);
        out += letter || (point < 0x80 && allowed.find(static_cast<char>(point)) != std::string_view::npos) ? static_cast<char>(point) : '_';
    }
    return out;
}

}  // namespace schancfg::codec
