// Steps: single changes of one machine, or of the other end's certificate, that take one reason out of the way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schancfg/remedy/fixes.hpp"

namespace schancfg::remedy {

/// A machine with its effect, in one role.
struct MachineEnd {
    const Machine& machine;
    facts::Role role;
    effect::Effect effect;
    handshake::End end;

    MachineEnd(const Machine& machine, facts::Role role);
    [[nodiscard]] handshake::Side side() const { return role == facts::Role::client ? handshake::Side::client : handshake::Side::server; }
};

/// What could be done on that machine about why it and `other` do not agree, best first; each is one of several ways. Whether it helps is
/// tried by the caller. Their `reason` is not set.
[[nodiscard]] std::vector<Fix> steps(const MachineEnd& machine_end, const handshake::End& other, const handshake::Agreement& agreement);
/// The same where the handshake agrees and fails all the same.
[[nodiscard]] std::vector<Fix> steps_later(const MachineEnd& machine_end, const handshake::End& other, const handshake::Agreement& agreement);

[[nodiscard]] std::vector<Fix> protocol_steps(const MachineEnd& machine_end, const handshake::End& other);
[[nodiscard]] std::vector<Fix> suite_steps(const MachineEnd& machine_end, const handshake::End& other, const handshake::Agreement& agreement);
[[nodiscard]] std::vector<Fix> curve_steps(const MachineEnd& machine_end, const handshake::End& other);
/// Protocols, WinHTTP and .NET, both roles: what makes an old release speak TLS 1.2 in everything that it runs.
[[nodiscard]] Fix whole_machine_step(const MachineEnd& machine_end);
/// Where neither of two machines has a protocol from TLS 1.2 on that both could have: the newest, on both. No values: there is none.
[[nodiscard]] Fix same_protocol_step(const MachineEnd& client, const MachineEnd& server);
/// What was switched off on one of two machines alone, back on, for both.
[[nodiscard]] Fix same_algorithms_step(const effect::Effect& one, const effect::Effect& other);
/// One list of suites, or of curves, for two machines: what both releases have and nobody calls weak, then what each had. No values: there is none.
[[nodiscard]] Fix same_suites_step(const MachineEnd& client, const MachineEnd& server);
[[nodiscard]] Fix same_curves_step(const MachineEnd& client, const MachineEnd& server);
/// The step of these that is for `agreement`, other than those of which `taken` holds the titles; of suites a list only with `lists`.
[[nodiscard]] Fix same_step(const MachineEnd& client, const MachineEnd& server, const handshake::Agreement& agreement, std::string_view taken, bool lists);
/// What can be said of a reason that no offer shows (trust, the network, faults of an implementation).
[[nodiscard]] Fix advice(const handshake::Agreement& agreement, const handshake::End& client, const handshake::End& server);

/// Where each end lacks something and no change that is known helps: what is missing where.
[[nodiscard]] Fix nothing_known(const handshake::Agreement& agreement);

/// What an end that is not a Windows machine could take or give, out of what `other` has, best first.
[[nodiscard]] std::vector<Fix> device_steps(const handshake::End& device, const handshake::End& other, const handshake::Agreement& agreement);
/// The values of a protocol that the release does not support, away: what they do is not documented.
[[nodiscard]] std::vector<Fix> unsupported_steps(const MachineEnd& machine_end);
/// Updates for the machine's release, each by itself.
[[nodiscard]] std::vector<Fix> update_steps(const MachineEnd& machine_end);
/// Newer releases of the same kind, oldest first.
[[nodiscard]] std::vector<Fix> release_steps(const MachineEnd& machine_end);

/// Adds what `step` asks for to `fix`.
void join(Fix& fix, const Fix& step);

}  // namespace schancfg::remedy
