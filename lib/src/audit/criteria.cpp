#include "schancfg/audit/criteria.hpp"

#include <algorithm>

#include "schancfg/codec/sha256.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/schannel/computed_list.hpp"
#include "schancfg/schannel/settings.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::audit {
namespace {

std::string subject_of(const registry::KeyPath& key, const std::string& name) {
    const schannel::Setting* setting = schannel::find_setting(key, name);
    return setting != nullptr ? setting->name() : key.to_string() + ": " + name;
}

/// Takes out of `wanted` what a source of that coverage says nothing of, and returns the subjects of that, each once.
std::vector<std::string> take_unspoken(registry::Wanted& wanted, const registry::Coverage& coverage) {
    std::vector<std::string> subjects;
    if (coverage.whole()) return subjects;
    std::erase_if(wanted.values, [&](const registry::WantedValue& value) {
        if (coverage.speaks_for(value.key, value.name)) return false;
        // One setting may be several values, which follow each other.
        std::string subject = subject_of(value.key, value.name);
        if (subjects.empty() || subjects.back() != subject) subjects.push_back(std::move(subject));
        return true;
    });
    std::erase_if(wanted.keys, [&](const registry::WantedKey& key) {
        if (coverage.speaks_for(key.key)) return false;
        if (!key.present) subjects.push_back(key.key.to_string());
        return true;
    });
    return subjects;
}

void append_key(const registry::Key& key, std::string& text) {
    for (const registry::NamedValue& value : key.values) {
        text.append(std::to_string(value.name.size())).append(1, ':').append(value.name);
        text.append(std::to_string(static_cast<std::uint32_t>(value.value.type))).append(1, ',').append(std::to_string(value.value.bytes.size())).append(1, ':');
        text.append(value.value.bytes.begin(), value.value.bytes.end());
    }
    text += '(';
    for (const auto& child : key.children()) {
        text.append(std::to_string(child->name.size())).append(1, ':').append(child->name);
        append_key(*child, text);
    }
    text += ')';
}

// All that a judgement depends on. States are small: a few kilobytes each.
std::string key_of(const Policy& policy, const State& state) {
    const effect::Circumstances& known = state.circumstances;
    std::string text = policy.name + '\n' + (state.release != nullptr ? std::string(state.release->id) : std::string()) + '\n';
    if (known.build) text += std::to_string(known.build->number) + '.';
    text += std::to_string(known.revision) + (known.updates_complete ? '!' : '\n') + (known.untouched ? 'u' : ' ') + (known.live ? 'l' : ' ');
    if (known.live) text += std::to_string(known.last_start);
    for (const std::string& update : known.updates) text += update + ' ';
    if (!known.coverage.whole()) {
        text += "of:";
        for (const registry::KeyPath& key : known.coverage.keys()) text += key.to_string() + '\n';
        for (const auto& [key, name] : known.coverage.values()) text += key.to_string() + '\t' + name + '\n';
    }
    if (const registry::Key* root = state.tree.find(registry::KeyPath(registry::Root::local_machine))) append_key(*root, text);
    codec::Sha256 sha256;
    sha256.update(text);
    return sha256.finish();
}

effect::Answer is_spoken(const effect::ProtocolReach& reach) {
    using effect::ReachState;
    if (reach.state == ReachState::uncertain || !reach.basis.undisputed()) return effect::Answer::unknown;
    return reach.state == ReachState::on || reach.state == ReachState::on_request ? effect::Answer::yes : effect::Answer::no;
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::compliant: return "compliant";
        case Verdict::waived: return "waived";
        case Verdict::different: return "different";
        case Verdict::not_judged: return "not-judged";
        case Verdict::unreadable: break;
    }
    return "unreadable";
}

std::size_t Machine::open_changes() const {
    if (!judgement) return 0;
    return static_cast<std::size_t>(std::count(waivers.begin(), waivers.begin() + static_cast<std::ptrdiff_t>(judgement->plan.changes.size()), nullptr));
}

