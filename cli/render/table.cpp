#include "render/table.hpp"

#include <algorithm>

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

}  // namespace

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
