#include <algorithm>
#include <map>

#include "render/audit.hpp"
#include "render/decisions.hpp"
#include "render/effect.hpp"
#include "render/escape.hpp"
#include "render/page.hpp"

namespace schancfg::cli {
namespace {

using audit::Machine;
using audit::Verdict;

// Hides what does not hold the words that are typed. Names are compared as the page shows them.
constexpr std::string_view script = R"('use strict';
const field=document.getElementById('search'),said=document.getElementById('found'),items=[...document.querySelectorAll('[data-find]')];
field.addEventListener('input',()=>{const words=field.value.toLowerCase().split(/\s+/).filter(Boolean);let count=0;
for(const item of items){const text=item.dataset.find.toLowerCase();const hit=words.every(w=>text.includes(w));item.hidden=!hit;if(hit)count++;}
said.textContent=words.length?count+' of '+items.length+' shown':'';});
)";

std::string code(std::string_view text) { return "<code>" + html_text(text) + "</code>"; }

std::string figure(std::size_t number, std::string_view what, std::string_view tone) {
    return "<div><b class=\"" + std::string(tone) + "\">" + with_commas(number) + "</b>" + std::string(what) + "</div>\n";
}

/// A bar of four parts for each release, drawn to one scale.
std::string releases_picture(const AuditView& view) {
    struct Row {
        facts::Build build;
        std::string name;
        std::size_t counts[4] = {};
        std::size_t all = 0;
    };
    std::map<std::string, Row> rows;
    for (const Machine& machine : view.machines) {
        const std::string name = machine.release != nullptr ? std::string(machine.release->name) : "release not known";
        Row& row = rows[name];
        row.name = name;
        if (machine.release != nullptr) row.build = machine.release->build;
        const std::size_t part = machine.verdict == Verdict::compliant ? 0 : machine.verdict == Verdict::different ? 1 : machine.verdict == Verdict::waived ? 2 : 3;
        ++row.counts[part];
        ++row.all;
    }
    if (rows.empty()) return {};
    std::vector<const Row*> sorted;
    std::size_t most = 1;
    for (const auto& [name, row] : rows) {
        sorted.push_back(&row);
        most = std::max(most, row.all);
    }
    std::ranges::stable_sort(sorted, std::ranges::less{}, [](const Row* row) { return row->build; });
    constexpr int left = 210, width = 420, height = 26;
    std::string out = "<h2 id=\"releases\">By release</h2>\n<svg viewBox=\"0 0 700 " + std::to_string(height * static_cast<int>(sorted.size())) +
                      "\" role=\"img\" aria-labelledby=\"releases\">\n";
    int y = 0;
    for (const Row* row : sorted) {
        out += "<text x=\"0\" y=\"" + std::to_string(y + 18) + "\">" + html_text(row->name) + "</text>";
        int x = left;
        for (int part = 0; part < 4; ++part) {
            if (row->counts[part] == 0) continue;
            const int size = std::max(1, static_cast<int>(row->counts[part] * width / most));
            out += "<rect class=\"f" + std::to_string(part) + "\" x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y + 4) + "\" width=\"" + std::to_string(size) + "\" height=\"18\"/>";
            x += size;
        }
        std::string words = with_commas(row->counts[0]) + " of " + with_commas(row->all);
        out += "<text x=\"" + std::to_string(x + 8) + "\" y=\"" + std::to_string(y + 18) + "\">" + words + "</text>\n";
        y += height;
    }
    return out + "</svg>\n<p class=\"faint\">Green: compliant; red: different; yellow: waived; grey: not judged or unreadable. The figures count those that are compliant.</p>\n";
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
            if (subjects.size() < 160) subjects += (subjects.empty() ? "" : ", ") + subject;
        }
        rows += "<tr><td>" + cell + "</td><td>" + html_text(decision.before) + "</td><td>" + html_text(decision.after) + "</td></tr>\n";
    }
    std::string out = "<details data-find=\"" + html_text(find) + "\"><summary><strong>" + with_commas(group.machines.size()) +
                      (group.machines.size() == 1 ? " machine" : " machines") + "</strong>: " + html_text(shorten(subjects.empty() && !errors.empty() ? errors.front()->message : subjects, 200)) +
                      "</summary><div>\n" + names_html(group);
    if (!rows.empty()) out += "<table><thead><tr><th>Setting</th><th>Now</th><th>" + html_text(first.policy) + "</th></tr></thead><tbody>\n" + rows + "</tbody></table>\n";
    if (group.several_releases && first.release != nullptr && !first.judgement->effects.empty()) out += "<p>On " + html_text(first.release->name) + ":</p>\n";
    out += differences_html(first.judgement->effects);
    for (const lint::Finding* finding : errors) out += "<p class=\"bad\">" + html_text(finding->message) + " " + code(finding->rule->id) + "</p>\n";
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
    std::string out = "<h2>Since " + html_text(view.baseline) + "</h2>\n<p>" + drift_summary(*view.drift) + "</p>\n";
    std::string rows;
    for (const audit::Drift& each : *view.drift) {
        if (each.kind == audit::DriftKind::unchanged) continue;
        const std::string_view tone = each.kind == audit::DriftKind::fixed || each.kind == audit::DriftKind::added ? "good" : each.kind == audit::DriftKind::gone ? "faint" : "bad";
        rows += "<tr data-find=\"" + html_text(each.machine) + "\"><td class=\"" + std::string(tone) + "\">" + std::string(drift_kind_name(each.kind)) + "</td><td>" +
                html_text(each.machine) + "</td></tr>\n";
    }
    if (!rows.empty()) out += "<table><thead><tr><th>What</th><th>Machine</th></tr></thead><tbody>\n" + rows + "</tbody></table>\n";
    return out;
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
    return "<h2>Waivers</h2>\n<table><thead><tr><th>State</th><th>Until</th><th>Machine</th><th>What</th><th>Reason</th></tr></thead><tbody>\n" + rows + "</tbody></table>\n";
}

