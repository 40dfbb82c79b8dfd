#include "schancfg/schannel/spelling.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "schancfg/ascii.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::schannel {
namespace {

std::string toml_escape(char32_t point) {
    std::array<char, 12> text{};
    std::snprintf(text.data(), text.size(), point > 0xFFFF ? "\\U%08X" : "\\u%04X", static_cast<unsigned>(point));
    return text.data();
}

}  // namespace

std::string toml_string(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        char32_t point = utf::next_code_point(text, at);
        if (point >= 0xD800 && point < 0xE000) point = 0xFFFD;
        if (point == '"' || point == '\\') {
            out += '\\';
            out += static_cast<char>(point);
        } else if (is_unprintable(point)) {
            out += toml_escape(point);
        } else {
            utf::append_utf8(out, point);
        }
    }
    return out + '"';
}

std::string toml_key(std::string_view key) {
    const bool bare = !key.empty() && std::ranges::all_of(key, [](char c) {
        return ascii::is_alphanumeric(c) || c == '_' || c == '-';
    });
    return bare ? std::string(key) : toml_string(key);
}

std::string toml_path(std::span<const std::string_view> path) {
    std::string out;
    for (const std::string_view word : path) {
        if (!out.empty()) out += '.';
        out += toml_key(word);
    }
    return out;
}

}  // namespace schancfg::schannel
