#include "render/audit_charts.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "render/escape.hpp"

namespace schancfg::cli {
namespace {

using audit::Machine;
using audit::Verdict;

constexpr int left = 210, row_height = 26, bar_height = 18, bars_width = 380, chart_width = 760;  // `100,000 of 100,000` has room behind a bar

/// The class of the style decides its colour: f0 good, f1 bad, f2 warn, f3 faint, f4 ground.
std::string bar(int tone, int x, int y, int width) {
    return "<rect class=\"f" + std::to_string(tone) + "\" x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y + 4) + "\" width=\"" + std::to_string(width) + "\" height=\"" +
           std::to_string(bar_height) + "\"/>";
}

std::string label(int x, int y, std::string_view text) { return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y + 18) + "\">" + html_text(text) + "</text>"; }

/// `sentences`: one sentence for each row.
std::string chart(std::size_t rows, std::string_view shapes, std::string_view sentences) {
    return ("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Chart\"><svg viewBox=\"0 0 " + std::to_string(chart_width) + ' ' + std::to_string(rows * row_height) + "\" role=\"img\" aria-label=\"" + html_text(sentences) + "\">\n").append(shapes).append("</svg></div>\n");
}

int scaled(std::size_t count, std::size_t most, int width) { return count == 0 ? 0 : std::max(1, static_cast<int>(count * static_cast<std::size_t>(width) / most)); }

/// Machines by release, oldest first; those of none last, nullptr.
std::vector<std::pair<const facts::Release*, std::vector<const Machine*>>> by_release(const AuditView& view) {
    std::map<const facts::Release*, std::vector<const Machine*>> found;
    for (const Machine& machine : view.machines) found[machine.release].push_back(&machine);
    std::vector<std::pair<const facts::Release*, std::vector<const Machine*>>> out(std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    std::ranges::sort(out, [](const auto& one, const auto& other) {
        if (one.first == nullptr || other.first == nullptr) return other.first == nullptr && one.first != nullptr;
        return one.first->build != other.first->build ? one.first->build < other.first->build : one.first->name < other.first->name;
    });
    return out;
}

std::string name_of(const facts::Release* release) { return release == nullptr ? "release not known" : std::string(release->name); }

constexpr std::array<std::string_view, 6> charted{"SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};

bool is_old(std::string_view protocol) { return protocol != "TLS 1.2" && protocol != "TLS 1.3"; }

}  // namespace

std::string compliance_chart(const AuditView& view) {
    const auto releases = by_release(view);
    if (releases.empty()) return {};
    std::size_t most = 1;
    for (const auto& [release, machines] : releases) most = std::max(most, machines.size());
    std::string shapes, sentences;
    int y = 0;
    for (const auto& [release, machines] : releases) {
        std::array<std::size_t, 4> counts{};
        for (const Machine* machine : machines) {
            ++counts[machine->verdict == Verdict::compliant ? 0 : machine->verdict == Verdict::different ? 1 : machine->verdict == Verdict::waived ? 2 : 3];
        }
        shapes += label(0, y, name_of(release));
        int x = left;
        for (int part = 0; part < 4; ++part) {
            const int width = scaled(counts[static_cast<std::size_t>(part)], most, bars_width);
            if (width == 0) continue;
            shapes += bar(part, x, y, width);
            x += width;
        }
        const std::string words = with_commas(counts[0]) + " of " + with_commas(machines.size());
        shapes += label(x + 8, y, words) + '\n';
        sentences += name_of(release) + ": " + words + " compliant. ";
        y += row_height;
    }
    return "<h2>By release</h2>\n" + chart(releases.size(), shapes, sentences) +
           "<p class=\"faint\">Green: compliant; red: different; yellow: waived; grey: not judged or unreadable. The figures count those that are compliant.</p>\n";
}

std::string protocols_chart(const AuditView& view) {
    constexpr int cell = (chart_width - left) / static_cast<int>(charted.size()), bar_width = cell - 62;  // and `100,000` between two
    std::string shapes, sentences;
    std::size_t rows = 1;
    for (std::size_t column = 0; column < charted.size(); ++column) shapes += label(left + static_cast<int>(column) * cell, 0, charted[column]);
    for (const auto& [release, machines] : by_release(view)) {
        const auto judged = static_cast<std::size_t>(std::ranges::count_if(machines, [](const Machine* machine) { return machine->judgement != nullptr; }));
        if (release == nullptr || judged == 0) continue;
        const int y = static_cast<int>(rows++) * row_height;
        const auto role = static_cast<std::size_t>(release->server ? facts::Role::server : facts::Role::client);
        shapes += label(0, y, release->name);
        sentences += std::string(release->name) + ": ";
        for (std::size_t column = 0; column < charted.size(); ++column) {
            std::size_t yes = 0, unknown = 0;
            for (const Machine* machine : machines) {
                if (!machine->judgement) continue;
                const auto& all = machine->judgement->protocols;
                const auto found = std::ranges::find(all, charted[column], &audit::SpokenProtocol::name);
                if (found == all.end()) continue;
                if (found->spoken[role] == effect::Answer::yes) ++yes;
                if (found->spoken[role] == effect::Answer::unknown) ++unknown;
            }
            const int x = left + static_cast<int>(column) * cell;
            shapes += bar(4, x, y, bar_width);
            const int width = scaled(yes, judged, bar_width);
            if (width != 0) shapes += bar(is_old(charted[column]) ? 1 : 0, x, y, width);
            if (unknown != 0) shapes += bar(3, x + width, y, std::min(scaled(unknown, judged, bar_width), bar_width - width));
            shapes += label(x + bar_width + 4, y, yes == 0 && unknown != 0 ? "?" : with_commas(yes));
            sentences += std::string(charted[column]) + ' ' + with_commas(yes) + (unknown == 0 ? "" : " and " + with_commas(unknown) + " not certain") + (column + 1 == charted.size() ? "" : ", ");
        }
        sentences += " of " + with_commas(judged) + ". ";
        shapes += '\n';
    }
    if (rows == 1) return {};
    return "<h2>Protocols by release</h2>\n" + chart(rows, shapes, sentences) +
           "<p class=\"faint\">How many of the machines have it on, or on for applications that ask for it: servers as a server, clients as a client. Red: advised against; grey and ?: not certain. "
           "What an export does not name is taken as installed.</p>\n";
}

std::string drift_chart(const std::vector<audit::Drift>& drift) {
    using audit::DriftKind;
    constexpr std::pair<DriftKind, int> kinds[] = {{DriftKind::appeared, 1}, {DriftKind::changed, 1}, {DriftKind::unchanged, 2}, {DriftKind::fixed, 0}, {DriftKind::gone, 3}, {DriftKind::added, 0}};
    std::size_t most = 1;
    const auto count_of = [&](DriftKind kind) { return static_cast<std::size_t>(std::ranges::count(drift, kind, &audit::Drift::kind)); };
    for (const auto& [kind, tone] : kinds) most = std::max(most, count_of(kind));
    std::string shapes, sentences;
    std::size_t rows = 0;
    for (const auto& [kind, tone] : kinds) {
        const std::size_t count = count_of(kind);
        if (count == 0) continue;
        const int y = static_cast<int>(rows++) * row_height, width = scaled(count, most, bars_width);
        shapes += label(0, y, audit::drift_kind_name(kind)) + bar(tone, left, y, width) + label(left + width + 8, y, with_commas(count)) + '\n';
        sentences += with_commas(count) + ' ' + std::string(audit::drift_kind_name(kind)) + ". ";
    }
    return rows == 0 ? std::string{} : chart(rows, shapes, sentences);
}

}  // namespace schancfg::cli
