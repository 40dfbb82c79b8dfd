// What services lose, and what breaks in them although Schannel has the protocol.
#include "lint/services.hpp"

#include <algorithm>

#include "lint/subject.hpp"
#include "words.hpp"

namespace schancfg::lint {
namespace {

using effect::Answer;
using effect::Effect;
using effect::ServiceEffect;
using facts::Role;
using facts::ServiceChoice;
using facts::ServiceId;

/// `TLS 1.3`, `TLS 1.1 and perhaps TLS 1.3`: what Schannel has in that role by default, for sure or perhaps.
std::string left_in_schannel(const Effect& effect, Role role) {
    std::vector<std::string> names;
    for (const std::string_view version : {"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) {
        const effect::ProtocolReach* reach = effect.reach(role).find(version);
        if (reach == nullptr || reach->by_default() == Answer::no) continue;
        names.push_back(std::string(reach->by_default() == Answer::yes ? "" : "perhaps ").append(version));
    }
    return names.empty() ? std::string() : some_of(names);
}

std::string remote_desktop_message(const Effect& effect, const ServiceEffect& desktop) {
    const std::string has = left_in_schannel(effect, Role::server);
    if (has.empty()) return "remote desktop has no TLS version left";
    if (!desktop.row->update.empty() && desktop.left == Answer::unknown) {
        return std::string("remote desktop speaks ").append(desktop.row->newest_without).append(" alone here unless ").append(desktop.row->update)
            .append(" is installed, and what is left for servers is ").append(has);
    }
    if (desktop.row->choice == ServiceChoice::up_to) {
        const std::string_view newest = desktop.row->update.empty() ? desktop.row->newest : desktop.row->newest_without;
        return "remote desktop here speaks nothing newer than " + std::string(newest) + ", and what is left for servers is " + has;
    }
    return "remote desktop has no TLS version left";
}

Alarm alarm_of(Rule rule, Severity severity, Role role, std::string message) {
    Alarm alarm;
    alarm.rule = &lint_rule(rule);
    alarm.severity = severity;
    alarm.role = role;
    alarm.message = std::move(message);
    alarm.fix = alarm.rule->fix;
    return alarm;
}

/// Of what was not read nothing is reported.
bool rests_on_unread(const Effect& effect, const ServiceEffect& service) {
    return std::ranges::any_of(service.protocols, [&](const auto& each) {
        const effect::ProtocolReach* reach = effect.reach(service.service->role).find(each.name);
        return each.works == Answer::unknown && reach != nullptr && reach->basis.unread;
    });
}

void add_remote_desktop(Alarms& alarms, const Effect& before, const Effect& after) {
    // Every release has it.
    const ServiceEffect& is = *after.service(ServiceId::remote_desktop);
    if (is.reachable || !before.service(ServiceId::remote_desktop)->reachable || rests_on_unread(after, is)) return;
    const bool certain = is.left == Answer::no;
    Alarm alarm = alarm_of(Rule::rdp_lock_out, certain ? Severity::error : Severity::warning, Role::server, remote_desktop_message(after, is));
    alarm.certain = alarm.locks_out = certain;
    alarms.push_back(std::move(alarm));
}

/// Services that had something for sure and are left with TLS 1.3, of which nothing is documented for them.
void add_undocumented(Alarms& alarms, const Effect& before, const Effect& after, Role role) {
    std::vector<std::string> names;
    for (const ServiceEffect& is : after.services) {
        if (is.service->role != role || is.row->choice != ServiceChoice::not_documented || is.left != Answer::unknown || rests_on_unread(after, is)) continue;
        const ServiceEffect* was = before.service(is.service->id);
        const effect::ServiceProtocol* newest = is.find("TLS 1.3");
        const bool only_newest = std::ranges::all_of(is.protocols, [&](const auto& each) { return each.works == Answer::no || &each == newest; });
        if (was != nullptr && was->left == Answer::yes && only_newest) names.emplace_back(is.service->name);
    }
    if (names.empty()) return;
    Alarm alarm = alarm_of(Rule::service_lock_out, Severity::warning, role,
                           "TLS 1.3 is all that is left for " + std::string(role == Role::server ? "servers" : "clients") +
                               ", and whether these speak it here is not documented: " + series(names, " and "));
    alarm.certain = false;
    alarms.push_back(std::move(alarm));
}

/// The line that has TLS 1.3 on in that role, if the file asks for it.
const Item* asked_for_tls13(const Subject& subject, Role role) {
    const std::string path = std::string(schannel_path).append("\\Protocols\\TLS 1.3\\").append(facts::role_key(role));
    const Item* enabled = subject.find(path, "Enabled");
    return enabled != nullptr ? enabled : subject.find(path, "DisabledByDefault");
}

}  // namespace

void add_service_alarms(Alarms& alarms, const Effect& before, const Effect& after) {
    add_remote_desktop(alarms, before, after);
    for (const Role role : {Role::client, Role::server}) add_undocumented(alarms, before, after, role);
}

void lint_services(Subject& subject) {
    const Effect* effect = subject.effect();
    if (effect == nullptr || !effect->release->server) return;
    for (const Role role : {Role::client, Role::server}) {
        const effect::ProtocolReach* newest = effect->reach(role).find("TLS 1.3");
        if (newest == nullptr || newest->by_default() != Answer::yes) continue;
        const Item* item = asked_for_tls13(subject, role);
        if (item == nullptr && !subject.defaults) continue;
        std::string breaks;
        for (const ServiceEffect& each : effect->services) {
            if (each.service->role != role || each.row->trouble_13.empty()) continue;
            breaks.append(breaks.empty() ? "" : "; ").append(each.service->name).append(": ").append(each.row->trouble_13);
        }
        if (breaks.empty()) continue;
        std::string message = std::string("TLS 1.3 is on for ").append(role == Role::client ? "clients" : "servers").append(", where it can break: ").append(breaks);
        if (item != nullptr) {
            subject.report(Rule::service_tls13, *item, std::move(message));
        } else {
            subject.report(Rule::service_tls13, std::move(message));
        }
    }
}

}  // namespace schancfg::lint
