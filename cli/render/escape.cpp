#include "render/escape.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

constexpr char digits[] = "0123456789ABCDEF";

void add_byte(std::string& out, unsigned byte) {
    out += "\\x";
    out += digits[byte >> 4];
    out += digits[byte & 15];
}

void add_code_point(std::string& out, char32_t point) {
    std::string hex;
    for (; point != 0; point >>= 4) hex.insert(hex.begin(), digits[point & 15]);
    out += "\\u{" + hex + '}';
}

// C1 controls, line and paragraph separators, direction marks and overrides (UAX #9), and characters of no width, by which two
// names can look alike.
bool is_treacherous(char32_t point) {
    return (point >= 0x80 && point <= 0x9F) || point == 0xAD || point == 0x61C || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
           (point >= 0xFFF9 && point <= 0xFFFB) || (point >= 0xE0000 && point <= 0xE007F);
}

bool ends_in_www(std::string_view text) {
    return text.ends_with("www") || text.ends_with("WWW");
}

}  // namespace

std::string shortened(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string(text);
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return std::string(text.substr(0, bytes)) + " …";
}

std::string escape(std::string_view text) {
    if (std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; })) return std::string(text);
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t bad = utf::find_invalid_utf8(text);
        const std::string_view good = text.substr(0, bad);
        for (std::size_t at = 0; at < good.size();) {
            const std::size_t start = at;
            const char32_t point = utf::next_code_point(good, at);
            if (point < 0x20 || point == 0x7F) add_byte(out, static_cast<unsigned>(point));
            else if (is_treacherous(point)) add_code_point(out, point);
            else out += good.substr(start, at - start);
        }
        text.remove_prefix(good.size());
        if (!text.empty()) {
            add_byte(out, static_cast<unsigned char>(text.front()));
            text.remove_prefix(1);
        }
    }
    return out;
}

std::string markdown_code(std::string_view text) {
    const std::string safe = escape(text);
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : safe) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    // CommonMark strips one space at each end of a code span that has both, and needs them beside a backquote.
    const bool pad = safe.empty() || safe.front() == '`' || safe.back() == '`' || (safe.front() == ' ' && safe.back() == ' ');
    std::string out = fence + (pad ? " " : "");
    for (const char c : safe) {
        // In a table of GitHub's Markdown a bar ends the cell even in a code span, unless it is escaped.
        if (c == '|') out += '\\';
        out += c;
    }
    return out + (pad ? " " : "") + fence;
}

std::string markdown_text(std::string_view text) {
    const std::string safe = escape(text);
    std::string out;
    for (std::size_t at = 0; at < safe.size(); ++at) {
        const char c = safe[at];
        const std::string_view rest = std::string_view(safe).substr(at);
        // A backslash before an @ goes before the reader looks for mentions and mail addresses; in a code span it looks for none.
        if (c == '@') {
            const std::size_t run = std::min(rest.find_first_not_of('@'), rest.size());
            out.append("`").append(rest.substr(0, run)).append("`");
            at += run - 1;
            continue;
        }
        const bool makes_link = rest.starts_with("://") || (c == '.' && ends_in_www(std::string_view(safe).substr(0, at)));
        if (makes_link || std::string_view("\\`*_[]<>#|~&").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string html_text(std::string_view text) { return xml_text(escape(text)); }

}  // namespace schancfg::cli
