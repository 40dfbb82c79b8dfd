// Two ends of a connection for tests: machines with a release and a few values, and peers as a scan or a file would give them.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/handshake/agreement.hpp"
#include "schancfg/remedy/fixes.hpp"
#include "schancfg/handshake/symptoms.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/schannel/defaults.hpp"

namespace two_ends {

using namespace schancfg;
using handshake::Agreement;
using handshake::End;
using remedy::Machine;
using handshake::Verdict;
using facts::Role;
using registry::KeyPath;
using registry::Root;
using registry::Value;
using schannel::Answer;
using schannel::Peer;
using schannel::PeerCertificate;
using schannel::Preference;

inline const KeyPath schannel_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
inline const KeyPath policy_key(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");

/// An untouched installation, with all its updates known.
inline Machine machine(std::string_view release, std::initializer_list<std::string> updates = {}) {
    const facts::Release* found = facts::find_release(release);
    REQUIRE(found != nullptr);
    Machine made;
    made.state = schannel::untouched(*found);
    made.release = found;
    made.circumstances.updates = updates;
    made.circumstances.updates_complete = true;
    return made;
}

/// A value of the SCHANNEL key or below it.
inline void set(Machine& machine, std::string_view below, std::string_view name, std::uint32_t number) {
    machine.state.set_value(below.empty() ? schannel_key : schannel_key.below(below), name, Value::dword(number));
}

inline void protocol(Machine& machine, std::string_view name, Role role, bool on) {
    const std::string key = std::string("Protocols\\").append(name).append("\\").append(facts::role_key(role));
    set(machine, key, "Enabled", on ? 1 : 0);
    set(machine, key, "DisabledByDefault", on ? 0 : 1);
}

/// TLS 1.2 alone, in both roles.
inline void only_tls12(Machine& machine) {
    for (const Role role : {Role::client, Role::server}) {
        for (const char* old : {"SSL 3.0", "TLS 1.0", "TLS 1.1"}) protocol(machine, old, role, false);
        protocol(machine, "TLS 1.2", role, true);
    }
}

/// Each suite as `NAME` or `NAME group`, where the group is a curve or `dh512`.
struct Offered {
    std::string_view protocol;
    std::vector<std::string_view> suites;
};

inline Peer peer(Role role, std::initializer_list<Offered> offers, Preference preference = Preference::server) {
    Peer made = schannel::unknown_peer(role);
    made.host = role == Role::server ? "printer.example" : "device.example";
    made.port = 443;
    for (schannel::PeerProtocol& each : made.protocols) {
        each.offered = Answer::no;
        each.suites_complete = true;
    }
    for (const Offered& offer : offers) {
        for (schannel::PeerProtocol& each : made.protocols) {
            if (each.name != offer.protocol) continue;
            each.offered = Answer::yes;
            each.preference = preference;
        }
        for (const std::string_view text : offer.suites) {
            const std::size_t space = std::min(text.find(' '), text.size());
            const auto known = facts::identify_suite(text.substr(0, space));
            REQUIRE(known);
            schannel::PeerSuite suite;
            suite.protocol = offer.protocol;
            suite.id = known->id;
            suite.name = known->name;
            const std::string_view extra = space == text.size() ? std::string_view{} : text.substr(space + 1);
            if (extra.starts_with("dh")) {
                suite.dh_bits = std::stoi(std::string(extra.substr(2)));
            } else if (!extra.empty()) {
                suite.group = extra;
                if (std::ranges::find(made.groups, extra) == made.groups.end()) made.groups.emplace_back(extra);
            }
            made.suites.push_back(std::move(suite));
        }
    }
    return made;
}

inline Peer scanned(std::initializer_list<Offered> offers, Preference preference = Preference::server) {
    Peer made = peer(Role::server, offers, preference);
    made.tool = "nmap";
    made.tool_version = "7.93";
    return made;
}

inline PeerCertificate certificate(std::string_view type, int bits, std::string_view hash, std::string_view curve = {}) {
    PeerCertificate made;
    made.key_type = type;
    made.key_bits = bits;
    made.signature_hash = hash;
    made.signature_key = "RSA";
    made.curve = curve;
    return made;
}

/// A device that calls: which curves and lengths it takes is known.
inline Peer caller(std::initializer_list<Offered> offers) {
    Peer made = peer(Role::client, offers, Preference::client);
    made.groups_complete = true;
    made.dh_min_bits = 512;
    made.rsa_min_bits = 512;
    made.signature_hashes = {"SHA256", "SHA384", "SHA512", "SHA1"};
    made.signature_hashes_complete = true;
    return made;
}

/// One connection: the ends, with the machines behind them where there are.
struct Scene {
    std::unique_ptr<Machine> client_machine, server_machine;
    std::optional<Peer> client_peer, server_peer;
    std::optional<handshake::Symptom> symptom;

    [[nodiscard]] End client() const { return client_machine ? remedy::make_end(*client_machine, Role::client) : handshake::make_end(*client_peer); }
    [[nodiscard]] End server() const { return server_machine ? remedy::make_end(*server_machine, Role::server) : handshake::make_end(*server_peer); }
};

inline Scene connect(Machine client, Peer server) {
    Scene scene;
    scene.client_machine = std::make_unique<Machine>(std::move(client));
    scene.server_peer = std::move(server);
    return scene;
}
inline Scene connect(Peer client, Machine server) {
    Scene scene;
    scene.client_peer = std::move(client);
    scene.server_machine = std::make_unique<Machine>(std::move(server));
    return scene;
}
inline Scene connect(Machine client, Machine server) {
    Scene scene;
    scene.client_machine = std::make_unique<Machine>(std::move(client));
    scene.server_machine = std::make_unique<Machine>(std::move(server));
    return scene;
}
inline Scene connect(Peer client, Peer server) {
    Scene scene;
    scene.client_peer = std::move(client);
    scene.server_peer = std::move(server);
    return scene;
}

inline Scene with_error(Scene scene, std::string_view text) {
    scene.symptom = handshake::read_symptom(text);
    REQUIRE(scene.symptom);
    return scene;
}

inline handshake::Diagnosis diagnose(const Scene& scene) {
    return handshake::diagnose(scene.client(), scene.server(), scene.symptom ? &*scene.symptom : nullptr);
}

inline std::vector<remedy::Fix> fixes(const Scene& scene, const handshake::Diagnosis& diagnosis) {
    const End client = scene.client(), server = scene.server();
    return remedy::fixes(diagnosis, {&client, &server, scene.client_machine.get(), scene.server_machine.get()});
}

/// `agree TLS 1.2 TLS_... on secp256r1`, `disagree no-common-suite`.
inline std::string dump(const Agreement& agreement) {
    std::string text(handshake::verdict_name(agreement.verdict));
    if (agreement.verdict != Verdict::agree) return text.append(" ").append(agreement.reason == nullptr ? "-" : agreement.reason->id);
    text.append(" ").append(agreement.handshake.protocol.empty() ? "?" : agreement.handshake.protocol);
    text.append(" ").append(agreement.handshake.suite_name.empty() ? "?" : agreement.handshake.suite_name);
    if (!agreement.handshake.group.empty()) text.append(" on ").append(agreement.handshake.group);
    return text;
}

/// As a user takes it: its TOML saved, read again, translated for the release and applied.
inline Machine applied(const Machine& machine, const remedy::Fix& fix) {
    remedy::Fix rest = fix;
    rest.wanted = {};
    Machine changed = remedy::with_fix(machine, rest);
    if (fix.wanted.values.empty()) return changed;
    const auto text = codec::encode_profile(fix.wanted, machine.release, fix.title);
    REQUIRE(text);
    INFO(*text);
    const auto profile = codec::decode_profile(*text, "fix.toml", {});
    REQUIRE(profile);
    const auto wanted = schannel::translate(*profile.value, {machine.release});
    REQUIRE(wanted);
    registry::overlay(changed.state, *wanted.value);
    return changed;
}

}  // namespace two_ends
