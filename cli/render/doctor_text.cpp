#include <algorithm>

#include "render/columns.hpp"
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
    [[nodiscard]] std::string text() const {
        std::string out;
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            std::string lead = "  [" + std::to_string(i + 1) + "] ";
            for (std::size_t at = 0; at < texts_[i].size();) {
                const std::size_t end = std::min(texts_[i].find("; ", at), texts_[i].size());
                out += lead + cell(std::string_view(texts_[i]).substr(at, end - at)) + '\n';
                lead.assign(lead.size(), ' ');
                at = end + 2;
            }
        }
        return out;
    }

private:
    std::vector<std::string> texts_;
};

std::string evidence_text(const handshake::Agreement& agreement) {
    if (agreement.evidence.empty()) return {};
    Footnotes notes;
    std::vector<Facing> rows = {{"", "client", "server"}};
    for (const handshake::Evidence& each : agreement.evidence) {
        rows.push_back({(each.decides ? "> " : "  ") + cell(each.aspect), cell(each.client) + notes.mark(each.client_origin),
                        cell(each.server) + notes.mark(each.server_origin)});
    }
    const std::string below = notes.text();
    return '\n' + side_by_side(rows) + (below.empty() ? "" : '\n' + below);
}

std::string heading(std::string_view words, const Paint& paint) { return '\n' + paint.strong(words) + '\n'; }

std::string symptom_text(const DoctorView& view, const Paint& paint) {
    std::string out;
    if (view.symptom) {
        out += heading("what the error says", paint);
        const std::string words = symptom_words(*view.symptom);
        out += paragraph("  ", words.empty() ? cell(view.symptom->text) : words);
    }
    const auto& causes = view.diagnosis.causes;
    if (causes.empty() || (causes.size() == 1 && !view.symptom)) return out;
    out += heading("possible causes, likeliest first", paint);
    std::string ruled_out;
    std::size_t number = 0;
    for (const handshake::Cause& cause : causes) {
        if (cause.fit == handshake::Fit::ruled_out) {
            (ruled_out += ruled_out.empty() ? "" : ", ") += cause.reason->id;
            continue;
        }
        out += paragraph("  " + std::to_string(++number) + ". ", std::string(cause.reason->title) + " [" + std::string(cause.reason->id) + ']');
        out += paragraph("     " + std::string(handshake::fit_name(cause.fit)) + ": ", cell(cause.why));
    }
    return ruled_out.empty() ? out : out + paragraph("  ruled out: ", ruled_out);
}

std::string questions_text(const handshake::Agreement& agreement, const Paint& paint) {
    if (agreement.questions.empty()) return {};
    std::string out = heading("what to find out", paint);
    for (std::size_t i = 0; i < agreement.questions.size(); ++i) {
        const handshake::Question& question = agreement.questions[i];
        out += paragraph("  " + std::to_string(i + 1) + ". ", std::string(handshake::side_name(question.side)) + ": " + cell(question.text));
        if (!question.command.empty()) out += "       " + escape(shorten(question.command, 2 * longest_cell)) + '\n';
    }
    return out;
}

std::string reservations(const handshake::Agreement& agreement, const Paint& paint) {
    std::string out;
    if (!agreement.provided.empty()) {
        out += heading("assumed, not verified", paint);
        for (const std::string& each : agreement.provided) out += paragraph("  - ", cell(each));
    }
    if (!agreement.now_and_then.empty()) {
        out += heading("they agree, but not every time", paint);
        for (const handshake::Reason* each : agreement.now_and_then) {
            out += paragraph("  - ", std::string(each->title) + ". " + std::string(each->meaning));
        }
    }
    return out;
}

std::string lint_lines(const FixView& view) {
    std::string out = paragraph("    lint: ", lint_words(view.findings));
    for (const lint::Finding& finding : view.findings) {
        if (finding.severity == Severity::note) continue;
        out += paragraph("      " + std::string(lint::severity_name(finding.severity)) + ": ",
                         cell(finding.message) + " [" + std::string(finding.rule->id) + ']');
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

std::string fix_text(const DoctorView& view, std::size_t at, const Paint& paint) {
    const FixView& each = view.fixes[at];
    const remedy::Fix& fix = each.fix;
    std::string out = paragraph(' ' + std::to_string(at + 1) + ". ", std::string(handshake::side_name(fix.side)) + ": " + cell(fix.title));
    if (!fix.text.empty()) out += paragraph("    ", cell(fix.text));
    for (const remedy::Condition& condition : fix.conditions) out += paragraph("    only if ", cell(remedy::condition_text(condition)));
    if (!fix.updates.empty()) {
        std::string names;
        for (const std::string& update : fix.updates) (names += names.empty() ? "" : ", ") += update;
        out += paragraph("    updates: ", cell(names));
    }
    if (!fix.risk.empty()) out += paragraph("    risk: ", cell(fix.risk));
    if (each.impact) out += paragraph("    others: ", impact_sentence(each));
    else if (fix.weakens) out += paragraph("    others: ", "no other peers are known; name them with --peers");
    if (fix.restart) out += paragraph("    restart: ", "the computer, or at least the services that use TLS");
    if (each.profile.empty()) return out;
    if (!fix.builtin.empty()) out += paragraph("    shipped: ", "schancfg apply " + std::string(fix.builtin));
    out += lint_lines(each);
    out += view.saved == at ? paragraph("    profile, saved as ", escape(view.saved_as)) : "    profile:\n";
    return out + '\n' + profile_lines(each.profile, paint);
}

std::string fixes_text(const DoctorView& view, const Paint& paint) {
    if (view.fixes.empty()) return {};
    const bool is_known = view.diagnosis.agreement.verdict != handshake::Verdict::unknown;
    std::string out = heading(is_known ? "what to do, safest first" : "what would fix it, safest first", paint);
    for (std::size_t at = 0; at < view.fixes.size(); ++at) {
        if (at > 0) out += '\n';
        out += fix_text(view, at, paint);
    }
    return out;
}

}  // namespace

std::string doctor_text(const DoctorView& view, const Paint& paint) {
    const handshake::Agreement& agreement = view.diagnosis.agreement;
    std::string out;
    for (const std::string& line : wrap(verdict_line(agreement), text_width)) out += paint.strong(line) + '\n';
    out += '\n' + paragraph("client  ", end_words(view.client)) + paragraph("server  ", end_words(view.server));
    for (const handshake::End* end : {&view.client, &view.server}) {
        if (const std::string assumed = assumed_sentence(*end); !assumed.empty()) out += '\n' + paragraph("", assumed);
    }
    out += evidence_text(agreement);
    if (agreement.reason && agreement.verdict == handshake::Verdict::disagree) {
        out += '\n' + paragraph("", std::string(agreement.reason->meaning) + " [" + std::string(agreement.reason->id) + ']');
    }
    out += symptom_text(view, paint);
    out += questions_text(agreement, paint);
    out += reservations(agreement, paint);
    if (agreement.verdict == handshake::Verdict::agree) out += '\n' + paragraph("", unchecked_sentence(agreement));
    out += fixes_text(view, paint);
    if (!view.note.empty()) out += '\n' + paragraph("", view.note);
    return out;
}

}  // namespace schancfg::cli
