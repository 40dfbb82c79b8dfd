#include "console/columns.hpp"

#include <algorithm>

namespace schancfg::cli {
namespace {

constexpr std::size_t gap = 2;

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

/// Bytes of the first `columns` code points.
std::size_t bytes_of(std::string_view text, std::size_t columns) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (!starts_character(text[at])) continue;
        if (columns == 0) break;
        --columns;
    }
    return at;
}

// Names of suites and paths are cut behind one of their parts where that leaves no line half empty.
std::string_view first_part(std::string_view word, std::size_t width) {
    const std::string_view part = word.substr(0, bytes_of(word, width));
    // Between the names of a list rather than within one.
    for (const std::string_view ends : {",", "_\\/"}) {
        const std::size_t last = part.find_last_of(ends);
        if (last != std::string_view::npos && last + 1 > part.size() / 2) return part.substr(0, last + 1);
    }
    return part;
}

std::string padded(const std::string& text, std::size_t width) {
    return text + std::string(width - std::min(width, columns_of(text)), ' ');
}

std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        longest = std::max(longest, columns_of(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return longest;
}

// A command in `…` is one word where it fits a line.
std::size_t end_of_word(std::string_view text, std::size_t width) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::size_t quoted = text.substr(0, end).find('`');
    if (quoted == std::string_view::npos) return end;
    // A character of text has at most 4 bytes.
    const std::size_t closed = text.substr(0, 4 * width).find('`', quoted + 1);
    if (closed == std::string_view::npos || closed < end) return end;
    const std::size_t whole = std::min(text.find(' ', closed), text.size());
    return columns_of(text.substr(0, std::min(whole, 4 * width))) <= width ? whole : end;
}

using Lines = std::vector<std::string>;

// `A, B and 8 more`, one name a line.
Lines items(std::string_view text, std::size_t width) {
    Lines out;
    while (true) {
        const std::size_t comma = text.find(", ");
        const std::size_t end = std::min(comma, text.find(" and "));
        for (std::string& line : wrap(text.substr(0, end), width)) out.push_back(std::move(line));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end == comma ? end + 2 : end + 1);
    }
}

/// `before`: columns that the labels take; `width`: that the left side takes.
void add_lines(std::string& out, const Lines& labels, std::size_t before, const Lines& left, std::size_t width, const Lines& right) {
    const auto line_of = [](const Lines& lines, std::size_t at) { return at < lines.size() ? lines[at] : std::string{}; };
    for (std::size_t at = 0; at < std::max({labels.size(), left.size(), right.size()}); ++at) {
        out += padded(line_of(labels, at), before) + padded(line_of(left, at), width) + line_of(right, at);
        while (out.ends_with(' ')) out.pop_back();
        out += '\n';
    }
}

}  // namespace

// East Asian widths do not occur in registry names worth aligning.
std::size_t columns_of(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\x1b') at = std::min(text.find('m', at), text.size() - 1);
        else if (starts_character(text[at])) ++count;
    }
    return count;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t used) {
    std::vector<std::string> lines(1);
    std::size_t column = used;
    bool is_first = true;  // of its line
    while (!text.empty()) {
        const std::size_t end = end_of_word(text, width);
        std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) continue;
        std::size_t length = columns_of(word);
        if (column != 0 && column + (is_first ? 0 : 1) + length > width) {
            lines.emplace_back();
            column = 0;
            is_first = true;
        }
        if (!is_first) {
            lines.back() += ' ';
            ++column;
        }
        while (length > width) {
            const std::string_view part = first_part(word, width);
            lines.back() += part;
            lines.emplace_back();
            word.remove_prefix(part.size());
            length -= columns_of(part);
        }
        lines.back() += word;
        column += length;
        is_first = false;
    }
    return lines;
}

std::string paragraph(std::string_view lead, std::string_view text, std::size_t width) {
    const std::size_t indent = columns_of(lead);
    std::string out;
    std::string before(lead);
    for (const std::string& line : wrap(text, std::max(width, indent + 1) - indent)) {
        out += before + line;
        while (out.ends_with(' ')) out.pop_back();
        out += '\n';
        before.assign(indent, ' ');
    }
    return out;
}

std::string hanging(std::string_view lead, std::string_view text, std::size_t indent, std::size_t width) {
    std::string out(lead);
    bool is_first = true;
    for (const std::string& line : wrap(text, width - indent, columns_of(lead) - indent)) {
        if (!is_first) out.append(indent, ' ');
        out += line;
        while (out.ends_with(' ')) out.pop_back();
        out += '\n';
        is_first = false;
    }
    return out;
}

std::string side_by_side(const std::vector<Facing>& rows, std::size_t whole) {
    std::size_t label_width = 0;
    for (const Facing& row : rows) label_width = std::max(label_width, std::min(columns_of(row.label), whole / 4));
    const std::size_t width = (whole - label_width - 2 * gap) / 2;
    std::string out;
    for (const Facing& row : rows) {
        if (longest_word(row.left) <= width && longest_word(row.right) <= width) {
            add_lines(out, wrap(row.label, label_width), label_width + gap, wrap(row.left, width), width + gap, wrap(row.right, width));
            continue;
        }
        const std::size_t half = (whole - 2) / 2;
        for (const std::string& line : wrap(row.label, whole)) out += line + '\n';
        add_lines(out, {}, 1, items(row.left, half), half + 1, items(row.right, half));
    }
    return out;
}

}  // namespace schancfg::cli
