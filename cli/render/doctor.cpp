#include "render/doctor.hpp"

#include <algorithm>

#include "render/effect.hpp"
#include "render/escape.hpp"
#include "schancfg/ascii.hpp"

namespace schancfg::cli {
namespace {

std::string counted(std::size_t count, std::string_view one) {
    return std::to_string(count).append(1, ' ').append(one).append(count == 1 ? "" : "s");
}

std::string code_words(const facts::Code& code) {
    std::string out = code.kind == facts::CodeKind::event ? "event " + std::to_string(code.number) : std::string(code.name);
    if (code.kind == facts::CodeKind::tls_alert && code.number != facts::no_number) out += " (alert " + std::to_string(code.number) + ')';
    return out + ": " + std::string(code.meaning);
}

}  // namespace

std::string handshake_words(const handshake::Handshake& handshake) {
    if (handshake.protocol.empty()) return {};
    std::string out = handshake.protocol;
    if (!handshake.suite_name.empty()) out += " with " + handshake.suite_name;
    if (!handshake.group.empty()) out += ", " + handshake.group;
    else if (handshake.bits != 0) out += ", Diffie-Hellman of " + std::to_string(handshake.bits) + " bits";
    return escape(shorten(out, longest_cell));
}

std::string verdict_line(const handshake::Agreement& agreement) {
    std::string message = escape(shorten(agreement.message, longest_cell));
    if (agreement.verdict == handshake::Verdict::disagree) return "They can't agree: " + message;
    if (!message.empty()) message.front() = ascii::to_upper(message.front());
    return message;
}

std::string end_words(const handshake::End& end) {
    const auto shown = [](const std::string& text) { return escape(shorten(text, 200)); };
    std::string out = shown(end.label);
    if (end.release) out += " (" + std::string(end.release->name) + ')';
    if (end.application && end.application->id != "schannel") {
        out += ", " + std::string(end.application->name);
    }
    if (end.service) out += ", " + std::string(end.service->name);
    if (end.kind == handshake::EndKind::seen) {
        out += ", seen by " + shown(end.peer.tool) + (end.peer.tool_version.empty() ? "" : ' ' + shown(end.peer.tool_version));
        if (!end.peer.time.empty()) out += " (" + shown(end.peer.time) + ')';
    } else if (end.kind == handshake::EndKind::described) {
        out += ", described in a peer file";
    }
    return out;
}

std::string impact_sentence(const FixView& view) {
    if (!view.impact) return {};
    const remedy::FixImpact& impact = *view.impact;
    const auto of_all = [&impact](std::size_t count) { return std::to_string(count) + " of " + counted(impact.peers, "other known peer"); };
    if (impact.peers == 0) return "none of the other known peers connect to this end";
    std::string out;
    const auto add = [&out](const std::string& words) { (out += out.empty() ? "" : "; ") += words; };
    if (impact.cut_off != 0) add("cuts off " + of_all(impact.cut_off));
    if (impact.exposed != 0) add("weakens the machine for " + of_all(impact.exposed) + " as well");
    if (impact.weakened != 0) add("makes the connection weaker with " + of_all(impact.weakened));
    if (impact.reached != 0) add("makes " + of_all(impact.reached) + " reachable, too");
    return out.empty() ? "cuts off or weakens none of " + counted(impact.peers, "other known peer") : out;
}

std::string assumed_sentence(const handshake::End& end) {
    if (end.assumed.empty()) return {};
    return assumed_line(end.assumed, escape(shorten(end.label, 200))) + '.';
}

std::string unchecked_sentence(const handshake::Agreement& agreement) {
    std::vector<std::string> words;
    for (const handshake::Unchecked each : agreement.not_checked) {
        switch (each) {
            case handshake::Unchecked::trust: words.emplace_back("whether the certificate is trusted"); break;
            case handshake::Unchecked::name: words.emplace_back("its name"); break;
            case handshake::Unchecked::dates: words.emplace_back("its dates"); break;
            case handshake::Unchecked::revocation: words.emplace_back("whether it is revoked"); break;
            case handshake::Unchecked::program: words.emplace_back("which protocols the program asks for (--app)"); break;
        }
    }
    if (words.empty()) return {};
    std::string out = "Not looked at: ";
    for (std::size_t at = 0; at < words.size(); ++at) out += (at == 0 ? "" : at + 1 == words.size() ? " and " : ", ") + words[at];
    return out + '.';
}

std::string lint_words(const lint::Findings& findings) {
    std::string out;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const auto count = static_cast<std::size_t>(std::ranges::count(findings, severity, &lint::Finding::severity));
        if (count == 0) continue;
        out += (out.empty() ? "" : ", ") + counted(count, lint::severity_name(severity));
    }
    return out.empty() ? "nothing" : out;
}

std::string symptom_words(const handshake::Symptom& symptom) {
    std::string out;
    const auto add = [&out](std::string_view words) { (out += out.empty() ? "" : "; ") += words; };
    if (symptom.code) add(code_words(*symptom.code));
    if (symptom.alert && symptom.alert != symptom.code) add(code_words(*symptom.alert));
    if (symptom.internal_state) {
        const std::string_view meaning = handshake::internal_state_meaning(*symptom.internal_state);
        add("internal state " + std::to_string(*symptom.internal_state) + ": " + std::string(meaning.empty() ? "its meaning is not documented" : meaning));
    }
    if (symptom.message && symptom.message->event == 0) add('"' + std::string(symptom.message->text) + "\" is a message of " + std::string(symptom.message->by));
    return escape(out);
}

std::string show_doctor(const DoctorView& view, const Options& options) {
    const std::string format = options.format();
    if (format == "json") return doctor_json(view);
    if (format == "markdown") return doctor_markdown(view);
    return doctor_text(view, sheet_for(options));
}

}  // namespace schancfg::cli
