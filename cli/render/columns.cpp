#include "render/columns.hpp"

#include <algorithm>

namespace schancfg::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t widest_label = text_width / 4;

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
    const std::size_t last = part.find_last_of("_\\/,");
    return last != std::string_view::npos && last + 1 > part.size() / 2 ? part.substr(0, last + 1) : part;
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

std::size_t columns_of(std::string_view text) { return static_cast<std::size_t>(std::ranges::count_if(text, starts_character)); }

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines(1);
    std::size_t column = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) continue;
        std::size_t length = columns_of(word);
        if (column != 0 && column + 1 + length > width) {
            lines.emplace_back();
            column = 0;
        }
        if (column != 0) {
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
    }
    return lines;
}

std::string paragraph(std::string_view lead, std::string_view text) {
    const std::size_t indent = columns_of(lead);
    std::string out;
    std::string before(lead);
    for (const std::string& line : wrap(text, text_width - indent)) {
        out += before + line;
        while (out.ends_with(' ')) out.pop_back();
        out += '\n';
        before.assign(indent, ' ');
    }
    return out;
}

std::string side_by_side(const std::vector<Facing>& rows) {
    std::size_t label_width = 0;
    for (const Facing& row : rows) label_width = std::max(label_width, std::min(columns_of(row.label), widest_label));
    const std::size_t width = (text_width - label_width - 2 * gap) / 2;
    std::string out;
    for (const Facing& row : rows) {
        if (longest_word(row.left) <= width && longest_word(row.right) <= width) {
            add_lines(out, wrap(row.label, label_width), label_width + gap, wrap(row.left, width), width + gap, wrap(row.right, width));
            continue;
        }
        constexpr std::size_t half = (text_width - 2) / 2;
        for (const std::string& line : wrap(row.label, text_width)) out += line + '\n';
        add_lines(out, {}, 1, items(row.left, half), half + 1, items(row.right, half));
    }
    return out;
}

}  // namespace schancfg::cli
