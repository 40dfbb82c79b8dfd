#include <algorithm>

#include "console/columns.hpp"
#include "render/doctor.hpp"
#include "render/escape.hpp"

namespace schancfg::cli {
namespace {

std::string cell(std::string_view text) { return escape(shorten(text, longest_cell)); }

/// Below the table: whole keys do not fit into a column.
class Footnotes {
public:
    std::string mark(const std::string& text) {
        if (text.empty()) return {};
        auto found = std::ranges::find(texts_, text);
        if (found == texts_.end()) found = texts_.insert(found, text);
        return " [" + std::to_string(found - texts_.begin() + 1) + ']';
    }
    [[nodiscard]] std::string text(std::size_t columns) const {
        std::string out;
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            std::string lead = "  [" + std::to_string(i + 1) + "] ";
            for (std::size_t at = 0; at < texts_[i].size();) {
                const std::size_t end = std::min(texts_[i].find("; ", at), texts_[i].size());
                const std::string text = cell(std::string_view(texts_[i]).substr(at, end - at));
                // A key is copied as a whole.
                out += text.find('\\') != std::string::npos ? lead + text + '\n' : paragraph(lead, text, columns);
                lead.assign(lead.size(), ' ');
                at = end + 2;
            }
        }
        return out;
    }

private:
    std::vector<std::string> texts_;
};

std::string evidence_text(const handshake::Agreement& agreement, std::size_t columns) {
    if (agreement.evidence.empty()) return {};
    Footnotes notes;
    std::vector<Facing> rows = {{"", "client", "server"}};
    for (const handshake::Evidence& each : agreement.evidence) {
        rows.push_back({(each.decides ? "> " : "  ") + cell(each.aspect), cell(each.client) + notes.mark(each.client_origin),
                        cell(each.server) + notes.mark(each.server_origin)});
    }
    const std::string below = notes.text(columns);
    return '\n' + side_by_side(rows, columns) + (below.empty() ? "" : '\n' + below);
}

std::string heading(std::string_view words, const Paint& paint) { return '\n' + paint.strong(words) + '\n'; }

std::string symptom_text(const DoctorView& view, const Sheet& sheet) {
    std::string out;
    if (view.symptom) {
        out += heading("what the error says", sheet.paint);
        const std::string words = symptom_words(*view.symptom);
        out += paragraph("  ", words.empty() ? cell(view.symptom->text) : words, sheet.columns);
    }
    const auto& causes = view.diagnosis.causes;
    if (causes.empty() || (causes.size() == 1 && !view.symptom)) return out;
    out += heading("possible causes, likeliest first", sheet.paint);
    std::string ruled_out;
    std::size_t number = 0;
    for (const handshake::Cause& cause : causes) {
        if (cause.fit == handshake::Fit::ruled_out) {
            (ruled_out += ruled_out.empty() ? "" : ", ") += cause.reason->id;
            continue;
        }
        out += paragraph("  " + std::to_string(++number) + ". ", std::string(cause.reason->title) + " [" + std::string(cause.reason->id) + ']', sheet.columns);
        out += paragraph("     " + std::string(handshake::fit_name(cause.fit)) + ": ", cell(cause.why), sheet.columns);
    }
    return ruled_out.empty() ? out : out + paragraph("  ruled out: ", ruled_out, sheet.columns);
}

std::string questions_text(const handshake::Agreement& agreement, const Sheet& sheet) {
    if (agreement.questions.empty()) return {};
    std::string out = heading("what to find out", sheet.paint);
    for (std::size_t i = 0; i < agreement.questions.size(); ++i) {
        const handshake::Question& question = agreement.questions[i];
        out += paragraph("  " + std::to_string(i + 1) + ". ", std::string(handshake::side_name(question.side)) + ": " + cell(question.text), sheet.columns);
        if (!question.command.empty()) out += "       " + escape(shorten(question.command, 2 * longest_cell)) + '\n';
    }
    return out;
}

std::string reservations(const handshake::Agreement& agreement, const Sheet& sheet) {
    std::string out;
    if (!agreement.provided.empty()) {
        out += heading("assumed, not verified", sheet.paint);
        for (const std::string& each : agreement.provided) out += paragraph("  - ", cell(each), sheet.columns);
    }
    if (!agreement.now_and_then.empty()) {
        out += heading("they agree, but not every time", sheet.paint);
        for (const handshake::Reason* each : agreement.now_and_then) {
            out += paragraph("  - ", std::string(each->title) + ". " + std::string(each->meaning), sheet.columns);
        }
    }
    return out;
}

std::string lint_lines(const FixView& view, std::size_t columns) {
    std::string out = paragraph("    lint: ", lint_words(view.findings), columns);
    for (const lint::Finding& finding : view.findings) {
        if (finding.severity == Severity::note) continue;
        out += paragraph("      " + std::string(lint::severity_name(finding.severity)) + ": ",
                         cell(finding.message) + " [" + std::string(finding.rule->id) + ']', columns);
    }
    return out;
}

std::string profile_lines(const std::string& profile, const Paint& paint) {
    std::string out;
    for (std::size_t at = 0; at < profile.size();) {
        const std::size_t end = std::min(profile.find('\n', at), profile.size());
        const std::string line = escape(profile.substr(at, end - at));
        out += (line.empty() ? line : "        " + paint.dim(line)) + '\n';
        at = end + 1;
    }
    return out;
}

std::string fix_text(const DoctorView& view, std::size_t at, const Sheet& sheet) {
    const FixView& each = view.fixes[at];
    const remedy::Fix& fix = each.fix;
    std::string out = paragraph(' ' + std::to_string(at + 1) + ". ", std::string(handshake::side_name(fix.side)) + ": " + cell(fix.title), sheet.columns);
    if (!fix.text.empty()) out += paragraph("    ", cell(fix.text), sheet.columns);
    for (const remedy::Condition& condition : fix.conditions) out += paragraph("    only if ", cell(remedy::condition_text(condition)), sheet.columns);
    if (!fix.updates.empty()) {
        std::string names;
        for (const std::string& update : fix.updates) (names += names.empty() ? "" : ", ") += update;
        out += paragraph("    updates: ", cell(names), sheet.columns);
    }
    if (!fix.risk.empty()) out += paragraph("    risk: ", cell(fix.risk), sheet.columns);
    if (each.impact) out += paragraph("    others: ", impact_sentence(each), sheet.columns);
    else if (fix.weakens) out += paragraph("    others: ", "no other peers are known; name them with --peers", sheet.columns);
    if (fix.restart) out += paragraph("    restart: ", "the computer, or at least the services that use TLS", sheet.columns);
    if (each.profile.empty()) return out;
    if (!fix.builtin.empty()) out += paragraph("    shipped: ", "schancfg apply " + std::string(fix.builtin), sheet.columns);
    out += lint_lines(each, sheet.columns);
    out += view.saved == at ? paragraph("    profile, saved as ", escape(view.saved_as), sheet.columns) : "    profile:\n";
    return out + '\n' + profile_lines(each.profile, sheet.paint);
}

std::string fixes_text(const DoctorView& view, const Sheet& sheet) {
    if (view.fixes.empty()) return {};
    const bool is_known = view.diagnosis.agreement.verdict != handshake::Verdict::unknown;
    std::string out = heading(is_known ? "what to do, safest first" : "what would fix it, safest first", sheet.paint);
    for (std::size_t at = 0; at < view.fixes.size(); ++at) {
        if (at > 0) out += '\n';
        out += fix_text(view, at, sheet);
    }
    return out;
}

}  // namespace