std::string search_html() {
    return "<label for=\"search\">Search</label>\n<input id=\"search\" type=\"search\" autocomplete=\"off\">\n<p id=\"found\" class=\"faint\" role=\"status\"></p>\n";
}

}  // namespace

std::string audit_html(const AuditView& view) {
    const audit::FleetSummary& summary = view.summary;
    std::string profiles;
    for (const std::string& name : view.profiles) profiles += (profiles.empty() ? "" : ", ") + name;
    std::string body = "<h1>TLS audit</h1>\n<p class=\"faint\">" + view.day + (view.machines_asked ? ", against " + html_text(profiles) : std::string()) + "</p>\n";
    if (!view.machines_asked) return html_page("TLS audit, " + view.day, body + search_html() + usage_html(*view.usage), script);
    if (view.partial) body += "<p class=\"bad\">Interrupted: " + with_commas(view.looked_for - summary.machines) + " of " + with_commas(view.looked_for) + " sources were not looked at.</p>\n";
    body += "<div class=\"figures\">\n" + figure(summary.machines, "machines", "") + figure(summary.compliant, "compliant", "good") + figure(summary.different, "different", "bad") +
            figure(summary.waived, "waived", "warn") + figure(summary.not_judged, "not judged", "faint") + figure(summary.unreadable, "unreadable", "faint") + "</div>\n";
    body += releases_picture(view) + drift_html(view);
    body += search_html();
    if (!view.groups.empty()) body += "<h2>Machines that differ, by what differs</h2>\n";
    for (const audit::LikeMachines& group : view.groups) body += group_html(group);
    body += list_html(view, Verdict::unreadable, "Unreadable") + list_html(view, Verdict::not_judged, "Not judged") + waivers_html(view);
    if (view.usage != nullptr) body += usage_html(*view.usage);
    return html_page("TLS audit, " + view.day, body, script);
}

}  // namespace schancfg::cli
