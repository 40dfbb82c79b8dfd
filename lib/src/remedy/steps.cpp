#include "remedy/steps.hpp"

#include <algorithm>
#include <optional>
#include <initializer_list>
#include <iterator>

#include "handshake/offer.hpp"
#include "effect/reader.hpp"
#include "remedy/values.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/updates.hpp"
#include "schancfg/utf.hpp"
#include "words.hpp"

namespace schancfg::remedy {
namespace {

constexpr int smallest_key = 512;  // what Windows' providers know, and what a profile may ask for

Fix profile(const MachineEnd& machine_end, std::string title) {
    Fix step;
    step.kind = FixKind::profile;
    step.side = machine_end.side();
    step.title = std::move(title);
    step.restart = true;
    return step;
}

Fix without_dh(const MachineEnd& machine_end) {
    Fix step = profile(machine_end, "Do not use TLS_DHE");
    want_algorithm(step.wanted, "KeyExchangeAlgorithms", "Diffie-Hellman", false);
    step.builtin = "no-dh";
    step.risk = "ends that have nothing but TLS_DHE are lost, in both roles";
    return step;
}

void add_if_old(Fix& step, const MachineEnd& machine_end) {
    if (machine_end.effect.release->build >= effect::windows_10) return;
    step.updates = {"KB3174644"};
    step.text = "Here the value is read with KB3174644 only.";
}

/// Too short for this machine, or (server) given too short by it.
std::vector<Fix> short_dh_steps(const MachineEnd& machine_end, const handshake::End& other, const handshake::Agreement& agreement) {
    std::vector<Fix> ways{without_dh(machine_end)};
    if (machine_end.role == facts::Role::client) {
        const int bits = agreement.handshake.bits;
        if (bits < smallest_key || bits >= machine_end.end.dh.taken_from) return ways;
        Fix step = profile(machine_end, "Accept Diffie-Hellman groups of " + std::to_string(bits) + " bits");
        want_bits(step.wanted, "Diffie-Hellman", "ClientMinKeyBitLength", static_cast<std::uint32_t>(bits));
        if (bits == smallest_key) step.builtin = "weak-dh-peer";
        step.weakens = true;
        step.risk = "such short groups are broken (Logjam), and the limit holds for every connection that the machine makes, not for this end alone";
        add_if_old(step, machine_end);
        ways.push_back(std::move(step));
        return ways;
    }
    const int least = std::max(other.dh.taken_from, 2048);
    Fix step = profile(machine_end, "Use Diffie-Hellman groups of " + std::to_string(least) + " bits");
    want_bits(step.wanted, "Diffie-Hellman", "ServerMinKeyBitLength", static_cast<std::uint32_t>(least));
    step.risk = "old clients may not take groups that long";
    add_if_old(step, machine_end);
    ways.push_back(std::move(step));
    return ways;
}

std::vector<Fix> long_dh_steps(const MachineEnd& machine_end, const handshake::End& other) {
    std::vector<Fix> ways{without_dh(machine_end)};
    if (machine_end.role == facts::Role::client) {
        Fix step = profile(machine_end, "Accept Diffie-Hellman groups of any length");
        want_no_bits(step.wanted, "Diffie-Hellman", "ClientMaxKeyBitLength");
        ways.push_back(std::move(step));
    } else if (other.peer.dh_max_bits >= smallest_key) {
        Fix step = profile(machine_end, "Use Diffie-Hellman groups of " + std::to_string(other.peer.dh_max_bits) + " bits");
        want_bits(step.wanted, "Diffie-Hellman", "ServerMinKeyBitLength", static_cast<std::uint32_t>(other.peer.dh_max_bits));
        step.weakens = true;
        step.risk = "shorter groups for every client, not for this end alone";
        add_if_old(step, machine_end);
        ways.push_back(std::move(step));
    }
    return ways;
}

std::vector<Fix> rsa_steps(const MachineEnd& machine_end, const handshake::End& other, bool too_long) {
    std::vector<Fix> ways;
    if (machine_end.role != facts::Role::client) return ways;
    if (too_long) {
        Fix step = profile(machine_end, "Accept RSA keys of any length");
        want_no_bits(step.wanted, "PKCS", "ClientMaxKeyBitLength");
        ways.push_back(std::move(step));
        return ways;
    }
    int bits = 0;
    for (const auto& certificate : other.peer.certificates) {
        if (certificate.key_type == "RSA" && certificate.key_bits >= smallest_key) bits = std::max(bits, certificate.key_bits);
    }
    if (bits == 0) return ways;
    Fix step = profile(machine_end, "Accept RSA keys of " + std::to_string(bits) + " bits from servers");
    want_bits(step.wanted, "PKCS", "ClientMinKeyBitLength", static_cast<std::uint32_t>(bits));
    step.weakens = true;
    step.text = "Programs that verify the chain refuse RSA keys below 1024 bits all the same (KB2661254).";
    step.risk = "keys this short are broken by anybody, and the limit holds for every connection that the machine makes";
    ways.push_back(std::move(step));
    return ways;
}

std::vector<Fix> hash_steps(const MachineEnd& machine_end, const handshake::End& other) {
    std::vector<Fix> ways;
    std::vector<schannel::PeerCertificate> certificates = other.peer.certificates;
    certificates.insert(certificates.end(), machine_end.end.peer.certificates.begin(), machine_end.end.peer.certificates.end());
    for (const auto& certificate : certificates) {
        const std::string& hash = certificate.signature_hash;
        if (machine_end.end.find_missing(handshake::Missing::Kind::signature_hash, hash) == nullptr) continue;
        const std::string_view gate_name = hash == "SHA1" ? std::string_view("SHA") : std::string_view(hash);
        const auto gate = std::ranges::find(machine_end.effect.hashes, gate_name, &effect::AlgorithmEffect::name);
        if (gate != machine_end.effect.hashes.end() && gate->state == effect::GateState::off) {
            Fix step = profile(machine_end, "Switch " + std::string(gate_name) + " on again");
            want_algorithm(step.wanted, "Hashes", gate_name, true);
            step.weakens = hash == "MD5" || hash == "SHA1";
            if (step.weakens) step.risk = hash + " signatures can be forged";
            ways.push_back(std::move(step));
            return ways;
        }
        const std::vector<std::string>& listed = machine_end.effect.signatures.listed;
        if (!listed.empty()) {
            Fix step = profile(machine_end, "Put " + hash + " into the list of signature algorithms");
            std::vector<std::string> names = listed;
            for (const char* key : {"RSA/", "ECDSA/"}) names.push_back(key + hash);
            want_signatures(step.wanted, names);
            step.weakens = hash == "MD5" || hash == "SHA1";
            if (step.weakens) step.risk = hash + " signatures can be forged";
            ways.push_back(std::move(step));
            return ways;
        }
        const facts::Update* update = facts::find_update("KB2973337");
        if (hash != "SHA512" || !facts::is_for(*update, *machine_end.effect.release)) continue;
        Fix step;
        step.kind = FixKind::update;
        step.side = machine_end.side();
        step.title = "Install " + std::string(update->id) + " on " + std::string(machine_end.effect.release->name);
        step.text = "It adds SHA-512 signatures to TLS 1.2. Later rollups hold it.";
        step.updates = {std::string(update->id)};
        step.restart = true;
        ways.push_back(std::move(step));
        return ways;
    }
    return ways;
}

std::vector<Fix> signature_steps(const MachineEnd& machine_end) {
    std::vector<std::string> names = machine_end.effect.signatures.listed;
    if (names.empty()) return {};
    Fix step = profile(machine_end, "Put SHA256 into the list of signature algorithms");
    for (const char* name : {"RSA/SHA256", "ECDSA/SHA256"}) add_once(names, name);
    want_signatures(step.wanted, names);
    return {std::move(step)};
}

std::vector<Fix> renegotiation_steps(const MachineEnd& machine_end) {
    if (machine_end.end.renegotiation != effect::Renegotiation::strict) return {};
    Fix step = profile(machine_end, "Accept peers without secure renegotiation");
    const bool client = machine_end.role == facts::Role::client;
    want_number(step.wanted, client ? "AllowInsecureRenegoServers" : "AllowInsecureRenegoClients", 1);
    step.weakens = true;
    step.risk = "connections are open to CVE-2009-3555 again, with everybody who lacks RFC 5746";
    return {std::move(step)};
}

/// Of these the one that is for the release.
std::vector<Fix> install(const MachineEnd& machine_end, std::initializer_list<const char*> ids) {
    std::vector<Fix> ways;
    for (const char* id : ids) {
        if (!facts::is_for(*facts::find_update(id), *machine_end.effect.release)) continue;
        Fix& step = ways.emplace_back();
        step.kind = FixKind::update;
        step.side = machine_end.side();
        step.title = "Install " + std::string(id) + " or a later cumulative update";
        step.updates = {id};
        step.restart = true;
    }
    return ways;
}

/// RFC 8446, 4.6.1: tickets live seven days at most.
std::vector<Fix> ticket_steps(const MachineEnd& machine_end) {
    constexpr std::uint32_t week_ms = 604800000;
    if (machine_end.role != facts::Role::server) return {};
    Fix step = profile(machine_end, "Let sessions live 7 days at most");
    want_number(step.wanted, "ServerCacheTime", week_ms);
    step.text = "The default is 10 hours.";
    return {std::move(step)};
}

bool is_blocklisted(const effect::SuiteEffect& entry) { return entry.suite != nullptr && entry.suite->http2_blocklisted; }

std::vector<Fix> http2_steps(const MachineEnd& machine_end) {
    std::vector<effect::SuiteEffect> listed = machine_end.effect.cipher_suites.listed;
    std::ranges::stable_partition(listed, [](const effect::SuiteEffect& entry) { return !is_blocklisted(entry); });
    std::vector<std::string> names;
    names.reserve(listed.size());
    for (const effect::SuiteEffect& entry : listed) names.push_back(entry.name);
    Fix step = profile(machine_end, "Put the suites that HTTP/2 allows first");
    want_suites(step.wanted, names);
    return {std::move(step)};
}

/// Older protocols that both ends speak, for the one program that talks to the device.
std::vector<Fix> older_protocols(const MachineEnd& machine_end, const handshake::End& other) {
    if (machine_end.role != facts::Role::client) return {};
    Fix step;
    step.kind = FixKind::application;
    step.side = handshake::Side::client;
    const handshake::Offer theirs(other);
    for (std::size_t version = 2; version < handshake::tls12; ++version) {
        if (machine_end.effect.protocol(handshake::tls_versions[version])->client().usable() && theirs.at(version).offered == handshake::Answer::yes) step.protocols.emplace_back(handshake::tls_versions[version]);
    }
    if (step.protocols.empty()) return {};
    std::string names;
    for (const std::string& name : step.protocols) names.append(names.empty() ? "" : " and ").append(name);
    step.title = "Let the program that talks to this end ask for " + names + " only";
    step.text = "In its own settings or code, not in the registry: the machine keeps TLS 1.2 for everybody else.";
    step.weakens = true;
    step.risk = "this one connection uses an old protocol, which RFC 8996 forbids";
    return {std::move(step)};
}

}  // namespace

MachineEnd::MachineEnd(const Machine& of, facts::Role as) : machine(of), role(as), effect(effect::evaluate(of.state, *of.release, of.circumstances)) {
    end = handshake::make_end(effect, role, of.options);
}

std::vector<Fix> steps(const MachineEnd& machine_end, const handshake::End& other, const handshake::Agreement& agreement) {
    const std::optional<handshake::ReasonId> id = agreement.reason == nullptr ? std::nullopt : std::optional(agreement.reason->code);
    std::vector<Fix> ways;
    const auto take = [&ways](std::vector<Fix> more) { std::ranges::move(more, std::back_inserter(ways)); };
    if (id == handshake::ReasonId::no_protocol_left || id == handshake::ReasonId::app_protocols || id == handshake::ReasonId::no_common_protocol || id == handshake::ReasonId::version_hole) {
        take(protocol_steps(machine_end, other));
    } else if (id == handshake::ReasonId::no_common_suite || id == handshake::ReasonId::certificate_type) {
        take(suite_steps(machine_end, other, agreement));
    } else if (id == handshake::ReasonId::no_common_curve) {
        take(curve_steps(machine_end, other));
        take(suite_steps(machine_end, other, agreement));
    } else if (id == handshake::ReasonId::dh_too_short) {
        take(short_dh_steps(machine_end, other, agreement));
    } else if (id == handshake::ReasonId::dh_too_long) {
        take(long_dh_steps(machine_end, other));
    } else if (id == handshake::ReasonId::certificate_key_too_short || id == handshake::ReasonId::certificate_key_too_long) {
        take(rsa_steps(machine_end, other, id == handshake::ReasonId::certificate_key_too_long));
    } else if (id == handshake::ReasonId::certificate_signature_hash) {
        take(hash_steps(machine_end, other));
    } else if (id == handshake::ReasonId::no_common_signature) {
        take(signature_steps(machine_end));
    } else if (id == handshake::ReasonId::strict_renegotiation) {
        take(renegotiation_steps(machine_end));
    }
    return ways;
}

std::vector<Fix> steps_later(const MachineEnd& machine_end, const handshake::End& other, const handshake::Agreement& agreement) {
    const std::optional<handshake::ReasonId> id = agreement.reason == nullptr ? std::nullopt : std::optional(agreement.reason->code);
    std::vector<Fix> ways;
    if (id == handshake::ReasonId::version_intolerance) return older_protocols(machine_end, other);
    if (id == handshake::ReasonId::http2_suite_order) return machine_end.role == facts::Role::server ? http2_steps(machine_end) : ways;
    if (id == handshake::ReasonId::broken_dh) return {without_dh(machine_end)};
    if (id == handshake::ReasonId::ticket_lifetime) return ticket_steps(machine_end);
    if (id == handshake::ReasonId::october_2022_update) return install(machine_end, {"KB5020435", "KB5020387", "KB5020436", "KB5020438"});
    if (id == handshake::ReasonId::dhe_leading_zero) {
        if (machine_end.effect.dhe_fault.on) ways = install(machine_end, {"KB4537806"});
        ways.push_back(without_dh(machine_end));
    }
    if (id == handshake::ReasonId::extended_master_secret && machine_end.end.peer.extended_master_secret == schannel::Answer::yes) {
        const bool client = machine_end.role == facts::Role::client;
        Fix step = profile(machine_end, "Disable the extended master secret");
        want_number(step.wanted, client ? "DisableClientExtendedMasterSecret" : "DisableServerExtendedMasterSecret", 1);
        step.weakens = true;
        step.risk = "sessions are open to the triple handshake attack (RFC 7627), with everybody";
        ways.push_back(std::move(step));
    }
    return ways;
}

void join(Fix& fix, const Fix& step) {
    const auto append = [](std::string& text, const std::string& more, std::string_view between) {
        if (text.contains(more)) return;
        if (!text.empty()) text.append(between);
        text.append(more);
    };
    if (fix.title.empty()) {
        fix.kind = step.kind;
        fix.side = step.side;
        fix.builtin = step.builtin;
        fix.certificate = step.certificate;
        fix.release = step.release;
    } else {
        fix.builtin = {};
        // Values and what goes with them weigh more than what only helps them.
        if (step.kind == FixKind::profile) fix.kind = FixKind::profile;
    }
    append(fix.title, step.title, "; ");
    append(fix.text, step.text, " ");
    append(fix.risk, step.risk, "; ");
    add(fix.wanted, step.wanted);
    for (const std::string& update : step.updates) add_once(fix.updates, update);
    for (const std::string& protocol : step.protocols) add_once(fix.protocols, protocol);
    Demand& demand = fix.demand;
    if (!step.demand.protocol.empty()) demand.protocol = step.demand.protocol;
    for (const std::string& suite : step.demand.suites) add_once(demand.suites, suite);
    for (const std::string& group : step.demand.groups) add_once(demand.groups, group);
    demand.dh_bits = std::max(demand.dh_bits, step.demand.dh_bits);
    demand.rsa_bits = std::max(demand.rsa_bits, step.demand.rsa_bits);
    if (!step.demand.signature_hash.empty()) demand.signature_hash = step.demand.signature_hash;
    demand.secure_renegotiation = demand.secure_renegotiation || step.demand.secure_renegotiation;
    fix.weakens = fix.weakens || step.weakens;
    fix.restart = fix.restart || step.restart;
}

}  // namespace schancfg::remedy
