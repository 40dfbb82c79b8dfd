#include <algorithm>

#include "render/doctor.hpp"
#include "render/escape.hpp"

namespace schancfg::cli {
namespace {

std::string cell(std::string_view text) { return markdown_text(shorten(text, longest_cell)); }

std::string with_origin(const std::string& text, const std::string& origin) {
    return cell(text) + (origin.empty() ? "" : "<br>" + markdown_code(origin));
}

// A block of code whose fence is longer than any run of backquotes in it.
std::string fenced(std::string_view language, const std::string& text, const std::string& indent) {
    std::size_t longest = 2;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    std::string out = indent + fence + std::string(language) + '\n';
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = escape(text.substr(at, end - at));
        out += line.empty() ? "\n" : indent + line + '\n';
        at = end + 1;
    }
    return out + indent + fence + '\n';
}

std::string evidence_table(const handshake::Agreement& agreement) {
    if (agreement.evidence.empty()) return {};
    std::string out = "\n| | Client | Server |\n| --- | --- | --- |\n";
    for (const handshake::Evidence& each : agreement.evidence) {
        const std::string aspect = cell(each.aspect);
        out += "| " + (each.decides ? "**" + aspect + "**" : aspect) + " | " + with_origin(each.client, each.client_origin) + " | " +
               with_origin(each.server, each.server_origin) + " |\n";
    }
    return out;
}

std::string causes_table(const DoctorView& view) {
    std::string out;
    if (view.symptom) {
        const std::string words = symptom_words(*view.symptom);
        out += "\n**The error:** " + cell(words.empty() ? view.symptom->text : words) + '\n';
    }
    const auto& causes = view.diagnosis.causes;
    if (causes.empty() || (causes.size() == 1 && !view.symptom)) return out;
    out += "\n| Cause | | Why |\n| --- | --- | --- |\n";
    for (const handshake::Cause& cause : causes) {
        out += "| " + markdown_text(cause.reason->title) + " (" + markdown_code(cause.reason->id) + ") | " + std::string(handshake::fit_name(cause.fit)) +
               " | " + cell(cause.why) + " |\n";
    }
    return out;
}

std::string questions_list(const handshake::Agreement& agreement) {
    if (agreement.questions.empty()) return {};
    std::string out = "\n**To find out**\n\n";
    for (std::size_t i = 0; i < agreement.questions.size(); ++i) {
        const handshake::Question& question = agreement.questions[i];
        out += std::to_string(i + 1) + ". " + std::string(handshake::side_name(question.side)) + ": " + cell(question.text) +
               (question.command.empty() ? "" : ": " + markdown_code(shorten(question.command, 2 * longest_cell))) + '\n';
    }
    return out;
}

std::string reservations(const handshake::Agreement& agreement) {
    std::string out;
    if (!agreement.provided.empty()) out += "\nNot known, and taken to be no obstacle:\n\n";
    for (const std::string& each : agreement.provided) out += "- " + cell(each) + '\n';
    if (!agreement.now_and_then.empty()) out += "\nThey agree, but not every time:\n\n";
    for (const handshake::Reason* each : agreement.now_and_then) {
        out += "- " + markdown_text(each->title) + ". " + markdown_text(each->meaning) + '\n';
    }
    return out;
}

std::string fix_item(const DoctorView& view, std::size_t at) {
    const FixView& each = view.fixes[at];
    const remedy::Fix& fix = each.fix;
    const std::string indent = "   ";
    const std::string side = fix.side == handshake::Side::both ? "both ends" : "the " + std::string(handshake::side_name(fix.side));
    std::string out = std::to_string(at + 1) + ". **" + cell(fix.title) + "** (" + side + ")\n";
    const auto add = [&](std::string_view label, const std::string& text) {
        if (!text.empty()) out += '\n' + indent + std::string(label) + text + '\n';
    };
    add("", cell(fix.text));
    for (const remedy::Condition& condition : fix.conditions) add("Only if ", cell(remedy::condition_text(condition)));
    std::string updates;
    for (const std::string& update : fix.updates) (updates += updates.empty() ? "" : ", ") += update;
    add("Updates: ", cell(updates));
    add("Risk: ", cell(fix.risk));
    if (each.impact || fix.weakens) add("Others: ", markdown_text(each.impact ? impact_sentence(each) : "no other peers are known"));
    if (fix.restart) add("Restart: ", "the computer, or at least the services that use TLS");
    if (each.profile.empty()) return out;
    if (!fix.builtin.empty()) add("Shipped: ", markdown_code("schancfg apply " + std::string(fix.builtin)));
    add("Lint: ", lint_words(each.findings));
    for (const lint::Finding& finding : each.findings) {
        if (finding.severity == Severity::note) continue;
        out += indent + "- " + std::string(lint::severity_name(finding.severity)) + ": " + cell(finding.message) + " (" +
               markdown_code(finding.rule->id) + ")\n";
    }
    return out + '\n' + fenced("toml", each.profile, indent);
}

}  // namespace

std::string doctor_markdown(const DoctorView& view) {
    const handshake::Agreement& agreement = view.diagnosis.agreement;
    std::string out = "### " + markdown_text(verdict_line(agreement)) + "\n\n- client: " + markdown_text(end_words(view.client)) + "\n- server: " +
                      markdown_text(end_words(view.server)) + '\n';
    for (const handshake::End* end : {&view.client, &view.server}) {
        if (const std::string assumed = assumed_sentence(*end); !assumed.empty()) out += '\n' + markdown_text(assumed) + '\n';
    }
    out += evidence_table(agreement);
    if (agreement.reason && agreement.verdict == handshake::Verdict::disagree) {
        out += '\n' + markdown_text(agreement.reason->meaning) + " (" + markdown_code(agreement.reason->id) + ")\n";
    }
    out += causes_table(view) + questions_list(agreement) + reservations(agreement);
    if (agreement.verdict == handshake::Verdict::agree) out += '\n' + markdown_text(unchecked_sentence(agreement)) + '\n';
    const std::string_view heading = agreement.verdict == handshake::Verdict::unknown ? "What would fix it" : "To do";
    if (!view.fixes.empty()) out += "\n**" + std::string(heading) + ", safest first**\n\n";
    for (std::size_t at = 0; at < view.fixes.size(); ++at) out += (at > 0 ? "\n" : "") + fix_item(view, at);
    if (!view.note.empty()) out += '\n' + markdown_text(view.note) + '\n';
    return out;
}

}  // namespace schancfg::cli
