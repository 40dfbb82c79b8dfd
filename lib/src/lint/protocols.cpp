#include <algorithm>
#include <array>

#include "lint/subject.hpp"
#include "schancfg/facts/weak.hpp"
#include "schancfg/schannel/protocol_state.hpp"
#include "schancfg/utf.hpp"
#include "schancfg/text.hpp"

namespace schancfg::lint {
namespace {

using facts::Role;

constexpr std::array roles{Role::client, Role::server};

std::string path_of(std::string_view protocol, Role role) {
    return std::string(schannel_path).append("\\Protocols\\").append(protocol).append(1, '\\').append(facts::role_key(role));
}

bool is_there(effect::ProtocolState state) {
    return state == effect::ProtocolState::on || state == effect::ProtocolState::on_request || state == effect::ProtocolState::uncertain;
}

/// What the file asks of one protocol and role.
struct Asked {
    const Item* enabled = nullptr;
    const Item* disabled_by_default = nullptr;
    [[nodiscard]] const Item* any() const { return enabled != nullptr ? enabled : disabled_by_default; }
};

Asked asked_of(const Subject& subject, std::string_view protocol, Role role) {
    const std::string path = path_of(protocol, role);
    return {subject.find(path, "Enabled"), subject.find(path, "DisabledByDefault")};
}

std::string named(std::string_view protocol, Role role) {
    return std::string(protocol).append(" for ").append(role == Role::client ? "clients" : "servers");
}

void lint_pair(Subject& subject, std::string_view protocol, Role role, const Asked& asked) {
    const std::string path = path_of(protocol, role);
    const auto enabled = subject.number(path, "Enabled");
    const auto by_default = subject.number(path, "DisabledByDefault");
    const std::string name = named(protocol, role);
    // What the release does not have is off whatever its values say.
    if (subject.protocol(protocol, role) == effect::ProtocolState::not_supported) return;
    if (enabled == 0U && by_default == 0U) {
        subject.report(Rule::contradictory_values, *asked.any(),
                       name + ": Enabled is 0 and DisabledByDefault is 0 too; Windows takes it as off");
    } else if (!enabled && by_default && *by_default != 0) {
        subject.report(Rule::protocol_one_value, *asked.any(),
                       name + ": DisabledByDefault alone leaves it to every program that asks for it; Enabled = 0 turns it off");
    } else if (enabled && !by_default) {
        subject.report(Rule::protocol_one_value, *asked.any(), name + ": Enabled is set and DisabledByDefault is not", Severity::note);
    } else if (!enabled && by_default) {
        subject.report(Rule::protocol_one_value, *asked.any(), name + ": DisabledByDefault is set and Enabled is not", Severity::note);
    }
}

void lint_support(Subject& subject, std::string_view protocol, Role role, const Asked& asked) {
    if (subject.protocol(protocol, role) != effect::ProtocolState::not_supported) return;
    const bool turns_on = asked.enabled != nullptr && asked.enabled->number().value_or(0) != 0;
    if (!turns_on) return;
    if (protocol == "TLS 1.3") {
        subject.report(Rule::tls13_unsupported, *asked.any(), named(protocol, role) + " is turned on, and this release does not support it");
    } else {
        subject.report(Rule::protocol_unsupported, *asked.any(), named(protocol, role) + " is turned on, and this release does not have it");
    }
}

void lint_weak(Subject& subject, std::string_view protocol, Role role, const Asked& asked) {
    if (!facts::is_weak_protocol(protocol)) return;
    const effect::ProtocolState state = subject.protocol(protocol, role);
    if (subject.is_assumed(protocol, role)) return;
    if (state == effect::ProtocolState::on) {
        // Only what turns it on is to blame, not DisabledByDefault = 0 beside nothing.
        subject.report(Rule::weak_protocol, *asked.any(), named(protocol, role) + " is on");
    } else if (state == effect::ProtocolState::on_request && asked.enabled != nullptr) {
        subject.report(Rule::weak_protocol, *asked.any(), named(protocol, role) + " is there for programs that ask for it");
    }
}

constexpr std::string_view older_protocols[]{"TLS 1.1", "TLS 1.0", "SSL 3.0", "SSL 2.0"};

/// Does it come about by default, suites and all? Without a release nobody knows of any that does.
effect::Answer by_default(const Subject& subject, std::string_view protocol, Role role) {
    const effect::ProtocolReach* reach = subject.effect() != nullptr ? subject.effect()->reach(role).find(protocol) : nullptr;
    return reach != nullptr ? reach->by_default() : effect::Answer::no;
}

// TLS 1.2 is what nearly all peers of a release without TLS 1.3 speak; TLS 1.3 is a loss only where it would be on.
void lint_newest(Subject& subject, std::string_view protocol, Role role, const Asked& asked) {
    const effect::ProtocolState state = subject.protocol(protocol, role);
    if (state != effect::ProtocolState::off && state != effect::ProtocolState::on_request) return;
    if (subject.is_assumed(protocol, role)) return;
    const std::string how = state == effect::ProtocolState::off ? " is off" : " is on request only";
    if (protocol == "TLS 1.2") {
        const bool newer = subject.effect() != nullptr && subject.protocol("TLS 1.3", role) == effect::ProtocolState::on;
        const bool alone = by_default(subject, "TLS 1.3", role) == effect::Answer::yes && std::ranges::all_of(older_protocols, [&](std::string_view older) { return by_default(subject, older, role) == effect::Answer::no; });
        subject.report(Rule::tls12_off, *asked.any(), named(protocol, role) + how + (alone ? ": only peers with TLS 1.3 can connect by default" : ""),
                       newer ? Severity::note : Severity::warning);
    }
    if (protocol == "TLS 1.3" && schannel::default_state(subject.release(), role, protocol) == effect::ProtocolState::on) {
        subject.report(Rule::tls13_off, *asked.any(), named(protocol, role) + how + ", and would be on by default");
    }
}

void lint_protocol(Subject& subject, std::string_view protocol) {
    const std::array asked{asked_of(subject, protocol, Role::client), asked_of(subject, protocol, Role::server)};
    for (const Role role : roles) {
        const Asked& own = asked[static_cast<std::size_t>(role)];
        if (own.any() == nullptr) continue;
        lint_pair(subject, protocol, role, own);
        lint_support(subject, protocol, role, own);
        lint_weak(subject, protocol, role, own);
        lint_newest(subject, protocol, role, own);
    }
    const bool client = asked[0].any() != nullptr;
    const bool server = asked[1].any() != nullptr;
    const auto of = [&](Role role) { return subject.protocol(protocol, role); };
    if (subject.is_assumed(protocol, Role::client) || subject.is_assumed(protocol, Role::server)) return;
    if (client && server && of(Role::client) != of(Role::server) && of(Role::client) != effect::ProtocolState::uncertain &&
        of(Role::server) != effect::ProtocolState::uncertain) {
        subject.report(Rule::protocol_one_role, *asked[1].any(), std::string(protocol).append(" is set differently for clients and servers"));
    }
    if (client == server) return;
    if (of(client ? Role::client : Role::server) == effect::ProtocolState::not_supported) return;
    const Role set = client ? Role::client : Role::server;
    const Role other = client ? Role::server : Role::client;
    if (!subject.speaks_for(path_of(protocol, other))) return;
    // A state that says the same for the other role by its default is not half of anything.
    if (subject.effect() != nullptr && subject.protocol(protocol, set) == subject.protocol(protocol, other)) return;
    subject.report(Rule::protocol_one_role, *asked[client ? 0 : 1].any(),
                   std::string(protocol).append(" is set for ").append(client ? "clients only; servers keep" : "servers only; clients keep").append(
                       " their default"));
}

/// The value that takes a TLS version from servers: the newest that is gone.
const Item* to_blame(const Subject& subject) {
    for (const std::string_view version : {"TLS 1.2", "TLS 1.3", "TLS 1.1", "TLS 1.0"}) {
        const Asked asked = asked_of(subject, version, Role::server);
        if (asked.any() != nullptr && !is_there(subject.protocol(version, Role::server))) return asked.any();
    }
    return nullptr;
}

void lint_remote_desktop(Subject& subject) {
    const Item* item = to_blame(subject);
    if (item == nullptr) return;
    const auto there = [&](std::string_view version) { return is_there(subject.protocol(version, Role::server)); };
    if (subject.effect() != nullptr && !subject.effect()->service(facts::ServiceId::remote_desktop)->reachable) return;  // an alarm
    const auto is_open = [&](std::string_view version) { return subject.is_assumed(version, Role::server); };
    if (is_open("TLS 1.2") || is_open("TLS 1.3")) return;
    if (!there("TLS 1.2") && !there("TLS 1.3") && (there("TLS 1.1") || there("TLS 1.0"))) {
        subject.report(Rule::rdp_lock_out, *item, "remote desktop is left with TLS 1.1 and older, which current clients refuse", Severity::warning);
    }
}

// Values on `Protocols\<name>` itself.
void lint_without_role(Subject& subject) {
    for (const Item& item : subject.items()) {
        if (item.value() == nullptr || !item.below.starts_with("PROTOCOLS\\") || std::ranges::count(item.below, '\\') != 1) continue;
        if (!item.is("Enabled") && !item.is("DisabledByDefault")) continue;
        subject.report(Rule::protocol_key_without_role, item,
                       quote(item.wanted->name) + " stands on the key " + quote(item.wanted->key.name()) +
                           ", not on Client or Server below it: it does nothing");
    }
}

}  // namespace

void lint_protocols(Subject& subject) {
    for (const facts::Protocol& protocol : facts::protocols()) lint_protocol(subject, protocol.name);
    lint_remote_desktop(subject);
    lint_without_role(subject);
}

}  // namespace schancfg::lint
