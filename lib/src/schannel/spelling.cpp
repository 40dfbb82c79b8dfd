#include "schancfg/schannel/spelling.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "schancfg/utf.hpp"

namespace schancfg::schannel {
namespace {

std::string escape(char32_t point) {
    std::array<char, 12> text{};
    std::snprintf(text.data(), text.size(), point > 0xFFFF ? "\\U%08X" : "\\u%04X", static_cast<unsigned>(point));
    return text.data();
}

}  // namespace

// Unicode's categories Cc, Cf, Zl and Zp, as far as they occur alone.
bool is_invisible(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xAD || point == 0x61C || point == 0x180E ||
           (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF || (point >= 0xFFF9 && point <= 0xFFFB) ||
           (point >= 0xE0000 && point <= 0xE0FFF);
}

std::string toml_string(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        char32_t point = utf::next_code_point(text, at);
        if (point >= 0xD800 && point < 0xE000) point = 0xFFFD;
        if (point == '"' || point == '\\') {
            out += '\\';
            out += static_cast<char>(point);
        } else if (is_invisible(point)) {
            out += escape(point);
        } else {
            utf::append_utf8(out, point);
        }
    }
    return out + '"';
}

std::string toml_key(std::string_view key) {
    const bool bare = !key.empty() && std::ranges::all_of(key, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
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

std::string shown(std::string_view text) {
    constexpr int longest = 100;
    std::string out;
    int count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        if (count == longest) return out + "...";
        const char32_t point = utf::next_code_point(text, at);
        if (is_invisible(point) || (point >= 0xD800 && point < 0xE000)) {
            out += escape(point);
        } else {
            utf::append_utf8(out, point);
        }
    }
    return out;
}

std::string quoted(std::string_view text) { return '"' + shown(text) + '"'; }

}  // namespace schancfg::schannel
