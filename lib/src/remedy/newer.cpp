// What comes with something newer: updates of this release, later releases.
#include <algorithm>

#include "remedy/steps.hpp"
#include "remedy/values.hpp"
#include "schancfg/facts/updates.hpp"

namespace schancfg::remedy {

std::vector<Fix> unsupported_steps(const Patient& patient) {
    constexpr std::string_view name = "TLS 1.3";
    const effect::ProtocolEffect* protocol = patient.effect.protocol(name);
    if (protocol == nullptr) return {};
    const effect::ProtocolAnswer& answer = protocol->of(patient.role);
    if (answer.state != effect::ProtocolState::not_supported) return {};
    Fix step;
    step.kind = FixKind::profile;
    step.side = patient.side();
    want_no_protocol(step.wanted, patient.machine.state, name, patient.role);
    // What is switched off does no harm.
    const auto turns_on = [&](const registry::WantedValue& each) {
        const auto number = patient.machine.state.find_value(each.key, each.name)->as_dword();
        return number && (*number != 0) == (each.name == "Enabled");
    };
    if (std::ranges::none_of(step.wanted.values, turns_on)) return {};
    step.title = "Remove the key of TLS 1.3";
    step.text = std::string(patient.effect.release->name) + " does not support TLS 1.3. Microsoft calls turning it on there unsafe, and connections with it were seen to fail.";
    step.restart = true;
    return {std::move(step)};
}

std::vector<Fix> update_steps(const Patient& patient) {
    std::vector<Fix> ways;
    const effect::Circumstances& known = patient.machine.circumstances;
    for (const facts::Update& update : facts::updates()) {
        if (update.article || !update.id.starts_with("KB") || known.has(update.id) || !facts::is_for(update, *patient.effect.release)) continue;
        Fix step;
        step.kind = FixKind::update;
        step.side = patient.side();
        step.title = "Install " + std::string(update.id) + " on " + std::string(patient.effect.release->name);
        step.text = "It " + std::string(update.changes) + ".";
        if (!known.updates_complete) step.text.append(" Whether it is installed is not known.");
        step.updates = {std::string(update.id)};
        step.restart = true;
        ways.push_back(std::move(step));
    }
    return ways;
}

std::vector<Fix> release_steps(const Patient& patient) {
    std::vector<Fix> ways;
    for (const facts::Release& release : facts::releases()) {
        if (release.server != patient.effect.release->server || release.build <= patient.effect.release->build) continue;
        Fix step;
        step.kind = FixKind::release;
        step.side = patient.side();
        step.release = &release;
        step.title = "Move to " + std::string(release.name) + " or later";
        step.text = "It is the first release that has what the other end needs; no known update brings that to " + std::string(patient.effect.release->name) + ".";
        ways.push_back(std::move(step));
    }
    return ways;
}

}  // namespace schancfg::remedy
