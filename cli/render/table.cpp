#include "render/table.hpp"

#include <algorithm>

#include "render/columns.hpp"

namespace schancfg::cli {
namespace {

// In code points, of which colours take no room. East Asian widths do not occur in registry names worth aligning.
std::size_t width_of(const std::string& text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\x1b') {
            at = std::min(text.find('m', at), text.size() - 1);
        } else if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) {
            ++width;
        }
    }
    return width;
}

// The last column may get this narrow before it stops being readable.
constexpr std::size_t narrowest = 20;

// The lines of a cell, each with the colours that the whole of it has.
std::vector<std::string> lines_of(const std::string& cell, std::size_t width) {
    if (width_of(cell) <= width) return {cell};
    std::string before, after, text = cell;
    if (text.starts_with('\x1b')) {
        const std::size_t end = text.find('m') + 1;
        before = text.substr(0, end);
        text.erase(0, end);
        if (const std::size_t reset = text.find('\x1b'); reset != std::string::npos) {
            after = text.substr(reset);
            text.erase(reset);
        }
    }
    std::vector<std::string> lines = wrap(text, width);
    for (std::string& line : lines) line = before + line + after;
    return lines;
}

}  // namespace

std::string wrapped_table(const std::vector<std::vector<std::string>>& rows, std::size_t indent) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        if (widths.size() < row.size()) widths.resize(row.size());
        for (std::size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    }
    std::vector<std::vector<std::string>> out;
    for (const auto& row : rows) {
        std::size_t before = indent;
        for (std::size_t i = 0; i + 1 < row.size(); ++i) before += widths[i] + 2;
        const std::size_t width = before + narrowest <= text_width ? text_width - before : narrowest;
        const std::vector<std::string> lines = lines_of(row.back(), width);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            std::vector<std::string>& line = out.emplace_back(i == 0 ? row : std::vector<std::string>(row.size()));
            line.back() = lines[i];
        }
    }
    return text_table(out, indent);
}

std::string text_table(const std::vector<std::vector<std::string>>& rows, std::size_t indent) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        if (widths.size() < row.size()) widths.resize(row.size());
        for (std::size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line.append(widths[i] + 2 - width_of(row[i]), ' ');
        }
        while (!line.empty() && line.back() == ' ') line.pop_back();
        out += line + '\n';
    }
    return out;
}

}  // namespace schancfg::cli
