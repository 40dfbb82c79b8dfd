#include <algorithm>

#include "handshake/offer.hpp"
#include "effect/reader.hpp"
#include "remedy/steps.hpp"
#include "remedy/values.hpp"
#include "schancfg/facts/updates.hpp"

namespace schancfg::remedy {
namespace {

std::string risk_of(std::size_t version) {
    if (version == 1) return "SSL 3.0 is broken (POODLE) and forbidden by RFC 7568; every connection in that role may fall back to it";
    if (version < handshake::tls12) return std::string(handshake::tls_versions[version]) + " is forbidden by RFC 8996 and by most rules; every connection in that role may use it";
    return {};
}

bool is_2008(const facts::Release& release) { return release.id == "windows-server-2008" || release.id == "windows-server-2008-sp2"; }

Fix schannel_step(const MachineEnd& machine_end, std::size_t version) {
    Fix step;
    step.kind = FixKind::profile;
    step.side = machine_end.side();
    const std::string name(handshake::tls_versions[version]);
    const bool client = machine_end.role == facts::Role::client;
    step.title = "Enable " + name + (client ? " for connections that this machine makes" : " for connections that this machine accepts");
    want_protocol(step.wanted, name, machine_end.role);
    step.weakens = version < handshake::tls12;
    step.risk = risk_of(version);
    step.restart = true;
    if (!client && version == handshake::tls12) {
        step.builtin = "tls11-tls12-server";
        step.text = "The shipped profile tls11-tls12-server enables TLS 1.1 as well and takes SSL 3.0 and TLS 1.0 away.";
    }
    step.text.append(step.text.empty() ? "" : " ").append("The other end speaks ").append(name).append(".");
    return step;
}

Fix application_step(const MachineEnd& machine_end, std::size_t version) {
    Fix step;
    step.kind = FixKind::application;
    step.side = handshake::Side::client;
    const std::string name(handshake::tls_versions[version]);
    step.protocols = {name};
    step.title = "Let the program itself ask for " + name;
    const std::string_view id = machine_end.end.application == nullptr ? std::string_view{} : machine_end.end.application->id;
    if (id == "winhttp") {
        step.text = "Its author sets WINHTTP_OPTION_SECURE_PROTOCOLS.";
    } else if (id == "schannel-cred") {
        step.text = "Its author passes SCH_CREDENTIALS to Schannel: SCHANNEL_CRED knows nothing newer than TLS 1.2.";
    } else if (id == "wininet") {
        step.text = "WinINet takes SecureProtocols: `Internet Options`, Advanced, or the policy `Turn off encryption support`.";
    } else if (id.starts_with("dotnet-")) {
        step.text = "Best is a build for .NET Framework 4.7 or later, which leaves the choice to the system. Else its code names the protocol in "
                    "ServicePointManager.SecurityProtocol or SslProtocols.";
    } else {
        step.text = "It names its protocols in its code or in a setting of its own.";
    }
    step.weakens = version < handshake::tls12;
    if (step.weakens) step.risk = "this program alone then uses " + name;
    return step;
}

std::uint32_t bit_of(std::string_view name) {
    const facts::Protocol* protocol = facts::find_protocol(name);
    return protocol == nullptr ? 0 : protocol->client_bit;
}

/// The values of the layer above Schannel, for every program that leaves the choice to it.
Fix layer_step(const MachineEnd& machine_end, std::size_t version) {
    Fix step;
    step.kind = FixKind::profile;
    step.side = handshake::Side::client;
    step.weakens = version < handshake::tls12;
    step.risk = risk_of(version);
    const std::string name(handshake::tls_versions[version]);
    const handshake::Application& application = *machine_end.end.application;
    if (application.id == "winhttp") {
        std::uint32_t mask = 0;
        for (const effect::WinHttpEffect& view : machine_end.effect.winhttp) mask |= view.mask;
        want_winhttp(step.wanted, mask | bit_of(name));
        step.title = "Let programs that use WinHTTP offer " + name;
        if (machine_end.effect.release->build < effect::windows_8_1) {
            step.updates = {"KB3140245"};
            step.text = "Here the value is read with KB3140245 only.";
        }
        if (machine_end.effect.release->build >= effect::windows_7 && machine_end.effect.release->build < effect::windows_8 && version >= handshake::tls12 - 1) {
            // KB3140245 asks for both on 7 and 2008 R2.
            want_protocol(step.wanted, name, facts::Role::client);
            step.text.append(" The update's page asks for the protocol's client switch as well.");
            step.restart = true;
        }
    } else {
        want_dotnet(step.wanted, application.dotnet_version);
        step.title = "Let .NET programs leave the choice of protocols to the system";
        const facts::Build build = machine_end.effect.release->build;
        if (application.dotnet_version == "v2.0.50727" && build >= effect::windows_7 && build < effect::windows_8) {
            step.updates = {"KB3154518"};
            step.text = "Here .NET 3.5 reads the value with KB3154518 only.";
        }
        if (step.risk.empty()) step.risk = "programs that rely on SSL 3.0 or TLS 1.0 get what the system has on";
    }
    return step;
}

}  // namespace

std::vector<Fix> protocol_steps(const MachineEnd& machine_end, const handshake::End& other) {
    std::vector<Fix> ways;
    const handshake::Offer theirs(other);
    for (std::size_t version = handshake::tls_versions.size(); version-- > 1;) {  // nobody gets SSL 2.0 back
        if (theirs.at(version).offered != handshake::Answer::yes) continue;
        const handshake::Missing* missing = machine_end.end.find_missing(handshake::Missing::Kind::protocol, handshake::tls_versions[version]);
        // Of a service that does not speak it no setting makes one that does.
        if (missing == nullptr || missing->by_service) continue;
        if (missing->by_layer) {
            ways.push_back(application_step(machine_end, version));
            const handshake::Application* application = machine_end.end.application;
            const bool has_values = application != nullptr && (application->id == "winhttp" || !application->dotnet_version.empty());
            if (has_values) ways.push_back(layer_step(machine_end, version));
            continue;
        }
        const effect::ProtocolAnswer& answer = machine_end.effect.protocol(handshake::tls_versions[version])->of(machine_end.role);
        // TLS 1.1 and 1.2 of Server 2008, which an update brings, are never certain to be missing.
        if (answer.state == effect::ProtocolState::not_supported && answer.basis.certain) continue;
        ways.push_back(schannel_step(machine_end, version));
    }
    return ways;
}

Fix same_protocol_step(const MachineEnd& client, const MachineEnd& server) {
    Fix step;
    step.kind = FixKind::profile;
    step.side = handshake::Side::both;
    step.restart = true;
    const auto can_have = [](const MachineEnd& of, std::size_t version) {
        const handshake::Missing* missing = of.end.find_missing(handshake::Missing::Kind::protocol, handshake::tls_versions[version]);
        if (missing == nullptr || missing->by_layer || missing->by_service) return false;
        const effect::ProtocolAnswer& answer = of.effect.protocol(handshake::tls_versions[version])->of(of.role);
        return answer.state != effect::ProtocolState::not_supported || !answer.basis.certain;
    };
    for (std::size_t version = handshake::tls_versions.size(); version-- > handshake::tls12;) {
        if (!can_have(client, version) || !can_have(server, version)) continue;
        const std::string name(handshake::tls_versions[version]);
        step.title = "Enable " + name + " on both machines";
        step.text = "Neither has it on in its role; one profile does for both.";
        want_protocol(step.wanted, name, facts::Role::client);
        want_protocol(step.wanted, name, facts::Role::server);
        return step;
    }
    return step;
}

Fix whole_machine_step(const MachineEnd& machine_end) {
    Fix step;
    step.kind = FixKind::profile;
    step.side = machine_end.side();
    step.title = "Enable TLS 1.1 and TLS 1.2 on the whole machine: both roles, WinHTTP and .NET";
    step.text = "WinHTTP reads DefaultSecureProtocols with KB3140245 only; .NET programs then leave the choice to the system.";
    step.risk = "every program on the machine is concerned: try those that matter";
    step.restart = true;
    for (const char* protocol : {"TLS 1.1", "TLS 1.2"}) {
        want_protocol(step.wanted, protocol, facts::Role::client);
        want_protocol(step.wanted, protocol, facts::Role::server);
    }
    // TLS 1.0 stays: who has nothing newer must not be lost by this.
    want_winhttp(step.wanted, bit_of("TLS 1.0") | bit_of("TLS 1.1") | bit_of("TLS 1.2"));
    want_dotnet(step.wanted, "v2.0.50727");
    want_dotnet(step.wanted, "v4.0.30319");
    step.updates = {"KB3140245"};
    if (is_2008(*machine_end.effect.release)) step.updates.emplace_back("KB4019276");
    return step;
}

}  // namespace schancfg::remedy
