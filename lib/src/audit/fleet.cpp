#include "schancfg/audit/fleet.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "schancfg/codec/plan_json.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::audit {
namespace {

std::string joined(const std::vector<std::string>& points) {
    std::string out;
    for (const std::string& point : points) out += point + '\n';
    return out;
}

/// How many machines of one audit have that name.
template <class List>
std::map<std::string, std::size_t> names_of(const List& machines) {
    std::map<std::string, std::size_t> counts;
    for (const auto& machine : machines) ++counts[utf::fold_case(machine.name)];
    return counts;
}

/// A machine by its name; where several have it, then or now, by its source as well.
template <class List>
std::map<std::string, const typename List::value_type*> by_identity(const List& machines, const std::map<std::string, std::size_t>& then, const std::map<std::string, std::size_t>& now) {
    const auto is_repeated = [](const std::map<std::string, std::size_t>& counts, const std::string& name) {
        const auto found = counts.find(name);
        return found != counts.end() && found->second > 1;
    };
    std::map<std::string, const typename List::value_type*> out;
    for (const auto& machine : machines) {
        std::string identity = utf::fold_case(machine.name);
        if (is_repeated(then, identity) || is_repeated(now, identity)) identity += " (" + machine.source + ')';
        out.emplace(std::move(identity), &machine);
    }
    return out;
}

}  // namespace

void FleetSummary::add(Verdict verdict) {
    ++machines;
    switch (verdict) {
        case Verdict::compliant: ++compliant; break;
        case Verdict::waived: ++waived; break;
        case Verdict::different: ++different; break;
        case Verdict::not_judged: ++not_judged; break;
        case Verdict::unreadable: ++unreadable; break;
    }
}

std::vector<std::string> open_points(const Machine& machine) {
    std::vector<std::string> points;
    if (!machine.judgement) return points;
    const Judgement& judgement = *machine.judgement;
    const std::size_t changes = judgement.plan.changes.size();
    for (std::size_t i = 0; i < changes; ++i) {
        if (machine.waivers[i] != nullptr) continue;
        const plan::Change& change = judgement.plan.changes[i];
        points.push_back(judgement.subjects[i] + " = " + (change.before ? codec::encode_value(*change.before) : std::string("absent")));
    }
    for (std::size_t i = 0; i < judgement.errors.size(); ++i) {
        if (machine.waivers[changes + i] == nullptr) points.push_back("rule " + std::string(judgement.errors[i].rule->id) + ' ' + judgement.errors[i].message);
    }
    std::ranges::sort(points);
    const auto repeated = std::ranges::unique(points);
    points.erase(repeated.begin(), repeated.end());
    return points;
}

std::vector<LikeMachines> group_by_difference(const std::vector<Machine>& machines) {
    std::map<std::string, std::size_t> places;
    std::vector<LikeMachines> groups;
    for (const Machine& machine : machines) {
        if (machine.verdict != Verdict::different) continue;
        const auto [place, is_new] = places.try_emplace(machine.policy + '\n' + joined(open_points(machine)), groups.size());
        if (is_new) groups.emplace_back();
        groups[place->second].machines.push_back(&machine);
    }
    for (LikeMachines& group : groups) {
        std::map<const facts::Release*, std::size_t> counts;
        for (const Machine* machine : group.machines) ++counts[machine->release];
        const auto rank = [&](const Machine* machine) { return counts[machine->release]; };
        group.example = *std::ranges::max_element(group.machines, {}, rank);
        group.several_releases = counts.size() > 1;
    }
    std::ranges::stable_sort(groups, std::ranges::greater{}, [](const LikeMachines& group) { return group.machines.size(); });
    return groups;
}

std::string_view drift_kind_name(DriftKind kind) {
    switch (kind) {
        case DriftKind::appeared: return "new";
        case DriftKind::fixed: return "fixed";
        case DriftKind::unchanged: return "unchanged";
        case DriftKind::changed: return "changed";
        case DriftKind::gone: return "gone";
        case DriftKind::added: break;
    }
    return "added";
}

std::vector<Drift> drift(const std::vector<codec::BaselineMachine>& before, const std::vector<Machine>& now) {
    const auto names_then = names_of(before);
    const auto names_now = names_of(now);
    const auto earlier = by_identity(before, names_then, names_now);
    const auto later = by_identity(now, names_then, names_now);
    std::vector<Drift> out;
    for (const auto& [identity, machine] : later) {
        const auto found = earlier.find(identity);
        const bool differs = machine->verdict == Verdict::different;
        if (found == earlier.end()) {
            out.push_back({machine->name, machine->source, differs ? DriftKind::appeared : DriftKind::added});
            continue;
        }
        const bool differed = found->second->verdict == verdict_name(Verdict::different);
        if (!differs && !differed) continue;
        const DriftKind kind = !differed  ? DriftKind::appeared
                               : !differs ? DriftKind::fixed
                               : found->second->points == open_points(*machine) ? DriftKind::unchanged
                                                                                : DriftKind::changed;
        // What cannot be read or judged any more is not fixed.
        if (kind == DriftKind::fixed && machine->verdict != Verdict::compliant && machine->verdict != Verdict::waived) continue;
        out.push_back({machine->name, machine->source, kind});
    }
    for (const auto& [identity, machine] : earlier) {
        if (!later.contains(identity)) out.push_back({machine->name, machine->source, DriftKind::gone});
    }
    std::ranges::stable_sort(out, {}, [](const Drift& each) { return std::tuple(utf::fold_case(each.machine), each.kind); });
    return out;
}

void sort_machines(std::vector<Machine>& machines) {
    std::ranges::stable_sort(machines, {}, [](const Machine& machine) { return std::tie(machine.source, machine.name); });
}

}  // namespace schancfg::audit
