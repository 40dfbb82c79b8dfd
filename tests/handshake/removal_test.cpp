// Each single fact that a case knows of its two ends is taken away in turn: a verdict or a fix may become conditional, never the opposite, never gone.
#include <algorithm>
#include <functional>

#include "scenes.hpp"
#include "schancfg/registry/tree.hpp"

using namespace two_ends;
using remedy::Fix;

namespace {

struct Removal {
    std::string what;
    std::function<void(Scene&)> apply;
};

/// What can be unknown of a peer, one thing at a time.
void add_of_peer(std::vector<Removal>& removals, const Peer& peer, bool client) {
    const std::string end = client ? "client: " : "server: ";
    const auto add = [&](std::string what, std::function<void(Peer&)> change) {
        removals.push_back({end + what, [client, change = std::move(change)](Scene& scene) { change(client ? *scene.client_peer : *scene.server_peer); }});
    };
    for (std::size_t at = 0; at < peer.protocols.size(); ++at) {
        const std::string name = peer.protocols[at].name;
        add(name, [at](Peer& each) { each.protocols[at].offered = Answer::unknown; });
        if (peer.protocols[at].offered != Answer::yes) continue;
        add("whether the suites of " + name + " are all", [at](Peer& each) { each.protocols[at].suites_complete = false; });
        add("the suites of " + name, [at, name](Peer& each) {
            each.protocols[at].suites_complete = false;
            std::erase_if(each.suites, [&](const schannel::PeerSuite& suite) { return suite.protocol == name; });
        });
        add("whose order counts in " + name, [at](Peer& each) { each.protocols[at].preference = Preference::unknown; });
    }
    for (std::size_t at = 0; at < peer.suites.size(); ++at) {
        if (!peer.suites[at].group.empty()) add("group of " + peer.suites[at].name, [at](Peer& each) { each.suites[at].group.clear(); });
        if (peer.suites[at].dh_bits != 0) {
            add("DH length of " + peer.suites[at].name, [at](Peer& each) {
                each.suites[at].dh_bits = 0;
                each.dh_min_bits = each.dh_max_bits = 0;
            });
        }
        add("id of " + peer.suites[at].name, [at](Peer& each) {
            each.suites[at].id = 0;
            each.suites[at].name = "A-SUITE-OF-ITS-OWN";
        });
    }
    add("whether the groups are all", [](Peer& each) { each.groups_complete = false; });
    add("the groups", [](Peer& each) {
        each.groups.clear();
        each.groups_complete = false;
    });
    add("the lengths", [](Peer& each) { each.dh_min_bits = each.dh_max_bits = 0; });
    add("RSA lengths", [](Peer& each) { each.rsa_min_bits = each.rsa_max_bits = 0; });
    // A client without one is another case, not the same with less known.
    if (!client) add("the certificates", [](Peer& each) { each.certificates.clear(); });
    for (std::size_t at = 0; at < peer.certificates.size(); ++at) {
        add("the key's type", [at](Peer& each) { each.certificates[at].key_type.clear(); });
        add("the key's length", [at](Peer& each) { each.certificates[at].key_bits = 0; });
        add("the key's curve", [at](Peer& each) { each.certificates[at].curve.clear(); });
        add("the certificate's hash", [at](Peer& each) { each.certificates[at].signature_hash.clear(); });
        add("the issuer's key", [at](Peer& each) { each.certificates[at].signature_key.clear(); });
    }
    add("the hashes", [](Peer& each) {
        each.signature_hashes.clear();
        each.signature_hashes_complete = false;
    });
    add("whether the hashes are all", [](Peer& each) { each.signature_hashes_complete = false; });
    add("its signatures", [](Peer& each) {
        each.handshake_signatures.clear();
        each.handshake_signatures_complete = false;
    });
    add("secure renegotiation", [](Peer& each) { each.secure_renegotiation = Answer::unknown; });
    add("extended master secret", [](Peer& each) { each.extended_master_secret = Answer::unknown; });
}

/// Of a machine: its updates, the program, the certificate, and each key of the state.
void add_of_machine(std::vector<Removal>& removals, const Machine& machine, bool client) {
    const std::string end = client ? "client: " : "server: ";
    const auto add = [&](std::string what, std::function<void(Machine&)> change) {
        removals.push_back({end + what, [client, change = std::move(change)](Scene& scene) { change(client ? *scene.client_machine : *scene.server_machine); }});
    };
    add("updates", [](Machine& each) {
        each.circumstances.updates.clear();
        each.circumstances.updates_complete = false;
    });
    if (machine.options.application != nullptr) add("program", [](Machine& each) { each.options.application = nullptr; });
    if (!machine.options.certificates.empty()) add("certificate", [](Machine& each) { each.options.certificates.clear(); });
    // A file that speaks for all of SCHANNEL's subkeys but one.
    constexpr std::string_view parts[] = {"Protocols", "Ciphers", "Hashes", "KeyExchangeAlgorithms"};
    const KeyPath others[] = {KeyPath(Root::local_machine, "SOFTWARE"), KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa"),
                              KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography")};
    for (std::size_t without = 0; without < std::size(parts) + std::size(others); ++without) {
        std::vector<KeyPath> keys;
        for (std::size_t at = 0; at < std::size(parts); ++at) {
            if (at != without) keys.push_back(schannel_key.below(parts[at]));
        }
        for (std::size_t at = 0; at < std::size(others); ++at) {
            if (at + std::size(parts) != without) keys.push_back(others[at]);
        }
        add(without < std::size(parts) ? std::string(parts[without]) : others[without - std::size(parts)].to_string(), [keys](Machine& each) {
            each.circumstances.coverage = registry::Coverage::of(keys);
            registry::keep_spoken_for(each.state, each.circumstances.coverage);
        });
    }
}

/// As the command does it: what a state does not name is not known, and fixes are tried with it as installed.
struct Asked {
    handshake::Diagnosis diagnosis;
    std::vector<Fix> fixes;
};

Asked ask(Scene& scene) {
    const End client = scene.client(), server = scene.server();
    for (Machine* each : {scene.client_machine.get(), scene.server_machine.get()}) {
        if (each != nullptr) each->circumstances.coverage = {};
    }
    const End installed_client = scene.client(), installed_server = scene.server();
    const handshake::Symptom* symptom = scene.symptom ? &*scene.symptom : nullptr;
    Asked asked{handshake::diagnose_partly(client, server, installed_client, installed_server, symptom), {}};
    asked.fixes = remedy::fixes(handshake::diagnose(installed_client, installed_server, symptom),
                                {&installed_client, &installed_server, scene.client_machine.get(), scene.server_machine.get()});
    return asked;
}

}  // namespace

TEST_CASE("Taking any one fact away from a case makes its answer conditional at most", "[handshake][law]") {
    std::size_t removed = 0, conditional = 0;
    for (const NamedScene& named : scenes()) {
        Scene whole = named.make();
        const Asked before = ask(whole);
        std::vector<Removal> removals;
        for (const bool client : {true, false}) {
            const auto& peer = client ? whole.client_peer : whole.server_peer;
            const auto& machine = client ? whole.client_machine : whole.server_machine;
            if (peer) add_of_peer(removals, *peer, client);
            if (machine) add_of_machine(removals, *machine, client);
        }
        for (const Removal& removal : removals) {
            INFO(named.name << " without " << removal.what);
            Scene scene = named.make();
            removal.apply(scene);
            const Asked after = ask(scene);
            const Verdict was = before.diagnosis.agreement.verdict, is = after.diagnosis.agreement.verdict;
            INFO(after.diagnosis.agreement.message);
            // "Agree" that rests on what was taken away says so: in a condition, or among what was not looked at.
            const auto& agreement = after.diagnosis.agreement;
            const bool says_condition = !agreement.provided.empty() || std::ranges::find(agreement.not_checked, handshake::Unchecked::program) != agreement.not_checked.end();
            const bool conditional_agree = was == Verdict::disagree && is == Verdict::agree && says_condition;
            CHECK((is == was || is == Verdict::unknown || was == Verdict::unknown || conditional_agree));
            // Something to do, or something to find out; never a dead end.
            if (!before.fixes.empty() && is != Verdict::agree) CHECK((!after.fixes.empty() || !after.diagnosis.agreement.questions.empty()));
            if (is == Verdict::unknown) CHECK_FALSE(after.diagnosis.agreement.questions.empty());
            ++removed;
            conditional += is == Verdict::unknown && was != Verdict::unknown;
        }
    }
    CHECK(removed > 600);
    CHECK(conditional > 60);
}
