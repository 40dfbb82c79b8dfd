#include "render/escape.hpp"

#include <algorithm>

namespace schancfg::cli {
namespace {

bool ends_in_www(std::string_view text) {
    return text.ends_with("www") || text.ends_with("WWW");
}

}  // namespace

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
