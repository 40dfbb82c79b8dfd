#include <algorithm>

#include "render/audit.hpp"
#include "render/csv.hpp"
#include "render/escape.hpp"
#include "render/value.hpp"

namespace schancfg::cli {
namespace {

using audit::Machine;
using audit::Verdict;

std::string number_of(std::uint32_t number) { return number == 0 ? std::string{} : std::to_string(number); }

std::string xml(std::string_view text) { return xml_text(escape(text)); }


std::string case_xml(const Machine& machine, std::string_view name, std::string_view body) {
    const std::string head = "    <testcase classname=\"" + xml(machine.name) + "\" name=\"" + std::string(name) + "\" file=\"" + xml(machine.source) + '"';
    return body.empty() ? head + "/>\n" : head + ">\n" + std::string(body) + "    </testcase>\n";
}

std::string failure_xml(std::string_view message, std::string_view details) {
    return "      <failure message=\"" + xml(message) + "\">" + xml_text(details) + "</failure>\n";
}

/// `, new since before.json`.
std::string since_words(const AuditView& view, const Machine& machine) {
    const std::string_view kind = since(view, machine).value_or(std::string_view{});
    return kind.empty() ? std::string() : ", " + std::string(kind) + " since " + view.baseline;
}

std::string settings_case(const AuditView& view, const Machine& machine) {
    const plan::Plan plan = open_plan(machine);
    if (plan.empty()) return case_xml(machine, "settings", {});
    std::string details;
    for (const plan::Change& change : plan.changes) {
        details += escape(change.key.to_string() + ": " + *change.value_name) + " is " + show_value(change.before) + ", " + show_value(change.after) + " is asked for\n";
    }
    return case_xml(machine, "settings", failure_xml(std::to_string(plan.changes.size()) + (plan.changes.size() == 1 ? " value differs from " : " values differ from ") + machine.policy + since_words(view, machine), details));
}

std::string rules_case(const AuditView& view, const Machine& machine) {
    std::string body;
    for (const lint::Finding* finding : open_errors(machine)) body += failure_xml(std::string(finding->rule->id) + ": " + finding->message + since_words(view, machine), escape(finding->fix));
    return case_xml(machine, "rules", body);
}

}  // namespace

std::string audit_csv_head(const AuditView& view) {
    std::vector<std::string> names{"name", "source", "release", "build", "revision", "group", "profile", "verdict", "why", "setting", "before", "after", "rule", "message", "waived"};
    if (!view.baseline.empty()) names.emplace_back("drift");
    return csv_line(names);
}

std::string audit_csv_gone(const AuditView& view) {
    std::string out;
    for (const audit::Drift& each : view.drift.value_or(std::vector<audit::Drift>{})) {
        if (each.kind == audit::DriftKind::gone) out += csv_line({each.machine, each.source, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, std::string(drift_kind_name(each.kind))});
    }
    return out;
}

std::string audit_csv(const Machine& machine, std::optional<std::string_view> since) {
    std::string out;
    const std::string release = machine.release != nullptr ? std::string(machine.release->id) : std::string{};
    const auto add = [&](std::string_view setting, std::string_view before, std::string_view after, std::string_view rule, std::string_view message,
                         const codec::Waiver* waiver) {
        std::vector<std::string> cells{machine.name, machine.source, release, number_of(machine.build), number_of(machine.revision), machine.group, machine.policy,
                                       std::string(audit::verdict_name(machine.verdict)), machine.why, std::string(setting), std::string(before), std::string(after), std::string(rule),
                                       std::string(message), waiver == nullptr ? std::string() : waiver->reason};
        if (since) cells.emplace_back(*since);
        out += csv_line(cells);
    };
    if (!machine.judgement || machine.verdict == Verdict::compliant) {
        add({}, {}, {}, {}, {}, nullptr);
        return out;
    }
    const audit::Judgement& judgement = *machine.judgement;
    const std::size_t changes = judgement.plan.changes.size();
    for (std::size_t i = 0; i < changes; ++i) {
        const plan::Change& change = judgement.plan.changes[i];
        add(judgement.subjects[i], show_value(change.before), show_value(change.after), {}, {}, machine.waivers[i]);
    }
    for (std::size_t i = 0; i < judgement.errors.size(); ++i) {
        add({}, {}, {}, judgement.errors[i].rule->id, judgement.errors[i].message, machine.waivers[changes + i]);
    }
    return out;
}

std::string audit_junit(const AuditView& view) {
    std::vector<std::string> names;
    for (const Machine& machine : view.machines) {
        if (std::ranges::find(names, machine.policy) == names.end()) names.push_back(machine.policy);
    }
    std::ranges::sort(names);
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"schancfg audit\">\n";
    for (const std::string& name : names) {
        std::string cases;
        std::size_t count = 0, failures = 0, errors = 0, skipped = 0;
        for (const Machine& machine : view.machines) {
            if (machine.policy != name) continue;
            if (machine.verdict == Verdict::not_judged || machine.verdict == Verdict::unreadable) {
                const bool unreadable = machine.verdict == Verdict::unreadable;
                ++count;
                ++(unreadable ? errors : skipped);
                cases += case_xml(machine, "settings", unreadable ? "      <error message=\"" + xml(machine.why) + "\"/>\n" : "      <skipped message=\"" + xml(machine.why) + "\"/>\n");
                continue;
            }
            count += 2;
            failures += (machine.open_changes() != 0 ? 1u : 0u) + (machine.open_errors() != 0 ? 1u : 0u);
            cases += settings_case(view, machine) + rules_case(view, machine);
        }
        out += "  <testsuite name=\"" + xml(name.empty() ? "without a profile" : name) + "\" tests=\"" + std::to_string(count) + "\" failures=\"" + std::to_string(failures) +
               "\" errors=\"" + std::to_string(errors) + "\" skipped=\"" + std::to_string(skipped) + "\">\n" + cases + "  </testsuite>\n";
    }
    if (!view.expired.empty()) {
        const std::string count = std::to_string(view.expired.size());
        out += "  <testsuite name=\"waivers\" tests=\"" + count + "\" failures=\"" + count + "\" errors=\"0\" skipped=\"0\">\n";
        for (const codec::Waiver* waiver : view.expired) {
            out += "    <testcase classname=\"" + xml(waiver->machine) + "\" name=\"" + xml(waived_by(*waiver)) + "\">\n" + failure_xml("expired on " + waiver->until, escape(waiver->reason)) + "    </testcase>\n";
        }
        out += "  </testsuite>\n";
    }
    return out + "</testsuites>\n";
}

}  // namespace schancfg::cli
