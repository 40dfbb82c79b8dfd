#include "render/table.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "console/columns.hpp"

namespace schancfg::cli {
namespace {

using Row = std::vector<std::string>;
using Widths = std::vector<std::size_t>;

constexpr std::size_t gap = 2;
// The last column may get this narrow before the others do.
constexpr std::size_t narrowest = 20;
// Names of suites and ids are shorter; what is longer may be cut.
constexpr std::size_t longest_name = 48;

// A cell's spaces in front, its colours and the text between them.
struct Parts {
    std::size_t indent = 0;
    std::string_view before, text, after;
};

Parts parts_of(std::string_view cell) {
    Parts out;
    if (cell.starts_with('\x1b')) {
        const std::size_t end = cell.find('m') + 1;
        out.before = cell.substr(0, end);
        cell.remove_prefix(end);
        if (const std::size_t reset = cell.find('\x1b'); reset != std::string_view::npos) {
            out.after = cell.substr(reset);
            cell = cell.substr(0, reset);
        }
    }
    out.indent = std::min(cell.find_first_not_of(' '), cell.size());
    out.text = cell.substr(out.indent);
    return out;
}

// The lines of a cell, each with the colours and the spaces in front that the whole of it has.
std::vector<std::string> lines_of(const std::string& cell, std::size_t width) {
    if (columns_of(cell) <= width) return {cell};
    const Parts parts = parts_of(cell);
    std::vector<std::string> lines = wrap(parts.text, width > parts.indent ? width - parts.indent : 1);
    for (std::string& line : lines) line = std::string(parts.before) + std::string(parts.indent, ' ') + line + std::string(parts.after);
    return lines;
}

std::size_t longest_word(const std::string& cell) {
    const Parts parts = parts_of(cell);
    std::size_t longest = 0;
    for (std::string_view rest = parts.text; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        longest = std::max(longest, parts.indent + columns_of(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return longest;
}

std::size_t sum_of(const Widths& widths) {
    std::size_t all = gap * (widths.size() - 1);
    for (const std::size_t each : widths) all += each;
    return all;
}

// The widest get narrower until all fit into `room`, but none than the least that it may be.
void make_narrow(Widths& widths, const Widths& least, std::size_t room) {
    for (std::size_t all = sum_of(widths); all > room; --all) {
        std::size_t widest = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (widths[i] > least[i] && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
        }
        if (widest == widths.size()) return;
        --widths[widest];
    }
}

// The widest cell of each column, as `measure` says.
template <class Measure>
Widths widest_of(const std::vector<Row>& rows, Measure measure) {
    Widths out;
    for (const Row& row : rows) {
        if (out.size() < row.size()) out.resize(row.size());
        for (std::size_t i = 0; i < row.size(); ++i) out[i] = std::max(out[i], measure(row[i]));
    }
    return out;
}

Widths widths_of(const std::vector<Row>& rows, std::size_t room) {
    Widths widths = widest_of(rows, [](const std::string& cell) { return columns_of(cell); });
    if (widths.empty() || sum_of(widths) <= room) return widths;
    Widths least = widths;
    least.back() = std::min(widths.back(), narrowest);
    make_narrow(widths, least, room);
    if (sum_of(widths) <= room) return widths;
    const Widths words = widest_of(rows, longest_word);
    std::copy(words.begin(), words.end() - 1, least.begin());
    make_narrow(widths, least, room);
    for (std::size_t& each : least) each = each > longest_name ? narrowest : each;
    make_narrow(widths, least, room);
    least.back() = std::min(least.back(), words.back());
    make_narrow(widths, least, room);
    return widths;
}

std::string text_of(const Row& row, const Widths& widths, std::size_t indent) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < row.size(); ++i) height = std::max(height, cells.emplace_back(lines_of(row[i], widths[i])).size());
    std::string out;
    for (std::size_t at = 0; at < height; ++at) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string cell = at < cells[i].size() ? cells[i][at] : std::string{};
            line += cell;
            const std::size_t taken = columns_of(cell);
            if (i + 1 < row.size()) line.append(std::max(widths[i], taken) + gap - taken, ' ');
        }
        while (!line.empty() && line.back() == ' ') line.pop_back();
        out += line + '\n';
    }
    return out;
}

}  // namespace

std::vector<std::string> table_rows(const std::vector<Row>& rows, std::size_t width, std::size_t indent) {
    const Widths widths = widths_of(rows, width > indent ? width - indent : 0);
    std::vector<std::string> out;
    out.reserve(rows.size());
    for (const Row& row : rows) out.push_back(text_of(row, widths, indent));
    return out;
}

std::string text_table(const std::vector<Row>& rows, std::size_t width, std::size_t indent) {
    std::string out;
    for (const std::string& row : table_rows(rows, width, indent)) out += row;
    return out;
}

}  // namespace schancfg::cli