std::string doctor_text(const DoctorView& view, const Sheet& sheet) {
    const handshake::Agreement& agreement = view.diagnosis.agreement;
    std::string out;
    for (const std::string& line : wrap(verdict_line(agreement), sheet.columns)) out += sheet.paint.strong(line) + '\n';
    out += '\n' + paragraph("client  ", end_words(view.client), sheet.columns) + paragraph("server  ", end_words(view.server), sheet.columns);
    for (const handshake::End* end : {&view.client, &view.server}) {
        if (const std::string assumed = assumed_sentence(*end); !assumed.empty()) out += '\n' + paragraph("", assumed, sheet.columns);
    }
    out += evidence_text(agreement, sheet.columns);
    if (agreement.reason && agreement.verdict == handshake::Verdict::disagree) {
        out += '\n' + paragraph("", std::string(agreement.reason->meaning) + " [" + std::string(agreement.reason->id) + ']', sheet.columns);
    }
    out += symptom_text(view, sheet);
    out += questions_text(agreement, sheet);
    out += reservations(agreement, sheet);
    if (agreement.verdict == handshake::Verdict::agree) out += '\n' + paragraph("", unchecked_sentence(agreement), sheet.columns);
    out += fixes_text(view, sheet);
    if (!view.note.empty()) out += '\n' + paragraph("", view.note, sheet.columns);
    return out;
}

}  // namespace schancfg::cli
