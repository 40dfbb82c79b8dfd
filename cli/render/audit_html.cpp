#include <algorithm>

#include "render/audit.hpp"
#include "render/audit_charts.hpp"
#include "render/decisions.hpp"
#include "render/effect.hpp"
#include "render/escape.hpp"
#include "render/page.hpp"

namespace schancfg::cli {
namespace {

using audit::Machine;
using audit::Verdict;

std::string figure(std::size_t number, std::string_view what, std::string_view tone) {
    return "<div><b class=\"" + std::string(tone) + "\">" + with_commas(number) + "</b>" + std::string(what) + "</div>\n";
}

std::string names_html(const audit::LikeMachines& group) {
    std::string out = "<ul class=\"names\">";
    for (const Machine* machine : group.machines) {
        out += "<li>" + html_text(machine->name);
        if (machine->release != nullptr) out += " <span class=\"faint\">" + html_text(machine->release->name) + "</span>";
        out += "</li>";
    }
    return out + "</ul>\n";
}

std::string group_html(const audit::LikeMachines& group) {
    const Machine& first = *group.example;
    const plan::Plan plan = open_plan(first);
    const auto errors = open_errors(first);
    std::string find;
    for (const Machine* machine : group.machines) find += escape(machine->name) + ' ';
    std::string rows, subjects;
    for (const Decision& decision : decisions(plan, first.release)) {
        std::string cell;
        for (const std::string& subject : decision.subjects) {
            cell += (cell.empty() ? "" : "<br>") + html_text(subject);
            find += escape(subject) + ' ';
            if (subjects.size() < 160) subjects += (subjects.empty() || subjects.ends_with("; ") ? "" : ", ") + subject;
        }
        // What is there tells one group from another that differs in the same settings.
        if (subjects.size() < 160) subjects += ": " + decision.before + "; ";
        rows += "<tr><td>" + cell + "</td><td>" + html_text(decision.before) + "</td><td>" + html_text(decision.after) + "</td></tr>\n";
    }
    if (subjects.ends_with("; ")) subjects.resize(subjects.size() - 2);
    std::string out = "<details data-find=\"" + html_text(find) + "\"><summary><strong>" + with_commas(group.machines.size()) +
                      (group.machines.size() == 1 ? " machine" : " machines") + "</strong>: " + html_text(shorten(subjects.empty() && !errors.empty() ? errors.front()->message : subjects, 200)) +
                      "</summary><div>\n" + names_html(group);
    if (!rows.empty()) out += "<table><thead><tr><th>Setting</th><th>Now</th><th>" + html_text(first.policy) + "</th></tr></thead><tbody>\n" + rows + "</tbody></table>\n";
    if (group.several_releases && first.release != nullptr && !first.judgement->effects.empty()) out += "<p>On " + html_text(first.release->name) + ":</p>\n";
    out += differences_html(first.judgement->effects);
    for (const lint::Finding* finding : errors) out += "<p class=\"bad\">" + html_text(finding->message) + " " + html_code(finding->rule->id) + "</p>\n";
    return out + "</div></details>\n";
}

std::string list_html(const AuditView& view, Verdict verdict, std::string_view heading) {
    std::string rows;
    for (const Machine& machine : view.machines) {
        if (machine.verdict != verdict) continue;
        rows += "<tr data-find=\"" + html_text(machine.name) + "\"><td>" + html_text(machine.name) + "</td><td>" + html_text(shorten(machine.why, 300)) + "</td></tr>\n";
    }
    if (rows.empty()) return {};
    return "<h2>" + std::string(heading) + "</h2>\n<table><thead><tr><th>Machine</th><th>Why</th></tr></thead><tbody>\n" + rows + "</tbody></table>\n";
}

std::string drift_html(const AuditView& view) {
    if (!view.drift) return {};
    return html_heading("Since " + view.baseline) + html_paragraph(drift_summary(*view.drift)) + drift_chart(*view.drift);
}

/// Machine by machine, what has not stayed as it was.
std::string drift_list(const AuditView& view) {
    std::string rows;
    for (const audit::Drift& each : view.drift.value_or(std::vector<audit::Drift>{})) {
        if (each.kind == audit::DriftKind::unchanged) continue;
        const std::string_view tone = each.kind == audit::DriftKind::fixed || each.kind == audit::DriftKind::added ? "good" : each.kind == audit::DriftKind::gone ? "faint" : "bad";
        rows += "<tr data-find=\"" + html_text(each.machine) + "\"><td class=\"" + std::string(tone) + "\">" + std::string(drift_kind_name(each.kind)) + "</td><td>" +
                html_text(each.machine) + "</td></tr>\n";
    }
    if (rows.empty()) return {};
    return html_heading("What changed since " + view.baseline) + html_folded("Machine by machine", "<table><thead><tr><th scope=\"col\">What</th><th scope=\"col\">Machine</th></tr></thead><tbody>\n" + rows + "</tbody></table>\n");
}

std::string waivers_html(const AuditView& view) {
    std::string rows;
    const auto add = [&](const std::vector<const codec::Waiver*>& waivers, std::string_view state) {
        for (const codec::Waiver* waiver : waivers) {
            rows += "<tr><td>" + std::string(state) + "</td><td>" + waiver->until + "</td><td>" + html_text(waiver->machine) + "</td><td>" +
                    html_text(waived_by(*waiver)) + "</td><td>" + html_text(waiver->reason) + "</td></tr>\n";
        }
    };
    add(view.expired, "expired");
    add(view.unused, "unused");
    if (rows.empty()) return {};
    return "<h2>Waivers</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Waivers\"><table><thead><tr><th>State</th><th>Until</th><th>Machine</th><th>What</th><th>Reason</th></tr></thead><tbody>\n" + rows + "</tbody></table></div>\n";
}

}  // namespace

std::string audit_html(const AuditView& view) {
    const audit::FleetSummary& summary = view.summary;
    std::string profiles;
    for (const std::string& name : view.profiles) profiles += (profiles.empty() ? "" : ", ") + name;
    std::string body = "<h1>TLS audit</h1>\n<p class=\"faint\">" + view.day + (view.machines_asked ? ", against " + html_text(profiles) : std::string()) + "</p>\n";
    if (!view.machines_asked) return html_page("TLS audit, " + view.day, body + html_search() + usage_html(*view.usage), search_script);
    if (view.partial) body += "<p class=\"bad\">Interrupted: " + with_commas(view.looked_for - summary.machines) + " of " + with_commas(view.looked_for) + " sources were not looked at.</p>\n";
    body += "<div class=\"figures\">\n" + figure(summary.machines, "machines", "") + figure(summary.compliant, "compliant", "good") + figure(summary.different, "different", "bad") +
            figure(summary.waived, "waived", "warn") + figure(summary.not_judged, "not judged", "faint") + figure(summary.unreadable, "unreadable", "faint") + "</div>\n";
    body += html_paragraph(assumed_line(view), "warn");
    body += compliance_chart(view) + protocols_chart(view) + drift_html(view);
    body += html_search();
    if (!view.groups.empty()) body += "<h2>Machines that differ, by what differs</h2>\n";
    for (const audit::LikeMachines& group : view.groups) body += group_html(group);
    body += drift_list(view) + list_html(view, Verdict::unreadable, "Unreadable") + list_html(view, Verdict::not_judged, "Not judged") + html_paragraph(not_judged_hint(view)) + waivers_html(view);
    if (view.usage != nullptr) body += usage_html(*view.usage);
    return html_page("TLS audit, " + view.day, body, search_script);
}

}  // namespace schancfg::cli