std::size_t Machine::open_errors() const {
    if (!judgement) return 0;
    return static_cast<std::size_t>(std::count(waivers.begin() + static_cast<std::ptrdiff_t>(judgement->plan.changes.size()), waivers.end(), nullptr));
}

Criteria::Criteria(std::vector<Policy> policies, std::vector<codec::MachineGroup> mapping, std::vector<codec::Waiver> waivers, std::string today)
    : policies_(std::move(policies)), mapping_(std::move(mapping)), waivers_(std::move(waivers)), today_(std::move(today)) {}

const Policy* Criteria::policy_of(Machine& machine) const {
    for (const codec::MachineGroup& group : mapping_) {
        if (!schannel::matches(group.match, machine.name)) continue;
        machine.group = group.name;
        const auto found = std::ranges::find(policies_, group.profile, &Policy::name);
        if (found != policies_.end()) return &*found;
    }
    if (!machine.group.empty()) return nullptr;
    const auto is_for = [&](const Policy& policy) {
        const bool named_by_a_group = std::ranges::find(mapping_, policy.name, &codec::MachineGroup::profile) != mapping_.end();
        if (named_by_a_group) return false;
        return !policy.profile || machine.release == nullptr || schannel::is_for(*policy.profile, *machine.release).value_or(true);
    };
    const auto found = std::ranges::find_if(policies_, is_for);
    if (found != policies_.end()) return &*found;
    machine.why = machine.release == nullptr ? "no profile is for it" : "no profile is for " + std::string(machine.release->name);
    return nullptr;
}

std::shared_ptr<const Judgement> Criteria::judgement_of(const Policy& policy, const std::shared_ptr<const State>& state) const {
    {
        const std::lock_guard lock(mutex_);
        const auto found = of_object_.find({&policy, state.get()});
        const bool is_it = found != of_object_.end() && !found->second.first.owner_before(state) && !state.owner_before(found->second.first);
        if (is_it) return found->second.second;
    }
    const std::string key = key_of(policy, *state);
    std::shared_ptr<const Judgement> judgement;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = known_.find(key); found != known_.end()) judgement = found->second;
    }
    if (!judgement) judgement = make_judgement(policy, *state);
    const std::lock_guard lock(mutex_);
    judgement = known_.try_emplace(key, std::move(judgement)).first->second;
    of_object_.insert_or_assign({&policy, state.get()}, std::pair(std::weak_ptr(state), judgement));
    return judgement;
}

std::shared_ptr<const Judgement> Criteria::make_judgement(const Policy& policy, const State& state) const {
    auto judgement = std::make_shared<Judgement>();
    registry::Wanted wanted;
    if (policy.profile) {
        auto made = schannel::translate(*policy.profile, {.release = state.release});
        if (!made) return nullptr;
        wanted = std::move(*made.value);
    } else {
        wanted = policy.items ? codec::part_on(*policy.items, state.release).writable : policy.lines;
    }
    judgement->unspoken = take_unspoken(wanted, state.circumstances.coverage);
    judgement->plan = plan::make(state.tree, wanted, state.release);
    if (state.release != nullptr) {
        const effect::Effect now = effect::evaluate(state.tree, *state.release, state.circumstances);
        for (const effect::ProtocolReach& client : now.reach(facts::Role::client).protocols) {
            judgement->protocols.push_back({client.name, {is_spoken(client), is_spoken(*now.reach(facts::Role::server).find(client.name))}});
        }
        if (!judgement->plan.empty()) {
            judgement->effects = effect::difference(now, effect::evaluate(plan::carried_out(judgement->plan, state.tree), *state.release, state.circumstances));
        }
    }
    // A key that has to be made or goes with its values is no difference of its own.
    std::erase_if(judgement->plan.changes, [](const plan::Change& change) { return !change.value_name; });
    for (const plan::Change& change : judgement->plan.changes) judgement->subjects.push_back(subject_of(change.key, *change.value_name));
    lint::LintOptions options;
    if (state.release != nullptr) options.releases = {state.release};
    options.circumstances = state.circumstances;
    judgement->errors = lint::lint_state(state.tree, "", options);
    std::erase_if(judgement->errors, [](const lint::Finding& finding) { return finding.severity != Severity::error; });
    return judgement;
}

