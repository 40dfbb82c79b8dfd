// What comes with something newer: updates of this release, later releases.
#include <algorithm>
#include <span>

#include "remedy/steps.hpp"
#include "remedy/values.hpp"
#include "schancfg/facts/updates.hpp"

namespace schancfg::remedy {

std::vector<Fix> unsupported_steps(const MachineEnd& machine_end) {
    constexpr std::string_view name = "TLS 1.3";
    const effect::ProtocolEffect* protocol = machine_end.effect.protocol(name);
    if (protocol == nullptr) return {};
    const effect::ProtocolAnswer& answer = protocol->of(machine_end.role);
    if (answer.state != effect::ProtocolState::not_supported) return {};
    Fix step;
    step.kind = FixKind::profile;
    step.side = machine_end.side();
    want_no_protocol(step.wanted, machine_end.machine.state, name, machine_end.role);
    // What is switched off does no harm.
    const auto turns_on = [&](const registry::WantedValue& each) {
        const auto number = machine_end.machine.state.find_value(each.key, each.name)->as_dword();
        return number && (*number != 0) == (each.name == "Enabled");
    };
    if (std::ranges::none_of(step.wanted.values, turns_on)) return {};
    step.title = "Remove the key of TLS 1.3";
    step.text = std::string(machine_end.effect.release->name) + " does not support TLS 1.3. Microsoft calls turning it on there unsafe, and connections with it were seen to fail.";
    step.restart = true;
    return {std::move(step)};
}

std::vector<Fix> update_steps(const MachineEnd& machine_end) {
    std::vector<Fix> ways;
    const effect::Circumstances& known = machine_end.machine.circumstances;
    for (const facts::Update& update : facts::updates()) {
        if (update.article || known.has(update.id) || !facts::is_for(update, *machine_end.effect.release)) continue;
        Fix step;
        step.kind = FixKind::update;
        step.side = machine_end.side();
        step.title = "Install " + std::string(update.id) + " on " + std::string(machine_end.effect.release->name);
        step.text = "It " + std::string(update.changes) + ".";
        if (!known.updates_complete) step.text.append(" Whether it is installed is not known.");
        step.updates = {std::string(update.id)};
        step.restart = true;
        ways.push_back(std::move(step));
    }
    return ways;
}

std::vector<Fix> release_steps(const MachineEnd& machine_end) {
    std::vector<Fix> ways;
    const auto newer = std::ranges::upper_bound(facts::releases(), machine_end.effect.release->build, {}, &facts::Release::build);
    for (const facts::Release& release : std::span(newer, facts::releases().end())) {
        if (release.server != machine_end.effect.release->server) continue;
        Fix step;
        step.kind = FixKind::release;
        step.side = machine_end.side();
        step.release = &release;
        step.title = "Move to " + std::string(release.name) + " or later";
        step.text = "It is the first release that has what the other end needs; no known update brings that to " + std::string(machine_end.effect.release->name) + ".";
        ways.push_back(std::move(step));
    }
    return ways;
}

}  // namespace schancfg::remedy
