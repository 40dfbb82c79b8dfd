#include <algorithm>
#include <map>
#include <set>

#include "render/audit.hpp"
#include "render/change_rows.hpp"
#include "console/columns.hpp"
#include "render/decisions.hpp"
#include "render/effect.hpp"
#include "render/escape.hpp"
#include "render/table.hpp"

namespace schancfg::cli {
namespace {

using audit::Machine;
using audit::Verdict;

constexpr std::size_t most_names = 12;  // of a group, unless everything is asked for

std::string count_of(std::size_t number, std::string_view noun) {
    return with_commas(number) + ' ' + std::string(noun) + (number == 1 ? "" : "s");
}

std::string names_of_group(const audit::LikeMachines& group, bool all) {
    std::string out;
    const std::size_t shown = all ? group.machines.size() : std::min(group.machines.size(), most_names);
    for (std::size_t i = 0; i < shown; ++i) out += (i == 0 ? "" : ", ") + escape(shorten(group.machines[i]->name, 100));
    if (shown < group.machines.size()) out += " and " + with_commas(group.machines.size() - shown) + " more";
    return out;
}

std::vector<ChangeRow> rows_of(const plan::Plan& plan, const facts::Release* release) {
    std::vector<ChangeRow> rows;
    for (const Decision& decision : decisions(plan, release)) {
        ChangeRow row{decision.before, decision.after, {}, decision.action};
        for (const std::string& subject : decision.subjects) row.subjects.push_back(escape(subject));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string releases_of(const audit::LikeMachines& group) {
    std::map<std::string, std::size_t> counts;
    for (const Machine* machine : group.machines) ++counts[machine->release != nullptr ? std::string(machine->release->name) : "release not known"];
    std::string out;
    for (const auto& [name, count] : counts) out += (out.empty() ? "" : ", ") + name + (counts.size() > 1 ? " (" + with_commas(count) + ")" : "");
    return out;
}

std::string group_text(const audit::LikeMachines& group, const AuditView& view, const Sheet& sheet) {
    const Machine& first = *group.example;
    const plan::Plan plan = open_plan(first);
    const auto errors = open_errors(first);
    std::string head = count_of(group.machines.size(), "machine") + (group.machines.size() == 1 ? " differs from " : " differ from ") + escape(first.policy);
    if (group.machines.size() > 1) head += " in the same " + count_of(first.open_changes() + errors.size(), "point");
    std::string out = '\n' + sheet.paint.strong(head) + '\n';
    out += paragraph("  ", names_of_group(group, view.all), sheet.columns);
    out += paragraph("  ", releases_of(group), sheet.columns);
    out += change_rows("  Settings", rows_of(plan, first.release), sheet);
    const bool of_one = group.several_releases && first.release != nullptr;
    out += differences_text(first.judgement->effects, sheet, false, of_one ? "  Effect on " + std::string(first.release->name) : "  Effect");
    for (const lint::Finding* finding : errors) {
        out += paragraph("  " + sheet.paint.removed("error") + " ", escape(finding->message) + " [" + std::string(finding->rule->id) + ']', sheet.columns);
    }
    return out;
}

std::string others(const AuditView& view, Verdict verdict, std::string_view heading, const Sheet& sheet) {
    std::vector<std::vector<std::string>> rows;
    for (const Machine& machine : view.machines) {
        if (machine.verdict == verdict) rows.push_back({escape(shorten(machine.name, 100)), escape(shorten(machine.why, 300))});
    }
    if (rows.empty()) return {};
    const std::string hint = verdict == Verdict::not_judged ? not_judged_hint(view) : std::string();
    return '\n' + sheet.paint.strong(heading) + '\n' + text_table(rows, sheet.columns, 2) + (hint.empty() ? hint : paragraph("  ", hint, sheet.columns));
}

}  // namespace

std::string with_commas(std::size_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
    return text;
}

std::string not_judged_hint(const AuditView& view) {
    bool any_without_release = false, any_in_part = false;
    for (const Machine& machine : view.machines) {
        if (machine.verdict != Verdict::not_judged) continue;
        if (machine.judgement) any_in_part = true;
        if (machine.release == nullptr) any_without_release = true;
    }
    std::string hint = any_without_release ? "For files that do not say their Windows release, give --os RELEASE." : "";
    if (any_in_part) hint += std::string(hint.empty() ? "" : " ") + "For files that are whole registries though they do not say so, give --whole.";
    return hint;
}

std::string assumed_line(const AuditView& view) {
    std::set<effect::Area> areas;
    for (const Machine& machine : view.machines) areas.insert(machine.assumed.begin(), machine.assumed.end());
    return assumed_line(std::vector(areas.begin(), areas.end()), "every file");
}

plan::Plan open_plan(const Machine& machine) {
    plan::Plan out;
    if (!machine.judgement) return out;
    const auto& changes = machine.judgement->plan.changes;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (machine.waivers[i] == nullptr) out.changes.push_back(changes[i]);
    }
    return out;
}

std::vector<const lint::Finding*> open_errors(const Machine& machine) {
    std::vector<const lint::Finding*> out;
    if (!machine.judgement) return out;
    const std::size_t changes = machine.judgement->plan.changes.size();
    for (std::size_t i = 0; i < machine.judgement->errors.size(); ++i) {
        if (machine.waivers[changes + i] == nullptr) out.push_back(&machine.judgement->errors[i]);
    }
    return out;
}

std::string drift_summary(const std::vector<audit::Drift>& drift) {
    std::string out;
    for (const audit::DriftKind kind : {audit::DriftKind::appeared, audit::DriftKind::changed, audit::DriftKind::unchanged, audit::DriftKind::fixed,
                                        audit::DriftKind::gone, audit::DriftKind::added}) {
        const auto count = static_cast<std::size_t>(std::ranges::count(drift, kind, &audit::Drift::kind));
        if (count != 0) out += (out.empty() ? "" : ", ") + with_commas(count) + ' ' + std::string(drift_kind_name(kind));
    }
    return out.empty() ? "nothing differs, now or then" : out;
}

std::optional<std::string_view> since(const AuditView& view, const Machine& machine) {
    if (!view.drift) return std::nullopt;
    const auto found = view.drift_of.find(machine.source);
    return found == view.drift_of.end() ? std::string_view{} : drift_kind_name(found->second);
}

std::string audit_summary(const AuditView& view) {
    const audit::FleetSummary& summary = view.summary;
    std::string out = count_of(summary.machines, "machine") + ": " + with_commas(summary.compliant) + " compliant";
    const auto add = [&](std::size_t count, std::string_view what) {
        if (count != 0) out += ", " + with_commas(count) + ' ' + std::string(what);
    };
    add(summary.different, "different");
    add(summary.waived, "waived");
    add(summary.not_judged, "not judged");
    add(summary.unreadable, "unreadable");
    return out;
}

std::string audit_text(const AuditView& view, const Sheet& sheet) {
    if (!view.machines_asked) return usage_text(*view.usage, view.all, sheet);
    std::string out = sheet.paint.strong(audit_summary(view)) + '\n';
    if (view.partial) {
        out += paragraph("", "Interrupted: " + with_commas(view.looked_for - view.summary.machines) + " of " + with_commas(view.looked_for) + " sources were not looked at", sheet.columns);
    }
    if (const std::string assumed = assumed_line(view); !assumed.empty()) out += paragraph("", assumed, sheet.columns);
    if (view.drift) out += paragraph("", "Since " + escape(view.baseline) + ": " + drift_summary(*view.drift), sheet.columns);
    for (const audit::LikeMachines& group : view.groups) out += group_text(group, view, sheet);
    if (view.drift) {
        std::vector<std::vector<std::string>> rows;
        for (const audit::Drift& each : *view.drift) {
            if (each.kind != audit::DriftKind::unchanged) rows.push_back({std::string(drift_kind_name(each.kind)), escape(shorten(each.machine, 100))});
        }
        if (!rows.empty()) out += '\n' + sheet.paint.strong("Since " + escape(view.baseline)) + '\n' + text_table(rows, sheet.columns, 2);
    }
    out += others(view, Verdict::unreadable, "Unreadable", sheet);
    out += others(view, Verdict::not_judged, "Not judged", sheet);
    std::vector<std::vector<std::string>> waivers;
    for (const codec::Waiver* waiver : view.expired) {
        waivers.push_back({"expired " + waiver->until, escape(waiver->machine), escape(waived_by(*waiver)), escape(waiver->reason)});
    }
    for (const codec::Waiver* waiver : view.unused) {
        waivers.push_back({"unused", escape(waiver->machine), escape(waived_by(*waiver)), escape(waiver->reason)});
    }
    if (!waivers.empty()) out += '\n' + sheet.paint.strong("Waivers") + '\n' + text_table(waivers, sheet.columns, 2);
    if (view.all) {
        std::vector<std::vector<std::string>> rows;
        for (const Machine& machine : view.machines) {
            rows.push_back({escape(shorten(machine.name, 100)), std::string(audit::verdict_name(machine.verdict)),
                            machine.release != nullptr ? std::string(machine.release->name) : "", escape(shorten(machine.source, 300))});
        }
        out += '\n' + sheet.paint.strong("Machines") + '\n' + text_table(rows, sheet.columns, 2);
    }
    if (view.usage != nullptr) out += '\n' + usage_text(*view.usage, view.all, sheet);
    return out;
}

std::string audit_markdown(const AuditView& view) {
    if (!view.machines_asked) return "## TLS audit\n" + usage_markdown(*view.usage, view.all);
    std::string out = "## TLS audit\n\n**" + markdown_text(audit_summary(view)) + "**\n";
    if (view.partial) out += "\nInterrupted: " + with_commas(view.looked_for - view.summary.machines) + " sources were not looked at.\n";
    if (const std::string assumed = assumed_line(view); !assumed.empty()) out += '\n' + markdown_text(assumed) + '\n';
    if (view.drift) out += "\nSince " + markdown_code(view.baseline) + ": " + drift_summary(*view.drift) + ".\n";
    for (const audit::LikeMachines& group : view.groups) {
        const Machine& first = *group.example;
        out += "\n### " + count_of(group.machines.size(), "machine") + " of " + markdown_text(releases_of(group)) + "\n\n";
        const std::size_t shown = std::min<std::size_t>(group.machines.size(), view.all ? group.machines.size() : most_names);
        for (std::size_t i = 0; i < shown; ++i) out += (i == 0 ? "" : ", ") + markdown_code(group.machines[i]->name);
        if (shown < group.machines.size()) out += " and " + with_commas(group.machines.size() - shown) + " more";
        out += "\n";
        const plan::Plan plan = open_plan(first);
        if (!plan.empty()) {
            out += "\n| setting | now | " + markdown_text(first.policy) + " |\n| --- | --- | --- |\n";
            for (const Decision& decision : decisions(plan, first.release)) {
                std::string subjects;
                for (const std::string& subject : decision.subjects) subjects += (subjects.empty() ? "" : ", ") + markdown_code(subject);
                out += "| " + subjects + " | " + markdown_text(decision.before) + " | " + markdown_text(decision.after) + " |\n";
            }
        }
        if (!first.judgement->effects.empty()) {
            if (group.several_releases && first.release != nullptr) out += "\nOn " + markdown_text(first.release->name) + ":\n";
            out += differences_markdown(first.judgement->effects);
        }
        for (const lint::Finding* finding : open_errors(first)) out += "\n- **error** " + markdown_text(finding->message) + " (" + markdown_code(finding->rule->id) + ")\n";
    }
    const auto list = [&](Verdict verdict, std::string_view heading) {
        std::string rows;
        for (const Machine& machine : view.machines) {
            if (machine.verdict == verdict) rows += "| " + markdown_code(machine.name) + " | " + markdown_text(machine.why) + " |\n";
        }
        if (!rows.empty()) out += "\n### " + std::string(heading) + "\n\n| machine | why |\n| --- | --- |\n" + rows;
    };
    list(Verdict::unreadable, "Unreadable");
    list(Verdict::not_judged, "Not judged");
    if (const std::string hint = not_judged_hint(view); !hint.empty()) out += '\n' + markdown_text(hint) + '\n';
    if (!view.expired.empty()) {
        out += "\n### Waivers that have expired\n\n| until | machine | what | reason |\n| --- | --- | --- | --- |\n";
        for (const codec::Waiver* waiver : view.expired) {
            out += "| " + waiver->until + " | " + markdown_code(waiver->machine) + " | " + markdown_code(waived_by(*waiver)) + " | " +
                   markdown_text(waiver->reason) + " |\n";
        }
    }
    if (view.usage != nullptr) out += usage_markdown(*view.usage, view.all);
    return out;
}

}  // namespace schancfg::cli
