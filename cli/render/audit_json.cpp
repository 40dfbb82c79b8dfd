#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

#include "render/audit.hpp"
#include "render/effect.hpp"
#include "schancfg/codec/plan_json.hpp"

namespace schancfg::cli {
namespace {

using audit::Machine;
using nlohmann::ordered_json;

ordered_json waiver_json(const codec::Waiver* waiver) {
    if (waiver == nullptr) return nullptr;
    return {{"reason", waiver->reason}, {"until", waiver->until}};
}

ordered_json value_json(const std::optional<registry::Value>& value) {
    return value ? ordered_json::parse(codec::encode_value(*value)) : ordered_json(nullptr);
}

ordered_json machine_json(const Machine& machine, std::optional<std::string_view> since) {
    ordered_json out{{"source", machine.source}, {"name", machine.name}, {"os", nullptr}};
    if (machine.release != nullptr) out["os"] = machine.release->id;
    out["build"] = machine.build == 0 ? ordered_json(nullptr) : ordered_json(machine.build);
    out["revision"] = machine.revision == 0 ? ordered_json(nullptr) : ordered_json(machine.revision);
    out["group"] = machine.group.empty() ? ordered_json(nullptr) : ordered_json(machine.group);
    out["profile"] = machine.policy.empty() ? ordered_json(nullptr) : ordered_json(machine.policy);
    out["verdict"] = audit::verdict_name(machine.verdict);
    out["compliant"] = machine.verdict == audit::Verdict::compliant || machine.verdict == audit::Verdict::waived;
    out["why"] = machine.why.empty() ? ordered_json(nullptr) : ordered_json(machine.why);
    if (!machine.assumed.empty()) out["assumed"] = areas_json(machine.assumed);
    ordered_json differences = ordered_json::array(), effects = ordered_json::array(), errors = ordered_json::array();
    if (machine.judgement) {
        const audit::Judgement& judgement = *machine.judgement;
        const std::size_t changes = judgement.plan.changes.size();
        for (std::size_t i = 0; i < changes; ++i) {
            const plan::Change& change = judgement.plan.changes[i];
            ordered_json difference{{"setting", judgement.subjects[i]}, {"key", change.key.to_string()}};
            difference["value"] = *change.value_name;
            difference["before"] = value_json(change.before);
            difference["after"] = value_json(change.after);
            difference["waived"] = waiver_json(machine.waivers[i]);
            differences.push_back(std::move(difference));
        }
        effects = differences_json(judgement.effects);
        for (std::size_t i = 0; i < judgement.errors.size(); ++i) {
            const lint::Finding& finding = judgement.errors[i];
            errors.push_back({{"rule", finding.rule->id}, {"message", finding.message}, {"fix", finding.fix}, {"waived", waiver_json(machine.waivers[changes + i])}});
        }
    }
    out["differences"] = std::move(differences);
    if (machine.judgement && !machine.judgement->unspoken.empty()) out["not_in_source"] = machine.judgement->unspoken;
    out["effects"] = std::move(effects);
    out["errors"] = std::move(errors);
    out["points"] = audit::open_points(machine);
    if (since) out["drift"] = since->empty() ? ordered_json(nullptr) : ordered_json(*since);
    return out;
}

ordered_json waivers_json(const std::vector<const codec::Waiver*>& waivers) {
    ordered_json out = ordered_json::array();
    for (const codec::Waiver* waiver : waivers) {
        ordered_json each{{"machine", waiver->machine}};
        each[waiver->setting.empty() ? "rule" : "setting"] = waived_by(*waiver);
        each["reason"] = waiver->reason;
        each["until"] = waiver->until;
        out.push_back(std::move(each));
    }
    return out;
}

std::string text_of(const ordered_json& json, int indent) { return json.dump(indent, ' ', true, ordered_json::error_handler_t::replace); }

// The whole in the form that json_text gives it, though it never is one object: a fleet has more machines than there should be objects in memory.
std::string json_before(const AuditView& view) {
    const ordered_json head{{"format_version", "1.0"}, {"command", "audit"}, {"os", nullptr}, {"day", view.day}, {"profiles", view.profiles}};
    std::string text = text_of(head, 2);
    text.resize(text.size() - 2);  // the line end and the brace
    return text + ",\n  \"machines\": [";
}

std::string json_machine(const Machine& machine, std::optional<std::string_view> since) {
    std::string out = "\n    ";
    for (const char c : text_of(machine_json(machine, since), 2)) {
        out += c;
        if (c == '\n') out += "    ";
    }
    return out;
}

std::string json_behind(const AuditView& view) {
    ordered_json rest;
    rest["groups"] = ordered_json::array();
    for (const audit::LikeMachines& group : view.groups) {
        ordered_json names = ordered_json::array();
        for (const Machine* machine : group.machines) names.push_back(machine->name);
        rest["groups"].push_back({{"count", group.machines.size()}, {"points", audit::open_points(*group.machines.front())}, {"machines", std::move(names)}});
    }
    rest["waivers"] = {{"expired", waivers_json(view.expired)}, {"unused", waivers_json(view.unused)}};
    if (view.drift) {
        ordered_json drift = ordered_json::array();
        for (const audit::Drift& each : *view.drift) drift.push_back({{"machine", each.machine}, {"source", each.source}, {"kind", audit::drift_kind_name(each.kind)}});
        rest["drift"] = std::move(drift);
    }
    if (view.usage != nullptr) rest["usage"] = usage_json(*view.usage);
    // Known at the end alone.
    rest["partial"] = view.partial;
    rest["summary"] = {{"machines", view.summary.machines}, {"compliant", view.summary.compliant}, {"waived", view.summary.waived},
                       {"different", view.summary.different}, {"not_judged", view.summary.not_judged}, {"unreadable", view.summary.unreadable}};
    return (view.summary.machines == 0 ? "],\n" : "\n  ],\n") + text_of(rest, 2).substr(2) + '\n';  // without its brace and line end
}

std::string nothing(const AuditView&) { return {}; }

std::string json_line(const Machine& machine, std::optional<std::string_view> since) { return text_of(machine_json(machine, since), -1) + '\n'; }

constexpr StreamedFormat streamed[] = {{"json", json_before, json_machine, ",", json_behind, true}, {"jsonl", nothing, json_line, "", nothing, false}, {"csv", audit_csv_head, audit_csv, "", audit_csv_gone, false}};

}  // namespace

const StreamedFormat* streamed_format(std::string_view name) {
    const auto found = std::ranges::find(streamed, name, &StreamedFormat::name);
    return found == std::end(streamed) ? nullptr : &*found;
}

}  // namespace schancfg::cli
