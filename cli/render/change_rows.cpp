#include "render/change_rows.hpp"

#include <algorithm>

#include "console/columns.hpp"

namespace schancfg::cli {
namespace {

constexpr std::size_t indent = 2, gap = 2;

// The subjects in lines of `width`, broken between them; `RC4 128/128` is not broken where it fits on a line.
std::vector<std::string> lines_of(const ChangeRow& row, std::size_t width) {
    const bool has_comma = std::ranges::any_of(row.subjects, [](const std::string& each) { return each.find(", ") != std::string::npos; });
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at < row.subjects.size(); ++at) {
        std::string item = row.subjects[at];
        if (at + 1 < row.subjects.size()) item += has_comma ? ";" : ",";
        else if (!row.certain) item += " (not certain)";
        const std::size_t used = columns_of(lines.back());
        if (used != 0 && used + 1 + columns_of(item) <= width) {
            lines.back() += ' ' + item;
            continue;
        }
        if (used != 0) lines.emplace_back();
        std::vector<std::string> parts = wrap(item, width);
        lines.back() = std::move(parts.front());
        lines.insert(lines.end(), parts.begin() + 1, parts.end());
    }
    return lines;
}

}  // namespace

std::string paint_action(plan::Action action, std::string_view text, const Paint& paint) {
    switch (action) {
        case plan::Action::add: return paint.added(text);
        case plan::Action::remove: return paint.removed(text);
        case plan::Action::change: break;
    }
    return paint.changed(text);
}

std::string change_rows(std::string_view heading, const std::vector<ChangeRow>& rows, const Sheet& sheet) {
    if (rows.empty()) return {};
    const auto change_of = [](const ChangeRow& row) { return row.before + (row.before.empty() || row.after.empty() ? "" : " → ") + row.after; };
    const std::size_t widest_change = sheet.columns * 3 / 7;  // a longer one stands on a line of its own
    std::size_t width = 0;
    for (const ChangeRow& row : rows) {
        if (const std::size_t columns = columns_of(change_of(row)); columns <= widest_change) width = std::max(width, columns);
    }
    std::string out = '\n' + sheet.paint.strong(heading) + '\n';
    for (const ChangeRow& row : rows) {
        const std::string change = change_of(row);
        const std::size_t columns = columns_of(change);
        std::string lead(indent, ' ');
        if (columns > width) {
            for (const std::string& line : wrap(change, sheet.columns - indent)) out += std::string(indent, ' ') + paint_action(row.tone, line, sheet.paint) + '\n';
            lead.append(width, ' ');
        } else {
            lead += paint_action(row.tone, change, sheet.paint) + std::string(width - columns, ' ');
        }
        for (const std::string& line : lines_of(row, sheet.columns - indent - width - gap)) {
            out += lead + std::string(gap, ' ') + line + '\n';
            lead.assign(indent + width, ' ');
        }
        for (const std::string& line : row.below) out += line + '\n';
    }
    return out;
}

}  // namespace schancfg::cli