void Criteria::waive(Machine& machine) const {
    const Judgement& judgement = *machine.judgement;
    const auto covering = [&](const auto& covers) {
        const auto found = std::ranges::find_if(waivers_, [&](const codec::Waiver& waiver) {
            return waiver.until >= today_ && schannel::matches(waiver.machine, machine.name) && covers(waiver);
        });
        machine.waivers.push_back(found == waivers_.end() ? nullptr : &*found);
    };
    for (std::size_t i = 0; i < judgement.plan.changes.size(); ++i) {
        const plan::Change& change = judgement.plan.changes[i];
        const std::string spelled = change.key.to_string() + ": " + *change.value_name;
        covering([&](const codec::Waiver& waiver) {
            return !waiver.setting.empty() && (schannel::matches(waiver.setting, judgement.subjects[i]) || schannel::matches(waiver.setting, spelled));
        });
    }
    for (const lint::Finding& finding : judgement.errors) {
        covering([&](const codec::Waiver& waiver) { return !waiver.rule.empty() && waiver.rule == finding.rule->id; });
    }
}

Machine Criteria::judge(Reading reading) const {
    Machine machine;
    machine.source = std::move(reading.source);
    machine.name = std::move(reading.name);
    const State& state = *reading.state;
    machine.release = state.release;
    machine.build = state.circumstances.build ? state.circumstances.build->number : 0;
    machine.revision = state.circumstances.revision;
    machine.assumed = state.assumed;
    const Policy* policy = policy_of(machine);
    if (policy == nullptr) {
        if (machine.why.empty()) machine.why = "the profile of its group is not among those that are named";
        return machine;
    }
    machine.policy = policy->name;
    machine.judgement = judgement_of(*policy, reading.state);
    if (!machine.judgement) {
        machine.why = "the profile needs the Windows release, which is not known";
        return machine;
    }
    waive(machine);
    const Judgement& judgement = *machine.judgement;
    if (machine.open_changes() + machine.open_errors() != 0) {
        machine.verdict = Verdict::different;
    } else if (!judgement.unspoken.empty()) {
        const std::size_t more = judgement.unspoken.size() - 1;
        machine.why = "its file says nothing of " + judgement.unspoken.front() + (more == 0 ? "" : " and " + std::to_string(more) + " more") + ", which the profile asks for; nothing else differs";
    } else {
        machine.verdict = judgement.plan.empty() && judgement.errors.empty() ? Verdict::compliant : Verdict::waived;
    }
    return machine;
}

Machine Criteria::unreadable(std::string source, std::string name, std::string why) {
    Machine machine;
    machine.source = std::move(source);
    machine.name = std::move(name);
    machine.verdict = Verdict::unreadable;
    machine.why = std::move(why);
    return machine;
}

std::vector<const codec::Waiver*> Criteria::expired() const {
    std::vector<const codec::Waiver*> out;
    for (const codec::Waiver& waiver : waivers_) {
        if (waiver.until < today_) out.push_back(&waiver);
    }
    return out;
}

std::vector<const codec::Waiver*> Criteria::unused(const std::vector<Machine>& machines) const {
    std::vector<const codec::Waiver*> out;
    for (const codec::Waiver& waiver : waivers_) {
        if (waiver.until < today_) continue;
        const bool used = std::ranges::any_of(machines, [&](const Machine& machine) { return std::ranges::find(machine.waivers, &waiver) != machine.waivers.end(); });
        if (!used) out.push_back(&waiver);
    }
    return out;
}

}  // namespace schancfg::audit
