#include <optional>

#include "explain/parts.hpp"
#include "handshake/symptoms_tables.hpp"
#include "schancfg/lint/rules.hpp"
#include "schancfg/handshake/reasons.hpp"
#include "schancfg/handshake/symptoms.hpp"
#include "schancfg/facts/codes.hpp"
#include "schancfg/facts/conflicts.hpp"
#include "schancfg/facts/updates.hpp"

namespace schancfg::explain {
namespace {

using facts::Code;
using facts::CodeKind;

std::string_view kind_of(CodeKind kind) {
    switch (kind) {
        case CodeKind::tls_alert: return "alert";
        case CodeKind::event: return "event";
        case CodeKind::sspi_status:
        case CodeKind::certificate_status:
        case CodeKind::key_status:
        case CodeKind::nt_status:
        case CodeKind::winhttp_error:
        case CodeKind::win32_error:
        case CodeKind::socket_error:
        case CodeKind::remote_desktop_error:
        case CodeKind::browser_error: break;
    }
    return "code";
}

/// As it is printed where it is met; empty: its status says it.
std::string number_text(const Code& code, std::uint32_t number) {
    switch (code.kind) {
        case CodeKind::tls_alert: return std::to_string(number);
        case CodeKind::browser_error: return code.number == facts::no_number ? std::string{} : std::to_string(static_cast<std::int32_t>(code.number));
        case CodeKind::remote_desktop_error: return std::to_string(code.number) + " (" + hex_text(code.number, 3) + ")";
        case CodeKind::winhttp_error:
        case CodeKind::win32_error:
        case CodeKind::socket_error: return code.number == code.status ? std::string{} : std::to_string(code.number);
        case CodeKind::sspi_status:
        case CodeKind::certificate_status:
        case CodeKind::key_status:
        case CodeKind::nt_status:
        case CodeKind::event: break;
    }
    return {};
}

Explanation of(const Code& code, std::uint32_t number) {
    Explanation out;
    out.kind = kind_of(code.kind);
    out.name = code.kind == CodeKind::event ? "event " + std::to_string(code.number) : std::string(code.name);
    out.summary = code.meaning;
    add_detail(out, "what", facts::code_kind_name(code.kind));
    if (code.kind == CodeKind::event) add_detail(out, "log", "System, source Schannel");
    add_detail(out, "number", number_text(code, number));
    if (code.status != 0 && code.kind != CodeKind::tls_alert) {
        add_detail(out, "hexadecimal", hex_text(code.status, 8));
        add_detail(out, "signed", std::to_string(static_cast<std::int32_t>(code.status)));
    }
    add_detail(out, "becomes", code.maps_to.empty() ? "" : std::string(code.maps_to) + " (" + hex_text(code.status, 8) + ")");
    if (code.kind == CodeKind::sspi_status) {
        for (const Code& alert : facts::codes()) {
            if (alert.kind == CodeKind::tls_alert && alert.maps_to == code.name && alert.number != facts::no_number) {
                out.gates.push_back("alert " + std::to_string(alert.number) + " " + std::string(alert.name));
            }
        }
    }
    add_detail(out, "likely cause", code.likely_cause);
    std::string causes;
    for (const handshake::ReasonId reason : handshake::causes_of(code)) causes.append(causes.empty() ? "" : ", ").append(handshake::reason_of(reason).id);
    add_detail(out, "can mean", causes);
    add_detail(out, "note", code.notes);
    if (code.kind == CodeKind::event && code.number == 36871) out.traps = {"no-protocol-left"};
    if (code.kind == CodeKind::event && code.number == 36874) out.traps = {"no-suite-left", "only-ecdsa-suites"};
    if (code.kind == CodeKind::event && code.number == 36888) out.traps = {"dhe-leading-zero"};
    if (code.kind == CodeKind::event && code.number == 36887) out.traps = {"ems-off"};
    if (code.name.ends_with("_INADEQUATE_TRANSPORT_SECURITY")) out.traps = {"http2-blocklisted-first"};
    add_sources(out, code.source);
    return out;
}

std::string_view after(std::string_view word, std::string_view lead) {
    return same_word(word.substr(0, lead.size()), lead) ? word.substr(lead.size()) : std::string_view{};
}

Explanation of(const facts::Update& update) {
    Explanation out;
    out.kind = "update";
    out.name = update.id;
    out.summary = update.changes;
    add_detail(out, "also", update.also);
    add_detail(out, "what", update.article ? "an article, nothing to install" : "an update");
    add_detail(out, "subject", update.subject);
    add_detail(out, "applies to", update.applies_to);
    std::string releases;
    for (const std::string_view release : update.releases) releases.append(releases.empty() ? "" : ", ").append(release);
    add_detail(out, "releases", releases);
    add_detail(out, "build", update.build);
    add_detail(out, "confidence", facts::confidence_name(update.confidence));
    for (const lint::LintRule& rule : lint::lint_rules()) {
        if (rule.sources.find(update.id) != std::string_view::npos) out.traps.push_back(rule.id);
    }
    add_sources(out, update.source);
    return out;
}

Explanation of(const lint::LintRule& rule) {
    Explanation out;
    out.kind = "rule";
    out.name = rule.id;
    out.summary = rule.title;
    add_detail(out, "severity", lint::severity_name(rule.severity));
    add_detail(out, "what breaks", rule.breaks);
    add_detail(out, "how to fix", rule.fix);
    if (!lint::is_of_files(rule)) add_detail(out, "allow", "schancfg: allow " + std::string(rule.id) + " REASON, in a comment on the line or alone above it");
    add_detail(out, "trap", rule.footgun);
    add_sources(out, rule.sources);
    return out;
}

Explanation of(const handshake::Reason& reason) {
    Explanation out;
    out.kind = "reason";
    out.name = reason.id;
    out.summary = reason.title;
    add_detail(out, "when", handshake::stage_name(reason.stage));
    add_detail(out, "what happens", reason.meaning);
    add_detail(out, "what helps", reason.remedy);
    std::string codes;
    for (const Code& code : facts::codes()) {
        const handshake::ReasonList causes = handshake::causes_of(code);
        if (causes.empty() || causes.front() != reason.code) continue;
        const bool numbered = code.kind == CodeKind::event;
        codes.append(codes.empty() ? "" : ", ").append(numbered ? "event " + std::to_string(code.number) : std::string(code.name));
    }
    add_detail(out, "shows as", codes);
    add_sources(out, reason.source);
    return out;
}

Explanation of(const facts::Conflict& conflict) {
    Explanation out;
    out.kind = "conflict";
    out.name = conflict.id;
    out.summary = std::string(conflict.topic) + ": sources contradict each other";
    add_detail(out, "one says", conflict.one);
    add_detail(out, "the other says", conflict.other);
    add_detail(out, "what counts", conflict.weighed.empty() ? std::string_view("not certain") : conflict.weighed);
    add_sources(out, conflict.one_source);
    add_sources(out, conflict.other_source);
    return out;
}

}  // namespace

void explain_codes(std::string_view word, Explanations& into) {
    // `alert 40` and `event 36888` as people say them.
    const std::string_view alert = after(word, "alert ");
    const std::string_view event = after(word, "event ");
    const std::string_view name = !alert.empty() ? alert : !event.empty() ? event : word;
    const auto number = facts::code_number(name);
    bool found = false;
    for (const Code& code : facts::codes()) {
        const bool meant = alert.empty() ? event.empty() || code.kind == CodeKind::event : code.kind == CodeKind::tls_alert;
        const bool named = code.kind != CodeKind::event && !is_any_other_alert(code) && same_word(code.name, name);
        if (meant && (named || (number && facts::stands_for(code, *number)))) {
            into.push_back(of(code, code.number));
            found = true;
        }
    }
    constexpr std::uint32_t last_alert = 255;
    if (!found && !alert.empty() && number && *number <= last_alert) {
        if (const Code* others = facts::find_code(CodeKind::tls_alert, *number)) into.push_back(of(*others, *number));
    }
}

void explain_message(std::string_view word, Explanations& into) {
    const auto symptom = handshake::read_symptom(word);
    if (!symptom) return;
    // A state that nobody knows is explained as states are.
    if (symptom->message == nullptr && symptom->code == nullptr && !symptom->alert_number) return explain_terms("internal error state", into);
    Explanation out;
    out.kind = "message";
    out.name = symptom->message != nullptr ? std::string(symptom->message->text) : std::string(word.substr(0, 200));
    out.summary = symptom->code != nullptr ? std::string(symptom->code->meaning) : symptom->alert != nullptr ? std::string(symptom->alert->meaning)
                                                                                                             : "a message that a connection failed";
    if (symptom->message != nullptr) add_detail(out, "by", symptom->message->by);
    if (symptom->code != nullptr) add_detail(out, "code", symptom->code->kind == CodeKind::event ? "event " + std::to_string(symptom->code->number) : std::string(symptom->code->name));
    if (symptom->alert_number) add_detail(out, "alert", std::to_string(*symptom->alert_number) + (symptom->alert != nullptr ? " " + std::string(symptom->alert->name) : ""));
    std::string causes;
    for (const handshake::Reason* reason : symptom->causes) causes.append(causes.empty() ? "" : ", ").append(reason->id);
    add_detail(out, "can mean", causes);
    if (!symptom->causes.empty()) add_detail(out, "first", symptom->causes.front()->remedy);
    into.push_back(std::move(out));
}

void explain_updates(std::string_view word, Explanations& into) {
    if (const facts::Update* update = facts::find_update(word)) into.push_back(of(*update));
}

void explain_reasons(std::string_view word, Explanations& into) {
    if (const handshake::Reason* reason = handshake::find_reason(word)) into.push_back(of(*reason));
}

void explain_rules(std::string_view word, Explanations& into) {
    for (const lint::LintRule& rule : lint::lint_rules()) {
        if (same_word(rule.id, word) || (!rule.footgun.empty() && same_word(rule.footgun, word))) into.push_back(of(rule));
    }
    for (const lint::LintRule& rule : lint::file_rules()) {
        if (same_word(rule.id, word)) into.push_back(of(rule));
    }
    if (const facts::Conflict* conflict = facts::find_conflict(word)) into.push_back(of(*conflict));
}

}  // namespace schancfg::explain
